//! Variables of a workflow, run in both query languages.

mod random;

use serde_json::{Value, json};
use stepwright::prelude::*;
use stepwright_codegen::compile;
use stepwright_sim::{Execution, Reply, Simulation};

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Start {
    n: i64,
}

#[task(lambda = "${Poll}")]
fn poll(attempt: u32) -> u32;

#[task(lambda = "${Ship}")]
fn ship(sku: String) -> String;

/// Runs a workflow in both query languages; `$build` is its body.
macro_rules! run_both {
    ($input:tt, $replies:expr, |$s:ident, $name:ident: $ty:ty| -> $output:ty { $($body:tt)* }) => {{
        #[workflow(name = "W")]
        fn in_jsonata($s: &mut Scope, $name: Ref<$ty>) -> Ref<$output> { $($body)* }
        #[workflow(name = "W", query_language = "JSONPath")]
        fn in_jsonpath($s: &mut Scope, $name: Ref<$ty>) -> Ref<$output> { $($body)* }
        [compile(&in_jsonata()), compile(&in_jsonpath())].map(|compiled| {
            let machine = compiled.unwrap_or_else(|problems| panic!("{problems}")).machine;
            let replies: Vec<(&str, Vec<Reply>)> = $replies;
            let simulation = Simulation::new(&machine).input(json!($input));
            let simulation = replies.into_iter().fold(simulation, |simulation, (state, replies)| simulation.on(state, replies));
            simulation.run().expect("every task has a stand-in")
        })
    }};
}

#[track_caller]
fn check_output(executions: &[Execution; 2], expected: &Value) {
    for execution in executions {
        execution.assert_succeeded_with(expected);
    }
}

#[test]
fn a_loop_counts_ten_rounds() {
    let replies = || (0..10).map(|n| Reply::success(json!(n * n))).collect();
    let executions = run_both!("id", vec![("Poll", replies())], |s, input: String| -> u32 {
        let round = s.var("round", 0_u32);
        let last = s.var("last", 0_u32);
        s.repeat(|s| {
            let seen = s.task(poll(round));
            s.set(last, seen);
            s.set(round, expr!(round + 1));
        })
        .until("Enough", |()| cond!(round >= 10 && input != ""));
        *last
    });
    check_output(&executions, &json!(81));
    for execution in &executions {
        execution.assert_visited_times("Poll", 10);
        execution.assert_arguments_of("Poll", (0..10).map(|n| json!({ "attempt": n })));
    }
}

#[test]
fn variables_change_hands() {
    let executions = run_both!("x", vec![], |s, input: String| -> String {
        let a = s.var("a", input);
        let b = s.var("b", "y");
        s.wait("Pause", 1.seconds());
        let old = s.var("old", a);
        s.set(a, b);
        s.set(b, old);
        s.set(b, fmt!("{}!", b));
        s.pass("Told", fmt!("{} {}", a, b))
    });
    check_output(&executions, &json!("y x!"));
}

#[test]
fn a_branch_that_was_not_taken_sets_nothing() {
    for (input, expected) in [("x", "short"), ("xyz", "long")] {
        let executions = run_both!(input, vec![], |s, input: String| -> String {
            let size = s.var("size", "short");
            s.when("Look", cond!(input == "xyz"), |s| s.set(size, "long"));
            s.wait("Pause", 1.seconds());
            *size
        });
        check_output(&executions, &json!(expected));
    }
}

#[test]
fn a_handler_of_an_error_sets_what_it_caught() {
    let replies = || vec![("Ship", vec![Reply::failure("Broken", "it fell")])];
    let executions = run_both!("x", replies(), |s, input: String| -> String {
        let told = s.var("told", "nothing");
        s.task(ship(input).catch(States::ALL, |s, error| {
            s.set(told, error.error);
        }));
        s.pass("Told", told)
    });
    check_output(&executions, &json!("Broken"));
}

#[test]
fn a_value_that_was_made_of_a_variable_stays_what_it_was() {
    let executions = run_both!({ "n": 7 }, vec![], |s, input: Start| -> i64 {
        let n = s.var("n", input.n);
        let before = s.pass("Before", n);
        s.set(n, expr!(n + 1));
        s.wait("Pause", 1.seconds());
        let kept = s.choice("Keep").when(cond!(n > 7), |_| before).otherwise(|_| n);
        s.set(n, 100_i64);
        s.wait("PauseAgain", 1.seconds());
        kept
    });
    check_output(&executions, &json!(7));
}
