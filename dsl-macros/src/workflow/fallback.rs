//! What a wrong `#[workflow]` becomes: the error, and a function of the same name and type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{FnArg, ReturnType, Type};

use super::ast::{Workflow, is_plain};
use super::expand;

pub(super) fn fallback(workflow: &Workflow<'_>, error: &syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    let signature = &workflow.function.signature;
    let receiver = signature.inputs.iter().any(|input| matches!(input, FnArg::Receiver(_)));
    let odd = receiver || !signature.generics.params.is_empty() || has_odd_types(workflow);
    // Its types make sense nowhere else, so nothing but the function's name can be kept.
    if odd {
        let krate = workflow.krate.path();
        let name = &signature.ident;
        let visibility = &workflow.function.visibility;
        return quote! {
            #error
            #[allow(dead_code, missing_docs, reason = "it stands in for a workflow that has an error")]
            #visibility fn #name() -> #krate::Workflow<(), ()> {
                ::core::unimplemented!()
            }
        };
    }
    // The user's function stays inside, so that editors and rustc still see its body.
    let traced = if workflow.function.body.is_some() {
        let traced = expand::traced(workflow.function);
        quote!(#[allow(dead_code, reason = "it is not called for the error")] #traced)
    } else {
        TokenStream::new()
    };
    let function = expand::function(
        workflow,
        &quote! {
            #traced
            ::core::unimplemented!()
        },
    );
    quote!(#error #function)
}

fn has_odd_types(workflow: &Workflow<'_>) -> bool {
    let input = workflow.input().map(|input| &*input.ty);
    let output = match &workflow.function.signature.output {
        ReturnType::Type(_, ty) => Some(&**ty),
        ReturnType::Default => None,
    };
    input
        .into_iter()
        .chain(output)
        .any(|ty| matches!(ty, Type::Never(_) | Type::ImplTrait(_)) || is_plain(ty))
}
