//! Flow: is every value there when it is read, and still the one that is meant?
//!
//! A forward analysis over each scope. A value is *assigned* when every path has passed through what makes it; a place is
//! *intact* when nothing has overwritten it since; a field of the document *exists* when every path has written it.

mod document;
mod reads;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use stepwright::plan::{Segment, ValueId};

use self::document::{Document, Path};
use self::reads::{Read, gather};
use super::bits::Bits;
use super::capture::Environment;
use super::graph::{Edge, Graph, Kind, Node, Target, root_value};
use super::places::{Kept, Places};
use crate::diagnostic::Diagnostic;

/// Reports values that are read where they are not there.
pub(super) fn check(
    graph: &Graph<'_>,
    environments: &[Environment],
    places: &Places,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut uses = gather(graph, diagnostics);
    let document = Document::new(graph, environments, places);
    // The facts about the document with which each scope begins; outer scopes come first.
    let mut inherited: Vec<Option<Bits>> = graph.scopes.iter().map(|_| None).collect();
    for scope in 0..graph.scopes.len() {
        let uses = std::mem::take(&mut uses[scope]);
        let analysis = Analysis::new(graph, places, &document, scope, uses);
        let entries = analysis.run(inherited[scope].as_ref());
        for (node, entry) in graph.scopes[scope].nodes.iter().zip(&entries) {
            if let Kind::Parallel { branches, .. } = &node.kind {
                branches.iter().for_each(|branch| inherited[*branch] = Some(entry.document.clone()));
            }
        }
        analysis.report(&entries, diagnostics);
    }
}

/// What is known when a state is entered.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    assigned: Bits,
    intact: Bits,
    document: Bits,
}

struct Analysis<'g, 'p> {
    graph: &'g Graph<'p>,
    places: &'g Places,
    document: &'g Document,
    scope: usize,
    reads: Vec<Read>,
    /// The different values that are read, and the different places.
    values: BTreeMap<ValueId, usize>,
    spots: BTreeMap<(ValueId, Vec<Segment>), usize>,
    /// By bit of `spots`: the value, and the path where it lies in the document (or the name of the variable).
    lying: Vec<(ValueId, Option<Path>)>,
    /// The same bits by value, and by the first name of the path.
    by_value: BTreeMap<ValueId, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl<'g, 'p> Analysis<'g, 'p> {
    fn new(
        graph: &'g Graph<'p>,
        places: &'g Places,
        document: &'g Document,
        scope: usize,
        reads: Vec<Read>,
    ) -> Self {
        let (mut values, mut spots, mut lying) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for read in &reads {
            let Some(id) = root_value(read.place).map(|id| graph.canonical(id)) else { continue };
            let next = values.len();
            values.entry(id).or_insert(next);
            spots.entry((id, read.place.path.clone())).or_insert_with(|| {
                let path = match places.variable(graph, scope, id) {
                    Some(name) => Some(vec![sigil(name)]),
                    None => places.resolve(graph, scope, read.place).map(|path| document::fields_of(&path)),
                };
                lying.push((id, path));
                lying.len() - 1
            });
        }
        let (mut by_value, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (bit, (id, path)) in lying.iter().enumerate() {
            by_value.entry(*id).or_insert_with(Vec::new).push(bit);
            if let Some(name) = path.as_ref().and_then(|path: &Path| path.first()) {
                by_name.entry(name.clone()).or_insert_with(Vec::new).push(bit);
            }
        }
        Self { graph, places, document, scope, reads, values, spots, lying, by_value, by_name }
    }

    fn nodes(&self) -> &'g [Node<'p>] {
        &self.graph.scopes[self.scope].nodes
    }

    /// The facts at the entry of each state, by iteration to the fixpoint.
    fn run(&self, inherited: Option<&Bits>) -> Vec<Facts> {
        let everything = Facts {
            assigned: Bits::ones(self.values.len()),
            intact: Bits::ones(self.lying.len()),
            document: Bits::ones(self.document.len()),
        };
        let nodes = self.nodes();
        let mut entries = vec![everything; nodes.len()];
        let Some(entry) = self.graph.scopes[self.scope].entry else { return entries };
        entries[entry] = self.at_start(inherited);
        let mut work: BTreeSet<usize> = BTreeSet::from([entry]);
        let mut visited = vec![false; nodes.len()];
        while let Some(node) = work.pop_first() {
            visited[node] = true;
            for (edge, made) in Self::edges(&nodes[node]) {
                let Target::Node(target) = edge.target else { continue };
                let mut facts = entries[node].clone();
                self.apply(&mut facts, &nodes[node], edge, made);
                let changed = entries[target].assigned.meet(&facts.assigned)
                    | entries[target].intact.meet(&facts.intact)
                    | entries[target].document.meet(&facts.document);
                if changed || !visited[target] {
                    work.insert(target);
                }
            }
        }
        entries
    }

    fn at_start(&self, inherited: Option<&Bits>) -> Facts {
        let mut facts = Facts {
            assigned: Bits::zeros(self.values.len()),
            intact: Bits::zeros(self.lying.len()),
            document: self.document.at_start(self.graph, self.places, self.scope, inherited),
        };
        let scope = &self.graph.scopes[self.scope];
        for (&id, &bit) in &self.values {
            let outer = self.graph.value(id).is_some_and(|value| value.scope != scope.id);
            if outer || scope.input == Some(id) {
                facts.assigned.set(bit);
            }
        }
        for (bit, (id, _)) in self.lying.iter().enumerate() {
            if self.values.get(id).is_some_and(|value| facts.assigned.has(*value)) {
                facts.intact.set(bit);
            }
        }
        // The item of a Map is there wherever its selector is evaluated.
        for node in self.nodes() {
            if let Kind::Map { map, .. } = &node.kind {
                self.values.get(&map.item).into_iter().for_each(|bit| facts.assigned.set(*bit));
                for (bit, _) in self.lying.iter().enumerate().filter(|(_, (id, _))| *id == map.item) {
                    facts.intact.set(bit);
                }
            }
        }
        facts
    }

    /// The transitions of a state, each with the value that is made by taking it.
    fn edges<'n>(node: &'n Node<'p>) -> Vec<(&'n Edge, Option<ValueId>)> {
        let mut edges = Vec::new();
        if node.continues() {
            edges.push((&node.next, node.result));
        }
        if let Kind::Choice { rules, default } = &node.kind {
            edges.extend(rules.iter().map(|rule| &rule.edge).chain(default).map(|edge| (edge, None)));
        }
        edges.extend(node.catch.iter().map(|catch| (&catch.edge, Some(catch.catcher.error))));
        edges
    }

    fn apply(&self, facts: &mut Facts, node: &Node<'_>, edge: &Edge, made: Option<ValueId>) {
        if let Kind::Keep(Some(kept)) = &node.kind {
            self.document.keep(self.graph, self.places, self.scope, kept, &mut facts.document);
            self.clear_document(&mut facts.intact);
        }
        for id in made.into_iter().chain(edge.writes.iter().map(|write| write.value)) {
            self.make(facts, self.graph.canonical(id));
        }
    }

    fn make(&self, facts: &mut Facts, id: ValueId) {
        if let Some(kept) = self.places.kept(self.graph, id) {
            match kept {
                Kept::Variable(name) => self.overwrite(&[sigil(name)], id, &mut facts.intact),
                Kept::Path(path) => self.overwrite(path, id, &mut facts.intact),
            }
            if let (Kept::Path(path), Some(value)) = (kept, self.graph.value(id)) {
                match self.graph.envelope(id) {
                    Some(field) if path.is_empty() => self.document.write_in(field, &mut facts.document),
                    _ => self.document.write(path, value.ty, &mut facts.document),
                }
            }
        }
        if let Some(bit) = self.values.get(&id) {
            facts.assigned.set(*bit);
        }
        for bit in self.by_value.get(&id).into_iter().flatten() {
            facts.intact.set(*bit);
        }
    }

    /// The whole document is gone; variables are not in it.
    fn clear_document(&self, intact: &mut Bits) {
        for (bit, (id, _)) in self.lying.iter().enumerate() {
            if self.places.variable(self.graph, self.scope, *id).is_none() {
                intact.clear(bit);
            }
        }
    }

    /// A value is written at a path: what lay there, or below, is gone.
    fn overwrite(&self, at: &[String], id: ValueId, intact: &mut Bits) {
        let Some(name) = at.first() else {
            self.clear_document(intact);
            return;
        };
        for bit in self.by_name.get(name).into_iter().flatten() {
            let (other, path) = &self.lying[*bit];
            if *other != id && path.as_ref().is_some_and(|path| path.starts_with(at)) {
                intact.clear(*bit);
            }
        }
    }
}

/// How a variable is told from a field of the document of the same name.
fn sigil(variable: &str) -> String {
    format!("${variable}")
}
