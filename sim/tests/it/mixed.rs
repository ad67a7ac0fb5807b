//! States in JSONata in a machine in JSONPath.

use std::time::Duration;

use stepwright::prelude::*;
use stepwright_sim::{TaskError, WorkflowSimulation};

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Load {
    weights: Vec<f64>,
    label: String,
}

#[task(lambda = "${Send}")]
fn send(weight: f64, label: String) -> String;

#[workflow(query_language = "JSONPath")]
fn ship(s: &mut Scope, load: Ref<Load>) -> Ref<String> {
    let weight = s.compute("Weigh", load.weights.sum() * 1.5);
    let sent = s.task(send(weight, load.label).save_as("results.sent"));
    s.compute("Tell", fmt!("{}: {}", sent.to_uppercase(), weight))
}

#[test]
fn its_result_is_merged_into_the_document() {
    for (weights, total) in [(vec![1.0, 2.5], "5.25"), (vec![4.0], "6"), (vec![], "0")] {
        let load = Load { weights, label: "box".to_owned() };
        WorkflowSimulation::of(&ship())
            .expect("it compiles")
            .on::<send, _>(|args| Ok(format!("{} sent", args.label)))
            .run(load)
            .expect("the task has a stand-in")
            .assert_succeeded_with(format!("BOX SENT: {total}"));
    }
}

errors! { TooHeavy; }

#[workflow(query_language = "JSONPath")]
fn ship_twice(s: &mut Scope, load: Ref<Load>) -> Expr<String> {
    let task = send(load.weights.sum(), load.label).named("SendAll").save_as("results.all");
    let all = s.in_jsonata().task(task.catch([TooHeavy], |_, error| fmt!("not all: {}", error.error)));
    let each = s
        .in_jsonata()
        .map("Each", load.weights.filter(|weight| cond!(weight > 1.0)))
        .save_as("results.each")
        .each(|s, weight| s.in_jsonata().task(send(weight * 2.0, fmt!("{} of {}", weight, load.label))));
    s.in_jsonata().wait("Pause", each.len() * 5);
    fmt!("{}; {}", all, each.first().or("nothing"))
}

#[test]
fn results_and_errors_are_merged_at_their_paths() {
    let ship = || {
        let simulation = WorkflowSimulation::of(&ship_twice()).expect("it compiles");
        simulation.on::<send, _>(|args| {
            if args.weight > 10.0 {
                return Err(TaskError::new(TooHeavy, "carry it yourself"));
            }
            Ok(format!("{} with {}", args.label, args.weight))
        })
    };
    let run = |weights: Vec<f64>| {
        ship().run(Load { weights, label: "box".to_owned() }).expect("the task has a stand-in")
    };
    run(vec![1.0, 2.0])
        .assert_succeeded_with("box with 3; 2 of box with 4")
        .assert_elapsed(Duration::from_secs(5));
    run(vec![0.5]).assert_succeeded_with("box with 0.5; nothing").assert_elapsed(Duration::ZERO);
    run(vec![4.0, 4.0, 4.0]).assert_succeeded_with("not all: TooHeavy; 4 of box with 8");
}
