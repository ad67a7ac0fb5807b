//! What is read in each scope.

use std::collections::BTreeMap;

use stepwright::plan::{Place, Root};

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::graph::{Graph, Use, root_value};
use crate::lower::problems;

/// A place that a state reads, or one that is nested in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) place: &'static Place,
    /// The state in the scope that is analysed.
    pub(super) node: usize,
    pub(super) what: Use,
    /// The state that reads it: its scope and index.
    pub(super) by: (usize, usize),
}

/// What is read in each scope: by its own states, and by nested ones from this scope or the ones around it.
pub(super) fn gather(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Read>> {
    let home: BTreeMap<_, _> =
        graph.scopes.iter().enumerate().map(|(index, scope)| (scope.id, index)).collect();
    let mut uses: Vec<Vec<Read>> = graph.scopes.iter().map(|_| Vec::new()).collect();
    for (index, scope) in graph.scopes.iter().enumerate() {
        for (node_index, node) in scope.nodes.iter().enumerate() {
            let by = (index, node_index);
            node.reads(&mut |place, what| {
                let (owner, shared) = match place.root {
                    Root::Context | Root::Bound(_) => return,
                    Root::Value(id) => (graph.value(id).map(|value| value.scope), true),
                    Root::Document(id) => {
                        (graph.plan.documents.get(&id).map(|document| document.scope), false)
                    }
                };
                let owner = owner.and_then(|scope| home.get(&scope).copied());
                let mut levels = vec![Read { place, node: node_index, what, by }];
                let mut at = index;
                while Some(at) != owner {
                    let Some((outer, node)) = graph.scopes[at].owner.filter(|_| shared) else {
                        diagnostics.push(out_of_scope(graph, place, by));
                        return;
                    };
                    at = outer;
                    levels.push(Read { place, node, what: Use::Field, by });
                }
                let mut at = index;
                for read in levels {
                    uses[at].push(read);
                    at = graph.scopes[at].owner.map_or(0, |(outer, _)| outer);
                }
            });
        }
    }
    uses
}

fn out_of_scope(graph: &Graph<'_>, place: &Place, (scope, node): (usize, usize)) -> Diagnostic {
    let state = &graph.scopes[scope].nodes[node];
    let diagnostic = Diagnostic::error(
        Code::OutOfScope,
        format!("`{}` reads {}, which is not visible here", state.name, problems::describe(graph, place)),
    )
    .at(state.location)
    .in_state(graph.state_path(scope, node));
    match root_value(place).and_then(|id| graph.value(id)) {
        Some(value) => diagnostic.label(value.location, "it is made here, in another scope").help(
            "return the value from the closure of its branch or iteration, and read what `join` or `each` gives",
        ),
        None => diagnostic.help("use only references that were made in this workflow, and in this scope"),
    }
}
