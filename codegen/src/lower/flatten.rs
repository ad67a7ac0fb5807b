//! Flattening: from bodies inside of bodies to states with transitions.
//!
//! A body is entered through *exits* that have no target yet: the state before it, a rule of a Choice, a Catcher. The
//! first state of the body becomes their target, and its own exits go on. A body without states hands the exits through.

mod building;
mod ends;
mod joins;
mod jumps;
mod variables;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use stepwright::QueryLanguage;
use stepwright::plan::{
    self, Body, Expression, Handler, Outcome, Plan, ProblemKind, Repeat, RepeatSense, Slot, StateKind, Step,
    TypeFacts, ValueId,
};

use self::building::{Building, Exit, Mark};
use super::graph::{Catch, Edge, Graph, Kind, Rule, Scope};
use super::{problems, results};
use crate::diagnostic::Diagnostic;

/// Flattens a plan.
pub(super) fn flatten<'p>(
    plan: &'p Plan,
    live: &BTreeSet<ValueId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Graph<'p> {
    let graph = Graph {
        plan,
        scopes: Vec::new(),
        aliases: BTreeMap::new(),
        computed: BTreeSet::new(),
        results: Vec::new(),
    };
    let mut flattener = Flattener { graph, live, diagnostics, setters: BTreeSet::new() };
    flattener.scope(&plan.root, None, plan.name.clone());
    flattener.graph
}

struct Flattener<'p, 'l> {
    graph: Graph<'p>,
    live: &'l BTreeSet<ValueId>,
    diagnostics: &'l mut Vec<Diagnostic>,
    /// The names of the states that were added to set variables.
    setters: BTreeSet<String>,
}

impl<'p> Flattener<'p, '_> {
    /// Whether the machine is in JSONPath.
    fn is_json_path(&self) -> bool {
        self.graph.plan.query_language == QueryLanguage::JsonPath
    }

    fn scope(&mut self, scope: &'p plan::Scope, owner: Option<(usize, usize)>, path: String) -> usize {
        let index = self.graph.scopes.len();
        let input = scope.input;
        let comment = scope.comment.as_deref();
        let empty = Scope { id: scope.id, owner, path, comment, input, entry: None, nodes: Vec::new() };
        self.graph.scopes.push(empty);
        let mut building = Building { jumps_to_come: jumps::count(scope), ..Building::default() };
        let mut exits = self.body(index, &mut building, &scope.body, vec![Exit::Start]);
        let mut value = value_of(&scope.body.outcome);
        if let Some(end) = &scope.end {
            exits.append(&mut building.to_end);
            exits = self.body(index, &mut building, end, exits);
            value = value.or(value_of(&end.outcome));
        }
        self.finish(index, &mut building, exits, value);
        for (mark, location) in &building.jump_locations {
            if building.jumps.contains_key(mark) && !self.is_missing(*mark) {
                self.diagnostics.push(problems::crossing_jump(location));
            }
        }
        self.check_successes(&building, scope, index);
        self.graph.scopes[index].entry = building.entry;
        self.graph.scopes[index].nodes = building.nodes;
        index
    }

    /// What a Succeed state gives has the type of its scope.
    fn check_successes(&mut self, building: &Building<'p>, scope: &plan::Scope, index: usize) {
        let expected = (scope.output.name)();
        let nothing = (TypeFacts::of::<()>().name)();
        for (node_index, node) in building.nodes.iter().enumerate() {
            let given = match (&node.kind, building.gives.get(&node_index)) {
                (_, Some(given)) => (given.name)(),
                (Kind::Succeed, None) if node.output.is_none() => nothing,
                _ => continue,
            };
            if expected != nothing && expected != given {
                let path = format!("{} / {}", self.graph.scopes[index].path, node.name);
                self.diagnostics.push(problems::wrong_success(node, &path, given, expected));
            }
        }
    }

    /// Whether the label was reported already, because it was never placed.
    fn is_missing(&self, mark: Mark) -> bool {
        let missing = |problem: &plan::Problem| matches!(problem.kind, ProblemKind::LabelNotPlaced(label) if mark == Mark::Label(label));
        self.graph.plan.problems.iter().any(missing)
    }

    fn body(
        &mut self,
        scope: usize,
        building: &mut Building<'p>,
        body: &'p Body,
        mut exits: Vec<Exit>,
    ) -> Vec<Exit> {
        // The state that was added last, where nothing came in between.
        let mut last = None;
        for step in &body.steps {
            exits = match step {
                Step::State(state) => {
                    last = Some(building.nodes.len());
                    self.state(scope, building, state, exits)
                }
                Step::Set(set) => self.set(building, exits, set, last),
                Step::Repeat(repeat) => self.repeat(scope, building, repeat, exits),
                Step::Label(label) => {
                    let mark = Mark::Label(*label);
                    exits.append(&mut building.jumps.remove(&mark).unwrap_or_default());
                    // A place that nothing jumps to any more would ask for a state of its own at the end of a body.
                    if building.jumps_to_come.get(label).is_some_and(|jumps| *jumps > 0) {
                        exits.push(Exit::Mark(mark));
                    }
                    exits
                }
                Step::Goto(label, location) => {
                    if let Some(jumps) = building.jumps_to_come.get_mut(label) {
                        *jumps -= 1;
                    }
                    building.jump(Mark::Label(*label), exits, location);
                    Vec::new()
                }
            };
        }
        exits
    }

    fn state(
        &mut self,
        scope: usize,
        building: &mut Building<'p>,
        state: &'p plan::State,
        exits: Vec<Exit>,
    ) -> Vec<Exit> {
        let mut output = None;
        let json_path = self.is_json_path();
        let in_json_path = json_path && !state.in_jsonata;
        let kind = match &state.kind {
            StateKind::Task(task) => Kind::Task(task),
            StateKind::Pass(value) => Kind::Pass(Cow::Borrowed(value)),
            StateKind::Keep(kept) => Kind::Keep(kept.as_deref()),
            StateKind::Wait(wait) => Kind::Wait(wait),
            StateKind::Choice(choice) => Kind::Choice {
                rules: (choice.rules.iter())
                    .map(|rule| Rule {
                        condition: &rule.condition,
                        comment: rule.comment.as_deref(),
                        edge: Edge::default(),
                    })
                    .collect(),
                default: choice.otherwise.as_ref().map(|_| Edge::default()),
            },
            StateKind::Parallel(parallel) => Kind::Parallel { parallel, branches: Vec::new() },
            StateKind::Map(map) => Kind::Map { map, processor: 0 },
            StateKind::Succeed(value) => {
                if let Some((_, ty)) = value {
                    building.gives.insert(building.nodes.len(), *ty);
                }
                match value {
                    Some((value, _)) if in_json_path && !matches!(value, Expression::Read(..)) => {
                        // A Succeed state in JSONPath only selects: the value is made by a Pass state that ends the scope.
                        Kind::Pass(Cow::Borrowed(value))
                    }
                    _ => {
                        output = value.as_ref().map(|(value, _)| Cow::Borrowed(value));
                        Kind::Succeed
                    }
                }
            }
            StateKind::Fail { error, cause } => Kind::Fail { error, cause },
        };
        self.graph.results.extend(results::of(self.graph.plan, state));
        let index = building.add(state.name.to_string(), state.location, kind, state.result);
        let node = &mut building.nodes[index];
        node.comment = state.comment.as_deref();
        node.in_jsonata = json_path && state.in_jsonata;
        node.selector = state.selector.as_ref().filter(|_| self.is_kept(state.result));
        node.retry = &state.retry;
        node.catch = state.catch.iter().map(|catcher| Catch { catcher, edge: Edge::default() }).collect();
        node.output = output;
        building.connect(exits, index);
        self.nested(scope, building, state, index);
        let mut exits = Vec::new();
        if building.nodes[index].continues() && !matches!(state.kind, StateKind::Succeed(_)) {
            exits.push(Exit::Next(index));
        }
        if in_json_path && is_computed(state) {
            self.graph.computed.extend(state.result);
        }
        if let StateKind::Choice(choice) = &state.kind {
            for (rule_index, rule) in choice.rules.iter().enumerate() {
                let entry = vec![Exit::Rule(index, rule_index)];
                exits.append(&mut self.joined(scope, building, &rule.body, entry, state));
            }
            if let Some(otherwise) = &choice.otherwise {
                let entry = vec![Exit::Default(index)];
                exits.append(&mut self.joined(scope, building, otherwise, entry, state));
            }
        }
        for (catch_index, catcher) in state.catch.iter().enumerate() {
            let entry = Exit::Catch(index, catch_index);
            match &catcher.handler {
                Handler::Body(body) => {
                    exits.append(&mut self.joined(scope, building, body, vec![entry], state));
                }
                Handler::ScopeEnd => building.to_end.push(entry),
            }
        }
        exits
    }

    /// Whether a result is of use: it is read, or the user says where it is kept.
    fn is_kept(&self, result: Option<ValueId>) -> bool {
        result.is_some_and(|id| {
            let has_place = self.graph.value(id).is_some_and(|value| !matches!(value.slot, Slot::Auto(_)));
            has_place || self.live.contains(&id)
        })
    }

    /// Flattens the scopes that belong to a state.
    fn nested(&mut self, scope: usize, building: &mut Building<'p>, state: &'p plan::State, index: usize) {
        let path = format!("{} / {}", self.graph.scopes[scope].path, state.name);
        match &state.kind {
            StateKind::Parallel(parallel) => {
                let nested = (parallel.branches.iter().enumerate())
                    .map(|(n, branch)| {
                        self.scope(branch, Some((scope, index)), format!("{path} / branch {n}"))
                    })
                    .collect();
                if let Kind::Parallel { branches, .. } = &mut building.nodes[index].kind {
                    *branches = nested;
                }
            }
            StateKind::Map(map) => {
                let nested = self.scope(&map.processor, Some((scope, index)), path);
                if let Kind::Map { processor, .. } = &mut building.nodes[index].kind {
                    *processor = nested;
                }
            }
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Keep(_)
            | StateKind::Wait(_)
            | StateKind::Choice(_)
            | StateKind::Succeed(_)
            | StateKind::Fail { .. } => {}
        }
    }

    fn repeat(
        &mut self,
        scope: usize,
        building: &mut Building<'p>,
        repeat: &'p Repeat,
        mut exits: Vec<Exit>,
    ) -> Vec<Exit> {
        let mark = Mark::Loop(building.loops);
        building.loops += 1;
        exits.push(Exit::Mark(mark));
        let exits = self.body(scope, building, &repeat.body, exits);
        let rule = Rule { condition: &repeat.condition, comment: None, edge: Edge::default() };
        let kind = Kind::Choice { rules: vec![rule], default: Some(Edge::default()) };
        let index = building.add(repeat.name.to_string(), repeat.location, kind, None);
        building.nodes[index].in_jsonata = repeat.in_jsonata && self.is_json_path();
        building.connect(exits, index);
        let (again, leave) = match repeat.sense {
            RepeatSense::Until => (Exit::Default(index), Exit::Rule(index, 0)),
            RepeatSense::AsLongAs => (Exit::Rule(index, 0), Exit::Default(index)),
        };
        building.jump(mark, vec![again], repeat.location);
        vec![leave]
    }
}

fn value_of(outcome: &Outcome) -> Option<&Expression> {
    match outcome {
        Outcome::Value(value) => Some(value),
        Outcome::Unit | Outcome::Never => None,
    }
}

/// JSONPath: whether the state's value has to be computed by an intrinsic function, on one branch at least.
fn is_computed(state: &plan::State) -> bool {
    let computed = |value: &Expression| {
        !matches!(
            value,
            Expression::Literal(_) | Expression::StateName(_) | Expression::Read(..) | Expression::Object(_)
        )
    };
    // A selection is made by a template too.
    let selected = |selector: &plan::ResultSelector| {
        !matches!(selector.value, Expression::Object(_) | Expression::Literal(Json::Object(_)))
    };
    if state.selector.as_ref().is_some_and(selected) {
        return true;
    }
    match &state.kind {
        StateKind::Pass(value) => computed(value),
        StateKind::Choice(choice) => {
            let bodies = choice.rules.iter().map(|rule| &rule.body).chain(&choice.otherwise);
            bodies.filter_map(|body| value_of(&body.outcome)).any(computed)
        }
        StateKind::Task(_)
        | StateKind::Keep(_)
        | StateKind::Wait(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_)
        | StateKind::Succeed(_)
        | StateKind::Fail { .. } => false,
    }
}
