//! Data that is lost or of another type than what reads it takes: `SW07xx`.
//!
//! The data of the examples is hardly known: their input is any, and functions answer anything. So most of these defects are seeded
//! into the machines of `machines/`, of which the schema of the input is known.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, State};
use super::mutant::{Mutant, escaped};
use super::places::Text;

pub(super) const OPERATORS: &[Operator] = &[
    // What is in a `Payload` is what some function answers.
    Operator::new("a Path in a template is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_template = text.field.ends_with(".$") && text.content.starts_with("$.");
            (is_template && !text.content.contains(".Payload."))
                .then(|| text.replaced(format!("{}Typo", text.content)))
        })
    }),
    Operator::new("a field holds a misspelt Path", Code::NothingThere, |it| {
        const FIELDS: &[&str] = &[
            "InputPath",
            "OutputPath",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "ErrorPath",
            "CausePath",
            "Variable",
        ];
        with_reads(it, |_, text| {
            let is_field = text.field.rsplit('/').next().is_some_and(|field| FIELDS.contains(&field));
            // Where it is a variable itself, that is not assigned, which is another defect.
            let is_member = text.content.contains('.');
            (is_field && is_member).then(|| text.replaced(format!("{}Typo", text.content)))
        })
    }),
    Operator::new("a Path in a call is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_call = text.content.starts_with("States.") && text.content.contains("$.");
            is_call.then(|| text.replaced(text.content.replacen("$.", "$.typo", 1)))
        })
    }),
    // What replaces the document lacks all that the states after it read.
    Operator::new("`ResultPath` is left out", Code::NothingThere, |it| {
        lost_after(it, |state, name| {
            Some(Mutant::at(&state.pointer).remove(state.at("ResultPath"))).filter(|_| !name.is_empty())
        })
    })
    .with(&[Code::NothingThere, Code::ResultBelowValue])
    .at_least(8),
    Operator::new("`OutputPath` keeps the result only", Code::NothingThere, |it| {
        lost_after(it, |state, name| {
            Some(Mutant::at(&state.pointer).set(state.at("OutputPath"), json!(format!("$.{name}"))))
        })
    })
    .with(&[Code::NothingThere, Code::ResultBelowValue])
    .at_least(8),
    Operator::new("`ResultSelector` drops what is read later", Code::NothingThere, |it| {
        with_members(it, "ResultSelector", |at, _| Mutant::at("").remove(at))
    })
    .at_least(5),
    Operator::new("a field of a `Result` has another name", Code::NothingThere, |it| {
        with_members(it, "Result", |at, _| Mutant::at("").rename(at, "other"))
    })
    .at_least(2),
    Operator::new("a field of a template has another name", Code::NothingThere, |it| {
        let all =
            with_members(it, "Parameters", |at, name| Mutant::at("").rename(at, format!("other{name}")));
        // What a task is given is not what it puts there.
        all.into_iter().filter(|mutant| !mutant.pointer.starts_with("/States/Approve")).collect()
    })
    .at_least(5),
    Operator::new("the error output is misread", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_whole = text.content.starts_with("$.");
            let other = if text.content.ends_with(".Error") { ".error" } else { ".message" };
            let path = text.content.strip_suffix(".Error").or_else(|| text.content.strip_suffix(".Cause"))?;
            is_whole.then(|| text.replaced(format!("{path}{other}")))
        })
    })
    .at_least(3),
    Operator::new("the envelope of a function is overlooked", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            text.content
                .contains(".Payload.")
                .then(|| text.replaced(text.content.replacen(".Payload", "", 1)))
        })
    })
    .at_least(3),
    Operator::new("the envelope of a function is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let has_one = text.content.contains(".Payload.");
            has_one.then(|| text.replaced(text.content.replacen(".Payload.", ".payload.body.", 1)))
        })
    })
    .at_least(3),
    Operator::new("an item is misread", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let name = text.content.strip_prefix("$$.Map.Item.Value.")?;
            Some(text.replaced(format!("$$.Map.Item.Value.{name}s")))
        })
    })
    .at_least(4),
    Operator::new("an iteration reads what is outside", Code::NothingThere, |it| {
        with_reads(it, |state, text| {
            let is_inside = state.scope.ends_with("/ItemProcessor") && !state.is("Choice");
            let is_path = text.field.ends_with(".$") && text.content.starts_with("$.");
            (is_inside && is_path && !text.field.starts_with("/ResultSelector"))
                .then(|| text.replaced("$.outside.id"))
        })
    }),
    Operator::new("a branch is misnumbered", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_output = text.content.contains("both[") || text.content.starts_with("$[");
            let other = if text.content.contains("[0]") { "[2]" } else { "[3]" };
            let other = text.content.replace("[0]", other).replace("[1]", other);
            is_output.then(|| text.replaced(other))
        })
    })
    .at_least(5),
    Operator::new("the output of a branch is misread", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_output = text.content.contains("both[") || text.content.starts_with("$[");
            is_output.then(|| text.replaced(format!("{}.x", text.content)))
        })
        .into_iter()
        .filter(|mutant| !mutant.pointer.contains("parcel"))
        .collect()
    })
    .at_least(4),
    Operator::new("the outputs of branches are read without an index", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_output = text.content.contains("both[") || text.content.starts_with("$[");
            let other = text.content.replace("[0]", "").replace("[1]", "");
            is_output.then(|| text.replaced(other))
        })
    })
    .at_least(5),
    Operator::new("a member of a variable is misspelt", Code::NothingThere, |it| {
        with_reads(it, |_, text| {
            let is_member = text.content.starts_with('$')
                && !text.content.starts_with("$$")
                && !text.content.starts_with("$.")
                && text.content.contains('.');
            is_member.then(|| text.replaced(format!("{}Typo", text.content)))
        })
    })
    .at_least(4),
    Operator::new("a member that a variable is made of has another name", Code::NothingThere, |it| {
        let mut mutants = Vec::new();
        for state in known(it) {
            for (variable, value) in state.json["Assign"].as_object().into_iter().flatten() {
                for name in value.as_object().into_iter().flatten().map(|(name, _)| name) {
                    let at = state.at(&format!("Assign/{variable}/{name}"));
                    let readers = readers(it, &format!("${variable}.{name}"));
                    if let [reader] = readers.as_slice() {
                        mutants.push(Mutant::at(reader).rename(at, "other"));
                    }
                }
            }
        }
        mutants
    })
    .at_least(3),
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
    Operator::new("a text is compared with a number", Code::NeverTrue, |it| {
        with_rules(it, "StringEquals", "NumericEquals", &json!(1))
    })
    .at_least(4),
    Operator::new("a text is compared with `true`", Code::NeverTrue, |it| {
        with_rules(it, "StringEquals", "BooleanEquals", &json!(true))
    })
    .at_least(4),
    Operator::new("a number is compared with a text", Code::NeverTrue, |it| {
        with_rules(it, "NumericEquals", "StringEquals", &json!("0"))
    })
    .at_least(1),
    Operator::new("the number of retries is compared with a text", Code::NeverTrue, |it| {
        let rules = choices(it).into_iter().map(|state| {
            let test = json!({ "Variable": "$$.State.RetryCount", "StringEquals": "0", "Next": state.json["Choices"][0]["Next"] });
            let at = state.at("Choices/0");
            Mutant::at(format!("{at}/StringEquals")).set(at, test)
        });
        rules.collect()
    }),
    Operator::new("a value that is decided on is another constant", Code::NoRuleMatches, |it| {
        let mut mutants = Vec::new();
        for state in known(it).iter().filter(|state| state.is("Pass") && state.has("Parameters")) {
            let path = state.text("ResultPath").unwrap_or_default();
            let choices = choices(it).into_iter().filter(|choice| !choice.has("Default"));
            for choice in choices {
                let variable = choice.json["Choices"][0]["Variable"].as_str().unwrap_or_default();
                if let Some(name) = variable.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) {
                    let at = state.at(&format!("Parameters/{name}"));
                    let mutant = Mutant::at(choice.at("Choices")).remove(format!("{at}.$"));
                    mutants.push(mutant.set(at, json!("by truck")));
                }
            }
        }
        mutants
    })
    .at_least(1),
    Operator::new("all rules are for other values", Code::NoRuleMatches, |it| {
        let choices = choices(it).into_iter().filter(|choice| !choice.has("Default"));
        let other = choices.map(|choice| {
            let rules = choice.json["Choices"].as_array().into_iter().flatten().enumerate();
            rules.fold(Mutant::at(choice.at("Choices")), |mutant, (at, _)| {
                mutant.set(choice.at(&format!("Choices/{at}/StringEquals")), json!(format!("other {at}")))
            })
        });
        other.collect()
    })
    .at_least(1),
    Operator::new("no rule is ever true, and `Default` is left out", Code::NoRuleMatches, |it| {
        let choices = choices(it).into_iter().filter(|state| {
            let is_needed = !it.is_reached_without(&state.scope, &state.at("Default"));
            state.has("Default") && !is_needed && !state.json["Choices"].to_string().contains("\"Assign\"")
        });
        let silent = choices.map(|state| {
            let rules = state.json["Choices"].as_array().into_iter().flatten();
            let rules: Vec<Value> = rules
                .map(|rule| json!({ "Variable": "$$.Execution.Id", "IsNull": true, "Next": rule["Next"] }))
                .collect();
            let mutant = Mutant::at(state.at("Choices")).set(state.at("Choices"), json!(rules));
            mutant.remove(state.at("Default"))
        });
        silent.collect()
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

/// The states of which the data is known, without those in JSONata.
fn known(it: &Definition) -> Vec<State<'_>> {
    let states = it.states().into_iter().filter(|state| !state.is_jsonata);
    states.filter(|_| it.has_known_input).collect()
}

fn maps(it: &Definition) -> Vec<State<'_>> {
    known(it).into_iter().filter(|state| state.is("Map")).collect()
}

fn inline_maps(it: &Definition) -> Vec<State<'_>> {
    let maps = maps(it).into_iter();
    maps.filter(|map| map.json["ItemProcessor"]["ProcessorConfig"]["Mode"] == "INLINE").collect()
}

fn choices(it: &Definition) -> Vec<State<'_>> {
    it.states_like(&["Choice"]).into_iter().filter(|state| !state.is_jsonata).collect()
}

/// Every text in states of which the data is known.
fn with_reads(it: &Definition, seed: impl Fn(&State<'_>, &Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    let states = known(it);
    let texts = states.iter().flat_map(|state| state.texts().into_iter().map(move |text| (state, text)));
    texts.filter_map(|(state, text)| seed(state, &text)).collect()
}

/// Every Path in a Payload Template, whatever is known.
fn with_templates(it: &Definition, seed: impl Fn(&Text<'_>) -> Mutant) -> Vec<Mutant> {
    let states = it.states();
    let texts = states.iter().flat_map(State::template_fields);
    texts.filter(|text| !text.content.contains("Task.Token")).map(|text| seed(&text)).collect()
}

/// Where a Path, or what is below it, is read.
fn readers(it: &Definition, path: &str) -> Vec<String> {
    let mut readers = Vec::new();
    for text in it.states().iter().flat_map(State::texts) {
        let mut rests = text.content.match_indices(path).map(|(at, _)| &text.content[at + path.len()..]);
        let is_read =
            rests.any(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_'));
        if is_read {
            readers.push(text.pointer);
        }
    }
    readers
}

/// Changes the members of what is put at a `ResultPath`, where exactly one text reads the member.
fn with_members(it: &Definition, field: &str, seed: impl Fn(String, &str) -> Mutant) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for state in known(it) {
        let Some(path) = state.text("ResultPath") else { continue };
        if it.states().iter().filter(|other| other.text("ResultPath") == Some(path)).count() > 1 {
            continue;
        }
        for name in state.json[field].as_object().into_iter().flatten().map(|(name, _)| name) {
            let at = state.at(&format!("{field}/{}", escaped(name)));
            let readers = readers(it, &format!("{path}.{}", name.trim_end_matches(".$")));
            if let [reader] = readers.as_slice() {
                mutants.push(seed(at, name).found_at(reader));
            }
        }
    }
    mutants
}

/// What a state reads, in this order.
const READ_FIRST: &[&str] = &["/ItemsPath", "/SecondsPath", "/Choices/0/", "/Parameters"];

/// Lets a state keep nothing but its result, so that the state after it, to which there is no other way, finds nothing else.
fn lost_after(it: &Definition, seed: impl Fn(&State<'_>, &str) -> Option<Mutant>) -> Vec<Mutant> {
    let states = known(it);
    let mut mutants = Vec::new();
    for state in &states {
        let name = state.text("ResultPath").and_then(|path| path.strip_prefix("$."));
        let next =
            states.iter().find(|next| next.scope == state.scope && state.text("Next") == Some(next.name));
        let (Some(name), Some(next)) = (name, next) else { continue };
        let ways = states.iter().flat_map(State::transitions).filter(|way| way.target == next.name);
        let resource = state.text("Resource").unwrap_or_default();
        let is_unknown = state.has("ResultWriter") || resource.contains(".waitForTaskToken");
        if ways.count() > 1 || is_unknown || state.has("OutputPath") {
            continue;
        }
        let texts = next.texts();
        let mut reads = READ_FIRST.iter().flat_map(|field| {
            texts.iter().filter(move |text| text.field.starts_with(field) && text.content.starts_with("$."))
        });
        if let Some(lost) = reads.next() {
            mutants.extend(seed(state, name).map(|mutant| mutant.found_at(&lost.pointer)));
        }
    }
    mutants
}

/// Reads the object instead of the member of it.
fn parent(state: &State<'_>, field: &str) -> Option<Mutant> {
    let (above, _) = state.text(field)?.rsplit_once('.')?;
    (above != "$").then(|| state.with(field, json!(above)))
}

/// Gives simple rules another operator, which is to be reported.
fn with_rules(it: &Definition, operator: &str, other: &str, operand: &Value) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for state in known(it).iter().filter(|state| state.is("Choice")) {
        for (at, rule) in state.json["Choices"].as_array().into_iter().flatten().enumerate() {
            if rule.get(operator).is_some() {
                let at = state.at(&format!("Choices/{at}"));
                let mutant = Mutant::at(format!("{at}/{other}")).remove(format!("{at}/{operator}"));
                mutants.push(mutant.set(format!("{at}/{other}"), operand.clone()));
            }
        }
    }
    mutants
}

/// Puts results below a value that is no object: of the one kind of input or of the other.
fn with_result_path(it: &Definition, of_order: &str, of_customer: &str) -> Vec<Mutant> {
    let states = known(it).into_iter().filter(|state| state.text("ResultPath").is_some());
    let outer = states.filter(|state| state.scope.is_empty() && state.name != "ListTables");
    let below = [("order", of_order), ("onboarding", of_customer)];
    let below = below.into_iter().find(|(name, _)| it.name.starts_with(name));
    outer.filter_map(|state| Some(state.with("ResultPath", json!(below?.1)))).collect()
}
