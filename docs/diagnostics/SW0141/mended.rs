#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.task(aws_sdk::<()>("s3", "deleteObject", data!({ "Key": order.id })).with("Bucket", "orders"));
}
