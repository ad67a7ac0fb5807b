//! Waiting for a callback: the execution sleeps until somebody answers, for as long as it says.
//!
//! The function is given a token, which callers leave out; the result is what comes back with the token, not what the function says.
//!
//! ```
//! use std::time::Duration;
//! use stepwright_examples::ideas::callback::{Answer, ask_for_leave, ask_manager};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let ask = WorkflowSimulation::of(&ask_for_leave())?;
//! let hour = Duration::from_secs(3_600);
//! let asked = ask.clone().on::<ask_manager, _>(move |_| (Ok(Answer { granted: true }), 5 * hour));
//! asked.run(10)?.assert_succeeded_with("granted").assert_elapsed(5 * hour);
//! let late = ask.on::<ask_manager, _>(move |_| (Ok(Answer { granted: true }), 100 * hour));
//! late.run(10)?.assert_succeeded_with("nobody has answered").assert_elapsed(72 * hour);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// What the manager says.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// Whether it is a yes.
    pub granted: bool,
}

/// Sends the manager a link with the token in it.
#[task(lambda_invoke = "${AskManager}", timeout = "3d")]
pub fn ask_manager(days: u32, #[token] token: String) -> Answer;

/// Asks for days off.
#[workflow]
pub fn ask_for_leave(s: &mut Scope, days: Ref<u32>) -> Expr<String> {
    let ask =
        ask_manager(days).catch(States::TIMEOUT, |s, _| s.succeed_with("TooLate", "nobody has answered"));
    let answer = s.task(ask);
    expr!(if answer.granted { "granted" } else { "refused" })
}
