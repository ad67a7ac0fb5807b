//! The workers of a plant, and the tasks that wait for them.

use std::time::Duration;

use serde_json::json;
use stepwright_sim::{Desk, TaskId};

use crate::hhvm_build::workers::{BusyWorker, Exit, Finished, PAUSE, POLL, Polled, Worker};
use crate::hhvm_build::world::World;
use crate::hhvm_build::world::ec2::{InstanceId, InstanceState, Script};
use crate::hhvm_build::{Activity, TaskInput};

/// How long an instance boots before its worker polls.
const BOOT: Duration = Duration::from_secs(60);

/// Everyone who works, in the order in which they were hired.
#[derive(Debug, Clone, Default)]
pub(super) struct Crew {
    posts: Vec<Post>,
    /// Tasks that nobody has taken, the oldest first.
    waiting: Vec<Waiting>,
    /// When the instances of an activity die.
    losses: Vec<(Duration, Activity)>,
    /// How many of the world's instances have a post.
    hired: usize,
}

#[derive(Debug, Clone)]
struct Waiting {
    task: TaskId,
    activity: Activity,
    input: TaskInput,
}

/// What an instance is doing, and until when.
#[derive(Debug, Clone)]
struct Post {
    until: Duration,
    doing: Doing,
}

#[derive(Debug, Clone)]
enum Doing {
    Booting(InstanceId),
    Polling(Worker),
    Resting(Worker),
    Working(BusyWorker, TaskId, Duration),
    Gone,
}

impl Crew {
    /// Puts a task of an activity where workers find it.
    pub(super) fn wait(&mut self, task: TaskId, activity: Activity, input: TaskInput) {
        self.waiting.push(Waiting { task, activity, input });
    }

    /// Lets all instances of an activity die at a moment.
    pub(super) fn lose(&mut self, activity: Activity, at: Duration) {
        self.losses.push((at, activity));
    }

    /// Lets the instances boot that have been started since.
    pub(super) fn hire(&mut self, world: &World, at: Duration) {
        let instances = world.ec2.instances();
        let new = instances[self.hired..].iter();
        self.posts.extend(
            new.map(|instance| Post { until: at + BOOT, doing: Doing::Booting(instance.id.clone()) }),
        );
        self.hired = instances.len();
    }

    /// When something happens next: at once, where a worker polls for a task that is there.
    pub(super) fn next_event(&self) -> Option<Duration> {
        let is_wanted = |activity| self.waiting.iter().any(|waiting| waiting.activity == activity);
        let posts = self.posts.iter().filter_map(|post| match &post.doing {
            Doing::Polling(worker) if is_wanted(worker.activity()) => Some(Duration::ZERO),
            Doing::Gone => None,
            Doing::Booting(_) | Doing::Polling(_) | Doing::Resting(_) | Doing::Working(..) => {
                Some(post.until)
            }
        });
        self.losses.iter().map(|(at, _)| *at).chain(posts).min()
    }

    /// Does what is due. `fails` says whether a task's script fails this time.
    pub(super) fn work(
        &mut self,
        world: &mut World,
        desk: &mut Desk<'_>,
        mut fails: impl FnMut(Activity, &TaskInput) -> bool,
    ) {
        let now = desk.now();
        self.waiting.retain(|waiting| desk.is_open(waiting.task));
        for (_, activity) in self.losses.extract_if(.., |(at, _)| *at <= now) {
            let doomed: Vec<InstanceId> =
                world.ec2.of(activity).map(|instance| instance.id.clone()).collect();
            doomed.iter().for_each(|id| world.ec2.set_state(id, InstanceState::Terminated));
        }
        for post in &mut self.posts {
            let doing = std::mem::replace(&mut post.doing, Doing::Gone);
            let is_due = post.until <= now;
            post.doing = match doing {
                Doing::Booting(id) if is_due => match Worker::boot(world, &id) {
                    Some(worker) => {
                        post.until = now + POLL;
                        Doing::Polling(worker)
                    }
                    None => Doing::Gone,
                },
                Doing::Resting(worker) if is_due => {
                    post.until = now + POLL;
                    Doing::Polling(worker)
                }
                Doing::Working(busy, task, since) if is_due => {
                    let exit =
                        if fails(busy.activity(), busy.task()) { Exit::Failure } else { Exit::Success };
                    post.until = now + POLL;
                    report(busy.finish(world, exit, now.saturating_sub(since)), task, desk)
                }
                doing => doing,
            };
            post.poll(&mut self.waiting, world, desk);
        }
    }
}

impl Post {
    /// Takes the oldest task that waits, if the worker polls; ends the poll when its time is over.
    fn poll(&mut self, waiting: &mut Vec<Waiting>, world: &mut World, desk: &mut Desk<'_>) {
        let now = desk.now();
        let worker = match std::mem::replace(&mut self.doing, Doing::Gone) {
            Doing::Polling(worker) => worker,
            doing => {
                self.doing = doing;
                return;
            }
        };
        let first = waiting.iter().position(|waiting| waiting.activity == worker.activity());
        let first = first.filter(|_| worker.is_up(world)).map(|first| waiting.remove(first));
        if first.is_none() && now < self.until && worker.is_up(world) {
            self.doing = Doing::Polling(worker);
            return;
        }
        let instance = worker.instance().to_string();
        let (task, input) = first.map(|first| (first.task, first.input)).unzip();
        self.doing = match (worker.poll(world, input), task) {
            (Polled::Task(busy), Some(task)) => {
                desk.take(task, Some(&instance));
                self.until = now + duration(&busy);
                Doing::Working(busy, task, now)
            }
            (Polled::Nothing(worker), _) => {
                self.until = now + PAUSE;
                Doing::Resting(worker)
            }
            (Polled::Task(_) | Polled::Gone, _) => Doing::Gone,
        };
    }
}

/// Tells the service how a task ended; a dead worker tells nothing.
fn report(finished: Finished, task: TaskId, desk: &mut Desk<'_>) -> Doing {
    match finished {
        Finished::Success { output, worker } => {
            desk.succeed(task, json!(output));
            Doing::Polling(worker)
        }
        Finished::Failure { error, cause } => {
            desk.fail(task, error, Some(cause));
            Doing::Gone
        }
        Finished::Died => Doing::Gone,
    }
}

/// How long the script of a task takes.
fn duration(busy: &BusyWorker) -> Duration {
    let minutes = match (busy.script(), busy.activity()) {
        (Script::Dummy, _) => return Duration::from_secs(5),
        (Script::Task, Activity::MakeSourceTarball) => 10,
        (Script::Task, Activity::MakeBinaryPackage) => 120,
        (Script::Task, Activity::PublishBinaryPackages) => 30,
        (Script::Task, Activity::PublishSourceTarball) => 5,
        (Script::Task, Activity::PublishDockerImages) => 20,
    };
    Duration::from_secs(60 * minutes)
}
