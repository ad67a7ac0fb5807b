//! The shop behind the orders: what stands in for the workflow's tasks in a simulation.

use serde_json::json;
use stepwright::prelude::*;
use stepwright_sim::{Reply, StandIns};

use super::{Charge, Parcel, Reservation, charge_card, pack, reserve};

/// A shop where everything works, for customers who carry no risk. Parcels are packed in 10 minutes.
pub fn stand_ins() -> StandIns {
    StandIns::new()
        .on::<charge_card, _>(|args| Ok(Charge { id: format!("charge-{}", args.order_id), risk: 3.0 }))
        .on::<reserve, _>(|args| Ok(Reservation { shelf: format!("shelf-{}", args.sku), sku: args.sku }))
        .on::<pack, _>(|args| {
            let weight = 100 * u32::try_from(args.reservations.len()).unwrap_or(0);
            (Ok(Parcel { id: format!("parcel-{}", args.order_id), weight }), 10.minutes())
        })
        .on_json("SnsPublish", |_| Reply::success(json!({ "MessageId": "m-1" })))
}
