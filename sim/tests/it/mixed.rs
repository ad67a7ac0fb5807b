//! A state in JSONata in a machine in JSONPath.

use stepwright::prelude::*;
use stepwright_sim::WorkflowSimulation;

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
