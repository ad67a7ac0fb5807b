//! Expressions keep their type on AWS, for every value that the data can take.

use jsonata_core::evaluator::{Context, Evaluator};
use jsonata_core::parser;
use jsonata_core::value::JValue;

use super::*;

/// What an expression of the order becomes, in a Pass state that is not the first.
macro_rules! check_jsonata {
    ($order:ident => $expression:expr, $expect:tt) => {{
        #[workflow]
        fn w(s: &mut Scope, $order: Ref<Order>) {
            s.wait("First", 1.seconds());
            s.pass_saved_as("Made", "made", $expression);
        }
        assert_eq!(field(&w(), "Made", "Assign"), json!({ "made": $expect }));
    }};
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Lists {
    lists: Vec<Vec<Line>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

/// What a template evaluates to on AWS, given the variable `$order`; an expression that gives nothing is an error there.
fn evaluate(template: &Value, order: &Value) -> Value {
    match template {
        Value::String(text) if asl::is_expression(text) => {
            let source = text.trim_start_matches("{%").trim_end_matches("%}").trim();
            let syntax = parser::parse(source).expect("the expression can be parsed");
            let order = JValue::from_json_str(&order.to_string()).expect("the order is JSON");
            let mut context = Context::new();
            context.bind("order".to_owned(), order);
            let value = Evaluator::with_context(context).evaluate(&syntax, &JValue::Undefined);
            let value = value.unwrap_or_else(|error| panic!("{source} fails: {error}"));
            assert!(!value.is_undefined(), "{source} gives nothing");
            serde_json::from_str(&value.to_json_string().expect("the value is JSON"))
                .expect("the value is JSON")
        }
        Value::Array(items) => items.iter().map(|item| evaluate(item, order)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, field)| (name.clone(), evaluate(field, order))).collect())
        }
        constant => constant.clone(),
    }
}

/// What an expression evaluates to, for several orders.
macro_rules! check_value {
    ($order:ident => $expression:expr, $($given:tt => $expect:tt),+ $(,)?) => {{
        #[workflow]
        fn w(s: &mut Scope, $order: Ref<Order>) {
            s.wait("First", 1.seconds());
            s.pass_saved_as("Made", "made", $expression);
        }
        let template = field(&w(), "Made", "Assign")["made"].clone();
        $(assert_eq!(evaluate(&template, &json!($given)), json!($expect), "{template} of {}", json!($given));)+
    }};
}

#[test]
fn what_is_printed_keeps_its_type_for_every_value() {
    check_value!(
        order => order.coupon,
        { "coupon": "x" } => "x",
        { "coupon": null } => null,
        { "id": "1" } => null,
    );
    check_value!(
        order => order.coupon.or("none"),
        { "coupon": "x" } => "x",
        { "coupon": null } => "none",
        { "id": "1" } => "none",
    );
    check_value!(order => order.coupon.is_some(), { "coupon": "" } => true, { "coupon": null } => false, {} => false);
    check_value!(order => cond!(order.coupon != Some("x".to_owned())), { "coupon": "x" } => false, {} => true);
    check_value!(
        order => data!(Note { text: order.id, tag: order.coupon }),
        { "id": "1", "coupon": "x" } => { "text": "1", "tag": "x" },
        { "id": "1" } => { "text": "1" },
        { "id": "1", "coupon": null } => { "text": "1" },
    );
    check_value!(
        order => order.lines,
        { "lines": [] } => [],
        { "lines": [{ "sku": "a" }] } => [{ "sku": "a" }],
        { "lines": [{ "sku": "a" }, { "sku": "b" }] } => [{ "sku": "a" }, { "sku": "b" }],
    );
    check_value!(order => order.lines.len(), { "lines": [] } => 0, { "lines": [{}] } => 1, { "lines": [{}, {}] } => 2);
    check_value!(
        order => order.lines.contains(data!(Line { sku: order.id, qty: 1 })),
        { "id": "a", "lines": [] } => false,
        { "id": "a", "lines": [{ "sku": "b", "qty": 1 }, { "sku": "a", "qty": 1 }] } => true,
        { "id": "a", "lines": [{ "sku": "a", "qty": 1 }] } => true,
    );
    check_value!(
        order => data!(Lists { lists: [order.lines], tag: order.coupon }),
        { "lines": [] } => { "lists": [[]] },
        { "lines": [{ "sku": "a" }] } => { "lists": [[{ "sku": "a" }]] },
        { "lines": [1, 2], "coupon": "x" } => { "lists": [[1, 2]], "tag": "x" },
    );
    check_value!(order => fmt!("{}", order.count), { "count": 7 } => "7");
    check_value!(order => fmt!("{}{}", order.paid, order.total), { "paid": true, "total": 0.5 } => "true0.5");
    check_value!(order => expr!(-order.count % 3), { "count": 5 } => (-2));
    check_value!(
        order => expr!(if order.total > 1.0 && !order.paid { order.total * 2.0 } else { 0.0 - order.total }),
        { "total": 2.0, "paid": false } => 4,
        { "total": 2.0, "paid": true } => (-2),
    );
}

#[test]
fn operators_bind_as_in_rust() {
    check_jsonata!(order => expr!(order.total * 2.0 + 1.5), "{% $order.total * 2.0 + 1.5 %}");
    check_jsonata!(order => expr!(order.total * (order.total + 1.5)), "{% $order.total * ($order.total + 1.5) %}");
    check_jsonata!(order => expr!(order.total - (order.total - 1.0)), "{% $order.total - ($order.total - 1.0) %}");
    check_jsonata!(order => expr!(-order.count % 3), "{% -$order.count % 3 %}");
    check_jsonata!(order => expr!(-(order.count + 1)), "{% -($order.count + 1) %}");
    check_jsonata!(
        order => cond!(order.paid && (order.total > 1.0 || !order.paid)),
        "{% $order.paid and ($order.total > 1.0 or $not($order.paid)) %}"
    );
    check_jsonata!(
        order => expr!(if order.paid { order.total } else { 0.0 }),
        "{% $order.paid ? $order.total : 0.0 %}"
    );
    check_jsonata!(order => cond!(order.status == Status::PaidInFull), "{% $order.status = 'PAID_IN_FULL' %}");
    check_jsonata!(order => cond!(order.id != "it's"), "{% $order.id != \"it's\" %}");
}

#[test]
fn texts_are_joined() {
    check_jsonata!(order => fmt!("{} has {}", order.id, order.count), "{% $order.id & ' has ' & $order.count %}");
    check_jsonata!(order => fmt!("{}", order.count), "{% $string($order.count) %}");
    check_jsonata!(order => fmt!("{}", order.status), "{% $string($order.status) %}");
    check_jsonata!(order => fmt!("{} or {}", order.status, Status::Open), "{% $order.status & ' or ' & 'OPEN' %}");
    check_jsonata!(_order => fmt!("plain {{}}"), "plain {}");
    check_jsonata!(order => fmt!("{}", expr!(order.count + 1)), "{% $string($order.count + 1) %}");
    check_jsonata!(order => fmt!("n={}", expr!(order.count + 1)), "{% 'n=' & ($order.count + 1) %}");
}

#[test]
fn a_missing_value_is_null_or_its_default() {
    check_jsonata!(order => order.coupon, "{% $exists($order.coupon) ? $order.coupon : null %}");
    check_jsonata!(
        order => order.coupon.or("none"),
        "{% $exists($order.coupon) and $order.coupon != null ? $order.coupon : 'none' %}"
    );
    check_jsonata!(order => order.coupon.is_some(), "{% $exists($order.coupon) and $order.coupon != null %}");
    check_jsonata!(
        order => cond!(order.coupon == Some("x".to_owned())),
        "{% ($exists($order.coupon) ? $order.coupon : null) = 'x' %}"
    );
    check_jsonata!(order => order.coupon.assume_some("checked"), "{% $order.coupon %}");
}

#[test]
fn a_field_that_serde_leaves_out_is_left_out() {
    check_jsonata!(order => data!(Note { text: order.id, tag: None }), { "text": "{% $order.id %}" });
    check_jsonata!(order => data!(Note { text: order.id, tag: "x" }), { "text": "{% $order.id %}", "tag": "x" });
    check_jsonata!(
        order => data!(Note { text: order.id, tag: order.coupon }),
        "{% {'text': $order.id, 'tag': $order.coupon != null ? $order.coupon} %}"
    );
}

#[test]
fn lists_stay_lists() {
    check_jsonata!(order => order.lines.len(), "{% $count($order.lines) %}");
    check_jsonata!(order => order.lines.get(0).assume_some("one at least").sku, "{% $order.lines[0].sku %}");
    check_jsonata!(
        order => order.lines.contains(data!(Line { sku: order.id, qty: 1 })),
        "{% $exists($order.lines[$ = {'sku': $order.id, 'qty': 1}]) %}"
    );
    check_jsonata!(_order => vec!["a".to_owned()], ["a"]);
}

#[test]
fn a_constant_that_looks_like_an_expression_stays_a_text() {
    check_jsonata!(_order => "{% 1 %}".to_owned(), "{% '{% 1 %}' %}");
}

#[test]
fn the_context_object_is_part_of_states() {
    check_jsonata!(_order => context().execution.id, "{% $states.context.Execution.Id %}");
    check_jsonata!(_order => context().state.retry_count, "{% $states.context.State.RetryCount %}");
}

#[test]
fn what_a_deployment_fills_in_has_its_type() {
    fn filled_in(expression: &Value, text: &str) -> Value {
        let filled_in = expression.to_string().replace("${X}", text);
        evaluate(&serde_json::from_str(&filled_in).expect("it is JSON"), &json!({}))
    }
    #[workflow]
    fn w(s: &mut Scope) {
        s.pass_saved_as("Whole", "made", placeholder::<u32>("X"));
        s.pass_saved_as("Fraction", "made", placeholder::<f64>("X"));
        s.pass_saved_as("Boolean", "made", placeholder::<bool>("X"));
        s.pass_saved_as("Text", "made", placeholder::<String>("X"));
        s.pass_saved_as("Sum", "made", expr!(placeholder::<u32>("X") + 1));
    }
    let made = |state| field(&w(), state, "Assign")["made"].clone();
    assert_eq!(filled_in(&made("Whole"), "300"), json!(300));
    assert_eq!(filled_in(&made("Fraction"), "-0.5"), json!(-0.5));
    assert_eq!(filled_in(&made("Boolean"), "true"), json!(true));
    assert_eq!(filled_in(&made("Boolean"), "false"), json!(false));
    assert_eq!(filled_in(&made("Text"), "300"), json!("300"));
    assert_eq!(filled_in(&made("Sum"), "300"), json!(301));
}
