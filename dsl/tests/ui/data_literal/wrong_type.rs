use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Parcel {
    id: String,
    weight: f64,
}

#[workflow]
fn wrap(s: &mut Scope, id: Ref<String>) -> Ref<Parcel> {
    s.pass("Wrap", data!(Parcel { id: id, weight: id }))
    //~^ `Ref<String>` cannot be used as a `f64`
}

fn main() {}
