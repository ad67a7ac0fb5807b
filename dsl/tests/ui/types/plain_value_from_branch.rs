use stepwright::prelude::*;

#[workflow]
fn days(s: &mut Scope, express: Ref<bool>) -> Ref<u32> {
    s.choice("IsExpress")
        .when(express, |_| 1_u32)
        //~^ a branch of a workflow cannot return `u32`
        .otherwise(|_| expr!(3_u32))
}

fn main() {}
