//! Tests through the public interface.

mod assertions;
mod cases;
mod children;
mod distributed;
mod distributed_workflows;
mod ensure;
mod exported;
mod express;
#[expect(clippy::redundant_closure_for_method_calls, reason = "closures as users write them")]
mod expressions;
mod handling;
mod limits;
mod machine;
mod nested;
mod readers;
mod recordings;
mod replay;
mod reruns;
mod services;
mod substitutions;
mod test_state;
mod variables;
mod workers;
mod writers;
