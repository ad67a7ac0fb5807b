use stepwright::prelude::*;

#[task(lambda = "${Pack}")]
fn pack(skus: Vec<String>) -> String;

#[workflow]
fn pack_two(s: &mut Scope, first: Ref<u32>) -> Ref<String> {
    s.task(pack([first, first]))
    //~^ `[Ref<u32>; 2]` cannot be used as a `Vec<String>`
}

fn main() {}
