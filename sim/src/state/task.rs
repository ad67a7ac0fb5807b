//! The Task state.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use stepwright_codegen::asl::{OrExpression, QueryLanguage, StateKind, Task};

use crate::data::{Failure, jsonata, template, text};
use crate::error::Error;
use crate::fault::Fault;
use crate::history::{EventKind, Payload, Problem, Scheduled, TaskKind, Text};
use crate::interpreter::frame::{Attempt, FrameId, Phase, Stage};
use crate::interpreter::io::ResultFields;
use crate::interpreter::{Interpreter, Step};
use crate::limits;
use crate::state::integration::{Integration, Pattern};
use crate::tasks::{Call, Outcome, Reply, TaskId};

impl Interpreter<'_, '_> {
    /// Schedules the task.
    pub(crate) fn task(&mut self, id: FrameId, task: &Task) -> Result<Step, Fault> {
        let integration = Integration::of(&task.resource);
        let token = (integration.pattern == Pattern::TaskToken).then(|| self.random.uuid());
        let input = self.task_input(id, task, token.as_deref())?;
        let timeout = self.seconds(
            id,
            "TimeoutSeconds",
            task.timeout_seconds.as_ref(),
            task.timeout_seconds_path.as_deref(),
        )?;
        let heartbeat = self.seconds(
            id,
            "HeartbeatSeconds",
            task.heartbeat_seconds.as_ref(),
            task.heartbeat_seconds_path.as_deref(),
        )?;
        let role_arn = self.role_arn(id, task)?;
        if let Some(problem) = integration.invalid_parameters(&input) {
            let input = text::json(&input);
            let cause = format!("The Parameters '{input}' could not be used to start the Task: [{problem}]");
            return Err(Failure::runtime(cause).into());
        }
        self.tasks_asked += 1;
        let number = TaskId(self.tasks_asked);
        let (reply, nested) = match self.start_nested(&integration, &input, number) {
            Some(started) => started,
            None => match self.ask(id, task, number, &input, token.as_deref()) {
                Some(reply) => (reply, None),
                None => return Ok(Step::Suspend),
            },
        };
        if reply.outcome == Outcome::NoSuchActivity {
            return Err(Failure::runtime(format!("The activity {} does not exist.", task.resource)).into());
        }
        let kind = Arc::new(integration.kind);
        let waits_for_worker = *kind != TaskKind::Lambda;
        self.advance(
            id,
            EventKind::Scheduled(Box::new(Scheduled {
                task: Arc::clone(&kind),
                resource: Text::from(task.resource.as_str()),
                input,
                region: self.settings.identity.region(),
                timeout,
                heartbeat: heartbeat.filter(|_| waits_for_worker),
                role_arn,
            })),
        );
        self.figures.task_began();
        // Only who works on its own can send heartbeats.
        let beats = *kind == TaskKind::Activity || integration.pattern != Pattern::RequestResponse;
        let attempt = Box::new(Attempt {
            task: number,
            kind,
            stage: Stage::Start,
            timeout,
            heartbeat: heartbeat.filter(|_| beats),
            is_submitted: integration.pattern != Pattern::RequestResponse,
            started_at: Duration::ZERO,
            nested,
            reply,
        });
        if attempt.reply.outcome == Outcome::Open {
            self.open.insert(number, id);
            if *attempt.kind == TaskKind::Activity {
                // It lies there until a worker takes it.
                self.frames[id].phase = Phase::Task(attempt);
                return Ok(Step::Suspend);
            }
        }
        if attempt.reply.starts_after.is_zero() {
            return Ok(self.start_task(id, attempt));
        }
        self.alarm(id, attempt.reply.starts_after);
        self.frames[id].phase = Phase::Task(attempt);
        Ok(Step::Suspend)
    }

    /// The effective input.
    fn task_input(&mut self, id: FrameId, task: &Task, token: Option<&str>) -> Result<Payload, Failure> {
        let input = self.effective_input(id)?;
        self.update_context(id, None, token);
        let view = self.view(id, &input);
        let resolved = match (&task.parameters, &task.arguments) {
            (Some(parameters), _) => template::resolve(parameters, &view, "Parameters").map(Arc::new),
            (None, Some(arguments)) => jsonata::resolve(arguments, &view, "Arguments").map(Arc::new),
            (None, None) => Ok(Arc::clone(&input)),
        };
        if self.language(id) == QueryLanguage::JsonPath {
            self.inspect("afterInputPath", &input);
        }
        let resolved = resolved?;
        let field = match self.language(id) {
            QueryLanguage::JsonPath => "afterParameters",
            QueryLanguage::Jsonata => "afterArguments",
        };
        self.inspect(field, &resolved);
        Ok(resolved)
    }

    /// `TimeoutSeconds` or `HeartbeatSeconds`: a constant, an expression or a path.
    fn seconds(
        &mut self,
        id: FrameId,
        field: &str,
        value: Option<&OrExpression<u64>>,
        path: Option<&str>,
    ) -> Result<Option<u64>, Failure> {
        match (value, path) {
            (Some(OrExpression::Constant(seconds)), _) => Ok(Some(*seconds)),
            (Some(expression), _) => {
                let value = self.constant_or(id, expression, field)?;
                let cause = || format!("The {field} field must be a positive integer but was: {value}");
                let seconds = value.as_u64().filter(|seconds| *seconds > 0);
                seconds.map(Some).ok_or_else(|| Failure::query(cause(), field))
            }
            (None, Some(path)) => {
                let input = self.effective_input(id)?;
                let value = self.path(id, path, &input)?;
                let cause = || {
                    format!(
                        "The {field}Path parameter does not reference a positive integer: {path} == {value}"
                    )
                };
                let seconds = value.as_u64().filter(|seconds| *seconds > 0);
                seconds.map(Some).ok_or_else(|| Failure::runtime(cause()))
            }
            (None, None) => Ok(None),
        }
    }

    /// The role in `Credentials`.
    fn role_arn(&mut self, id: FrameId, task: &Task) -> Result<Option<Text>, Failure> {
        let Some(credentials) = &task.credentials else { return Ok(None) };
        let credentials = Value::Object(credentials.clone());
        let credentials = match self.language(id) {
            QueryLanguage::Jsonata => self.resolve(id, &credentials, "Credentials")?,
            QueryLanguage::JsonPath => {
                let input = self.effective_input(id)?;
                Arc::unwrap_or_clone(self.template(id, &credentials, &input, "Credentials")?)
            }
        };
        Ok(credentials.get("RoleArn").and_then(Value::as_str).map(Text::from))
    }

    /// Asks the stand-ins what becomes of the task; `None` stops the simulation.
    fn ask(
        &mut self,
        id: FrameId,
        task: &Task,
        number: TaskId,
        input: &Value,
        token: Option<&str>,
    ) -> Option<Reply> {
        let frame = &self.frames[id];
        let name = Arc::clone(&self.program.state(frame.state).name);
        let reply = self.tasks.call(&Call {
            task: number,
            state: &name,
            resource: &task.resource,
            input,
            retry_count: frame.retry_count(),
            iteration: frame.item.as_ref().map_or(&[], |item| &item.path),
            token,
            at: self.clock.now(),
            history: &self.runs[frame.run].history,
        });
        if reply.is_none() {
            self.stopped = Some(Error::missing_stand_ins(&name, self.missing_stand_ins()));
        }
        reply
    }

    /// All Task states that nothing stands in for.
    fn missing_stand_ins(&self) -> Vec<(String, String)> {
        let tasks = self.program.states().filter_map(|prepared| match &prepared.state.kind {
            StateKind::Task(task) => Some((&prepared.name, &task.resource)),
            _ => None,
        });
        // Which machine a task starts is known only when it does.
        let is_nested =
            |resource: &str| self.program.has_links() && Integration::of(resource).starts_execution();
        tasks
            .filter(|(name, resource)| !self.tasks.stands_in(name, resource) && !is_nested(resource))
            .map(|(name, resource)| (name.as_ref().to_owned(), resource.clone()))
            .collect()
    }

    /// Logs the start and sets the alarm for the end, whichever comes first: the answer, a timeout, a missed heartbeat.
    pub(crate) fn start_task(&mut self, id: FrameId, mut attempt: Box<Attempt>) -> Step {
        let worker = attempt.reply.worker.as_deref().map(Text::from);
        self.advance(id, EventKind::Started(Arc::clone(&attempt.kind), worker));
        let (stage, after) = what_comes_first(&attempt);
        let fails_to_start = stage == Stage::End && attempt.reply.fails_to_start;
        if attempt.is_submitted && !fails_to_start {
            let answer = Arc::new(attempt.reply.submitted.clone());
            self.advance(id, EventKind::Submitted(Arc::clone(&attempt.kind), answer));
        }
        attempt.stage = stage;
        attempt.started_at = self.clock.now();
        self.frames[id].phase = Phase::Task(attempt);
        self.alarm(id, after);
        Step::Suspend
    }

    /// Goes on with a task whose time has come.
    pub(crate) fn resume_task(&mut self, id: FrameId, attempt: Box<Attempt>) -> Result<Step, Fault> {
        if attempt.stage == Stage::Start {
            return Ok(self.start_task(id, attempt));
        }
        self.close_task(&attempt);
        if let Some(phase) = attempt.nested.and_then(|run| self.stop_nested(run)) {
            self.discard_phase(phase);
        }
        let is_cut_short = attempt.is_cut_short();
        let fault = match (attempt.stage, attempt.reply.outcome) {
            (Stage::End, Outcome::Success(result)) => {
                if !limits::exceeds(&result) {
                    return self.task_succeeded(id, &attempt.kind, result);
                }
                Fault::too_large(&self.resource(id))
            }
            (Stage::End, Outcome::Failure { error, cause }) => {
                Fault::of(error.map(Arc::from), cause.map(Arc::from))
            }
            (Stage::TimeOut, _) if is_cut_short => Fault::http_socket(),
            (stage, _) => {
                let fault = Fault::timeout(stage == Stage::MissHeartbeat);
                self.advance(id, EventKind::TimedOut(attempt.kind, fault.problem()));
                return Err(fault);
            }
        };
        let problem: Problem = fault.problem();
        self.advance(id, EventKind::Failed(attempt.kind, problem));
        Err(fault)
    }

    /// Goes on with a task that was left open, now that its end is known.
    pub(crate) fn conclude_open(
        &mut self,
        id: FrameId,
        mut attempt: Box<Attempt>,
        outcome: Outcome,
    ) -> Result<Step, Fault> {
        if attempt.stage == Stage::Start {
            self.start_task(id, attempt);
            let Phase::Task(started) = std::mem::replace(&mut self.frames[id].phase, Phase::Busy) else {
                return Ok(Step::Suspend);
            };
            attempt = started;
        }
        attempt.stage = Stage::End;
        attempt.reply.outcome = outcome;
        self.resume_task(id, attempt)
    }

    fn task_succeeded(&mut self, id: FrameId, kind: &Arc<TaskKind>, result: Value) -> Result<Step, Fault> {
        let result = Arc::new(result);
        self.inspect("result", &result);
        self.advance(id, EventKind::Succeeded(Arc::clone(kind), Arc::clone(&result)));
        let StateKind::Task(task) = &self.state(id).kind else {
            return Ok(Step::Suspend);
        };
        let fields =
            ResultFields { selector: task.result_selector.as_ref(), path: task.result_path.as_ref() };
        Ok(Step::Exit(self.conclude(id, &result, fields)?))
    }

    fn resource(&self, id: FrameId) -> String {
        match &self.state(id).kind {
            StateKind::Task(task) => task.resource.clone(),
            _ => String::new(),
        }
    }
}

/// What ends a task that has started, and how long after the start. An answer at the very moment of a timeout counts.
fn what_comes_first(attempt: &Attempt) -> (Stage, Duration) {
    let reply = &attempt.reply;
    let is_decided = !matches!(reply.outcome, Outcome::Silence | Outcome::Open);
    let answer = is_decided.then_some((Stage::End, reply.takes));
    let missed = missed_heartbeat(attempt).map(|after| (Stage::MissHeartbeat, after));
    let timeout = attempt.timeout();
    let ends = [answer, missed, Some((Stage::TimeOut, timeout))];
    // Of what falls on the same moment, `min_by_key` takes the first.
    ends.into_iter().flatten().min_by_key(|(_, after)| *after).unwrap_or((Stage::TimeOut, timeout))
}

/// When a heartbeat is missed, if the task lasts as long.
fn missed_heartbeat(attempt: &Attempt) -> Option<Duration> {
    let longest_gap = Duration::from_secs(attempt.heartbeat?);
    let reply = &attempt.reply;
    let Some(interval) = reply.heartbeats.filter(|interval| !interval.is_zero() && *interval <= longest_gap)
    else {
        return Some(longest_gap);
    };
    // Until it ends or falls silent, it is never late.
    let beats = u32::try_from(reply.takes.as_nanos() / interval.as_nanos()).unwrap_or(u32::MAX);
    Some((interval * beats).saturating_add(longest_gap))
}
