use stepwright::prelude::*;

#[workflow]
fn w(s: &mut Scope, error: Ref<ErrorOutput>) {
    let _ = s.fail(error.error, error.cause);
    //~^ `Ref<String>` is no Error Name that is known now
}

fn main() {}
