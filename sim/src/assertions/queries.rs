//! What an execution did, as its history tells it: what the assertions ask, and tests of one's own can.

use std::time::Duration;

use serde_json::Value;

use crate::history::{Event, EventKind};
use crate::simulation::Execution;

/// What happened, as the history tells it; where it was not kept, nothing but [`delays`](Self::delays) is known.
///
/// ```
/// use serde_json::json;
/// use stepwright_codegen::asl;
/// use stepwright_sim::Simulation;
///
/// let definition = r#"{ "StartAt": "Price", "States": {
///     "Price": { "Type": "Pass", "Result": 40, "Next": "Pay" },
///     "Pay": { "Type": "Succeed" }
/// } }"#;
/// let machine = asl::read(definition).expect("the definition is well-formed").into_machine();
/// let execution = Simulation::new(&machine).run()?;
/// assert!(execution.visited().eq(["Price", "Pay"]));
/// assert!(execution.inputs_of("Pay").all(|input| input.as_u64() < Some(50)));
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
impl Execution {
    /// The names of the states in the order in which they were entered, those inside Parallels and Maps included.
    ///
    /// A state that is entered again is there again. What happens in the child executions of a distributed Map is not
    /// in the history.
    pub fn visited(&self) -> impl Iterator<Item = &str> {
        self.entries().map(|(name, _)| name)
    }

    /// The names of the states at the top level, in the order in which they were entered.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        // The first state follows from the start; each later one follows from the exit of the one before.
        let (mut exited, mut inside) = (None, None);
        self.history.events.iter().filter_map(move |event| match &event.kind {
            EventKind::StateEntered { name, .. }
                if inside.is_none() && exited.is_none_or(|exit| exit == event.previous) =>
            {
                inside = Some(&**name);
                inside
            }
            EventKind::StateExited { name, .. } if inside == Some(&**name) => {
                (exited, inside) = (Some(event.id), None);
                None
            }
            _ => None,
        })
    }

    /// How often a state was entered.
    pub fn visits(&self, state: &str) -> usize {
        self.visited().filter(|name| *name == state).count()
    }

    /// What a state was given, for each time that it was entered.
    pub fn inputs_of(&self, state: &str) -> impl Iterator<Item = &Value> {
        self.entries().filter(move |(name, _)| *name == state).map(|(_, input)| input)
    }

    /// What the task of a state was asked, for each time that it ran, retries included: the `Arguments` or `Parameters`, or
    /// the input where the state has none.
    pub fn arguments_of(&self, state: &str) -> impl Iterator<Item = &Value> {
        self.history.events.iter().filter_map(move |event| match &event.kind {
            EventKind::Scheduled(scheduled) if self.state_of(event) == Some(state) => Some(&*scheduled.input),
            _ => None,
        })
    }

    /// What a state gave, for each time that it was left.
    pub fn outputs_of(&self, state: &str) -> impl Iterator<Item = &Value> {
        self.history.events.iter().filter_map(move |event| match &event.kind {
            EventKind::StateExited { name, output, .. } if **name == *state => Some(&**output),
            _ => None,
        })
    }

    /// What was assigned to a variable, one value after another. Its name is without the `$`.
    pub fn assigned(&self, variable: &str) -> impl Iterator<Item = &Value> {
        self.assignments().filter(move |(name, _)| *name == variable).map(|(_, value)| value)
    }

    /// How long each retry of a state waited.
    pub fn delays(&self, state: &str) -> impl Iterator<Item = Duration> {
        self.retries.iter().filter(move |retry| retry.state == state).map(|retry| retry.delay)
    }

    /// All variables that were assigned, with their values.
    pub(super) fn assignments(&self) -> impl Iterator<Item = (&str, &Value)> {
        let assigned = self.history.events.iter().filter_map(|event| match &event.kind {
            EventKind::StateExited { assigned, .. } => assigned.as_deref(),
            _ => None,
        });
        assigned.flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// All states that were entered, with their inputs.
    fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.history.events.iter().filter_map(|event| match &event.kind {
            EventKind::StateEntered { name, input, .. } => Some((&**name, &**input)),
            _ => None,
        })
    }

    /// The state that the event of a task belongs to.
    fn state_of<'e>(&'e self, mut event: &'e Event) -> Option<&'e str> {
        loop {
            if let EventKind::StateEntered { name, .. } = &event.kind {
                return Some(name);
            }
            let position = usize::try_from(event.previous.checked_sub(1)?).ok()?;
            event = self.history.events.get(position)?;
        }
    }
}
