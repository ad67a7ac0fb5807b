//! The build action: whatever fails, the instance is given back once.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value, json};
use stepwright::{DurationExt, Workflow};
use stepwright_codegen::compile;
use stepwright_examples::build_action::aws::CommandStatus;
use stepwright_examples::build_action::cloud::{Cloud, stand_ins};
use stepwright_examples::build_action::{
    Built, CommandCancelled, CommandFailed, CommandTimedOut, InstanceLost, Job, NoCapacity, NoWordOfCommand,
    NotRegistered, PoolExhausted, build_on_new_instance, build_on_running_pool, build_on_spot,
    build_on_stopped_pool,
};
use stepwright_sim::{Reply, WorkflowExecution, WorkflowSimulation};

type Machine = Workflow<Job, Built>;

fn job() -> Job {
    Job {
        image_id: "ami-windows".to_owned(),
        instance_type: "c5.xlarge".to_owned(),
        command: "docker build .".to_owned(),
        working_directory: r"C:\build".to_owned(),
        output_path: "out".to_owned(),
        timeout_seconds: 3_600,
    }
}

/// Every machine, with a cloud that is made for it.
fn machines() -> [(Machine, Cloud); 4] {
    [
        (build_on_new_instance(), Cloud::default()),
        (build_on_running_pool(), Cloud::with_pool(true)),
        (build_on_stopped_pool(), Cloud::with_pool(false)),
        (build_on_spot(), Cloud::default()),
    ]
}

fn over(machine: &Machine, cloud: Cloud) -> (WorkflowSimulation<Job, Built>, Rc<RefCell<Cloud>>) {
    let cloud = Rc::new(RefCell::new(cloud));
    let simulation = WorkflowSimulation::of(machine).expect("the example compiles");
    (simulation.stand_ins(stand_ins(&cloud)), cloud)
}

fn run(machine: &Machine, cloud: Cloud) -> (WorkflowExecution<Built>, Cloud) {
    let (simulation, cloud) = over(machine, cloud);
    let execution = simulation.run(job()).expect("every call has a stand-in");
    let cloud = cloud.borrow().clone();
    (execution, cloud)
}

fn built(instance_id: &str, command: &str) -> Built {
    Built { instance_id: instance_id.to_owned(), log: format!("https://logs/{command}") }
}

/// The names of the Task states in the body of `OnInstance`.
fn tasks_of_body(machine: &Machine) -> Vec<String> {
    fn collect(states: &Value, inside: bool, names: &mut Vec<String>) {
        for (name, state) in states.as_object().into_iter().flatten() {
            if inside && state["Type"] == "Task" {
                names.push(name.clone());
            }
            for branch in state["Branches"].as_array().into_iter().flatten() {
                collect(&branch["States"], inside || name == "OnInstance", names);
            }
        }
    }
    let definition = compile(machine).expect("the example compiles").to_json();
    let definition: Value = serde_json::from_str(&definition).expect("it is JSON");
    let mut names = Vec::new();
    collect(&definition["States"], false, &mut names);
    names
}

#[test]
fn a_job_is_done_and_the_instance_given_back() {
    let ids = ["i-1", "i-pool-1", "i-pool-1", "i-1"];
    for ((machine, cloud), id) in machines().into_iter().zip(ids) {
        let (execution, cloud) = run(&machine, cloud);
        execution.assert_succeeded_with(built(id, "c-1"));
        assert_eq!(cloud.released, [id]);
    }
}

#[test]
fn the_time_is_that_of_the_strategy() {
    let times = machines().map(|(machine, cloud)| run(&machine, cloud).0.elapsed);
    // Ten looks of half a minute at the command; four of a quarter at an instance that starts.
    assert_eq!(times, [6, 5, 6, 6].map(u64::minutes));
}

#[test]
fn whatever_fails_the_instance_is_given_back_once_and_the_error_is_raised_again() {
    let mut tried = 0;
    for (machine, cloud) in machines() {
        for state in tasks_of_body(&machine) {
            let (simulation, cloud) = over(&machine, cloud.clone());
            let execution = simulation
                .on_json(state.as_str(), |_| Reply::failure("Broken", "a pipe burst"))
                .run(job())
                .expect("every call has a stand-in");
            if state == "SsmCancelCommand" {
                execution.assert_succeeded();
            } else {
                execution.assert_failed_with("Broken").assert_cause_contains("a pipe burst");
            }
            assert_eq!(cloud.borrow().released.len(), 1, "{state} fails:\n{}", execution.timeline());
            tried += 1;
        }
    }
    assert_eq!(tried, 4 + 4 + 5 + 6);
}

#[test]
fn what_is_not_had_is_not_given_back() {
    let states = ["Ec2RunInstances", "ClaimInstance", "DynamodbQuery", "Ec2CreateFleet"];
    let [fresh, running, stopped, spot] = machines();
    for ((machine, cloud), state) in [fresh, running, stopped, spot].into_iter().zip(states) {
        let (simulation, cloud) = over(&machine, cloud);
        let broken = simulation.on_json(state, |_| Reply::failure("Broken", "a pipe burst"));
        broken.run(job()).expect("every call has a stand-in").assert_failed_with("Broken");
        assert!(cloud.borrow().released.is_empty(), "{state}");
    }
}

#[test]
fn each_end_of_the_command_is_told() {
    let ends = [
        (CommandStatus::Failed, CommandFailed, "error C2065"),
        (CommandStatus::TimedOut, CommandTimedOut, "longer"),
        (CommandStatus::Cancelled, CommandCancelled, "somebody"),
    ];
    for (machine, cloud) in machines() {
        for (result, error, cause) in ends {
            let (execution, cloud) = run(&machine, Cloud { result, ..cloud.clone() });
            execution.assert_failed_with(error).assert_cause_contains(cause);
            assert_eq!(cloud.released.len(), 1);
        }
    }
}

#[test]
fn an_instance_that_never_reports_is_given_up_and_given_back() {
    let cloud = Cloud { starts_after: 60, ..Cloud::default() };
    let (execution, cloud) = run(&build_on_new_instance(), cloud);
    execution
        .assert_failed_with(NotRegistered)
        .assert_cause_contains("looked 60 times")
        .assert_not_visited("SsmSendCommand")
        .assert_elapsed((59 * 15).seconds());
    assert_eq!(cloud.released, ["i-1"]);

    // One look less is enough.
    run(&build_on_new_instance(), Cloud { starts_after: 59, ..Cloud::default() }).0.assert_succeeded();
}

#[test]
fn a_command_that_says_nothing_is_given_up_cancelled_and_its_instance_given_back() {
    let cloud = Cloud { works_for: u32::MAX, ..Cloud::with_pool(true) };
    let (execution, cloud) = run(&build_on_running_pool(), cloud);
    execution
        .assert_failed_with(NoWordOfCommand)
        .assert_visited_times("SsmGetCommandInvocation", 3_600 / 30 + 10)
        .assert_visited_in_order(["NoWordOfCommand", "SsmCancelCommand", "PutBack"]);
    assert_eq!((cloud.cancelled, cloud.released), (vec!["c-1".to_owned()], vec!["i-pool-1".to_owned()]));
}

#[test]
fn a_stopped_instance_is_started_and_stopped_again() {
    let (execution, cloud) = run(&build_on_stopped_pool(), Cloud::with_pool(false));
    execution.assert_visited_in_order([
        "ClaimInstance",
        "Ec2StartInstances",
        "SsmSendCommand",
        "Ec2StopInstances",
        "PutBack",
    ]);
    assert_eq!(cloud.instances["i-pool-1"], None);
}

#[test]
fn a_pool_gives_what_is_free_or_gives_up() {
    let somebody = || Some("another job".to_owned());
    let mut cloud = Cloud::with_pool(true);
    cloud.pool.insert("i-pool-1".to_owned(), somebody());
    run(&build_on_running_pool(), cloud.clone()).0.assert_succeeded_with(built("i-pool-2", "c-1"));

    cloud.pool.insert("i-pool-2".to_owned(), somebody());
    let (execution, cloud) = run(&build_on_running_pool(), cloud);
    execution.assert_failed_with(PoolExhausted).assert_elapsed((29 * 20).seconds());
    assert!(cloud.released.is_empty());
}

#[test]
fn who_comes_second_looks_again() {
    let (simulation, cloud) = over(&build_on_running_pool(), Cloud::with_pool(true));
    let faster = Rc::clone(&cloud);
    let simulation = simulation.on_json("DynamodbQuery", move |_| {
        // The first time, somebody else takes it between the look and the claim.
        let taken = faster.borrow_mut().pool.insert("i-pool-1".to_owned(), Some("another job".to_owned()));
        let free = if taken == Some(None) { "i-pool-1" } else { "i-pool-2" };
        Reply::success(json!({ "Items": [{ "instanceId": { "S": free } }] }))
    });
    simulation
        .run(job())
        .expect("every call has a stand-in")
        .assert_succeeded_with(built("i-pool-2", "c-1"))
        .assert_retries("ClaimInstance", [])
        .assert_visited_times("ClaimInstance", 2);
    assert_eq!(cloud.borrow().released, ["i-pool-2"]);
}

#[test]
fn a_spot_instance_that_is_taken_away_is_replaced() {
    let (execution, cloud) = run(&build_on_spot(), Cloud { losses: 2, ..Cloud::default() });
    execution
        .assert_succeeded_with(built("i-3", "c-3"))
        .assert_retries("Attempt", [180.seconds(), 360.seconds()])
        .assert_visited_times("LostWhileBuilding", 2);
    assert_eq!(cloud.released, ["i-1", "i-2", "i-3"]);
    // Each attempt asks for an instance of its own.
    let mut tokens: Vec<&Value> =
        execution.arguments_of("Ec2CreateFleet").map(|asked| &asked["ClientToken"]).collect();
    tokens.dedup();
    assert_eq!(tokens.len(), 3);
}

#[test]
fn spot_instances_that_do_not_stay_or_are_not_there_are_given_up() {
    let (execution, cloud) = run(&build_on_spot(), Cloud { losses: 9, ..Cloud::default() });
    execution.assert_failed_with(InstanceLost).assert_cause_contains("i-4 was taken away");
    assert_eq!(cloud.released.len(), 4);

    let (execution, cloud) = run(&build_on_spot(), Cloud { capacity: 0, ..Cloud::default() });
    execution.assert_failed_with(NoCapacity).assert_elapsed((180 + 360 + 720).seconds());
    assert!(cloud.released.is_empty());
}

#[test]
fn a_command_for_a_spot_instance_that_has_just_gone_is_for_another() {
    let (simulation, cloud) = over(&build_on_spot(), Cloud { starts_after: 0, ..Cloud::default() });
    let services = Rc::clone(&cloud);
    simulation
        .on_json("SsmDescribeInstanceInformation", move |_| {
            // The first one is gone between the last look at it and the command.
            services.borrow_mut().instances.insert("i-1".to_owned(), None);
            Reply::success(json!({ "InstanceInformationList": [{ "PingStatus": "Online" }] }))
        })
        .run(job())
        .expect("every call has a stand-in")
        .assert_succeeded_with(built("i-2", "c-1"))
        .assert_retries("Attempt", [180.seconds()]);
    assert_eq!(cloud.borrow().released, ["i-1", "i-2"]);
}

#[test]
fn what_cannot_be_given_back_at_once_is_given_back_later() {
    let (simulation, cloud) = over(&build_on_new_instance(), Cloud::default());
    let (services, mut faults) = (Rc::clone(&cloud), 3);
    simulation
        .on_json("Ec2TerminateInstances", move |_| {
            if faults > 0 {
                faults -= 1;
                return Reply::failure("Ec2.Ec2Exception", "RequestLimitExceeded");
            }
            services.borrow_mut().released.push("i-1".to_owned());
            Reply::success(json!({}))
        })
        .run(job())
        .expect("every call has a stand-in")
        .assert_succeeded()
        .assert_retries("Ec2TerminateInstances", [2, 4, 8].map(u64::seconds));
    assert_eq!(cloud.borrow().released.len(), 1);
}
