//! `SW0254`: what a state is given, gives or assigns holds 256 KiB. Developer guide: "Service quotas", "Passing data with variables".
//!
//! What is counted are the constants alone, so what is evaluated comes on top. Where a substitution may make them shorter, it is a
//! warning.

use serde_json::Value;

use crate::asl::{NullablePath, QueryLanguage, StateKind};
use crate::check::Report;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::check::variables::assigns;
use crate::diagnostic::{Code, Finding};

/// The most bytes of a state's input or output, of a variable, and of what a state assigns.
const MOST: usize = 262_144;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for (field, value) in constants(entry) {
            let size = Size::of(value, entry.language);
            if size.bytes <= MOST {
                continue;
            }
            let name = field.rsplit('/').next().unwrap_or_default();
            let message =
                format!("`{name}` has {} bytes, but the data of a state has {MOST} at most", size.bytes);
            let severity = if size.is_substituted { Finding::warning } else { Finding::error };
            let finding = severity(Code::DataSize, entry.at(field), message)
                .on_key()
                .help("keep it in Amazon S3, and hand on where it is");
            report.add(entry.number, finding);
        }
        for assign in assigns(entry.state) {
            let sizes = assign.members.values().map(|value| Size::of(value, entry.language));
            let size = sizes.fold(Size::default(), Size::plus);
            if size.bytes > MOST {
                let message =
                    format!("`Assign` has {} bytes, but variables take {MOST} at once at most", size.bytes);
                let severity = if size.is_substituted { Finding::warning } else { Finding::error };
                report.add(
                    entry.number,
                    severity(Code::DataSize, entry.at(assign.pointer()), message).on_key(),
                );
            }
        }
    }
}

/// The fields of a state whose values are, with what is evaluated in them, its data.
fn constants<'m>(entry: &StateEntry<'m>) -> impl Iterator<Item = (&'static str, &'m Value)> {
    let state = entry.state;
    let (given, selected, batch) = match &state.kind {
        StateKind::Task(task) => (task.parameters.as_ref().or(task.arguments.as_ref()), None, None),
        StateKind::Parallel(parallel) => {
            (parallel.parameters.as_ref().or(parallel.arguments.as_ref()), None, None)
        }
        StateKind::Map(map) => {
            let batch = map.item_batcher.as_ref().and_then(|batcher| batcher.batch_input.as_ref());
            (None, map.item_selector.as_ref().or(map.parameters.as_ref()), batch)
        }
        StateKind::Pass(pass) => {
            // Of what is put nowhere, or is not handed on as a whole, nobody knows.
            let is_kept = pass.result_path != Some(NullablePath::Null) && state.output_path.is_none();
            let made = pass.parameters.as_ref().filter(|_| is_kept && pass.result.is_none());
            (made, pass.result.as_ref().filter(|_| is_kept), None)
        }
        StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {
            (None, None, None)
        }
    };
    let given_name = if entry.language == QueryLanguage::Jsonata { "/Arguments" } else { "/Parameters" };
    let selected_name = match &state.kind {
        StateKind::Pass(_) => "/Result",
        StateKind::Map(map) if map.item_selector.is_none() => "/Parameters",
        _ => "/ItemSelector",
    };
    let fields = [
        (given_name, given),
        (selected_name, selected),
        ("/ItemBatcher/BatchInput", batch),
        ("/Output", state.output.as_ref()),
    ];
    fields.into_iter().filter_map(|(field, value)| Some((field, value?)))
}

/// How long a value is at least, written as JSON.
#[derive(Default, Clone, Copy)]
struct Size {
    bytes: usize,
    is_substituted: bool,
}

impl Size {
    // Recursion is as deep as JSON is nested, which for definitions that were read is below 128.
    fn of(value: &Value, language: QueryLanguage) -> Self {
        match value {
            Value::String(text) => Self::of_text(text, language),
            Value::Array(elements) => {
                let brackets = Self { bytes: 1 + elements.len().max(1), is_substituted: false };
                elements.iter().map(|element| Self::of(element, language)).fold(brackets, Self::plus)
            }
            Value::Object(members) => {
                let braces = Self { bytes: 1 + members.len().max(1), is_substituted: false };
                let sizes = members.iter().map(|(name, value)| Self::of_member(name, value, language));
                sizes.fold(braces, Self::plus)
            }
            Value::Null | Value::Bool(true) => Self { bytes: 4, is_substituted: false },
            Value::Bool(false) => Self { bytes: 5, is_substituted: false },
            Value::Number(number) => Self { bytes: number.to_string().len(), is_substituted: false },
        }
    }

    /// The name, a colon, and the value, of which an evaluated one has at least a character.
    fn of_member(name: &str, value: &Value, language: QueryLanguage) -> Self {
        let colon = Self { bytes: 1, is_substituted: is_substituted(name) };
        let is_evaluated = language == QueryLanguage::JsonPath && name.ends_with(".$");
        let value =
            if is_evaluated { Self { bytes: 1, is_substituted: false } } else { Self::of(value, language) };
        let plain = if is_evaluated { name.trim_end_matches(".$") } else { name };
        colon.plus(Self { bytes: written(plain), is_substituted: false }).plus(value)
    }

    fn of_text(text: &str, language: QueryLanguage) -> Self {
        if language == QueryLanguage::Jsonata && text.starts_with("{%") {
            return Self { bytes: 1, is_substituted: false };
        }
        Self { bytes: written(text), is_substituted: is_substituted(text) }
    }

    fn plus(self, other: Self) -> Self {
        Self { bytes: self.bytes + other.bytes, is_substituted: self.is_substituted || other.is_substituted }
    }
}

/// How long a text is at least in JSON: in quotes, and what cannot stand there as it is in two characters.
fn written(text: &str) -> usize {
    text.len() + 2 + text.bytes().filter(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).count()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::MOST;
    use crate::check::testing::check_state;

    /// A text that is written in so many bytes.
    fn text(bytes: usize) -> String {
        "x".repeat(bytes - 2)
    }

    #[test]
    fn a_result_that_is_too_large_is_reported() {
        let pass = |result: &str, path: Value| json!({ "Type": "Pass", "Result": result, "ResultPath": path, "End": true });
        let message =
            "/States/A/Result: `Result` has 262145 bytes, but the data of a state has 262144 at most";
        check_state(&pass(&text(MOST), json!("$")), &[]);
        check_state(&pass(&text(MOST + 1), json!("$")), &[&format!("error[SW0254] {message}")]);
        check_state(&pass(&text(MOST + 1), Value::Null), &[]);
        let substituted = "${A}".to_owned() + &text(MOST - 3);
        check_state(&pass(&substituted, json!("$")), &[&format!("warning[SW0254] {message}")]);
    }

    #[test]
    fn what_is_evaluated_is_not_counted() {
        let long = "$.".to_owned() + &text(MOST);
        let state = |name: &str| json!({ "Type": "Task", "Resource": "${Pack}", "Parameters": { name: long }, "End": true });
        check_state(&state("a.$"), &[]);
        // `{"a":"$.…"}`
        let message = "/States/A/Parameters: \
                       `Parameters` has 262152 bytes, but the data of a state has 262144 at most";
        let long = "x.".to_owned() + &text(MOST);
        let state =
            json!({ "Type": "Task", "Resource": "${Pack}", "Parameters": { "a": long }, "End": true });
        check_state(&state, &[&format!("error[SW0254] {message}")]);
    }

    #[test]
    fn what_is_assigned_at_once_is_summed_up() {
        let half = text(MOST / 2);
        let assign = json!({ "a": half, "b": half, "c": 1 });
        let state = json!({ "Type": "Pass", "Assign": assign, "End": true });
        check_state(
            &state,
            &["error[SW0254] /States/A/Assign: \
               `Assign` has 262145 bytes, but variables take 262144 at once at most"],
        );
    }
}
