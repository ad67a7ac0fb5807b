#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.when_some("HasCoupon", order.coupon, |s, coupon| {
        s.pass("Reduce", data!({ "coupon": coupon }));
    });
}
