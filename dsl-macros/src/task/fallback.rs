//! What a wrong `#[task]` becomes: the error, and as much of the task as is certain, so that its users see no others.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{FnArg, ReturnType};

use super::ast::Task;
use super::expand;
use crate::function::is_owned;
use crate::names;

pub(super) fn fallback(mut task: Task<'_>, error: &syn::Error) -> TokenStream {
    // What may be wrong itself must not be reported by rustc again.
    task.integrations.clear();
    if names::state_name_problem(&task.state.name).is_some() {
        "Unnamed".clone_into(&mut task.state.name);
    }
    let task = &task;
    let error = error.to_compile_error();
    let private = task.krate.private();
    let signature = &task.function.signature;
    let output = match &signature.output {
        // No lifetime that it could have would be right.
        ReturnType::Type(_, ty) if !is_owned(ty) => quote!(()),
        ReturnType::Type(..) | ReturnType::Default => task.function.output(),
    };
    let parameters = task.given().map(|parameter| &parameter.name);
    // Parameters that are not used would be reported beside the error.
    let body = quote! {
        let _ = (#(#parameters,)*);
        #private::task_fallback()
    };
    let constructor = expand::constructor(task, &output, &body);
    let types = if is_sound(task) { expand::types(task) } else { expand::marker(task) };
    quote!(#error #constructor #types)
}

/// Whether the types that the signature names mean the same outside of the function.
fn is_sound(task: &Task<'_>) -> bool {
    let signature = &task.function.signature;
    let plain = signature.generics.params.is_empty()
        && !signature.inputs.iter().any(|input| matches!(input, FnArg::Receiver(_)));
    let owned = match &signature.output {
        ReturnType::Type(_, ty) => is_owned(ty),
        ReturnType::Default => true,
    };
    plain && owned && task.parameters.iter().all(|parameter| is_owned(parameter.ty))
}
