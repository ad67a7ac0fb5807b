//! Map: inline, distributed and in batches.

use std::time::Duration;

use serde_json::{Map as Object, Value, json};
use stepwright::plan::{Distributed, Expression, ItemBatcher, ItemReader, Items, Map};

use super::composites::{Ended, gather, succeed};
use super::expressions::certain;
use super::{Document, Fault, Interpreted, Interpreter, Running, Undecided};

/// How many iterations run at the same time if nothing else is said. Source: Developer Guide, "Inline mode".
const MOST_INLINE: usize = 40;

/// The same for child executions. Source: Developer Guide, "Distributed mode".
const MOST_EXECUTIONS: usize = 10_000;

/// How long an Express child execution may take. Source: Developer Guide, "Quotas".
const LONGEST_EXPRESS: Duration = Duration::from_secs(300);

impl Interpreter<'_> {
    pub(super) fn map(&mut self, running: &mut Running, map: &Map) -> Interpreted<Result<Value, Fault>> {
        let inputs = self.inputs(running, map)?;
        let most = if map.distributed.is_some() { MOST_EXECUTIONS } else { MOST_INLINE };
        let most = match limit(running, map.max_concurrency.as_ref())? {
            None | Some(0) => most,
            Some(limit) => limit.min(most),
        };
        let mut outer = running.clone();
        outer.is_child |= map.distributed.is_some();
        // When each of those that run at the same time is free for the next item.
        let mut free = vec![running.now; most.min(inputs.len())];
        let mut ended = Vec::new();
        for (index, input) in inputs.into_iter().enumerate() {
            let start = free.iter().copied().min().unwrap_or_default();
            outer.document = match (&map.selector, map.batcher(), &map.item_name) {
                (Some(_), None, _) => Document::given(self.plan, &input),
                // Source: `Map::item_as`.
                (None, None, Some(name)) => Document::given(self.plan, &json!({ name: input })),
                _ => Document::unknown(),
            };
            let iteration = self.child(&outer, &map.processor, Some(index), input, start)?;
            if let Some(slot) = free.iter_mut().find(|slot| **slot == start) {
                *slot = iteration.running.now;
            }
            let takes = iteration.running.now.saturating_sub(start);
            if map.distributed.as_ref().is_some_and(|of| of.is_express) && takes >= LONGEST_EXPRESS {
                return Err(Undecided::Foreign("an Express execution that takes too long"));
            }
            ended.push(iteration);
        }
        match &map.distributed {
            Some(distributed) => gather_executions(running, distributed, ended),
            None => gather(running, ended),
        }
    }
}

impl Interpreter<'_> {
    /// What the iterations are given.
    fn inputs(&self, running: &Running, map: &Map) -> Interpreted<Vec<Value>> {
        if map.distributed.as_ref().is_some_and(|distributed| distributed.writer.is_some()) {
            return Err(Undecided::Foreign("results in Amazon S3"));
        }
        let mut selected = Vec::new();
        for (index, (key, item)) in self.items(running, map)?.into_iter().enumerate() {
            let Some(selector) = &map.selector else {
                selected.push(item);
                continue;
            };
            let mut seen = running.clone();
            let mut context = json!({ "Index": index, "Value": item });
            context.as_object_mut().into_iter().for_each(|fields| {
                fields.extend(key.iter().map(|key| ("Key".to_owned(), json!(key))));
            });
            seen.item = Some(context);
            seen.values.insert(map.item, item);
            selected.push(certain(&seen, selector)?);
        }
        match map.batcher() {
            Some(batcher) => batches(running, batcher, &selected),
            None => Ok(selected),
        }
    }

    /// The items, with their keys if they are members of an object.
    fn items(&self, running: &Running, map: &Map) -> Interpreted<Vec<(Option<String>, Value)>> {
        let items = match &map.items {
            Items::Data(items) => certain(running, items)?,
            Items::Read(reader) => Value::Array(self.read(running, map, reader)?),
        };
        match items {
            Value::Array(items) => Ok(items.into_iter().map(|item| (None, item)).collect()),
            Value::Object(members) if map.distributed.is_some() => {
                Ok(members.into_iter().map(|(key, value)| (Some(key), value)).collect())
            }
            _ => Err(Undecided::Foreign("a Map over something that is no list")),
        }
    }

    /// Items in Amazon S3.
    fn read(&self, running: &Running, map: &Map, reader: &ItemReader) -> Interpreted<Vec<Value>> {
        let unknown = Undecided::Foreign("items in Amazon S3");
        let [("Bucket", bucket), ("Key" | "Prefix", key)] = reader.arguments.as_slice() else {
            return Err(unknown);
        };
        let (bucket, key) = (certain(running, bucket)?, certain(running, key)?);
        let place = (bucket.as_str().ok_or(unknown)?, key.as_str().ok_or(unknown)?);
        let item = self.plan.values.get(&map.item).ok_or(unknown)?;
        let mut items = self.world.items(place, reader, &(item.ty.schema)()).ok_or(unknown)?;
        if let Some(most) = limit(running, reader.config.max_items.as_ref())?.filter(|most| *most > 0) {
            items.truncate(most);
        }
        Ok(items)
    }
}

fn batches(running: &Running, batcher: &ItemBatcher, items: &[Value]) -> Interpreted<Vec<Value>> {
    if batcher.max_bytes.is_some() {
        return Err(Undecided::Foreign("batches of so many bytes"));
    }
    let size = limit(running, batcher.max_items.as_ref())?.filter(|size| *size > 0);
    let size = size.ok_or(Undecided::Foreign("batches of no items"))?;
    let input = batcher.input.as_ref().map(|input| certain(running, input)).transpose()?;
    let batch = |items: &[Value]| {
        let mut batch = Object::new();
        batch.extend(input.iter().map(|input| ("BatchInput".to_owned(), input.clone())));
        batch.insert("Items".to_owned(), json!(items));
        Value::Object(batch)
    };
    Ok(items.chunks(size).map(batch).collect())
}

fn limit(running: &Running, limit: Option<&Expression>) -> Interpreted<Option<usize>> {
    let Some(limit) = limit else { return Ok(None) };
    let number = certain(running, limit)?.as_u64().and_then(|limit| usize::try_from(limit).ok());
    number.map(Some).ok_or(Undecided::Foreign("a limit that is no number"))
}

/// What child executions come to together: some may fail, if the workflow says so.
fn gather_executions(
    outer: &mut Running,
    distributed: &Distributed,
    ended: Vec<Ended>,
) -> Interpreted<Result<Value, Fault>> {
    let count = limit(outer, distributed.tolerated_count.as_ref())?;
    let percentage = match &distributed.tolerated_percentage {
        Some(percentage) => certain(outer, percentage)?.as_f64(),
        None => None,
    };
    let mut failures: Vec<Duration> =
        ended.iter().filter(|child| child.result.is_err()).map(|child| child.running.now).collect();
    failures.sort();
    let tolerates = |failed: usize| match (count, percentage) {
        (None, None) => failed == 0,
        (count, percentage) => {
            count.is_none_or(|count| failed <= count)
                && percentage.is_none_or(|most| small(failed) * 100.0 <= most * small(ended.len()))
        }
    };
    let exceeded = (1..=failures.len()).find(|failed| !tolerates(*failed));
    let Some(exceeded) = exceeded else { return Ok(Ok(succeed(outer, ended))) };
    outer.now = failures[exceeded - 1];
    for Ended { mut running, .. } in ended {
        running.course.stop_at(outer.now);
        outer.course.append(running.course);
    }
    Ok(Err(Fault::of_service("States.ExceedToleratedFailureThreshold")))
}

fn small(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
