use stepwright::prelude::*;

#[task(lambda = "${Notify}")]
fn notify(text: String) -> String;

#[workflow]
fn tell(s: &mut Scope, wanted: Ref<bool>) {
    s.when("IsWanted", wanted, |s| s.task(notify("paid")));
    //~^ one branch gives `Ref<String>` and another `()`
}

fn main() {}
