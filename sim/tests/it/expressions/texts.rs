use super::*;

#[test]
fn changes_of_a_text() {
    check!(order => order.id.len(); { "id": "" } => 0, { "id": "aé😀" } => 3);
    check!(order => order.id.to_uppercase(); { "id": "aé" } => "AÉ");
    check!(order => order.id.to_lowercase(); { "id": "AÉ" } => "aé");
    check!(order => order.id.trim(); { "id": " a  b\n" } => "a  b", { "id": "" } => "", { "id": "  " } => "");
    check!(order => order.id.replace("a", "$1"); { "id": "banana" } => "b$1n$1n$1", { "id": "" } => "");
    check!(order => order.id.substring(1, 2); { "id": "abcd" } => "bc", { "id": "a" } => "", { "id": "" } => "");
    check!(order => order.id.encode_url(); { "id": "a b/c" } => "a%20b%2Fc");
    check!(order => order.id.trim().to_uppercase().len(); { "id": " ab " } => 2);
}

#[test]
fn questions_about_a_text() {
    check!(order => order.id.contains("b"); { "id": "abc" } => true, { "id": "" } => false);
    check!(order => order.id.contains(order.names.get(0).assume_some("one")); { "id": "abc", "names": [""] } => true);
    check!(
        order => order.id.starts_with("ab");
        { "id": "abc" } => true, { "id": "ab" } => true, { "id": "a" } => false, { "id": "" } => false,
    );
    check!(
        order => order.id.starts_with(fmt!("{}!", order.total));
        { "id": "1!x", "total": 1 } => true, { "id": "1", "total": 1 } => false,
    );
    check!(
        order => order.id.ends_with("bc");
        { "id": "abc" } => true, { "id": "bc" } => true, { "id": "c" } => false, { "id": "" } => false, { "id": "bcd" } => false,
    );
    check!(order => order.id.ends_with(""); { "id": "abc" } => true, { "id": "" } => true);
    check!(order => order.id.to_uppercase().ends_with(order.id.to_uppercase()); { "id": "abc" } => true);
    check!(
        order => order.id.matches("log-*.tx\\*/(");
        { "id": "log-\n1.tx*/(" } => true, { "id": "log-.tx*/(" } => true, { "id": "log-1.txt/(" } => false, { "id": "xlog-.tx*/(" } => false,
    );
}

#[test]
fn parts_of_a_text() {
    check!(order => order.id.split(","); { "id": "a,,b" } => ["a", "", "b"], { "id": "a" } => ["a"], { "id": "" } => [""]);
    check_both!(
        order => order.id.tokens(" ,;[]-");
        { "id": "a, b;c" } => ["a", "b", "c"], { "id": "a" } => ["a"], { "id": ",," } => [], { "id": "" } => [],
        { "id": "[a]-b" } => ["a", "b"],
    );
    check!(order => order.names.join(", "); { "names": ["a", "b"] } => "a, b", { "names": ["a"] } => "a", { "names": [] } => "");
}

#[test]
fn texts_as_other_things() {
    check!(order => order.id.parse::<f64>(); { "id": "1.5" } => 1.5, { "id": "-2" } => (-2));
    check!(order => order.id.parse::<u32>(); { "id": "7" } => 7);
    check_both!(
        order => order.id.parse_json::<Value>();
        { "id": "{\"a\":[1]}" } => { "a": [1] }, { "id": "[1]" } => [1], { "id": "\"x\"" } => "x",
    );
    check_both!(order => order.id.encode_base64(); { "id": "" } => "", { "id": "ab c" } => "YWIgYw==");
    check_both!(order => order.id.decode_base64(); { "id": "YWIgYw==" } => "ab c");
    check_both!(
        order => order.id.hash(HashAlgorithm::Md5);
        { "id": "input data" } => "812f45842bc6d66ee14572ce20db8e86",
    );
    check_both!(order => order.count.to_text(); { "count": 7 } => "7");
    check_both!(order => order.any.to_json_text();
        { "any": { "a": [1, null] } } => "{\"a\":[1,null]}", { "any": "x\"" } => "\"x\\\"\"", { "any": [1] } => "[1]",
        { "any": [] } => "[]", { "any": null } => "null", { "any": true } => "true", { "any": [[1]] } => "[[1]]",
    );
    check_both!(order => order.id.to_json_text(); { "id": "a" } => "\"a\"");
    check_both!(order => order.lines.to_json_text(); { "lines": [] } => "[]", { "lines": [1] } => "[1]");
}

#[test]
fn numbers() {
    check!(order => order.total.abs(); { "total": -1.5 } => 1.5);
    check!(order => order.total.floor(); { "total": -1.5 } => (-2));
    check!(order => order.total.ceil(); { "total": -1.5 } => (-1));
    check!(order => order.total.round(); { "total": 2.5 } => 3, { "total": -2.5 } => (-3), { "total": 2.4 } => 2, { "total": -0.2 } => 0);
    check!(order => order.total.round_ties_even(); { "total": 2.5 } => 2, { "total": 3.5 } => 4);
    check!(order => expr!(order.total + 1.0).round(); { "total": 1.5 } => 3);
    check!(order => order.total.sqrt(); { "total": 9 } => 3);
    check!(order => order.count.pow(3); { "count": -2 } => (-8));
    check!(order => order.count.to_f64() * order.total; { "count": 2, "total": 0.5 } => 1);
    check!(order => expr!(order.count * order.total - order.count * 0.5); { "count": 2, "total": 0.5 } => 0);
    check_both!(order => range(order.count, 10, 5); { "count": 0 } => [0, 5, 10], { "count": 6 } => [6]);
}

#[test]
fn what_is_drawn_is_in_range() {
    check!(order => cond!(random(order.count, 4) == 3); { "count": 3 } => true);
    check_in!("JSONPath", order => random(order.count, 4); { "count": 3 } => 3);
    check!(_order => cond!(uuid().len() == 36); {} => true);
}
