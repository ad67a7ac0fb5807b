//! A scope while it is flattened: its states so far, and the transitions whose target is not known yet.

use std::borrow::Cow;
use std::collections::BTreeMap;

use stepwright::plan::{Expression, LabelId, RustLocation, TypeFacts, ValueId};

use crate::lower::graph::{Edge, Kind, Node, Target, Write, root_value};

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
        let Some(expression) = inlined(value, &edge.writes).map(Cow::into_owned) else { return false };
        // A variable may be set twice on one transition.
        edge.writes.retain(|write| write.value != join);
        edge.writes.push(Write { value: join, expression });
        true
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
            result,
            retry: &[],
            catch: Vec::new(),
            next: Edge::default(),
            output: None,
        });
        self.nodes.len() - 1
    }

    fn node_of(exit: Exit) -> Option<usize> {
        match exit {
            Exit::Start | Exit::Mark(_) => None,
            Exit::Next(node) | Exit::Rule(node, _) | Exit::Default(node) | Exit::Catch(node, _) => Some(node),
        }
    }

    pub(super) fn location_of(&self, exit: Exit) -> Option<RustLocation> {
        Self::node_of(exit).map(|node| self.nodes[node].location)
    }

    /// A name for a state that follows an exit; depends on nothing but the state before it.
    pub(super) fn name_after(&self, exit: Exit, suffix: &str) -> Option<String> {
        let name = &self.nodes[Self::node_of(exit)?].name;
        Some(match exit {
            Exit::Rule(_, rule) if suffix == "Result" => format!("{name}Case{}{suffix}", rule + 1),
            Exit::Default(_) if suffix == "Result" => format!("{name}Otherwise{suffix}"),
            Exit::Catch(_, catcher) if suffix == "Result" => format!("{name}Caught{}{suffix}", catcher + 1),
            _ => format!("{name}{suffix}"),
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
