//! The machine and the scopes nested in it.

use indexmap::IndexMap;

use crate::asl::enums::{ExecutionType, ProcessorMode, QueryLanguage};
use crate::asl::object::{object, plain_objects};
use crate::asl::state::State;

object! {
    /// A state machine: what `CreateStateMachine` takes as its `definition`.
    ///
    /// Emission order: `Comment`, `QueryLanguage`, `Version`, `TimeoutSeconds`, `StartAt`, `States`; what is short
    /// comes first, so that it is not lost below a long list of states. Spec: "Top-level fields".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct StateMachine = "a state machine" {
        @Work
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        /// `QueryLanguage` of the states that do not name their own; absent means `JSONPath`.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// `Version` of the language; only `"1.0"` exists, which is the default.
        "Version" => version: Option<String>,
        /// `TimeoutSeconds` of the whole execution, whole seconds.
        "TimeoutSeconds" => timeout_seconds: Option<u64>,
        /// `StartAt`: the name of the start state.
        "StartAt" => start_at: String,
        /// `States` by name, in order of emission.
        "States" => states: IndexMap<String, State>,
    }
}

object! {
    /// One branch of a Parallel state. Spec: "Parallel State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Branch = "a branch" {
        @Work
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        /// `StartAt`: the name of the branch's start state.
        "StartAt" => start_at: String,
        /// `States` of the branch by name.
        "States" => states: IndexMap<String, State>,
    }
}

object! {
    /// What a Map state does with each item: its `ItemProcessor` or, in old definitions, `Iterator`. Spec: "Map State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ItemProcessor = "an item processor" {
        @Work
        /// `ProcessorConfig`: inline or distributed; absent means inline.
        "ProcessorConfig" => processor_config: Option<ProcessorConfig>,
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        /// `StartAt`: the name of the processor's start state.
        "StartAt" => start_at: String,
        /// `States` of the processor by name.
        "States" => states: IndexMap<String, State>,
    }
}

object! {
    /// How a Map state runs its iterations. Developer guide: "Map state processing modes".
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct ProcessorConfig = "a ProcessorConfig" {
        @Work
        /// `Mode`; absent means inline.
        "Mode" => mode: Option<ProcessorMode>,
        /// `ExecutionType` of the child executions of a Distributed Map.
        "ExecutionType" => execution_type: Option<ExecutionType>,
    }
}

plain_objects!(StateMachine, Branch, ItemProcessor, ProcessorConfig);

/// A view on one `States` object with its start state: the machine itself, a branch, or an item processor.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope<'m> {
    /// The JSON pointer of the object that holds `StartAt` and `States`: from the state for [`State::scopes`]
    /// (`/Branches/0`), from the document otherwise.
    pub pointer: String,
    /// `StartAt`.
    pub start_at: &'m str,
    /// `States`.
    pub states: &'m IndexMap<String, State>,
}

impl StateMachine {
    /// The outermost scope; its pointer is empty, the whole document.
    pub fn scope(&self) -> Scope<'_> {
        Scope { pointer: String::new(), start_at: &self.start_at, states: &self.states }
    }

    /// The language of states that do not name their own, at any depth.
    pub fn default_query_language(&self) -> QueryLanguage {
        self.query_language.unwrap_or(QueryLanguage::JsonPath)
    }
}

impl Branch {
    /// The branch as a scope at the given pointer.
    pub(crate) fn scope(&self, pointer: String) -> Scope<'_> {
        Scope { pointer, start_at: &self.start_at, states: &self.states }
    }
}

impl ItemProcessor {
    /// The processor as a scope at the given pointer.
    pub(crate) fn scope(&self, pointer: String) -> Scope<'_> {
        Scope { pointer, start_at: &self.start_at, states: &self.states }
    }
}
