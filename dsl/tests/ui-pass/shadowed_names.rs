//! What the macros write does not depend on the names that are in scope where they are used.

use stepwright::prelude::{
    Data, Deserialize, JsonSchema, Ref, Scope, Serialize, choose, cond, data, errors, expr, fmt, task, workflow,
};

mod shadow {
    pub struct Option;
    pub struct Result;
    pub struct String;
    pub struct Vec;
    pub struct Box;
    pub trait Sized {}
    pub mod std {}
    pub mod core {}
}
#[allow(unused_imports, reason = "they are there to be in the way")]
use shadow::*;

type Text = ::std::string::String;

errors! {
    pub CardDeclined;
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: Text,
    total: f64,
    #[serde(default)]
    gift: bool,
    coupon: ::std::option::Option<Text>,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct OrderId(Text);

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Speed {
    Slow,
    Fast,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "data")]
enum Event {
    Created { id: Text, speed: Speed },
    Deleted(OrderId),
    Nothing,
}

#[task(lambda = "${Charge}", errors = [CardDeclined], timeout = "1m", heartbeat = "30s")]
fn charge(amount: f64, id: Text) -> Order;

#[workflow(timeout = "1h")]
fn pay(s: &mut Scope, order: Ref<Order>) -> Ref<Text> {
    let paid =
        s.task(charge(expr!(if order.total > 10.0 { order.total - 1.0 } else { order.total }), order.id));
    s.pass("Copy", data!(Order { id: paid.id, total: 1.5, gift: true, coupon: paid.coupon }));
    s.when("IsLarge", cond!(paid.total > 100.0), |s| s.fail("Large", "too large"));
    s.pass("Note", fmt!("{} is paid", order.id))
}

#[workflow]
fn take(s: &mut Scope, event: Ref<Event>) -> Ref<Text> {
    let last = s.var("last", "none");
    choose!(s, "Which", event, {
        Event::Created { id, speed } => |s| {
            s.set(last, id);
            choose!(s, "HowFast", speed, {
                Speed::Slow | Speed::Fast => |_| id,
            })
        },
        Event::Deleted(_) => |s| s.pass("Deleted", fmt!("deleted after {}", last)),
        _ => |_| last,
    })
}

fn main() {
    assert!(pay().plan().problems.is_empty());
    assert!(take().plan().problems.is_empty());
}
