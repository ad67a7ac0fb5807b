//! States in JSONPath.

use serde_json::{Map, Value};
use stepwright::plan::{Expression, Kept as KeptField, Seconds, Segment, Slot, TaskInput, ValueId, Wait};

use super::{Printing, resource};
use crate::asl::{self, NullablePath, OrExpression, RuleTest, State, StateKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::graph::{Edge, Kind, PASS_VALUE, Target};
use crate::lower::jsonpath::{
    fields, intrinsic, last_name, path, say_in_jsonata, template, test, with_segments,
};
use crate::lower::places::Kept;

/// What a state works on: a part of the document, a template, or a constant.
#[derive(Default)]
struct Input {
    path: Option<NullablePath>,
    parameters: Option<Value>,
    result: Option<Value>,
}

impl Printing<'_, '_> {
    pub(super) fn jsonpath_state(&mut self) -> State {
        let node = self.node();
        let mut state = State::default();
        state.kind = match &node.kind {
            Kind::Task(task) => {
                let (resource, function) = resource(task);
                let input = self.task_input(&task.input, function);
                state.input_path = input.path;
                let (timeout_seconds, timeout_seconds_path) = self.jsonpath_seconds(task.timeout.as_ref());
                let (heartbeat_seconds, heartbeat_seconds_path) =
                    self.jsonpath_seconds(task.heartbeat.as_ref());
                StateKind::Task(asl::Task {
                    resource,
                    parameters: input.parameters,
                    credentials: task.role.as_ref().map(|role| template(self, [("RoleArn", role)])),
                    timeout_seconds,
                    timeout_seconds_path,
                    heartbeat_seconds,
                    heartbeat_seconds_path,
                    result_selector: self.result_selector(),
                    result_path: self.result_path(node.result),
                    retry: self.retry(),
                    catch: self.jsonpath_catch(),
                    ..asl::Task::default()
                })
            }
            Kind::Pass(value) => {
                let input = self.pass_input(value);
                state.input_path = input.path;
                // Without a value of its own, the Pass ends the scope: its result is the output.
                let result_path = node.result.and_then(|id| self.result_path(Some(id)));
                StateKind::Pass(asl::Pass { parameters: input.parameters, result: input.result, result_path })
            }
            Kind::Keep(kept) => {
                let parameters = kept.map(|kept| Value::Object(self.kept(kept)));
                StateKind::Pass(asl::Pass { parameters, ..asl::Pass::default() })
            }
            Kind::Wait(Wait::Seconds(seconds)) => {
                let (seconds, seconds_path) = self.jsonpath_seconds(Some(seconds));
                StateKind::Wait(asl::Wait { seconds, seconds_path, ..asl::Wait::default() })
            }
            Kind::Wait(Wait::Timestamp(Expression::Literal(Value::String(timestamp)))) => {
                StateKind::Wait(asl::Wait { timestamp: Some(timestamp.clone()), ..asl::Wait::default() })
            }
            Kind::Wait(Wait::Timestamp(timestamp)) => {
                let timestamp_path = Some(self.only_path(timestamp));
                StateKind::Wait(asl::Wait { timestamp_path, ..asl::Wait::default() })
            }
            Kind::Choice { rules, default } => {
                let choices = (rules.iter())
                    .map(|rule| asl::ChoiceRule {
                        comment: rule.comment.map(str::to_owned),
                        assign: self.assigned_on(&rule.edge, None),
                        test: RuleTest::Test(test(self, rule.condition)),
                        next: self.next(rule.edge.target),
                        ..asl::ChoiceRule::default()
                    })
                    .collect();
                let default = default.as_ref().map(|edge| self.next(edge.target));
                StateKind::Choice(asl::Choice { choices, default })
            }
            Kind::Parallel { parallel, branches } => {
                let input = self.parallel_input(parallel.input.as_ref(), branches.first().copied());
                state.input_path = input.path;
                let (result_path, retry, catch) =
                    (self.result_path(node.result), self.retry(), self.jsonpath_catch());
                let branches = branches.iter().map(|branch| self.branch(*branch)).collect();
                StateKind::Parallel(asl::Parallel {
                    parameters: input.parameters,
                    branches,
                    result_selector: self.result_selector(),
                    result_path,
                    retry,
                    catch,
                    ..asl::Parallel::default()
                })
            }
            Kind::Map { map, processor } => {
                let (result_path, catch) = (self.result_path(node.result), self.jsonpath_catch());
                let result_selector = self.result_selector();
                StateKind::Map(Box::new(asl::Map {
                    result_selector,
                    result_path,
                    catch,
                    ..self.map_state(map, *processor)
                }))
            }
            Kind::Succeed => StateKind::Succeed(asl::Succeed::default()),
            Kind::Fail { error, cause } => {
                let (error, error_path) = self.text_or_path(error);
                let (cause, cause_path) = self.text_or_path(cause);
                StateKind::Fail(asl::Fail { error, cause, error_path, cause_path })
            }
        };
        state.assign = match &node.kind {
            // What a Choice assigns itself counts only if no rule matches.
            Kind::Choice { default, .. } => default.as_ref().and_then(|edge| self.assigned_on(edge, None)),
            _ if node.continues() => self.assigned_on(&node.next, node.result),
            _ => None,
        };
        state.output_path = self.output_path();
        state
    }

    /// The variables that are assigned on a transition; `made` is what `$` stands for, if not for the state's input.
    fn assigned_on(&mut self, edge: &Edge, made: Option<ValueId>) -> Option<Map<String, Value>> {
        let assigned: Vec<_> = (edge.writes.iter())
            .filter_map(|write| {
                let name = self.places.assigned(self.graph, self.at.0, edge.target, write.value)?;
                Some((name, &write.expression))
            })
            .collect();
        self.at_hand = made;
        let assign = template(self, assigned);
        self.at_hand = None;
        (!assign.is_empty()).then_some(assign)
    }

    fn task_input(&mut self, input: &TaskInput, function: Option<&str>) -> Input {
        let input = match input {
            TaskInput::Nothing => Input::default(),
            TaskInput::Arguments(arguments) => {
                let arguments = arguments.iter().map(|(name, value)| (*name, value));
                Input { parameters: Some(Value::Object(template(self, arguments))), ..Input::default() }
            }
            TaskInput::Whole(whole) => self.whole(whole),
        };
        let Some(function) = function else { return input };
        let mut invoke = Map::from_iter([("FunctionName".to_owned(), Value::from(function))]);
        match (input.parameters.or(input.result), input.path) {
            (Some(payload), _) => invoke.insert("Payload".to_owned(), payload),
            (None, Some(NullablePath::Path(path))) => {
                invoke.insert("Payload.$".to_owned(), Value::String(path))
            }
            (None, _) => invoke.insert("Payload.$".to_owned(), Value::from("$")),
        };
        Input { parameters: Some(Value::Object(invoke)), ..Input::default() }
    }

    /// A value as the whole input of a state.
    fn whole(&mut self, value: &Expression) -> Input {
        match value {
            Expression::Read(..) => {
                let path = Some(self.only_path(value)).filter(|path| path != "$").map(NullablePath::Path);
                Input { path, ..Input::default() }
            }
            Expression::Object(object) => {
                let object: Vec<_> = fields(object).collect();
                Input { parameters: Some(Value::Object(template(self, object))), ..Input::default() }
            }
            Expression::Literal(object @ Value::Object(_)) => {
                Input { parameters: Some(object.clone()), ..Input::default() }
            }
            _ => {
                let help = format!("give it an object: `data!(…)`; or {}", say_in_jsonata(self));
                self.problem(
                    Diagnostic::error(
                        Code::NotInJsonPath,
                        "in JSONPath, what a state is given is a reference or an object, not a computed value",
                    )
                    .help(help),
                );
                Input::default()
            }
        }
    }

    fn pass_input(&mut self, value: &Expression) -> Input {
        let field = match self.node().result {
            Some(id) => self.graph.envelope(id),
            None => {
                let plain =
                    matches!(value, Expression::Literal(_) | Expression::Read(..) | Expression::Object(_));
                (!plain).then_some(PASS_VALUE)
            }
        };
        if let Some(field) = field {
            let parameters = Some(Value::Object(template(self, [(field, value)])));
            return Input { parameters, ..Input::default() };
        }
        match value {
            Expression::Literal(value) => Input { result: Some(value.clone()), ..Input::default() },
            Expression::StateName(name) => {
                Input { result: Some(Value::String(name.to_string())), ..Input::default() }
            }
            _ => self.whole(value),
        }
    }

    fn kept(&mut self, kept: &[KeptField]) -> Map<String, Value> {
        let mut fields = Map::new();
        for kept in kept {
            let (name, path) = match kept {
                KeptField::Field(name) => {
                    let segment = Segment::Field(name.clone().into());
                    (name.clone(), with_segments("$", &[segment]))
                }
                KeptField::Value(place) => {
                    let name = last_name(self, place).unwrap_or_else(|| PASS_VALUE.to_owned());
                    (name, path(self, place))
                }
            };
            fields.insert(format!("{name}.$"), Value::String(path));
        }
        fields
    }

    /// What all branches are given: the template, and what they read besides.
    fn parallel_input(&mut self, input: Option<&Expression>, first: Option<usize>) -> Input {
        let Some(input) = input else { return Input::default() };
        let mut input = self.whole(input);
        if let (Some(Value::Object(parameters)), Some(first)) = (&mut input.parameters, first) {
            self.add_captured(first, 0, parameters);
        }
        input
    }

    fn jsonpath_seconds(&mut self, seconds: Option<&Seconds>) -> (Option<OrExpression<u64>>, Option<String>) {
        match seconds {
            None => (None, None),
            Some(Seconds::Constant(duration)) => {
                (Some(OrExpression::Constant(self.whole_seconds(*duration))), None)
            }
            Some(Seconds::Data(expression)) => (None, Some(self.only_path(expression))),
        }
    }

    /// A field that takes nothing but a Path.
    pub(super) fn only_path(&mut self, expression: &Expression) -> String {
        if let Expression::Read(..) = expression {
            return intrinsic(self, expression);
        }
        let help = say_in_jsonata(self);
        self.problem(
            Diagnostic::error(
                Code::NotInJsonPath,
                "in JSONPath, this must be a reference, not a computed value",
            )
            .help(help),
        );
        "$".to_owned()
    }

    /// A text of a Fail state: a constant, or a Path or intrinsic function.
    fn text_or_path(&mut self, expression: &Expression) -> (Option<String>, Option<String>) {
        match expression {
            Expression::Literal(Value::String(text)) => (Some(text.clone()), None),
            Expression::Literal(Value::Null) => (None, None),
            _ => (None, Some(intrinsic(self, expression))),
        }
    }

    fn jsonpath_catch(&mut self) -> Option<Vec<asl::Catcher>> {
        let node = self.node();
        let catch: Vec<_> = (node.catch.iter())
            .map(|catch| asl::Catcher {
                comment: catch.catcher.comment.clone(),
                error_equals: catch.catcher.errors.iter().map(ToString::to_string).collect(),
                assign: self.assigned_on(&catch.edge, Some(catch.catcher.error)),
                result_path: self
                    .result_path(Some(catch.catcher.error))
                    .filter(|path| *path != NullablePath::Null || !self.ends_unread(catch.edge.target)),
                next: self.next(catch.edge.target),
                ..asl::Catcher::default()
            })
            .collect();
        (!catch.is_empty()).then_some(catch)
    }

    /// Whether a transition leads to a Fail state that reads nothing, so that it does not matter what becomes of the document.
    pub(super) fn ends_unread(&self, target: Target) -> bool {
        let Target::Node(index) = target else { return false };
        let node = &self.graph.scopes[self.at.0].nodes[index];
        let mut reads = false;
        node.reads(&mut |_, _| reads = true);
        matches!(node.kind, Kind::Fail { .. }) && !reads
    }

    /// Where a value is written; what nobody reads is dropped. That a value takes the place of the whole document is the default of
    /// the language.
    fn result_path(&self, value: Option<ValueId>) -> Option<NullablePath> {
        let Some(Kept::Path(path)) = value.and_then(|id| self.places.kept(self.graph, id)) else {
            return Some(NullablePath::Null);
        };
        let is_spelt_out = value
            .and_then(|id| self.graph.value(self.graph.canonical(id)))
            .is_some_and(|value| matches!(value.slot, Slot::Document { spelt_out: true }));
        if path.is_empty() && !is_spelt_out {
            return None;
        }
        let path: Vec<_> = path.iter().map(|name| Segment::Field(name.clone().into())).collect();
        Some(NullablePath::Path(with_segments("$", &path)))
    }

    /// What the scope has as its value, where this state ends it.
    fn output_path(&mut self) -> Option<NullablePath> {
        let node = self.node();
        if let (Kind::Pass(value), None) = (&node.kind, node.result) {
            // A value that is computed stands in a field of the Pass state's result.
            let plain = matches!(
                value.as_ref(),
                Expression::Literal(_) | Expression::Read(..) | Expression::Object(_)
            );
            return (!plain).then(|| NullablePath::Path(format!("$.{PASS_VALUE}")));
        }
        let output = node.output.as_ref()?;
        let path = self.only_path(output);
        (path != "$").then_some(NullablePath::Path(path))
    }
}
