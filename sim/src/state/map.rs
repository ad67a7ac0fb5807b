//! The Map state.

mod batch;
mod csv;
mod fields;
mod reader;
pub(crate) mod writer;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::{
    ExecutionType, ItemBatcher, Map, ProcessorConfig, ProcessorMode, QueryLanguage, StateKind,
};

use crate::data::{Failure, Variables};
use crate::fault::Fault;
use crate::history::{EventId, EventKind, IterationPhase, Payload, Text};
use crate::interpreter::frame::{ChildKind, Children, FrameId, Item, MapRun};
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

    /// Starts a Map Run.
    fn distributed_map(
        &mut self,
        id: FrameId,
        map: &Map,
        input: &Payload,
        concurrency: usize,
    ) -> Result<Step, Fault> {
        let items = if map.item_reader.is_some() { None } else { Some(self.items(id, map, input)?) };
        self.inspect_concurrency(concurrency);
        // What is still to be read has no length yet.
        self.advance(id, EventKind::MapStarted(items.as_ref().map_or(0, |items| items.values.len())));
        let request =
            map.item_reader.as_ref().map(|reader| self.read_request(id, reader, input)).transpose()?;
        let map_run = self.start_map_run(id, map, input)?;
        let started = map_run.started;
        let mut items = match (items, request) {
            (Some(items), _) => items,
            (None, Some(request)) => match self.read_items(&request) {
                Ok(items) => items,
                Err(fault) => {
                    self.advance(id, EventKind::MapRunFailed(fault.problem()));
                    return Err(fault);
                }
            },
            (None, None) => Items::default(),
        };
        let mut kind = ChildKind::Executions(map_run);
        if let Some(batcher) = &map.item_batcher {
            items.values = self.batched(id, batcher, input, &items)?;
            kind = match kind {
                ChildKind::Executions(map_run) => {
                    ChildKind::Executions(MapRun { is_batched: true, ..map_run })
                }
                kind @ (ChildKind::Branches | ChildKind::Iterations) => kind,
            };
        }
        let children = self.children(id, kind, items, concurrency.min(limits::DISTRIBUTED_CONCURRENCY));
        self.go_on(id, children, started)
    }

    /// Applies `ItemSelector` to each item, then puts them together.
    fn batched(
        &mut self,
        id: FrameId,
        batcher: &ItemBatcher,
        input: &Value,
        items: &Items,
    ) -> Result<Vec<Value>, Failure> {
        let mut selected = Vec::with_capacity(items.values.len());
        for (index, value) in items.values.iter().enumerate() {
            let (key, source) = (items.keys.get(index).cloned(), items.source.clone());
            let item = Item { index, key, source, value: Arc::new(value.clone()), path: Vec::new() };
            selected.push(Arc::unwrap_or_clone(self.item_input(id, &item)?));
        }
        self.batches(id, batcher, input, selected)
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

    fn start_map_run(&mut self, id: FrameId, map: &Map, input: &Value) -> Result<MapRun, Failure> {
        let (tolerated_count, tolerated_percentage) = self.tolerated(id, map, input)?;
        if let Some(count) = tolerated_count {
            self.inspect("toleratedFailureCount", &count.into());
        }
        if let Some(percentage) = tolerated_percentage {
            self.inspect("toleratedFailurePercentage", &percentage.into());
        }
        let identity = &self.settings.identity;
        let label = map.label.clone().unwrap_or_else(|| self.random.uuid().replace('-', ""));
        let arn = Text::from(format!(
            "arn:{}:states:{}:{}:mapRun:{}/{label}:{}",
            identity.arn_part(1),
            identity.arn_part(3),
            identity.arn_part(4),
            identity.state_machine_name,
            self.random.uuid(),
        ));
        let started = self.advance(id, EventKind::MapRunStarted(Arc::clone(&arn)));
        Ok(MapRun {
            started,
            arn,
            execution_type: execution_type(map),
            tolerated_count,
            tolerated_percentage,
            is_batched: false,
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

    /// The ARN and name of a new child execution.
    fn child_execution(&self, map_run_arn: &str, execution_type: Type) -> (String, String) {
        let name = self.random.uuid();
        let mut parts: Vec<&str> = map_run_arn.splitn(8, ':').collect();
        parts[5] = match execution_type {
            Type::Standard => "execution",
            Type::Express => "express",
        };
        parts[7] = &name;
        (parts.join(":"), name)
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
        if let ChildKind::Executions(_) = kind {
            self.advance(id, EventKind::MapRunSucceeded);
        }
        self.record(id, EventKind::MapSucceeded);
        // Success and exit follow from the same event; in Distributed mode the exit follows from the start of the run.
        self.frames[id].last = previous;
        let result = match (kind, &map.result_writer) {
            (ChildKind::Executions(map_run), Some(writer)) => {
                self.write_results(id, writer, map_run, records, results)?
            }
            (ChildKind::Branches | ChildKind::Iterations | ChildKind::Executions(_), _) => {
                Value::Array(results)
            }
        };
        let fields = ResultFields { selector: map.result_selector.as_ref(), path: map.result_path.as_ref() };
        Ok(Step::Exit(self.conclude(id, &Arc::new(result), fields)?))
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

/// What a Map works on.
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
