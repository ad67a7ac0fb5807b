//! Joining branches: a decision is worth a value.
//!
//! Every branch of a Choice gives the same type, or ends. What comes out is one handle, whichever branch has run; a branch of another
//! type does not compile.
//!
//! ```
//! use stepwright_examples::ideas::branches::{Parcel, quote_abroad, shipping_cost};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let cost = WorkflowSimulation::of(&shipping_cost())?.on::<quote_abroad, _>(|args| Ok(20.0 + args.weight));
//! let parcel = |country: &str, weight| Parcel { country: country.into(), weight };
//! cost.clone().run(parcel("DE", 1.0))?.assert_succeeded_with("costs 4.5");
//! cost.clone().run(parcel("FR", 1.0))?.assert_succeeded_with("costs 21");
//! cost.run(parcel("DE", 40.0))?.assert_failed_with("TooHeavy");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// What is sent.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Parcel {
    /// Where to.
    pub country: String,
    /// In kilograms.
    pub weight: f64,
}

/// Asks a carrier.
#[task(lambda = "${QuoteAbroadArn}")]
pub fn quote_abroad(country: String, weight: f64) -> f64;

/// Finds out what a parcel costs.
#[workflow]
pub fn shipping_cost(s: &mut Scope, parcel: Ref<Parcel>) -> Expr<String> {
    let cost = s
        .choice("Where")
        .when(cond!(parcel.weight > 30.0), |s| s.fail("TooHeavy", "nobody takes it"))
        .when(cond!(parcel.country != "DE"), |s| s.task(quote_abroad(parcel.country, parcel.weight)))
        .otherwise(|_| expr!(4.5));
    fmt!("costs {cost}")
}
