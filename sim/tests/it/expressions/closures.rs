use super::*;

#[test]
fn map_makes_one_item_of_each() {
    check!(order => order.names.map(|name| name.to_uppercase()); { "names": [] } => [], { "names": ["a"] } => ["A"], { "names": ["a", "b"] } => ["A", "B"]);
    check!(order => order.nested.map(|list| list); { "nested": [] } => [], { "nested": [[]] } => [[]], { "nested": [[1, 2]] } => [[1, 2]], { "nested": [[1], []] } => [[1], []]);
    check!(order => order.nested.map(|list| list.len()); { "nested": [[1, 2]] } => [2], { "nested": [[], [1]] } => [0, 1]);
    check!(order => order.maybe.map(|value| value); { "maybe": [null] } => [null], { "maybe": [null, 1] } => [null, 1]);
    check!(order => order.maybe.map(|value| value.or(7)); { "maybe": [null] } => [7], { "maybe": [null, 1] } => [7, 1]);
    check!(order => order.lines.map(|line| line.tag); { "lines": [{}] } => [null], { "lines": [{ "tag": "x" }, { "tag": null }] } => ["x", null]);
    check!(
        order => order.lines.map(|line| data!(Line { sku: line.sku, qty: line.qty + 1.0, price: order.total, tag: line.tag }));
        { "total": 2, "lines": [{ "sku": "a", "qty": 1 }] } => [{ "sku": "a", "qty": 2, "price": 2, "tag": null }],
    );
    check!(
        order => order.names.map(|name| data!([name, order.any, [order.total], { "n": order.note }]));
        { "names": ["a"], "total": 1, "any": [1], "note": null } => [["a", [1], [1], { "n": null }]],
        { "names": ["a"], "total": 1, "any": [], "note": "x" } => [["a", [], [1], { "n": "x" }]],
        { "names": ["a"], "total": 1, "any": null } => [["a", null, [1], { "n": null }]],
    );
}

#[test]
fn filter_keeps_the_list() {
    check!(
        order => order.lines.filter(|line| cond!(line.qty > 0.0)).map(|line| expr!(line.qty * line.price)).sum();
        { "lines": [] } => 0, { "lines": [{ "qty": 2, "price": 3 }] } => 6, { "lines": [{ "qty": 0, "price": 3 }, { "qty": 1, "price": 3 }] } => 3,
    );
    check!(order => order.nested.filter(|list| cond!(list.len() < 2)); { "nested": [[1]] } => [[1]], { "nested": [[]] } => [[]], { "nested": [[1, 2]] } => [], { "nested": [[1], [], [1, 2]] } => [[1], []]);
    check!(order => order.maybe.filter(|value| value.is_none()); { "maybe": [null] } => [null], { "maybe": [1] } => []);
    check!(order => order.lines.find(|line| cond!(line.sku == order.id)).map(|line| line.qty); { "id": "a", "lines": [] } => null, { "id": "a", "lines": [{ "sku": "a", "qty": 2 }] } => 2);
}

#[test]
fn any_and_all_are_as_in_rust() {
    check!(order => order.maybe.any(|value| value.is_none()); { "maybe": [] } => false, { "maybe": [null] } => true, { "maybe": [1] } => false);
    check!(order => order.nested.any(|list| cond!(list.len() == 0)); { "nested": [[]] } => true, { "nested": [[1]] } => false);
    check!(order => order.nested.all(|list| cond!(list.len() == 0)); { "nested": [] } => true, { "nested": [[]] } => true, { "nested": [[1], []] } => false);
    check!(order => cond!(!order.names.any(|name| cond!(name == "a")) && order.total > 0.0); { "names": ["b"], "total": 1 } => true);
}

#[test]
fn fold_goes_through_the_items_in_order() {
    check!(order => order.names.fold("", |text, name| fmt!("{text}{name}")); { "names": [] } => "", { "names": ["a"] } => "a", { "names": ["a", "b"] } => "ab");
    check!(
        order => order.names.fold(Vec::<Vec<String>>::new(), |lists, name| lists.concat([[name]]));
        { "names": [] } => [], { "names": ["a"] } => [["a"]], { "names": ["a", "b"] } => [["a"], ["b"]],
    );
}

#[test]
fn closures_nest_and_read_what_is_around() {
    check!(
        order => order.nested.map(|list| list.map(|number| expr!(number.to_f64() + order.total + list.len().to_f64())));
        { "total": 10, "nested": [] } => [], { "total": 10, "nested": [[1]] } => [[12]], { "total": 10, "nested": [[], [1, 2]] } => [[], [13, 14]],
    );
    check!(
        order => order.names.filter(|name| order.lines.any(|line| cond!(line.sku == name)));
        { "names": ["a", "b"], "lines": [{ "sku": "b" }] } => ["b"],
    );
}

/// A variable of the machine is called like the parameter would be.
#[test]
fn a_parameter_hides_no_variable() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        let item = s.pass_saved_as("Keep", "item", order.id);
        s.wait("Pause", 1.seconds());
        s.pass("Made", order.names.map(|name| fmt!("{item}{name}")))
    }
    assert_eq!(run(&w(), &json!({ "id": "x", "names": ["a"] })), json!(["xa"]));
}
