use proc_macro2::TokenStream;

use super::{check_errors, check_expression, parse};

#[track_caller]
fn check(name: &str, expand: fn(TokenStream) -> TokenStream, input: &str) {
    check_expression(name, input, &expand(parse(input)));
}

#[track_caller]
fn check_wrong(expand: fn(TokenStream) -> TokenStream, input: &str, expect: &[(&str, &str)]) {
    check_errors(&expand(parse(input)), expect);
}

/// What does not parse comes back as it is.
#[track_caller]
fn check_bare(expand: fn(TokenStream) -> TokenStream, input: &str, expect: &str) {
    assert_eq!(expand(parse(input)).to_string(), parse(expect).to_string());
}

mod operators {
    use super::{check, check_bare, check_wrong};
    use crate::expr::{cond, expr};

    #[test]
    fn logic_and_comparison() {
        check(
            "cond_logic",
            cond,
            "charge.risk > 80.0 && (order.total >= 100.0 || !order.paid) && a == \"x\" && b != c && d < e && f <= g,",
        );
    }

    #[test]
    fn literals_change_sides() {
        check(
            "cond_mirrored",
            cond,
            "3 < a && 3 <= a && 3 > a && -3 >= a && \"x\" == a && (true) != a && 1 < 2 && 2 * a == b && 2 - a == b",
        );
    }

    #[test]
    fn arithmetic() {
        check("expr_arithmetic", expr, "(a.b + 1) * -c - d / 2.0 % -2");
    }

    #[test]
    fn branches() {
        check("expr_if", expr, "if a > 1 { b + 1 } else if !c { 2 } else { if d { 1 } else { e } }");
    }

    #[test]
    fn leaves_keep_their_tokens() {
        check("expr_leaves", expr, "a.b(c && d).e[0] + f::<G>(*h) + fmt!(\"{}\", i) + LIMIT as f64 + { j }");
    }

    #[test]
    fn half_typed_input_is_returned_bare() {
        check_bare(cond, "order.", "order.");
        check_bare(cond, "a && order.", "a && order.");
        check_bare(cond, "a < b < c", "a < b < c");
        check_bare(expr, "a = = b", "a = = b");
        check_bare(expr, "a, b", "a, b");
    }

    #[test]
    fn nothing_at_all() {
        check_wrong(
            cond,
            "",
            &[("<call>", "`cond!` takes an expression, like `cond!(order.total > 100.0)`")],
        );
        check_wrong(
            expr,
            "",
            &[("<call>", "`expr!` takes an expression, like `expr!(order.total > 100.0)`")],
        );
    }

    #[test]
    fn operators_without_meaning() {
        check_wrong(
            cond,
            "a & b || a | b || a ^ b || a << b || a >> b",
            &[
                ("&", "there are no bits in a state machine's data; for a logical and write `&&`"),
                ("|", "there are no bits in a state machine's data; for a logical or write `||`"),
                ("^", "there are no bits in a state machine's data; for an exclusive or write `!=`"),
                ("<<", "there are no bits in a state machine's data to shift"),
                (">>", "there are no bits in a state machine's data to shift"),
            ],
        );
        check_wrong(cond, "a = b", &[("=", "an assignment has no value here; to compare write `==`")]);
        check_wrong(
            cond,
            "a += b",
            &[("+=", "a state machine's data cannot be assigned to; write an expression of its new value")],
        );
        check_wrong(
            expr,
            "a as f64 + b",
            &[(
                "as",
                "a cast does nothing to data that exists only at run time; cast Rust values before the macro",
            )],
        );
        check_wrong(
            expr,
            "a..=b",
            &[(
                "..=",
                "a range is no value in a state machine; compare with both ends, like `a >= 1 && a < 10`",
            )],
        );
        check_wrong(
            expr,
            "a? + b",
            &[(
                "?",
                "`?` cannot look into data that exists only at run time; for an `Option` see `or` and `when_some`",
            )],
        );
        check_wrong(
            expr,
            "match a { _ => 1 }",
            &[(
                "match",
                "`match` cannot look into data that exists only at run time; write `if … else`, or add a Choice \
                 state with `choice`",
            )],
        );
        check_wrong(cond, "a && let Some(b) = c", &[("let", "bind values with `let` before the macro")]);
        check_wrong(cond, "a && |b| b", &[("|", "a closure is no value in a state machine")]);
    }

    #[test]
    fn branches_without_a_value() {
        check_wrong(
            expr,
            "if a { 1 }",
            &[("if", "this `if` has no value when its condition is false; add an `else`")],
        );
        check_wrong(
            expr,
            "if let Some(a) = b { 1 } else { 2 }",
            &[(
                "let",
                "`if let` cannot look into data that exists only at run time; for an `Option` see `or` and `when_some`",
            )],
        );
        check_wrong(
            expr,
            "if a { let b = 1; b } else {}",
            &[
                (
                    "{",
                    "a branch here is one expression, without statements; bind values with `let` before the macro",
                ),
                (
                    "{",
                    "a branch here is one expression, without statements; bind values with `let` before the macro",
                ),
            ],
        );
    }
}

mod fmt {
    use super::{check, check_bare, check_wrong};
    use crate::expr::fmt;

    #[test]
    fn parts() {
        check("fmt_parts", fmt, "\"order {} is {{paid}}: {total} {type}{}\", order.id, expr!(a + 1),");
    }

    #[test]
    fn no_parts() {
        check("fmt_plain", fmt, "\"done\"");
    }

    #[test]
    fn half_typed_arguments_are_returned_bare() {
        check_bare(fmt, "\"order {}\", order.", "order.");
        check_bare(fmt, "\"order {} {}\", order., a", "order.");
    }

    #[test]
    fn the_format_string_is_a_literal() {
        let form =
            "`fmt!` takes a format string and its arguments, like `fmt!(\"order {} is paid\", order.id)`";
        check_wrong(fmt, "", &[("<call>", form)]);
        check_wrong(
            fmt,
            "order.id",
            &[("order.id", &format!("the format string must be a string literal; {form}"))],
        );
    }

    #[test]
    fn only_plain_braces() {
        for (literal, message) in [
            (
                "\"{:?}\"",
                "`fmt!` has no format specifications: `:?` can only be left out; write `{}` or `{name}`",
            ),
            (
                "\"{x:>3}\"",
                "`fmt!` has no format specifications: `:>3` can only be left out; write `{}` or `{name}`",
            ),
            (
                "\"{0}\"",
                "`fmt!` does not count arguments: instead of `{0}` write `{}` and give them in order",
            ),
            ("\"{a.b}\"", "`{a.b}` is more than a name; write `{}` and give it as an argument"),
            ("\"{self}\"", "`{self}` is more than a name; write `{}` and give it as an argument"),
            ("\"a {\"", "the format string has a `{` without a `}`; for a plain one write `{{`"),
            ("\"a }\"", "the format string has a `}` without a `{`; for a plain one write `}}`"),
        ] {
            check_wrong(fmt, literal, &[(literal, message)]);
        }
        check_wrong(
            fmt,
            "\"{}\", x = 3",
            &[("x", "`fmt!` has no named arguments; bind a name with `let` before it, or write `{}`")],
        );
    }

    #[test]
    fn as_many_arguments_as_braces() {
        check_wrong(
            fmt,
            "\"{} {}\", a",
            &[("\"{} {}\"", "the format string has 2 `{}`, but 1 argument is given")],
        );
        check_wrong(fmt, "\"{}\"", &[("\"{}\"", "the format string has 1 `{}`, but no argument is given")]);
        check_wrong(
            fmt,
            "\"{x}\", a, b",
            &[("a", "the format string has no `{}`, but 2 arguments are given")],
        );
    }
}

mod data {
    use super::{check, check_bare, check_wrong};
    use crate::expr::data;

    #[test]
    fn fields() {
        check(
            "data_literal",
            data,
            "crate::Parcel { id: order.id, weight: 3, from, #[cfg(test)] r#type: expr!(a + b) }",
        );
    }

    #[test]
    fn nested() {
        check(
            "data_literal_nested",
            data,
            "A { b: (B { c: 1 }), list: [B { c }, B { c: d }], vec: vec![B { c }], plain: vec![1, 2], \
             repeated: vec![1; 2], some: Some(B { c }), reference: Some(e.f), call: g(B { c }) }",
        );
    }

    #[test]
    fn half_typed_input_is_returned_bare() {
        check_bare(data, "Parcel { id: order. }", "Parcel { id: order. }");
        check_bare(data, "Parcel { id: }", "Parcel { id: }");
    }

    #[test]
    fn only_struct_literals() {
        let message = "`data!` takes a struct literal, like `data!(Parcel { id: order.id })`, or JSON, like `data!({ \"id\": \
                       order.id })`";
        check_wrong(data, "parcel", &[("parcel", message)]);
        check_wrong(data, "(a, b)", &[("(a, b)", message)]);
        check_wrong(data, "", &[("<call>", message)]);
    }

    #[test]
    fn no_rest() {
        check_wrong(
            data,
            "A { b: B { c, ..d }, ..e }",
            &[
                (
                    "..",
                    "`..` cannot copy from data that exists only at run time; name each field, like `id: order.id`",
                ),
                (
                    "..",
                    "`..` cannot copy from data that exists only at run time; name each field, like `id: order.id`",
                ),
            ],
        );
    }
}

mod json {
    use super::{check, check_bare, check_wrong};
    use crate::expr::data;

    #[test]
    fn members_and_items() {
        check(
            "data_json",
            data,
            "{ \"id\": order.id, \"list\": [1, -2, null, [a, { }], ], \"parcel\": Parcel { id: b }, \"sum\": [1, 2][0], }",
        );
        check("data_json_list", data, "[a, { \"b\": c }]");
    }

    #[test]
    fn half_typed_input_is_returned_bare() {
        check_bare(data, "{ \"id\": order. }", "order.");
        check_bare(data, "[a, order.]", "order.");
    }

    #[test]
    fn members_are_a_text_and_a_value() {
        const FORM: &str =
            "a member of a JSON object is a text, a colon and a value, like `\"id\": order.id`";
        check_wrong(data, "{ \"a\" }", &[("\"a\"", FORM)]);
        check_wrong(data, "{ \"a\": }", &[("\"a\":", FORM)]);
        check_wrong(data, "{ a: 1 }", &[("a", "a key of a JSON object is a string literal, like `\"id\"`")]);
        check_wrong(data, "{ \"a\": 1, \"a\": 2 }", &[("\"a\"", "the key \"a\" is given twice")]);
    }
}

mod jsonata {
    use super::{check, check_bare, check_wrong};
    use crate::expr::jsonata;

    #[test]
    fn values_stand_in_the_text() {
        check(
            "jsonata_values",
            jsonata,
            "\"{a} & {'b': { c }} & {a} & {d: 1}\", a = order.id, c = expr!(e + 1),",
        );
        check("jsonata_plain", jsonata, "\"$now()\"");
    }

    #[test]
    fn half_typed_values_are_returned_bare() {
        check_bare(jsonata, "\"{a}\", a = order.", "a = order.");
    }

    #[test]
    fn each_value_has_a_name_that_stands_in_the_text() {
        let form = "`jsonata!` takes a text and the values in it, like `jsonata!(\"$sum({lines}.price)\", lines = order.lines)`";
        check_wrong(jsonata, "", &[("<call>", form)]);
        check_wrong(jsonata, "a", &[("a", &format!("the text must be a string literal; {form}"))]);
        check_wrong(jsonata, "\"1\", a", &[("a", &format!("a value has a name; {form}"))]);
        check_wrong(jsonata, "\"{b}\", a = 1", &[("a", "`{a}` does not stand in the text")]);
        check_wrong(jsonata, "\"{a}\", a = 1, a = 2", &[("a", "`a` is given twice")]);
        check_wrong(jsonata, "\"{a}\", a.b = 1", &[("a.b", "the name of a value is one word, like `lines`")]);
    }
}
