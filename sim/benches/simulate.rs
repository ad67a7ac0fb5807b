//! How many events a second the simulator writes, by what they are about, and how much memory that takes.
//!
//! `cargo bench -p stepwright-sim`; the column to read is `item/s`, which counts events of the history (and for child
//! executions the states entered). Below it stand allocations and bytes of one run; `max alloc` is the most that was in use
//! at the same time.

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use serde_json::{Map, Value, json};
use stepwright_codegen::asl::{self, StateMachine};
use stepwright_sim::{Reply, Simulation};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn machine(definition: &Value) -> StateMachine {
    asl::read(&definition.to_string()).expect("the definition is well-formed").into_machine()
}

/// Runs a simulation again and again; `count` says how many events one run has.
fn measure(bencher: Bencher<'_, '_>, simulation: &Simulation<'_>) {
    let run = || simulation.clone().run().expect("it runs");
    let first = run();
    let count = first.history.events.len().max(usize::try_from(first.transitions).unwrap_or_default());
    bencher.counter(ItemsCount::new(count)).bench_local(run);
}

/// 100 Pass and 20 Choice states in a row, `last` ends it.
fn chain() -> StateMachine {
    let mut states = Map::new();
    for n in 0..120 {
        let next = format!("S{}", n + 1);
        let state = if n % 6 == 5 {
            json!({ "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": next }] })
        } else {
            json!({ "Type": "Pass", "Next": next })
        };
        states.insert(format!("S{n}"), state);
    }
    states.insert("S120".to_owned(), json!({ "Type": "Succeed" }));
    machine(&json!({ "StartAt": "S0", "States": states }))
}

#[divan::bench]
fn chain_with_history(bencher: Bencher<'_, '_>) {
    let machine = chain();
    measure(bencher, &Simulation::new(&machine).input(json!({ "n": 1, "text": "some text" })));
}

#[divan::bench]
fn chain_without_history(bencher: Bencher<'_, '_>) {
    let machine = chain();
    let simulation = Simulation::new(&machine).input(json!({ "n": 1, "text": "some text" }));
    measure(bencher, &simulation.without_history());
}

/// Memory grows as the history does: `max alloc` by the number of events is about 300 bytes, less where the list of events has just
/// doubled.
#[divan::bench(args = [1_000, 10_000, 20_000])]
fn memory_of_events(bencher: Bencher<'_, '_>, events: usize) {
    // The execution has two events, and so has each state.
    let last = events / 2 - 1;
    let mut states = Map::new();
    for n in 1..last {
        states.insert(format!("S{n}"), json!({ "Type": "Pass", "Next": format!("S{}", n + 1) }));
    }
    states.insert(format!("S{last}"), json!({ "Type": "Succeed" }));
    let machine = machine(&json!({ "StartAt": "S1", "States": states }));
    measure(bencher, &Simulation::new(&machine).input(json!({ "n": 1, "text": "some text" })));
}

#[divan::bench(args = [1_000, 6_000])]
fn inline_map(bencher: Bencher<'_, '_>, items: usize) {
    let machine = machine(&json!({ "StartAt": "Each", "States": {
        "Each": {
            "Type": "Map", "End": true,
            "ItemProcessor": { "StartAt": "Item", "States": { "Item": { "Type": "Pass", "End": true } } },
        },
    }}));
    measure(bencher, &Simulation::new(&machine).input(json!(vec![1; items])));
}

#[divan::bench(args = [1_000, 100_000])]
fn distributed_map(bencher: Bencher<'_, '_>, items: usize) {
    let machine = machine(&json!({ "StartAt": "Each", "States": {
        "Each": {
            "Type": "Map", "End": true,
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                "StartAt": "Item",
                "States": { "Item": { "Type": "Pass", "End": true } },
            },
        },
    }}));
    measure(bencher, &Simulation::new(&machine).input(json!(vec![1; items])));
}

#[divan::bench]
fn thousand_retries(bencher: Bencher<'_, '_>) {
    let machine = machine(&json!({ "StartAt": "Work", "States": {
        "Work": {
            "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true,
            "Retry": [{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 1_000, "BackoffRate": 1 }],
        },
    }}));
    measure(bencher, &Simulation::new(&machine).on("Work", [Reply::failure("Busy", "later")]));
}

#[divan::bench]
fn jsonata_chain(bencher: Bencher<'_, '_>) {
    let mut states = Map::new();
    for n in 0..100 {
        let output = "{% { 'n': $states.input.n + 1, 'sum': $sum([1..20]), 'text': $uppercase('a') } %}";
        states.insert(
            format!("S{n}"),
            json!({ "Type": "Pass", "Output": output, "Assign": { "v": "{% $states.input.n %}" }, "Next": format!("S{}", n + 1) }),
        );
    }
    states.insert("S100".to_owned(), json!({ "Type": "Succeed" }));
    let machine = machine(&json!({ "QueryLanguage": "JSONata", "StartAt": "S0", "States": states }));
    measure(bencher, &Simulation::new(&machine).input(json!({ "n": 1 })));
}
