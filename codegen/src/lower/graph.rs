//! The graph: every scope as a list of states with explicit transitions.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use stepwright::Retrier;
use stepwright::plan::{
    self, Expression, Kept, Place, Plan, ResultSelector, Root, RustLocation, ScopeId, ValueId, Wait,
};

use super::results::TaskResult;

/// A workflow, flattened.
#[derive(Debug)]
pub(super) struct Graph<'p> {
    pub(super) plan: &'p Plan,
    /// The root first; a scope after the one around it.
    pub(super) scopes: Vec<Scope<'p>>,
    /// JSONPath: results that are written where the value is kept that they are joined into.
    pub(super) aliases: BTreeMap<ValueId, ValueId>,
    /// JSONPath: values that a Pass state computes with an intrinsic function; a template is an object, so they are kept in
    /// a field of one.
    pub(super) computed: BTreeSet<ValueId>,
    /// What tasks answer.
    pub(super) results: Vec<TaskResult>,
}

/// A nested state machine.
#[derive(Debug)]
pub(super) struct Scope<'p> {
    pub(super) id: ScopeId,
    /// The state that it belongs to: the index of the scope around it, and of the state there.
    pub(super) owner: Option<(usize, usize)>,
    /// For messages: `OrderFulfilment / PackAndTell / branch 1`.
    pub(super) path: String,
    /// Its `Comment`.
    pub(super) comment: Option<&'p str>,
    pub(super) input: Option<ValueId>,
    /// The first state; `None` in a scope without states.
    pub(super) entry: Option<usize>,
    /// In the order of the Rust text.
    pub(super) nodes: Vec<Node<'p>>,
}

/// A state.
#[derive(Debug)]
pub(super) struct Node<'p> {
    pub(super) name: String,
    pub(super) location: RustLocation,
    pub(super) comment: Option<&'p str>,
    pub(super) kind: Kind<'p>,
    /// Whether it is a state in JSONata in a machine in JSONPath.
    pub(super) in_jsonata: bool,
    /// What it makes of its result; where nobody reads that, nothing.
    pub(super) selector: Option<&'p ResultSelector>,
    pub(super) result: Option<ValueId>,
    pub(super) retry: &'p [Retrier],
    pub(super) catch: Vec<Catch<'p>>,
    /// Where it goes when it is done; its writes happen then. Unused by Choice, Succeed and Fail.
    pub(super) next: Edge,
    /// What its scope then has as its value, if the state ends it.
    pub(super) output: Option<Cow<'p, Expression>>,
}

/// What a state does.
#[derive(Debug)]
pub(super) enum Kind<'p> {
    Task(&'p plan::Task),
    Pass(Cow<'p, Expression>),
    Keep(Option<&'p [Kept]>),
    Wait(&'p Wait),
    Choice { rules: Vec<Rule<'p>>, default: Option<Edge> },
    Parallel { parallel: &'p plan::Parallel, branches: Vec<usize> },
    Map { map: &'p plan::Map, processor: usize },
    Succeed,
    Fail { error: &'p Expression, cause: &'p Expression },
}

/// A Choice Rule.
#[derive(Debug)]
pub(super) struct Rule<'p> {
    pub(super) condition: &'p Expression,
    pub(super) comment: Option<&'p str>,
    pub(super) edge: Edge,
}

/// A Catcher.
#[derive(Debug)]
pub(super) struct Catch<'p> {
    pub(super) catcher: &'p plan::Catcher,
    pub(super) edge: Edge,
}

/// A transition, and what is assigned on the way.
#[derive(Debug, Clone, Default)]
pub(super) struct Edge {
    pub(super) target: Target,
    pub(super) writes: Vec<Write>,
}

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Target {
    /// The end of the scope.
    #[default]
    End,
    /// The state with this index in the same scope.
    Node(usize),
}

/// A value that is assigned on a transition, beside the state's own result.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) value: ValueId,
    pub(super) expression: Expression,
}

/// What a place is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To do the state's work: when it is entered.
    Field,
    /// For its output, or to assign a value when it is left: its own result can be read too.
    Exit,
    /// For what the Catcher with this index assigns: its Error Output can be read too.
    Catch(usize),
}

impl<'p> Graph<'p> {
    /// The value that another one is kept as.
    pub(super) fn canonical(&self, id: ValueId) -> ValueId {
        self.aliases.get(&id).map_or(id, |&join| self.canonical(join))
    }

    /// What the plan knows of a value.
    pub(super) fn value(&self, id: ValueId) -> Option<&'p plan::Value> {
        self.plan.values.get(&id)
    }

    /// Whether a value is a variable of the workflow, kept as one in both query languages.
    pub(super) fn is_variable(&self, id: ValueId) -> bool {
        self.value(id).is_some_and(|value| value.role == plan::Role::Variable)
    }

    /// Whether a variable is visible in a scope: a child execution of a distributed Map sees none of those around the Map.
    pub(super) fn sees(&self, mut scope: usize, variable: ValueId) -> bool {
        let Some(home) = self.value(variable).map(|value| value.scope) else { return false };
        while self.scopes[scope].id != home {
            let Some((outer, node)) = self.scopes[scope].owner else { return false };
            if matches!(&self.scopes[outer].nodes[node].kind, Kind::Map { map, .. } if map.distributed.is_some())
            {
                return false;
            }
            scope = outer;
        }
        true
    }

    /// The field of the raw result that holds a value: `Payload` of `lambda:invoke`; in JSONPath, `value` of a Pass whose
    /// value is computed, because a template is an object.
    pub(super) fn envelope(&self, id: ValueId) -> Option<&'static str> {
        let id = self.canonical(id);
        self.value(id)?.envelope.or_else(|| self.computed.contains(&id).then_some(PASS_VALUE))
    }

    /// The name of the state that makes a value.
    pub(super) fn maker(&self, id: Option<ValueId>) -> Option<&str> {
        let id = self.canonical(id?);
        let mut nodes = self.scopes.iter().flat_map(|scope| &scope.nodes);
        nodes
            .find(|node| node.result.is_some_and(|own| self.canonical(own) == id))
            .map(|node| node.name.as_str())
    }

    /// `OrderFulfilment / PackAndTell / branch 1 / Ship`.
    pub(super) fn state_path(&self, scope: usize, node: usize) -> String {
        format!("{} / {}", self.scopes[scope].path, self.scopes[scope].nodes[node].name)
    }

    /// The Rust locations of each name, in order.
    pub(super) fn locations(&self) -> IndexMap<String, Vec<RustLocation>> {
        let mut locations: IndexMap<String, Vec<RustLocation>> = IndexMap::new();
        for node in self.scopes.iter().flat_map(|scope| &scope.nodes) {
            locations.entry(node.name.clone()).or_default().push(node.location);
        }
        locations
    }
}

impl Scope<'_> {
    /// Whether a transition leads back to the first state.
    pub(super) fn reenters_its_start(&self) -> bool {
        let back = |edge: &Edge| self.entry.is_some_and(|entry| edge.target == Target::Node(entry));
        self.nodes.iter().any(|node| node.edges().any(back))
    }
}

impl Node<'_> {
    /// Whether it goes on by itself to `next`.
    pub(super) fn continues(&self) -> bool {
        !matches!(self.kind, Kind::Choice { .. } | Kind::Succeed | Kind::Fail { .. })
    }

    /// Its transitions: `next`, the rules and the default of a Choice, the Catchers.
    pub(super) fn edges(&self) -> impl Iterator<Item = &Edge> {
        let next = self.continues().then_some(&self.next);
        let (rules, default) = match &self.kind {
            Kind::Choice { rules, default } => (rules.as_slice(), default.as_ref()),
            _ => (&[][..], None),
        };
        next.into_iter()
            .chain(rules.iter().map(|rule| &rule.edge))
            .chain(default)
            .chain(self.catch.iter().map(|catch| &catch.edge))
    }

    /// Calls `visit` for each place that the state itself reads, nested scopes apart.
    pub(super) fn reads(&self, visit: &mut impl FnMut(&'static Place, Use)) {
        self.work_reads(visit);
        self.writes(&mut |write, what| write.expression.places(&mut |place| visit(place, what)));
    }

    /// The same, without what is read only to assign it to another value.
    pub(super) fn work_reads(&self, visit: &mut impl FnMut(&'static Place, Use)) {
        self.expressions(&mut |expression, what| expression.places(&mut |place| visit(place, what)));
        if let Kind::Keep(Some(kept)) = &self.kind {
            for kept in *kept {
                if let Kept::Value(place) = kept {
                    visit(place, Use::Field);
                }
            }
        }
    }

    /// Calls `visit` for each expression of the state, nested scopes and writes apart.
    fn expressions(&self, visit: &mut impl FnMut(&Expression, Use)) {
        match &self.kind {
            Kind::Task(task) => task.expressions(&mut |expression| visit(expression, Use::Field)),
            Kind::Pass(value) => visit(value, Use::Field),
            Kind::Wait(Wait::Seconds(plan::Seconds::Data(value)) | Wait::Timestamp(value)) => {
                visit(value, Use::Field);
            }
            Kind::Choice { rules, .. } => rules.iter().for_each(|rule| visit(rule.condition, Use::Field)),
            Kind::Parallel { parallel, .. } => {
                if let Some(input) = &parallel.input {
                    visit(input, Use::Field);
                }
            }
            Kind::Map { map, .. } => map.expressions(&mut |expression| visit(expression, Use::Field)),
            Kind::Fail { error, cause } => {
                visit(error, Use::Field);
                visit(cause, Use::Field);
            }
            Kind::Wait(Wait::Seconds(plan::Seconds::Constant(_))) | Kind::Keep(_) | Kind::Succeed => {}
        }
        if let Some(selector) = self.selector {
            visit(&selector.value, Use::Exit);
        }
        if let Some(output) = &self.output {
            visit(output, Use::Exit);
        }
    }

    /// Calls `visit` for each expression of the state and each part of one, nested scopes apart.
    pub(super) fn each_expression(&self, visit: &mut impl FnMut(&Expression)) {
        fn walk(expression: &Expression, visit: &mut impl FnMut(&Expression)) {
            visit(expression);
            expression.children(&mut |child| walk(child, visit));
        }
        self.expressions(&mut |expression, _| walk(expression, visit));
        self.writes(&mut |write, _| walk(&write.expression, visit));
    }

    /// Calls `visit` for each write on its transitions.
    pub(super) fn writes(&self, visit: &mut impl FnMut(&Write, Use)) {
        for (index, catch) in self.catch.iter().enumerate() {
            catch.edge.writes.iter().for_each(|write| visit(write, Use::Catch(index)));
        }
        if let Kind::Choice { rules, default } = &self.kind {
            let edges = rules.iter().map(|rule| &rule.edge).chain(default);
            edges.flat_map(|edge| &edge.writes).for_each(|write| visit(write, Use::Exit));
        } else {
            self.next.writes.iter().for_each(|write| visit(write, Use::Exit));
        }
    }
}

/// The field in which a JSONPath Pass computes a value that is no object.
pub(super) const PASS_VALUE: &str = "value";

/// The value that a place is part of.
pub(super) fn root_value(place: &Place) -> Option<ValueId> {
    match place.root {
        Root::Value(id) => Some(id),
        Root::Document(_) | Root::Context | Root::Bound(_) => None,
    }
}

/// What is between the parts of a name that is made from this one: `CheckEnd`, but `Run Tests? End`.
pub(super) fn gap_after(name: &str) -> &'static str {
    if name.contains(' ') { " " } else { "" }
}
