//! Functions.
//!
//! What gives a list is printed so that it stays one for no item and for one: `[…]` around what would be a sequence.

use serde_json::Value;
use stepwright::plan::{Expression, Function, Kind, TypeTest};

use super::locals::{fresh, once};
use super::{Binding, Use, path, quoted, text};
use crate::lower::glob;
use crate::lower::states::Printing;

/// A call: how tightly it binds, and its text.
pub(super) fn call(
    printing: &mut Printing<'_, '_>,
    function: Function,
    arguments: &[Expression],
    what: Use,
) -> (Binding, String) {
    match function {
        Function::Is(test) => return is(printing, test, argument(arguments, 0), what),
        Function::StartsWith => return starts_with(printing, arguments, what),
        Function::EndsWith => return ends_with(printing, arguments, what),
        Function::Round => return round(printing, argument(arguments, 0), what),
        Function::Random => return random(printing, arguments, what),
        Function::ToJson => return to_json(printing, argument(arguments, 0), what),
        _ => {}
    }
    let mut print = |index: usize, around| text(printing, argument(arguments, index), what, around);
    let tight = match function {
        Function::ArrayContains => {
            // Not `in`, which finds no object: it compares by identity, `=` by value.
            let item = print(1, Binding::Sum);
            format!("$exists({}[$ = {item}])", print(0, Binding::Tight))
        }
        Function::Item => format!("{}[{}]", print(0, Binding::Tight), print(1, Binding::Loosest)),
        Function::Last => format!("{}[-1]", print(0, Binding::Tight)),
        Function::Trim => format!("$replace({}, /^\\s+|\\s+$/, '')", print(0, Binding::Loosest)),
        Function::Matches => {
            format!("$contains({}, /{}/)", print(0, Binding::Loosest), glob::regex(constant(arguments, 1)))
        }
        Function::Tokens => tokens(&print(0, Binding::Loosest), constant(arguments, 1)),
        Function::ParseNumber { whole: true } => {
            let number = print(0, Binding::Loosest);
            let variable = fresh(printing, "parsed");
            format!(
                "({variable} := $number({number}); {variable} = $floor({variable}) ? {variable} : $error('no whole number'))"
            )
        }
        Function::SortedTimestamps => format!(
            "$sort({}, function($a, $b) {{ $toMillis($a) > $toMillis($b) }})",
            print(0, Binding::Loosest)
        ),
        Function::Chunks => {
            format!("[$partition({}, {})]", print(0, Binding::Loosest), print(1, Binding::Loosest))
        }
        Function::Flatten => format!("$reduce({}, $append, [])", print(0, Binding::Loosest)),
        Function::Range => {
            let (first, last) = (print(0, Binding::Loosest), print(1, Binding::Loosest));
            format!("[$range({first}, {last}, {})]", print(2, Binding::Loosest))
        }
        Function::Keys => format!("[$keys({})]", print(0, Binding::Loosest)),
        Function::Values => {
            format!("[$each({}, function($value) {{ $value }})[]]", print(0, Binding::Loosest))
        }
        // What comes later wins.
        Function::Merge => {
            format!("$merge([{}, {}])", print(0, Binding::Conditional), print(1, Binding::Conditional))
        }
        Function::AddSeconds => {
            format!(
                "$fromMillis($toMillis({}) + {} * 1000)",
                print(0, Binding::Loosest),
                print(1, Binding::Product)
            )
        }
        _ => {
            let printed: Vec<String> =
                (0..arguments.len()).map(|index| print(index, Binding::Loosest)).collect();
            format!("{}({})", name(function), printed.join(", "))
        }
    };
    (Binding::Tight, tight)
}

/// The name of a function that is called as it is.
fn name(function: Function) -> &'static str {
    match function {
        Function::TextLength => "$length",
        Function::Uppercase => "$uppercase",
        Function::Lowercase => "$lowercase",
        Function::TextContains => "$contains",
        Function::Split => "$split",
        Function::Replace => "$replace",
        Function::Substring => "$substring",
        Function::ParseNumber { .. } => "$number",
        Function::ParseJson => "$parse",
        Function::Base64Encode => "$base64encode",
        Function::Base64Decode => "$base64decode",
        Function::UrlEncode => "$encodeUrlComponent",
        Function::Hash => "$hash",
        Function::Abs => "$abs",
        Function::Floor => "$floor",
        Function::Ceil => "$ceil",
        Function::RoundTiesEven => "$round",
        Function::Sqrt => "$sqrt",
        Function::Power => "$power",
        Function::ArrayLength => "$count",
        Function::Reversed => "$reverse",
        Function::Sorted => "$sort",
        Function::Distinct => "$distinct",
        Function::Concat => "$append",
        Function::Join => "$join",
        Function::Sum => "$sum",
        Function::Min => "$min",
        Function::Max => "$max",
        Function::Average => "$average",
        Function::Lookup => "$lookup",
        Function::Uuid => "$uuid",
        Function::Now => "$now",
        // These are printed by `call`.
        Function::Trim
        | Function::StartsWith
        | Function::EndsWith
        | Function::Matches
        | Function::Tokens
        | Function::Round
        | Function::ArrayContains
        | Function::Item
        | Function::Last
        | Function::SortedTimestamps
        | Function::Chunks
        | Function::Flatten
        | Function::Range
        | Function::Keys
        | Function::Values
        | Function::Merge
        | Function::Random
        | Function::AddSeconds
        | Function::ToJson
        | Function::Is(_) => "",
    }
}

const NULL: Expression = Expression::Literal(Value::Null);

fn argument(arguments: &[Expression], index: usize) -> &Expression {
    arguments.get(index).unwrap_or(&NULL)
}

fn constant(arguments: &[Expression], index: usize) -> &str {
    match argument(arguments, index) {
        Expression::Literal(Value::String(text)) => text,
        _ => "",
    }
}

fn starts_with(printing: &mut Printing<'_, '_>, arguments: &[Expression], what: Use) -> (Binding, String) {
    let whole = text(printing, argument(arguments, 0), what, Binding::Loosest);
    once(printing, argument(arguments, 1), what, "start", |_, start| {
        let length = match argument(arguments, 1) {
            Expression::Literal(Value::String(start)) => start.chars().count().to_string(),
            _ => format!("$length({start})"),
        };
        (Binding::Comparison, format!("$substring({whole}, 0, {length}) = {start}"))
    })
}

fn ends_with(printing: &mut Printing<'_, '_>, arguments: &[Expression], what: Use) -> (Binding, String) {
    once(printing, argument(arguments, 0), what, "text", |printing, whole| {
        once(printing, argument(arguments, 1), what, "end", |_, end| {
            let start = format!("$length({whole}) - $length({end})");
            (Binding::Comparison, format!("$substring({whole}, {start}) = {end}"))
        })
    })
}

/// `$split` keeps empty parts.
fn tokens(whole: &str, separators: &str) -> String {
    if separators.is_empty() {
        return format!("[({whole})[$ != '']]");
    }
    format!("[$split({whole}, /[{}]/)[$ != '']]", glob::class(separators))
}

/// A half goes away from zero; `$round` takes it to the even neighbour.
fn round(printing: &mut Printing<'_, '_>, number: &Expression, what: Use) -> (Binding, String) {
    once(printing, number, what, "value", |_, number| {
        (Binding::Conditional, format!("{number} < 0 ? -$floor(0.5 - {number}) : $floor({number} + 0.5)"))
    })
}

fn random(printing: &mut Printing<'_, '_>, arguments: &[Expression], what: Use) -> (Binding, String) {
    once(printing, argument(arguments, 0), what, "start", |printing, start| {
        let end = text(printing, argument(arguments, 1), what, Binding::Sum);
        (Binding::Sum, format!("$floor($random() * ({end} - {start})) + {start}"))
    })
}

/// `$string` of a text is the text itself: it is written as the member of an object, which is then cut away.
fn to_json(printing: &mut Printing<'_, '_>, value: &Expression, what: Use) -> (Binding, String) {
    let plain = matches!(value.kind(), Kind::Number | Kind::Boolean | Kind::Array | Kind::Object);
    let value = text(printing, value, what, Binding::Conditional);
    if plain {
        return (Binding::Tight, format!("$string({value})"));
    }
    let json = fresh(printing, "json");
    let printed = format!("({json} := $string({{'': {value}}}); $substring({json}, 4, $length({json}) - 5))");
    (Binding::Tight, printed)
}

fn is(printing: &mut Printing<'_, '_>, test: TypeTest, value: &Expression, what: Use) -> (Binding, String) {
    const TIMESTAMP: &str = r"/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/";
    if let (TypeTest::Present, Expression::Read(place, _)) = (test, value) {
        return (Binding::Tight, format!("$exists({})", path(printing, place, what)));
    }
    once(printing, value, what, "value", |_, value| {
        let is_a = |name: &str| format!("$type({value}) = {}", quoted(name));
        match test {
            TypeTest::Present => (Binding::Tight, format!("$exists({value})")),
            TypeTest::Null => (Binding::Comparison, format!("{value} = null")),
            TypeTest::String => (Binding::Comparison, is_a("string")),
            TypeTest::Number => (Binding::Comparison, is_a("number")),
            TypeTest::Boolean => (Binding::Comparison, is_a("boolean")),
            TypeTest::Array => (Binding::Comparison, is_a("array")),
            TypeTest::Object => (Binding::Comparison, is_a("object")),
            TypeTest::Timestamp => {
                (Binding::And, format!("{} and $contains({value}, {TIMESTAMP})", is_a("string")))
            }
        }
    })
}
