//! A Map whose items are child executions: the Map Run.

use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::Map;

use crate::data::Failure;
use crate::fault::Fault;
use crate::history::{EventKind, Payload, Text};
use crate::interpreter::frame::{ChildKind, FrameId, Item, MapRun};
use crate::interpreter::{Interpreter, Step};
use crate::limits;
use crate::settings::Type;
use crate::state::map::{Items, execution_type};

impl Interpreter<'_, '_> {
    /// Starts a Map Run.
    pub(crate) fn distributed_map(
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
        let parts = match request {
            Some(request) => self.read_items(&request).map_err(|fault| self.fail_started_run(id, fault))?,
            None => items.into_iter().collect(),
        };
        let (items, is_batched) = self.prepared(id, map, input, parts)?;
        let kind = ChildKind::Executions(MapRun { is_batched, ..map_run });
        let children = self.children(id, kind, items, concurrency.min(limits::DISTRIBUTED_CONCURRENCY));
        self.go_on(id, children, started)
    }

    /// What the child executions work on, and whether these are their inputs already.
    ///
    /// `ItemSelector` is applied to an item when its turn comes; but to all at once where batches are to be filled, or
    /// where each item has the source of its own file.
    fn prepared(
        &mut self,
        id: FrameId,
        map: &Map,
        input: &Value,
        mut parts: Vec<Items>,
    ) -> Result<(Items, bool), Failure> {
        if map.item_batcher.is_none() && parts.len() <= 1 {
            return Ok((parts.pop().unwrap_or_default(), false));
        }
        let selected = self.selected(id, parts)?;
        let values = match &map.item_batcher {
            Some(batcher) => self.batches(id, batcher, input, selected)?,
            None => selected,
        };
        Ok((Items { values, ..Items::default() }, true))
    }

    /// Applies `ItemSelector` to each item. They are counted over all parts.
    fn selected(&mut self, id: FrameId, parts: Vec<Items>) -> Result<Vec<Value>, Failure> {
        let mut selected = Vec::with_capacity(parts.iter().map(|part| part.values.len()).sum());
        for part in parts {
            let mut keys = part.keys.into_iter();
            for value in part.values {
                let (key, source) = (keys.next(), part.source.clone());
                let item =
                    Item { index: selected.len(), key, source, value: Arc::new(value), path: Vec::new() };
                let input = self.item_input(id, &item)?;
                drop(item);
                selected.push(Arc::unwrap_or_clone(input));
            }
        }
        Ok(selected)
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

    /// Logs that the Map Run, which is the last thing logged, failed; gives the fault on.
    pub(crate) fn fail_started_run(&mut self, id: FrameId, fault: Fault) -> Fault {
        self.advance(id, EventKind::MapRunFailed(fault.problem()));
        fault
    }

    /// The ARN and name of a new child execution.
    pub(crate) fn child_execution(&mut self, map_run_arn: &str, execution_type: Type) -> (String, String) {
        let name = self.random.uuid();
        let mut parts: Vec<&str> = map_run_arn.splitn(8, ':').collect();
        parts[5] = match execution_type {
            Type::Standard => "execution",
            Type::Express => "express",
        };
        parts[7] = &name;
        (parts.join(":"), name)
    }
}
