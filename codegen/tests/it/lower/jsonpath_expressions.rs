//! Payload templates, intrinsic functions, and the tests of Choice Rules.

use super::*;

/// What the parameters of a task become.
macro_rules! check_template {
    ($order:ident => $expression:expr, $expect:tt) => {{
        #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
        struct Boxed {
            it: Value,
        }
        #[task(lambda = "${Take}")]
        fn take(#[input] boxed: Boxed) -> Value;
        fn boxed<A: stepwright::Operand>(it: A) -> Expr<Boxed> {
            let it: Expr<A::Data> = it.into_expr();
            stepwright::__private::record(vec![(
                "it",
                stepwright::__private::Presence::Always,
                it.into_expression(),
            )])
        }
        #[workflow(query_language = "JSONPath")]
        fn w(s: &mut Scope, $order: Ref<Order>) {
            s.task(take(boxed($expression)));
        }
        assert_eq!(field(&w(), "Take", "Parameters"), json!($expect));
    }};
}

#[test]
fn values_are_paths_constants_or_calls() {
    check_template!(order => order.id, { "it.$": "$.id" });
    check_template!(_order => 3, { "it": 3 });
    check_template!(_order => Status::Open, { "it": "OPEN" });
    check_template!(order => data!(Line { sku: order.id, qty: 1 }), { "it": { "sku.$": "$.id", "qty": 1 } });
    check_template!(_order => data!(Note { text: "x", tag: None }), { "it": { "text": "x" } });
    check_template!(order => fmt!("it's {} {{}}", order.id), { "it.$": "States.Format('it\\'s {} \\{\\}', $.id)" });
    check_template!(order => fmt!("{}", order.status), { "it.$": "States.Format('{}', $.status)" });
    check_template!(order => expr!(order.count + 2), { "it.$": "States.MathAdd($.count, 2)" });
    check_template!(order => expr!(order.count - 2), { "it.$": "States.MathAdd($.count, -2)" });
    check_template!(order => order.lines.len(), { "it.$": "States.ArrayLength($.lines)" });
    check_template!(order => fmt!("{}", order.lines.len()), { "it.$": "States.Format('{}', States.ArrayLength($.lines))" });
    check_template!(_order => context().execution.id, { "it.$": "$$.Execution.Id" });
}

/// What a condition becomes.
macro_rules! check_test {
    ($order:ident => $condition:expr, $expect:tt) => {{
        #[workflow(query_language = "JSONPath")]
        fn w(s: &mut Scope, $order: Ref<Order>) {
            s.when("Test", $condition, |s| s.wait("Pause", 1.seconds()));
        }
        let mut expect = json!($expect);
        expect["Next"] = json!("Pause");
        assert_eq!(field(&w(), "Test", "Choices"), json!([expect]));
    }};
}

#[test]
fn conditions_are_tests() {
    check_test!(order => order.paid, { "Variable": "$.paid", "BooleanEquals": true });
    check_test!(order => cond!(!order.paid), { "Variable": "$.paid", "BooleanEquals": false });
    check_test!(order => cond!(order.paid == false), { "Variable": "$.paid", "BooleanEquals": false });
    check_test!(order => cond!(order.total >= 2.5), { "Variable": "$.total", "NumericGreaterThanEquals": 2.5 });
    check_test!(order => cond!(3 < order.count), { "Variable": "$.count", "NumericGreaterThan": 3 });
    check_test!(order => cond!(order.id < "m"), { "Variable": "$.id", "StringLessThan": "m" });
    check_test!(order => cond!(order.status == Status::Open), { "Variable": "$.status", "StringEquals": "OPEN" });
    check_test!(order => cond!(order.id != "m"), { "Not": { "Variable": "$.id", "StringEquals": "m" } });
    check_test!(
        order => cond!(order.id == context().execution.name),
        { "Variable": "$.id", "StringEqualsPath": "$$.Execution.Name" }
    );
}

#[test]
fn conditions_are_combined_without_needless_nesting() {
    check_test!(
        order => cond!(order.paid && order.count == 1 && !(order.count > 2 || order.total < 1.0)),
        { "And": [
            { "Variable": "$.paid", "BooleanEquals": true },
            { "Variable": "$.count", "NumericEquals": 1 },
            { "Not": { "Or": [
                { "Variable": "$.count", "NumericGreaterThan": 2 },
                { "Variable": "$.total", "NumericLessThan": 1.0 }
            ] } }
        ] }
    );
}

#[test]
fn a_missing_value_fails_no_test() {
    check_test!(
        order => order.coupon.is_some(),
        { "And": [{ "Variable": "$.coupon", "IsPresent": true }, { "Variable": "$.coupon", "IsNull": false }] }
    );
    check_test!(
        order => cond!(order.coupon == Some("x".to_owned())),
        { "And": [{ "Variable": "$.coupon", "IsPresent": true }, { "Variable": "$.coupon", "StringEquals": "x" }] }
    );
    check_test!(
        order => cond!(order.coupon != Some("x".to_owned())),
        { "Or": [
            { "Variable": "$.coupon", "IsPresent": false },
            { "Not": { "Variable": "$.coupon", "StringEquals": "x" } }
        ] }
    );
}
