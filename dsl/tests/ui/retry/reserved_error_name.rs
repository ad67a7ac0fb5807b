use stepwright::prelude::*;

errors! {
    /// The bank said no.
    pub CardDeclined = "States.CardDeclined";
    //~^ Error Names that start with `States.` are reserved
}

fn main() {}
