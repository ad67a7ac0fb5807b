//! Random definitions with random task results: every one comes to an end, and nothing panics.
//!
//! A [`Case`] follows from its seed alone (and from the [`Corpus`], if there is one): a definition that is
//! [drawn](Drawer) or a [mutated](mutate) real one, an input, the objects in Amazon S3, and the whims of the tasks.
//! [`try_out`] takes it through reader, checker, writer and simulator. The binary runs as many as there is time for; the
//! tests of this crate run a fixed few.

mod case;
mod corpus;
mod draw;
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
pub use target::Target;
pub use trial::{Outcome, caught, try_out};
