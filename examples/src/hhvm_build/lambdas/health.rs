//! The Lambda that replaces workers that never came, or died.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{LambdaError, start_worker};
use crate::hhvm_build::request::DebugMode;
use crate::hhvm_build::world::World;
use crate::hhvm_build::{Activity, HealthCheckArgs};

/// An event of an execution's history, as `GetExecutionHistory` gives it: what the health check reads of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEvent {
    /// Its number.
    pub id: u64,
    /// The number of the event that it follows.
    #[serde(default)]
    pub previous_event_id: u64,
    /// `ActivityScheduled`, …
    #[serde(rename = "type")]
    pub event_type: String,
    #[serde(default)]
    state_entered_event_details: Option<StateEntered>,
    #[serde(default)]
    activity_scheduled_event_details: Option<ActivityScheduled>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct StateEntered {
    name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct ActivityScheduled {
    resource: String,
}

impl HistoryEvent {
    /// Reads the answer of `GetExecutionHistory`, or the list of events in it.
    ///
    /// # Errors
    ///
    /// It is something else.
    pub fn list(history: &Value) -> Result<Vec<HistoryEvent>, LambdaError> {
        let events = history.get("events").unwrap_or(history);
        Vec::deserialize(events).map_err(|error| LambdaError::exception(format!("not a history: {error}")))
    }
}

/// Starts a worker for each activity that has a task which nobody took; says whether to ask again.
///
/// `history` is that of the execution in question. Without EC2 there is nothing to check, and once the execution has come to
/// the end state nothing more.
///
/// # Errors
///
/// Never; it returns what the other functions do.
pub fn health_check(
    world: &mut World,
    question: &HealthCheckArgs,
    history: &[HistoryEvent],
) -> Result<bool, LambdaError> {
    let debug = question.build_input.debug_mode();
    let entered = |event: &HistoryEvent| {
        event.state_entered_event_details.as_ref().is_some_and(|state| state.name == question.end_state)
    };
    if debug == Some(DebugMode::SkipEc2) || history.iter().any(entered) {
        return Ok(false);
    }
    for activity in pending(history) {
        start_worker(world, activity, debug);
    }
    Ok(true)
}

/// The activities that have a task which was scheduled, but never started.
fn pending(history: &[HistoryEvent]) -> Vec<Activity> {
    let starts = history.iter().filter(|event| event.event_type == "ActivityStarted");
    let started: BTreeSet<u64> = starts.map(|event| event.previous_event_id).collect();
    let waiting = history.iter().filter(|event| !started.contains(&event.id));
    let waiting: BTreeSet<&str> = waiting
        .filter_map(|event| event.activity_scheduled_event_details.as_ref())
        .map(|task| task.resource.as_str())
        .collect();
    Activity::ALL.into_iter().filter(|activity| waiting.contains(activity.arn())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::hhvm_build::BuildInput;
    use crate::hhvm_build::version::Date;
    use crate::hhvm_build::world::ec2::Script;

    fn scheduled(id: u64, activity: Activity) -> Value {
        json!({
            "id": id,
            "previousEventId": id - 1,
            "type": "ActivityScheduled",
            "timestamp": "2018-03-22T00:00:00Z",
            "activityScheduledEventDetails": { "resource": activity.arn(), "input": "{}" },
        })
    }

    fn started(id: u64, task: u64) -> Value {
        json!({ "id": id, "previousEventId": task, "type": "ActivityStarted" })
    }

    fn entered(id: u64, state: &str) -> Value {
        let details = json!({ "name": state, "input": "{}" });
        json!({ "id": id, "previousEventId": 0, "type": "TaskStateEntered", "stateEnteredEventDetails": details })
    }

    fn question(debug: &str) -> HealthCheckArgs {
        HealthCheckArgs {
            build_input: BuildInput {
                versions: vec!["4.28.2".to_owned()],
                platforms: vec![],
                activities: vec![],
                debug: debug.to_owned(),
            },
            execution: "arn:aws:states:us-west-2:223121549624:execution:hhvm-build:1".to_owned(),
            end_state: "CheckIfReposChanged".to_owned(),
        }
    }

    /// Whether to ask again, and which workers were started.
    fn check(world: &mut World, debug: &str, history: &[Value]) -> (bool, Vec<Activity>) {
        let before = world.ec2.instances().len();
        let history = HistoryEvent::list(&json!(history)).expect("a history");
        let again = health_check(world, &question(debug), &history).expect("an answer");
        (again, world.ec2.instances()[before..].iter().map(|worker| worker.activity).collect())
    }

    fn world() -> World {
        World::new(Date { year: 2018, month: 3, day: 22 }, 0)
    }

    #[test]
    fn a_task_that_nobody_took_gets_a_worker() {
        let history = [entered(1, "MakeSourceTarball"), scheduled(2, Activity::MakeSourceTarball)];
        assert_eq!(check(&mut world(), "", &history), (true, vec![Activity::MakeSourceTarball]));
    }

    #[test]
    fn a_task_that_was_taken_does_not() {
        let history = [scheduled(2, Activity::MakeSourceTarball), started(3, 2)];
        assert_eq!(check(&mut world(), "", &history), (true, vec![]));
        assert_eq!(check(&mut world(), "", &[]), (true, vec![]));
    }

    #[test]
    fn tasks_are_told_apart_by_the_event_that_started_them() {
        let history = [
            scheduled(2, Activity::MakeBinaryPackage),
            scheduled(3, Activity::MakeBinaryPackage),
            started(4, 3),
        ];
        assert_eq!(check(&mut world(), "", &history), (true, vec![Activity::MakeBinaryPackage]));
        let history = [history.as_slice(), &[started(5, 2)]].concat();
        assert_eq!(check(&mut world(), "", &history), (true, vec![]));
    }

    #[test]
    fn an_activity_gets_one_worker_for_all_its_tasks() {
        let history = [
            scheduled(2, Activity::PublishDockerImages),
            scheduled(3, Activity::MakeBinaryPackage),
            scheduled(4, Activity::MakeBinaryPackage),
        ];
        let both = vec![Activity::MakeBinaryPackage, Activity::PublishDockerImages];
        assert_eq!(check(&mut world(), "", &history), (true, both));
    }

    #[test]
    fn it_starts_another_worker_each_time_but_one_that_publishes_packages() {
        let (mut world, package) = (world(), [scheduled(2, Activity::MakeBinaryPackage)]);
        assert_eq!(check(&mut world, "", &package), (true, vec![Activity::MakeBinaryPackage]));
        assert_eq!(check(&mut world, "", &package), (true, vec![Activity::MakeBinaryPackage]));
        let publish = [scheduled(2, Activity::PublishBinaryPackages)];
        assert_eq!(check(&mut world, "", &publish), (true, vec![Activity::PublishBinaryPackages]));
        assert_eq!(check(&mut world, "", &publish), (true, vec![]));
    }

    #[test]
    fn activities_of_others_get_no_worker() {
        let mut task = scheduled(2, Activity::MakeBinaryPackage);
        task["activityScheduledEventDetails"]["resource"] =
            json!("arn:aws:states:us-west-2:1:activity:other");
        assert_eq!(check(&mut world(), "", &[task]), (true, vec![]));
    }

    #[test]
    fn it_ends_at_the_end_state() {
        let history = [scheduled(2, Activity::MakeSourceTarball), entered(3, "CheckIfReposChanged")];
        assert_eq!(check(&mut world(), "", &history), (false, vec![]));
    }

    #[test]
    fn without_ec2_there_is_nothing_to_check() {
        let history = [scheduled(2, Activity::MakeSourceTarball)];
        assert_eq!(check(&mut world(), "skip_ec2", &history), (false, vec![]));
    }

    #[test]
    fn a_fake_build_gets_fake_workers() {
        let (mut world, history) = (world(), [scheduled(2, Activity::MakeSourceTarball)]);
        assert_eq!(check(&mut world, "fake_ec2", &history), (true, vec![Activity::MakeSourceTarball]));
        assert_eq!(world.ec2.instances()[0].script, Script::Dummy);
        assert_eq!(check(&mut world, "test_build", &history), (true, vec![Activity::MakeSourceTarball]));
        assert_eq!(world.ec2.instances()[1].script, Script::Task);
    }

    #[test]
    fn a_history_is_read_with_and_without_its_wrapping() {
        let events = [entered(1, "ParseInput")];
        let list = HistoryEvent::list(&json!(events));
        assert_eq!(list.as_ref().map(Vec::len), Ok(1));
        assert_eq!(HistoryEvent::list(&json!({ "events": events })), list);
        assert!(HistoryEvent::list(&json!("events")).is_err());
    }
}
