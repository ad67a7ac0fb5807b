#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Shipped {
    id: String,
    parcel: String,
}

#[task(lambda = "${Archive}")]
fn archive(#[input] shipped: Shipped) -> String;

#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.when("IsPaid", order.paid, |s| {
        s.task(ship(order.id).save_as("parcel"));
    });
    s.task(archive(s.document()));
}
