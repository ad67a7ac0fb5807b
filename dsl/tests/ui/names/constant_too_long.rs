use stepwright::prelude::*;

pub const PAUSE: StateName =
    StateName::new("PauseUntilTheWarehouseHasCountedAllParcelsThatCameInSinceTheLastTimeItCountedThem");
//~^ a state name has at most 80 characters

fn main() {}
