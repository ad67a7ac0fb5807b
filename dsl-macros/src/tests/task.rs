use super::{check_errors, check_items, parse};

#[track_caller]
fn check(name: &str, arguments: &str, item: &str) {
    let expansion = crate::task::attribute(parse(arguments), &parse(item));
    check_items(name, &format!("#[task({arguments})]\n{item}"), expansion);
}

#[track_caller]
fn check_wrong(arguments: &str, item: &str, expect: &[(&str, &str)]) {
    check_errors(&crate::task::attribute(parse(arguments), &parse(item)), expect);
}

/// A good attribute, for tests of the item.
const LAMBDA: &str = "lambda = \"${Function}\"";

#[test]
fn arguments() {
    check(
        "task_arguments",
        "lambda = \"arn:aws:lambda:eu-west-1:123456789012:function:charge-card\", errors = [CardDeclined, bank::CLOSED], \
         timeout = \"30m\", heartbeat = \"90s\", rename_all = \"camelCase\"",
        "/// Charges the card on file.
        #[cfg(test)]
        #[deprecated]
        pub fn charge_card(
            /// How much.
            amount: f64,
            order_id: String,
            #[serde(rename = \"kind\")] r#type: Option<Kind>,
        ) -> Charge;",
    );
}

#[test]
fn whole_input() {
    check(
        "task_whole_input",
        "lambda_invoke = \"notify:live\", name = \"Tell the shop\"",
        "pub(crate) fn notify(#[input] order: Order);",
    );
}

#[test]
fn task_token() {
    check(
        "task_token",
        "lambda_invoke = \"ask\"",
        "fn ask(#[token] #[serde(rename = \"TaskToken\")] token: String, order: Order) -> Approval;",
    );
    check_wrong(
        "lambda = \"${Ask}\"",
        "fn ask(#[token] token: String) -> Approval;",
        &[("#[token]", "only a task with `lambda_invoke = \"…\"` can wait for its `#[token]`")],
    );
}

#[test]
fn no_input() {
    check(
        "task_no_input",
        "activity = concat!(\"arn:\", \"x\"), crate = my::stepwright",
        "fn ping() -> Pong;",
    );
}

#[test]
fn prototypes() {
    check("task_prototype", "prototype", "fn score(#[input] ticket: Ticket) -> Score;");
    check("task_prototype_sample", "prototype = 0.5, lambda = \"${Score}\"", "fn score(id: String) -> f64;");
}

#[test]
fn fallback_keeps_everything() {
    check("task_fallback", "timeout = \"soon\"", "pub fn pack(id: String) -> Parcel;");
}

#[test]
fn fallback_of_an_unusable_signature() {
    check("task_fallback_generic", LAMBDA, "pub fn pack<T>((a, b): T, c: &str) -> &str;");
}

#[test]
fn resources() {
    check_wrong(
        "",
        "fn pack();",
        &[(
            "pack",
            "this task has no resource; add `lambda = \"…\"`, `lambda_invoke = \"…\"` or `activity = \"…\"` to \
             `#[task]`, or `prototype` until there is one",
        )],
    );
    check_wrong(
        "activity = \"${A}\", lambda = \"${B}\"",
        "fn pack();",
        &[("activity", "a task has one resource; keep one of `lambda`, `lambda_invoke` and `activity`")],
    );
    check_wrong("lambda = 3", "fn pack();", &[("3", "`lambda` takes a string")]);
    check_wrong(
        "lambda = \"pack\"",
        "fn pack();",
        &[(
            "\"pack\"",
            "`lambda` takes the ARN of a function, \
             `arn:<partition>:lambda:<region>:<account>:function:<name>[:<alias>]`; for a function name write \
             `lambda_invoke = \"pack\"`",
        )],
    );
}

#[test]
fn keys() {
    check_wrong(
        "lambda = \"${A}\", timout = \"1m\", name = \"A\", name = \"B\", errors",
        "fn pack();",
        &[
            (
                "timout",
                "unknown key `timout`; did you mean `timeout`? known: `lambda`, `lambda_invoke`, `activity`, \
                 `prototype`, `errors`, `timeout`, `heartbeat`, `name`, `rename_all`, `crate`",
            ),
            ("name", "`name` is given twice"),
            ("errors", "`errors` needs a value, like `errors = [CardDeclined]`"),
        ],
    );
    check_wrong("lambda = ", "fn pack();", &[("<call>", "unexpected end of input, expected an expression")]);
}

#[test]
fn values() {
    check_wrong(
        "lambda = \"${A}\", errors = CardDeclined",
        "fn pack();",
        &[("CardDeclined", "`errors` takes a list, like `errors = [CardDeclined]`")],
    );
    check_wrong(
        "lambda = \"${A}\", errors = [CardDeclined, \"Closed\"], rename_all = \"camel_case\", timeout = 30",
        "fn pack();",
        &[
            (
                "\"camel_case\"",
                "unknown case `camel_case`; did you mean `camelCase`? known: `lowercase`, `UPPERCASE`, `PascalCase`, \
                 `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE`",
            ),
            ("\"Closed\"", "expected the path of an `ErrorName` constant, like `CardDeclined`"),
            ("30", "`timeout` takes a string literal"),
        ],
    );
    check_wrong(
        "lambda = \"${A}\", timeout = \"1m\", heartbeat = \"60s\"",
        "fn pack();",
        &[("\"60s\"", "the heartbeat must be shorter than the timeout; `60s` is not less than `1m`")],
    );
    check_wrong("lambda = \"${A}\", name = \"\"", "fn pack();", &[("\"\"", "a state name cannot be empty")]);
    let long = "a".repeat(81);
    check_wrong(
        LAMBDA,
        &format!("fn {long}();"),
        &[(
            &long,
            "a state name has at most 80 characters; this one has 81; give it another with `name = \"…\"`",
        )],
    );
}

#[test]
fn signatures() {
    check_wrong(LAMBDA, "async fn f();", &[("async", "a task cannot be `async`; write a plain `fn`")]);
    check_wrong(LAMBDA, "unsafe fn f();", &[("unsafe", "a task cannot be `unsafe`; write a plain `fn`")]);
    check_wrong(LAMBDA, "const fn f();", &[("const", "a task cannot be `const`; write a plain `fn`")]);
    check_wrong(
        LAMBDA,
        "extern \"C\" fn f();",
        &[("extern", "a task cannot be `extern`; write a plain `fn`")],
    );
    check_wrong(
        LAMBDA,
        "fn f<T, U>() where T: Copy;",
        &[
            ("T, U", "a task cannot be generic: the state machine is emitted for one set of types"),
            ("where", "a task cannot have a `where` clause"),
        ],
    );
    check_wrong(
        LAMBDA,
        "fn f(&self);",
        &[("self", "a task cannot take `self`; write a function outside of any `impl`")],
    );
    check_wrong(LAMBDA, "fn f(a: u8, ...);", &[("...", "a task cannot be variadic")]);
    check_wrong(
        LAMBDA,
        "fn f() { work() }",
        &[("{", "a task has no body: its work is done elsewhere; end the signature with `;`")],
    );
}

#[test]
fn parameters() {
    let plain = "a task's parameter is a plain name: it becomes a key in the JSON";
    check_wrong(
        LAMBDA,
        "fn f((a, b): (u8, u8), mut c: u8, _: u8);",
        &[("(a, b)", plain), ("mut c", plain), ("_", plain)],
    );
    check_wrong(
        LAMBDA,
        "fn f(#[cfg(test)] a: u8, #[serde(default)] b: u8, #[serde(rename = 1)] c: u8);",
        &[
            (
                "cfg",
                "a task's parameter takes doc comments, `#[input]`, `#[token]` and `#[serde(rename = \"…\")]` only",
            ),
            ("default", "of serde's attributes a task's parameter takes `rename = \"…\"` only"),
            ("1", "`rename` takes a string literal"),
        ],
    );
    let only = "`#[input]` is the whole input, so it is the only parameter; remove it, or the others";
    check_wrong(LAMBDA, "fn f(#[input] a: u8, b: u8);", &[("#[input]", only)]);
    check_wrong(LAMBDA, "fn f(#[input] a: u8, #[input] b: u8);", &[("#[input]", only), ("#[input]", only)]);
    check_wrong(
        LAMBDA,
        "fn f(a: u8, #[serde(rename = \"a\")] b: u8);",
        &[(
            "\"a\"",
            "two parameters are called `a` in JSON; give one another name with `#[serde(rename = \"…\")]`",
        )],
    );
    check_wrong(
        LAMBDA,
        "fn f(a: &str, b: Vec<&[u8]>) -> impl Data;",
        &[
            ("&", "data that travels as JSON is owned, not borrowed: write `String`"),
            ("&", "data that travels as JSON is owned, not borrowed: write `Vec`"),
            ("impl", "the JSON must have one known type: name it instead of `impl`"),
        ],
    );
}

#[test]
fn not_a_function() {
    let expansion = crate::task::attribute(parse(LAMBDA), &parse("struct S;"));
    check_errors(&expansion, &[("struct", "expected `fn`")]);
    assert!(expansion.to_string().ends_with("struct S ;"));
}
