//! What is known of a task in Rust, but no longer in the machine: the errors that it declares, and that it is an activity whose
//! ARN is filled in at deployment.

use stepwright::error::catalogue;
use stepwright::plan::{RustLocation, Task};
use stepwright::{ErrorName, Integration, WorkflowType};

use super::graph::{Graph, Kind, Node};
use crate::asl::nearest;
use crate::diagnostic::{Code, Diagnostic};

/// Checks every task.
pub(super) fn check(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (scope, graph_scope) in graph.scopes.iter().enumerate() {
        for (index, node) in graph_scope.nodes.iter().enumerate() {
            let Kind::Task(task) = node.kind else { continue };
            let mut found: Vec<Diagnostic> = undeclared(node, task)
                .map(|(error, location, verb)| unraised(node, task, error, verb).at(location))
                .collect();
            if graph.plan.workflow_type == WorkflowType::Express
                && matches!(task.integration, Integration::Activity(_))
            {
                found.push(activity(node));
            }
            let path = graph.state_path(scope, index);
            diagnostics.extend(found.into_iter().map(|diagnostic| diagnostic.in_state(&path)));
        }
    }
}

/// The errors that are retried or caught, but that the task does not raise. What a policy for many tasks names is not looked at.
fn undeclared<'p>(
    node: &Node<'p>,
    task: &'p Task,
) -> impl Iterator<Item = (ErrorName, RustLocation, &'static str)> + use<'p> {
    let retry: &'p [_] = if task.own_retry { node.retry } else { &[] };
    let retried = retry.iter().flat_map(|retrier| retrier.error_equals).map(|error| (*error, "retried"));
    let location = node.location;
    let retried = retried.map(move |(error, verb)| (error, location, verb));
    let caught: Vec<_> = (node.catch.iter().map(|catch| catch.catcher))
        .flat_map(|catcher| catcher.errors.iter().map(|error| (*error, catcher.location, "caught")))
        .collect();
    retried.chain(caught).filter(|(error, ..)| is_unraised(task, *error))
}

fn is_unraised(task: &Task, error: ErrorName) -> bool {
    !task.errors.is_empty() && !task.errors.contains(&error) && !is_of_the_service(task, error)
}

/// Whether the service reports such an error for the task, on its own account.
fn is_of_the_service(task: &Task, error: ErrorName) -> bool {
    let prefix = error.as_str().split_once('.').map(|(prefix, _)| prefix);
    match task.integration {
        // Its own errors have the prefix of the service, which is not always the one in the resource.
        Integration::Service(_) => prefix.is_some(),
        Integration::Lambda(_) | Integration::LambdaInvoke(_) => {
            matches!(prefix, Some("States" | "Lambda" | "Sandbox" | "Runtime"))
        }
        Integration::Activity(_) => prefix == Some("States"),
    }
}

fn unraised(node: &Node<'_>, task: &Task, error: ErrorName, verb: &str) -> Diagnostic {
    let declared = task.errors.iter().map(|error| error.as_str());
    let known = declared.chain(catalogue().map(|facts| facts.name.as_str()));
    let help = match nearest(error.as_str(), known) {
        Some(similar) => format!("an error with a similar name is `{similar}`"),
        None => format!("add it to the task: `#[task(errors = [{}, …])]`", error.as_str()),
    };
    let message = format!("`{error}` is {verb}, but the task of `{}` does not raise it", node.name);
    let declared: Vec<String> = task.errors.iter().map(|error| format!("`{error}`")).collect();
    Diagnostic::warning(Code::UnraisedError, message)
        .note(format!("it declares {}", declared.join(", ")))
        .help(help)
}

fn activity(node: &Node<'_>) -> Diagnostic {
    let message = format!("`{}` waits for an activity, which an Express workflow does not", node.name);
    Diagnostic::error(Code::NotInExpress, message).at(node.location).help("make the workflow a Standard one")
}
