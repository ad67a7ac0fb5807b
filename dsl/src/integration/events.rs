//! Amazon `EventBridge`.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::Operand;

operations! {
    /// Sends events: `data!([{ "Source": "shop", "DetailType": "Paid", "Detail": { "id": order.id } }])`.
    ///
    /// An event that is refused fails the task with `EventBridge.FailedEntry`.
    ///
    /// Source: Developer Guide, "Add `EventBridge` events with Step Functions".
    fn put_events(entries: Operand = "Entries") -> PutEventsOutput
        = PutEvents: "events:putEvents" "EventsPutEvents" { token in "Entries"; }
}

answers! {
    /// What `EventBridge` answers.
    PutEventsOutput {
        /// The identifiers of the events.
        entries: Vec<Value>,
        /// 0, because a refused event fails the task.
        failed_entry_count: u32,
    }
}
