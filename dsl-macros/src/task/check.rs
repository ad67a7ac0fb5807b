//! The rules of `#[task]`.

use syn::ReturnType;

use super::ast::{Integration, IntegrationKind, Task};
use crate::errors::Errors;
use crate::function::{check_owned, check_plain};
use crate::{arn, attr, names};

pub(super) fn check(task: &Task<'_>, errors: &mut Errors) {
    check_integration(task, errors);
    check_timeouts(task, errors);
    check_state(task, errors);
    check_signature(task, errors);
    check_input(task, errors);
    check_token(task, errors);
    names::check_distinct(
        task.parameters.iter().map(|parameter| (parameter.wire_name.as_str(), parameter.wire_span)),
        "parameters",
        errors,
    );
}

fn check_integration(task: &Task<'_>, errors: &mut Errors) {
    if task.integrations.is_empty() && task.prototype.is_none() && task.complete {
        errors.at(
            task.name().span(),
            "this task has no resource; add `lambda = \"…\"`, `lambda_invoke = \"…\"` or `activity = \"…\"` to \
             `#[task]`, or `prototype` until there is one",
        );
    }
    for (position, integration) in task.integrations.iter().enumerate() {
        if position > 0 {
            errors.on(
                &integration.key,
                "a task has one resource; keep one of `lambda`, `lambda_invoke` and `activity`",
            );
        }
        check_resource(integration, errors);
    }
}

/// Checks a literal resource. Any other expression is taken as it is: only rustc knows its value.
fn check_resource(Integration { kind, key, resource }: &Integration, errors: &mut Errors) {
    if let Some(literal) = attr::literal_text(resource) {
        let check = match kind {
            IntegrationKind::Lambda => arn::check_lambda,
            IntegrationKind::LambdaInvoke => arn::check_lambda_invoke,
            IntegrationKind::Activity => arn::check_activity,
        };
        if let Err(message) = check(&literal.value()) {
            errors.on(literal, message);
        }
    } else if let syn::Expr::Lit(literal) = resource {
        errors.on(literal, format_args!("`{key}` takes a string"));
    }
}

fn check_timeouts(task: &Task<'_>, errors: &mut Errors) {
    if let (Some(timeout), Some(heartbeat)) = (&task.timeout, &task.heartbeat)
        && heartbeat.seconds >= timeout.seconds
    {
        errors.on(
            &heartbeat.literal,
            format_args!(
                "the heartbeat must be shorter than the timeout; `{}` is not less than `{}`",
                heartbeat.literal.value(),
                timeout.literal.value()
            ),
        );
    }
}

fn check_state(task: &Task<'_>, errors: &mut Errors) {
    if let Some(problem) = names::state_name_problem(&task.state.name) {
        let help = if task.state.given { "" } else { "; give it another with `name = \"…\"`" };
        errors.at(task.state.span, format_args!("{problem}{help}"));
    }
}

fn check_signature(task: &Task<'_>, errors: &mut Errors) {
    let function = task.function;
    check_plain(&function.signature, "task", errors);
    if let Some(body) = &function.body {
        errors.at(
            body.span_open(),
            "a task has no body: its work is done elsewhere; end the signature with `;`",
        );
    }
    for parameter in &task.parameters {
        check_owned(parameter.ty, errors);
    }
    if let ReturnType::Type(_, ty) = &function.signature.output {
        check_owned(ty, errors);
    }
}

fn check_input(task: &Task<'_>, errors: &mut Errors) {
    for parameter in &task.parameters {
        if let Some(input) = parameter.input
            && task.parameters.len() > 1
        {
            errors.on(
                input,
                "`#[input]` is the whole input, so it is the only parameter; remove it, or the others",
            );
        }
    }
}

fn check_token(task: &Task<'_>, errors: &mut Errors) {
    let tokens = task.parameters.iter().filter_map(|parameter| parameter.token);
    for (position, token) in tokens.enumerate() {
        if position > 0 {
            errors.on(token, "a task has one token; remove one of the two `#[token]`");
        }
        // Without a resource, that is what is reported.
        if task.integrations.iter().any(|integration| integration.kind != IntegrationKind::LambdaInvoke) {
            errors.on(token, "only a task with `lambda_invoke = \"…\"` can wait for its `#[token]`");
        }
    }
}
