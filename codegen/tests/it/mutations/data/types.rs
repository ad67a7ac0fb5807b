//! Values of a type that a field, a call or a `ResultPath` cannot take.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use super::{known, with_members, with_reads};
use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};
use crate::mutations::mutant::Mutant;
use crate::mutations::places::Text;

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    Operator::new("a Map goes over an object", Code::WrongValue, |it| {
        inline_maps(it).iter().filter_map(|map| parent(map, "ItemsPath")).collect()
    })
    .at_least(1),
    Operator::new("a Map goes over a text", Code::WrongValue, |it| {
        maps(it).iter().map(|map| map.with("ItemsPath", json!("$$.Execution.Name"))).collect()
    })
    .at_least(3),
    Operator::new("a Wait waits for an object", Code::WrongValue, |it| {
        known(it).iter().filter_map(|state| parent(state, "SecondsPath")).collect()
    })
    .at_least(2),
    Operator::new("a number of a `Result` is written as a word", Code::WrongValue, |it| {
        with_members(it, "Result", |at, _| Mutant::at("").set(at, json!("soon")))
            .into_iter()
            .filter(|mutant| mutant.pointer.ends_with("/SecondsPath"))
            .collect()
    })
    .at_least(1),
    Operator::new("a Wait ends at a number", Code::WrongValue, |it| {
        let waits = it.states_like(&["Wait"]).into_iter().filter(|state| !state.is_jsonata);
        let ways = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        let other = waits.map(|state| {
            let way = ways.iter().find(|way| state.has(way)).expect("a Wait says how long");
            let mutant = Mutant::at(state.at("TimestampPath")).remove(state.at(way));
            mutant.set(state.at("TimestampPath"), json!("$$.State.RetryCount"))
        });
        other.collect()
    })
    .at_least(5),
    Operator::new("a timeout is a list", Code::WrongValue, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|task| !task.is_jsonata);
        let plain = tasks.filter(|task| !task.has("TimeoutSeconds") && !task.has("HeartbeatSeconds"));
        plain.map(|task| task.with("TimeoutSecondsPath", json!("$$.Execution"))).collect()
    }),
    Operator::new("an Error Name is an object", Code::WrongValue, |it| {
        it.states_like(&["Fail"]).iter().filter_map(|state| parent(state, "ErrorPath")).collect()
    })
    .at_least(2),
    Operator::new("a text is added to", Code::WrongArgument, |it| {
        with_templates(it, |text| text.replaced("States.MathAdd($$.Execution.Name, 1)"))
    }),
    Operator::new("an object is counted", Code::WrongArgument, |it| {
        with_templates(it, |text| text.replaced("States.ArrayLength($$.Execution)"))
    }),
    Operator::new("a number is split", Code::WrongArgument, |it| {
        with_templates(it, |text| text.replaced("States.StringSplit($$.State.RetryCount, ',')"))
    }),
    Operator::new("a number in a call within a call is a text", Code::WrongArgument, |it| {
        with_templates(it, |text| text.replaced("States.Format('{}', States.MathAdd(1, $$.Execution.Id))"))
    }),
    Operator::new("an argument is the object that it is in", Code::WrongArgument, |it| {
        with_reads(it, |_, text| {
            let path = text.content.strip_prefix("States.ArrayLength(")?.strip_suffix(')')?;
            let (above, _) = path.rsplit_once('.')?;
            Some(text.replaced(format!("States.ArrayLength({above})")))
        })
    })
    .at_least(1),
    Operator::new("a number that is added to is another value", Code::WrongArgument, |it| {
        with_reads(it, |_, text| {
            let arguments = text.content.strip_prefix("States.MathAdd(")?;
            let (_, rest) = arguments.split_once(',')?;
            Some(text.replaced(format!("States.MathAdd($$.State.Name,{rest}")))
        })
    })
    .at_least(2),
    Operator::new("a result is put below a text", Code::ResultBelowValue, |it| {
        with_result_path(it, "$.order.id.result", "$.customer.id.result")
    })
    .at_least(8),
    Operator::new("a result is put below a list", Code::ResultBelowValue, |it| {
        with_result_path(it, "$.order.lines.result", "$.tables.result")
    })
    .at_least(8),
    Operator::new("the error output is put below a text", Code::ResultBelowValue, |it| {
        let mut mutants = Vec::new();
        for state in known(it) {
            for catcher in state.handlers().filter(|handler| handler.field == "Catch") {
                let below = [
                    ("order", "$.order.id.e"),
                    ("onboarding", "$.customer.id.e"),
                    ("export", "$.window.from.e"),
                ];
                let below = below.iter().find(|(name, _)| it.name.starts_with(name));
                mutants.extend(below.map(|(_, below)| catcher.with("ResultPath", json!(below))));
            }
        }
        mutants
    })
    .at_least(3),
];

fn maps(it: &Definition) -> Vec<State<'_>> {
    known(it).into_iter().filter(|state| state.is("Map")).collect()
}

fn inline_maps(it: &Definition) -> Vec<State<'_>> {
    let maps = maps(it).into_iter();
    maps.filter(|map| map.json["ItemProcessor"]["ProcessorConfig"]["Mode"] == "INLINE").collect()
}

/// Every Path in a Payload Template, whatever is known.
fn with_templates(it: &Definition, seed: impl Fn(&Text<'_>) -> Mutant) -> Vec<Mutant> {
    let states = it.states();
    let texts = states.iter().flat_map(State::template_fields);
    texts.filter(|text| !text.content.contains("Task.Token")).map(|text| seed(&text)).collect()
}

/// Reads the object instead of the member of it.
fn parent(state: &State<'_>, field: &str) -> Option<Mutant> {
    let (above, _) = state.text(field)?.rsplit_once('.')?;
    (above != "$").then(|| state.with(field, json!(above)))
}

/// Puts results below a value that is no object: of the one kind of input or of the other.
fn with_result_path(it: &Definition, of_order: &str, of_customer: &str) -> Vec<Mutant> {
    let states = known(it).into_iter().filter(|state| state.text("ResultPath").is_some());
    let outer = states.filter(|state| state.scope.is_empty() && state.name != "ListTables");
    let below = [("order", of_order), ("onboarding", of_customer)];
    let below = below.into_iter().find(|(name, _)| it.name.starts_with(name));
    outer.filter_map(|state| Some(state.with("ResultPath", json!(below?.1)))).collect()
}
