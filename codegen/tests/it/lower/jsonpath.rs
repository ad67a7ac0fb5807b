//! Values live in the document of their scope; what an inner scope reads is handed in.

mod documents;
mod flow;
mod maps;
mod nested;
#[expect(clippy::redundant_closure_for_method_calls, reason = "closures as users write them")]
mod selected;
mod tasks;
mod values;
