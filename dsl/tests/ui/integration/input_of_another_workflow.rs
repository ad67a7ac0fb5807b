use stepwright::prelude::*;

#[workflow]
fn score(s: &mut Scope, points: Ref<u32>) -> Ref<u32> {
    s.pass("Score", points)
}

#[workflow]
fn play(s: &mut Scope, player: Ref<String>) {
    s.task(score().start_sync("${Score}", player));
    //~^ `Ref<String>` cannot be used as a `u32`
}

fn main() {}
