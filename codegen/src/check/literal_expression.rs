//! `SW0516`, too: in JSONata only what stands between `{%` and `%}` is evaluated, and a name with `.$` is a name.
//!
//! The service accepts it, and hands on the text. Developer guide: "Transforming data with JSONata".

use serde_json::Value;

use crate::asl::{QueryLanguage, StateKind, is_expression};
use crate::check::Report;
use crate::check::data_flow::At;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::check::variables::assigns;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in index.states.iter().filter(|entry| entry.language == QueryLanguage::Jsonata) {
        let mut found = Found { entry, report: &mut *report };
        found.fields();
        for assign in assigns(entry.state) {
            assign.place.visit(|at| {
                // That `x.$` is no variable has a rule of its own.
                assign.members.iter().for_each(|(name, value)| found.value(&at.member(name), value));
            });
        }
    }
}

struct Found<'f, 'm> {
    entry: &'f StateEntry<'m>,
    report: &'f mut Report,
}

impl Found<'_, '_> {
    /// The fields of the state that may hold expressions anywhere.
    fn fields(&mut self) {
        let state = self.entry.state;
        self.field(&At::field("Output"), state.output.as_ref());
        match &state.kind {
            StateKind::Task(task) => self.field(&At::field("Arguments"), task.arguments.as_ref()),
            StateKind::Parallel(parallel) => {
                self.field(&At::field("Arguments"), parallel.arguments.as_ref());
            }
            StateKind::Map(map) => {
                self.field(&At::field("Items"), map.items.as_ref());
                self.field(&At::field("ItemSelector"), map.item_selector.as_ref());
                let batch = map.item_batcher.as_ref().and_then(|batcher| batcher.batch_input.as_ref());
                self.field(&At::field("ItemBatcher").member("BatchInput"), batch);
            }
            StateKind::Choice(choice) => {
                for (at, rule) in choice.choices.iter().enumerate() {
                    self.field(&At::field("Choices").element(at).member("Output"), rule.output.as_ref());
                }
            }
            StateKind::Pass(_) | StateKind::Wait(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {}
        }
        for (at, catcher) in state.catch().iter().enumerate() {
            self.field(&At::field("Catch").element(at).member("Output"), catcher.output.as_ref());
        }
    }

    fn field(&mut self, at: &At<'_>, value: Option<&Value>) {
        value.into_iter().for_each(|value| self.value(at, value));
    }

    // Recursion is as deep as JSON is nested, which for definitions that were read is below 128.
    fn value(&mut self, at: &At<'_>, value: &Value) {
        match value {
            Value::String(text) => self.text(at, text),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(&at.element(index), element);
                }
            }
            // A definition that is handed on has fields and texts of its own.
            Value::Object(members) if members.contains_key("StartAt") => {}
            Value::Object(members) => {
                for (name, value) in members {
                    let at = at.member(name);
                    match value {
                        Value::String(text) if name.ends_with(".$") => self.template(&at, name, text),
                        value => self.value(&at, value),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, at: &At<'_>, text: &str) {
        let trimmed = text.trim();
        if trimmed.len() < text.len() && is_expression(trimmed) {
            let message = "the expression is not evaluated, as there are spaces around it";
            self.add(at, message.to_owned(), "leave out the spaces before `{%` and after `%}`".to_owned());
        } else if reads_states(text) && !is_substituted(text) {
            let message = format!("`{text}` is not evaluated, as it is not in `{{% %}}`");
            self.add(at, message, format!("write `{{% {text} %}}` if the value is meant"));
        }
    }

    fn template(&mut self, at: &At<'_>, name: &str, text: &str) {
        let is_meant = text.starts_with("$.") || text.starts_with("$$.") || text.starts_with("States.");
        if !is_meant || text.contains(' ') && !text.ends_with(')') {
            return self.text(at, text);
        }
        let message = format!("`{text}` is not evaluated, as `.$` means nothing in JSONata");
        let name = name.trim_end_matches(".$");
        self.add(at, message, format!("call the field `{name}`, and give it an expression in `{{% %}}`"));
    }

    fn add(&mut self, at: &At<'_>, message: String, help: String) {
        let finding = Finding::warning(Code::LiteralPath, self.entry.at(at.pointer()), message);
        self.report.add(self.entry.number, finding.help(help));
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
