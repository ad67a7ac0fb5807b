//! The pool of functions.

use std::time::Duration;

use stepwright::Lambda;
use stepwright_examples::lambda_pool::{
    Call, LambdaFunctionError, LambdaPoolError, fibonacci, pool_apply, pool_map,
};
use stepwright_sim::{StandIns, TaskError, WorkflowExecution, WorkflowSimulation};

/// The function, which takes a second and raises an error for what it has no room for.
fn function() -> StandIns {
    StandIns::new().on::<fibonacci, _>(|args| {
        let (mut a, mut b) = (args.first, args.second);
        for _ in 0..args.n {
            let next = a.checked_add(b);
            let Some(next) = next else {
                return (Err(TaskError::new(LambdaPoolError, "too large")), Duration::ZERO);
            };
            (a, b) = (b, next);
        }
        (Ok(a), Duration::from_secs(1))
    })
}

fn call(n: u32) -> Call {
    Call { n, first: 0, second: 1 }
}

fn map(function: StandIns, calls: impl IntoIterator<Item = u32>) -> WorkflowExecution<Vec<u64>> {
    let pool = WorkflowSimulation::of(&pool_map()).expect("the example compiles");
    pool.stand_ins(function).run(calls.into_iter().map(call).collect()).expect("the function stands in")
}

#[test]
fn a_call_has_a_result() {
    let pool = WorkflowSimulation::of(&pool_apply()).expect("the example compiles");
    pool.stand_ins(function()).run(call(10)).expect("the function stands in").assert_succeeded_with(55);
}

#[test]
fn results_are_in_the_order_of_the_calls_and_ten_run_at_a_time() {
    let execution = map(function(), 0..80);
    let results = execution.output().expect("it succeeded");
    assert_eq!(results[..8], [0, 1, 1, 2, 3, 5, 8, 13]);
    assert!(results.is_sorted() && results.len() == 80);
    assert_eq!(execution.peak_concurrency, 10);
    execution.assert_elapsed(Duration::from_secs(8));
}

#[test]
fn what_the_function_raises_is_not_tried_again() {
    map(function(), [1, 1_000])
        .assert_failed_with(LambdaPoolError)
        .assert_cause_contains("too large")
        .assert_retries("Fibonacci", []);
}

#[test]
fn what_the_service_reports_is_tried_again() {
    let mut left = 2;
    let throttled = function().on::<fibonacci, _>(move |_| {
        if left == 0 {
            return Ok(7);
        }
        left -= 1;
        Err(TaskError::new(Lambda::TOO_MANY_REQUESTS_EXCEPTION, "slow down"))
    });
    let seconds = [2, 4].map(Duration::from_secs);
    map(throttled, [1]).assert_succeeded_with([7]).assert_retries("Fibonacci", seconds);
}

#[test]
fn a_service_that_stays_away_is_told_by_another_name() {
    let away = function().on::<fibonacci, _>(|_| -> Result<u64, _> {
        Err(TaskError::new(Lambda::SERVICE_EXCEPTION, "nobody here"))
    });
    let seconds = [2, 4, 8, 16].map(Duration::from_secs);
    map(away, [1])
        .assert_failed_with(LambdaFunctionError)
        .assert_cause_contains("nobody here")
        .assert_retries("Fibonacci", seconds);
}
