use super::*;

#[test]
fn optional_expressions() {
    check!(order => order.names.last().or("none"); { "names": [] } => "none", { "names": ["a"] } => "a");
    check!(order => order.maybe.last().map(|value| value.or(3)).or(4); { "maybe": [] } => 4, { "maybe": [null] } => 4, { "maybe": [1] } => 1);
    check!(order => order.names.last().is_some(); { "names": [] } => false, { "names": [""] } => true);
    check!(order => order.names.last().is_none(); { "names": [] } => true, { "names": ["a"] } => false);
    check!(order => order.note.map(|note| note.len()); {} => null, { "note": null } => null, { "note": "ab" } => 2);
    check!(order => order.note.map(|note| cond!(note == "ab")); { "note": "ab" } => true);
    check!(order => order.note.map(|note| cond!(note == "ab")).or(false); {} => false);
    check!(order => expr!(if order.total > 0.0 { order.note } else { None }).or("x"); { "total": 0, "note": "a" } => "x", { "total": 1, "note": "a" } => "a", { "total": 1 } => "x");
}

#[test]
fn a_value_that_is_assumed_and_missing_fails() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.pass("Made", order.names.last().assume_some("there is always one"))
    }
    let failed = run(&w(), &json!({ "names": [] })).to_string();
    assert!(failed.contains("there is always one"), "{failed}");
}

#[test]
fn values_of_any_type() {
    check!(order => order.any.is_string(); { "any": "x" } => true, { "any": 1 } => false, {} => false);
    check!(order => order.any.is_number(); { "any": 1 } => true, { "any": [1] } => false);
    check!(order => order.any.is_boolean(); { "any": false } => true, { "any": 1 } => false);
    check!(order => order.any.is_null(); { "any": null } => true, { "any": 1 } => false);
    check!(order => order.any.is_array(); { "any": [] } => true, { "any": [1] } => true, { "any": 1 } => false);
    check!(order => order.any.is_object(); { "any": {} } => true, { "any": [] } => false);
    check!(order => order.any.is_present(); { "any": null } => true, {} => false);
    check!(order => order.any.is_timestamp(); { "any": "2027-01-31T12:00:00Z" } => true, { "any": "2027" } => false, { "any": 1 } => false);
    check!(order => order.note.is_present(); { "note": null } => true, {} => false);
}

#[test]
fn free_form_json() {
    check_both!(
        order => data!({ "QueueUrl": order.id, "Body": { "total": order.total, "tags": ["a", null], "none": {} }, "Yes": true, "N": -1, });
        { "id": "q", "total": 2 } => { "QueueUrl": "q", "Body": { "total": 2, "tags": ["a", null], "none": {} }, "Yes": true, "N": -1 },
    );
    check!(order => data!([order.names, [], order.note]); { "names": [] } => [[], [], null], { "names": ["a"], "note": "b" } => [["a"], [], "b"]);
    check!(order => data!({ "list": order.names.map(|name| data!({ "name": name })) }); { "names": ["a"] } => { "list": [{ "name": "a" }] });
}
