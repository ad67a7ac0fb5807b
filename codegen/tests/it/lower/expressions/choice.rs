//! Each operator of a Choice Rule is what some condition becomes.

use std::collections::BTreeSet;

use super::*;

/// The rule that a condition becomes, without `Next`.
macro_rules! rule {
    ($basket:ident => $condition:expr) => {{
        #[workflow(query_language = "JSONPath")]
        fn w(s: &mut Scope, $basket: Ref<Basket>) {
            s.when("Test", $condition, |s| s.wait("Pause", 1.seconds()));
        }
        let mut rules = field(&w(), "Test", "Choices");
        let rule = rules.get_mut(0).and_then(Value::as_object_mut);
        let mut rule = rule.unwrap_or_else(|| panic!("{}", field(&w(), "Test", "Choices"))).clone();
        rule.remove("Next");
        Value::Object(rule)
    }};
}

/// The operators of a rule and of those inside.
fn operators(rule: &Value, found: &mut BTreeSet<String>) {
    match rule {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name != "Variable" {
                    found.insert(name.clone());
                }
                operators(value, found);
            }
        }
        Value::Array(rules) => rules.iter().for_each(|rule| operators(rule, found)),
        _ => {}
    }
}

#[test]
fn every_operator_is_emitted_by_a_condition() {
    let mut found = BTreeSet::new();
    let mut check = |rule: Value, expect: Value| {
        assert_eq!(rule, expect);
        operators(&rule, &mut found);
    };
    macro_rules! each {
        ($kind:literal $field:ident: $($operator:tt $name:literal)*) => {$(
            check(
                rule!(b => cond!(b.$field $operator b.$field)),
                json!({ "Variable": concat!("$.", stringify!($field)), concat!($kind, $name, "Path"): concat!("$.", stringify!($field)) }),
            );
        )*};
        ($kind:literal $field:ident, $constant:expr, $shown:expr; $($operator:tt $name:literal)*) => {
            each!($kind $field: $($operator $name)*);
            $(check(
                rule!(b => cond!(b.$field $operator $constant)),
                json!({ "Variable": concat!("$.", stringify!($field)), concat!($kind, $name): $shown }),
            );)*
        };
    }
    each!("String" id, "m", "m"; == "Equals" < "LessThan" <= "LessThanEquals" > "GreaterThan" >= "GreaterThanEquals");
    each!("Numeric" total, 1.5, 1.5; == "Equals" < "LessThan" <= "LessThanEquals" > "GreaterThan" >= "GreaterThanEquals");
    each!("Timestamp" due, jiff::Timestamp::UNIX_EPOCH, "1970-01-01T00:00:00Z";
        == "Equals" < "LessThan" <= "LessThanEquals" > "GreaterThan" >= "GreaterThanEquals");
    each!("Boolean" paid, true, true; == "Equals");
    check(rule!(b => b.id.matches("log-*.txt")), json!({ "Variable": "$.id", "StringMatches": "log-*.txt" }));
    check(rule!(b => b.id.starts_with("a*")), json!({ "Variable": "$.id", "StringMatches": "a\\**" }));
    check(rule!(b => b.id.ends_with("\\z")), json!({ "Variable": "$.id", "StringMatches": "*\\\\z" }));
    check(rule!(b => b.id.contains("m")), json!({ "Variable": "$.id", "StringMatches": "*m*" }));
    check(rule!(b => b.any.is_string()), json!({ "Variable": "$.any", "IsString": true }));
    check(rule!(b => b.any.is_number()), json!({ "Variable": "$.any", "IsNumeric": true }));
    check(rule!(b => b.any.is_boolean()), json!({ "Variable": "$.any", "IsBoolean": true }));
    check(rule!(b => b.any.is_timestamp()), json!({ "Variable": "$.any", "IsTimestamp": true }));
    check(rule!(b => b.any.is_null()), json!({ "Variable": "$.any", "IsNull": true }));
    check(
        rule!(b => b.tags.first().is_some()),
        json!({ "And": [
            { "Variable": "$.tags[0]", "IsPresent": true },
            { "Variable": "$.tags[0]", "IsNull": false },
        ] }),
    );
    check(rule!(b => b.note.is_present()), json!({ "Variable": "$.note", "IsPresent": true }));
    check(
        rule!(b => cond!(!b.any.is_string() && (b.paid || b.any.is_null()))),
        json!({ "And": [
            { "Not": { "Variable": "$.any", "IsString": true } },
            { "Or": [{ "Variable": "$.paid", "BooleanEquals": true }, { "Variable": "$.any", "IsNull": true }] },
        ] }),
    );
    check(
        rule!(b => b.note.is_none()),
        json!({ "Not": { "And": [
            { "Variable": "$.note", "IsPresent": true },
            { "Variable": "$.note", "IsNull": false },
        ] } }),
    );
    assert_eq!(found.len(), 39 + 3, "{found:?}");
}
