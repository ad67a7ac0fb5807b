//! The history as people read it: a line for each event.

use std::fmt;

use crate::data::text;
use crate::history::{Event, EventKind, History, Problem};

impl fmt::Display for History {
    /// Writes a line for each event: its time, `id<previousEventId`, its type, and what is special about it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.events.iter().try_for_each(|event| writeln!(f, "{event}"))
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = format!("{:?}", self.at);
        write!(f, "{at:>10} {}<{} {}", self.id, self.previous, self.kind.type_name())?;
        match &self.kind {
            EventKind::ExecutionStarted { input, .. } => write!(f, " {}", text::json(input)),
            EventKind::StateEntered { name, input, .. } => write!(f, " {name}: {}", text::json(input)),
            EventKind::StateExited { name, output, assigned, .. } => {
                write!(f, " {name}: {}", text::json(output))?;
                let assigned = assigned.iter().flat_map(|assigned| assigned.iter());
                assigned
                    .into_iter()
                    .try_for_each(|(name, value)| write!(f, ", ${name} = {}", text::json(value)))
            }
            EventKind::Scheduled(scheduled) => write!(f, " {}", text::json(&scheduled.input)),
            EventKind::Started(_, worker) => worker.iter().try_for_each(|worker| write!(f, " by {worker}")),
            EventKind::ExecutionSucceeded(output)
            | EventKind::Submitted(_, output)
            | EventKind::Succeeded(_, output) => write!(f, " {}", text::json(output)),
            EventKind::ExecutionFailed(problem)
            | EventKind::ExecutionTimedOut(problem)
            | EventKind::ExecutionAborted(problem)
            | EventKind::Failed(_, problem)
            | EventKind::TimedOut(_, problem)
            | EventKind::EvaluationFailed { problem, .. }
            | EventKind::MapRunFailed(problem) => problem.fmt(f),
            EventKind::MapStarted(length) => write!(f, " {length} items"),
            EventKind::Iteration { name, index, .. } => write!(f, " {name}[{index}]"),
            EventKind::MapRunStarted(arn) => write!(f, " {arn}"),
            EventKind::StateAborted(_)
            | EventKind::ParallelStarted
            | EventKind::ParallelSucceeded
            | EventKind::ParallelFailed
            | EventKind::MapSucceeded
            | EventKind::MapFailed
            | EventKind::MapRunSucceeded => Ok(()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.iter().try_for_each(|error| write!(f, " {error}"))?;
        self.cause.iter().try_for_each(|cause| write!(f, " ({cause})"))
    }
}
