//! `SW0516`, too: in JSONata only what stands between `{%` and `%}` is evaluated, and a name with `.$` is a name.
//!
//! The service accepts it, and hands on the text. Developer guide: "Transforming data with JSONata".

use serde_json::Value;

use crate::asl::{QueryLanguage, StateKind, is_expression};
use crate::check::Report;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::check::variables::assigns;
use crate::diagnostic::{Code, Finding, push_token};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in index.states.iter().filter(|entry| entry.language == QueryLanguage::Jsonata) {
        for (pointer, value) in values(entry) {
            let mut found = Found { pointer: entry.at(pointer), findings: Vec::new() };
            found.value(value);
            found.findings.into_iter().for_each(|finding| report.add(entry.number, finding));
        }
        for assign in assigns(entry.state) {
            let mut found = Found { pointer: entry.at(&assign.pointer), findings: Vec::new() };
            // That `x.$` is no variable has a rule of its own.
            for (name, value) in assign.members {
                found.inside(name, |found| found.value(value));
            }
            found.findings.into_iter().for_each(|finding| report.add(entry.number, finding));
        }
    }
}

/// The fields of a state that may hold expressions anywhere, with their pointers.
fn values<'m>(entry: &StateEntry<'m>) -> Vec<(String, &'m Value)> {
    let state = entry.state;
    let mut values: Vec<(String, Option<&Value>)> = vec![("/Output".to_owned(), state.output.as_ref())];
    match &state.kind {
        StateKind::Task(task) => values.push(("/Arguments".to_owned(), task.arguments.as_ref())),
        StateKind::Parallel(parallel) => values.push(("/Arguments".to_owned(), parallel.arguments.as_ref())),
        StateKind::Map(map) => {
            values.push(("/Items".to_owned(), map.items.as_ref()));
            values.push(("/ItemSelector".to_owned(), map.item_selector.as_ref()));
            let batch = map.item_batcher.as_ref().and_then(|batcher| batcher.batch_input.as_ref());
            values.push(("/ItemBatcher/BatchInput".to_owned(), batch));
        }
        StateKind::Choice(choice) => {
            let outputs = choice.choices.iter().enumerate();
            values.extend(outputs.map(|(at, rule)| (format!("/Choices/{at}/Output"), rule.output.as_ref())));
        }
        StateKind::Pass(_) | StateKind::Wait(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {}
    }
    let caught = state.catch().iter().enumerate();
    values.extend(caught.map(|(at, catcher)| (format!("/Catch/{at}/Output"), catcher.output.as_ref())));
    values.into_iter().filter_map(|(pointer, value)| Some((pointer, value?))).collect()
}

struct Found {
    pointer: String,
    findings: Vec<Finding>,
}

impl Found {
    fn inside(&mut self, token: &str, look: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        push_token(&mut self.pointer, token);
        look(self);
        self.pointer.truncate(length);
    }

    // Recursion is as deep as JSON is nested, which for definitions that were read is below 128.
    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    self.inside(&at.to_string(), |found| found.value(element));
                }
            }
            // A definition that is handed on has fields and texts of its own.
            Value::Object(members) if members.contains_key("StartAt") => {}
            Value::Object(members) => {
                for (name, value) in members {
                    self.inside(name, |found| match value {
                        Value::String(text) if name.ends_with(".$") => found.template(name, text),
                        value => found.value(value),
                    });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let trimmed = text.trim();
        if trimmed.len() < text.len() && is_expression(trimmed) {
            let message = "the expression is not evaluated, as there are spaces around it";
            self.report(message.to_owned(), "leave out the spaces before `{%` and after `%}`".to_owned());
        } else if reads_states(text) && !is_substituted(text) {
            let message = format!("`{text}` is not evaluated, as it is not in `{{% %}}`");
            self.report(message, format!("write `{{% {text} %}}` if the value is meant"));
        }
    }

    fn template(&mut self, name: &str, text: &str) {
        let is_meant = text.starts_with("$.") || text.starts_with("$$.") || text.starts_with("States.");
        if !is_meant || text.contains(' ') && !text.ends_with(')') {
            return self.text(text);
        }
        let message = format!("`{text}` is not evaluated, as `.$` means nothing in JSONata");
        let name = name.trim_end_matches(".$");
        self.report(message, format!("call the field `{name}`, and give it an expression in `{{% %}}`"));
    }

    fn report(&mut self, message: String, help: String) {
        self.findings.push(Finding::warning(Code::LiteralPath, &self.pointer, message).help(help));
    }
}

/// Whether a text is nothing but a path into `$states`.
fn reads_states(text: &str) -> bool {
    const MEMBERS: [&str; 4] = ["input", "result", "context", "errorOutput"];
    let Some(rest) = text.strip_prefix("$states.") else { return false };
    let member = rest.split(['.', '[']).next().unwrap_or_default();
    MEMBERS.contains(&member) && rest.chars().all(|c| c.is_alphanumeric() || "._[]".contains(c))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_output(output: &Value, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": output, "End": true }),
            expected,
        );
    }

    #[test]
    fn what_looks_like_an_expression_and_is_none_is_reported() {
        check_output(
            &json!({ "a": ["$states.input.orders[0].id"], "b": " {% $states.input %}" }),
            &[
                "warning[SW0516] /States/A/Output/a/0: \
                 `$states.input.orders[0].id` is not evaluated, as it is not in `{% %}`",
                "warning[SW0516] /States/A/Output/b: the expression is not evaluated, as there are spaces around it",
            ],
        );
        check_output(
            &json!({ "id.$": "$.order.id", "name.$": "States.Format('{}', $.name)" }),
            &[
                "warning[SW0516] /States/A/Output/id.$: \
                 `$.order.id` is not evaluated, as `.$` means nothing in JSONata",
                "warning[SW0516] /States/A/Output/name.$: \
                 `States.Format('{}', $.name)` is not evaluated, as `.$` means nothing in JSONata",
            ],
        );
    }

    #[test]
    fn texts_about_data_are_texts() {
        for text in
            ["$5", "$states", "$states.input is what the state gets", "$states.inputs", "${States}", "$.a"]
        {
            check_output(&json!(text), &[]);
        }
        check_output(&json!({ "definition": { "StartAt": "A", "id.$": "$.id" } }), &[]);
        check_output(&json!({ "price.$": "5 $" }), &[]);
    }
}
