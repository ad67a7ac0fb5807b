use super::*;

macro_rules! check {
    ($basket:ident => $expression:expr, $expect:tt) => {
        check_printed!("JSONPath", $basket => $expression, { "value.$": $expect })
    };
}

#[test]
fn each_intrinsic_function() {
    check!(b => fmt!("{} {}", b.id, b.count), "States.Format('{} {}', $.id, $.count)");
    check!(b => b.id.parse_json::<Value>(), "States.StringToJson($.id)");
    check!(b => b.any.to_json_text(), "States.JsonToString($.any)");
    check!(b => data!([b.id, b.id]), "States.Array($.id, $.id)");
    check!(b => b.names.chunks(2), "States.ArrayPartition($.names, 2)");
    check!(b => b.names.contains(b.id), "States.ArrayContains($.names, $.id)");
    check!(b => range(0, b.count, 2), "States.ArrayRange(0, $.count, 2)");
    check!(b => b.names.nth(1).assume_some("two at least"), "States.ArrayGetItem($.names, 1)");
    check!(
        b => b.names.last().assume_some("one at least"),
        "States.ArrayGetItem($.names, States.MathAdd(States.ArrayLength($.names), -1))"
    );
    check!(b => b.names.len(), "States.ArrayLength($.names)");
    check!(b => b.names.distinct(), "States.ArrayUnique($.names)");
    check!(b => b.id.encode_base64(), "States.Base64Encode($.id)");
    check!(b => b.id.decode_base64(), "States.Base64Decode($.id)");
    check!(b => b.id.hash(HashAlgorithm::Sha512), "States.Hash($.id, 'SHA-512')");
    check!(b => b.any.merge(b.any.get("more")), "States.JsonMerge($.any, $.any.more, false)");
    check!(b => random(1, b.count), "States.MathRandom(1, $.count)");
    check!(b => expr!(b.count + 1), "States.MathAdd($.count, 1)");
    check!(b => b.id.tokens(", "), "States.StringSplit($.id, ', ')");
    check!(_b => uuid(), "States.UUID()");
}

#[test]
fn free_form_json_is_a_template() {
    check_printed!(
        "JSONPath",
        b => data!({ "QueueUrl": b.id, "Body": { "lines": [1, b.total], "null": null }, "Flag": true }),
        { "QueueUrl.$": "$.id", "Body": { "lines.$": "States.Array(1, $.total)", "null": null }, "Flag": true }
    );
}
