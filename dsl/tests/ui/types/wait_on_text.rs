use stepwright::prelude::*;

#[workflow]
fn pause(s: &mut Scope, until: Ref<String>) {
    s.wait("Pause", until);
    //~^ `Ref<String>` is not a number of seconds
}

fn main() {}
