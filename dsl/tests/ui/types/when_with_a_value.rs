use stepwright::prelude::*;

#[task(lambda = "${Notify}")]
fn notify(text: String) -> String;

#[workflow]
fn tell(s: &mut Scope, wanted: Ref<bool>) {
    s.when("IsWanted", wanted, |s| s.task(notify("paid")));
    //~^ the body gives `Ref<String>`, but it may be skipped, and then there is no value
}

fn main() {}
