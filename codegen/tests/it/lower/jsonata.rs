//! Values live in variables; only what is read later is assigned.

mod flow;
mod maps;
mod nested;
mod selected;
mod tasks;
mod values;
