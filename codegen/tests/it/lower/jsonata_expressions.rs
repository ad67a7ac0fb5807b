//! Expressions keep their type on AWS, for every value that the data can take.

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
    check_jsonata!(_order => fmt!("plain {{}}"), "{% 'plain {}' %}");
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
        "{% {'text': $order.id, 'tag': $order.coupon} %}"
    );
}

#[test]
fn lists_stay_lists() {
    check_jsonata!(order => order.lines.len(), "{% $count($order.lines) %}");
    check_jsonata!(order => order.lines.get(0).assume_some("one at least").sku, "{% $order.lines[0].sku %}");
    check_jsonata!(
        order => order.lines.contains(data!(Line { sku: order.id, qty: 1 })),
        "{% {'sku': $order.id, 'qty': 1} in $order.lines %}"
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
