use stepwright::prelude::*;

#[workflow]
fn pause(s: &mut Scope) {
    s.wait("PauseUntilTheWarehouseHasCountedAllParcelsThatCameInSinceTheLastTimeItCountedThem", 30.seconds());
    //~^ a state name has at most 80 characters; this one has 81
}

fn main() {}
