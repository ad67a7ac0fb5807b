//! A documented crate of workflows, with every macro, under the strictest lints.
#![deny(missing_docs, warnings)]
#![deny(unreachable_pub, missing_debug_implementations, unused_qualifications)]

pub mod shop {
    //! Workflows of a shop.

    use stepwright::prelude::*;

    errors! {
        /// The bank said no.
        pub CardDeclined;
    }

    /// What the shop sends us.
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// The number on the invoice.
        pub id: String,
        /// In euros.
        pub total: f64,
        /// Whether it is wrapped.
        #[serde(default)]
        pub gift: bool,
    }

    /// What happened.
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    #[serde(tag = "type")]
    pub enum Event {
        /// An order came in.
        Created {
            /// Its number.
            id: String,
        },
        /// A parcel left the house.
        Sent(Parcel),
        /// Nothing at all.
        Nothing,
    }

    /// Tells what happened.
    #[workflow]
    pub fn tell(s: &mut Scope, event: Ref<Event>) -> Ref<String> {
        choose!(s, "WhichEvent", event, {
            Event::Created { id } => |_| id,
            Event::Sent(parcel) => |s| choose!(s, "WhichSpeed", parcel.speed, {
                Speed::Slow | Speed::Fast => |_| parcel.label,
                _ => |s| s.fail("Teleported", "how?"),
            }),
            Event::Nothing => |_| expr!("nothing"),
        })
    }

    /// What leaves the house.
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    pub struct Parcel {
        /// The order's number.
        pub order_id: OrderId,
        /// How fast it travels.
        pub speed: Speed,
        /// What is written on it.
        pub label: String,
    }

    /// A number on an invoice.
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    pub struct OrderId(pub String);

    /// How fast a parcel travels.
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    pub enum Speed {
        /// By ship.
        Slow,
        /// By air.
        Fast,
    }

    /// Charges the card on file.
    #[task(lambda = "${Charge}", errors = [CardDeclined], timeout = "1m")]
    pub fn charge_card(amount: f64, order_id: String) -> String;

    /// Packs it.
    #[task(activity = "${Pack}", timeout = "1h", heartbeat = "1m")]
    pub fn pack(order_id: String) -> OrderId;

    /// Takes an order from payment to parcel.
    #[workflow]
    pub fn order_fulfilment(s: &mut Scope, order: Ref<Order>) -> Ref<Parcel> {
        let receipt = s.task(charge_card(expr!(order.total * 1.2), order.id));
        s.when("IsGift", cond!(order.gift.or(false)), |s| s.wait("Wrap", 5.minutes()));
        let order_id = s.task(pack(order.id));
        s.pass("Label", data!(Parcel { order_id, speed: Speed::Fast, label: fmt!("receipt {receipt}") }))
    }
}

fn main() {
    let registry = stepwright::registry![shop::order_fulfilment];
    assert!(registry.entries()[0].plan().problems.is_empty());
}
