#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let charge = charge(order.id, order.total);
    let charge = charge.catch(Declined, |s, _| s.fail("NotPaid", "The card was declined."));
    let receipt = s.task(charge.select_result(|receipt| fmt!("Receipt {receipt}")));
    s.task(tell(receipt));
}
