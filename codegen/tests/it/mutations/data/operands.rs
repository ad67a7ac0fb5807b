//! Values in JSONata of a type that an operator, a function or a field cannot take.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use super::known_jsonata;
use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};
use crate::mutations::mutant::Mutant;

/// Values of which the type is known in any state.
const TEXT: &str = "$states.context.Execution.Name";
const NUMBER: &str = "$states.context.State.RetryCount";
const OBJECT: &str = "$states.context.Execution";

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    Operator::new("a text is calculated with", Code::WrongOperand, |it| {
        with_values(it, &format!("{TEXT} + 1"))
    }),
    Operator::new("a number is divided by an object", Code::WrongOperand, |it| {
        with_values(it, &format!("{NUMBER} / {OBJECT}"))
    }),
    Operator::new("a boolean is calculated with", Code::WrongOperand, |it| {
        with_values(it, &format!("({NUMBER} = 1) * 2"))
    }),
    Operator::new("a list is calculated with", Code::WrongOperand, |it| with_values(it, "[1, 2] - 1")),
    Operator::new("a text is negated", Code::WrongOperand, |it| with_values(it, &format!("-{TEXT}"))),
    Operator::new("a range goes up to a text", Code::WrongOperand, |it| {
        with_values(it, &format!("[1..{TEXT}]"))
    }),
    Operator::new("texts are put together with `+`", Code::WrongOperand, |it| {
        with_known(it, |content| content.contains(" & ").then(|| content.replacen(" & ", " + ", 1)))
    })
    .at_least(2),
    Operator::new("an operand is another value", Code::WrongOperand, |it| {
        with_known(it, |content| {
            let operator = [" - ", " / ", " < ", " <= "].iter().find(|it| content.contains(*it))?;
            let (_, right) = content.split_once(operator)?;
            (!content.contains('(')).then(|| format!("{OBJECT}{operator}{right}"))
        })
    })
    .at_least(5),
    Operator::new("a text is compared with a number, in JSONata", Code::WrongOperand, |it| {
        with_values(it, &format!("{TEXT} > 5"))
    }),
    Operator::new("a number is compared with a number in quotes", Code::WrongOperand, |it| {
        with_known(it, |content| content.strip_suffix("<= 0").map(|left| format!("{left}<= '0'")))
    })
    .at_least(1),
    Operator::new("an object is compared", Code::WrongOperand, |it| {
        with_values(it, &format!("{OBJECT} <= {OBJECT}"))
    }),
    Operator::new("a text is summed up", Code::WrongArgument, |it| with_values(it, &format!("$sum({TEXT})"))),
    Operator::new("a list with a text is summed up", Code::WrongArgument, |it| {
        with_values(it, &format!("$sum([1, {TEXT}])"))
    }),
    Operator::new("the length of a number is asked for", Code::WrongArgument, |it| {
        with_values(it, &format!("$length({NUMBER})"))
    }),
    Operator::new("a number is put into upper case", Code::WrongArgument, |it| {
        with_values(it, &format!("$uppercase({NUMBER})"))
    }),
    Operator::new("a text is rounded", Code::WrongArgument, |it| with_values(it, &format!("$round({TEXT})"))),
    Operator::new("a number is split, in JSONata", Code::WrongArgument, |it| {
        with_values(it, &format!("$split({NUMBER}, ',')"))
    }),
    Operator::new("an object is taken for a number", Code::WrongArgument, |it| {
        with_values(it, &format!("$number({OBJECT})"))
    }),
    Operator::new("a number is handed on as a text", Code::WrongArgument, |it| {
        with_values(it, &format!("{NUMBER} ~> $substringBefore('-')"))
    }),
    Operator::new("an argument of a function is another field", Code::WrongArgument, |it| {
        const OTHERS: &[(&str, &str)] = &[
            ("$length($states.input.label)", "$length($states.input.count)"),
            ("$uppercase($states.input.claim.kind)", "$uppercase($states.input.claim.amount)"),
            ("$sum($states.input.seen.bytes)", "$sum($states.input.label)"),
            ("$round($states.input.stored / 1024)", "$round($states.input.key)"),
        ];
        with_known(it, |content| {
            let (right, wrong) = OTHERS.iter().find(|(right, _)| content.contains(right))?;
            Some(content.replacen(right, wrong, 1))
        })
    })
    .at_least(3),
    Operator::new("a function gets no argument", Code::WrongArgumentCount, |it| with_values(it, "$sum()")),
    Operator::new("a function gets too few arguments", Code::WrongArgumentCount, |it| {
        with_values(it, &format!("$append({TEXT})"))
    }),
    Operator::new("a function gets too many arguments", Code::WrongArgumentCount, |it| {
        with_values(it, &format!("$uppercase({TEXT}, 1)"))
    }),
    Operator::new("a function is handed what it has already", Code::WrongArgumentCount, |it| {
        with_values(it, &format!("{TEXT} ~> $trim({TEXT})"))
    }),
    Operator::new("a function is taken for its result", Code::WrongValue, |it| {
        with_values(it, "function($x) { $x }")
    }),
    Operator::new("a Map in JSONata goes over an object", Code::WrongValue, |it| {
        let maps = maps(it).into_iter();
        // A Distributed Map takes the members.
        let inline = maps.filter(|map| map.json["ItemProcessor"]["ProcessorConfig"]["Mode"] != "DISTRIBUTED");
        inline.map(|map| with_field(&map, "Items", OBJECT)).collect()
    })
    .at_least(5),
    Operator::new("a Map in JSONata goes over a number", Code::WrongValue, |it| {
        maps(it).iter().map(|map| with_field(map, "Items", NUMBER)).collect()
    })
    .at_least(5),
    Operator::new("a Map in JSONata goes over its whole input", Code::WrongValue, |it| {
        let maps = known_jsonata(it).into_iter().filter(|state| state.has("Items"));
        maps.map(|map| with_field(&map, "Items", "$states.input")).collect()
    })
    .at_least(1),
    Operator::new("a Wait in JSONata waits for a text", Code::WrongValue, |it| {
        with_time(it, "Seconds", TEXT)
    })
    .at_least(5),
    Operator::new("a Wait in JSONata waits for half a second", Code::WrongValue, |it| {
        with_time(it, "Seconds", "1 / 2")
    })
    .at_least(5),
    Operator::new("a Wait in JSONata ends at a number", Code::WrongValue, |it| {
        with_time(it, "Timestamp", NUMBER)
    })
    .at_least(5),
    Operator::new("a timeout in JSONata is a text", Code::WrongValue, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|task| task.is_jsonata);
        let plain = tasks.filter(|task| !task.has("HeartbeatSeconds"));
        plain.map(|task| with_field(&task, "TimeoutSeconds", TEXT)).collect()
    }),
    Operator::new("a heartbeat in JSONata is a text", Code::WrongValue, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|task| task.is_jsonata);
        tasks.map(|task| with_field(&task, "HeartbeatSeconds", TEXT)).collect()
    }),
    Operator::new("a limit of a Map is a text", Code::WrongValue, |it| {
        maps(it).iter().map(|map| with_field(map, "MaxConcurrency", TEXT)).collect()
    })
    .at_least(5),
    Operator::new("a condition gives a text", Code::WrongValue, |it| with_conditions(it, TEXT)),
    Operator::new("a condition gives a number", Code::WrongValue, |it| with_conditions(it, NUMBER)),
    Operator::new("a cause is an object", Code::WrongValue, |it| {
        let fails = it.states_like(&["Fail"]).into_iter().filter(|state| state.is_jsonata);
        fails.map(|state| with_field(&state, "Cause", OBJECT)).collect()
    })
    .at_least(5),
    Operator::new("all conditions are for other values", Code::NoRuleMatches, |it| {
        let choices =
            known_jsonata(it).into_iter().filter(|state| state.is("Choice") && !state.has("Default"));
        let other = choices.map(|choice| {
            let rules = choice.json["Choices"].as_array().into_iter().flatten().enumerate();
            rules.fold(Mutant::at(choice.at("Choices")), |mutant, (at, _)| {
                let condition = json!(format!("{{% $states.input.kind = 'other {at}' %}}"));
                mutant.set(choice.at(&format!("Choices/{at}/Condition")), condition)
            })
        });
        other.collect()
    })
    .at_least(1),
];

fn maps(it: &Definition) -> Vec<State<'_>> {
    let maps = it.states_like(&["Map"]).into_iter();
    maps.filter(|map| map.is_jsonata && !map.has("ItemReader")).collect()
}

/// Puts an expression where any value may stand, in any definition.
fn with_values(it: &Definition, expression: &str) -> Vec<Mutant> {
    const FIELDS: &[&str] = &["/Arguments", "/Assign", "/Output"];
    let texts = it.states().iter().flat_map(State::expressions).collect::<Vec<_>>();
    let anywhere = texts.iter().filter(|text| FIELDS.iter().any(|field| text.field.starts_with(field)));
    // Without it the task would not be given its token.
    let replaced = anywhere.filter(|text| !text.content.contains("Task.Token") && !text.asks());
    replaced.map(|text| text.expression(expression)).collect()
}

/// Changes expressions where the data is known.
fn with_known(it: &Definition, other: impl Fn(&str) -> Option<String>) -> Vec<Mutant> {
    let states = known_jsonata(it);
    let texts = states.iter().flat_map(State::expressions);
    texts.filter_map(|text| Some(text.expression(other(text.content)?))).collect()
}

/// Gives a state a field, which is to be reported.
fn with_field(state: &State<'_>, field: &str, expression: &str) -> Mutant {
    state.with(field, json!(format!("{{% {expression} %}}")))
}

/// Lets Waits wait for something else.
fn with_time(it: &Definition, field: &str, expression: &str) -> Vec<Mutant> {
    let waits = it.states_like(&["Wait"]).into_iter().filter(|state| state.is_jsonata);
    let other = waits.map(|state| {
        let way = if state.has("Seconds") { "Seconds" } else { "Timestamp" };
        let at = state.at(field);
        let expression = json!(format!("{{% {expression} %}}"));
        Mutant::at(&at).remove(state.at(way)).set(&at, expression)
    });
    other.collect()
}

fn with_conditions(it: &Definition, expression: &str) -> Vec<Mutant> {
    let texts = it.states().iter().flat_map(State::expressions).collect::<Vec<_>>();
    let conditions = texts.iter().filter(|text| text.field.ends_with("/Condition") && !text.asks());
    conditions.map(|text| text.expression(expression)).collect()
}
