//! A scheduler for high-performance computing, without a scheduler: each worker machine has an execution of its own.
//!
//! It takes a job from the queue, runs it on its machine by Systems Manager, asks how it is getting on, looks for the words in its
//! output that say that it has succeeded, tries again as often as the job wants, and writes all of that down. When the queue is empty,
//! it terminates the machine, and ends. What to look at:
//!
//! * **Variables.** [`s.var`](Scope::var) makes what changes from round to round: the job in hand, its failed attempts, how often was asked.
//! * **The number of retries is data**, and a text: `"3"`. To compare it with a number as it is does not compile; see below.
//! * **A long loop fills the history of an execution**, which has room for 25,000 events. After so many rounds, the workflow starts another
//!   execution of itself, with the job in hand as its input, and ends.
//! * **A licence is given back in any case**: [`s.ensure`](Scope::ensure), also where the table cannot be reached.
//! * **An outcome is an enum**: what to do in each case is a `choose!`, from which none can be missing.
//! * **Services without an integration of their own** are [`aws_sdk`] with types for what is read of their answers.
//!
//! The article's own job is no JSON: it has a comma too many. Such a job fails the execution before it is removed from the queue.
//!
//! ```compile_fail
//! # use stepwright::prelude::*;
//! # use stepwright_examples::hpc_scheduler::Job;
//! fn is_given_up(job: Ref<Job>, failures: Ref<u32>) -> Expr<bool> { cond!(failures > job.retry) }
//! ```
//!
//! ```
//! # use stepwright::prelude::*;
//! # use stepwright_examples::hpc_scheduler::Job;
//! fn is_given_up(job: Ref<Job>, failures: Ref<u32>) -> Expr<bool> { cond!(failures > job.retry.parse()) }
//! ```

pub mod services;

use std::time::Duration;

use stepwright::prelude::*;

use self::services::{
    CommandStatus, Health, ask_for_command, ask_for_health, put_back, queue_url, receive, remove,
    return_licence, send_command, take_licence, terminate,
};

/// What an execution is started with.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Worker {
    /// The machine.
    pub instance_id: String,
    /// Where its jobs come from.
    pub queue_name: String,
    /// A job that the execution before has left to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<Job>,
    /// How many attempts at it have failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failures: Option<u32>,
}

/// A job, as it is put into the queue.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    /// Its name in the table.
    pub job_id: String,
    /// How often it is tried again; a text.
    pub retry: String,
    /// The words in its output without which it has failed.
    pub job_success_string: String,
    /// The document of Systems Manager that runs it.
    pub ssm_document: String,
    /// What the document runs.
    pub commands: Vec<String>,
    /// The licence that it needs, if it needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// What the table says of a job.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum JobStatus {
    /// An attempt is being made.
    Running,
    /// It has said the words.
    Succeeded,
    /// No attempt has succeeded.
    Failed,
}

/// What came of an attempt.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// How it ended.
    pub ending: Ending,
    /// How often was asked until then.
    pub polls: u32,
}

/// How an attempt ended.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// The job has said the words.
    Succeeded,
    /// It has ended without them.
    Failed,
    /// The machine is not there any more, or not well, or has not taken the job.
    WorkerLost,
}

errors! {
    /// The machine has died under a job.
    pub WorkerLost;
    /// Every licence was taken, for too long.
    pub NoLicence;
}

/// How long a job runs until somebody asks.
const POLL: Duration = Duration::from_secs(180);

/// How many rounds an execution lasts, where a round is an attempt or a question. Systems Manager runs a command for 48 hours at the most,
/// which is 960 questions; even after all rounds but one, that leaves an execution below 25,000 events.
pub const ROUNDS: u32 = 200;

/// What every call of a service does: they are many executions, and get throttled.
const CALLS: Conventions = Conventions::new().retry_services(RetryPolicy::SERVICE_CALL);

/// Runs jobs on a machine until there are no more.
#[workflow(conventions = CALLS)]
pub fn hpc_scheduler(s: &mut Scope, worker: Ref<Worker>) {
    let queue = s.task(queue_url(worker.queue_name)).queue_url;
    let hand = s.var("job", worker.job);
    let failures = s.var("failures", worker.failures.or(0));
    let rounds = s.var("rounds", 0_u32);

    s.repeat(|s| {
        s.when("HandIsEmpty", hand.is_none(), |s| {
            let message = s.task(receive(queue)).messages.first();
            s.unless("QueueHasJob", message.is_some(), |s| {
                s.task(terminate(worker.instance_id).named("TerminateIdleWorker"));
                s.succeed("QueueIsEmpty")
            });
            let message = message.assume_some("the queue has a job");
            s.set(hand, message.body.parse_json::<Job>());
            s.set(failures, 0);
            s.task(remove(queue, message.receipt_handle));
        });
        let job = hand.assume_some("a job is in the hand");

        let attempt = attempt(s, worker, queue, job, failures);
        s.set(rounds, expr!(rounds + attempt.polls + 1));
        choose!(s, "HowDidItEnd", attempt.ending, {
            Ending::Succeeded => |s| {
                s.task(record("RecordSuccess", worker, job, JobStatus::Succeeded, failures));
                s.set(hand, None::<Job>);
            },
            Ending::Failed => |s| {
                s.set(failures, expr!(failures + 1));
                s.when("IsGivenUp", cond!(failures > job.retry.parse()), |s| {
                    s.task(record("RecordFailure", worker, job, JobStatus::Failed, failures));
                    s.set(hand, None::<Job>);
                });
            },
            Ending::WorkerLost => |s| give_up(s, worker, queue, job, WorkerLost, "the machine has died"),
        });
    })
    .until("HistoryIsLong", |()| cond!(rounds >= ROUNDS));

    let next = data!(Worker {
        instance_id: worker.instance_id,
        queue_name: worker.queue_name,
        job: *hand,
        failures: *failures,
    });
    // In here, the bare name is that of this function; `self::` has the workflow.
    s.task(self::hpc_scheduler().start(context().state_machine.id, next).named("GoOnInAnotherExecution"));
}

/// One attempt at a job, with a licence if it needs one.
fn attempt(
    s: &mut Scope,
    worker: Ref<Worker>,
    queue: Ref<String>,
    job: Ref<Job>,
    failures: Var<u32>,
) -> Ref<Attempt> {
    s.when_some("NeedsLicence", job.licence, |s, licence| {
        s.task(take_licence(licence).catch(services::ALL_TAKEN, |s, _| {
            give_up(s, worker, queue, job, NoLicence, "all licences are taken")
        }));
    });
    s.ensure(
        "Attempt",
        |s| {
            s.task(record("RecordStart", worker, job, JobStatus::Running, failures));
            run(s, worker, job)
        },
        |s| {
            s.when_some("HoldsLicence", job.licence, |s, licence| {
                s.task(return_licence(licence));
            });
        },
    )
}

/// Runs the job on the machine, as long as both are well: the place to change for another back end. A machine that Systems Manager
/// cannot talk to is as good as dead.
fn run(s: &mut Scope, worker: Ref<Worker>, job: Ref<Job>) -> Expr<Attempt> {
    let lost = s.forward_label();
    let start = send_command(worker.instance_id, job.ssm_document, job.commands).named("StartJob");
    let command = s.task(start.catch(States::ALL, |s, _| s.goto(lost))).command;
    let polls = s.var("polls", 0_u32);
    let is_well = s.var("isWell", true);
    let run = s
        .repeat(|s| {
            s.wait("LetItRun", POLL);
            s.set(polls, expr!(polls + 1));
            let health = ask_for_health(worker.instance_id).catch(States::ALL, |s, _| s.goto(lost));
            let running = s.task(health).instance_statuses;
            s.set(is_well, running.any(|it| cond!(it.instance_status.status != Health::Impaired)));
            let run = ask_for_command(worker.instance_id, command.command_id);
            s.task(run.catch(States::ALL, |s, _| s.goto(lost)))
        })
        .as_long_as("IsRunning", |run| {
            cond!(
                is_well && (run.status == CommandStatus::Pending || run.status == CommandStatus::InProgress)
            )
        });
    let said_so = run.standard_output_content.contains(job.job_success_string);
    let ending = s
        .choice("HasItSucceeded")
        .when(cond!(run.status == CommandStatus::Success && said_so), |_| expr!(Ending::Succeeded))
        .when(*is_well, |_| expr!(Ending::Failed))
        .otherwise(|s| s.goto(lost));
    let _ = s.succeed_with("JobHasEnded", data!(Attempt { ending, polls: *polls }));

    s.place(lost);
    data!(Attempt { ending: Ending::WorkerLost, polls: 0_u32 })
}

/// Leaves the job to others, and ends with the machine.
fn give_up(
    s: &mut Scope,
    worker: Ref<Worker>,
    queue: Ref<String>,
    job: Ref<Job>,
    error: ErrorName,
    cause: &'static str,
) -> Never {
    s.task(put_back(queue, job).named(format!("PutBackFor{error}")));
    s.task(terminate(worker.instance_id).named(format!("TerminateFor{error}")));
    s.fail(error, cause)
}

/// Writes down how it stands with a job.
fn record(
    state: &'static str,
    worker: Ref<Worker>,
    job: Ref<Job>,
    status: JobStatus,
    failures: Var<u32>,
) -> Task<'static, dynamodb::WriteOutput, dynamodb::PutItem> {
    let item = data!({
        "job_id": { "S": job.job_id },
        "status": { "S": status },
        "failures": { "N": failures.to_text() },
        "instance_id": { "S": worker.instance_id },
        "at": { "S": context().state.entered_time },
    });
    dynamodb::put_item("${JobTable}", item).named(state)
}
