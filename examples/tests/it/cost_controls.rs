//! The cost controls, shown by a notification made up for it.

use stepwright_examples::cost_controls::{
    Done, Message, Notification, Record, cost_control, cost_controls, restrict_group, stop_instances,
    tell_owners,
};
use stepwright_sim::{StandIns, WorkflowSimulation};

fn notification() -> Notification {
    let sns = Message {
        subject: "AWS Budgets: Beta has exceeded your alert threshold".to_owned(),
        message: "Budgeted amount: $2".to_owned(),
        timestamp: "2017-12-04T10:00:00.000Z".to_owned(),
    };
    Notification { records: vec![Record { sns }] }
}

fn actions() -> StandIns {
    StandIns::new()
        .on::<restrict_group, _>(|args| {
            assert!(args.reason.subject.contains("Beta"));
            Ok(Done { target: args.group, change: "EC2FullAccess".to_owned() })
        })
        .on::<stop_instances, _>(|args| Ok(Done { target: args.project, change: "3 instances".to_owned() }))
        .on::<tell_owners, _>(|args| Ok(Done { target: args.project, change: "told".to_owned() }))
}

#[test]
fn a_notification_leads_to_one_call_of_the_action() {
    let simulation =
        WorkflowSimulation::of(&cost_control()).expect("the example compiles").stand_ins(actions());
    let execution = simulation.run(notification()).expect("every task has a stand-in");
    execution
        .assert_succeeded_with(Done { target: "Beta".to_owned(), change: "EC2FullAccess".to_owned() })
        .assert_visited_times("RestrictGroup", 1);
    assert_eq!(execution.calls().len(), 1);
}

#[test]
fn the_wider_machine_does_all_of_the_list() {
    let simulation =
        WorkflowSimulation::of(&cost_controls()).expect("the example compiles").stand_ins(actions());
    let execution = simulation.run(notification()).expect("every task has a stand-in");
    let changes: Vec<String> =
        execution.output().expect("it succeeded").into_iter().map(|done| done.change).collect();
    assert_eq!(changes, ["EC2FullAccess", "3 instances", "told"]);
}
