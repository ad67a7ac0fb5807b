//! A distributed Map over Amazon S3: as many rows as a file has, a hundred for each function, some of them may fail.
//!
//! The rows have a type, and so have the batches and the results. Values from outside (`day`) are handed in by themselves, although
//! the batches run in executions of their own.
//!
//! ```
//! use stepwright_examples::ideas::distributed::{import, import_stock};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let rows = "sku,qty\n".to_owned() + &"apple,3\n".repeat(250);
//! WorkflowSimulation::of(&import_stock())?
//!     .set_up(move |simulation| simulation.object("stock", "monday.csv", rows.clone()))
//!     .on::<import, _>(|args| Ok(args.rows.len() as u64))
//!     .run("monday".to_owned())?
//!     .assert_succeeded_with(250);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// A row of the file: columns are texts.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Row {
    pub sku: String,
    pub qty: String,
}

/// Imports rows, and says how many.
#[task(lambda = "${ImportArn}")]
pub fn import(day: String, rows: Vec<Row>) -> u64;

/// Imports the stock of a day.
#[workflow]
pub fn import_stock(s: &mut Scope, day: Ref<String>) -> Expr<u64> {
    let imported = s
        .map("ImportRows", items::csv::<Row>("stock", fmt!("{day}.csv")))
        .batches_of(100)
        .max_concurrency(40)
        .tolerate_failure_percentage(5.0)
        .each(|s, batch| s.task(import(day, batch.items)));
    imported.sum()
}
