//! Workers of activities: they come, do one task after another, and may die.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use stepwright::{Integration, TaskFn};

use crate::desk::Desk;
use crate::stand_ins::{IntoReply, answer};
use crate::tasks::{Call, Outcome, Reply, TaskId, Tasks};

/// A worker of an activity.
///
/// Tasks of an activity that has workers wait until one of them takes them, the oldest first. A worker does one task at a time,
/// and stays for good unless it [dies](Self::dying_at). One that comes back is another `Worker`, which may have the same name.
///
/// ```
/// use std::time::Duration;
/// use serde_json::json;
/// use stepwright_codegen::asl;
/// use stepwright_sim::{Reply, Simulation, Status, Worker};
///
/// let build = "arn:aws:states:eu-west-1:123456789012:activity:build";
/// let definition = json!({
///     "StartAt": "Build",
///     "States": { "Build": {
///         "Type": "Task", "Resource": build, "HeartbeatSeconds": 60, "End": true,
///         "Retry": [{ "ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1 }],
///     }},
/// });
/// let machine = asl::read(&definition.to_string()).expect("it is well-formed").into_machine();
/// let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
/// let worker = || Worker::new(build, move |_| {
///     Reply::success(json!("built")).taking(minutes(20)).with_heartbeats(minutes(1))
/// });
/// let execution = Simulation::new(&machine)
///     .worker(worker().dying_at(minutes(10)))
///     .worker(worker().coming_at(minutes(30)))
///     .run()?;
/// assert_eq!(execution.status, Status::Succeeded);
/// assert_eq!(execution.elapsed, minutes(50));
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
#[derive(Clone)]
pub struct Worker {
    activity: String,
    name: Option<String>,
    comes: Duration,
    dies: Option<Duration>,
    answer: Arc<dyn Fn(&Value) -> Reply + Send + Sync>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("activity", &self.activity)
            .field("name", &self.name)
            .field("comes", &self.comes)
            .field("dies", &self.dies)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker that is there from the start. `activity` is the `Resource` of the states whose tasks it does; `answer` says what
    /// becomes of a task, and when: see [`Reply::taking`] and [`Reply::with_heartbeats`].
    pub fn new(
        activity: impl Into<String>,
        answer: impl Fn(&Value) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self {
            activity: activity.into(),
            name: None,
            comes: Duration::ZERO,
            dies: None,
            answer: Arc::new(answer),
        }
    }

    /// A worker of the activity of a `#[task(activity = "…")]` function, over that function's own types:
    /// `Worker::of::<build, _>(|args| Ok(…))`.
    pub fn of<F: TaskFn, R: IntoReply<F::Output>>(
        stand_in: impl Fn(F::Args) -> R + Send + Sync + 'static,
    ) -> Self {
        let (Integration::Activity(resource)
        | Integration::Lambda(resource)
        | Integration::LambdaInvoke(resource)
        | Integration::Service(resource)) = F::DEFINITION.integration;
        Self::new(resource, move |input| answer::<F, R>(input, &stand_in))
    }

    /// The name that it gives when it takes a task, for the history.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// It comes that long after the start of the execution.
    #[must_use]
    pub fn coming_at(self, comes: Duration) -> Self {
        Self { comes, ..self }
    }

    /// It dies that long after the start of the execution; nobody reports on the task that it is doing then.
    #[must_use]
    pub fn dying_at(self, dies: Duration) -> Self {
        Self { dies: Some(dies), ..self }
    }

    fn is_alive(&self, at: Duration) -> bool {
        self.dies.is_none_or(|dies| at < dies)
    }
}

/// Stand-ins with workers beside them.
pub(crate) struct Staffed<'t> {
    tasks: &'t mut dyn Tasks,
    posts: Vec<Post>,
    /// Tasks that no worker has taken yet, the oldest first.
    queue: VecDeque<Waiting>,
}

struct Post {
    worker: Worker,
    busy: Option<Busy>,
}

struct Waiting {
    task: TaskId,
    activity: String,
    input: Value,
}

/// What a worker is doing.
struct Busy {
    task: TaskId,
    /// How it ends, and when.
    end: Option<(Duration, Outcome)>,
    /// When the next heartbeat is due, and how often they come.
    heartbeat: Option<(Duration, Duration)>,
    /// Until when it sends them.
    until: Duration,
}

impl<'t> Staffed<'t> {
    pub(crate) fn new(tasks: &'t mut dyn Tasks, workers: Vec<Worker>) -> Self {
        let posts = workers.into_iter().map(|worker| Post { worker, busy: None }).collect();
        Self { tasks, posts, queue: VecDeque::new() }
    }

    fn has_workers(&self, resource: &str) -> bool {
        self.posts.iter().any(|post| post.worker.activity == resource)
    }

    /// Gives waiting tasks to workers that have nothing to do.
    fn assign(&mut self, desk: &mut Desk<'_>) {
        let now = desk.now();
        self.queue.retain(|waiting| desk.is_open(waiting.task));
        for post in self.posts.iter_mut().filter(|post| post.is_idle(now)) {
            let first = self.queue.iter().position(|waiting| waiting.activity == post.worker.activity);
            let Some(waiting) = first.and_then(|first| self.queue.remove(first)) else { continue };
            post.take(&waiting, desk);
        }
    }
}

impl Post {
    fn is_idle(&self, now: Duration) -> bool {
        self.busy.is_none() && self.worker.comes <= now && self.worker.is_alive(now)
    }

    /// When something happens here next.
    fn next_event(&self, queue: &VecDeque<Waiting>) -> Option<Duration> {
        let at = match &self.busy {
            Some(busy) => busy.next_event(),
            None => {
                let has_work = queue.iter().any(|waiting| waiting.activity == self.worker.activity);
                has_work.then_some(self.worker.comes)
            }
        };
        at.filter(|at| self.worker.is_alive(*at))
    }

    fn take(&mut self, waiting: &Waiting, desk: &mut Desk<'_>) {
        let now = desk.now();
        let reply = (self.worker.answer)(&waiting.input);
        desk.take(waiting.task, reply.worker.as_deref().or(self.worker.name.as_deref()));
        let until = now.saturating_add(reply.takes);
        let is_silent = matches!(reply.outcome, Outcome::Silence | Outcome::Open | Outcome::NoSuchActivity);
        self.busy = Some(Busy {
            task: waiting.task,
            end: (!is_silent).then_some((until, reply.outcome)),
            heartbeat: reply.heartbeats.filter(|every| !every.is_zero()).map(|every| (now + every, every)),
            until,
        });
    }

    /// Does what is due.
    fn work(&mut self, desk: &mut Desk<'_>) {
        let now = desk.now();
        if !self.worker.is_alive(now) {
            return;
        }
        let Some(busy) = &mut self.busy else { return };
        if let Some((at, outcome)) = busy.end.take_if(|(at, _)| *at <= now) {
            debug_assert!(at <= now);
            match outcome {
                Outcome::Success(result) => desk.succeed(busy.task, result),
                Outcome::Failure { error, cause } => desk.fail(busy.task, error, cause),
                Outcome::Silence | Outcome::Open | Outcome::NoSuchActivity => false,
            };
            self.busy = None;
        } else if let Some((due, every)) = &mut busy.heartbeat
            && *due <= now
        {
            *due += *every;
            desk.heartbeat(busy.task);
        }
    }
}

impl Busy {
    fn next_event(&self) -> Option<Duration> {
        let end = self.end.as_ref().map(|(at, _)| *at);
        let heartbeat = self.heartbeat.map(|(due, _)| due).filter(|due| *due <= self.until);
        end.into_iter().chain(heartbeat).min()
    }
}

impl Tasks for Staffed<'_> {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        if !self.has_workers(call.resource) {
            return self.tasks.call(call);
        }
        self.queue.push_back(Waiting {
            task: call.task,
            activity: call.resource.to_owned(),
            input: call.input.clone(),
        });
        Some(Reply::open())
    }

    fn stands_in(&self, state: &str, resource: &str) -> bool {
        self.has_workers(resource) || self.tasks.stands_in(state, resource)
    }

    fn next_event(&self) -> Option<Duration> {
        let posts = self.posts.iter().filter_map(|post| post.next_event(&self.queue));
        self.tasks.next_event().into_iter().chain(posts).min()
    }

    fn happen(&mut self, desk: &mut Desk<'_>) {
        if self.tasks.next_event().is_some_and(|at| at <= desk.now()) {
            self.tasks.happen(desk);
        }
        self.posts.iter_mut().for_each(|post| post.work(desk));
        self.assign(desk);
    }
}
