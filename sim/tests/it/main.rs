//! Tests through the public interface.

mod children;
mod distributed;
mod handling;
mod limits;
mod machine;
mod random;
mod recordings;
mod replay;
mod test_state;
