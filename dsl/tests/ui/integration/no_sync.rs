use stepwright::prelude::*;

#[workflow]
fn send(s: &mut Scope) {
    s.task(sqs::send_message("${QueueUrl}", "hello").sync());
    //~^ `.sync()` is not available
}

fn main() {}
