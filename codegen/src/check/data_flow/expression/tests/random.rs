//! Random inputs, and expressions over them. The random definitions of `stepwright-fuzz` use these, too.

use serde_json::{Value, json};

use super::picks::Picks;

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

pub(super) fn object(picks: &mut Picks, depth: usize) -> Value {
    let names = NAMES.iter().filter(|_| picks.below(4) > 0).copied().collect::<Vec<_>>();
    Value::Object(names.into_iter().map(|name| (name.to_owned(), value(picks, depth))).collect())
}

fn value(picks: &mut Picks, depth: usize) -> Value {
    let scalars = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(2.5),
        json!(-3),
        json!(""),
        json!("x"),
        json!("a"),
        json!("2024-01-01T00:00:00Z"),
    ];
    match picks.below(5) {
        0 | 1 if depth > 0 => object(picks, depth - 1),
        2 if depth > 0 => {
            let length = picks.below(4);
            (0..length).map(|_| value(picks, depth - 1)).collect()
        }
        _ => scalars[picks.below(scalars.len())].clone(),
    }
}

/// A random expression, whose parts nest so deep.
pub(super) fn expression(picks: &mut Picks, depth: usize) -> String {
    if depth == 0 {
        return leaf(picks);
    }
    let mut part = |depth: usize| expression(picks, depth);
    let (one, two, three) = (part(depth - 1), part(depth - 1), part(depth - 1));
    match picks.below(26) {
        0 | 1 => leaf(picks),
        2..=6 => path(picks, depth - 1),
        7 | 8 => {
            let operator = picks
                .one(&["+", "-", "*", "%", "=", "!=", "<", "<=", ">", ">=", "&", "&", "in", "and", "or"]);
            format!("({one} {operator} {two})")
        }
        9 => format!("({one} ? {two} : {three})"),
        10 => format!("({one} ? {two})"),
        11 => format!("[{one}, {two}]"),
        12 => format!("[{one}]"),
        13 => format!("{{'a': {one}, 'b': {two}}}"),
        14 => format!("{{'a': {one}, {two}: {three}}}"),
        15 => format!("($x := {one}; {two}; $x)"),
        16 => format!("($x := {one}; $y := {two}; {three})"),
        17 => format!("-{}", leaf(picks)),
        18 => format!("[{}..{}]", picks.one(&["0", "1", "$states.input.a"]), picks.one(&["0", "2", "$v.b"])),
        19 | 20 => with_callback(picks, depth - 1),
        21 => format!("{one} ~> ${}", call(picks, &["string", "count", "exists", "append", "keys"], &[two])),
        22 => format!("(function($x){{ {two} }})({one})"),
        _ => {
            let arguments = [one, two, three];
            let arguments = &arguments[..=picks.below(2)];
            format!("${}", call(picks, &FUNCTIONS, arguments))
        }
    }
}

const FUNCTIONS: [&str; 46] = [
    "string",
    "length",
    "substring",
    "substringBefore",
    "substringAfter",
    "uppercase",
    "lowercase",
    "trim",
    "pad",
    "contains",
    "split",
    "join",
    "replace",
    "base64encode",
    "number",
    "abs",
    "floor",
    "round",
    "power",
    "formatBase",
    "sum",
    "max",
    "min",
    "average",
    "boolean",
    "not",
    "exists",
    "count",
    "append",
    "sort",
    "reverse",
    "shuffle",
    "distinct",
    "zip",
    "keys",
    "lookup",
    "spread",
    "merge",
    "type",
    "toMillis",
    "error",
    "assert",
    "sum",
    "count",
    "exists",
    "merge",
];

fn call(picks: &mut Picks, names: &[&str], arguments: &[String]) -> String {
    format!("{}({})", picks.one(names), arguments.join(", "))
}

fn with_callback(picks: &mut Picks, depth: usize) -> String {
    let name = picks.one(&["map", "map", "filter", "filter", "single", "reduce", "sift", "each", "sort"]);
    let of = expression(picks, depth);
    let callback = match picks.below(5) {
        0 => picks.one(&["$string", "$exists", "$count", "$keys"]).to_owned(),
        1 => format!("function($x, $i) {{ {} }}", expression(picks, depth)),
        2 => format!("function($x, $i, $y) {{ [$x, $y, {}] }}", expression(picks, depth)),
        _ => format!("function($x) {{ {} }}", expression(picks, depth)),
    };
    let end = picks.one(&["", "", "[]", "[0]", ".a"]);
    format!("${name}({of}, {callback}){end}")
}

fn path(picks: &mut Picks, depth: usize) -> String {
    let mut path = match picks.below(8) {
        0..=4 => picks.one(&["$states.input", "$v", "$v.a", "$states.input.b"]).to_owned(),
        5 => picks.one(&["$", "a", "$x"]).to_owned(),
        6 => format!("({})", expression(picks, depth)),
        _ => format!("[{}]", expression(picks, depth)),
    };
    for _ in 0..picks.below(4) {
        path.push_str(&stages(picks, depth));
        path.push('.');
        let step = match picks.below(12) {
            0 => format!("({})", expression(picks, depth)),
            1 => format!("{{'c': {}}}", expression(picks, depth)),
            2 => format!("[{}]", expression(picks, depth)),
            3 => picks.one(&["$", "*", "**", "$string()", "$count($)", "$keys()"]).to_owned(),
            _ => picks.one(&NAMES).to_owned(),
        };
        path.push_str(&step);
    }
    path.push_str(&stages(picks, depth));
    let end = match picks.below(20) {
        0 => format!("^({})", picks.one(&["a", "$", "b, a", ">c"])),
        1 => format!("{{$string(a): {}}}", expression(picks, depth)),
        2 => format!("#$i.{{'i': $i, 'of': {}}}", expression(picks, depth)),
        3 => format!("@$x.($x; {})", expression(picks, depth)),
        _ => String::new(),
    };
    path + &end
}

fn stages(picks: &mut Picks, depth: usize) -> String {
    match picks.below(14) {
        0 => "[0]".to_owned(),
        1 => "[-1]".to_owned(),
        2 => "[1]".to_owned(),
        3 => "[]".to_owned(),
        4 => format!("[{}]", expression(picks, depth)),
        5 => format!("[{} = {}]", picks.one(&NAMES), leaf(picks)),
        6 => "[[0, 1]]".to_owned(),
        7 => format!("[{}][0]", expression(picks, depth)),
        _ => String::new(),
    }
}

fn leaf(picks: &mut Picks) -> String {
    let leaves = [
        "1",
        "0",
        "2.5",
        "'x'",
        "'a'",
        "''",
        "true",
        "false",
        "null",
        "$states.input",
        "$states.input.a",
        "$v.b",
        "$v.c",
        "$states.input.a.b",
        "$v.b.c",
        "$t",
        "$x",
        "$y",
        "$",
        "a",
        "b",
        "$none",
        "$states.input.a[0]",
    ];
    picks.one(&leaves).to_owned()
}
