#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let charge = charge(order.id, order.total).select_result(|receipt| fmt!("Receipt {receipt}"));
    let receipt = s.task(charge.catch(Declined, |s, _| s.fail("NotPaid", "The card was declined.")));
    s.task(tell(receipt));
}
