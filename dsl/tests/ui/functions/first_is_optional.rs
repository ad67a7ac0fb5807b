use stepwright::prelude::*;

#[task(lambda = "${Greet}")]
fn greet(name: String) -> String;

#[workflow]
fn first(s: &mut Scope, names: Ref<Vec<String>>) -> Ref<String> {
    s.task(greet(names.reversed().first()))
    //~^ `Expr<Option<String>>` cannot be used as a `String`
}

fn main() {}
