//! The workers: EC2 instances that ask an activity for tasks, and do them one after the other.
//!
//! A worker serves one activity, and any worker of an activity does any of its tasks. It is not trusted after a failure: the
//! failure may be its own. So a failed worker shuts down, and another one does the retry.
//!
//! The types say so: a [`Worker`] can only [`poll`](Worker::poll), a [`BusyWorker`] can only [`finish`](BusyWorker::finish),
//! and one that has failed is gone.

use std::time::Duration;

use serde_json::json;

use crate::hhvm_build::names::WorkerName;
use crate::hhvm_build::world::World;
use crate::hhvm_build::world::ec2::{InstanceId, InstanceState, Script};
use crate::hhvm_build::{Activity, TaskInput, Work};

/// How long the service keeps a poll open before it answers that there is no task.
pub const POLL: Duration = Duration::from_secs(60);

/// How long a worker rests after a poll that gave nothing.
pub const PAUSE: Duration = Duration::from_secs(10);

/// After how many polls in a row that gave nothing a worker gives up.
pub const MAX_EMPTY_POLLS: u32 = 10;

/// A worker that waits for a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    instance: InstanceId,
    activity: Activity,
    script: Script,
    done: u32,
    empty_polls: u32,
}

/// A worker that does a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusyWorker {
    worker: Worker,
    task: TaskInput,
}

/// What comes of a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    /// The worker has a task.
    Task(BusyWorker),
    /// There is none: the worker polls again after a [`PAUSE`].
    Nothing(Worker),
    /// The worker is no more: it has given up, or its instance was terminated before.
    Gone,
}

/// How the script of a task ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Exit {
    Success,
    Failure,
}

/// What comes of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// It is done; the worker polls again, at once.
    Success {
        /// What the activity gives.
        output: Work,
        /// The worker.
        worker: Worker,
    },
    /// It has failed, and the worker is gone.
    Failure {
        /// The Error Name, if the task says one.
        error: Option<String>,
        /// The Cause.
        cause: String,
    },
    /// The instance was terminated before: nobody reports anything.
    Died,
}

impl Worker {
    /// The worker of a pending instance, which is running then. There is none if the instance is in another state.
    pub fn boot(world: &mut World, instance: &InstanceId) -> Option<Worker> {
        let started = world.ec2.get(instance).filter(|instance| instance.state == InstanceState::Pending)?;
        let (activity, script) = (started.activity, started.script);
        world.ec2.set_state(instance, InstanceState::Running);
        Some(Worker { instance: instance.clone(), activity, script, done: 0, empty_polls: 0 })
    }

    /// Its instance.
    pub fn instance(&self) -> &InstanceId {
        &self.instance
    }

    /// The activity that it polls, by its ARN.
    pub fn activity(&self) -> Activity {
        self.activity
    }

    /// Its instance is running.
    pub fn is_up(&self, world: &World) -> bool {
        world.ec2.get(&self.instance).is_some_and(|instance| instance.state == InstanceState::Running)
    }

    /// Takes the answer of a poll.
    ///
    /// A poll that gives nothing takes the time of [`POLL`]; the [`MAX_EMPTY_POLLS`]-th in a row is the last.
    pub fn poll(mut self, world: &mut World, answer: Option<TaskInput>) -> Polled {
        if !self.is_up(world) {
            return Polled::Gone;
        }
        if let Some(task) = answer {
            self.empty_polls = 0;
            let name = WorkerName::Active { nth: self.done + 1, task: task.name.clone() };
            world.ec2.rename(&self.instance, name);
            return Polled::Task(BusyWorker { worker: self, task });
        }
        self.empty_polls += 1;
        if self.empty_polls < MAX_EMPTY_POLLS {
            return Polled::Nothing(self);
        }
        world.ec2.set_state(&self.instance, InstanceState::Terminated);
        Polled::Gone
    }
}

impl BusyWorker {
    /// The worker's instance.
    pub fn instance(&self) -> &InstanceId {
        &self.worker.instance
    }

    /// The activity that it works for.
    pub fn activity(&self) -> Activity {
        self.worker.activity
    }

    /// What it does.
    pub fn task(&self) -> &TaskInput {
        &self.task
    }

    /// What it runs. The dummy script is quick, and it always succeeds.
    pub fn script(&self) -> Script {
        self.worker.script
    }

    /// Its instance is running.
    pub fn is_up(&self, world: &World) -> bool {
        self.worker.is_up(world)
    }

    /// Reports the task after `elapsed`, in whole seconds.
    ///
    /// What the activity's own script has done is then found in the world.
    pub fn finish(self, world: &mut World, exit: Exit, elapsed: Duration) -> Finished {
        let BusyWorker { mut worker, task } = self;
        if !worker.is_up(world) {
            return Finished::Died;
        }
        let work = Work { ec2: worker.instance.to_string(), time_sec: elapsed.as_secs().to_string() };
        match (worker.script, exit) {
            (Script::Task, Exit::Failure) => {
                world.ec2.set_state(&worker.instance, InstanceState::Terminated);
                let cause = json!({ "ec2": work.ec2, "time_sec": work.time_sec }).to_string();
                return Finished::Failure { error: error_name(&task.fail_args), cause };
            }
            (Script::Task, Exit::Success) => world.carry_out(&task),
            (Script::Dummy, Exit::Success | Exit::Failure) => {}
        }
        worker.done += 1;
        let name = WorkerName::Waiting { done: worker.done, task: task.name };
        world.ec2.rename(&worker.instance, name);
        Finished::Success { output: work, worker }
    }
}

/// The name after `--error`.
fn error_name(fail_args: &str) -> Option<String> {
    let mut words = fail_args.split_whitespace();
    words.find(|word| *word == "--error")?;
    words.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hhvm_build::version::{Date, Version};
    use crate::hhvm_build::world::BuildStatus;

    fn world() -> World {
        World::new(Date { year: 2018, month: 3, day: 22 }, 0)
    }

    fn boot(world: &mut World, script: Script) -> Worker {
        let id = world.ec2.start(Activity::MakeBinaryPackage, script);
        Worker::boot(world, &id).expect("the instance is pending")
    }

    fn task(platform: &str, fail_args: &str) -> TaskInput {
        let name = format!("MakeBinaryPackage-4.28.2-{platform}");
        TaskInput { name, env: "VERSION=\"4.28.2\"".to_owned(), fail_args: fail_args.to_owned() }
    }

    #[track_caller]
    fn take(world: &mut World, worker: Worker, task: TaskInput) -> BusyWorker {
        let Polled::Task(busy) = worker.poll(world, Some(task)) else { panic!("the worker takes it") };
        busy
    }

    #[track_caller]
    fn succeed(world: &mut World, busy: BusyWorker) -> Worker {
        let Finished::Success { worker, .. } = busy.finish(world, Exit::Success, Duration::ZERO) else {
            panic!("it succeeds")
        };
        worker
    }

    #[track_caller]
    fn check_instance(world: &World, id: &InstanceId, name: &str, state: InstanceState) {
        let instance = world.ec2.get(id).expect("the instance is known");
        assert_eq!((instance.name.to_string().as_str(), instance.state), (name, state));
    }

    #[test]
    fn a_worker_comes_up_once_on_a_pending_instance() {
        let mut world = world();
        let id = world.ec2.start(Activity::MakeBinaryPackage, Script::Task);
        check_instance(&world, &id, "ww-0-MakeBinaryPackage", InstanceState::Pending);
        let worker = Worker::boot(&mut world, &id).expect("the instance is pending");
        assert_eq!((worker.instance(), worker.activity()), (&id, Activity::MakeBinaryPackage));
        check_instance(&world, &id, "ww-0-MakeBinaryPackage", InstanceState::Running);
        assert_eq!(Worker::boot(&mut world, &id), None);
    }

    #[test]
    fn a_worker_does_several_tasks_and_is_named_after_each() {
        let mut world = world();
        let worker = boot(&mut world, Script::Task);
        let id = worker.instance().clone();

        let busy = take(&mut world, worker, task("debian-9-stretch", ""));
        assert_eq!(busy.task(), &task("debian-9-stretch", ""));
        check_instance(&world, &id, "wa-1-MakeBinaryPackage-4.28.2-debian-9-stretch", InstanceState::Running);
        let worker = succeed(&mut world, busy);
        check_instance(&world, &id, "ww-1-MakeBinaryPackage-4.28.2-debian-9-stretch", InstanceState::Running);

        let busy = take(&mut world, worker, task("ubuntu-18.04-bionic", ""));
        check_instance(
            &world,
            &id,
            "wa-2-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic",
            InstanceState::Running,
        );
        succeed(&mut world, busy);
        check_instance(
            &world,
            &id,
            "ww-2-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic",
            InstanceState::Running,
        );
    }

    #[test]
    fn success_is_reported_with_instance_and_seconds() {
        let mut world = world();
        let worker = boot(&mut world, Script::Task);
        let busy = take(&mut world, worker, task("debian-9-stretch", ""));
        let Finished::Success { output, worker } =
            busy.finish(&mut world, Exit::Success, Duration::from_millis(3_600_999))
        else {
            panic!("it succeeds")
        };
        let output = serde_json::to_value(output).expect("it is JSON");
        assert_eq!(output, json!({ "ec2": "i-00000000000000001", "time_sec": "3600" }));
        assert!(worker.is_up(&world));
        let version = Version::parse("4.28.2").expect("a version");
        assert_eq!(world.build_status(&version)["debian-9-stretch"], BuildStatus::BuiltNotPublished);
    }

    #[test]
    fn failure_is_reported_and_the_worker_is_gone() {
        let mut world = world();
        let worker = boot(&mut world, Script::Task);
        let id = worker.instance().clone();
        let busy = take(&mut world, worker, task("debian-9-stretch", ""));
        assert_eq!(
            busy.finish(&mut world, Exit::Failure, Duration::from_secs(42)),
            Finished::Failure {
                error: None,
                cause: r#"{"ec2":"i-00000000000000001","time_sec":"42"}"#.to_owned()
            }
        );
        check_instance(
            &world,
            &id,
            "wa-1-MakeBinaryPackage-4.28.2-debian-9-stretch",
            InstanceState::Terminated,
        );
        assert!(world.builds.is_empty());
    }

    #[test]
    fn a_task_says_by_which_name_it_fails() {
        let mut world = world();
        let worker = boot(&mut world, Script::Task);
        let busy = take(&mut world, worker, task("debian-9-stretch", "--error TestBuildNoRetry"));
        let Finished::Failure { error, .. } = busy.finish(&mut world, Exit::Failure, Duration::ZERO) else {
            panic!("it fails")
        };
        assert_eq!(error.as_deref(), Some("TestBuildNoRetry"));
        assert_eq!(error_name("--cause none"), None);
        assert_eq!(error_name("--error"), None);
    }

    #[test]
    fn a_dummy_script_succeeds_and_leaves_nothing() {
        for exit in [Exit::Success, Exit::Failure] {
            let mut world = world();
            let worker = boot(&mut world, Script::Dummy);
            let busy = take(&mut world, worker, task("debian-9-stretch", ""));
            assert_eq!(busy.script(), Script::Dummy);
            let finished = busy.finish(&mut world, exit, Duration::from_secs(1));
            assert!(matches!(finished, Finished::Success { .. }), "{finished:?}");
            assert!(world.builds.is_empty());
        }
    }

    #[track_caller]
    fn poll_in_vain(world: &mut World, mut worker: Worker, times: u32) -> Worker {
        for _ in 0..times {
            let Polled::Nothing(again) = worker.poll(world, None) else { panic!("the worker goes on") };
            worker = again;
        }
        worker
    }

    #[test]
    fn a_worker_gives_up_after_ten_polls_in_vain() {
        let mut world = world();
        let worker = boot(&mut world, Script::Task);
        let id = worker.instance().clone();
        let worker = poll_in_vain(&mut world, worker, 9);
        assert_eq!(worker.poll(&mut world, None), Polled::Gone);
        check_instance(&world, &id, "ww-0-MakeBinaryPackage", InstanceState::Terminated);
    }

    #[test]
    fn only_polls_in_a_row_count() {
        let mut world = world();
        let worker = boot(&mut world, Script::Task);
        let id = worker.instance().clone();
        let worker = poll_in_vain(&mut world, worker, 9);
        let busy = take(&mut world, worker, task("debian-9-stretch", ""));
        let worker = succeed(&mut world, busy);
        let worker = poll_in_vain(&mut world, worker, 9);
        assert_eq!(worker.poll(&mut world, None), Polled::Gone);
        check_instance(
            &world,
            &id,
            "ww-1-MakeBinaryPackage-4.28.2-debian-9-stretch",
            InstanceState::Terminated,
        );
    }

    #[test]
    fn a_dead_worker_neither_takes_nor_reports() {
        let mut world = world();
        let idle = boot(&mut world, Script::Task);
        world.ec2.set_state(idle.instance(), InstanceState::Terminated);
        assert!(!idle.is_up(&world));
        assert_eq!(idle.poll(&mut world, Some(task("debian-9-stretch", ""))), Polled::Gone);

        let worker = boot(&mut world, Script::Task);
        let busy = take(&mut world, worker, task("debian-9-stretch", ""));
        world.ec2.set_state(busy.instance(), InstanceState::Terminated);
        assert!(!busy.is_up(&world));
        assert_eq!(busy.finish(&mut world, Exit::Success, Duration::ZERO), Finished::Died);
        assert!(world.builds.is_empty());
    }
}
