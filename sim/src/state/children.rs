//! What happens when a branch, an iteration or a child execution has ended.

use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::StateKind;

use crate::fault::Fault;
use crate::history::{EventId, EventKind, IterationPhase};
use crate::interpreter::frame::{ChildKind, Children, Frame, FrameId, MapRun, Phase};
use crate::interpreter::{Ended, Interpreter, Step};

impl Interpreter<'_, '_> {
    /// Takes in what a child ended with.
    pub(crate) fn join(
        &mut self,
        id: FrameId,
        index: usize,
        child: &Frame,
        ended: Ended,
    ) -> Result<Step, Fault> {
        let phase = std::mem::replace(&mut self.frames[id].phase, Phase::Busy);
        let Phase::Children(mut children) = phase else { return Ok(Step::Suspend) };
        children.running.remove(&index);
        match (children.kind.clone(), ended.outcome) {
            (ChildKind::Branches | ChildKind::Iterations, Err(fault)) => {
                let failed_state = self.program.state(child.state).state.kind.state_type();
                self.abort_siblings(id, &children, index, failed_state, ended.last);
                Err(fault)
            }
            (ChildKind::Branches, Ok(output)) => {
                children.results[index] = Some(output);
                self.go_on(id, children, ended.last)
            }
            (ChildKind::Iterations, Ok(output)) => {
                children.results[index] = Some(output);
                self.frames[id].last = ended.last;
                let name = Arc::clone(&self.program.state(self.frames[id].state).name);
                let phase = IterationPhase::Succeeded;
                let succeeded = self.record(id, EventKind::Iteration { phase, name, index });
                // The next iteration follows from the last state of this one; the end of the Map from its success.
                let is_last = children.next == children.items.len();
                self.go_on(id, children, if is_last { succeeded } else { ended.last })
            }
            (ChildKind::Executions(map_run), outcome) => {
                if let Some(run) = self.runs.remove(child.run)
                    && self.writes_results(id)
                {
                    children.records.push(self.describe(&run, &outcome));
                }
                match outcome {
                    Ok(output) => children.results[index] = Some(output),
                    Err(_) => children.failed += 1,
                }
                if !map_run.tolerates(children.failed, children.items.len()) {
                    return Err(self.fail_map_run(id, *children, &map_run));
                }
                self.go_on(id, children, map_run.started)
            }
        }
    }

    /// Starts what may start now, or ends the state when nothing is left.
    pub(crate) fn go_on(
        &mut self,
        id: FrameId,
        mut children: Box<Children>,
        previous: EventId,
    ) -> Result<Step, Fault> {
        while children.next < children.items.len() && children.running.len() < children.limit {
            if let Err(failure) = self.start_item(id, &mut children, previous) {
                self.discard(*children);
                return Err(failure.into());
            }
        }
        if !children.running.is_empty() {
            self.frames[id].phase = Phase::Children(children);
            return Ok(Step::Suspend);
        }
        let results = children.results.into_iter().flatten();
        let results: Vec<Value> = results.map(Arc::unwrap_or_clone).collect();
        match &self.state(id).kind {
            StateKind::Parallel(parallel) => self.parallel_done(id, parallel, results, previous),
            StateKind::Map(map) => {
                self.map_done(id, map, &children.kind, &children.records, results, previous)
            }
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_) => Ok(Step::Suspend),
        }
    }

    /// Whether the current state is a Map with a `ResultWriter`.
    fn writes_results(&self, id: FrameId) -> bool {
        matches!(&self.state(id).kind, StateKind::Map(map) if map.result_writer.is_some())
    }

    fn fail_map_run(&mut self, id: FrameId, children: Children, map_run: &MapRun) -> Fault {
        self.export_failed_run(id, &children, map_run);
        self.discard(children);
        let fault = Fault::threshold_exceeded();
        self.frames[id].last = map_run.started;
        self.advance(id, EventKind::MapRunFailed(fault.problem()));
        fault
    }
}
