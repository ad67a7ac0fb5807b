//! Tests through the public interface.

mod assertions;
mod children;
mod distributed;
mod exported;
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
mod test_state;
mod workers;
mod writers;
