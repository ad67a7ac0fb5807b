//! The diagnostics of lowering: what is said, apart from how it is found.

use stepwright::plan::{Place, Plan, ProblemKind, Role, Root, RustLocation, Segment, Slot};

use super::graph::{Graph, Node, root_value};
use super::places::is_reserved;
use crate::diagnostic::{Code, Diagnostic};

/// What the builders found wrong while the workflow was traced.
pub(super) fn of(plan: &Plan) -> Vec<Diagnostic> {
    let recorded = plan.problems.iter().map(|problem| recorded(&problem.kind).at(problem.location));
    recorded.chain(variable_names(plan)).collect()
}

/// The names of variables that cannot be one in either query language.
fn variable_names(plan: &Plan) -> impl Iterator<Item = Diagnostic> {
    plan.values.values().filter_map(|value| match (value.role, &value.slot) {
        (Role::Variable, Slot::Auto(name)) if !is_name(name) => Some(
            Diagnostic::error(Code::BadVariableName, format!("`{name}` cannot be the name of a variable"))
                .at(value.location)
                .help("a variable name is a letter, then letters, digits and `_`, at most 80 of them"),
        ),
        _ => None,
    })
}

fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(char::is_alphabetic)
        && characters.all(|c| c.is_alphanumeric() || c == '_')
        && name.chars().count() <= 80
}

fn recorded(kind: &ProblemKind) -> Diagnostic {
    match kind {
        ProblemKind::Unfinished { began, name, missing } => {
            let what =
                name.as_ref().map_or_else(|| format!("a `{began}`"), |name| format!("`{began}` of `{name}`"));
            Diagnostic::error(
                Code::Unfinished,
                format!("{what} is never finished, so it is not in the machine"),
            )
            .help(format!("call `{missing}`"))
        }
        ProblemKind::BadPath { path } => {
            Diagnostic::error(Code::BadSavePath, format!("`{path}` is no path below the document"))
                .help("write field names separated by dots, without `$`: `results.tarball`")
        }
        ProblemKind::LabelNotPlaced(_) => {
            Diagnostic::error(Code::MisplacedLabel, "this label is never placed")
                .help("call `s.place(label)` in front of the state that it stands for")
        }
        ProblemKind::LabelPlacedTwice(_) => {
            Diagnostic::error(Code::MisplacedLabel, "this label is already placed")
                .help("make one label for each place; `s.label()` places its label by itself")
        }
        ProblemKind::NothingToComment => Diagnostic::error(
            Code::NothingToComment,
            "there is no state in this body that the comment could belong to",
        )
        .help("call `s.comment(…)` right after the state that it is about"),
        ProblemKind::Prototype { name } => Diagnostic::warning(
            Code::Prototype,
            format!("`{name}` is a prototype: it does not run its task, but gives a sample"),
        )
        .help("remove `prototype` before this is deployed"),
        ProblemKind::ParameterTwice(name) => {
            Diagnostic::error(Code::ParameterTwice, format!("the parameter `{name}` is given twice"))
                .help("keep one of the two: some parameters are arguments of the operation's function")
        }
        ProblemKind::ParameterOfNoObject(name) => Diagnostic::error(
            Code::ParameterOfNoObject,
            format!("the parameter `{name}` is added to parameters that are no object written in place"),
        )
        .help("write them in place: `data!({ … })`, or make the parameter a part of the value"),
        ProblemKind::WaitsForExpress(name) => Diagnostic::error(
            Code::WaitsForExpress,
            format!("`.sync` cannot wait for `{name}`, which is an Express workflow"),
        )
        .help("run it with `s.run_express(workflow().start_express(arn, input))`, or do not wait: `.start(arn, input)`"),
        ProblemKind::ForeignVariable { name, made } => Diagnostic::error(
            Code::ForeignVariable,
            match name.as_str() {
                "" => "a variable of another workflow cannot be set".to_owned(),
                name => format!("the variable `{name}` belongs to another scope, which alone can set it"),
            },
        )
        .label(*made, "it is made here")
        .help(
            "return the new value from the closure of the branch, iteration or body, and set the variable to what `join`, `each` or `ensure` gives",
        ),
        ProblemKind::NoPartToComment { part, added_by } => Diagnostic::error(
            Code::NothingToComment,
            format!("there is no {part} yet that the comment could belong to"),
        )
        .help(format!("comment on it right after the `{added_by}` that adds it")),
        ProblemKind::SelectsLate { after } => Diagnostic::error(
            Code::SelectsLate,
            format!("what is kept of the result is selected after `{after}`"),
        )
        .help(match *after {
            "catch" => "call `select_result` before `catch`: what a handler returns takes the place of what is selected",
            _ => "call `select_result` once, with all that is selected",
        }),
        ProblemKind::SecondEnd => Diagnostic::error(
            Code::SecondEnd,
            "the end state of the scope cannot be declared here",
        )
        .help(
            "call `ends_as` or `end_with` once, first thing in the closure of the branch or Map that it ends",
        ),
    }
}

/// The template of the scope does not give a value, and cannot be extended.
pub(super) fn not_given(graph: &Graph<'_>, scope: usize, place: &Place) -> Diagnostic {
    let owner = graph.scopes[scope].owner;
    let diagnostic = Diagnostic::error(
        Code::NotGiven,
        format!("{} is read inside, but what the scope is given does not contain it", describe(graph, place)),
    )
    .help("give an object that has it: `data!(…)`");
    match owner {
        Some((outer, node)) => {
            diagnostic.at(graph.scopes[outer].nodes[node].location).in_state(graph.state_path(outer, node))
        }
        None => diagnostic,
    }
}

/// The parameter of a closure is read outside of it.
pub(super) fn escaped_parameter() -> Diagnostic {
    Diagnostic::error(Code::EscapedParameter, "the parameter of a closure is read outside of the closure")
        .help("let the closure return what is needed: `lines.map(|line| line.sku)`")
}

/// JSONPath: what is selected of a result is not in it.
pub(super) fn not_in_result(graph: &Graph<'_>, place: &Place) -> Diagnostic {
    Diagnostic::error(
        Code::NotInJsonPath,
        format!("{} is read to select what is kept of a result, but JSONPath sees nothing but the result there", describe(graph, place)),
    )
    .help("select from the result only, and read the other value where it is needed; or keep that one in a variable: `s.var(…)`")
}

/// A text is not JSONata.
pub(super) fn no_jsonata(text: &str, character: usize, reason: &str, location: RustLocation) -> Diagnostic {
    Diagnostic::error(
        Code::NoJsonata,
        format!("this text is no JSONata: {reason}, at character {character} of `{text}`"),
    )
    .label(location, "written here")
    .help("mend the text; what stands in `{…}` must be the name of a value that `jsonata!` is given, or JSONata's own")
}

/// A jump to a label of another scope.
pub(super) fn crossing_jump(location: RustLocation) -> Diagnostic {
    Diagnostic::error(Code::CrossingJump, "this jump leads to a label of another scope").at(location).help(
        "a `goto` stays within its branch or iteration; let the branch return a value and decide after it",
    )
}

/// A Succeed state gives something else than its scope.
pub(super) fn wrong_success(node: &Node<'_>, path: &str, given: &str, expected: &str) -> Diagnostic {
    let (given, expected) = (short(given), short(expected));
    let (what, help) = match given.as_str() {
        "()" => ("nothing".to_owned(), format!("call `succeed_with` and give it a `{expected}`")),
        _ => (
            format!("a `{given}`"),
            format!("give `succeed_with` a `{expected}`, or let the scope return a `{given}`"),
        ),
    };
    Diagnostic::error(
        Code::WrongScopeValue,
        format!("`{}` ends its scope with {what}, but the scope gives a `{expected}`", node.name),
    )
    .at(node.location)
    .in_state(path)
    .help(help)
}

/// The name of a type without the modules that it is in.
fn short(name: &str) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut out = String::new();
    for part in name.split_inclusive(|c| !word(c)) {
        out.push_str(part.rsplit("::").next().unwrap_or(part));
    }
    out
}

/// Whether a name that the user chose for a variable can be one.
pub(super) fn variable_name(path: &[String], outer: bool, location: RustLocation) -> Option<Diagnostic> {
    let name = path.join(".");
    if name.starts_with('$') || path.iter().any(String::is_empty) {
        return None; // The builder has reported it.
    }
    let error = |message: String| Diagnostic::error(Code::BadSavePath, message).at(location);
    if path.len() > 1 {
        return Some(
            error(format!("`{name}` is a path in a document, but in JSONata a value is kept in a variable"))
                .help(format!("give it a plain name: `{}`", path.last().map_or("", String::as_str))),
        );
    }
    if !is_name(&name) || is_reserved(&name) {
        return Some(error(format!("`{name}` cannot be the name of a variable")).help(
            "a variable name is a letter, then letters, digits and `_`, at most 80 of them; not `states`, and not the name of a function of JSONata",
        ));
    }
    outer.then(|| {
        error(format!("an outer scope has a variable `{name}`, which an inner scope must not assign"))
            .help("save the value under another name")
    })
}

/// A place as the user knows it: by where its value comes from.
pub(super) fn describe(graph: &Graph<'_>, place: &Place) -> String {
    let path = place.path.iter().fold(String::new(), |text, segment| match segment {
        Segment::Field(name) => format!("{text}.{name}"),
        Segment::Index(index) => format!("{text}[{index}]"),
    });
    let what = match place.root {
        Root::Document(_) => return format!("`${path}` of the document"),
        Root::Context => return format!("`{path}` of the context object"),
        Root::Bound(_) => return "the parameter of a closure".to_owned(),
        Root::Value(_) => root_value(place).and_then(|id| graph.value(id)),
    };
    let source = match what {
        None => "a value of another workflow".to_owned(),
        Some(value) => match (value.role, &value.slot) {
            // As the user calls it: the parameter of the workflow, `item_as` or `var`.
            (Role::Input | Role::Variable, Slot::Auto(name)) => return format!("`{name}{path}`"),
            (Role::Input, _) => "the input of the scope".to_owned(),
            (Role::Variable, _) => "the variable".to_owned(),
            (Role::Item, _) => "the item".to_owned(),
            (Role::Error, _) => "the caught error".to_owned(),
            (Role::Result | Role::Join, _) => match graph.maker(root_value(place)) {
                Some(name) => format!("the result of `{name}`"),
                None => "the result of a state".to_owned(),
            },
        },
    };
    if path.is_empty() { source } else { format!("`{}` of {source}", path.trim_start_matches('.')) }
}
