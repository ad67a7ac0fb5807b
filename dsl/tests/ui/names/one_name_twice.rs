use stepwright::prelude::*;

#[workflow]
fn pause(s: &mut Scope) {
    s.wait("Pause", 30.seconds());
    s.wait("Pause", 60.seconds());
    //~^ a state of this workflow is called `Pause` already, on line 5
}

fn main() {}
