//! Random definitions with random task results: every one comes to an end, and nothing panics.
//!
//! A [`Case`] follows from its seed alone (and from the [`Corpus`], if there is one): a definition that is
//! [drawn](Drawer) or a [mutated](mutate) real one, an input, the objects in Amazon S3, and the whims of the tasks.
//! [`try_out`] takes it through reader, checker, writer and simulator. The binary runs as many as there is time for; the
//! tests of this crate run a fixed few.
//!
//! A [`Target`] is a part of that: `read`, `check`, `grammar` (Paths and Intrinsic Functions), `jsonata`, `diagnostics` and `yaml`. A
//! case of it is a text, and after a NUL what goes with it. Random ones, and how the time grows with the size of a case:
//!
//! ```sh
//! cargo run --release -p stepwright-fuzz -- --target check --seconds 600 --seed 1 --corpus ../shared/corpora
//! cargo run --release -p stepwright-fuzz -- --growth
//! ```
//!
//! `guided/` has the same targets for libFuzzer, which keeps the cases that run code no case has run before. It is a crate of its
//! own, needs a C++ compiler and `cargo install cargo-fuzz`, and works with the stable compiler. In `fuzz/guided`:
//!
//! ```sh
//! ulimit -s 2048 # the stack of a thread
//! cargo fuzz run --fuzz-dir . --sanitizer none check corpus/check -- -dict=words.dict -timeout=25 -max_len=20000
//! cargo fuzz run --fuzz-dir . --sanitizer none check artifacts/check/crash-…
//! cargo fuzz tmin --fuzz-dir . --sanitizer none check artifacts/check/crash-…
//! ```
//!
//! The folder `corpus/check` is filled by it; put definitions there to begin with. What is found becomes a test beside the code
//! that it is about.

mod case;
mod corpus;
mod draw;
pub mod growth;
pub mod mutate;
mod shrink;
mod target;
mod trial;
mod whim;
pub mod worker;

pub use case::Case;
pub use corpus::Corpus;
pub use draw::Drawer;
pub use shrink::shrink;
pub use target::{Target, working_time};
pub use trial::{Outcome, caught, try_out};
