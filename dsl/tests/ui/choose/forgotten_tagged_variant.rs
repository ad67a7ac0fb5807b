use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Event {
    Created { id: String },
    Deleted(Order),
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
}

#[workflow]
fn w(s: &mut Scope, event: Ref<Event>) -> Ref<String> {
    choose!(s, "WhichEvent", event, {
        //~^ non-exhaustive patterns: `EventCase::Deleted(_)` not covered
        Event::Created { id } => |_| id,
    })
}

fn main() {}
