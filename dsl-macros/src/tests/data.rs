use super::{check_errors, check_items, parse};

#[track_caller]
fn check(name: &str, input: &str) {
    check_items(name, input, crate::data::derive(parse(input)));
}

#[track_caller]
fn check_wrong(input: &str, expect: &[(&str, &str)]) {
    check_errors(&crate::data::derive(parse(input)), expect);
}

#[test]
fn tagged_enum() {
    check(
        "data_tagged_enum",
        r#"
        #[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
        pub enum Event<T> {
            /// An order came in.
            CreatedNow {
                /// Its number.
                order_id: String,
                #[serde(default)]
                gift: bool,
            },
            Deleted(T),
            #[serde(rename = "idle")]
            Nothing,
            #[serde(skip)]
            Never,
            #[serde(other)]
            Unknown,
        }"#,
    );
}

#[test]
fn enum_with_its_data_in_a_field() {
    check(
        "data_adjacent_enum",
        r#"#[serde(tag = "kind", content = "data")] enum Shape { Circle { radius: f64 }, Label(String), Nothing }"#,
    );
}

#[test]
fn record() {
    check(
        "data_record",
        r#"
        /// What the shop sends us.
        #[serde(rename_all = "camelCase")]
        pub struct Order {
            /// The number on the invoice.
            pub id: String,
            pub(crate) order_total: f64,
            r#type: Kind,
            #[serde(rename = "voucher")]
            coupon: Option<String>,
        }"#,
    );
}

#[test]
fn fields_that_may_be_missing() {
    check(
        "data_missing_fields",
        r#"
        struct Order {
            #[serde(default)]
            gift: bool,
            #[serde(default = "path")]
            notes: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            coupon: Option<String>,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            aliased: MaybeText,
            #[serde(skip_serializing_if = "Vec::is_empty", default)]
            lines: Vec<Line>,
            #[serde(skip)]
            cache: Cache,
            #[serde(skip_serializing)]
            secret: String,
            #[serde(skip_deserializing)]
            computed: u32,
        }"#,
    );
}

#[test]
fn container_default_concerns_all_fields() {
    check("data_container_default", "#[serde(default)] struct Order { id: String, coupon: Option<String> }");
}

#[test]
fn generics_are_bounded_and_kept_where_mentioned() {
    check(
        "data_generics",
        "struct Page<T, U: Clone = u8, const N: usize = 1> where Vec<U>: Clone, T: Copy { \
           items: Vec<T>, #[serde(skip)] marker: PhantomData<[U; N]> }",
    );
}

#[test]
fn newtype() {
    check("data_newtype", "pub struct OrderId(pub String);");
}

#[test]
fn transparent_struct() {
    check(
        "data_transparent",
        "#[serde(transparent)] #[stepwright(crate = my::stepwright)] struct Id<T> { inner: Vec<T>, #[serde(skip)] cache: u8 }",
    );
}

#[test]
fn unit_enum() {
    check(
        "data_unit_enum",
        r#"#[serde(rename_all = "kebab-case")] pub enum Priority { Low, #[serde(other)] High }"#,
    );
}

#[test]
fn companions_do_not_hide_field_types() {
    check("data_companion_names", "struct Order { refs: Vec<OrderRefs>, of: __OrderRefs }");
}

#[test]
fn empty_struct() {
    check("data_empty", "struct Nothing {}");
}

#[test]
fn fallback_keeps_the_fields() {
    check("data_fallback_record", "struct Order { id: String, #[serde(flatten)] extra: Extra }");
}

#[test]
fn fallback_of_an_enum_with_data() {
    check("data_fallback_enum", "enum Payment { Card { number: String }, Cash }");
}

#[test]
fn shapes_that_are_no_data() {
    check_wrong(
        "struct Nothing;",
        &[(
            "Nothing",
            "a unit struct is `null` in JSON, so it carries no data; use `()`, or give it named fields with `{}`",
        )],
    );
    check_wrong(
        "struct Pair(String, u32);",
        &[(
            "(",
            "a tuple struct is an array of mixed types in JSON; name its fields, so that states can refer to them",
        )],
    );
    check_wrong(
        "enum Payment { Cash, Card { number: String }, Other(u8) }",
        &[(
            "{ number: String }",
            "an enum with data must say in a field which variant it is: add `#[serde(tag = \"type\")]` to it; states \
             take it apart with `choose!`",
        )],
    );
    check_wrong(
        "#[serde(tag = \"t\")] enum Payment { Cash, Card(String, u8) }",
        &[(
            "(String, u8)",
            "a variant of several values is an array of mixed types in JSON; name its fields, so that states can refer to \
             them",
        )],
    );
    check_wrong(
        "#[serde(tag = \"t\")] enum Payment { Cash, #[serde(rename = \"Cash\")] Coins }",
        &[(
            "\"Cash\"",
            "two variants are called `Cash` in JSON; give one another name with `#[serde(rename = \"…\")]`",
        )],
    );
    check_wrong(
        "enum Never {}",
        &[("Never", "an enum without variants has no values, so it carries no data")],
    );
    check_wrong(
        "union U { a: u8 }",
        &[("union", "a union has no JSON; use a struct or an enum of plain names")],
    );
    check_wrong(
        "#[serde(transparent)] struct Two { a: u8, b: u8 }",
        &[("Two", "`serde(transparent)` takes exactly one field that is not skipped")],
    );
}

#[test]
fn borrowed_data() {
    check_wrong(
        "struct Order<'a> { #[serde(borrow)] id: &'a str }",
        &[(
            "'a",
            "data that travels as JSON is owned, not borrowed: use `String` and `Vec`, without lifetimes",
        )],
    );
    check_wrong(
        "struct Order { id: &'static str, lines: Option<&'static [u8]> }",
        &[
            ("&", "data that travels as JSON is owned, not borrowed: write `String`"),
            ("&", "data that travels as JSON is owned, not borrowed: write `Vec`"),
        ],
    );
}

#[test]
fn attributes_that_hide_the_json() {
    let tagging = "changes the JSON in a way that the type does not show; data is a struct with named fields, a \
                   newtype or an enum of plain names, each as serde writes it by default, or an enum with a `tag`";
    check_wrong(
        "#[serde(tag = \"type\")] struct Order { id: String }",
        &[("tag", &format!("`tag` {tagging}"))],
    );
    check_wrong(
        "#[serde(tag = \"t\", content = \"c\")] enum Kind { A, #[serde(untagged)] B }",
        &[("untagged", &format!("`untagged` {tagging}"))],
    );
    let other = "makes the JSON that of another type; use that type here, or wrap it in a newtype";
    check_wrong(
        "#[serde(from = \"Raw\", try_from = \"Raw\", into = \"Raw\", remote = \"Raw\")] struct Id(String);",
        &[
            ("from", &format!("`from` {other}")),
            ("try_from", &format!("`try_from` {other}")),
            ("into", &format!("`into` {other}")),
            ("remote", &format!("`remote` {other}")),
        ],
    );
    let function = "gives the field a JSON that its type does not tell; use a newtype that has this JSON";
    check_wrong(
        "struct Order { #[serde(with = \"m\")] a: u8, #[serde(serialize_with = \"f\", deserialize_with = \"f\")] b: u8, \
         #[serde(getter = \"g\")] c: u8, #[serde(skip, with = \"m\")] d: u8 }",
        &[
            ("with", &format!("`with` {function}")),
            ("serialize_with", &format!("`serialize_with` {function}")),
            ("deserialize_with", &format!("`deserialize_with` {function}")),
            ("getter", &format!("`getter` {function}")),
        ],
    );
    check_wrong(
        "struct Order { #[serde(flatten)] extra: Extra, #[serde(borrow)] id: Id }",
        &[
            (
                "flatten",
                "`flatten` hides which fields there are; nest the struct as a field, or repeat its fields here",
            ),
            (
                "borrow",
                "`borrow` borrows, but data that travels as JSON is owned: use `String`, `Vec` and the like",
            ),
        ],
    );
}

#[test]
fn names_that_differ_by_direction() {
    let message = "must be the same for serializing and deserializing: a workflow has one name for what is written \
                   and for what is read; write";
    check_wrong(
        "#[serde(rename_all(serialize = \"camelCase\"))] struct Order { \
           #[serde(rename(serialize = \"a\", deserialize = \"b\"))] id: String, \
           #[serde(rename(serialize = \"x\", deserialize = \"x\"))] same: String }",
        &[
            ("rename_all", &format!("`rename_all` {message} `rename_all = \"…\"`")),
            ("rename", &format!("`rename` {message} `rename = \"…\"`")),
        ],
    );
}

#[test]
fn two_fields_of_one_name() {
    check_wrong(
        "struct Order { id: String, #[serde(rename = \"id\")] number: u32, #[serde(skip, rename = \"id\")] x: u8 }",
        &[(
            "\"id\"",
            "two fields are called `id` in JSON; give one another name with `#[serde(rename = \"…\")]`",
        )],
    );
}

#[test]
fn our_own_attribute() {
    check_wrong(
        "#[stepwright(krate = x)] struct Order { id: String }",
        &[("krate", "unknown key `krate`; did you mean `crate`? known: `crate`")],
    );
    check_wrong(
        "#[stepwright] struct Order { id: String }",
        &[("stepwright", "expected attribute arguments in parentheses: `stepwright(...)`")],
    );
}

#[test]
fn the_rest_is_left_to_serde() {
    check_wrong(
        "#[serde(deny_unknown_fields, bound = \"\", expecting = \"x\", crate = \"s\", nonsense(1 2), rename_all = \"x\")] \
         struct Order { #[serde(alias = \"n\", = )] id: String }",
        &[],
    );
}
