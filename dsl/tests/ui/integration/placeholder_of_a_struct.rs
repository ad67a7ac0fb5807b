use stepwright::prelude::*;

#[workflow]
fn rest(s: &mut Scope) {
    s.pass("Rest", placeholder::<Vec<u32>>("Seconds"));
    //~^ a deployment cannot fill in a `Vec<u32>`
}

fn main() {}
