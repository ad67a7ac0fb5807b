#[workflow]
fn deliver(s: &mut Scope) {
    s.wait("Rest", Duration::from_millis(1500));
}
