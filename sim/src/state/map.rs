//! The Map state.

mod batch;
mod csv;
mod dataset;
mod distributed;
mod fields;
mod format;
mod reader;
mod record;
pub(crate) mod writer;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::{ExecutionType, Map, ProcessorConfig, ProcessorMode, QueryLanguage, StateKind};

use crate::data::{Failure, Variables};
use crate::fault::{self, Fault};
use crate::history::{EventId, EventKind, IterationPhase, Payload, Text};
use crate::interpreter::frame::{ChildKind, Children, FrameId, Item};
use crate::interpreter::io::ResultFields;
use crate::interpreter::run::Run;
use crate::interpreter::{Alarm, Interpreter, Start, Step};
use crate::limits;
use crate::settings::Type;
use crate::state::map::writer::Record;
use crate::tasks::IterationOf;

impl Interpreter<'_, '_> {
    /// Starts as many iterations as may run at the same time.
    pub(crate) fn map(&mut self, id: FrameId, map: &Map) -> Result<Step, Fault> {
        let input = self.effective_input(id)?;
        if self.language(id) == QueryLanguage::JsonPath {
            self.inspect("afterInputPath", &input);
        }
        let concurrency = self.max_concurrency(id, map, &input)?;
        if is_distributed(map) {
            return self.distributed_map(id, map, &input, concurrency);
        }
        let items = self.items(id, map, &input)?;
        self.inspect_concurrency(concurrency);
        let started = self.advance(id, EventKind::MapStarted(items.values.len()));
        let limit = concurrency.min(limits::INLINE_CONCURRENCY);
        let children = self.children(id, ChildKind::Iterations, items, limit);
        self.go_on(id, children, started)
    }

    fn children(&self, id: FrameId, kind: ChildKind, items: Items, limit: usize) -> Box<Children> {
        Box::new(Children {
            kind,
            results: vec![None; items.values.len()],
            running: BTreeMap::new(),
            items: Arc::new(items.values.into_iter().map(Arc::new).collect()),
            keys: items.keys,
            source: items.source,
            next: 0,
            limit,
            scopes: self.program.state(self.frames[id].state).scopes.clone(),
            failed: 0,
            records: Vec::new(),
        })
    }

    /// Starts the iteration or child execution of the next item.
    pub(crate) fn start_item(
        &mut self,
        id: FrameId,
        children: &mut Children,
        previous: EventId,
    ) -> Result<(), Failure> {
        let index = children.next;
        children.next += 1;
        let frame = &self.frames[id];
        let name = Arc::clone(&self.program.state(frame.state).name);
        let mut path = frame.item.as_ref().map(|item| item.path.clone()).unwrap_or_default();
        path.push(IterationOf { map: name.as_ref().to_owned(), index });
        let item = Arc::new(Item {
            index,
            key: children.keys.get(index).cloned(),
            source: children.source.clone(),
            value: Arc::clone(&children.items[index]),
            path,
        });
        let is_batch = matches!(&children.kind, ChildKind::Executions(map_run) if map_run.is_batched);
        let input = if is_batch { Arc::clone(&item.value) } else { self.item_input(id, &item)? };
        if limits::exceeds(&input) {
            return Err(self.refuse_item(id, &children.kind, index));
        }
        let scope = children.scopes[0];
        let (run, variables, previous) = match &children.kind {
            ChildKind::Executions(map_run) => {
                let execution_type = map_run.execution_type;
                let (arn, name) = self.child_execution(&map_run.arn, execution_type);
                let now = self.clock.now();
                let run = Run::new(&self.settings, execution_type, &input, (&arn, &name), now);
                let run = self.runs.insert(run);
                if execution_type == Type::Express {
                    self.clock.schedule(execution_type.max_duration(), Alarm::Expiry(run));
                }
                let started = EventKind::ExecutionStarted {
                    input: Arc::clone(&input),
                    role_arn: Text::from(self.settings.identity.role_arn.as_str()),
                };
                self.runs[run].record(self.clock.now(), 0, started);
                // A child execution sees neither the variables around it nor the item, only its input.
                (run, Arc::new(Variables::default()), 0)
            }
            ChildKind::Branches | ChildKind::Iterations => {
                let kind = EventKind::Iteration { phase: IterationPhase::Started, name, index };
                self.frames[id].last = previous;
                let started = self.record(id, kind);
                let frame = &self.frames[id];
                let (run, variables) = (frame.run, Arc::clone(&frame.variables));
                (run, variables, started)
            }
        };
        let seat = Some((id, index));
        let start = Start { seat, run, scope, input, variables, item: Some(item), previous };
        children.running.insert(index, self.spawn(start));
        Ok(())
    }

    /// All items are done.
    pub(crate) fn map_done(
        &mut self,
        id: FrameId,
        map: &Map,
        kind: &ChildKind,
        records: &[Record],
        results: Vec<Value>,
        previous: EventId,
    ) -> Result<Step, Fault> {
        self.frames[id].last = previous;
        let result = match (kind, &map.result_writer) {
            (ChildKind::Executions(map_run), Some(writer)) => {
                let written = self.write_results(id, writer, map_run, records, results);
                written.map_err(|fault| self.fail_started_run(id, fault))?
            }
            (ChildKind::Branches | ChildKind::Iterations | ChildKind::Executions(_), _) => {
                Value::Array(results)
            }
        };
        if let ChildKind::Executions(_) = kind {
            self.advance(id, EventKind::MapRunSucceeded);
        }
        self.record(id, EventKind::MapSucceeded);
        // Success and exit follow from the same event; in Distributed mode the exit follows from the start of the run.
        self.frames[id].last = previous;
        let fields = ResultFields { selector: map.result_selector.as_ref(), path: map.result_path.as_ref() };
        Ok(Step::Exit(self.conclude(id, &Arc::new(result), fields)?))
    }

    /// An item makes an input that no iteration or child execution can have.
    fn refuse_item(&mut self, id: FrameId, kind: &ChildKind, index: usize) -> Failure {
        let failure = fault::item_too_large(index);
        if let ChildKind::Executions(map_run) = kind {
            self.frames[id].last = map_run.started;
            self.fail_started_run(id, failure.clone().into());
        }
        failure
    }

    /// The input of an iteration: the item, or what `ItemSelector` makes of it.
    fn item_input(&mut self, id: FrameId, item: &Item) -> Result<Payload, Failure> {
        let StateKind::Map(map) = &self.state(id).kind else { return Ok(Arc::clone(&item.value)) };
        let (selector, field) = match (&map.item_selector, &map.parameters) {
            (Some(selector), _) => (selector, "ItemSelector"),
            (None, Some(parameters)) => (parameters, "Parameters"),
            (None, None) => return Ok(Arc::clone(&item.value)),
        };
        let input = self.effective_input(id)?;
        self.update_context(id, Some(item), None);
        self.payload_as_is(id, selector, &input, field).map(Arc::new)
    }
}

/// What a Map works on, or the part of it that comes from one place.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// The items.
    pub(crate) values: Vec<Value>,
    /// Their keys, where they are the members of an object.
    pub(crate) keys: Vec<String>,
    /// Where a Distributed Map has them from: `STATE_DATA`, `S3://bucket/key`.
    pub(crate) source: Option<Text>,
}

impl Items {
    /// The elements of an array, or in a Distributed Map the members of an object; `Err` gives anything else back.
    pub(crate) fn of(value: Value, is_distributed: bool) -> Result<Self, Value> {
        match value {
            Value::Array(values) => Ok(Self { values, ..Self::default() }),
            Value::Object(members) if is_distributed => {
                let (keys, values) = members.into_iter().unzip();
                Ok(Self { values, keys, source: None })
            }
            value => Err(value),
        }
    }
}

/// Whether each item is a child execution.
pub(crate) fn is_distributed(map: &Map) -> bool {
    config(map).and_then(|config| config.mode) == Some(ProcessorMode::Distributed)
}

/// What kind of executions the children are.
fn execution_type(map: &Map) -> Type {
    match config(map).and_then(|config| config.execution_type) {
        Some(ExecutionType::Express) => Type::Express,
        Some(ExecutionType::Standard) | None => Type::Standard,
    }
}

fn config(map: &Map) -> Option<&ProcessorConfig> {
    let processor = map.item_processor.as_ref().or(map.iterator.as_ref());
    processor.and_then(|processor| processor.processor_config.as_ref())
}
