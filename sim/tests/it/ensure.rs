//! What is released in any case: exactly once, and the outcome stays what it was.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::prelude::*;
use stepwright_codegen::asl::StateMachine;
use stepwright_codegen::compile;
use stepwright_sim::{Execution, Reply, Simulation};

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Instance {
    id: String,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Request {
    image: String,
}

#[task(lambda = "${Launch}")]
fn launch(image: String) -> Instance;

#[task(lambda = "${Fetch}")]
fn fetch(instance: String) -> String;

#[task(lambda = "${Build}", timeout = "30m")]
fn build(instance: String, source: String) -> Vec<String>;

#[task(lambda = "${Terminate}")]
fn terminate(instance: String);

fn with_instance(s: &mut Scope, request: Ref<Request>) -> Ref<Vec<String>> {
    s.with_resource(
        "OnInstance",
        launch(request.image),
        |s, instance| {
            let source = s.task(fetch(instance.id));
            s.task(build(instance.id, source))
        },
        |s, instance| {
            s.wait("LetLogsDrain", 5.seconds());
            s.task(terminate(instance.id));
        },
    )
}

#[workflow(name = "Make")]
fn in_jsonata(s: &mut Scope, request: Ref<Request>) -> Ref<Vec<String>> {
    with_instance(s, request)
}

#[workflow(name = "Make", query_language = "JSONPath")]
fn in_jsonpath(s: &mut Scope, request: Ref<Request>) -> Ref<Vec<String>> {
    with_instance(s, request)
}

fn machines() -> [StateMachine; 2] {
    [compile(&in_jsonata()), compile(&in_jsonpath())]
        .map(|compiled| compiled.unwrap_or_else(|problems| panic!("{problems}")).machine)
}

/// Runs both machines; every task works, but for one.
fn run(state: &str, reply: &Reply) -> [Execution; 2] {
    let good = [
        ("Launch", json!({ "id": "i-1" })),
        ("Fetch", json!("main")),
        ("Build", json!(["a.deb"])),
        ("Terminate", json!(null)),
    ];
    machines().map(|machine| {
        let simulation = Simulation::new(&machine).input(json!({ "image": "debian" }));
        let simulation = good.iter().fold(simulation, |simulation, (name, result)| {
            let reply = if *name == state { reply.clone() } else { Reply::success(result.clone()) };
            simulation.on(*name, [reply])
        });
        simulation.run().expect("every task has a stand-in")
    })
}

#[track_caller]
fn check_failure(state: &str, reply: &Reply, error: &str, cause: Option<&str>, released: usize) {
    for execution in run(state, reply) {
        execution.assert_failed_with(error);
        assert_eq!(execution.cause.as_deref(), cause);
        execution.assert_visited_times("Terminate", released);
    }
}

#[test]
fn a_body_that_succeeds_is_released_and_gives_its_value() {
    for execution in run("none", &Reply::silence()) {
        execution.assert_succeeded_with(json!(["a.deb"]));
        execution.assert_visited_times("Terminate", 1);
        execution.assert_arguments_of("Terminate", [json!({ "instance": "i-1" })]);
    }
}

#[test]
fn a_body_that_fails_is_released_and_fails_with_its_own_error() {
    let broken = Reply::failure("Broken", "a pipe burst");
    check_failure("Fetch", &broken, "Broken", Some("a pipe burst"), 1);
    check_failure("Build", &broken, "Broken", Some("a pipe burst"), 1);
}

#[test]
fn a_timeout_is_released_too() {
    check_failure("Build", &Reply::silence(), "States.Timeout", Some(""), 1);
    for execution in run("Build", &Reply::silence()) {
        execution.assert_elapsed(Duration::from_secs(30 * 60 + 5));
    }
}

#[test]
fn an_error_without_a_cause_has_none_afterwards() {
    check_failure("Fetch", &Reply::failure_of(Some("Broken".to_owned()), None), "Broken", None, 1);
}

#[test]
fn what_was_not_acquired_is_not_released() {
    check_failure("Launch", &Reply::failure("NoRoom", "full"), "NoRoom", Some("full"), 0);
}

#[test]
fn a_release_that_fails_is_the_outcome() {
    check_failure("Terminate", &Reply::failure("Stuck", "cannot"), "Stuck", Some("cannot"), 1);
}

#[test]
fn a_body_without_a_value_and_one_that_always_fails() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, go: Ref<bool>) {
        s.ensure(
            "Try",
            |s| s.when("Look", cond!(!go), |s| s.fail("NoGo", "it said no")),
            |s| s.wait("Tidy", 1.seconds()),
        );
        let _ = s.ensure(
            "Give",
            |s| s.fail_as("Up", "GaveUp", None::<String>),
            |s| s.wait("TidyAgain", 1.seconds()),
        );
    }
    let machine = compile(&w()).unwrap_or_else(|problems| panic!("{problems}")).machine;
    for (go, error, tidied) in [(true, "GaveUp", 1), (false, "NoGo", 0)] {
        let execution = Simulation::new(&machine).input(json!(go)).run().expect("there are no tasks");
        execution.assert_failed_with(error);
        execution.assert_visited_times("Tidy", 1);
        execution.assert_visited_times("TidyAgain", tidied);
    }
}

#[test]
fn it_can_be_done_again_in_a_loop() {
    #[workflow]
    fn w(s: &mut Scope, rounds: Ref<u32>) -> Ref<u32> {
        let round = s.var("round", 0_u32);
        s.repeat(|s| {
            let next =
                s.ensure("Count", |s| s.pass("Next", expr!(round + 1)), |s| s.wait("Tidy", 1.seconds()));
            s.set(round, next);
        })
        .until("Enough", |()| cond!(round >= rounds));
        *round
    }
    let machine = compile(&w()).unwrap_or_else(|problems| panic!("{problems}")).machine;
    let execution = Simulation::new(&machine).input(json!(3)).run().expect("there are no tasks");
    execution.assert_succeeded_with(Value::from(3));
    execution.assert_visited_times("Tidy", 3);
}

/// The states that `ensure` adds by itself come from the line that calls it.
#[test]
fn a_name_that_is_taken_is_shown_where_the_user_wrote_it() {
    #[workflow]
    fn w(s: &mut Scope) {
        let _ = s.ensure("Try", |s| s.fail("TryFailed", "no"), |s| s.wait("Tidy", 1.seconds()));
    }
    let problems = compile(&w()).expect_err("two states have one name").to_string();
    assert!(problems.contains("`TryFailed` is used twice"), "{problems}");
    assert!(!problems.contains("scope/ensure.rs"), "{problems}");
}

/// Any task acquires, also a call of the AWS SDK, which could still be made to wait for a callback.
#[test]
fn a_call_of_a_service_acquires() {
    #[derive(Data, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "PascalCase")]
    struct Key {
        key_id: String,
    }
    #[derive(Data, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "PascalCase")]
    struct Created {
        key_metadata: Key,
    }
    #[workflow]
    fn w(s: &mut Scope) {
        s.with_resource(
            "UseKey",
            aws_sdk::<Created>("kms", "createKey", ()),
            |s, _| s.wait("Use", 1.seconds()),
            |s, created| {
                let key = created.key_metadata.key_id;
                s.task(aws_sdk::<()>("kms", "disableKey", data!({ "KeyId": key })));
            },
        );
    }
    let machine = compile(&w()).unwrap_or_else(|problems| panic!("{problems}")).machine;
    let execution = Simulation::new(&machine)
        .on("KmsCreateKey", [Reply::success(json!({ "KeyMetadata": { "KeyId": "k-1" } }))])
        .on("KmsDisableKey", [Reply::success(json!({}))])
        .run()
        .expect("every task has a stand-in");
    execution.assert_succeeded().assert_arguments_of("KmsDisableKey", [json!({ "KeyId": "k-1" })]);
}
