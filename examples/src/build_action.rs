//! A build job of a pipeline, on an instance that is had for it and given back in any case.
//!
//! The pipeline cannot build Windows images by itself, so an action of it starts this machine. It gets an instance, waits until the
//! instance is known to Systems Manager, runs a command on it, and gives it back. What to look at:
//!
//! * **Released on every exit.** The original draws its fallback transitions to the release block by hand. Here it is
//!   [`s.ensure`](Scope::ensure): whatever fails in the body, the release runs once, and the error is raised again. The command is
//!   a resource too ([`with_resource`](Scope::with_resource)): one that still runs must not stay on an instance of a pool.
//! * **Strategies.** Where the instance comes from is a value, a [`Strategy`]: Rust functions over `&mut Scope`, of one type. Four
//!   machines are made of one function, [`build`], and four constants.
//! * **Polling** is one function, too: [`poll`] gives its closure another one, `again`, which counts, gives up or waits. It is used
//!   for the registration, the command and the pools.
//! * **Spot instances** may be taken away at any time. [`Strategy::watch`] notices, and all of it is tried again elsewhere, by a retry
//!   policy on the Parallel around it: the pipeline sees nothing but a job that takes longer.
//! * **No Lambda functions.** All calls are those of the AWS SDK, with answers typed by hand in [`aws`].
//!
//! What the types found: in which states a command can be is an enum, and [`choose!`] wants a way for each. `Cancelling` is
//! easily forgotten: it is neither running nor done.

pub mod aws;
pub mod cloud;
pub mod strategies;

use std::time::Duration;

use stepwright::prelude::*;

use self::aws::CommandStatus;
use self::strategies::Strategy;

/// What the pipeline wants.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// The image that a new instance is made from.
    pub image_id: String,
    /// The type of a new instance.
    pub instance_type: String,
    /// What is run.
    pub command: String,
    /// Where it is run.
    pub working_directory: String,
    /// Where the command leaves what it has built, below that.
    pub output_path: String,
    /// How long it may run. A pipeline gives its own actions an hour.
    pub timeout_seconds: u64,
}

/// What has come of a job.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Built {
    /// The instance that it ran on.
    pub instance_id: String,
    /// Where its log is.
    pub log: String,
}

errors! {
    /// The instance has not reported to Systems Manager.
    pub NotRegistered;
    /// The command has failed.
    pub CommandFailed;
    /// The command has taken longer than it may.
    pub CommandTimedOut;
    /// Somebody has cancelled the command.
    pub CommandCancelled;
    /// Systems Manager does not say what has become of the command.
    pub NoWordOfCommand;
    /// All instances of the pool are taken.
    pub PoolExhausted;
    /// There is no spot instance at the moment.
    pub NoCapacity;
    /// The instance was taken away.
    pub InstanceLost;
    /// The same, if it happens just before the command is sent.
    pub InvalidInstance = "Ssm.InvalidInstanceIdException";
}

/// Calls are tried again when they fail.
const CALLS: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED]).delays([2, 4, 8])]);

/// How all machines do things.
const HOUSE: Conventions = Conventions::new().retry_services(CALLS);

/// Runs a build job on an instance that is made for it.
#[workflow(conventions = HOUSE)]
pub fn build_on_new_instance(s: &mut Scope, job: Ref<Job>) -> Ref<Built> {
    build(s, job, strategies::NEW)
}

/// Runs a build job on one of the instances that are running.
#[workflow(conventions = HOUSE)]
pub fn build_on_running_pool(s: &mut Scope, job: Ref<Job>) -> Ref<Built> {
    build(s, job, strategies::RUNNING_POOL)
}

/// Runs a build job on one of the instances that are stopped until they are needed.
#[workflow(conventions = HOUSE)]
pub fn build_on_stopped_pool(s: &mut Scope, job: Ref<Job>) -> Ref<Built> {
    build(s, job, strategies::STOPPED_POOL)
}

/// An instance that was taken away, or that there is none of, is looked for again: in three, six and twelve minutes.
const ELSEWHERE: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[InstanceLost, InvalidInstance, NoCapacity]).delays([180, 360, 720])]);

/// Runs a build job on a spot instance, and on another one if that is taken away.
#[workflow(conventions = HOUSE)]
pub fn build_on_spot(s: &mut Scope, job: Ref<Job>) -> Ref<Built> {
    let attempt = s.parallel("Attempt").retry(ELSEWHERE);
    let (built,) = attempt.branch(|s| build(s, job, strategies::SPOT)).join();
    built
}

/// Runs a build job on an instance that a strategy gets.
pub fn build(s: &mut Scope, job: Ref<Job>, strategy: Strategy) -> Ref<Built> {
    let instance = (strategy.acquire)(s, job);
    s.ensure(
        "OnInstance",
        |s| {
            (strategy.prepare)(s, instance);
            await_registration(s, instance, strategy);
            run_command(s, instance, job, strategy)
        },
        |s| (strategy.release)(s, instance),
    )
}

/// Waits until Systems Manager knows the instance: a Windows that starts for the first time takes five minutes.
fn await_registration(s: &mut Scope, instance: Ref<String>, strategy: Strategy) {
    let patience = Patience { every: 15.seconds(), seconds: expr!(900_u64), error: NotRegistered };
    poll(s, "Registration", &patience, |s, again| {
        (strategy.watch)(s, instance, "WhileStarting");
        let known = s.task(aws::describe_instance_information(instance));
        let online = known.instance_information_list.any(|known| cond!(known.ping_status == "Online"));
        s.unless("IsOnline", online, |s| again(s));
    });
}

/// Runs the command, and waits until it is done.
fn run_command(s: &mut Scope, instance: Ref<String>, job: Ref<Job>, strategy: Strategy) -> Ref<Built> {
    s.with_resource(
        "RunCommand",
        aws::send_command(instance, job),
        |s, sent| {
            let command = sent.command.command_id;
            // Systems Manager itself ends what takes too long; five minutes later nobody believes that it will.
            let seconds = expr!(job.timeout_seconds + 300);
            let patience = Patience { every: 30.seconds(), seconds, error: NoWordOfCommand };
            poll(s, "Command", &patience, |s, again| {
                (strategy.watch)(s, instance, "WhileBuilding");
                let told = s.task(aws::get_command_invocation(instance, command));
                choose!(s, "CommandStatus", told.status, {
                    CommandStatus::Pending
                    | CommandStatus::InProgress
                    | CommandStatus::Delayed
                    | CommandStatus::Cancelling => |s| again(s),
                    CommandStatus::Success => |_| data!(Built { instance_id: instance, log: told.standard_output_url }),
                    CommandStatus::Failed => |s| s.fail(CommandFailed, told.standard_error_content),
                    CommandStatus::TimedOut => |s| s.fail(CommandTimedOut, "it has taken longer than it may"),
                    CommandStatus::Cancelled => |s| s.fail(CommandCancelled, "somebody has cancelled it"),
                })
            })
        },
        // To cancel what is done already does nothing. If it cannot be cancelled, the outcome is still the command's.
        |s, sent| {
            s.task(aws::cancel_command(sent.command.command_id).catch(States::ALL, |_, _| ()));
        },
    )
}

/// How long something is waited for.
#[derive(Debug, Clone)]
pub struct Patience {
    /// The pause between two looks.
    pub every: Duration,
    /// After how many seconds it is enough.
    pub seconds: Expr<u64>,
    /// What it ends with then.
    pub error: ErrorName,
}

/// Looks for something until it is there. `look` is given a way to look again, which gives up after a while.
pub fn poll<R>(
    s: &mut Scope,
    name: &'static str,
    patience: &Patience,
    look: impl FnOnce(&mut Scope, &dyn Fn(&mut Scope) -> Never) -> R,
) -> R {
    let looks = s.var(format!("looksFor{name}"), 1_u64);
    let every = patience.every.as_secs();
    let start = s.label();
    look(s, &|s| {
        s.when(format!("GiveUp{name}"), cond!(looks * every >= patience.seconds.clone()), |s| {
            s.fail(patience.error, fmt!("looked {} times", looks))
        });
        s.wait(format!("WaitFor{name}"), patience.every);
        s.set(looks, expr!(looks + 1));
        s.goto(start)
    })
}
