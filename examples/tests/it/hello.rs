//! Hello World.

use serde_json::json;
use stepwright::DurationExt;
use stepwright_examples::hello::{Greetings, hello_world};
use stepwright_sim::{WorkflowExecution, WorkflowSimulation};

fn run(guests: &[&str]) -> WorkflowExecution<Greetings> {
    let hello = WorkflowSimulation::of(&hello_world()).expect("the example compiles");
    hello.run(guests.iter().copied().map(str::to_owned).collect()).expect("there are no tasks")
}

#[test]
fn everybody_is_greeted() {
    run(&["Ada", "Grace"])
        .assert_succeeded_with(json!({ "all": "Hello World", "each": ["Hello, Ada!", "Hello, Grace!"] }))
        .assert_path([
            "Hello World Example",
            "Hello World Example?",
            "Wait 3 sec",
            "Parallel State",
            "MapState",
            "Hello World",
        ])
        .assert_elapsed(3.seconds());
}

#[test]
fn without_guests_it_is_no_example() {
    run(&[])
        .assert_failed_with("Not Hello World")
        .assert_path(["Hello World Example", "Hello World Example?", "Not Hello World"])
        .assert_elapsed(0.seconds());
}
