//! What an expression reads is not there.

use stepwright_codegen::diagnostic::Code;

use super::known_jsonata;
use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};
use crate::mutations::mutant::{Mutant, escaped};
use crate::mutations::places::Text;

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    Operator::new("a field of the input is misspelt", Code::NothingThere, |it| {
        with_paths(it, |_, path| path.content.starts_with("$states.input.").then(|| typo(path)))
    })
    .with(&[Code::NothingThere]),
    Operator::new("an operand is misspelt", Code::NothingThere, |it| {
        with_expressions(it, |_, text| {
            let operator = [" - ", " / ", " < ", " <= "].iter().find(|it| text.content.contains(*it))?;
            let (left, right) = text.content.split_once(operator)?;
            is_path(left).then(|| text.expression(format!("{left}Typo{operator}{right}")))
        })
    })
    .at_least(5),
    Operator::new("an argument is misspelt", Code::NothingThere, |it| {
        const GIVING_NOTHING: &[&str] = &["$round(", "$sum(", "$length(", "$string("];
        with_expressions(it, |_, text| {
            let is_lost = GIVING_NOTHING.iter().any(|name| text.content.starts_with(name));
            is_lost.then(|| text.with_part("$states.input.", "$states.input.typo.")).flatten()
        })
    })
    .at_least(4),
    Operator::new("a member of a variable is misspelt, in JSONata", Code::NothingThere, |it| {
        with_paths(it, |_, path| {
            let is_member = !path.content.starts_with("$states.") && path.content.contains('.');
            is_member.then(|| typo(path))
        })
    })
    .at_least(4),
    Operator::new(
        "a member that a variable in JSONata is made of has another name",
        Code::NothingThere,
        |it| {
            let mut mutants = Vec::new();
            for state in known_jsonata(it) {
                for (variable, value) in state.json["Assign"].as_object().into_iter().flatten() {
                    for name in value.as_object().into_iter().flatten().map(|(name, _)| name) {
                        let reads = with_paths(it, |_, path| {
                            (path.content == format!("${variable}.{name}")).then(|| Mutant::at(&path.pointer))
                        });
                        let at = state.at(&format!("Assign/{variable}/{name}"));
                        mutants.extend(reads.into_iter().map(|mutant| mutant.rename(&at, "other")));
                    }
                }
            }
            mutants
        },
    )
    .at_least(1),
    Operator::new("a field of an `Output` has another name", Code::NothingThere, |it| {
        with_reader_of_output(it, |state, name| {
            let at = state.at(&format!("Output/{}", escaped(name)));
            Some(Mutant::at("").rename(at, format!("other{name}")))
        })
    })
    .with(&[Code::NothingThere])
    .at_least(4),
    Operator::new("a field of an `Output` is left out", Code::NothingThere, |it| {
        with_reader_of_output(it, |state, name| {
            Some(Mutant::at("").remove(state.at(&format!("Output/{}", escaped(name)))))
        })
    })
    .with(&[Code::NothingThere])
    .at_least(4),
    Operator::new("a task has no `Output`, so that its result is all there is", Code::NothingThere, |it| {
        with_reader_of_output(it, |state, _| {
            let is_known = state.is("Task") || state.is("Parallel");
            is_known.then(|| Mutant::at("").remove(state.at("Output")))
        })
    })
    .with(&[Code::NothingThere])
    .at_least(1),
    Operator::new("the envelope of a function is taken for its answer", Code::NothingThere, |it| {
        with_answers_of_functions(it, |text| text.with_part(".Payload.", "."))
    })
    .at_least(2),
    Operator::new("the answer of a function is read from a `body`", Code::NothingThere, |it| {
        with_answers_of_functions(it, |text| text.with_part(".Payload.", ".body."))
    })
    .at_least(2),
    Operator::new("a field of an answer is in the wrong case", Code::NothingThere, |it| {
        with_paths(it, |_, path| {
            path.content.contains(".MessageId").then(|| path.with_part("MessageId", "MessageID"))?
        })
    })
    .at_least(3),
    Operator::new("a field of an answer is misspelt", Code::NothingThere, |it| {
        with_paths(it, |state, path| {
            let is_known = state.is("Task") && !path.content.contains(".Payload");
            (is_known && path.content.starts_with("$states.result.")).then(|| typo(path))
        })
    })
    .at_least(5),
    Operator::new("a branch is misnumbered, in JSONata", Code::NothingThere, |it| {
        with_results(it, "Parallel", |text| {
            let other = text.content.replace("[0]", "[5]").replace("[1]", "[5]");
            (other != text.content).then(|| text.expression(other))
        })
    })
    .at_least(2),
    Operator::new("what a branch gives is misread", Code::NothingThere, |it| {
        with_results(it, "Parallel", |text| is_path(text.content).then(|| typo(text)))
    })
    .at_least(2),
    Operator::new("the branches are taken for each other", Code::NothingThere, |it| {
        with_results(it, "Parallel", |text| {
            text.with_part("[0]", "[1]").or_else(|| text.with_part("[1]", "[0]"))
        })
    })
    .at_least(2),
    Operator::new("what iterations give is misread", Code::NothingThere, |it| {
        with_results(it, "Map", |text| (text.content == "$states.result").then(|| typo_of(text, ".typo")))
    })
    .at_least(1),
    Operator::new("an item is misread, in JSONata", Code::NothingThere, |it| {
        with_paths(it, |_, path| {
            path.content.starts_with("$states.context.Map.Item.Value.").then(|| typo(path))
        })
    })
    .at_least(2),
    Operator::new("an iteration in JSONata reads what is outside", Code::NothingThere, |it| {
        with_paths(it, |state, path| {
            let is_inside =
                state.scope.ends_with("/ItemProcessor") && path.content.starts_with("$states.input.");
            is_inside.then(|| path.expression("$states.input.photos"))
        })
    })
    .with(&[Code::NothingThere])
    .at_least(5),
    Operator::new("the error output in JSONata is misread", Code::NothingThere, |it| {
        let texts = it.states().iter().flat_map(State::expressions).collect::<Vec<_>>();
        let read = texts.iter().filter(|text| is_path(text.content));
        let read = read.filter(|text| text.content.starts_with("$states.errorOutput."));
        read.map(|text| text.expression("$states.errorOutput.message")).collect()
    })
    .at_least(2),
];

/// Expressions where the data is known.
fn with_expressions(it: &Definition, seed: impl Fn(&State<'_>, &Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    let states = known_jsonata(it);
    let texts =
        states.iter().flat_map(|state| state.expressions().into_iter().map(move |text| (state, text)));
    texts.filter_map(|(state, text)| seed(state, &text)).collect()
}

/// Those of them that are nothing but a path; what some function answers may be anything.
fn with_paths(it: &Definition, seed: impl Fn(&State<'_>, &Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    with_expressions(it, |state, text| {
        (is_path(text.content) && !text.content.contains(".Payload.")).then(|| seed(state, text)).flatten()
    })
}

/// The expressions that read a result, of the states of a type.
fn with_results(it: &Definition, kind: &str, seed: impl Fn(&Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    with_expressions(it, |state, text| {
        (state.is(kind) && text.content.contains("$states.result")).then(|| seed(text)).flatten()
    })
}

/// What is read from a `Payload`, whatever definition it is: the envelope is always known.
fn with_answers_of_functions(it: &Definition, seed: fn(&Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    let tasks = it.states_like(&["Task"]).into_iter();
    let invoking = tasks.filter(|task| task.text("Resource") == Some("arn:aws:states:::lambda:invoke"));
    let texts = invoking.flat_map(|task| task.expressions());
    let read =
        texts.filter(|text| is_path(text.content) && text.content.starts_with("$states.result.Payload."));
    read.filter_map(|text| seed(&text)).collect()
}

/// Changes an `Output` where the state after it, to which there is no other way, reads the field. The branches of a Parallel would miss it too.
fn with_reader_of_output(it: &Definition, seed: impl Fn(&State<'_>, &str) -> Option<Mutant>) -> Vec<Mutant> {
    let states = known_jsonata(it);
    let mut mutants = Vec::new();
    for state in &states {
        let next = states.iter().find(|it| it.scope == state.scope && state.text("Next") == Some(it.name));
        let Some(next) = next else { continue };
        if states.iter().flat_map(State::transitions).filter(|way| way.target == next.name).count() > 1
            || next.is("Parallel")
        {
            continue;
        }
        for name in state.json["Output"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let read = format!("$states.input.{name}");
            let reader = next.expressions().into_iter().find(|text| {
                let rest = text.content.strip_prefix(&read);
                rest.is_some_and(|rest| {
                    rest.is_empty() || [" < ", " <= "].iter().any(|it| rest.starts_with(it))
                })
            });
            mutants.extend(reader.and_then(|reader| Some(seed(state, name)?.found_at(&reader.pointer))));
        }
    }
    mutants
}

/// Whether an expression is nothing but a path.
fn is_path(expression: &str) -> bool {
    let mut characters = expression.chars();
    characters.next() == Some('$') && characters.all(|it| it.is_ascii_alphanumeric() || "._[]".contains(it))
}

/// Misspells the last name of a path.
fn typo(path: &Text<'_>) -> Mutant {
    typo_of(path, "Typo")
}

fn typo_of(path: &Text<'_>, end: &str) -> Mutant {
    path.expression(format!("{}{end}", path.content))
}
