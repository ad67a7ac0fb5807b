//! A queue, a worker and two tables, for the scheduler.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use stepwright::DurationExt;
use stepwright_examples::hpc_scheduler::{Job, Worker, hpc_scheduler};
use stepwright_sim::{Identity, Reply, WorkflowExecution, WorkflowSimulation};

/// A job that says `… is done` when it has succeeded.
pub(super) fn job(id: &str, retry: &str) -> Job {
    Job {
        job_id: id.to_owned(),
        retry: retry.to_owned(),
        job_success_string: "is done".to_owned(),
        ssm_document: "AWS-RunShellScript".to_owned(),
        commands: vec![format!("run {id}")],
        licence: None,
    }
}

/// What the scheduler works with; a handle.
#[derive(Clone, Default)]
pub(super) struct Site(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    queue: VecDeque<Job>,
    record: Vec<String>,
    terminated: Vec<String>,
    licences: u32,
    /// How often each job still fails.
    failures: BTreeMap<String, u32>,
    /// How many questions each job takes, if not one.
    questions: BTreeMap<String, u32>,
    worker_dies_after: Option<u32>,
    questions_asked: u32,
    /// What the worker runs, and how often it was asked for that.
    running: (String, u32),
}

impl Site {
    pub(super) fn with(jobs: impl IntoIterator<Item = Job>) -> Self {
        let state = State { queue: jobs.into_iter().collect(), licences: 1, ..State::default() };
        Self(Rc::new(RefCell::new(state)))
    }

    pub(super) fn fails(&self, job: &str, times: u32) {
        self.0.borrow_mut().failures.insert(job.to_owned(), times);
    }

    pub(super) fn takes(&self, job: &str, questions: u32) {
        self.0.borrow_mut().questions.insert(job.to_owned(), questions);
    }

    /// It dies that long after the start, when nothing is waited for but jobs.
    pub(super) fn worker_dies_at(&self, at: Duration) {
        let questions = at.as_secs() / 3.minutes().as_secs();
        self.0.borrow_mut().worker_dies_after = u32::try_from(questions).ok();
    }

    pub(super) fn take_all_licences(&self) {
        self.0.borrow_mut().licences = 0;
    }

    pub(super) fn queue(&self) -> Vec<Job> {
        self.0.borrow().queue.iter().cloned().collect()
    }

    /// What was written down: job, status, failures.
    pub(super) fn record(&self) -> Vec<String> {
        self.0.borrow().record.clone()
    }

    pub(super) fn terminated(&self) -> Vec<String> {
        self.0.borrow().terminated.clone()
    }

    pub(super) fn licences(&self) -> u32 {
        self.0.borrow().licences
    }

    pub(super) fn run(&self) -> WorkflowExecution<()> {
        run(self.scheduler())
    }

    /// The execution that another one has started, and has left this input to.
    pub(super) fn go_on(&self, execution: &WorkflowExecution<()>) -> (Value, WorkflowExecution<()>) {
        let mut started = execution.arguments_of("GoOnInAnotherExecution");
        let arguments = started.next().expect("another execution was started");
        assert_eq!(arguments["StateMachineArn"], Identity::default().state_machine_arn);
        let input = arguments["Input"].clone();
        let next = self.scheduler().run_json(input.clone()).expect("every task has a stand-in");
        (input, next)
    }

    /// The scheduler, with this site behind its tasks.
    pub(super) fn scheduler(&self) -> WorkflowSimulation<Worker, ()> {
        WorkflowSimulation::of(&hpc_scheduler())
            .expect("the example compiles")
            .on_json("GoOnInAnotherExecution", |_| {
                Reply::success(json!({ "ExecutionArn": "e-2", "StartDate": "2025-01-01T00:00:00Z" }))
            })
            .on_json("SqsGetQueueUrl", |_| Reply::success(json!({ "QueueUrl": "https://queue/jobs" })))
            .on_json(
                "SqsReceiveMessage",
                self.on(|state, _| match state.queue.front() {
                    Some(job) => {
                        let body = serde_json::to_string(job).expect("a job is JSON");
                        json!({ "Messages": [{ "ReceiptHandle": job.job_id, "Body": body }] })
                    }
                    None => json!({}),
                }),
            )
            .on_json(
                "SqsDeleteMessage",
                self.on(|state, input| {
                    state.queue.retain(|job| input["ReceiptHandle"] != *job.job_id);
                    json!({})
                }),
            )
            .on_json(
                "arn:aws:states:::sqs:sendMessage",
                self.on(|state, input| {
                    let job = serde_json::from_value(input["MessageBody"].clone()).expect("it is a job");
                    state.queue.push_back(job);
                    json!({ "MessageId": "m-1", "MD5OfMessageBody": "" })
                }),
            )
            .on_json(
                "StartJob",
                self.on(|state, input| {
                    let command = input["Parameters"]["commands"][0].as_str().expect("there is a command");
                    state.running = (command.trim_start_matches("run ").to_owned(), 0);
                    json!({ "Command": { "CommandId": "c-1" } })
                }),
            )
            .on_json("SsmGetCommandInvocation", self.on(|state, _| state.ask()))
            .on_json(
                "Ec2DescribeInstanceStatus",
                self.on(|state, _| {
                    state.questions_asked += 1;
                    let is_dead = state.worker_dies_after.is_some_and(|last| state.questions_asked >= last);
                    let status = json!({ "InstanceStatus": { "Status": "ok" } });
                    json!({ "InstanceStatuses": if is_dead { vec![] } else { vec![status] } })
                }),
            )
            .on_json(
                "arn:aws:states:::aws-sdk:ec2:terminateInstances",
                self.on(|state, input| {
                    state.terminated.extend(input["InstanceIds"][0].as_str().map(str::to_owned));
                    json!({})
                }),
            )
            .on_json(
                "arn:aws:states:::dynamodb:putItem",
                self.on(|state, input| {
                    let [job, status, failures] = [("job_id", "S"), ("status", "S"), ("failures", "N")]
                        .map(|(name, ty)| input["Item"][name][ty].as_str().expect("the item has it"));
                    state.record.push(format!("{job} {status} {failures}"));
                    json!({})
                }),
            )
            .on_json("TakeLicence", {
                let site = self.clone();
                move |_| {
                    let licences = &mut site.0.borrow_mut().licences;
                    match licences.checked_sub(1) {
                        Some(left) => {
                            *licences = left;
                            Reply::success(json!({}))
                        }
                        None => Reply::failure("DynamoDB.ConditionalCheckFailedException", "all are taken"),
                    }
                }
            })
            .on_json(
                "ReturnLicence",
                self.on(|state, _| {
                    state.licences += 1;
                    json!({})
                }),
            )
    }

    fn on(
        &self,
        answer: impl Fn(&mut State, &Value) -> Value + 'static,
    ) -> impl FnMut(&Value) -> Reply + 'static {
        let site = self.clone();
        move |input| Reply::success(answer(&mut site.0.borrow_mut(), input))
    }
}

/// Starts the scheduler for the worker `i-1`.
pub(super) fn run(scheduler: WorkflowSimulation<Worker, ()>) -> WorkflowExecution<()> {
    let (instance_id, queue_name) = ("i-1".to_owned(), "jobs".to_owned());
    let worker = Worker { instance_id, queue_name, job: None, failures: None };
    scheduler.run(worker).expect("every task has a stand-in")
}

impl State {
    /// How the job that runs is getting on.
    fn ask(&mut self) -> Value {
        let (job, asked) = &mut self.running;
        *asked += 1;
        let is_done = *asked >= self.questions.get(job).copied().unwrap_or(1);
        let failures = self.failures.entry(job.clone()).or_default();
        let (status, output) = match (is_done, *failures) {
            (false, _) => ("InProgress", String::new()),
            (true, 0) => ("Success", format!("{job} is done")),
            (true, _) => {
                *failures -= 1;
                ("Failed", "oh".to_owned())
            }
        };
        json!({ "Status": status, "StandardOutputContent": output })
    }
}
