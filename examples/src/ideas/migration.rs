//! A workflow in JSONPath, on the way to JSONata: `s.in_jsonata()` in front of a state lets that state say what JSONPath cannot.
//!
//! In the document everything stays where it was, so the states around it need no change, and executions see no difference.
//!
//! ```
//! use stepwright_examples::ideas::migration::{Delivery, Line, book, deliver, pack};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let delivery = WorkflowSimulation::of(&deliver())?
//!     .on::<pack, _>(|args| Ok(format!("{}: {} g", args.label, args.grams)))
//!     .on::<book, _>(|args| Ok(format!("{} is on its way", args.parcel)));
//! let lines = vec![Line { grams: 250, pieces: 2 }, Line { grams: 40, pieces: 1 }];
//! delivery
//!     .clone()
//!     .run(Delivery { id: "d-1".to_owned(), lines })?
//!     .assert_succeeded_with("D-1: 540 g is on its way");
//! delivery
//!     .run(Delivery { id: "d-2".to_owned(), lines: Vec::new() })?
//!     .assert_failed_with("NothingToDeliver")
//!     .assert_cause_contains("D-2 has 0 lines");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// What somebody has ordered.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// Its number.
    pub id: String,
    /// What is in it.
    pub lines: Vec<Line>,
}

/// So many pieces of the same weight.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The weight of one piece.
    pub grams: u32,
    /// How many.
    pub pieces: u32,
}

/// Puts a parcel together.
#[task(lambda = "${PackArn}")]
pub fn pack(label: String, grams: u32) -> String;

/// Books a courier.
#[task(lambda = "${BookArn}")]
pub fn book(parcel: String) -> String;

/// Delivers what somebody has ordered.
#[workflow(query_language = "JSONPath")]
pub fn deliver(s: &mut Scope, delivery: Ref<Delivery>) -> Ref<String> {
    let weights = delivery.lines.map(|line| expr!(line.grams * line.pieces));
    // JSONPath compares a value of the data with another one, or with a constant: nothing that is computed.
    s.in_jsonata().when("IsNothing", cond!(weights.clone().sum() == 0), |s| {
        let cause = fmt!("{} has {} lines", delivery.id.to_uppercase(), delivery.lines.len());
        s.in_jsonata().fail("NothingToDeliver", cause)
    });
    // It neither multiplies nor adds up the items of a list.
    let parcel = s.in_jsonata().task(pack(delivery.id.to_uppercase(), weights.sum()));
    // This it can say, so this can stay.
    s.task(book(parcel))
}
