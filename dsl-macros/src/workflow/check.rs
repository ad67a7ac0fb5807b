//! The rules of `#[workflow]`.

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{ReturnType, Type};

use super::ast::{Timeout, Workflow, input_name, is_plain};
use super::{resources, state_names};
use crate::errors::Errors;
use crate::function::check_plain;

/// The longest name that a state machine can have.
const MAX_NAME: usize = 80;

/// What the name of a state machine cannot hold, beside white space and control characters.
const FORBIDDEN: &str = "<>{}[]?*\"#%\\^|~`$&,;:/";

pub(super) fn check(workflow: &Workflow<'_>, errors: &mut Errors) {
    check_name(workflow, errors);
    let signature = &workflow.function.signature;
    check_plain(signature, "workflow", errors);
    check_parameters(workflow, errors);
    check_timeout(workflow, errors);
    if let ReturnType::Type(_, ty) = &signature.output {
        check_output(ty, errors);
    }
    match &workflow.function.body {
        Some(body) => {
            state_names::check(body.stream(), errors);
            resources::check(body.stream(), errors);
        }
        None => errors.at(
            signature.ident.span(),
            "a workflow has a body, which adds states to its scope; for a function without one see `#[task]`",
        ),
    }
}

fn check_name(workflow: &Workflow<'_>, errors: &mut Errors) {
    let name = &workflow.name.text;
    let length = name.chars().count();
    let forbidden = |char: char| char.is_whitespace() || char.is_control() || FORBIDDEN.contains(char);
    if length == 0 {
        errors.at(workflow.name.span, "the name of a state machine cannot be empty");
    } else if length > MAX_NAME {
        errors.at(
            workflow.name.span,
            format_args!(
                "the name of a state machine has at most {MAX_NAME} characters; this one has {length}"
            ),
        );
    } else if let Some(char) = name.chars().find(|char| forbidden(*char)) {
        errors.at(
            workflow.name.span,
            format_args!(
                "the name of a state machine cannot hold {char:?}; use letters, digits, `-` and `_`"
            ),
        );
    }
}

/// How long an Express execution can run, in seconds.
const EXPRESS: u64 = 300;

fn check_timeout(workflow: &Workflow<'_>, errors: &mut Errors) {
    if let Some(Timeout { seconds, literal }) = &workflow.timeout
        && workflow.express
        && *seconds > EXPRESS
    {
        errors.on(
            literal,
            format_args!(
                "an Express workflow runs for five minutes at most, so a timeout of `{}` never comes",
                literal.value()
            ),
        );
    }
}

fn check_parameters(workflow: &Workflow<'_>, errors: &mut Errors) {
    let name = workflow.function.signature.ident.span();
    let mut parameters = workflow.parameters.iter();
    if let Some(scope) = parameters.next() {
        if !is_scope(&scope.ty) {
            errors.at(scope.ty.span(), "the first parameter is the scope: `s: &mut Scope`");
        }
    } else if workflow.function.signature.inputs.is_empty() {
        // Unlike a `self` in its place, which has been reported.
        errors.at(
            name,
            "a workflow takes its scope and, if it has any, its input: `(s: &mut Scope, order: Ref<Order>)`",
        );
    }
    if let Some(input) = parameters.next() {
        if input_name(&input.pat).is_none() {
            errors
                .on(&input.pat, "the input needs a plain name; take its fields from there, like `order.id`");
        }
        match &*input.ty {
            Type::ImplTrait(ty) => {
                errors.at(ty.impl_token.span, "the input must have one known type, like `Ref<Order>`");
            }
            ty if is_plain(ty) => errors.on(
                ty,
                format_args!(
                    "the input of a workflow is a reference to what an execution is given; {}",
                    write_ref(ty)
                ),
            ),
            _ => {}
        }
    }
    for surplus in parameters {
        errors.on(
            &surplus.pat,
            "a workflow has one input; make one struct of all that it takes, with `derive(Data)`",
        );
    }
}

/// Whether a type can be `&mut Scope`. Under which name it was imported is rustc's matter.
fn is_scope(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => reference.mutability.is_some(),
        Type::Group(group) => is_scope(&group.elem),
        _ => false,
    }
}

fn check_output(ty: &Type, errors: &mut Errors) {
    match ty {
        Type::Never(never) => {
            errors.at(never.bang_token.span, "write `Never` for a workflow that always ends in a Fail state");
        }
        Type::ImplTrait(ty) => {
            errors.at(ty.impl_token.span, "the output must have one known type, like `Ref<Parcel>`");
        }
        Type::Tuple(tuple) if !tuple.elems.is_empty() => errors.on(
            tuple,
            "a workflow has one output; make one struct of all that it returns, with `derive(Data)` and `data!`",
        ),
        ty if is_plain(ty) => errors.on(
            ty,
            format_args!("a workflow returns a reference to what an execution will give; {}", write_ref(ty)),
        ),
        _ => {}
    }
}

/// What to write in place of a plain type.
fn write_ref(ty: &Type) -> String {
    match ty {
        Type::Path(path) => format!("write `Ref<{}>`", path.to_token_stream().to_string().replace(' ', "")),
        _ => "write `Ref<…>`".to_owned(),
    }
}
