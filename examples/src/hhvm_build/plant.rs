//! The build's plant: what runs behind its states in a simulation.
//!
//! Lambdas answer with the functions of [`lambdas`] and [`request`](super::request). The tasks of activities lie
//! there until a worker polls for them: instances that a Lambda starts in the fake EC2 boot, poll, work, give up and die, all on
//! the virtual clock of the simulation. So a build that loses a worker waits, as the real one does, until the health check
//! starts another.

mod crew;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use stepwright_sim::history::History;
use stepwright_sim::{Call, Desk, Reply, Tasks};

use crate::hhvm_build::Activity;
use crate::hhvm_build::lambdas::{self, HistoryEvent, LambdaError};
use crate::hhvm_build::request::parse_input;
use crate::hhvm_build::version::Date;
use crate::hhvm_build::world::World;
use crew::Crew;

/// The build's Lambdas and workers, over a [`World`].
#[derive(Debug, Clone)]
pub struct Plant {
    /// What they look at and change.
    pub world: World,
    crew: Crew,
    /// Which states, and which tasks of workers, fail.
    failures: Failures,
}

/// How often something still fails, by its name.
#[derive(Debug, Clone, Default)]
struct Failures(BTreeMap<String, u32>);

impl Failures {
    /// Whether the thing of this name fails this time.
    fn strike(&mut self, name: &str) -> bool {
        let left = self.0.get_mut(name).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    }
}

impl Plant {
    /// A plant over a world.
    pub fn new(world: World) -> Plant {
        Plant { world, crew: Crew::default(), failures: Failures::default() }
    }

    /// A plant on a day in spring, with some branches and nothing built.
    pub fn example() -> Plant {
        Plant::new(World::example(Date { year: 2018, month: 3, day: 22 }, 0))
    }

    /// Lets a state's Lambda, or the script of an activity, fail so many times. `name` is that of the state, or of a worker's task:
    /// `MakeBinaryPackage-4.28.2-debian-9-stretch`.
    #[must_use]
    pub fn failing(mut self, name: &str, times: u32) -> Plant {
        self.failures.0.insert(name.to_owned(), times);
        self
    }

    /// Lets all instances of an activity die that long after the start of the execution.
    #[must_use]
    pub fn losing(mut self, activity: Activity, at: Duration) -> Plant {
        self.crew.lose(activity, at);
        self
    }
}

/// A Lambda of the build.
type Function = fn(&mut World, &Value, &History) -> Reply;

const FUNCTIONS: [(&str, Function); 9] = [
    ("hhvm1-parse-input", |world, input, _| answer(parse_input(input, world.today))),
    ("hhvm1-prepare-activity", |world, input, _| {
        with(input, |question| lambdas::prepare_activity(world, &question))
    }),
    ("hhvm1-get-platforms-for-version", |world, input, _| {
        with(input, |release| lambdas::get_platforms_for_version(world, &release))
    }),
    ("hhvm1-check-if-repos-changed", |_, input, _| {
        with(input, |progress| lambdas::check_if_repos_changed(&progress))
    }),
    ("hhvm1-normalize-results", |_, input, _| with(input, |results| lambdas::normalize_results(&results))),
    ("hhvm1-check-for-failures", |_, input, _| answer(lambdas::check_for_failures(input))),
    ("create-s3-index-html", |world, input, _| with(input, |site| lambdas::update_indices(world, &site))),
    ("hhvm-invalidate-repository-metadata-on-cloudfront", |world, _, _| {
        answer(lambdas::invalidate_cloud_front(world))
    }),
    ("hhvm1-health-check", |world, input, history| {
        with(input, |question| {
            lambdas::health_check(world, &question, &HistoryEvent::list(&history.to_json())?)
        })
    }),
];

/// The Lambda that a `Resource` names.
fn function(resource: &str) -> Option<Function> {
    let (_, name) = resource.split_once(":function:")?;
    FUNCTIONS.iter().find(|(function, _)| *function == name).map(|(_, function)| *function)
}

impl Tasks for Plant {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        if let Some(activity) = Activity::by_arn(call.resource) {
            return Some(match serde_json::from_value(call.input.clone()) {
                Ok(input) => {
                    self.crew.wait(call.task, activity, input);
                    Reply::open()
                }
                Err(error) => unreadable(call.input, &error),
            });
        }
        let function = function(call.resource)?;
        if self.failures.strike(call.state) {
            return Some(answer::<()>(Err(LambdaError::exception("out of luck"))));
        }
        let reply = function(&mut self.world, call.input, call.history);
        let took = self.world.take_waited();
        self.crew.hire(&self.world, call.at + took);
        Some(reply.taking(took))
    }

    fn stands_in(&self, _state: &str, resource: &str) -> bool {
        function(resource).is_some() || Activity::by_arn(resource).is_some()
    }

    fn next_event(&self) -> Option<Duration> {
        self.crew.next_event()
    }

    fn happen(&mut self, desk: &mut Desk<'_>) {
        let failures = &mut self.failures;
        self.crew.work(&mut self.world, desk, |activity, task| {
            failures.strike(&task.name) || failures.strike(&format!("{activity:?}"))
        });
    }
}

/// Runs a function on the input it wants.
fn with<I: DeserializeOwned, O: Serialize>(
    input: &Value,
    function: impl FnOnce(I) -> Result<O, LambdaError>,
) -> Reply {
    match serde_json::from_value(input.clone()) {
        Ok(input) => answer(function(input)),
        Err(error) => unreadable(input, &error),
    }
}

fn answer<T: Serialize>(result: Result<T, LambdaError>) -> Reply {
    match result {
        Ok(output) => Reply::success(json!(output)),
        Err(error) => Reply::failure(error.error_type.clone(), error.cause()),
    }
}

fn unreadable(input: &Value, error: &serde_json::Error) -> Reply {
    answer::<()>(Err(LambdaError::exception(format!("{error} in {input}"))))
}
