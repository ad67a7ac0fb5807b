//! Local variables of an expression, and what needs them: values that may be missing.

use stepwright::plan::{BoundId, Expression, Kind};

use super::{Binding, Use, is_some, parts, path, quoted, text};
use crate::lower::places::is_reserved;
use crate::lower::states::Printing;

/// A local variable that is visible where the printer is.
#[derive(Debug)]
pub(in crate::lower) struct Local {
    /// The parameter of the user's closure that it stands for, if any.
    parameter: Option<BoundId>,
    /// How it is written: `$item`, or a path where that is short enough.
    text: String,
}

impl Local {
    /// What stands for the parameter of a closure all through a state.
    pub(in crate::lower) fn standing_for(parameter: BoundId, text: String) -> Self {
        Self { parameter: Some(parameter), text }
    }
}

/// How the parameter of a closure is written here.
pub(super) fn parameter(printing: &Printing<'_, '_>, id: BoundId) -> Option<String> {
    printing.locals.iter().find(|local| local.parameter == Some(id)).map(|local| local.text.clone())
}

/// A new variable, `$item`: not the name of one that could be read where it is visible.
pub(super) fn fresh(printing: &Printing<'_, '_>, base: &str) -> String {
    let taken = |name: &str| {
        let variable = format!("${name}");
        let mut mentioned = false;
        printing.node().each_expression(&mut |expression| {
            if let Expression::Jsonata(jsonata) = expression {
                mentioned |= jsonata.pieces.iter().any(|piece| piece.contains(&variable));
            }
        });
        mentioned
            || is_reserved(name)
            || printing.places.has_variable(name)
            || printing.locals.iter().any(|local| local.text == variable)
    };
    let numbered = (2..).map(|number| format!("{base}{number}"));
    let mut names = std::iter::once(base.to_owned()).chain(numbered);
    let name = names.find(|name| !taken(name)).unwrap_or_else(|| base.to_owned());
    format!("${name}")
}

/// Prints something while a local variable is visible.
pub(super) fn within<R>(
    printing: &mut Printing<'_, '_>,
    parameter: Option<BoundId>,
    text: &str,
    print: impl FnOnce(&mut Printing<'_, '_>) -> R,
) -> R {
    printing.locals.push(Local { parameter, text: text.to_owned() });
    let printed = print(printing);
    printing.locals.pop();
    printed
}

/// Prints something that needs a value more than once: as it is where it is short, else in a local variable.
pub(super) fn once(
    printing: &mut Printing<'_, '_>,
    value: &Expression,
    what: Use,
    base: &str,
    print: impl FnOnce(&mut Printing<'_, '_>, &str) -> (Binding, String),
) -> (Binding, String) {
    let short = match value {
        Expression::Read(_, kind) => *kind != Kind::Optional,
        Expression::Literal(value) => !value.is_array() && !value.is_object(),
        _ => false,
    };
    if short {
        let value = text(printing, value, what, Binding::Tight);
        return print(printing, &value);
    }
    let value = text(printing, value, what, Binding::Conditional);
    bound(printing, &value, base, print)
}

/// `($value := …; …)`
fn bound(
    printing: &mut Printing<'_, '_>,
    value: &str,
    base: &str,
    print: impl FnOnce(&mut Printing<'_, '_>, &str) -> (Binding, String),
) -> (Binding, String) {
    let variable = fresh(printing, base);
    let (_, text) = within(printing, None, &variable, |printing| print(printing, &variable));
    (Binding::Tight, format!("({variable} := {value}; {text})"))
}

/// Prints something of an optional value, which may be missing or `null`.
pub(super) fn optional(
    printing: &mut Printing<'_, '_>,
    value: &Expression,
    what: Use,
    print: impl FnOnce(&mut Printing<'_, '_>, &str) -> (Binding, String),
) -> (Binding, String) {
    match value {
        Expression::Read(place, _) => {
            let value = path(printing, place, what);
            print(printing, &value)
        }
        Expression::OrNull(found) => {
            let found = text(printing, found, what, Binding::Conditional);
            bound(printing, &found, "value", print)
        }
        _ => {
            let value = text(printing, value, what, Binding::Conditional);
            bound(printing, &value, "value", print)
        }
    }
}

/// What a function finds, or `null`: nothing at all would vanish from an object or a list.
pub(super) fn or_null(printing: &mut Printing<'_, '_>, found: &Expression, what: Use) -> (Binding, String) {
    let found = parts(printing, found, what).1;
    or_null_text(printing, &found)
}

/// The same of a text.
pub(super) fn or_null_text(printing: &mut Printing<'_, '_>, found: &str) -> (Binding, String) {
    bound(printing, found, "value", |_, value| {
        (Binding::Conditional, format!("$exists({value}) ? {value} : null"))
    })
}

/// Whether an optional value is there.
pub(super) fn has_value(printing: &mut Printing<'_, '_>, value: &Expression, what: Use) -> (Binding, String) {
    optional(printing, value, what, |_, value| (Binding::And, is_some(value)))
}

/// An optional value, or its default.
pub(super) fn default(
    printing: &mut Printing<'_, '_>,
    value: &Expression,
    default: &Expression,
    what: Use,
) -> (Binding, String) {
    optional(printing, value, what, |printing, value| {
        let default = text(printing, default, what, Binding::Conditional);
        (Binding::Conditional, format!("{} ? {value} : {default}", is_some(value)))
    })
}

/// An optional value that must be there.
pub(super) fn assume(
    printing: &mut Printing<'_, '_>,
    value: &Expression,
    reason: &str,
    what: Use,
) -> (Binding, String) {
    optional(printing, value, what, |_, value| {
        let error = quoted(&format!("a value is missing: {reason}"));
        (Binding::Conditional, format!("{} ? {value} : $error({error})", is_some(value)))
    })
}

/// A timestamp as a number, so that it is compared as a point in time; `null` stays `null`.
pub(super) fn millis(printing: &mut Printing<'_, '_>, timestamp: &Expression, what: Use) -> String {
    match timestamp.kind() {
        Kind::Null => "null".to_owned(),
        Kind::Optional => {
            let (_, text) = optional(printing, timestamp, what, |_, value| {
                (Binding::Conditional, format!("{} ? $toMillis({value}) : null", is_some(value)))
            });
            format!("({text})")
        }
        _ => format!("$toMillis({})", text(printing, timestamp, what, Binding::Loosest)),
    }
}
