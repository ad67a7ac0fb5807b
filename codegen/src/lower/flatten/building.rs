//! A scope while it is flattened: its states so far, and the transitions whose target is not known yet.

use std::borrow::Cow;
use std::collections::BTreeMap;

use stepwright::plan::{Expression, Function, LabelId, RustLocation, TypeFacts, ValueId};

use crate::lower::graph::{Edge, Kind, Node, Target, Write, gap_after, root_value};

/// A transition whose target is not known yet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Exit {
    /// The start of the scope.
    Start,
    /// Whatever jumps to this mark.
    Mark(Mark),
    Next(usize),
    Rule(usize, usize),
    Default(usize),
    Catch(usize, usize),
}

impl Exit {
    /// The state that it leads away from.
    pub(super) fn node(self) -> Option<usize> {
        match self {
            Self::Start | Self::Mark(_) => None,
            Self::Next(node) | Self::Rule(node, _) | Self::Default(node) | Self::Catch(node, _) => Some(node),
        }
    }
}

/// A place that transitions can lead back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Label(LabelId),
    /// The beginning of the n-th loop of the scope.
    Loop(usize),
}

/// A scope while it is flattened.
#[derive(Default)]
pub(super) struct Building<'p> {
    pub(super) entry: Option<usize>,
    pub(super) nodes: Vec<Node<'p>>,
    pub(super) marks: BTreeMap<Mark, usize>,
    /// Jumps to marks that have not been passed yet.
    pub(super) jumps: BTreeMap<Mark, Vec<Exit>>,
    pub(super) jump_locations: BTreeMap<Mark, RustLocation>,
    /// How many jumps to each label are still to be flattened.
    pub(super) jumps_to_come: BTreeMap<LabelId, usize>,
    pub(super) loops: usize,
    /// Catchers that lead to the end state of the scope.
    pub(super) to_end: Vec<Exit>,
    /// The types of the values that states end the scope with by themselves.
    pub(super) gives: BTreeMap<usize, TypeFacts>,
}

impl<'p> Building<'p> {
    /// Lets exits lead to a state.
    pub(super) fn connect(&mut self, exits: Vec<Exit>, node: usize) {
        let mut work = exits;
        while let Some(exit) = work.pop() {
            match exit {
                Exit::Start => self.entry = Some(node),
                Exit::Mark(mark) => {
                    self.marks.insert(mark, node);
                    work.append(&mut self.jumps.remove(&mark).unwrap_or_default());
                }
                Exit::Next(_) | Exit::Rule(..) | Exit::Default(_) | Exit::Catch(..) => {
                    if let Some(edge) = self.edge(exit) {
                        edge.target = Target::Node(node);
                    }
                }
            }
        }
    }

    pub(super) fn jump(&mut self, mark: Mark, exits: Vec<Exit>, location: RustLocation) {
        match self.marks.get(&mark) {
            Some(&node) => self.connect(exits, node),
            None => {
                self.jumps.entry(mark).or_default().extend(exits);
                self.jump_locations.insert(mark, location);
            }
        }
    }

    pub(super) fn edge(&mut self, exit: Exit) -> Option<&mut Edge> {
        match exit {
            Exit::Start | Exit::Mark(_) => None,
            Exit::Next(node) => Some(&mut self.nodes[node].next),
            Exit::Catch(node, catcher) => Some(&mut self.nodes[node].catch[catcher].edge),
            Exit::Rule(node, rule) => match &mut self.nodes[node].kind {
                Kind::Choice { rules, .. } => Some(&mut rules[rule].edge),
                _ => None,
            },
            Exit::Default(node) => match &mut self.nodes[node].kind {
                Kind::Choice { default, .. } => default.as_mut(),
                _ => None,
            },
        }
    }

    /// Assigns a value on a transition; not possible if the value depends on what is assigned there.
    pub(super) fn assign(&mut self, exit: Exit, value: &Expression, join: ValueId) -> bool {
        let Some(edge) = self.edge(exit) else { return false };
        let Some(seen) = inlined(value, &edge.writes) else { return false };
        if matches!(&seen, Cow::Owned(copy) if is_volatile(copy)) {
            return false;
        }
        let expression = seen.into_owned();
        if let Exit::Next(node) = exit
            && self.own_volatile(node).is_some_and(|own| reads(&expression, own) > 0)
        {
            return false;
        }
        let Some(edge) = self.edge(exit) else { return false };
        // A variable may be set twice on one transition.
        edge.writes.retain(|write| write.value != join);
        edge.writes.push(Write { value: join, expression });
        true
    }

    /// The value of a Pass state, or what is selected of a result, if it is another one each time that it is computed: read on
    /// the way out of the state, it is written there once more.
    fn own_volatile(&self, node: usize) -> Option<ValueId> {
        let node = &self.nodes[node];
        let own = match (&node.kind, node.selector) {
            (_, Some(selector)) => Some(&selector.value),
            (Kind::Pass(value), None) => Some(&**value),
            _ => None,
        };
        own.filter(|value| is_volatile(value)).and(node.result)
    }

    /// Whether a state can give a value itself: not if it would have to compute more than once what must be the same everywhere.
    pub(super) fn can_give(&self, node: usize, value: &Expression) -> bool {
        self.own_volatile(node).is_none_or(|own| reads(value, own) <= 1)
    }

    /// Adds a state that only does what `kind` says.
    pub(super) fn add(
        &mut self,
        name: String,
        location: RustLocation,
        kind: Kind<'p>,
        result: Option<ValueId>,
    ) -> usize {
        self.nodes.push(Node {
            name,
            location,
            comment: None,
            kind,
            in_jsonata: false,
            selector: None,
            result,
            retry: &[],
            catch: Vec::new(),
            next: Edge::default(),
            output: None,
        });
        self.nodes.len() - 1
    }

    pub(super) fn location_of(&self, exit: Exit) -> Option<RustLocation> {
        exit.node().map(|node| self.nodes[node].location)
    }

    /// A name for a state that follows an exit; depends on nothing but the state before it.
    pub(super) fn name_after(&self, exit: Exit, suffix: &str) -> Option<String> {
        let name = &self.nodes[exit.node()?].name;
        let gap = gap_after(name);
        Some(match exit {
            Exit::Rule(_, rule) if suffix == "Result" => format!("{name}{gap}Case{}{gap}{suffix}", rule + 1),
            Exit::Default(_) if suffix == "Result" => format!("{name}{gap}Otherwise{gap}{suffix}"),
            Exit::Catch(_, catcher) if suffix == "Result" => {
                format!("{name}{gap}Caught{}{gap}{suffix}", catcher + 1)
            }
            _ => format!("{name}{gap}{suffix}"),
        })
    }
}

/// The value that an expression is, if it is nothing but a value.
pub(super) fn whole_value(expression: &Expression) -> Option<ValueId> {
    match expression {
        Expression::Read(place, _) if place.path.is_empty() => root_value(place),
        _ => None,
    }
}

/// How often the value is read while the expression is evaluated; twice stands for any number of times.
fn reads(expression: &Expression, value: ValueId) -> usize {
    let own = match expression {
        Expression::Read(place, _) | Expression::IsSome(place) => {
            usize::from(root_value(place) == Some(value))
        }
        // Looked at, and then taken.
        Expression::Or { value: place, .. } => 2 * usize::from(root_value(place) == Some(value)),
        _ => 0,
    };
    let mut parts = 0;
    expression.children(&mut |part| parts += reads(part, value));
    let repeats = matches!(
        expression,
        Expression::Closure(_)
            | Expression::Jsonata(_)
            | Expression::Call(..)
            | Expression::OrNull(_)
            | Expression::Default { .. }
    );
    own + if repeats { 2 * parts } else { parts }
}

/// Whether an expression gives another value each time that it is computed.
fn is_volatile(expression: &Expression) -> bool {
    let mut volatile = match expression {
        Expression::Call(function, _) => {
            matches!(function, Function::Uuid | Function::Random | Function::Now)
        }
        Expression::Jsonata(jsonata) => {
            let calls = ["$uuid", "$random", "$now", "$millis"];
            jsonata.pieces.iter().any(|piece| calls.iter().any(|function| piece.contains(function)))
        }
        _ => false,
    };
    expression.children(&mut |part| volatile |= is_volatile(part));
    volatile
}

/// The expression on a transition that has these writes: what is assigned there cannot be read there, so a value that
/// is assigned is replaced by what it is assigned. `None` if only a part of it is read.
pub(super) fn inlined<'e>(expression: &'e Expression, writes: &[Write]) -> Option<Cow<'e, Expression>> {
    let written = |id| writes.iter().rfind(|write| write.value == id);
    if let Some(write) = whole_value(expression).and_then(written) {
        return Some(Cow::Owned(write.expression.clone()));
    }
    let mut depends = false;
    expression.places(&mut |place| depends |= root_value(place).and_then(written).is_some());
    (!depends).then_some(Cow::Borrowed(expression))
}
