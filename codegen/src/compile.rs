//! The stages in order.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;
use stepwright::plan::{Plan, RustLocation};
use stepwright::{Workflow, WorkflowType};

use crate::asl::{self, StateMachine};
use crate::check::{self, Facts};
use crate::diagnostic::{Code, Comments, Diagnostic, Diagnostics, SourceLocation, in_rust};
use crate::lower::lower;
use crate::substitutions;

/// A workflow that is compiled: what to deploy, and what is known of it.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The workflow's name in CamelCase.
    pub name: String,
    /// Whether to deploy it as a Standard or an Express machine; the definition does not say.
    pub workflow_type: WorkflowType,
    /// The machine. It passed every check.
    pub machine: StateMachine,
    /// What is likely a mistake; errors are never found here.
    pub warnings: Diagnostics,
    /// The JSON schema of the execution's input; `None` if the workflow takes none.
    pub input_schema: Option<Value>,
    /// The JSON schema of the execution's output.
    pub output_schema: Value,
    /// What the deployment has to fill in: `Name` for each `${Name}` in the definition, sorted.
    pub substitutions: Vec<String>,
    /// Where each state comes from in the Rust text, by its name.
    pub locations: IndexMap<String, RustLocation>,
}

impl Compiled {
    /// The definition as JSON: two spaces of indentation, a line feed at the end; the same bytes for the same workflow.
    pub fn to_json(&self) -> String {
        asl::to_json(&self.machine)
    }

    /// What could be better though nothing is wrong (`SW08xx`), at the locations of the states.
    pub fn advice(&self) -> Diagnostics {
        let findings = check::advise(&self.machine, &of_type(self.workflow_type));
        let locate =
            |state: Option<&str>| self.locations.get(state?).map(|location| SourceLocation::from(*location));
        without_allowed(in_rust(findings, &self.name, locate), &asl::to_value(&self.machine))
    }

    /// How many states there are, nested ones included.
    pub fn state_count(&self) -> usize {
        self.locations.len()
    }
}

/// Compiles a workflow: traces it, lowers it, checks it.
///
/// # Errors
///
/// All problems at once, in the order of the source; nothing is emitted that is known to be wrong.
pub fn compile<I, O>(workflow: &Workflow<I, O>) -> Result<Compiled, Diagnostics> {
    compile_plan(&workflow.plan())
}

/// Compiles a plan, for callers that have no [`Workflow`] of a certain type.
///
/// # Errors
///
/// As [`compile`].
pub fn compile_plan(plan: &Plan) -> Result<Compiled, Diagnostics> {
    let lowered = lower(plan);
    let locate = |name: Option<&str>| -> Option<SourceLocation> {
        let states = |name| lowered.locations.get(name).and_then(|all: &Vec<RustLocation>| all.first());
        name.map_or(Some(&plan.location), states).map(|location| SourceLocation::from(*location))
    };
    // Lowering sees every state, the model only one of each name: it has reported what is used twice.
    let input_schema = plan.root.input.and_then(|id| plan.values.get(&id)).map(|input| (input.ty.schema)());
    let facts = of_type(plan.workflow_type);
    let facts = input_schema.iter().fold(facts, Facts::input_schema);
    let facts = lowered.results.iter().fold(facts, Facts::result);
    let mut findings = check::check_with(&lowered.machine, &facts);
    findings.retain(|finding| finding.code != Code::DuplicateStateName);
    let mut diagnostics: Diagnostics = lowered.diagnostics.into_iter().collect();
    diagnostics.extend(without_cascades(&diagnostics, &in_rust(findings, &plan.name, locate)));
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    let definition = asl::to_value(&lowered.machine);
    let diagnostics = without_allowed(diagnostics, &definition);
    Ok(Compiled {
        name: plan.name.clone(),
        workflow_type: plan.workflow_type,
        substitutions: substitutions::of(&definition),
        machine: lowered.machine,
        warnings: diagnostics,
        input_schema,
        output_schema: (plan.root.output.schema)(),
        locations: lowered
            .locations
            .into_iter()
            .filter_map(|(name, all)| Some((name, *all.first()?)))
            .collect(),
    })
}

/// Without the warnings that comments in the workflow allow.
fn without_allowed(warnings: Diagnostics, definition: &Value) -> Diagnostics {
    if warnings.is_empty() {
        return warnings;
    }
    let comments = Comments::of(definition);
    warnings.into_iter().filter(|warning| !comments.allow_in_rust(warning)).collect()
}

/// What the type of a workflow says of how it is deployed.
fn of_type(workflow_type: WorkflowType) -> Facts {
    match workflow_type {
        WorkflowType::Standard => Facts::default(),
        WorkflowType::Express => Facts::default().express(),
    }
}

/// What the checker found, without what follows from an error that lowering has reported already: another problem of the
/// same state, where a jump leads nowhere one of the graph, and in any case one of the names and expressions that it printed.
fn without_cascades(reported: &Diagnostics, found: &Diagnostics) -> Diagnostics {
    let states: BTreeSet<Option<String>> = reported.errors().map(|error| error.state.clone()).collect();
    let known = |state: &Option<String>| state.is_some() && states.contains(state);
    let jumps =
        reported.errors().any(|error| matches!(error.code, Code::MisplacedLabel | Code::CrossingJump));
    let is_printed = |code: Code| {
        let id = code.id();
        let found_in_data = ("SW0700"..="SW0799").contains(&id);
        reported.has_errors()
            && (("SW0380"..="SW0399").contains(&id) || ("SW0510"..="SW0539").contains(&id) || found_in_data)
    };
    let follows = |found: &Diagnostic| {
        known(&found.state) || is_printed(found.code) || (jumps && found.code.group() == Code::Empty.group())
    };
    found.iter().filter(|found| !follows(found)).cloned().collect()
}
