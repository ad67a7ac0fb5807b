//! Expressions over lists: closures that the state machine evaluates, without a Map and without a function.
//!
//! They look like iterators and become `$map`, `$filter` and `$sum` of JSONata. A Map is for items that need states.
//!
//! ```
//! use stepwright_examples::ideas::lists::{Line, invoice};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let line = |sku: &str, qty, price| Line { sku: sku.into(), qty, price };
//! let lines = vec![line("pear", 2.0, 1.5), line("plum", 0.0, 9.0), line("apple", 10.0, 0.5)];
//! WorkflowSimulation::of(&invoice())?.run(lines)?.assert_succeeded_with("apple, pear: 8 EUR");
//! WorkflowSimulation::of(&invoice())?.run(vec![])?.assert_failed_with("NothingOrdered");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// A line of an order.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The article.
    pub sku: String,
    /// How many.
    pub qty: f64,
    /// What one costs.
    pub price: f64,
}

/// Writes an invoice.
#[workflow]
pub fn invoice(s: &mut Scope, lines: Ref<Vec<Line>>) -> Expr<String> {
    let ordered = s.pass("Ordered", lines.filter(|line| cond!(line.qty > 0.0)));
    s.when("NothingLeft", cond!(ordered.len() == 0), |s| s.fail("NothingOrdered", "all lines are empty"));
    let names = ordered.map(|line| line.sku).sorted().join(", ");
    let total = ordered.map(|line| expr!(line.qty * line.price)).sum();
    fmt!("{names}: {total} EUR")
}
