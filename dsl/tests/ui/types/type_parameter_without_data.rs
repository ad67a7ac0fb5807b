use stepwright::prelude::*;

/// Keeps a value.
pub fn keep<T>(s: &mut Scope, value: Ref<T>) -> Ref<T> {
    s.pass("Keep", value)
    //~^ `Ref<T>` cannot stand in an expression
}

fn main() {}
