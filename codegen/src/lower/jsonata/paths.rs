//! Where values are found.

use stepwright::plan::{Place, Role, Root, Segment, ValueId};

use super::{Binding, locals, quoted, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::graph::{Graph, Kind, Use};
use crate::lower::places::Places;
use crate::lower::problems;
use crate::lower::states::Printing;

/// Where a place is found: `$order.total`, `$states.input.total`, `$states.result.total`.
pub(in crate::lower) fn path(printing: &mut Printing<'_, '_>, place: &Place, what: Use) -> String {
    if let Some((own, what)) = printing.own_expression(place, what) {
        let base = format!("({})", text(printing, own, what, Binding::Loosest));
        return with_segments(base, &place.path);
    }
    let base = match place.root {
        Root::Context => "$states.context".to_owned(),
        Root::Bound(id) => locals::parameter(printing, id).unwrap_or_else(|| {
            printing.problem(problems::escaped_parameter());
            "null".to_owned()
        }),
        Root::Document(_) if printing.is_in_json_path() => "$states.input".to_owned(),
        Root::Document(_) => {
            printing.problem(
                Diagnostic::error(
                    Code::NotInJsonata,
                    "`document()` needs JSONPath: in JSONata, values live in variables",
                )
                .help(
                    "pass the values that are needed, or write `#[workflow(query_language = \"JSONPath\")]`",
                ),
            );
            "$states.input".to_owned()
        }
        Root::Value(id)
            if printing.is_in_document(id) && made_here(printing.graph, printing.at, id, what).is_none() =>
        {
            let path = printing.places.resolve(printing.graph, printing.at.0, place).unwrap_or_default();
            return with_segments("$states.input".to_owned(), &path);
        }
        Root::Value(id) => value_base(printing.graph, printing.places, printing.at, id, what),
    };
    with_segments(base, &place.path)
}

/// The expression of a value that the state itself makes, where it is at hand: on the way out.
fn made_here(graph: &Graph<'_>, (scope, node): (usize, usize), id: ValueId, what: Use) -> Option<String> {
    let state = &graph.scopes[scope].nodes[node];
    let is = |made: Option<ValueId>| made.map(|made| graph.canonical(made)) == Some(graph.canonical(id));
    match what {
        Use::Exit if is(state.result) && !matches!(state.kind, Kind::Pass(_)) => Some(result_base(graph, id)),
        Use::Catch(catch) if is(Some(state.catch[catch].catcher.error)) => {
            Some("$states.errorOutput".to_owned())
        }
        _ => None,
    }
}

/// The expression of a value as a state sees it.
fn value_base(
    graph: &Graph<'_>,
    places: &Places,
    (scope, node): (usize, usize),
    id: ValueId,
    what: Use,
) -> String {
    if let Some(made) = made_here(graph, (scope, node), id, what) {
        return made;
    }
    if graph.value(id).is_some_and(|value| value.role == Role::Item) {
        return "$states.context.Map.Item.Value".to_owned();
    }
    match places.variable(graph, scope, id) {
        Some(name) if !is_input_here(graph, places, (scope, node), id) => format!("${name}"),
        _ => input_base(places, scope, id),
    }
}

/// Where the input of a scope, or a value that a child execution is handed with it, is found in the first state.
pub(in crate::lower) fn input_base(places: &Places, scope: usize, id: ValueId) -> String {
    with_segments("$states.input".to_owned(), &places.handed[scope].path(id))
}

/// Whether a value is the input of the scope, and this is its first state.
fn is_input_here(graph: &Graph<'_>, places: &Places, (scope, node): (usize, usize), id: ValueId) -> bool {
    let scope_graph = &graph.scopes[scope];
    (scope_graph.input == Some(id) || places.handed[scope].has(id))
        && scope_graph.entry == Some(node)
        && !places.input_passes.contains(&scope)
}

/// `$states.result`, or the part of it that holds the value.
pub(in crate::lower) fn result_base(graph: &Graph<'_>, id: ValueId) -> String {
    match graph.envelope(id) {
        Some(field) => format!("$states.result.{field}"),
        None => "$states.result".to_owned(),
    }
}

pub(in crate::lower) fn with_segments(mut base: String, path: &[Segment]) -> String {
    for segment in path {
        match segment {
            Segment::Field(name) if is_plain(name) => base = format!("{base}.{name}"),
            Segment::Field(name) if !name.contains('`') => base = format!("{base}.`{name}`"),
            Segment::Field(name) => base = format!("$lookup({base}, {})", quoted(name)),
            Segment::Index(index) => base = format!("{base}[{index}]"),
        }
    }
    base
}

/// Whether a field name needs no quotes: a letter, then letters, digits and `_`, and no word of the language.
fn is_plain(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function")
}

#[cfg(test)]
mod tests {
    use stepwright::plan::Segment;

    use super::with_segments;

    #[test]
    fn field_names_that_are_no_names_are_quoted() {
        let path = ["a", "and", "b c", "d`e"].map(|name| Segment::Field(name.into()));
        assert_eq!(with_segments("$x".to_owned(), &path), "$lookup($x.a.`and`.`b c`, 'd`e')");
    }
}
