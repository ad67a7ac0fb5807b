//! The two-step machine and its resumable form.

use stepwright_examples::parallel_steps::{
    Request, Resumption, finish, first_process, parallel_state_machine,
    parallel_state_machine_with_go_to_state, second_process,
};
use stepwright_sim::{StandIns, WorkflowExecution, WorkflowSimulation};

/// Each process says what it saw.
fn processes() -> StandIns {
    StandIns::new()
        .on::<first_process, _>(|request| Ok(format!("A({})", request.message)))
        .on::<second_process, _>(|request| {
            let output = request.output.unwrap_or_default();
            Ok(format!("B({} {})", request.foo, output.join("+")))
        })
        .on::<finish, _>(|results| Ok(results.join(" | ")))
}

fn resumed(resuming: bool, output: Option<Vec<String>>) -> WorkflowExecution<String> {
    let workflow = parallel_state_machine_with_go_to_state();
    let simulation = WorkflowSimulation::of(&workflow).expect("the example compiles").stand_ins(processes());
    let input = Resumption { resuming, foo: "foo".to_owned(), message: "hi".to_owned(), output };
    simulation.run(input).expect("every task has a stand-in")
}

#[test]
fn the_second_step_sees_the_request_and_what_the_first_gave() {
    let simulation = WorkflowSimulation::of(&parallel_state_machine()).expect("the example compiles");
    let input = Request { foo: "foo".to_owned(), message: "hi".to_owned() };
    let execution = simulation.stand_ins(processes()).run(input).expect("every task has a stand-in");
    execution
        .assert_path(["Parallel", "Parallel 2", "Final Processing"])
        .assert_succeeded_with("B(foo A(hi)+A(hi)) | B(foo A(hi)+A(hi))");
}

#[test]
fn a_fresh_execution_goes_through_both_steps() {
    resumed(false, None)
        .assert_path(["GoToState", "Parallel", "Parallel 2", "Final Processing"])
        .assert_succeeded_with("B(foo A(hi)+A(hi)) | B(foo A(hi)+A(hi))");
}

#[test]
fn a_resumed_execution_leaves_out_the_first_step() {
    resumed(true, Some(vec!["before".to_owned()]))
        .assert_path(["GoToState", "Parallel 2", "Final Processing"])
        .assert_succeeded_with("B(foo before) | B(foo before)");
}

#[test]
fn an_input_that_does_not_say_whether_it_resumes_fails_at_once() {
    let workflow = parallel_state_machine_with_go_to_state();
    let simulation = WorkflowSimulation::of(&workflow).expect("the example compiles").stand_ins(processes());
    let input = serde_json::json!({ "foo": "foo", "Message": "hi" });
    simulation
        .run_json(input)
        .expect("every task has a stand-in")
        .assert_failed_with("States.Runtime")
        .assert_path(["GoToState"]);
}
