#[workflow]
fn deliver(s: &mut Scope) {
    s.task(sns::publish("${Topic}", "Paid.").with("Message", "Shipped."));
}
