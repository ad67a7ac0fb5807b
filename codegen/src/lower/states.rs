//! Printing: every state of the graph as a state of the model.

mod jsonata;
mod jsonpath;
mod map;
mod mixed;
mod selected;

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Number;
use stepwright::plan::{Expression, RustLocation, ValueId};
use stepwright::{Integration, QueryLanguage, Retrier};

use super::capture::Environment;
use super::graph::{Graph, Node, Target, gap_after};
use super::jsonata::{Local, problem_of_text};
use super::places::Places;
use crate::asl::{self, State};
use crate::diagnostic::{Code, Diagnostic};

/// What the printers need to know, and where they are.
pub(super) struct Printing<'g, 'p> {
    pub(super) graph: &'g Graph<'p>,
    pub(super) environments: &'g [Environment],
    pub(super) places: &'g Places,
    /// The state that is printed: its scope and index.
    pub(super) at: (usize, usize),
    /// JSONPath: the result that is `$` where variables are assigned.
    pub(super) at_hand: Option<ValueId>,
    /// JSONPath: whether what is printed sees the raw result of the state in place of the document.
    pub(super) selecting: bool,
    /// JSONata: the local variables that are visible in the expression that is printed.
    pub(super) locals: Vec<Local>,
    diagnostics: &'g mut Vec<Diagnostic>,
}

/// Prints the whole machine.
pub(super) fn print(
    graph: &Graph<'_>,
    environments: &[Environment],
    places: &Places,
    diagnostics: &mut Vec<Diagnostic>,
) -> asl::StateMachine {
    let plan = graph.plan;
    let mut printing = Printing {
        graph,
        environments,
        places,
        at: (0, 0),
        at_hand: None,
        selecting: false,
        locals: Vec::new(),
        diagnostics,
    };
    let (start_at, states) = printing.scope(0);
    printing.check_state_names();
    asl::StateMachine {
        comment: plan.comment.clone(),
        query_language: Some(match plan.query_language {
            QueryLanguage::Jsonata => asl::QueryLanguage::Jsonata,
            QueryLanguage::JsonPath => asl::QueryLanguage::JsonPath,
        }),
        timeout_seconds: plan.timeout_seconds.map(u64::from),
        start_at,
        states,
        ..asl::StateMachine::default()
    }
}

impl<'g, 'p> Printing<'g, 'p> {
    pub(super) fn node(&self) -> &'g Node<'p> {
        let (scope, node) = self.at;
        &self.graph.scopes[scope].nodes[node]
    }

    /// Reports something about the state that is printed.
    pub(super) fn problem(&mut self, diagnostic: Diagnostic) {
        let (scope, node) = self.at;
        let diagnostic = diagnostic.at(self.node().location).in_state(self.graph.state_path(scope, node));
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The states of a scope, and where it starts.
    fn scope(&mut self, index: usize) -> (String, IndexMap<String, State>) {
        let scope = &self.graph.scopes[index];
        let outer = self.at;
        let outer_locals = std::mem::take(&mut self.locals);
        let mut states = IndexMap::new();
        let mut start_at = scope.entry.map(|entry| scope.nodes[entry].name.clone()).unwrap_or_default();
        if let (true, Some(entry)) = (self.places.input_passes.contains(&index), scope.entry) {
            self.at = (index, entry);
            let name = format!("Before{}{start_at}", gap_after(&start_at));
            states.insert(name.clone(), self.input_pass(start_at));
            start_at = name;
        }
        for (node_index, node) in scope.nodes.iter().enumerate() {
            self.at = (index, node_index);
            self.locals = self.raw_result().into_iter().collect();
            self.check_constants();
            let state = self.state();
            states.insert(node.name.clone(), state);
        }
        (self.at, self.locals) = (outer, outer_locals);
        (start_at, states)
    }

    /// Says that `ends_as` needs JSONPath.
    fn keep_needs_jsonpath(&mut self) {
        self.problem(
            Diagnostic::error(
                Code::NotInJsonata,
                "`ends_as` keeps fields of the document, which JSONata has not",
            )
            .help("say what the scope gives: return it from the closure, or declare an end with `end_with`"),
        );
    }

    fn state(&mut self) -> State {
        let mut state = match self.graph.plan.query_language {
            QueryLanguage::Jsonata => self.jsonata_state(),
            QueryLanguage::JsonPath if self.node().in_jsonata => self.mixed_state(),
            QueryLanguage::JsonPath => self.jsonpath_state(),
        };
        let node = self.node();
        state.comment = node.comment.map(str::to_owned);
        if node.continues() {
            state.next = self.target(node.next.target);
            state.end = state.next.is_none().then_some(true);
        }
        state
    }

    fn target(&self, target: Target) -> Option<String> {
        match target {
            Target::Node(node) => Some(self.graph.scopes[self.at.0].nodes[node].name.clone()),
            Target::End => None,
        }
    }

    /// The target of a transition that must have one.
    fn next(&self, target: Target) -> String {
        self.target(target).unwrap_or_default()
    }

    fn branch(&mut self, scope: usize) -> asl::Branch {
        let (start_at, states) = self.scope(scope);
        let comment = self.graph.scopes[scope].comment.map(str::to_owned);
        asl::Branch { comment, start_at, states }
    }

    fn retry(&self) -> Option<Vec<asl::Retrier>> {
        let retry: Vec<_> = self.node().retry.iter().map(retrier).collect();
        (!retry.is_empty()).then_some(retry)
    }

    /// Whole seconds.
    fn whole_seconds(&mut self, duration: Duration) -> u64 {
        if duration.subsec_nanos() != 0 {
            self.problem(
                Diagnostic::error(
                    Code::NoWholeSeconds,
                    format!("{duration:?} is no whole number of seconds"),
                )
                .help("round it: Step Functions counts whole seconds"),
            );
        }
        duration.as_secs()
    }

    /// What is a constant can be written as JSON, and what is said to be JSONata is.
    fn check_constants(&mut self) {
        let mut reasons = Vec::new();
        let mut misread = Vec::new();
        self.node().each_expression(&mut |expression| match expression {
            Expression::Unprintable(reason) => reasons.push(reason.clone()),
            Expression::Jsonata(jsonata) => misread.extend(problem_of_text(jsonata)),
            _ => {}
        });
        misread.into_iter().for_each(|problem| self.problem(problem));
        for reason in reasons {
            self.problem(
                Diagnostic::error(Code::NoJson, format!("a constant cannot be written as JSON: {reason}"))
                    .help("pass a value that serde_json can serialize"),
            );
        }
    }

    /// State names are unique in the whole machine, and those that are passed as data exist.
    fn check_state_names(&mut self) {
        let graph = self.graph;
        let mut names: BTreeMap<&str, RustLocation> = BTreeMap::new();
        for (scope, graph_scope) in graph.scopes.iter().enumerate() {
            for (node, graph_node) in graph_scope.nodes.iter().enumerate() {
                self.at = (scope, node);
                let Some(first) = names.insert(&graph_node.name, graph_node.location) else { continue };
                names.insert(&graph_node.name, first);
                self.problem(
                    Diagnostic::error(
                        Code::DuplicateStateName,
                        format!("the state name `{}` is used twice", graph_node.name),
                    )
                    .label(first, "first used here")
                    .help("give one of them another name: `.named(\"…\")`"),
                );
            }
        }
        for (scope, graph_scope) in graph.scopes.iter().enumerate() {
            for (node, graph_node) in graph_scope.nodes.iter().enumerate() {
                self.at = (scope, node);
                let mut missing = Vec::new();
                graph_node.each_expression(&mut |expression| {
                    if let Expression::StateName(name) = expression
                        && !names.contains_key(name.as_str())
                    {
                        missing.push(name.clone());
                    }
                });
                for name in missing {
                    self.problem(
                        Diagnostic::error(
                            Code::NoSuchState,
                            format!(
                                "`{}` is given the name of a state `{name}`, which does not exist",
                                graph_node.name
                            ),
                        )
                        .help("name the state with the same constant: `.named(…)`"),
                    );
                }
            }
        }
    }
}

fn retrier(retrier: &Retrier) -> asl::Retrier {
    asl::Retrier {
        comment: retrier.comment.map(str::to_owned),
        error_equals: retrier.error_equals.iter().map(ToString::to_string).collect(),
        interval_seconds: retrier.interval_seconds.map(u64::from),
        max_attempts: retrier.max_attempts.map(u64::from),
        backoff_rate: retrier.backoff_rate.and_then(Number::from_f64),
        max_delay_seconds: retrier.max_delay_seconds.map(u64::from),
        jitter_strategy: retrier.full_jitter.then_some(asl::JitterStrategy::Full),
    }
}

/// The `Resource` of a Task, and the name of the function where that is a parameter.
fn resource(task: &stepwright::plan::Task) -> (String, Option<&'static str>) {
    let (service, function) = match task.integration {
        Integration::Lambda(arn) | Integration::Activity(arn) => return (arn.to_owned(), None),
        Integration::Service(arn) => (arn, None),
        Integration::LambdaInvoke(function) => ("arn:aws:states:::lambda:invoke", Some(function)),
    };
    let resource = match (task.partition, service.strip_prefix("arn:aws:")) {
        (Some(partition), Some(rest)) => format!("arn:{partition}:{rest}"),
        _ => service.to_owned(),
    };
    (resource + task.pattern.suffix(), function)
}
