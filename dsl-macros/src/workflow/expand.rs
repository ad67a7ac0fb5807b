//! What a `#[workflow]` becomes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, PatType, ReturnType};

use super::ast::{QueryLanguage, Workflow, data_of, input_name};
use crate::attr::docs_or;
use crate::duration;
use crate::function::Function;

/// The function that returns the workflow, with the user's inside:
///
/// ```text
/// /// Takes an order from payment to parcel.
/// #[must_use = "…"]
/// pub fn order_fulfilment() -> ::stepwright::Workflow<Order, Parcel> {
///     fn order_fulfilment(s: &mut Scope, order: Ref<Order>) -> Ref<Parcel> {
///         …
///     }
///     ::stepwright::__private::workflow::<Order, Ref<Parcel>>(
///         ::stepwright::__private::WorkflowDefinition { … },
///         order_fulfilment,
///     )
/// }
/// ```
pub(super) fn expand(workflow: &Workflow<'_>) -> TokenStream {
    let private = workflow.krate.private();
    let name = &workflow.function.signature.ident;
    let traced = traced(workflow.function);
    let definition = definition(workflow);
    // What is no data is an error at these types, so it belongs where they are written.
    let output = workflow.function.output();
    let constructor = match input_data(workflow) {
        Some(input) => quote!(workflow::<#input, #output>),
        None => quote!(workflow_without_input::<#output>),
    };
    function(
        workflow,
        &quote! {
            #traced
            #private::#constructor(#definition, #name)
        },
    )
}

/// The outer function around a body.
pub(super) fn function(workflow: &Workflow<'_>, body: &TokenStream) -> TokenStream {
    let krate = workflow.krate.path();
    let Function { attributes, visibility, signature, .. } = workflow.function;
    let name = &signature.ident;
    let docs = docs_or(attributes, &format!(" The workflow `{}`.", name.unraw()));
    let is = |attribute: &Attribute, name: &str| attribute.path().is_ident(name);
    let others = attributes.iter().filter(|attribute| !is(attribute, "doc"));
    let must_use = (!attributes.iter().any(|attribute| is(attribute, "must_use")))
        .then(|| quote!(#[must_use = "a workflow does nothing until it is compiled, registered or called"]));
    let input = input_data(workflow).unwrap_or_else(|| quote!(()));
    let output = output_data(workflow);
    quote! {
        #docs
        #(#others)*
        #must_use
        #visibility fn #name() -> #krate::Workflow<#input, #output> {
            #body
        }
    }
}

/// The user's function as it came, but for what moved to the outer one.
pub(super) fn traced(Function { signature, body, .. }: &Function) -> TokenStream {
    quote!(#signature #body)
}

/// The data behind the reference that comes in, if any does: the `Order` of a `Ref<Order>`. Where `Ref` goes by another
/// name, only rustc knows: `<Reference<Order> as ::stepwright::__private::IsRef>::Data`.
fn input_data(workflow: &Workflow<'_>) -> Option<TokenStream> {
    let PatType { ty, .. } = workflow.input()?;
    Some(data_of(ty).map_or_else(
        || {
            let private = workflow.krate.private_at(ty.span());
            quote_spanned!(ty.span()=> <#ty as #private::IsRef>::Data)
        },
        ToTokens::to_token_stream,
    ))
}

/// The data behind the outcome that goes out, in the same way.
fn output_data(workflow: &Workflow<'_>) -> TokenStream {
    let ReturnType::Type(_, ty) = &workflow.function.signature.output else { return quote!(()) };
    data_of(ty).map_or_else(
        || {
            let krate = workflow.krate.at(ty.span());
            quote_spanned!(ty.span()=> <#ty as #krate::Outcome>::Data)
        },
        ToTokens::to_token_stream,
    )
}

/// The facts as a table:
///
/// ```text
/// ::stepwright::__private::WorkflowDefinition {
///     name: "OrderFulfilment",
///     function: "order_fulfilment",
///     comment: "Takes an order from payment to parcel.",
///     input: "order",
///     query_language: ::stepwright::QueryLanguage::Jsonata,
///     workflow_type: ::stepwright::WorkflowType::Standard,
///     conventions: ::stepwright::Conventions::new(),
///     timeout_seconds: ::core::option::Option::None,
///     location: ::core::panic::Location::caller(),
/// }
/// ```
fn definition(workflow: &Workflow<'_>) -> TokenStream {
    let krate = workflow.krate.path();
    let private = workflow.krate.private();
    let Workflow { name, comment, conventions, .. } = workflow;
    let name = &name.text;
    let ident = &workflow.function.signature.ident;
    let function = ident.unraw().to_string();
    let input = workflow.input().and_then(|input| input_name(&input.pat)).unwrap_or_default();
    let query_language = match workflow.query_language {
        QueryLanguage::Jsonata => quote!(Jsonata),
        QueryLanguage::JsonPath => quote!(JsonPath),
    };
    let workflow_type = if workflow.express { quote!(Express) } else { quote!(Standard) };
    let conventions =
        conventions.as_ref().map_or_else(|| quote!(#krate::Conventions::new()), ToTokens::into_token_stream);
    let timeout = duration::optional(workflow.timeout.as_ref().map(|timeout| timeout.seconds));
    // The call is spanned, so the workflow is located at its name.
    let location = quote_spanned!(ident.span()=> ::core::panic::Location::caller());
    quote! {
        #private::WorkflowDefinition {
            name: #name,
            function: #function,
            comment: #comment,
            input: #input,
            query_language: #krate::QueryLanguage::#query_language,
            workflow_type: #krate::WorkflowType::#workflow_type,
            conventions: #conventions,
            timeout_seconds: #timeout,
            location: #location,
        }
    }
}
