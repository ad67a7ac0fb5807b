//! What Paths find, and how a result is put into the input. Spec: "Paths", "Reference Paths", "`ResultPath`".

use crate::asl::path::{Path, Root, Step};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::diagnostic::Code;

/// What to call the raw input of a state.
pub(crate) const INPUT: &str = "the input";

/// Where a Path leads.
pub(crate) struct Found {
    pub(crate) shape: Shape,
    /// The value that the last step was taken from; where nothing is found, the one that lacks it.
    pub(crate) container: Shape,
    /// How many steps were taken, the last one included.
    pub(crate) steps: usize,
    /// The step on which a name was taken that the type of the value before it does not have, and that value.
    pub(crate) undeclared: Option<(usize, Shape)>,
}

impl Found {
    /// Whether the last step that was taken is a name.
    pub(crate) fn is_name(&self, path: &Path) -> bool {
        matches!(last_step(path, self), Some(Step::Names(_)))
    }

    /// Whether it may end past the end of an array. The service's library takes that for a result, which is `null`.
    pub(crate) fn may_be_past_the_end(&self, path: &Path) -> bool {
        let ends_here = self.steps == path.steps.len();
        ends_here && self.ends_in_array(path) && self.shape.may_be_absent()
    }

    fn ends_in_array(&self, path: &Path) -> bool {
        let is_index = matches!(last_step(path, self), Some(Step::Indices(_)));
        is_index && self.container.kinds.has(Kinds::ARRAY)
    }
}

/// Follows a Path.
pub(crate) fn walk(path: &Path, root: &Shape) -> Found {
    let mut found = Found { shape: root.clone(), container: root.clone(), steps: 0, undeclared: None };
    for (position, step) in path.steps.iter().enumerate() {
        if found.shape.is_absent() || found.shape.is_never() {
            // What can match more than once gives an empty array where it matches nothing.
            if !path.is_definite() && !root.is_never() {
                found.shape = Shape::ARRAY;
            }
            break;
        }
        let is_last = position + 1 == path.steps.len();
        let mut undeclared = found.undeclared;
        let next = match step {
            Step::Names(names) if names.len() == 1 => {
                if found.shape.leaves_undeclared(&names[0]) {
                    undeclared.get_or_insert_with(|| (position, found.shape.clone()));
                }
                found.shape.member(&names[0])
            }
            Step::Indices(indices) if indices.len() == 1 => found.shape.element(indices[0]),
            // More than one match, or what only the service's library knows.
            Step::Function(_) => Shape::UNKNOWN,
            Step::Names(_) if is_last => Shape::PRESENT,
            _ => {
                found.shape = several(&found.shape, &path.steps[position..]);
                return Found { undeclared, ..found };
            }
        };
        // What says nothing else of where it was made, was made with what it is in.
        let origin = next.origin.or(found.shape.origin);
        let next = next.with_origin(origin);
        found = Found { container: found.shape, shape: next, steps: position + 1, undeclared };
    }
    found
}

/// What a Path gives that can match more than once: an array, whose elements are known in the simple cases.
fn several(from: &Shape, steps: &[Step]) -> Shape {
    let mut element = match &steps[0] {
        Step::All => from.elements().join(&from.values()),
        Step::Slice { .. } | Step::Filter(_) => from.elements(),
        _ => return Shape::ARRAY,
    };
    for step in &steps[1..] {
        match step {
            Step::Names(names) if names.len() == 1 => element = element.member(&names[0]).present(),
            _ => return Shape::ARRAY,
        }
    }
    Shape::list(element)
}

/// Says that a Path finds nothing, and why; with what to call what `$` is.
pub(crate) fn nothing(text: &str, path: &Path, found: &Found, root: &str) -> Fault {
    let message = format!("`{text}` finds nothing");
    let fault = Fault::new(Code::NothingThere, message).because(reason(path, found, root));
    match last_step(path, found) {
        Some(Step::Names(names)) if found.container.kinds.has(Kinds::OBJECT) => {
            fault.names(&names[0], &found.container.member_names())
        }
        Some(Step::Names(_)) => match misread(path, found) {
            Some(help) => fault.help(help),
            None => fault,
        },
        _ => fault,
    }
}

/// Says that it is no use to ask for a name that a value certainly lacks which the machine made, if it looks misspelt.
pub(crate) fn misspelt(path: &Path, found: &Found) -> Option<Fault> {
    let Some(Step::Names(names)) = last_step(path, found) else { return None };
    let of = &found.container;
    let is_misspelt = found.shape.is_absent() && of.origin.is_some() && of.has_similar(&names[0]);
    let fault = Fault::new(Code::NeverTrue, "`IsPresent` is never true").because(reason(path, found, INPUT));
    is_misspelt
        .then(|| Fault { is_certain: false, ..fault }.origin(of.origin).names(&names[0], &of.member_names()))
}

/// What to write where a name is taken from an array, or from text.
fn misread(path: &Path, found: &Found) -> Option<String> {
    let steps = found.steps.checked_sub(1)?;
    let of = written_path(path, steps);
    match found.container.kinds.without(Kinds::ABSENT) {
        Kinds::ARRAY => {
            let rest = written_path(path, path.steps.len());
            let rest = rest.strip_prefix(&of)?;
            Some(format!("`{of}[*]{rest}` reads it from each element, `{of}[0]{rest}` from the first"))
        }
        Kinds::TEXT if steps > 0 => {
            Some(format!("if the string is JSON, `States.StringToJson({of})` reads it"))
        }
        _ => None,
    }
}

/// Says that a Path takes a name which the type of the value before it does not have.
pub(crate) fn undeclared(
    text: &str,
    path: &Path,
    found: &Found,
    root: impl FnOnce() -> &'static str,
) -> Option<Fault> {
    let (position, of) = found.undeclared.as_ref()?;
    let Step::Names(names) = path.steps.get(*position)? else { return None };
    let of_what = written(path, *position, root());
    let message = format!("`{text}` may find nothing: the type of {of_what} has no `{}`", names[0]);
    Some(Fault::undeclared(message, &names[0], of))
}

/// Why a Path finds nothing: "the input has no `total`", with what to call what `$` is.
fn reason(path: &Path, found: &Found, root: &str) -> String {
    let container = written(path, found.steps.saturating_sub(1), root);
    let kinds = found.container.kinds;
    match last_step(path, found) {
        Some(Step::Names(names)) if kinds.has(Kinds::OBJECT) => format!("{container} has no `{}`", names[0]),
        Some(Step::Indices(indices)) if kinds.has(Kinds::ARRAY) => {
            format!("{container} has no element {}", indices[0])
        }
        _ => format!("{container} is {}", found.container.title()),
    }
}

/// The last step that was taken.
fn last_step<'p>(path: &'p Path, found: &Found) -> Option<&'p Step> {
    path.steps.get(found.steps.saturating_sub(1))
}

/// The beginning of a Path, for a message.
fn written(path: &Path, steps: usize, root: &str) -> String {
    match &path.root {
        Root::Input if steps == 0 => root.to_owned(),
        Root::Context if steps == 0 => "the Context Object".to_owned(),
        _ => format!("`{}`", written_path(path, steps)),
    }
}

/// The beginning of a Path.
fn written_path(path: &Path, steps: usize) -> String {
    let root = match &path.root {
        Root::Input => "$".to_owned(),
        Root::Context => "$$".to_owned(),
        Root::Variable(name) => format!("${name}"),
    };
    let steps = path.steps[..steps].iter().map(|step| match step {
        Step::Names(names) => format!(".{}", names[0]),
        Step::Indices(indices) => format!("[{}]", indices[0]),
        _ => String::new(),
    });
    root + &steps.collect::<String>()
}

/// The value on a Reference Path into which no result can be put, and what to call it.
pub(crate) fn obstacle(path: &Path, input: &Shape) -> (Shape, String) {
    let mut value = input.clone();
    let mut steps = 0;
    while let Some(Step::Names(names)) = path.steps.get(steps).filter(|_| value.kinds.has(Kinds::OBJECT)) {
        value = value.member(&names[0]);
        steps += 1;
    }
    (value, written(path, steps, INPUT))
}

/// An input with a result put in at a Reference Path. What has no room for it vanishes: a value that is no object.
pub(crate) fn put(input: &Shape, steps: &[Step], result: &Shape) -> Shape {
    let Some((step, rest)) = steps.split_first() else { return result.clone() };
    let Step::Names(names) = step else {
        // An element of an array, which has to be there.
        return Shape::of(input.kinds.and(Kinds::ARRAY));
    };
    let mut merged = Shape::NEVER;
    let objects = input.only(Kinds::OBJECT);
    if !objects.is_never() {
        let member = put(&objects.member(&names[0]), rest, result);
        if !member.is_never() {
            merged = objects.with_member(&names[0], member);
        }
    }
    // Objects on the way are made where there is nothing. What the service makes of null is not known.
    if input.kinds.has(Kinds::ABSENT.or(Kinds::NULL)) {
        let member = put(&Shape::ABSENT, rest, result);
        if !member.is_never() {
            merged = merged.join(&Shape::object([(names[0].as_str(), member)]));
        }
    }
    merged
}
