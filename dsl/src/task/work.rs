//! What a Task state runs, as the plan has it.

use super::{Integration, TaskDefinition};
use crate::plan::{self, Expression, Pattern, Seconds, TaskInput};

impl plan::Task {
    pub(crate) fn new(integration: Integration, input: TaskInput) -> Self {
        let result_field = matches!(integration, Integration::LambdaInvoke(_)).then_some("Payload");
        Self {
            integration,
            pattern: Pattern::RequestResponse,
            partition: None,
            input,
            result_field,
            timeout: None,
            heartbeat: None,
            role: None,
            errors: &[],
            own_retry: false,
            problems: Vec::new(),
        }
    }

    /// The state waits until somebody answers the token, and its result is that answer.
    pub(crate) fn wait_for_task_token(&mut self) {
        self.pattern = Pattern::TaskToken;
        self.result_field = None;
    }

    pub(crate) fn of(definition: &TaskDefinition, input: TaskInput) -> Self {
        let seconds = |value: Option<u32>| {
            value.map(|value| Seconds::Constant(std::time::Duration::from_secs(u64::from(value))))
        };
        Self {
            timeout: seconds(definition.timeout_seconds),
            heartbeat: seconds(definition.heartbeat_seconds),
            errors: definition.errors,
            ..Self::new(definition.integration, input)
        }
    }

    /// Calls `visit` for each expression of the task, in order.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match &self.input {
            TaskInput::Nothing => {}
            TaskInput::Arguments(arguments) => arguments.iter().for_each(|(_, value)| visit(value)),
            TaskInput::Whole(value) => visit(value),
        }
        for seconds in [&self.timeout, &self.heartbeat].into_iter().flatten() {
            if let Seconds::Data(value) = seconds {
                visit(value);
            }
        }
        if let Some(role) = &self.role {
            visit(role);
        }
    }
}
