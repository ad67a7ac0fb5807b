//! A loop with a variable: ask until it is done, but not for ever.
//!
//! A [`Var`] is what changes between the rounds; `set` rides on the transition of the state before it. The last round's value
//! is that of the loop, and what follows can use it.
//!
//! ```
//! use std::time::Duration;
//! use stepwright_examples::ideas::loops::{await_export, poll_export};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let execution = WorkflowSimulation::of(&await_export())?
//!     .on::<poll_export, _>(|args| Ok(if args.attempt < 3 { "RUNNING" } else { "DONE" }.to_owned()))
//!     .run("e-1".to_owned())?;
//! execution.assert_succeeded_with(3).assert_elapsed(Duration::from_secs(90));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// Asks how an export is doing.
#[task(lambda = "${PollExportArn}")]
pub fn poll_export(export: String, attempt: u32) -> String;

/// Waits for an export, and gives how often it has asked.
#[workflow]
pub fn await_export(s: &mut Scope, export: Ref<String>) -> Var<u32> {
    let attempts = s.var("attempts", 0_u32);
    let status = s
        .repeat(|s| {
            s.wait("Pause", 30.seconds());
            s.set(attempts, expr!(attempts + 1));
            s.task(poll_export(export, attempts))
        })
        .until("IsSettled", |status| cond!(status != "RUNNING" || attempts >= 20));
    s.unless("IsDone", cond!(status == "DONE"), |s| s.fail("ExportFailed", status));
    attempts
}
