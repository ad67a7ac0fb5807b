//! Tests through the public interface.

mod assertions;
mod children;
mod distributed;
mod exported;
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
