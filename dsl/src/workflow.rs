//! Workflows as values.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use crate::conventions::Conventions;
use crate::data::Data;
use crate::outcome::Outcome;
use crate::plan::{self, Place, Plan, Problem, ProblemKind, Root, RustLocation, Slot};
use crate::refs::Ref;
use crate::scope::{Scope, Shared, trace_scope};

/// The query language of a state machine.
///
/// Spec: "Query Languages".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryLanguage {
    /// JSONata 2.0.6: values live in variables.
    #[default]
    Jsonata,
    /// JSONPath with intrinsic functions: values live in one document.
    JsonPath,
}

impl QueryLanguage {
    /// As the States Language spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsonata => "JSONata",
            Self::JsonPath => "JSONPath",
        }
    }
}

/// Whether a workflow's executions are Standard or Express ones. It is set where the machine is deployed (`Type` of
/// `CreateStateMachine`) and is no part of the definition; it decides what the definition may use.
///
/// Source: [Choosing workflow type](https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkflowType {
    /// Runs for up to a year, each state exactly once.
    #[default]
    Standard,
    /// Runs for up to five minutes, and does not wait for jobs, callbacks or activities.
    Express,
}

impl WorkflowType {
    /// As the service spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }
}

/// A workflow that takes an `I` and gives an `O`: what a `#[workflow]` function returns.
///
/// It can be compiled (`stepwright-codegen`), listed in a [`Registry`](crate::Registry), and looked at:
///
/// ```
/// use stepwright::prelude::*;
///
/// /// Says hello.
/// #[workflow]
/// fn hello(s: &mut Scope, name: Ref<String>) -> Ref<String> {
///     s.pass("Greet", fmt!("Hello, {}!", name))
/// }
///
/// assert_eq!(hello().name(), "Hello");
/// assert_eq!(hello().plan().comment.as_deref(), Some("Says hello."));
/// ```
pub struct Workflow<I, O> {
    definition: WorkflowDefinition,
    trace: Rc<dyn Fn() -> Plan>,
    ty: PhantomData<fn(I) -> O>,
}

impl<I, O> Clone for Workflow<I, O> {
    fn clone(&self) -> Self {
        Self { definition: self.definition, trace: Rc::clone(&self.trace), ty: PhantomData }
    }
}

impl<I, O> fmt::Debug for Workflow<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Workflow").field(&self.definition.name).finish()
    }
}

/// What `#[workflow]` knows of a workflow.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct WorkflowDefinition {
    pub name: &'static str,
    pub function: &'static str,
    pub comment: &'static str,
    pub input: &'static str,
    pub query_language: QueryLanguage,
    pub workflow_type: WorkflowType,
    pub conventions: Conventions,
    pub timeout_seconds: Option<u32>,
    pub location: RustLocation,
}

impl<I, O> Workflow<I, O> {
    /// The name in CamelCase: `OrderFulfilment`.
    pub fn name(&self) -> &'static str {
        self.definition.name
    }

    /// The name of its file and on the command line: `order-fulfilment`.
    pub fn slug(&self) -> String {
        self.definition.function.trim_matches('_').replace('_', "-")
    }

    /// The query language that it is written for.
    pub fn query_language(&self) -> QueryLanguage {
        self.definition.query_language
    }

    /// Whether its executions are Standard or Express ones.
    pub fn workflow_type(&self) -> WorkflowType {
        self.definition.workflow_type
    }

    /// Where it is defined.
    pub fn location(&self) -> RustLocation {
        self.definition.location
    }

    /// Runs the workflow function and returns what it built.
    pub fn plan(&self) -> Plan {
        (self.trace)()
    }
}

/// Makes the value that a `#[workflow]` function returns.
#[doc(hidden)]
pub fn workflow<I: Data, R: Outcome + 'static>(
    definition: WorkflowDefinition,
    function: fn(&mut Scope, Ref<I>) -> R,
) -> Workflow<I, R::Data> {
    let trace = move || {
        let input = Slot::Auto(definition.input.trim_start_matches('_').to_owned());
        trace::<I, R>(&definition, Some(input), |s, id| function(s, Ref::to(Place::new(Root::Value(id)))))
    };
    Workflow { definition, trace: Rc::new(trace), ty: PhantomData }
}

/// The same, for a function that takes no input.
#[doc(hidden)]
pub fn workflow_without_input<R: Outcome + 'static>(
    definition: WorkflowDefinition,
    function: fn(&mut Scope) -> R,
) -> Workflow<(), R::Data> {
    let trace = move || trace::<(), R>(&definition, None, |s, _| function(s));
    Workflow { definition, trace: Rc::new(trace), ty: PhantomData }
}

fn trace<I: Data, R: Outcome>(
    definition: &WorkflowDefinition,
    input: Option<Slot>,
    body: impl FnOnce(&mut Scope, plan::ValueId) -> R,
) -> Plan {
    let shared = Rc::new(RefCell::new(Shared::default()));
    let root =
        trace_scope::<I, R>(Rc::clone(&shared), definition.conventions, input, definition.location, body);
    let Shared { values, documents, mut problems, labels } = shared.take();
    let forgotten = labels.into_iter().filter(|(_, (_, placed))| !placed);
    problems.extend(
        forgotten
            .map(|(label, (location, _))| Problem { kind: ProblemKind::LabelNotPlaced(label), location }),
    );
    Plan {
        name: definition.name.to_owned(),
        comment: Some(definition.comment).filter(|comment| !comment.is_empty()).map(str::to_owned),
        query_language: definition.query_language,
        workflow_type: definition.workflow_type,
        timeout_seconds: definition.timeout_seconds,
        location: definition.location,
        root,
        values,
        documents,
        problems,
    }
}
