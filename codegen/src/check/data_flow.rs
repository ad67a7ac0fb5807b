//! What is known of the data on its way through the machine.

mod expression;
mod fault;
mod origin;
mod shape;
