//! A nested workflow: one state machine runs another, and knows its types.
//!
//! [`onboard`] is both a machine of its own and a task of [`onboard_team`]: its input and its result cannot be mixed up.
//!
//! ```
//! use stepwright_examples::ideas::nested::{create_account, onboard, onboard_team};
//! use stepwright_sim::WorkflowSimulation;
//!
//! WorkflowSimulation::of(&onboard_team())?
//!     .link("${OnboardArn}", &onboard())?
//!     .on::<create_account, _>(|args| Ok(format!("{}@example.com", args.name)))
//!     .run(vec!["ada".to_owned(), "grace".to_owned()])?
//!     .assert_succeeded_with("ada@example.com, grace@example.com");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// Somebody new.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// Their name.
    pub name: String,
}

/// Creates an account, and gives its address.
#[task(lambda = "${CreateAccountArn}")]
pub fn create_account(name: String) -> String;

/// Gives a person what they need.
#[workflow]
pub fn onboard(s: &mut Scope, person: Ref<Person>) -> Ref<String> {
    s.task(create_account(person.name))
}

/// Gives a whole team what they need.
#[workflow]
pub fn onboard_team(s: &mut Scope, names: Ref<Vec<String>>) -> Expr<String> {
    let addresses = s
        .map("EachPerson", names)
        .each(|s, name| s.task(onboard().start_sync("${OnboardArn}", data!(Person { name }))));
    addresses.join(", ")
}
