//! What is told of values that are not there when they are read.

use std::collections::BTreeSet;

use stepwright::plan::{Kept as KeptField, Root, Segment, ValueId};

use super::reads::Read;
use super::{Analysis, Facts, sigil};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::graph::{Kind, Node, Use, root_value};
use crate::lower::places::Kept;
use crate::lower::problems;

impl Analysis<'_, '_> {
    pub(super) fn report(&self, entries: &[Facts], diagnostics: &mut Vec<Diagnostic>) {
        let mut reported = BTreeSet::new();
        for read in &self.reads {
            let facts = &entries[read.node];
            match (read.place.root, root_value(read.place).map(|id| self.graph.canonical(id))) {
                (Root::Document(id), _) => {
                    let ty = self.graph.plan.documents.get(&id).map(|document| document.ty);
                    for path in self.document.missing(&read.place.path, ty, &facts.document) {
                        diagnostics.push(self.missing_field(read.node, &path));
                    }
                }
                (_, Some(id)) if !self.is_at_hand(read, id) => {
                    let spot = self.spots.get(&(id, read.place.path.clone()));
                    let assigned = self.values.get(&id).is_none_or(|bit| facts.assigned.has(*bit));
                    let intact = spot.is_none_or(|bit| facts.intact.has(*bit));
                    if !intact && reported.insert((id, read.by)) {
                        diagnostics.push(if assigned {
                            self.stale(read, id)
                        } else {
                            self.unassigned(read, id)
                        });
                    }
                }
                _ => {}
            }
        }
        for (index, node) in self.nodes().iter().enumerate() {
            let Kind::Keep(Some(kept)) = &node.kind else { continue };
            for kept in *kept {
                if let KeptField::Field(name) = kept {
                    let path = [Segment::Field(name.clone().into())];
                    for path in self.document.missing(&path, None, &entries[index].document) {
                        diagnostics.push(self.missing_field(index, &path));
                    }
                }
            }
        }
    }

    /// The state's own result on its way out, and the Error Output for what a Catcher assigns.
    fn is_at_hand(&self, read: &Read, id: ValueId) -> bool {
        let node = &self.nodes()[read.node];
        let own = |own: Option<ValueId>| own.map(|own| self.graph.canonical(own)) == Some(id);
        match read.what {
            Use::Field => false,
            Use::Exit => own(node.result),
            Use::Catch(catch) => own(Some(node.catch[catch].catcher.error)),
        }
    }

    fn unassigned(&self, read: &Read, id: ValueId) -> Diagnostic {
        let mut diagnostic =
            self.reading(Code::MaybeUnassigned, read, "which not every path to it has assigned").help(
                "let every branch and every error handler on the way give a value, or end with `s.fail(…)` or `s.goto(…)`",
            );
        if let Some(value) = self.graph.value(id) {
            diagnostic = diagnostic.label(value.location, "it is made here");
        }
        let maker =
            self.nodes().iter().find(|node| node.result.map(|own| self.graph.canonical(own)) == Some(id));
        if let Some(catch) =
            maker.and_then(|node| node.catch.iter().find(|catch| catch.edge.writes.is_empty()))
        {
            diagnostic =
                diagnostic.label(catch.catcher.location, "after this error is caught, there is no value");
        }
        diagnostic
    }

    fn stale(&self, read: &Read, id: ValueId) -> Diagnostic {
        let path = self.spots.get(&(id, read.place.path.clone())).and_then(|bit| self.lying[*bit].1.clone());
        let mut diagnostic = self
            .reading(Code::StaleValue, read, "which was overwritten since")
            .help("read it before it is overwritten, or keep one of the two elsewhere with `.save_as(…)`");
        let overwrites = |node: &&Node<'_>| {
            let other = node.result.map(|own| self.graph.canonical(own)).filter(|own| *own != id);
            let kept = other.and_then(|own| self.places.kept(self.graph, own));
            match (kept, &path) {
                (Some(Kept::Variable(name)), Some(path)) => path.first() == Some(&sigil(name)),
                (Some(Kept::Path(at)), Some(path)) => path.starts_with(at),
                _ => matches!(node.kind, Kind::Keep(Some(_))),
            }
        };
        if let Some(node) = self.nodes().iter().find(overwrites) {
            diagnostic = diagnostic.label(node.location, format!("`{}` writes to the same place", node.name));
        }
        diagnostic
    }

    fn reading(&self, code: Code, read: &Read, what: &str) -> Diagnostic {
        let (scope, node) = read.by;
        let state = &self.graph.scopes[scope].nodes[node];
        let place = problems::describe(self.graph, read.place);
        Diagnostic::error(code, format!("`{}` reads {place}, {what}", state.name))
            .at(state.location)
            .in_state(self.graph.state_path(scope, node))
    }

    fn missing_field(&self, node: usize, path: &[String]) -> Diagnostic {
        let state = &self.nodes()[node];
        let path = path.join(".");
        Diagnostic::error(
            Code::MissingInDocument,
            format!("`{}` needs `$.{path}`, which not every path to it has written", state.name),
        )
        .at(state.location)
        .in_state(self.graph.state_path(self.scope, node))
        .help(format!(
            "save a result there with `.save_as(\"{path}\")`, or give the state what it needs with `data!(…)`"
        ))
    }
}
