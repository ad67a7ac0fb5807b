use super::*;

#[test]
fn items_of_a_list() {
    check!(order => order.names.first(); { "names": [] } => null, { "names": ["a"] } => "a", { "names": ["a", "b"] } => "a");
    check!(order => order.names.last(); { "names": [] } => null, { "names": ["a"] } => "a", { "names": ["a", "b"] } => "b");
    check!(order => order.nested.last(); { "nested": [] } => null, { "nested": [[]] } => [], { "nested": [[1]] } => [1], { "nested": [[], [1, 2]] } => [1, 2]);
    check!(order => order.maybe.last(); { "maybe": [null] } => null, { "maybe": [] } => null);
    check!(order => order.names.nth(order.numbers.len()); { "names": ["a", "b"], "numbers": [0] } => "b", { "names": [], "numbers": [] } => null);
    check!(order => order.names.reversed().get(1); { "names": ["a", "b"] } => "a", { "names": ["a"] } => null);
    check_both!(
        order => order.names.nth(order.numbers.len()).assume_some("there are more names");
        { "names": ["a", "b"], "numbers": [0] } => "b",
    );
    check_both!(order => order.names.last().assume_some("there is one"); { "names": ["a", "b"] } => "b");
}

#[test]
fn changes_of_a_list() {
    check!(order => order.names.reversed(); { "names": [] } => [], { "names": ["a"] } => ["a"], { "names": ["a", "b"] } => ["b", "a"]);
    check!(order => order.nested.reversed(); { "nested": [[1, 2]] } => [[1, 2]], { "nested": [[], [1]] } => [[1], []]);
    check!(order => order.numbers.sorted(); { "numbers": [] } => [], { "numbers": [3] } => [3], { "numbers": [3, 1, 2] } => [1, 2, 3]);
    check!(order => order.names.sorted(); { "names": ["b", "a"] } => ["a", "b"]);
    check_both!(order => order.names.distinct(); { "names": [] } => [], { "names": ["a"] } => ["a"], { "names": ["a", "b", "a"] } => ["a", "b"], { "names": ["a", "a"] } => ["a"]);
    check_both!(order => order.nested.distinct(); { "nested": [[1]] } => [[1]], { "nested": [[1], [1]] } => [[1]]);
    check_both!(
        order => order.numbers.chunks(2);
        { "numbers": [] } => [], { "numbers": [1] } => [[1]], { "numbers": [1, 2] } => [[1, 2]], { "numbers": [1, 2, 3] } => [[1, 2], [3]],
    );
    check_both!(order => order.nested.chunks(2); { "nested": [[1]] } => [[[1]]], { "nested": [[]] } => [[[]]]);
    check!(
        order => order.names.concat(["x"]);
        { "names": [] } => ["x"], { "names": ["a"] } => ["a", "x"],
    );
    check!(order => order.names.concat(order.names); { "names": [] } => [], { "names": ["a"] } => ["a", "a"]);
    check!(order => order.nested.concat(order.nested); { "nested": [[1]] } => [[1], [1]], { "nested": [[]] } => [[], []]);
    check!(order => order.nested.flatten(); { "nested": [] } => [], { "nested": [[]] } => [], { "nested": [[1]] } => [1], { "nested": [[1], [], [2, 3]] } => [1, 2, 3]);
}

#[test]
fn numbers_of_a_list() {
    check!(order => order.numbers.sum(); { "numbers": [] } => 0, { "numbers": [1] } => 1, { "numbers": [1, 0.5] } => 1.5);
    check!(order => order.numbers.min(); { "numbers": [] } => null, { "numbers": [1] } => 1, { "numbers": [1, 0.5] } => 0.5);
    check!(order => order.numbers.max(); { "numbers": [] } => null, { "numbers": [1] } => 1, { "numbers": [1, 0.5] } => 1);
    check!(order => order.numbers.average(); { "numbers": [] } => null, { "numbers": [1, 2] } => 1.5);
    check!(order => order.numbers.max().or(0.0); { "numbers": [] } => 0, { "numbers": [1, 2] } => 2);
    check_both!(order => order.nested.contains(vec![1, 2]); { "nested": [] } => false, { "nested": [[1, 2]] } => true, { "nested": [[1], [2]] } => false);
    check_both!(order => order.numbers.contains(0.5); { "numbers": [0.5] } => true, { "numbers": [1] } => false);
    check!(order => order.nested.len(); { "nested": [[1, 2]] } => 1, { "nested": [] } => 0);
}

#[test]
fn objects() {
    check!(order => order.stock.keys(); { "stock": {} } => [], { "stock": { "a": 1 } } => ["a"], { "stock": { "a": 1, "b": 2 } } => ["a", "b"]);
    check!(order => order.stock.values(); { "stock": {} } => [], { "stock": { "a": 1 } } => [1], { "stock": { "a": 1, "b": 2 } } => [1, 2]);
    check!(order => order.any.values(); { "any": { "a": [1] } } => [[1]], { "any": { "a": null } } => [null], { "any": { "a": [] } } => [[]]);
    check!(order => order.stock.lookup(order.id); { "stock": { "a": 1 }, "id": "a" } => 1, { "stock": {}, "id": "a" } => null);
    check_both!(
        order => order.any.merge(order.any.get("more"));
        { "any": { "a": 1, "more": { "a": 2, "b": 3 } } } => { "a": 2, "more": { "a": 2, "b": 3 }, "b": 3 },
    );
}
