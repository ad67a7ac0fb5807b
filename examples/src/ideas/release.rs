//! Release on every exit: what was acquired is given back, whatever happens in between.
//!
//! The failure of the body comes out as it was, after the release. `s.ensure` does the same for what is not acquired by a task.
//!
//! ```
//! use stepwright_examples::ideas::release::{TestsFailed, launch, run_tests, terminate, test_on_instance};
//! use stepwright_sim::{TaskError, WorkflowSimulation};
//!
//! let machine = WorkflowSimulation::of(&test_on_instance())?
//!     .on::<launch, _>(|()| Ok::<_, TaskError>("i-1".to_owned()))
//!     .on::<terminate, _>(|_| Ok(()));
//! let good = machine.clone().on::<run_tests, _>(|_| Ok(12));
//! good.run(())?.assert_succeeded_with(12).assert_visited_times("Terminate", 1);
//! let bad = machine.on::<run_tests, _>(|_| -> Result<u32, _> { Err(TaskError::new(TestsFailed, "3 of 12")) });
//! bad.run(())?.assert_failed_with(TestsFailed).assert_cause_contains("3 of").assert_visited_times("Terminate", 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

errors! {
    /// Some tests have failed.
    pub TestsFailed;
}

/// Starts an instance.
#[task(lambda = "${LaunchArn}")]
pub fn launch() -> String;

/// Runs the tests, and says how many.
#[task(lambda = "${RunTestsArn}", errors = [TestsFailed], timeout = "1h")]
pub fn run_tests(instance: String) -> u32;

/// Ends an instance.
#[task(lambda = "${TerminateArn}")]
pub fn terminate(instance: String);

/// Runs tests on an instance that does not outlive them.
#[workflow]
pub fn test_on_instance(s: &mut Scope) -> Ref<u32> {
    let test = |s: &mut Scope, instance| s.task(run_tests(instance));
    s.with_resource("Tests", launch(), test, |s, instance| {
        s.task(terminate(instance).retry(RetryPolicy::LAMBDA));
    })
}
