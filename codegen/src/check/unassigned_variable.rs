//! `SW0382` to `SW0385`: variables have a value where they are read. Spec: "State Machine Variables".

use std::collections::BTreeSet;

use crate::asl::nearest;
use crate::check::Report;
use crate::check::asked_variables::AskedVariables;
use crate::check::index::{Index, StateEntry};
use crate::check::texts::{Takes, Text};
use crate::check::variables::{Variables, Visible};
use crate::diagnostic::{Code, Finding, Severity};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let checker = Checker { index, variables: index.variables(), asked: AskedVariables::new(index) };
    for text in index.texts.iter().filter(|text| !matches!(text.takes, Takes::Literal | Takes::ResultPath)) {
        let mut seen = BTreeSet::new();
        text.variables(|name, is_certain| {
            if seen.insert(name.to_owned()) {
                let finding = checker.finding(text, name, is_certain);
                finding.into_iter().for_each(|finding| report.add(text.state, finding));
            }
        });
    }
}

struct Checker<'i, 'm> {
    index: &'i Index<'m>,
    variables: &'i Variables<'m>,
    asked: AskedVariables<'i, 'm>,
}

impl Checker<'_, '_> {
    fn finding(&self, text: &Text<'_>, name: &str, is_certain: bool) -> Option<Finding> {
        let entry = self.index.state_of(text);
        // That a state is not reached is reported as that.
        if !self.index.is_reached(entry) {
            return None;
        }
        let finding = self.missing(text, entry, name, is_certain)?;
        // Where it has been asked for, it depends on the data whether the text is evaluated without it.
        (!self.asked.is_asked_before(name, entry)).then_some(finding)
    }

    fn missing(
        &self,
        text: &Text<'_>,
        entry: &StateEntry<'_>,
        name: &str,
        is_certain: bool,
    ) -> Option<Finding> {
        let visible = Visible::from(self.index, entry).find_map(|visible| {
            Some((self.variables.scopes[visible.scope].assigned.get(name).copied()?, visible))
        });
        let Some(((number, by), visible)) = visible else {
            return Some(self.unassigned(text, name, is_certain));
        };
        if visible.is_outside {
            let message = format!(
                "`${name}` is a variable of another execution: this one is started by a Distributed Map"
            );
            let finding = error(Code::DistributedVariable, text, &message, is_certain)
                .label(self.index.states[by].pointer.as_str(), "assigned by this state")
                .help("hand the value on with the Map's `ItemSelector`, and read it from the input");
            return Some(finding);
        }
        let scope = &self.index.scopes[visible.scope];
        let position = scope.numbers.binary_search(&visible.state).ok()?;
        let flow = self.variables.flows[visible.scope].as_ref().filter(|flow| flow.is_reached(position))?;
        if !flow.is_possible(position, number) {
            let message = format!("`${name}` is read before any state can have assigned it");
            let finding = error(Code::NotYetAssigned, text, &message, is_certain);
            let finding = finding.label(self.index.states[by].pointer.as_str(), "assigned by this state");
            return Some(if by == visible.state {
                finding.help("what a state assigns can be read from the next state on")
            } else {
                finding
            });
        }
        // In JSONata much works without a value: `$append($list, 1)`.
        if !is_certain || flow.is_sure(position, number) {
            return None;
        }
        let message = format!("`${name}` is read, but not every path to this state assigns it");
        let finding = Finding::warning(Code::MaybeNotAssigned, text.pointer(), message)
            .label(self.index.states[by].pointer.as_str(), "assigned by this state")
            .help("assign a default before the paths part");
        Some(finding)
    }

    fn unassigned(&self, text: &Text<'_>, name: &str, is_certain: bool) -> Finding {
        let finding =
            error(Code::UnassignedVariable, text, &format!("nothing assigns `${name}`"), is_certain);
        let entry = self.index.state_of(text);
        let elsewhere = self.variables.scopes.iter().find_map(|scope| scope.assigned.get(name));
        if let Some((_, state)) = elsewhere {
            return finding
                .label(self.index.states[*state].pointer.as_str(), "a variable of this name ends with its scope")
                .help("give the value back as the output of that scope, and assign it after the state around it");
        }
        let names = Visible::from(self.index, entry).filter(|visible| !visible.is_outside);
        let names = names.flat_map(|visible| self.variables.scopes[visible.scope].assigned.keys().copied());
        // Sorted, as the map has no order.
        let names: BTreeSet<&str> = names.collect();
        let similar = nearest(name, names.into_iter().chain(["states"]));
        finding.maybe_help(similar.map(|name| format!("a variable with a similar name is `${name}`")))
    }
}

/// An error where the text certainly fails, otherwise a warning.
fn error(code: Code, text: &Text<'_>, message: &str, is_certain: bool) -> Finding {
    let mut finding = Finding::error(code, text.pointer(), message);
    if !is_certain {
        finding.severity = Severity::Warning;
    }
    finding
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_findings;

    #[track_caller]
    fn check_states(language: &str, states: &Value, expected: &[&str]) {
        check_findings(&json!({ "QueryLanguage": language, "StartAt": "A", "States": states }), expected);
    }

    #[test]
    fn what_nothing_assigns_is_reported() {
        check_states(
            "JSONPath",
            &json!({
                "A": { "Type": "Pass", "Assign": { "order.$": "$" }, "Next": "B" },
                "B": { "Type": "Pass", "Parameters": { "x.$": "States.Format('{}', $ordr.id)" }, "InputPath": "$order", "End": true },
            }),
            &["error[SW0382] /States/B/Parameters/x.$: nothing assigns `$ordr`"],
        );
        check_states(
            "JSONata",
            &json!({ "A": { "Type": "Pass", "Output": ["{% $order.id %}", "{% 'a' & $name %}"], "End": true } }),
            &[
                "error[SW0382] /States/A/Output/0: nothing assigns `$order`",
                "warning[SW0382] /States/A/Output/1: nothing assigns `$name`",
            ],
        );
    }

    #[test]
    fn local_variables_and_functions_are_no_variables_of_the_machine() {
        let output = "{% ($a := 1; $f := function($b) { $a + $b }; $map([1]@$c#$d, $uppercase) ~> $f) %}";
        check_states("JSONata", &json!({ "A": { "Type": "Pass", "Output": output, "End": true } }), &[]);
    }

    #[test]
    fn a_state_reads_what_was_assigned_before_it() {
        check_states(
            "JSONata",
            &json!({ "A": { "Type": "Pass", "Assign": { "a": 1 }, "Output": "{% $a %}", "End": true } }),
            &["error[SW0383] /States/A/Output: `$a` is read before any state can have assigned it"],
        );
        check_states(
            "JSONata",
            &json!({
                "A": { "Type": "Pass", "Output": "{% $a %}", "Next": "B" },
                "B": { "Type": "Pass", "Assign": { "a": 1 }, "End": true },
            }),
            &["error[SW0383] /States/A/Output: `$a` is read before any state can have assigned it"],
        );
    }

    fn choice(rule: &Value) -> Value {
        json!({ "Type": "Choice", "Choices": [rule], "Default": "C" })
    }

    #[test]
    fn every_path_assigns() {
        let states = |rule: Value, assign: Value| {
            json!({
                "A": choice(&rule),
                "B": { "Type": "Pass", "Assign": assign, "Next": "C" },
                "C": { "Type": "Pass", "Output": "{% $a %}", "End": true },
            })
        };
        let rule = json!({ "Condition": "{% $states.input.x %}", "Next": "B" });
        check_states(
            "JSONata",
            &states(rule.clone(), json!({ "a": 1 })),
            &["warning[SW0384] /States/C/Output: `$a` is read, but not every path to this state assigns it"],
        );
        let mut both = states(rule, json!({ "a": 1 }));
        both["A"]["Assign"] = json!({ "a": 0 });
        check_states("JSONata", &both, &[]);
        let tested = json!({ "Condition": "{% $exists($a) %}", "Next": "B" });
        check_states("JSONata", &states(tested, json!({ "a": 1 })), &[]);
    }

    #[test]
    fn a_question_is_about_what_comes_after_it() {
        let states = |first: &str, last: &str| {
            json!({
                "A": { "Type": "Pass", "Assign": { "z": first }, "Next": "B" },
                "B": { "Type": "Choice", "Choices": [{ "Condition": "{% $states.input.x %}", "Next": "C" }], "Default": "D" },
                "C": { "Type": "Pass", "Assign": { "a": 1 }, "Next": "D" },
                "D": { "Type": "Pass", "Output": "{% $a %}", "Next": "E" },
                "E": { "Type": "Pass", "Output": last, "End": true },
            })
        };
        let asked = "{% $exists($a) %}";
        check_states("JSONata", &states(asked, "1"), &[]);
        check_states(
            "JSONata",
            &states("1", asked),
            &["warning[SW0384] /States/D/Output: `$a` is read, but not every path to this state assigns it"],
        );
        let branch = |name: &str, output: &str| json!({ "StartAt": name, "States": { name: { "Type": "Pass", "Output": output, "End": true } } });
        let mut inner = states("1", "1");
        inner["D"] = json!({ "Type": "Parallel", "Branches": [branch("I", "{% $exists($b) %}"), branch("J", "{% $b %}")], "Next": "E" });
        check_states("JSONata", &inner, &[]);
        inner["A"]["Assign"]["z"] = json!("{% $b %}");
        check_states("JSONata", &inner, &["error[SW0382] /States/A/Assign/z: nothing assigns `$b`"]);
    }

    #[test]
    fn a_catcher_assigns_what_it_says() {
        let states = |assign: Value| {
            json!({
                "A": {
                    "Type": "Task", "Resource": "arn:x", "Assign": { "a": 1 }, "Next": "B",
                    "Catch": [{ "ErrorEquals": ["X"], "Assign": assign, "Next": "B" }],
                },
                "B": { "Type": "Pass", "InputPath": "$a", "End": true },
            })
        };
        check_states("JSONPath", &states(json!({ "a.$": "$.Error" })), &[]);
        check_states(
            "JSONPath",
            &states(json!({ "b.$": "$.Error" })),
            &[
                "warning[SW0384] /States/B/InputPath: `$a` is read, but not every path to this state assigns it",
            ],
        );
    }

    #[test]
    fn lists_may_grow_from_nothing() {
        check_states(
            "JSONata",
            &json!({
                "A": { "Type": "Pass", "Assign": { "list": "{% $append($list, 1) %}" }, "Next": "B" },
                "B": { "Type": "Choice", "Choices": [{ "Condition": "{% $count($list) < 9 %}", "Next": "A" }], "Default": "C" },
                "C": { "Type": "Succeed", "Output": "{% $list %}" },
            }),
            &[],
        );
    }

    fn map(mode: &str, inner: &Value) -> Value {
        let mut config = json!({ "Mode": mode });
        if mode == "DISTRIBUTED" {
            config["ExecutionType"] = json!("STANDARD");
        }
        let processor = json!({ "ProcessorConfig": config, "StartAt": "I", "States": { "I": inner } });
        json!({ "Type": "Map", "Items": "{% $a %}", "ItemProcessor": processor, "Next": "C" })
    }

    #[track_caller]
    fn check_map(mode: &str, inner: &Value, after: &str, expected: &[&str]) {
        check_states(
            "JSONata",
            &json!({
                "A": { "Type": "Pass", "Assign": { "a": [1] }, "Next": "B" },
                "B": map(mode, inner),
                "C": { "Type": "Succeed", "Output": after },
            }),
            expected,
        );
    }

    #[test]
    fn iterations_read_what_is_around_them() {
        let inner = json!({ "Type": "Pass", "Output": "{% $a %}", "End": true });
        check_map("INLINE", &inner, "{% $a %}", &[]);
        check_map(
            "DISTRIBUTED",
            &inner,
            "{% $a %}",
            &["error[SW0385] /States/B/ItemProcessor/States/I/Output: \
               `$a` is a variable of another execution: this one is started by a Distributed Map"],
        );
    }

    #[test]
    fn what_an_iteration_assigns_ends_with_it() {
        let inner = json!({ "Type": "Pass", "Assign": { "b": 1 }, "End": true });
        check_map("INLINE", &inner, "{% $b %}", &["error[SW0382] /States/C/Output: nothing assigns `$b`"]);
    }
}
