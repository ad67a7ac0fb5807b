use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Parcel {
    id: String,
    weight: f64,
}

#[workflow]
fn wrap(s: &mut Scope, id: Ref<String>) -> Ref<Parcel> {
    s.pass("Wrap", data!(Parcel { id, wieght: 2.5 }))
    //~^ struct `ParcelExpr` has no field named `wieght`
}

fn main() {}
