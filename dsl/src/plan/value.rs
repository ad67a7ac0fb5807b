//! Values that a workflow names, and where they are kept.

use serde_json::Value as Json;

use super::{RustLocation, ScopeId};

/// A value that the workflow names.
#[derive(Debug, Clone)]
pub struct Value {
    /// The scope that it belongs to.
    pub scope: ScopeId,
    /// What it is.
    pub role: Role,
    /// Where it is kept.
    pub slot: Slot,
    /// The field of the raw result that holds it: `Payload` for `lambda:invoke`.
    pub envelope: Option<&'static str>,
    /// Its Rust type.
    pub ty: TypeFacts,
    /// Where it comes from in the Rust text.
    pub location: RustLocation,
}

/// What a [`Value`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The input of a scope.
    Input,
    /// The item of a Map, as its selector sees it.
    Item,
    /// The result of a state.
    Result,
    /// The Error Output of a Catcher.
    Error,
    /// What the branches of a Choice come to.
    Join,
    /// A variable, which can be given other values later.
    Variable,
}

/// Where a [`Value`] is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Under this name, if anyone reads it.
    Auto(String),
    /// Under this path, always: `results.tarball` in a document, a variable's name in JSONata.
    Path(Vec<String>),
    /// It replaces the whole document, which is what the language does by default.
    Document {
        /// Whether the output says so, because the conventions would keep it elsewhere.
        spelt_out: bool,
    },
}

/// What is known of a Rust type.
#[derive(Debug, Clone, Copy)]
pub struct TypeFacts {
    /// Its name, for messages.
    pub name: fn() -> &'static str,
    /// Its JSON schema.
    pub schema: fn() -> Json,
}

impl TypeFacts {
    /// The facts of a type.
    pub fn of<T: crate::Data>() -> Self {
        Self { name: std::any::type_name::<T>, schema: || schemars::schema_for!(T).to_value() }
    }
}
