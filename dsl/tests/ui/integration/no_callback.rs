use stepwright::prelude::*;

#[workflow]
fn put(s: &mut Scope) {
    s.task(wait_for_task_token::<String>(|token| {
        //~^ `PutItem` cannot wait for a callback
        dynamodb::put_item("${Table}", data!({ "token": { "S": token } }))
    }));
}

fn main() {}
