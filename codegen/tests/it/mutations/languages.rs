//! Query languages, Paths, calls of Intrinsic Functions, JSONata, the Context Object, timestamps: `SW05xx`.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, State};
use super::mutant::Mutant;
use super::places::Text;

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a state in JSONata has an `InputPath`", Code::WrongLanguage, |it| {
        let states = it.states().into_iter().filter(|state| state.is_jsonata && !state.is("Fail"));
        states.map(|state| state.with("InputPath", json!("$"))).collect()
    }),
    Operator::new("a task in JSONata has a `ResultPath`", Code::WrongLanguage, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|state| state.is_jsonata);
        tasks.map(|state| state.with("ResultPath", json!("$.result"))).collect()
    }),
    Operator::new("a state in JSONPath has an `Output`", Code::WrongLanguage, |it| {
        let states = it.states().into_iter().filter(|state| !state.is_jsonata && !state.is("Fail"));
        states.map(|state| state.with("Output", json!("done"))).collect()
    }),
    Operator::new("a state in JSONPath has an expression", Code::WrongLanguage, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|state| !state.is_jsonata);
        tasks.map(|state| state.with("TimeoutSeconds", json!("{% 60 * 5 %}"))).collect()
    }),
    Operator::new("a state of a machine in JSONata is in JSONPath", Code::JsonPathInJsonata, |it| {
        const OF_JSONATA: &[&str] = &["Arguments", "Output", "Assign", "Choices", "Items", "Catch"];
        let states =
            it.states().into_iter().filter(|state| it.json["QueryLanguage"] == "JSONata" && state.is_jsonata);
        let neutral = states.filter(|state| {
            let has_expression = state.texts().iter().any(|text| text.content.starts_with("{%"));
            !has_expression && !OF_JSONATA.iter().any(|field| state.has(field))
        });
        neutral.map(|state| state.with("QueryLanguage", json!("JSONPath"))).collect()
    }),
    Operator::new("a Path ends with a full stop", Code::BadPath, |it| {
        with_texts(it, State::paths, |text| Some(text.replaced(format!("{}.", text.content))))
    }),
    Operator::new("a Path in a template has an open bracket", Code::BadPath, |it| {
        with_paths(it, |text| Some(text.replaced(format!("{}[", text.content))))
    }),
    Operator::new("`ResultPath` can match more than one value", Code::NotReferencePath, |it| {
        with_result_paths(it, |text| text.replaced(format!("{}[*]", text.content)))
    }),
    Operator::new("`ResultPath` writes to the Context Object", Code::NotReferencePath, |it| {
        with_result_paths(it, |text| text.replaced(format!("${}", text.content)))
    }),
    Operator::new("a call has no closing parenthesis", Code::BadCall, |it| {
        with_paths(it, |text| Some(text.replaced(format!("States.Array({}", text.content))))
    }),
    Operator::new("an Intrinsic Function is misspelt", Code::BadCall, |it| {
        with_paths(it, |text| Some(text.replaced(format!("States.Arrays({})", text.content))))
    }),
    Operator::new("a call has an argument too many", Code::CallArguments, |it| {
        with_paths(it, |text| Some(text.replaced(format!("States.ArrayLength({0}, {0})", text.content))))
    }),
    Operator::new("a text has fewer values than places for them", Code::CallArguments, |it| {
        with_paths(it, |text| Some(text.replaced(format!("States.Format('{{}} of {{}}', {})", text.content))))
    }),
    Operator::new("calls are nested eleven deep", Code::CallNesting, |it| {
        with_paths(it, |text| {
            Some(text.replaced(format!("{}{}{}", "States.Array(".repeat(11), text.content, ")".repeat(11))))
        })
    }),
    Operator::new("a space stands before a Path in a template", Code::BadTemplateField, |it| {
        with_texts(it, State::template_fields, |text| Some(text.replaced(format!(" {}", text.content))))
    }),
    Operator::new("a constant stands under a name with `.$`", Code::BadTemplateField, |it| {
        with_paths(it, |text| {
            let is_token = text.content.contains("Task.Token");
            (!is_token).then(|| text.replaced("a constant"))
        })
    }),
    Operator::new("`.$` is left out", Code::LiteralPath, |it| {
        with_paths(it, |text| {
            let at = text.pointer.strip_suffix(".$")?;
            let name = at.rsplit('/').next()?;
            let is_member = text.content.trim_start_matches('$').starts_with('.');
            is_member.then(|| Mutant::at(at).rename(&text.pointer, name))
        })
    }),
    Operator::new("an expression ends with an operator", Code::BadExpression, |it| {
        with_expressions(it, |text| (!text.asks()).then(|| text.expression(format!("{} +", text.content))))
    }),
    Operator::new("an expression has an open parenthesis", Code::BadExpression, |it| {
        with_expressions(it, |text| (!text.asks()).then(|| text.expression(format!("({}", text.content))))
    }),
    Operator::new("an expression is not closed", Code::BadExpression, |it| {
        with_expressions(it, |text| {
            let takes_any =
                ["/Arguments", "/Assign", "/Output"].iter().any(|field| text.field.starts_with(field));
            (takes_any && !text.asks()).then(|| text.replaced(format!("{{% {}", text.content)))
        })
    }),
    Operator::new("an expression has `??`", Code::BadExpression, |it| {
        with_expressions(it, |text| Some(text.expression(format!("({}) ?? 0", text.content))))
    }),
    Operator::new("a function is misspelt", Code::UnknownFunction, |it| {
        with_expressions(it, |text| Some(text.expression(format!("$strin({})", text.content))))
    }),
    Operator::new("a function is called without a `$`", Code::UnknownFunction, |it| {
        with_expressions(it, |text| {
            // A function of the expression's own could be meant.
            let is_plain = !text.content.contains("function");
            is_plain.then(|| text.expression(format!("string({})", text.content)))
        })
    }),
    Operator::new("a member of `$states` is misspelt", Code::StatesMember, |it| {
        with_expressions(it, |text| text.with_part("$states.input", "$states.inputs"))
    }),
    Operator::new("the result is read before there is one", Code::StatesMember, |it| {
        with_expressions(it, |text| {
            let is_before =
                ["/Arguments", "/Items", "/Seconds"].iter().any(|field| text.field.starts_with(field));
            text.with_part("$states.input", "$states.result").filter(|_| is_before)
        })
    }),
    Operator::new("the error is read where none was caught", Code::StatesMember, |it| {
        with_expressions(it, |text| {
            text.with_part("$states.input", "$states.errorOutput")
                .filter(|_| !text.field.starts_with("/Catch"))
        })
    }),
    Operator::new("a Catcher reads a result", Code::StatesMember, |it| {
        with_expressions(it, |text| text.with_part("$states.errorOutput", "$states.result"))
    }),
    Operator::new("an expression binds `$states`", Code::BoundStates, |it| {
        with_expressions(it, |text| {
            (!text.asks()).then(|| text.expression(format!("($states := 1; {})", text.content)))
        })
    }),
    Operator::new("`$states.input` is left out", Code::NoInputDocument, |it| {
        with_expressions(it, |text| {
            let rest = text.content.strip_prefix("$states.input.")?;
            (!text.asks()).then(|| text.expression(rest))
        })
    }),
    Operator::new("the whole document is read", Code::NoInputDocument, |it| {
        with_expressions(it, |text| text.with_part("$states.input", "$$"))
    }),
    Operator::new("a field of the Context Object is misspelt", Code::UnknownContextField, |it| {
        with_expressions(it, |text| text.with_part("$states.input", "$states.context.Executions"))
    }),
    Operator::new("a Path names no field of the Context Object", Code::UnknownContextField, |it| {
        with_paths(it, |text| text.content.starts_with("$.").then(|| text.replaced("$$.Execution.Ids")))
    }),
    Operator::new("an item is read outside of a Map", Code::NoSuchContext, |it| {
        with_texts(
            it,
            |state| {
                if state.is("Map") || state.scope.contains("ItemProcessor") {
                    Vec::new()
                } else {
                    state.expressions()
                }
            },
            |text| text.with_part("$states.input", "$states.context.Map.Item.Value").filter(|_| !text.asks()),
        )
    }),
    Operator::new("a Path reads an item outside of a Map", Code::NoSuchContext, |it| {
        let states = it.states().into_iter();
        let outside = states.filter(|state| !state.is("Map") && !state.scope.contains("ItemProcessor"));
        let texts = outside.flat_map(|state| state.template_fields());
        let read = texts.filter(|text| text.content.starts_with("$."));
        read.map(|text| text.replaced("$$.Map.Item.Value")).collect()
    }),
    Operator::new("a token is read where nobody waits for it", Code::NoSuchContext, |it| {
        let states = it.states_like(&["Pass", "Choice", "Wait", "Succeed"]);
        let expressions = states.iter().flat_map(State::expressions).filter(|text| !text.asks());
        expressions.filter_map(|text| text.with_part("$states.input", "$states.context.Task.Token")).collect()
    }),
    Operator::new("a time has a space for `T`", Code::BadTimestamp, |it| {
        with_timestamp(it, "2026-03-14 01:59:00Z")
    }),
    Operator::new("a time has no zone", Code::BadTimestamp, |it| with_timestamp(it, "2026-03-14T01:59:00")),
    Operator::new("a Choice Rule compares with no time", Code::BadTimestamp, |it| {
        let choices = it.states_like(&["Choice"]).into_iter().filter(|state| !state.is_jsonata);
        let compared = choices.map(|state| {
            let (rule, next) = (state.at("Choices/0"), &state.json["Choices"][0]["Next"]);
            let test = json!({ "Variable": "$$.State.EnteredTime", "TimestampLessThan": "2026-03-14", "Next": next });
            Mutant::at(format!("{rule}/TimestampLessThan")).set(rule, test)
        });
        compared.collect()
    }),
    Operator::new("a date does not exist", Code::BadTimestamp, |it| {
        with_timestamp(it, "2026-02-30T01:59:00Z")
    }),
];

/// Something that each state may have several of.
fn with_texts<'d>(
    it: &'d Definition,
    texts: fn(&State<'d>) -> Vec<Text<'d>>,
    seed: impl Fn(&Text<'_>) -> Option<Mutant>,
) -> Vec<Mutant> {
    it.states().iter().flat_map(texts).filter_map(|text| seed(&text)).collect()
}

fn with_expressions(it: &Definition, seed: fn(&Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    with_texts(it, State::expressions, seed)
}

/// The fields of Payload Templates that hold a Path.
fn with_paths(it: &Definition, seed: fn(&Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    with_texts(it, State::template_fields, |text| text.content.starts_with('$').then(|| seed(text)).flatten())
}

fn with_result_paths(it: &Definition, seed: fn(&Text<'_>) -> Mutant) -> Vec<Mutant> {
    with_texts(it, State::paths, |text| (text.field == "/ResultPath").then(|| seed(text)))
}

/// Lets Waits end at a time.
fn with_timestamp(it: &Definition, time: &str) -> Vec<Mutant> {
    let waits = it.waits().into_iter();
    waits.map(|state| state.with("Timestamp", json!(time)).remove(state.at("Seconds"))).collect()
}
