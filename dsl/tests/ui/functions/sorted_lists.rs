use stepwright::prelude::*;

#[workflow]
fn sort(s: &mut Scope, lists: Ref<Vec<Vec<u32>>>) -> Ref<Vec<Vec<u32>>> {
    s.pass("Sort", lists.sorted())
    //~^ `Vec<u32>` has no order
}

fn main() {}
