//! One execution: its log and its Context Object.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_codegen::asl::StateKind;

use crate::history::{Event, EventId, EventKind, History, Payload};
use crate::interpreter::frame::{Frame, FrameId, Item};
use crate::program::Prepared;
use crate::settings::{Identity, Settings, Type};
use crate::state::nested::Report;
use crate::tasks::TaskId;
use crate::timestamp;

/// An execution: the one that was asked for, or a child of a Distributed Map.
#[derive(Debug)]
pub(crate) struct Run {
    /// Its outermost frame; `None` until that is there.
    pub(crate) root: Option<FrameId>,
    /// The events, where they are kept.
    pub(crate) history: History,
    /// How many events there were.
    pub(crate) logged: EventId,
    keeps_events: bool,
    max_events: Option<u64>,
    /// When it has to be done, since the start of the simulation.
    pub(crate) deadline: Duration,
    /// Whether it was ended then.
    pub(crate) has_expired: bool,
    context: Value,
    /// The Context Object that was given, and stays as it is.
    given_context: Option<Value>,
    /// What it is to the execution that started it.
    pub(crate) nested: Option<Box<Nested>>,
}

/// An execution of a linked machine.
#[derive(Debug)]
pub(crate) struct Nested {
    /// The task that waits for it, if one does.
    pub(crate) waiter: Option<TaskId>,
    /// How the task wants to be told.
    pub(crate) report: Report,
    /// What the API calls it.
    pub(crate) identity: Identity,
    /// Its input.
    pub(crate) input: Payload,
}

impl Run {
    /// An execution that has not logged anything. `at` is when it starts, after the simulation did.
    pub(crate) fn new(
        settings: &Settings,
        execution_type: Type,
        input: &Payload,
        (arn, name): (&str, &str),
        at: Duration,
    ) -> Self {
        let identity = &settings.identity;
        let started = settings.started;
        let mut context = json!({
            "Execution": {
                "Id": arn,
                "Input": **input,
                "StartTime": timestamp::format(timestamp::after(started, at)),
                "Name": name,
                "RoleArn": (!identity.role_arn.is_empty()).then_some(&identity.role_arn),
            },
            "StateMachine": { "Id": identity.state_machine_arn, "Name": identity.state_machine_name },
            "State": {},
        });
        if execution_type == Type::Standard {
            context["Execution"]["RedriveCount"] = 0.into();
        }
        let max_events = execution_type.max_events();
        Self {
            root: None,
            history: History { events: Vec::new(), started },
            logged: 0,
            keeps_events: false,
            max_events,
            deadline: at.saturating_add(execution_type.max_duration()),
            has_expired: false,
            context,
            given_context: None,
            nested: None,
        }
    }

    /// The same execution, with its events kept.
    pub(crate) fn keeping_events(self) -> Self {
        Self { keeps_events: true, ..self }
    }

    /// Says which machine it is an execution of, where that is not the simulated one.
    pub(crate) fn set_machine(&mut self, arn: &str, name: &str) {
        self.context["StateMachine"] = json!({ "Id": arn, "Name": name });
    }

    /// Takes a Context Object as it is given: states do not change it, but for the items of a Map.
    pub(crate) fn give_context(&mut self, context: Value) {
        self.context.clone_from(&context);
        self.given_context = Some(context);
    }

    /// Logs an event. The last one that fits is left for the end of the execution.
    pub(crate) fn record(&mut self, at: Duration, previous: EventId, kind: EventKind) -> EventId {
        if self.is_full() {
            return self.logged;
        }
        self.log(at, previous, kind)
    }

    /// Logs the last event.
    pub(crate) fn close(&mut self, at: Duration, previous: EventId, kind: EventKind) {
        self.log(at, previous, kind);
    }

    fn log(&mut self, at: Duration, previous: EventId, kind: EventKind) -> EventId {
        self.logged += 1;
        if self.keeps_events {
            self.history.events.push(Event { id: self.logged, previous, at, kind });
        }
        self.logged
    }

    /// Whether only the end still fits.
    pub(crate) fn is_full(&self) -> bool {
        self.max_events.is_some_and(|limit| self.logged + 1 >= limit)
    }

    /// The Context Object as last updated.
    pub(crate) fn context(&self) -> &Value {
        &self.context
    }

    /// Brings the Context Object up to date for a state.
    pub(crate) fn update_context(
        &mut self,
        frame: &Frame,
        state: &Prepared<'_>,
        item: Option<&Item>,
        token: Option<&str>,
    ) {
        if let Some(given) = &self.given_context {
            self.context.clone_from(given);
            if let Some(item) = item {
                self.context["Map"] = json!({ "Item": shown_item(item) });
            }
            return;
        }
        let Value::Object(context) = &mut self.context else { return };
        let entered_at = timestamp::format(timestamp::after(self.history.started, frame.entered_at));
        let mut shown = json!({ "Name": &*state.name, "EnteredTime": entered_at });
        // Only of states that can be retried is it known how often they were.
        if matches!(state.state.kind, StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_)) {
            shown["RetryCount"] = frame.retry_count().into();
        }
        context["State"] = shown;
        match item {
            Some(item) => {
                context.insert("Map".to_owned(), json!({ "Item": shown_item(item) }));
            }
            None => drop(context.shift_remove("Map")),
        }
        match token {
            Some(token) => drop(context.insert("Task".to_owned(), json!({ "Token": token }))),
            None => drop(context.shift_remove("Task")),
        }
    }
}

/// An item as the Context Object shows it.
fn shown_item(item: &Item) -> Value {
    let mut shown = json!({ "Index": item.index });
    if let Some(key) = &item.key {
        shown["Key"] = key.as_str().into();
    }
    shown["Value"] = (*item.value).clone();
    if let Some(source) = &item.source {
        shown["Source"] = (**source).into();
    }
    shown
}
