//! Closures over lists.
//!
//! `$map` and `$filter` give a bare value for one item and nothing for none. With `[]` behind them, one item stays in a sequence,
//! be it a list itself, and the constructor around makes a list of a sequence and of nothing.

use stepwright::plan::{Closure, Combinator, Expression};

use super::locals::{fresh, optional, within};
use super::{Binding, Use, is_some, text};
use crate::lower::states::Printing;

pub(super) fn closure(printing: &mut Printing<'_, '_>, closure: &Closure, what: Use) -> (Binding, String) {
    if closure.combinator == Combinator::MapSome {
        return map_some(printing, closure, what);
    }
    let list = text(printing, &closure.over, what, Binding::Loosest);
    let function = function(printing, closure, what);
    let printed = match closure.combinator {
        Combinator::Map => format!("[$map({list}, {function})[]]"),
        Combinator::Filter => format!("[$filter({list}, {function})[]]"),
        // `null` exists, nothing does not.
        Combinator::Any => format!("$exists($filter({list}, {function}))"),
        Combinator::All => format!("$not($exists($filter({list}, {function})))"),
        Combinator::Fold | Combinator::MapSome => {
            let start = closure.start.as_ref().unwrap_or(&NULL);
            let start = text(printing, start, what, Binding::Loosest);
            format!("$reduce({list}, {function}, {start})")
        }
    };
    (Binding::Tight, printed)
}

const NULL: Expression = Expression::Literal(serde_json::Value::Null);

/// `function($item) { … }`
fn function(printing: &mut Printing<'_, '_>, closure: &Closure, what: Use) -> String {
    match closure.parameters.as_slice() {
        [so_far, item] => {
            let first = fresh(printing, "total");
            within(printing, Some(*so_far), &first, |printing| {
                let second = fresh(printing, "item");
                let body = within(printing, Some(*item), &second, |printing| {
                    text(printing, &closure.body, what, Binding::Loosest)
                });
                format!("function({first}, {second}) {{ {body} }}")
            })
        }
        parameters => {
            let item = fresh(printing, "item");
            let body = within(printing, parameters.first().copied(), &item, |printing| {
                let body = text(printing, &closure.body, what, Binding::Loosest);
                if closure.combinator == Combinator::All { format!("$not({body})") } else { body }
            });
            format!("function({item}) {{ {body} }}")
        }
    }
}

fn map_some(printing: &mut Printing<'_, '_>, closure: &Closure, what: Use) -> (Binding, String) {
    let parameter = closure.parameters.first().copied();
    optional(printing, &closure.over, what, |printing, value| {
        let body =
            within(printing, parameter, value, |printing| text(printing, &closure.body, what, Binding::Or));
        (Binding::Conditional, format!("{} ? {body} : null", is_some(value)))
    })
}
