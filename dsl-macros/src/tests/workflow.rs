use super::{check_errors, check_items, parse};

#[track_caller]
fn check(name: &str, arguments: &str, item: &str) {
    let expansion = crate::workflow::attribute(parse(arguments), &parse(item));
    check_items(name, &format!("#[workflow({arguments})]\n{item}"), expansion);
}

#[track_caller]
fn check_wrong(arguments: &str, item: &str, expect: &[(&str, &str)]) {
    check_errors(&crate::workflow::attribute(parse(arguments), &parse(item)), expect);
}

#[test]
fn input_and_output() {
    check(
        "workflow",
        "",
        "/// Takes an order
        /// from payment to parcel.
        ///
        /// More.
        #[allow(unused)]
        pub fn order_fulfilment(s: &mut Scope, order: Ref<Order>) -> Ref<Parcel> {
            s.task(pack(order.id))
        }",
    );
}

#[test]
fn all_keys() {
    check(
        "workflow_keys",
        "query_language = \"JSONPath\", conventions = HOUSE.retry(POLICY), timeout = \"1h30m\", name = \"Nightly\", \
         crate = my::stepwright",
        "#[must_use] fn nightly(s: &mut Scope) { s.task(clean()); }",
    );
}

#[test]
fn ignored_input() {
    check("workflow_ignored_input", "", "fn f(_: &mut Scope, _order: Ref<Order>) -> Never { loop {} }");
}

#[test]
fn types_under_other_names() {
    check(
        "workflow_renamed_types",
        "",
        "fn f(s: &mut Scope, order: Reference<Order>) -> shop::Outcome<Parcel> {}",
    );
}

#[test]
fn fallback_keeps_the_function() {
    check(
        "workflow_fallback",
        "timeout = \"soon\"",
        "pub fn f(s: &mut Scope, order: Ref<Order>) -> Ref<Parcel> { g() }",
    );
}

#[test]
fn fallback_of_an_unusable_signature() {
    check("workflow_fallback_generic", "", "pub fn f<T>(s: &mut Scope, order: Ref<T>) {}");
}

#[test]
fn keys() {
    check_wrong(
        "query_language = \"Jsonata\", timeout = 1, conventons = x",
        "fn f(s: &mut Scope) {}",
        &[
            (
                "conventons",
                "unknown key `conventons`; did you mean `conventions`? known: `query_language`, `conventions`, \
                 `timeout`, `name`, `crate`, `express`, `standard`",
            ),
            (
                "\"Jsonata\"",
                "unknown query language `Jsonata`; did you mean `JSONata`? known: `JSONata`, `JSONPath`",
            ),
            ("1", "`timeout` takes a string literal"),
        ],
    );
    check_wrong(
        "timeout = \"0s\"",
        "fn f(s: &mut Scope) {}",
        &[("\"0s\"", "`0s` is no time at all; the shortest is \"1s\"")],
    );
}

#[test]
fn names() {
    check_wrong(
        "name = \"\"",
        "fn f(s: &mut Scope) {}",
        &[("\"\"", "the name of a state machine cannot be empty")],
    );
    check_wrong(
        "name = \"a b\"",
        "fn f(s: &mut Scope) {}",
        &[("\"a b\"", "the name of a state machine cannot hold ' '; use letters, digits, `-` and `_`")],
    );
    let long = "a".repeat(81);
    check_wrong(
        "",
        &format!("fn {long}(s: &mut Scope) {{}}"),
        &[(&long, "the name of a state machine has at most 80 characters; this one has 81")],
    );
}

#[test]
fn signatures() {
    check_wrong(
        "",
        "async fn f(s: &mut Scope) {}",
        &[("async", "a workflow cannot be `async`; write a plain `fn`")],
    );
    check_wrong(
        "",
        "fn f(&self) {}",
        &[("self", "a workflow cannot take `self`; write a function outside of any `impl`")],
    );
    check_wrong(
        "",
        "fn f(s: &mut Scope);",
        &[(
            "f",
            "a workflow has a body, which adds states to its scope; for a function without one see `#[task]`",
        )],
    );
    check_wrong(
        "",
        "fn f() {}",
        &[(
            "f",
            "a workflow takes its scope and, if it has any, its input: `(s: &mut Scope, order: Ref<Order>)`",
        )],
    );
    check_wrong(
        "",
        "fn f(order: Ref<Order>) {}",
        &[("Ref<Order>", "the first parameter is the scope: `s: &mut Scope`")],
    );
    check_wrong(
        "",
        "fn f(s: &mut Scope, (a, b): Ref<Order>, c: Ref<Order>) {}",
        &[
            ("(a, b)", "the input needs a plain name; take its fields from there, like `order.id`"),
            ("c", "a workflow has one input; make one struct of all that it takes, with `derive(Data)`"),
        ],
    );
    check_wrong(
        "",
        "fn f(s: &mut Scope, order: impl Data) -> ! {}",
        &[
            ("impl", "the input must have one known type, like `Ref<Order>`"),
            ("!", "write `Never` for a workflow that always ends in a Fail state"),
        ],
    );
    check_wrong(
        "",
        "fn f(s: &mut Scope) -> impl Outcome {}",
        &[("impl", "the output must have one known type, like `Ref<Parcel>`")],
    );
    check_wrong(
        "",
        "fn f(s: &mut Scope, order: shop::Order) -> Vec<Parcel> {}",
        &[
            (
                "shop::Order",
                "the input of a workflow is a reference to what an execution is given; write `Ref<shop::Order>`",
            ),
            (
                "Vec<Parcel>",
                "a workflow returns a reference to what an execution will give; write `Ref<Vec<Parcel>>`",
            ),
        ],
    );
    check_wrong(
        "",
        "fn f(s: &mut Scope) -> (Ref<Parcel>, Ref<Receipt>) {}",
        &[(
            "(Ref<Parcel>, Ref<Receipt>)",
            "a workflow has one output; make one struct of all that it returns, with `derive(Data)` and `data!`",
        )],
    );
}

#[test]
fn types() {
    check_wrong(
        "express, standard",
        "fn f(s: &mut Scope) {}",
        &[("standard", "a workflow is either `standard` or `express`")],
    );
    check_wrong("express = true", "fn f(s: &mut Scope) {}", &[("true", "`express` takes no value")]);
    check_wrong("standard, standard", "fn f(s: &mut Scope) {}", &[("standard", "`standard` is given twice")]);
    check_wrong(
        "express, timeout = \"6m\"",
        "fn f(s: &mut Scope) {}",
        &[("\"6m\"", "an Express workflow runs for five minutes at most, so a timeout of `6m` never comes")],
    );
}

#[test]
fn state_names() {
    check_wrong(
        "",
        "fn f(s: &mut Scope) { s.pass(\"A\", 1); s.choice(\"B\").when(c, |s| s.succeed(\"A\")); s.wait(\"\", 1); }",
        &[
            ("\"A\"", "a state of this workflow is called `A` already"),
            ("\"\"", "a state name cannot be empty"),
        ],
    );
}

#[test]
fn not_a_function() {
    let expansion = crate::workflow::attribute(parse(""), &parse("struct S;"));
    check_errors(&expansion, &[("struct", "expected `fn`")]);
    assert!(expansion.to_string().ends_with("struct S ;"));
}
