//! Workflows that are written as Express ones are run as such.

use std::time::Duration;

use stepwright::prelude::*;
use stepwright_sim::{EXPRESS_DURATION, Status, WorkflowSimulation};

#[task(lambda = "${Poll}")]
fn poll() -> bool;

#[workflow(express)]
fn hurry(s: &mut Scope) {
    s.repeat(|s| {
        s.wait("Pause", 50.seconds());
        s.task(poll())
    })
    .until("IsReady", |ready| ready);
}

#[test]
fn it_ends_after_five_minutes() {
    let of = |ready_after: usize| {
        let mut polls = 0;
        let simulation = WorkflowSimulation::of(&hurry()).expect("it compiles");
        let simulation = simulation.on::<poll, _>(move |()| {
            polls += 1;
            Ok(polls >= ready_after)
        });
        simulation.run(()).expect("the task has a stand-in")
    };
    assert_eq!(of(5).status, Status::Succeeded);
    let late = of(7);
    assert_eq!(late.status, Status::TimedOut);
    assert_eq!(late.elapsed, EXPRESS_DURATION);
    assert_eq!(of(5).elapsed, Duration::from_secs(250));
}

#[test]
fn prototypes_need_no_stand_in() {
    #[task(prototype = 7_u32)]
    fn count() -> u32;
    #[workflow]
    fn draft(s: &mut Scope) -> Expr<u32> {
        let n = s.task(count());
        expr!(n + 1)
    }
    let simulation = WorkflowSimulation::of(&draft()).expect("it compiles");
    assert_eq!(simulation.run(()).expect("there are no tasks").output().expect("it succeeds"), 8);
}
