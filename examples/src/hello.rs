//! Hello World: one state of each kind that needs no resources. It is where editors for state machines begin, too.
//!
//! What to look at:
//!
//! * A workflow is a function over a [`Scope`]: each call adds a state, in the order of the text. There is no `Next` to write.
//! * What a state makes is a handle, which is simply used further down: `greeted`, `hello`, `world`.
//! * `cond!` and `fmt!` look like Rust and are evaluated by the state machine. `hello + 1` would not compile: it is a text.
//! * A branch that ends in `s.fail(…)` needs no value, and nothing can follow it.
//!
//! `cargo xtask run hello-world --input '["Ada", "Grace"]'` runs it, `cargo xtask preview hello-world` shows what it becomes.

use stepwright::prelude::*;

/// What is said.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Greetings {
    /// To everybody.
    pub all: String,
    /// To each one.
    pub each: Vec<String>,
}

/// A Hello World example: flow control only, so that it needs no resources to run.
#[workflow]
pub fn hello_world(s: &mut Scope, guests: Ref<Vec<String>>) -> Expr<Greetings> {
    let is_example = s.pass("Hello World Example", cond!(guests.len() > 0));

    s.choice("Hello World Example?")
        .when(is_example, |_| ())
        .otherwise(|s| s.fail("Not Hello World", "there is nobody to greet"));

    s.wait("Wait 3 sec", 3.seconds());

    let (hello, world) = s
        .parallel("Parallel State")
        .branch(|s| s.pass("Hello", "Hello"))
        .branch(|s| s.pass("World", "World"))
        .join();

    let greeted = s.map("MapState", guests).each(|s, guest| s.pass("Greet", fmt!("{hello}, {guest}!")));

    let all = s.pass("Hello World", fmt!("{hello} {world}"));
    data!(Greetings { all, each: greeted })
}
