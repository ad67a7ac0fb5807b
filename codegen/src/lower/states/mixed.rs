//! A state in JSONata in a machine in JSONPath: values are in the document, and its result is merged into it.

use serde_json::json;
use stepwright::QueryLanguage;
use stepwright::plan::{Expression, Role, Segment, ValueId};

use super::Printing;
use crate::asl::{self, State, StateKind};
use crate::lower::graph::Use;
use crate::lower::jsonata::{member, quoted, value, with_segments};
use crate::lower::places::Kept;

impl Printing<'_, '_> {
    /// Whether the machine is in JSONPath.
    pub(in crate::lower) fn is_in_json_path(&self) -> bool {
        self.graph.plan.query_language == QueryLanguage::JsonPath
    }

    /// Whether a value is found in the document.
    pub(in crate::lower) fn is_in_document(&self, id: ValueId) -> bool {
        self.is_in_json_path()
            && self.graph.value(id).is_some_and(|value| value.role != Role::Item)
            && self.places.variable(self.graph, self.at.0, id).is_none()
    }

    /// A Pass state in JSONata.
    pub(super) fn mixed_pass(&mut self, computed: &Expression) -> State {
        let node = self.node();
        let mut state = State::new(StateKind::Pass(asl::Pass::default()));
        state.query_language = Some(asl::QueryLanguage::Jsonata);
        state.assign = self.assignments(&node.next, None, Use::Exit);
        let kept = node.result.and_then(|id| self.places.kept(self.graph, id));
        state.output = match (&node.output, kept) {
            // The state ends its scope, with this value.
            (Some(output), _) => Some(value(self, output, Use::Exit)),
            (None, Some(Kept::Path(path))) if path.is_empty() => Some(value(self, computed, Use::Field)),
            (None, Some(Kept::Path(path))) => {
                let computed = member(self, computed, Use::Field);
                Some(json!(format!("{{% {} %}}", merged("$states.input", path, &computed))))
            }
            // Nobody reads it, and the input is passed on.
            (None, Some(Kept::Variable(_)) | None) => None,
        };
        state
    }
}

/// An object with a value put in at a path; what else it has stays.
fn merged(object: &str, path: &[String], value: &str) -> String {
    let Some((name, rest)) = path.split_first() else { return value.to_owned() };
    let inner = with_segments(object.to_owned(), &[Segment::Field(name.clone().into())]);
    format!("$merge([{object}, {{{}: {}}}])", quoted(name), merged(&inner, rest, value))
}
