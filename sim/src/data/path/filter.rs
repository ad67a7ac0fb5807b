//! Filters of Paths: `[?(@.status == 0 && @.name =~ /a.*/i)]`.

use serde_json::Value;
use stepwright_codegen::asl::path::{Operand, Predicate};

use crate::data::path::compare::compare;
use crate::data::path::walk::{Found, walk};

/// Whether a filter lets an item through. A value that is not there differs from everything.
pub(super) fn accepts(predicate: &Predicate, item: &Value, document: &Value) -> bool {
    match predicate {
        Predicate::Any(parts) => parts.iter().any(|part| accepts(part, item, document)),
        Predicate::All(parts) => parts.iter().all(|part| accepts(part, item, document)),
        Predicate::Not(part) => !accepts(part, item, document),
        Predicate::Exists(operand) => value(operand, item, document).is_some(),
        Predicate::Compare(left, operator, right) => {
            let pattern = match right {
                Operand::Pattern { pattern, flags } => Some((pattern.as_str(), flags.as_str())),
                Operand::Item(_) | Operand::Document(_) | Operand::Literal(_) => None,
            };
            let (left, right) = (value(left, item, document), value(right, item, document));
            compare(left.as_ref(), *operator, right.as_ref(), pattern)
        }
    }
}

fn value(operand: &Operand, item: &Value, document: &Value) -> Option<Value> {
    let found = match operand {
        Operand::Item(path) => walk(path, item),
        Operand::Document(path) => walk(path, document),
        Operand::Literal(value) => return Some(value.clone()),
        Operand::Pattern { .. } => return None,
    };
    found.ok().filter(|found| !found.is_absent()).map(Found::into_value)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::data::path::select;
    use crate::data::{Random, Variables, View};

    #[track_caller]
    fn check_filter(filter: &str, expect: &[&str]) {
        let input = json!({ "limit": 10, "users": [
            { "id": "ann", "status": 0, "tags": ["a", "b"] },
            { "id": "bob", "status": 1, "tags": [], "mail": null },
            { "id": "Cid", "status": 12.5, "tags": ["b"], "on": true },
        ] });
        let path = format!("$.users[?({filter})].id");
        let selected = select(&path, &View::new(&input, &Value::Null, &Variables::new(), &Random::new(0)));
        assert_eq!(selected.map_err(|failure| failure.cause), Ok(json!(expect)), "{filter}");
    }

    #[test]
    fn values_are_compared() {
        check_filter("@.status == 0", &["ann"]);
        check_filter("@.status==1.0", &["bob"]);
        check_filter("@.status != 0", &["bob", "Cid"]);
        check_filter("@.status > 0", &["bob", "Cid"]);
        check_filter("@.status <= $.limit", &["ann", "bob"]);
        check_filter("@['id'] >= 'ann'", &["ann", "bob"]);
        check_filter("@.on == true", &["Cid"]);
        check_filter("'bob' == @.id", &["bob"]);
    }

    #[test]
    fn presence_is_not_truth() {
        check_filter("@.mail", &["bob"]);
        check_filter("!@.mail", &["ann", "Cid"]);
        check_filter("@.mail == null", &["bob"]);
        check_filter("@.tags[0]", &["ann", "Cid"]);
    }

    #[test]
    fn predicates_combine() {
        check_filter("@.status == 0 || @.status == 1 && @.id == 'nobody'", &["ann"]);
        check_filter("(@.status == 0 || @.status == 1) && @.id == 'bob'", &["bob"]);
        check_filter("!(@.status == 0)", &["bob", "Cid"]);
    }

    #[test]
    fn lists_and_patterns_are_asked() {
        check_filter("@.id in ['ann', \"Cid\"]", &["ann", "Cid"]);
        check_filter("@.id nin ['ann']", &["bob", "Cid"]);
        check_filter("@.tags contains 'b'", &["ann", "Cid"]);
        check_filter("@.tags size 1", &["Cid"]);
        check_filter("@.tags empty true", &["bob"]);
        check_filter("@.tags subsetof ['b']", &["bob", "Cid"]);
        check_filter("@.tags anyof ['a']", &["ann"]);
        check_filter("@.tags noneof ['a']", &["bob", "Cid"]);
        check_filter("@.id =~ /[a-c].*/", &["ann", "bob"]);
        check_filter("@.id =~ /c.*/i", &["Cid"]);
        check_filter("@.id =~ /n/", &[]);
    }
}
