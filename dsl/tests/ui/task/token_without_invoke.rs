use stepwright::prelude::*;

#[task(lambda = "${Ask}")]
fn ask(#[token] token: String) -> bool;
//~^ only a task with `lambda_invoke = "…"` can wait for its `#[token]`

fn main() {}
