#[workflow]
fn deliver(s: &mut Scope) {
    s.wait("Rest", 2.seconds());
}
