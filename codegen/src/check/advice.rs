//! What is good practice, and no rule of the language: `SW08xx`. Nothing here is wrong, so only who asks for it is told.

mod absent_error;
mod copied_input;
mod deprecated_field;
mod growing_data;
mod lambda_retry;
mod late_retry;
mod late_timeout;
mod long_loop;
mod many_attempts;
mod map_concurrency;
mod no_timeout;
mod no_timeout_for_answer;
mod reserved_error;
pub(super) mod uncaught_runtime;
mod unexported_results;
mod useless_heartbeat;

use crate::asl::{StateKind, Task};
use crate::check::Rule;
use crate::check::index::{Index, StateEntry};

/// The advice for all machines.
pub(super) const FOR_ALL: &[Rule] = &[
    lambda_retry::check,
    deprecated_field::check,
    map_concurrency::check,
    unexported_results::check,
    growing_data::check,
    copied_input::check,
    useless_heartbeat::check,
    late_timeout::check,
    absent_error::check,
    reserved_error::check,
];

/// The advice for Standard workflows: an Express one ends after five minutes, and its history has no limit.
pub(super) const FOR_STANDARD: &[Rule] = &[
    no_timeout::check,
    no_timeout_for_answer::check,
    late_retry::check,
    many_attempts::check,
    long_loop::check,
];

/// The advice for Express workflows.
pub(super) const FOR_EXPRESS: &[Rule] = &[late_retry::check_express];

/// The Task states.
pub(super) fn tasks<'i, 'm>(index: &'i Index<'m>) -> impl Iterator<Item = (&'i StateEntry<'m>, &'m Task)> {
    index.states.iter().filter_map(|entry| match &entry.state.kind {
        StateKind::Task(task) => Some((entry, task)),
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => None,
    })
}

/// The Task states that nothing ends in time: neither their own fields nor the machine's `TimeoutSeconds`.
fn tasks_without_timeout<'i, 'm>(
    index: &'i Index<'m>,
) -> impl Iterator<Item = (&'i StateEntry<'m>, &'m Task)> {
    let is_endless = |task: &Task| {
        task.timeout_seconds.is_none()
            && task.timeout_seconds_path.is_none()
            && task.heartbeat_seconds.is_none()
            && task.heartbeat_seconds_path.is_none()
    };
    let all = index.machine.timeout_seconds.is_none().then(|| tasks(index));
    all.into_iter().flatten().filter(move |(_, task)| is_endless(task))
}

/// What a task waits for that may never come.
fn awaited(resource: &str) -> Option<&'static str> {
    if resource.ends_with(".waitForTaskToken") {
        return Some("its task token");
    }
    (resource.contains(":states:") && resource.contains(":activity:")).then_some("a worker of its activity")
}
