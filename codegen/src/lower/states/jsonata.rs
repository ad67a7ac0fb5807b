//! States in JSONata.

use serde_json::{Map, Value, json};
use stepwright::plan::{Expression, Seconds, TaskInput, ValueId, Wait};

use super::{Printing, resource};
use crate::asl::{self, OrExpression, RuleTest, State, StateKind};
use crate::lower::graph::{Edge, Kind, Use};
use crate::lower::jsonata::{delimited, input_base, result_base, value};
use crate::lower::places::Kept;

/// The whole input of a state; as `Arguments` it is the default.
const INPUT: &str = "{% $states.input %}";
/// The whole result of a state; as `Output` it is the default.
const RESULT: &str = "{% $states.result %}";

impl Printing<'_, '_> {
    pub(super) fn jsonata_state(&mut self) -> State {
        let node = self.node();
        let kind = self.jsonata_kind();
        let mut state = State::new(kind);
        let result = match &node.kind {
            Kind::Choice { .. } | Kind::Succeed | Kind::Fail { .. } => None,
            _ => node.result,
        };
        state.assign = match &node.kind {
            // What a Choice assigns itself counts only if no rule matches.
            Kind::Choice { default, .. } => {
                default.as_ref().and_then(|edge| self.assignments(edge, None, Use::Exit))
            }
            _ if node.continues() => self.assignments(&node.next, result, Use::Exit),
            _ => None,
        };
        if let Some(output) = &node.output {
            let output = value(self, output, Use::Exit);
            // What a state gives by itself is not written down.
            state.output = (output != json!(RESULT)).then_some(output);
        }
        state
    }

    fn jsonata_kind(&mut self) -> StateKind {
        let node = self.node();
        match &node.kind {
            Kind::Task(task) => {
                let (resource, function) = resource(task);
                let arguments = self.arguments(&task.input);
                let arguments = match function {
                    Some(function) => Some(
                        json!({ "FunctionName": function, "Payload": arguments.unwrap_or_else(|| json!(INPUT)) }),
                    ),
                    None => arguments,
                };
                StateKind::Task(asl::Task {
                    resource,
                    arguments,
                    credentials: task
                        .role
                        .as_ref()
                        .map(|role| Map::from_iter([("RoleArn".to_owned(), value(self, role, Use::Field))])),
                    timeout_seconds: task.timeout.as_ref().map(|seconds| self.jsonata_seconds(seconds)),
                    heartbeat_seconds: task.heartbeat.as_ref().map(|seconds| self.jsonata_seconds(seconds)),
                    retry: self.retry(),
                    catch: self.jsonata_catch(),
                    ..asl::Task::default()
                })
            }
            Kind::Pass(_) | Kind::Keep(_) => {
                if matches!(node.kind, Kind::Keep(Some(_))) && !node.in_jsonata {
                    self.keep_needs_jsonpath();
                }
                StateKind::Pass(asl::Pass::default())
            }
            Kind::Wait(Wait::Seconds(seconds)) => StateKind::Wait(asl::Wait {
                seconds: Some(self.jsonata_seconds(seconds)),
                ..asl::Wait::default()
            }),
            Kind::Wait(Wait::Timestamp(timestamp)) => {
                let timestamp = text(value(self, timestamp, Use::Field));
                StateKind::Wait(asl::Wait { timestamp: Some(timestamp), ..asl::Wait::default() })
            }
            Kind::Choice { rules, default } => {
                let choices = (rules.iter())
                    .map(|rule| asl::ChoiceRule {
                        test: RuleTest::Condition(match rule.condition {
                            Expression::Literal(Value::Bool(constant)) => OrExpression::Constant(*constant),
                            condition => OrExpression::Expression(delimited(self, condition, Use::Field)),
                        }),
                        comment: rule.comment.map(str::to_owned),
                        assign: self.assignments(&rule.edge, None, Use::Exit),
                        next: self.next(rule.edge.target),
                        ..asl::ChoiceRule::default()
                    })
                    .collect();
                let default = default.as_ref().map(|edge| self.next(edge.target));
                StateKind::Choice(asl::Choice { choices, default })
            }
            Kind::Parallel { parallel, branches } => {
                let input = parallel.input.as_ref();
                let arguments = match branches.first().filter(|_| self.is_in_json_path()) {
                    Some(first) => input.and_then(|input| self.with_captured(Some(input), *first, 0)),
                    None => input.map(|input| value(self, input, Use::Field)),
                };
                let (retry, catch) = (self.retry(), self.jsonata_catch());
                let branches = branches.iter().map(|branch| self.branch(*branch)).collect();
                StateKind::Parallel(asl::Parallel {
                    arguments,
                    branches,
                    retry,
                    catch,
                    ..asl::Parallel::default()
                })
            }
            Kind::Map { map, processor } => {
                let catch = self.jsonata_catch();
                StateKind::Map(Box::new(asl::Map { catch, ..self.map_state(map, *processor) }))
            }
            Kind::Succeed => StateKind::Succeed(asl::Succeed::default()),
            Kind::Fail { error, cause } => StateKind::Fail(asl::Fail {
                error: Some(text(value(self, error, Use::Field))),
                cause: or_empty(cause).map(|cause| text(value(self, &cause, Use::Field))),
                ..asl::Fail::default()
            }),
        }
    }

    /// The state in front of a scope's first one that keeps the scope's input.
    pub(super) fn input_pass(&mut self, next: String) -> State {
        let scope = self.at.0;
        let input = self.graph.scopes[scope].input;
        if let Some(Kept::Path(path)) = input.and_then(|id| self.places.kept(self.graph, id)) {
            let parameters = path.iter().map(|name| (format!("{name}.$"), json!("$"))).collect();
            let pass = asl::Pass { parameters: Some(Value::Object(parameters)), ..asl::Pass::default() };
            return State { next: Some(next), ..State::new(StateKind::Pass(pass)) };
        }
        let assign = self.given().filter_map(|id| {
            let name = self.places.variable(self.graph, scope, id)?.to_owned();
            Some((name, json!(format!("{{% {} %}}", input_base(self.places, scope, id)))))
        });
        State {
            assign: Some(assign.collect()),
            output: self.item_of_input(),
            next: Some(next),
            ..State::new(StateKind::Pass(asl::Pass::default()))
        }
    }

    /// Whether the input of the state that is printed is that of its scope.
    fn is_first(&self) -> bool {
        let (scope, node) = self.at;
        self.graph.scopes[scope].entry == Some(node) && !self.places.input_passes.contains(&scope)
    }

    /// The values that come with the input of the scope: the input itself, and what a child execution is handed.
    fn given(&self) -> impl Iterator<Item = ValueId> {
        let scope = self.at.0;
        self.graph.scopes[scope].input.into_iter().chain(self.places.handed[scope].values())
    }

    /// The item, where it is not the whole input of the scope.
    fn item_of_input(&self) -> Option<Value> {
        let scope = self.at.0;
        let input = self.graph.scopes[scope].input?;
        self.places.handed[scope].item()?;
        Some(json!(format!("{{% {} %}}", input_base(self.places, scope, input))))
    }

    fn arguments(&mut self, input: &TaskInput) -> Option<Value> {
        match input {
            TaskInput::Nothing if self.is_first() => self.item_of_input(),
            TaskInput::Nothing => None,
            TaskInput::Arguments(arguments) => Some(Value::Object(
                arguments
                    .iter()
                    .map(|(name, argument)| ((*name).to_owned(), value(self, argument, Use::Field)))
                    .collect(),
            )),
            TaskInput::Whole(whole) => {
                Some(value(self, whole, Use::Field)).filter(|whole| *whole != json!(INPUT))
            }
        }
    }

    fn jsonata_seconds(&mut self, seconds: &Seconds) -> OrExpression<u64> {
        match seconds {
            Seconds::Constant(duration) => OrExpression::Constant(self.whole_seconds(*duration)),
            Seconds::Data(expression) => OrExpression::Expression(delimited(self, expression, Use::Field)),
        }
    }

    fn jsonata_catch(&mut self) -> Option<Vec<asl::Catcher>> {
        let node = self.node();
        let catch: Vec<_> = (node.catch.iter().enumerate())
            .map(|(index, catch)| asl::Catcher {
                comment: catch.catcher.comment.clone(),
                error_equals: catch.catcher.errors.iter().map(ToString::to_string).collect(),
                assign: self.assignments(&catch.edge, Some(catch.catcher.error), Use::Catch(index)),
                output: self.document_after_error(catch),
                next: self.next(catch.edge.target),
                ..asl::Catcher::default()
            })
            .collect();
        (!catch.is_empty()).then_some(catch)
    }

    /// What is assigned on a transition: the scope's input where this is its first state, what the state made, and the
    /// values that branches are joined into; of these only what is read later.
    pub(super) fn assignments(
        &mut self,
        edge: &Edge,
        made: Option<ValueId>,
        what: Use,
    ) -> Option<Map<String, Value>> {
        let scope = self.at.0;
        let mut assign = Map::new();
        let assigned = |id| self.places.assigned(self.graph, scope, edge.target, id).map(str::to_owned);
        if self.is_first() {
            let given = self.given().filter_map(|id| Some((id, assigned(id)?)));
            assign.extend(
                given.map(|(id, name)| {
                    (name, json!(format!("{{% {} %}}", input_base(self.places, scope, id))))
                }),
            );
        }
        if let Some((id, name)) = made.and_then(|id| Some((id, assigned(id)?))) {
            let made = match (what, self.made_by_expression()) {
                (Use::Catch(_), _) => json!("{% $states.errorOutput %}"),
                (_, Some((own, what))) => value(self, own, what),
                (_, None) => json!(format!("{{% {} %}}", result_base(self.graph, id))),
            };
            assign.insert(name, made);
        }
        for write in &edge.writes {
            let name = self.places.assigned(self.graph, scope, edge.target, write.value).map(str::to_owned);
            if let Some(name) = name {
                assign.insert(name, value(self, &write.expression, what));
            }
        }
        (!assign.is_empty()).then_some(assign)
    }
}

/// A value that must be a text: a constant, or an expression.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// A text that may be missing, such as the cause of a timeout: then it is empty. `None` if there is none for certain.
fn or_empty(text: &Expression) -> Option<std::borrow::Cow<'_, Expression>> {
    use std::borrow::Cow;
    match text {
        Expression::Read(place, stepwright::plan::Kind::Optional) => {
            let default = Box::new(Expression::Literal(json!("")));
            Some(Cow::Owned(Expression::Or { value: place, default }))
        }
        Expression::Literal(Value::Null) => None,
        text if text.kind() == stepwright::plan::Kind::Optional => Some(Cow::Owned(Expression::Default {
            value: Box::new(text.clone()),
            default: Box::new(Expression::Literal(json!(""))),
        })),
        _ => Some(Cow::Borrowed(text)),
    }
}
