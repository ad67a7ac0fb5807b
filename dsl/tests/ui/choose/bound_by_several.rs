use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Event {
    Created { id: String },
    Deleted { id: String },
}

#[workflow]
fn w(s: &mut Scope, event: Ref<Event>) {
    choose!(s, "WhichEvent", event, {
        Event::Created { id } | Event::Deleted { id } => |s| s.fail_as("Seen", id, id),
        //~^ an arm of several variants cannot bind what they hold
    });
}

fn main() {}
