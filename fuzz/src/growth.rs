//! Cases of any size, to see how the time grows with it.

use serde_json::{Map, Value, json};

use crate::target::Target;

/// A kind of case: of its size, which is a number of parts.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// What there is much of.
    pub name: &'static str,
    /// What works on it.
    pub target: Target,
    make: fn(usize) -> String,
}

impl Family {
    /// The case with that many parts.
    pub fn case(&self, size: usize) -> Vec<u8> {
        (self.make)(size).into_bytes()
    }

    const fn new(target: Target, name: &'static str, make: fn(usize) -> String) -> Self {
        Self { name, target, make }
    }
}

/// The families.
pub const FAMILIES: &[Family] = &[
    Family::new(Target::Check, "states in a row", |size| row(size, |_| json!({ "Type": "Pass" }))),
    Family::new(Target::Check, "variables", |size| {
        row(size, |number| {
            let (name, last) = (format!("v{number}"), format!("$v{}", number / 2));
            json!({ "Type": "Pass", "Assign": { name: 1, "w.$": last } })
        })
    }),
    Family::new(Target::Check, "results that are kept", |size| {
        row(
            size,
            |number| json!({ "Type": "Pass", "Result": { "a": number }, "ResultPath": format!("$.r{number}") }),
        )
    }),
    Family::new(Target::Check, "states of JSONata that add members", |size| {
        jsonata(&row(size, |number| {
            let output =
                format!("{{% $merge([$states.input, {{ 'm{number}': $states.input.m{} }}]) %}}", number / 2);
            json!({ "Type": "Pass", "Output": output })
        }))
    }),
    Family::new(Target::Check, "states of JSONata that nest their input", |size| {
        jsonata(&row(
            size,
            |_| json!({ "Type": "Pass", "Output": { "a": "{% $states.input %}", "b": "{% $states.input %}" } }),
        ))
    }),
    Family::new(Target::Check, "states that nest their input", |size| {
        row(size, |_| json!({ "Type": "Pass", "Parameters": { "a.$": "$", "b.$": "$" } }))
    }),
    Family::new(Target::Check, "choices between all states", |size| {
        let names: Vec<_> = (0..size).map(|number| format!("S{number}")).collect();
        row(size, |number| {
            let rules = names.iter().skip(number / 2).step_by(1 + size / 20);
            let rules: Vec<_> =
                rules.map(|name| json!({ "Variable": "$.a", "IsPresent": true, "Next": name })).collect();
            let (rules, default) = (rules, &names[(number + 1).min(size - 1)]);
            json!({ "Type": "Choice", "Choices": rules, "Default": default })
        })
    }),
    Family::new(Target::Check, "loops in loops", |size| {
        row(size, |number| {
            let back = format!("S{}", size - 1 - number);
            json!({
                "Type": "Choice",
                "Choices": [{ "Variable": format!("$.a{number}"), "IsNull": true, "Next": back }],
                "Default": format!("S{}", (number + 1).min(size - 1)),
            })
        })
    }),
    Family::new(Target::Check, "loops that count", |size| {
        jsonata(&row(size, |number| {
            let (name, counter) = (format!("v{}", number / 3), format!("$v{}", number / 3));
            match number % 3 {
                0 => json!({ "Type": "Pass", "Assign": { name: 0 } }),
                1 => json!({ "Type": "Pass", "Assign": { name: format!("{{% {counter} + 1 %}}") } }),
                _ => json!({
                    "Type": "Choice",
                    "Choices": [{ "Condition": format!("{{% {counter} < 5 %}}"), "Next": format!("S{}", number - 1) }],
                    "Default": format!("S{}", (number + 1).min(size - 1)),
                }),
            }
        }))
    }),
    Family::new(Target::Check, "rules of one choice", |size| {
        let rules: Vec<_> = (0..size)
            .map(|number| json!({ "Variable": format!("$.a{number}"), "NumericEquals": number, "Next": "B" }))
            .collect();
        json!({ "StartAt": "A", "States": {
            "A": { "Type": "Choice", "Choices": rules, "Default": "B" },
            "B": { "Type": "Succeed" },
        } })
        .to_string()
    }),
    Family::new(Target::Check, "handlers", |size| {
        row(size, |_| {
            let catch: Vec<_> =
                (0..10).map(|error| json!({ "ErrorEquals": [format!("E{error}")], "ResultPath": format!("$.e{error}"), "Next": "S0" })).collect();
            json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "f" }, "Catch": catch })
        })
    }),
    Family::new(Target::Check, "errors of one handler", |size| {
        let catch: Vec<_> = (0..size)
            .map(|error| json!({ "ErrorEquals": [format!("E{error}"), "E"], "Next": "S0" }))
            .collect();
        row(
            1,
            |_| json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": catch, "Retry": catch }),
        )
    }),
    Family::new(Target::Check, "branches", |size| {
        let branches: Vec<_> = (0..size)
            .map(|number| {
                let name = format!("B{number}");
                json!({ "StartAt": &name, "States": { &name: { "Type": "Pass", "End": true } } })
            })
            .collect();
        row(1, |_| json!({ "Type": "Parallel", "Branches": branches }))
    }),
    Family::new(Target::Check, "states of one name", |size| {
        let branch = json!({ "StartAt": "B", "States": { "B": { "Type": "Pass", "Next": "Nowhere" } } });
        row(1, |_| json!({ "Type": "Parallel", "Branches": vec![branch.clone(); size] }))
    }),
    Family::new(Target::Check, "members of a template", |size| {
        let members: Map<_, _> =
            (0..size).map(|number| (format!("m{number}.$"), format!("$.m{number}").into())).collect();
        row(2, |_| json!({ "Type": "Pass", "Parameters": members }))
    }),
    Family::new(Target::Check, "unknown fields", |size| {
        let members: Map<_, _> = (0..size).map(|number| (format!("m{number}"), 1.into())).collect();
        row(1, |_| {
            let mut state = members.clone();
            state.insert("Type".to_owned(), "Pass".into());
            Value::Object(state)
        })
    }),
    Family::new(Target::Check, "unknown parameters", |size| {
        let members: Map<_, _> = (0..size).map(|number| (format!("m{number}"), 1.into())).collect();
        row(
            1,
            |_| json!({ "Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": members }),
        )
    }),
    Family::new(Target::Check, "wrong Paths", |size| {
        row(size, |_| json!({ "Type": "Pass", "InputPath": "$.[", "OutputPath": "x" }))
    }),
    Family::new(Target::Check, "wrong expressions", |size| {
        jsonata(&row(
            size,
            |number| json!({ "Type": "Pass", "Output": format!("{{% $states.input.(a + {number}] %}}") }),
        ))
    }),
    Family::new(Target::Check, "depth of JSON", |size| {
        let value = (0..size.min(100)).fold(json!(1), |value, _| json!([value]));
        row(2, |_| json!({ "Type": "Pass", "Parameters": { "a": value } }))
    }),
    Family::new(Target::Read, "members of the same name", |size| {
        format!("{{ \"StartAt\": \"A\", {} \"States\": {{}} }}", "\"Comment\": 1, ".repeat(size))
    }),
    Family::new(Target::Read, "brackets", |size| "[".repeat(size)),
    Family::new(Target::Read, "lines", |size| "\n".repeat(size) + "{"),
    Family::new(Target::Read, "escapes", |size| format!("{{ \"StartAt\": \"{}\" }}", "\\u0041".repeat(size))),
    Family::new(Target::Grammar, "steps", |size| format!("${}", ".a".repeat(size))),
    Family::new(Target::Grammar, "wildcards", |size| format!("${}", "[*]".repeat(size))),
    Family::new(Target::Grammar, "steps below", |size| format!("${}", "..*".repeat(size))),
    Family::new(Target::Grammar, "indices", |size| format!("$.b[{}0]", "0,".repeat(size))),
    Family::new(Target::Grammar, "filters in filters", |size| {
        format!("${}@.a{}", "[?(@.a".repeat(size), ")]".repeat(size))
    }),
    Family::new(Target::Grammar, "brackets of a filter", |size| {
        format!("$[?({}@.a{})]", "(".repeat(size), ")".repeat(size))
    }),
    Family::new(Target::Grammar, "negations", |size| format!("$[?({}@.a)]", "!".repeat(size))),
    Family::new(Target::Grammar, "conditions of a filter", |size| {
        format!("$.b[?(@.a == 1{})]", " || @.a == 2".repeat(size))
    }),
    Family::new(Target::Grammar, "calls in calls", |size| {
        format!("{}1{}", "States.Array(".repeat(size), ")".repeat(size))
    }),
    Family::new(Target::Grammar, "arguments", |size| format!("States.Array(1{})", ",$.a".repeat(size))),
    Family::new(Target::Grammar, "holes of a text", |size| {
        format!("States.Format('{}'{})", "{}".repeat(size), ",$.a".repeat(size))
    }),
    Family::new(Target::Grammar, "apostrophes", |size| format!("States.Format('{}')", "\\'".repeat(size))),
    Family::new(Target::Jsonata, "operators", |size| format!("1{}", " + $states.input.a".repeat(size))),
    Family::new(Target::Jsonata, "texts that are joined", |size| {
        format!("'a'{}", " & $states.input.text".repeat(size))
    }),
    Family::new(Target::Jsonata, "brackets", |size| format!("{}1{}", "(".repeat(size), ")".repeat(size))),
    Family::new(Target::Jsonata, "brackets that are open", |size| "(".repeat(size)),
    Family::new(Target::Jsonata, "lists in lists", |size| {
        format!("{}1{}", "[".repeat(size), "]".repeat(size))
    }),
    Family::new(Target::Jsonata, "objects in objects", |size| {
        format!("{}1{}", "{'a':".repeat(size), "}".repeat(size))
    }),
    Family::new(Target::Jsonata, "functions in functions", |size| {
        format!("{}1{}", "function($x){".repeat(size), "}".repeat(size))
    }),
    Family::new(Target::Jsonata, "functions that are called", |size| {
        format!("{}1{}", "(function($x){".repeat(size), "})($states.input.a)".repeat(size))
    }),
    Family::new(Target::Jsonata, "maps in maps", |size| {
        format!("{}1{}", "$map($states.input.items,function($x){".repeat(size), "})".repeat(size))
    }),
    Family::new(Target::Jsonata, "calls in calls", |size| {
        format!("{}1{}", "$string(".repeat(size), ")".repeat(size))
    }),
    Family::new(Target::Jsonata, "merges in merges", |size| {
        format!("{}{{}}{}", "$merge([$states.input,".repeat(size), "])".repeat(size))
    }),
    Family::new(Target::Jsonata, "questions", |size| {
        format!("{}1", "$states.input.a = 1 ? $states.input.b : ".repeat(size))
    }),
    Family::new(Target::Jsonata, "questions in questions", |size| {
        format!("{}1{}", "($states.input.a ? ".repeat(size), " : $states.input)".repeat(size))
    }),
    Family::new(Target::Jsonata, "conditions", |size| {
        format!("true{}", " and $states.input.a = 1".repeat(size))
    }),
    Family::new(Target::Jsonata, "alternatives", |size| {
        format!("(true{}) ? 1 : $states.input", " or $exists($states.input.a)".repeat(size))
    }),
    Family::new(Target::Jsonata, "names of a block", |size| {
        let names: Vec<_> = (0..size).map(|number| format!("$v{number} := {number}; ")).collect();
        format!("({} $v0)", names.concat())
    }),
    Family::new(Target::Jsonata, "names that double", |size| {
        let names: Vec<_> =
            (1..=size).map(|number| format!("$v{number} := [$v{0}, $v{0}]; ", number - 1)).collect();
        format!("($v0 := $states.input; {} $v{size})", names.concat())
    }),
    Family::new(Target::Jsonata, "texts that double", |size| {
        let names: Vec<_> =
            (1..=size).map(|number| format!("$v{number} := $v{0} & $v{0}; ", number - 1)).collect();
        format!("($v0 := 'text'; {} $v{size})", names.concat())
    }),
    Family::new(Target::Jsonata, "objects that share and meet", |size| {
        let shared = |name: &str| {
            let members = |number: usize| {
                let members = (0..8).map(|member| format!("'m{member}': ${name}{number},"));
                members.collect::<Vec<_>>().concat()
            };
            let objects = (1..=size).map(|n| format!("${name}{n} := {{ {} 'x': 1 }}; ", members(n - 1)));
            objects.collect::<Vec<_>>().concat()
        };
        let start = "$v0 := $states.input.a; $w0 := $states.input.n = 1;";
        format!("({start} {} {} $states.input.b = 1 ? $v{size} : $w{size})", shared("v"), shared("w"))
    }),
    Family::new(Target::Jsonata, "functions that call twice", |size| {
        let names: Vec<_> = (1..=size)
            .map(|number| format!("$f{number} := function($x) {{ $f{0}($x) + $f{0}($x) }}; ", number - 1))
            .collect();
        format!("($f0 := function($x) {{ 1 }}; {} false ? $f{size}(1) : 2)", names.concat())
    }),
    Family::new(Target::Jsonata, "steps", |size| format!("$states.input{}", ".a".repeat(size))),
    Family::new(Target::Jsonata, "filters", |size| format!("$states.input.b{}", "[a = 1]".repeat(size))),
    Family::new(Target::Jsonata, "filters in filters", |size| {
        format!("$states.input.b{}a{}", "[b".repeat(size), " = 1]".repeat(size))
    }),
    Family::new(Target::Jsonata, "steps with brackets", |size| {
        format!("$states.input{}", ".(a;b)".repeat(size))
    }),
    Family::new(Target::Jsonata, "steps with objects", |size| {
        format!("$states.input{}", ".{'a': $, 'b': $}".repeat(size))
    }),
    Family::new(Target::Jsonata, "wildcards", |size| format!("$states.input{}", ".*".repeat(size))),
    Family::new(Target::Jsonata, "chains", |size| format!("$states.input{}", " ~> $string()".repeat(size))),
    Family::new(Target::Jsonata, "elements", |size| format!("[1{}]", ",$states.input.a".repeat(size))),
    Family::new(Target::Jsonata, "members", |size| {
        let members: Vec<_> = (0..size).map(|number| format!("'m{number}': $states.input.a,")).collect();
        format!("{{{} 'x': 1}}", members.concat())
    }),
    Family::new(Target::Jsonata, "comments", |size| "/* */".repeat(size) + "1"),
    Family::new(Target::Jsonata, "minus signs", |size| "-".repeat(size) + "1"),
    Family::new(Target::Jsonata, "a long text without an end", |size| format!("'{}", "a".repeat(size))),
    Family::new(Target::Jsonata, "long and wrong", |size| format!("1{} ]", " + 1".repeat(size))),
    Family::new(Target::Diagnostics, "findings in one line", |size| {
        row(size, |_| json!({ "Type": "Pass", "InputPath": "$.[", "Next": "Nowhere" }))
    }),
    Family::new(Target::Diagnostics, "findings in many lines", |size| {
        row(size, |_| json!({ "Type": "Pass", "InputPath": "$.[", "Next": "Nowhere" })).replace(',', ",\n")
    }),
    Family::new(Target::Diagnostics, "a long line", |size| format!("{{\"{}", "漢".repeat(size))),
    Family::new(Target::Diagnostics, "many lines", |size| "[\r\n".repeat(size)),
    Family::new(Target::Yaml, "lists in lists", |size| "- ".repeat(size)),
    Family::new(Target::Yaml, "brackets", |size| "[".repeat(size) + &"]".repeat(size)),
    Family::new(Target::Yaml, "keys", |size| {
        (0..size).map(|number| format!("k{number}: 1\n")).collect::<Vec<_>>().concat()
    }),
    Family::new(Target::Yaml, "complex keys", |size| "? ".repeat(size)),
    Family::new(Target::Yaml, "aliases", |size| format!("a: &a 1\nb:\n{}", "- *a\n".repeat(size))),
    Family::new(Target::Yaml, "aliases of aliases", |size| {
        let lines = (1..=size).map(|number| format!("a{number}: &a{number} [*a{0}, *a{0}]\n", number - 1));
        format!("a0: &a0 [1, 2]\n{}", lines.collect::<String>())
    }),
    Family::new(Target::Yaml, "a long text", |size| format!("StartAt: |\n{}", "  漢字\n".repeat(size))),
    Family::new(Target::Yaml, "comments", |size| "# a\n".repeat(size) + "StartAt: 1"),
];

/// A machine with states in a row.
fn row(size: usize, state: impl Fn(usize) -> Value) -> String {
    let states: Map<String, Value> = (0..size)
        .map(|number| {
            let mut state = state(number);
            let is_choice = state["Type"] == "Choice";
            if !is_choice && number + 1 < size {
                state["Next"] = format!("S{}", number + 1).into();
            } else if !is_choice {
                state["End"] = true.into();
            }
            (format!("S{number}"), state)
        })
        .collect();
    json!({ "StartAt": "S0", "States": states }).to_string()
}

/// The same in `JSONata`.
fn jsonata(machine: &str) -> String {
    machine.replacen('{', "{\"QueryLanguage\":\"JSONata\",", 1)
}
