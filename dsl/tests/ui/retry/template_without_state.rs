use stepwright::prelude::*;

pub const HOUSE: Conventions = Conventions::new().save_tasks("results.success");
//~^ the template must contain `{state}`

fn main() {}
