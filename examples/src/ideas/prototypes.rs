//! A prototype that becomes a task: a workflow runs before its functions are written.
//!
//! In the first draft a sample stands in for the function: a Pass state of the same name, and each use is a warning (`SW0180`), so that
//! nobody deploys it unknowingly. When the function exists, `.prototype(…)` goes, and nothing else changes.
//!
//! ```
//! use stepwright_codegen::compile;
//! use stepwright_examples::ideas::prototypes::{Score, rate, rate_draft, score};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let draft = WorkflowSimulation::of(&rate_draft())?.run("Ada".to_owned())?;
//! let done = WorkflowSimulation::of(&rate())?.on::<score, _>(|_| Ok(Score { points: 7 })).run("Ada".to_owned())?;
//! assert_eq!(draft.output()?, done.output()?);
//!
//! assert!(compile(&rate_draft())?.warnings.to_string().contains("SW0180"));
//! assert!(compile(&rate())?.warnings.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// How good a customer is.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// Out of ten.
    pub points: u32,
}

/// Rates a customer.
#[task(lambda = "${ScoreArn}")]
pub fn score(customer: String) -> Score;

/// The first draft, which compiles with a warning and is in no registry.
#[workflow]
pub fn rate_draft(s: &mut Scope, customer: Ref<String>) -> Expr<String> {
    let score = s.task(score(customer).prototype(Score { points: 7 }));
    expr!(if score.points > 5 { "good" } else { "poor" })
}

/// Says how good a customer is.
#[workflow]
pub fn rate(s: &mut Scope, customer: Ref<String>) -> Expr<String> {
    let score = s.task(score(customer));
    expr!(if score.points > 5 { "good" } else { "poor" })
}
