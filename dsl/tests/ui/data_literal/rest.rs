use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Parcel {
    id: String,
    weight: f64,
}

#[workflow]
fn reweigh(s: &mut Scope, parcel: Ref<Parcel>) -> Ref<Parcel> {
    s.pass("Reweigh", data!(Parcel { weight: 2.5, ..parcel }))
    //~^ `..` cannot copy from data that exists only at run time
}

fn main() {}
