//! What is known of the data on its way through the machine: the rules `SW0701` to `SW0710`.
//!
//! An abstract interpretation: for each state the set of inputs that it can have, found by carrying [`Shape`](shape::Shape)s
//! along the transitions. What every value of a set fails with is certain to fail. What is not known is in the set, so that
//! nothing is said about it.

mod call;
mod expression;
mod facts;
mod fault;
mod findings;
mod machine;
mod origin;
mod path;
mod place;
mod problems;
mod routes;
mod shape;
mod state;
mod title;
mod view;
mod wants;

pub use facts::Facts;
pub(crate) use findings::check;
pub(crate) use place::At;

#[cfg(test)]
mod tests;
