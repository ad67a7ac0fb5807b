//! A state: what most types share, and its type.

use std::fmt;

use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map as JsonMap, Value};

use crate::asl::choice::Choice;
use crate::asl::enums::{QueryLanguage, words};
use crate::asl::handlers::{Catcher, Retrier};
use crate::asl::json::Json;
use crate::asl::leaf::{Fail, Pass, Succeed, Wait};
use crate::asl::machine::Scope;
use crate::asl::map::Map;
use crate::asl::object::{Demands, FieldInfo, Object, Section, Shape, Slot, object};
use crate::asl::parallel::Parallel;
use crate::asl::read::Reader;
use crate::asl::task::Task;
use crate::asl::value::NullablePath;

object! {
    /// A state of any type.
    ///
    /// Holds the fields that most types share; [`kind`](Self::kind) has the rest. Not every type takes every shared
    /// field: that is for [`check`](crate::check) to say. Emission order: `Type`, `Comment`, `QueryLanguage`,
    /// `Resource`, `InputPath`, the fields of the type, `OutputPath`, `Assign`, `Output`, `Retry`, `Catch`, `Next`, `End`.
    /// Spec: "Table of State Types and Fields".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct State = "a state" {
        @Head
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        /// `QueryLanguage`; absent means the machine's.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        @Input
        /// `InputPath` (JSONPath): selects the effective input; absent means `$`.
        "InputPath" JsonPath => input_path: Option<NullablePath>,
        @Outcome
        /// `OutputPath` (JSONPath): selects the effective output; absent means `$`.
        "OutputPath" JsonPath => output_path: Option<NullablePath>,
        /// `Assign`: values by variable name.
        "Assign" => assign: Option<JsonMap<String, Value>>,
        /// `Output` (JSONata): the state's output; a present `null` is `Some(Value::Null)`.
        "Output" Jsonata => output: Option<Value>,
        @Transition
        /// `Next`: the name of the state that follows.
        "Next" => next: Option<String>,
        /// `End`: whether the state is terminal.
        "End" => end: Option<bool>,
    }
    with {
        /// `Type`, and the fields of that type.
        kind: StateKind,
    }
}

/// Declares the state types once; each is a struct of the same name, and is held as it is or in a box.
macro_rules! state_kinds {
    ($( $(#[$meta:meta])* $kind:ident: $held:ty, )*) => {
        /// The type of a state with the fields that belong to it.
        #[derive(Debug, Clone, PartialEq)]
        pub enum StateKind { $( $(#[$meta])* $kind($held), )* }

        words! {
            /// `Type` of a state.
            pub enum StateType { $( $(#[$meta])* $kind = stringify!($kind), )* }
        }

        impl StateKind {
            /// An empty state of that type.
            pub(crate) fn new(state_type: StateType) -> Self {
                match state_type { $( StateType::$kind => Self::$kind(<$held>::default()), )* }
            }

            /// Its type.
            pub fn state_type(&self) -> StateType {
                match self { $( Self::$kind(_) => StateType::$kind, )* }
            }

            /// The fields of its type, those that most types share apart.
            pub(crate) fn fields(&self) -> &'static [FieldInfo] {
                match self { $( Self::$kind(_) => $kind::FIELDS, )* }
            }

            fn read_field<'j>(&mut self, name: &str, json: &'j Json, reader: &mut Reader<'j>) -> bool {
                match self { $( Self::$kind(kind) => kind.read_field(name, json, reader), )* }
            }

            fn write_section<M: SerializeMap>(&self, section: Section, out: &mut M) -> Result<(), M::Error> {
                match self { $( Self::$kind(kind) => kind.write_section(section, out), )* }
            }

            fn demands(&self, out: &mut Demands<'_>) {
                match self { $( Self::$kind(kind) => kind.field_demands(out), )* }
            }
        }

        impl StateType {
            /// What it is, with its article: "a Task state".
            pub(crate) fn title(self) -> &'static str {
                match self { $( Self::$kind => $kind::TITLE, )* }
            }

            /// The state types that have a field of this name beside those which all states share.
            pub(crate) fn with_field(name: &str) -> Vec<StateType> {
                let mut types = Vec::new();
                $( if $kind::FIELDS.iter().any(|field| field.name == name) {
                    types.push(Self::$kind);
                } )*
                types
            }
        }
    };
}

state_kinds! {
    /// Does work: a Lambda function, an activity, a service call.
    Task: Task,
    /// Passes its input on, or a fixed result.
    Pass: Pass,
    /// Branches by tests.
    Choice: Choice,
    /// Delays.
    Wait: Wait,
    /// Ends the scope with success.
    Succeed: Succeed,
    /// Ends the scope with an error.
    Fail: Fail,
    /// Runs branches at the same time.
    Parallel: Parallel,
    /// Runs an item processor for each item. It has many more fields than the others, and there are few of them.
    Map: Box<Map>,
}

impl Default for StateKind {
    fn default() -> Self {
        Self::Pass(Pass::default())
    }
}

impl Shape for State {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let Json::Object(entries) = json else { return reader.mismatch("an object", json) };
        let Some(state_type) = reader.state_type(entries) else {
            return None; // Without its type nothing else can be said about the state.
        };
        let mut state = State { kind: StateKind::new(state_type), ..State::default() };
        let fields = [State::FIELDS, state.kind.fields()];
        reader
            .object(json, state_type.title(), &fields, |name, value, reader| {
                name == TYPE
                    || state.read_field(name, value, reader)
                    || state.kind.read_field(name, value, reader)
            })
            .then_some(state)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut out = out.serialize_map(None)?;
        self.kind.state_type().write_field(TYPE, &mut out)?;
        for section in Section::ALL {
            self.write_section(section, &mut out)?;
            self.kind.write_section(section, &mut out)?;
        }
        out.end()
    }

    fn demands(&self, out: &mut Demands<'_>) {
        self.field_demands(out);
        self.kind.demands(out);
    }
}

/// The field that says which type a state has.
pub(crate) const TYPE: &str = "Type";

/// Where in a state a transition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransitionField {
    /// The state's own `Next`.
    Next,
    /// `Next` of the Choice Rule with this index.
    Choice(usize),
    /// `Default` of a Choice.
    Default,
    /// `Next` of the Catcher with this index.
    Catch(usize),
}

/// A transition that a state can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition<'s> {
    /// Where it stands.
    pub field: TransitionField,
    /// The name of the state it leads to.
    pub target: &'s str,
}

impl fmt::Display for TransitionField {
    /// Writes the JSON pointer from the state: `/Choices/0/Next`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Next => f.write_str("/Next"),
            Self::Choice(index) => write!(f, "/Choices/{index}/Next"),
            Self::Default => f.write_str("/Default"),
            Self::Catch(index) => write!(f, "/Catch/{index}/Next"),
        }
    }
}

impl TransitionField {
    /// The name of the field, without what it is in.
    pub fn name(self) -> &'static str {
        match self {
            Self::Next | Self::Choice(_) | Self::Catch(_) => "Next",
            Self::Default => "Default",
        }
    }
}

impl State {
    /// A state of that kind with nothing else set.
    pub fn new(kind: StateKind) -> Self {
        State { kind, ..State::default() }
    }

    /// `Type`, as it stands in JSON.
    pub fn type_name(&self) -> &'static str {
        self.kind.state_type().as_str()
    }

    /// The Retriers in order; empty for types without `Retry`.
    pub fn retry(&self) -> &[Retrier] {
        match &self.kind {
            StateKind::Task(task) => task.retry.as_deref(),
            StateKind::Parallel(parallel) => parallel.retry.as_deref(),
            StateKind::Map(map) => map.retry.as_deref(),
            StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_) => None,
        }
        .unwrap_or_default()
    }

    /// The Catchers in order; empty for types without `Catch`.
    pub fn catch(&self) -> &[Catcher] {
        match &self.kind {
            StateKind::Task(task) => task.catch.as_deref(),
            StateKind::Parallel(parallel) => parallel.catch.as_deref(),
            StateKind::Map(map) => map.catch.as_deref(),
            StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_) => None,
        }
        .unwrap_or_default()
    }

    /// Every transition the state names: Choice Rules, `Default`, Catchers, then `Next`.
    pub fn transitions(&self) -> impl Iterator<Item = Transition<'_>> {
        let choice = match &self.kind {
            StateKind::Choice(choice) => Some(choice),
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_)
            | StateKind::Parallel(_)
            | StateKind::Map(_) => None,
        };
        let rules = choice.into_iter().flat_map(|choice| &choice.choices).enumerate();
        let rules = rules
            .map(|(index, rule)| Transition { field: TransitionField::Choice(index), target: &rule.next });
        let default = choice.and_then(|choice| choice.default.as_deref());
        let default = default.map(|target| Transition { field: TransitionField::Default, target });
        let catch = self.catch().iter().enumerate().map(|(index, catcher)| Transition {
            field: TransitionField::Catch(index),
            target: &catcher.next,
        });
        let next = self.next.as_deref().map(|target| Transition { field: TransitionField::Next, target });
        rules.chain(default).chain(catch).chain(next)
    }

    /// The name of the state that a transition leads to; `None` if the state has no such transition.
    pub fn target(&self, field: TransitionField) -> Option<&str> {
        match (field, &self.kind) {
            (TransitionField::Next, _) => self.next.as_deref(),
            (TransitionField::Choice(index), StateKind::Choice(choice)) => {
                choice.choices.get(index).map(|rule| rule.next.as_str())
            }
            (TransitionField::Default, StateKind::Choice(choice)) => choice.default.as_deref(),
            (TransitionField::Choice(_) | TransitionField::Default, _) => None,
            (TransitionField::Catch(index), _) => {
                self.catch().get(index).map(|catcher| catcher.next.as_str())
            }
        }
    }

    /// The scopes nested directly in the state, with pointers from the state: branches, or the item processor.
    pub fn scopes(&self) -> impl Iterator<Item = Scope<'_>> {
        let (branches, processors) = match &self.kind {
            StateKind::Parallel(parallel) => (parallel.branches.as_slice(), [None, None]),
            StateKind::Map(map) => (
                [].as_slice(),
                [
                    map.item_processor.as_ref().map(|it| it.scope("/ItemProcessor".to_owned())),
                    map.iterator.as_ref().map(|it| it.scope("/Iterator".to_owned())),
                ],
            ),
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_) => ([].as_slice(), [None, None]),
        };
        let branches = branches.iter().enumerate();
        let branches = branches.map(|(index, branch)| branch.scope(format!("/Branches/{index}")));
        branches.chain(processors.into_iter().flatten())
    }

    /// Whether the scope can end here: `Succeed`, `Fail`, or `End: true`. Spec: "Transitions".
    pub fn is_terminal(&self) -> bool {
        self.end == Some(true) || matches!(self.kind, StateKind::Succeed(_) | StateKind::Fail(_))
    }

    /// The language the state is written in: its own, or the machine's.
    pub fn effective_query_language(&self, machine_default: QueryLanguage) -> QueryLanguage {
        self.query_language.unwrap_or(machine_default)
    }
}
