//! Values live in the document of their scope; what an inner scope reads is handed in.

mod documents;
mod flow;
mod maps;
mod nested;
mod tasks;
mod values;
