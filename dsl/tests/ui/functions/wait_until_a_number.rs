use stepwright::prelude::*;

#[workflow]
fn pause(s: &mut Scope, time: Ref<u32>) {
    s.wait_until("Pause", time);
    //~^ `u32` is not a point in time
}

fn main() {}
