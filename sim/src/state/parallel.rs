//! The Parallel state.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::Parallel;

use crate::fault::Fault;
use crate::history::{EventId, EventKind};
use crate::interpreter::frame::{ChildKind, Children, FrameId, Phase};
use crate::interpreter::io::ResultFields;
use crate::interpreter::{Interpreter, Start, Step};

impl Interpreter<'_, '_> {
    /// Starts all branches.
    pub(crate) fn parallel(&mut self, id: FrameId, parallel: &Parallel) -> Result<Step, Fault> {
        let input = self.effective_input(id)?;
        let input = match (&parallel.parameters, &parallel.arguments) {
            (Some(parameters), _) => self.template(id, parameters, &input, "Parameters")?,
            (None, Some(arguments)) => Arc::new(self.resolve(id, arguments, "Arguments")?),
            (None, None) => input,
        };
        let started = self.advance(id, EventKind::ParallelStarted);
        let frame = &self.frames[id];
        let (run, variables, item) = (frame.run, Arc::clone(&frame.variables), frame.item.clone());
        let scopes = self.program.state(frame.state).scopes.clone();
        let mut running = BTreeMap::new();
        for (index, &scope) in scopes.iter().enumerate() {
            let (input, variables, item) = (Arc::clone(&input), Arc::clone(&variables), item.clone());
            let seat = Some((id, index));
            running.insert(
                index,
                self.spawn(Start { seat, run, scope, input, variables, item, previous: started }),
            );
        }
        self.frames[id].phase = Phase::Children(Box::new(Children {
            kind: ChildKind::Branches,
            results: vec![None; scopes.len()],
            running,
            items: Arc::default(),
            keys: Vec::new(),
            source: None,
            next: scopes.len(),
            limit: scopes.len(),
            scopes,
            failed: 0,
            records: Vec::new(),
        }));
        Ok(Step::Suspend)
    }

    /// All branches are done; `last` is the last event of the one that took longest.
    pub(crate) fn parallel_done(
        &mut self,
        id: FrameId,
        parallel: &Parallel,
        results: Vec<Value>,
        last: EventId,
    ) -> Result<Step, Fault> {
        self.frames[id].last = last;
        self.record(id, EventKind::ParallelSucceeded);
        let fields =
            ResultFields { selector: parallel.result_selector.as_ref(), path: parallel.result_path.as_ref() };
        Ok(Step::Exit(self.conclude(id, &Arc::new(Value::Array(results)), fields)?))
    }
}
