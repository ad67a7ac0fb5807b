//! What a `#[task]` becomes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::ast::{Duration, Input, Integration, IntegrationKind, Parameter, Prototype, Task};
use crate::attr::docs_or;
use crate::duration;
use crate::function::is_owned;

pub(super) fn expand(task: &Task<'_>) -> TokenStream {
    let constructor = constructor(task, &task.function.output(), &constructor_body(task));
    let types = types(task);
    quote!(#constructor #types)
}

/// The function that callers see:
///
/// ```text
/// /// Charges the card on file.
/// #[track_caller]
/// pub fn charge_card(
///     amount: impl ::stepwright::Fits<f64>,
///     order_id: impl ::stepwright::Fits<String>,
/// ) -> ::stepwright::Task<'static, Charge> {
///     …
/// }
/// ```
pub(super) fn constructor(task: &Task<'_>, output: &TokenStream, body: &TokenStream) -> TokenStream {
    let krate = task.krate.path();
    let attributes = task.function.attributes.iter().filter(|attribute| !attribute.path().is_ident("doc"));
    let name = task.name();
    let docs = docs_or(&task.function.attributes, &format!(" The task `{}`.", name.unraw()));
    let visibility = &task.function.visibility;
    let generics = &task.function.signature.generics;
    let clause = &generics.where_clause;
    let parameters = task.given().map(|Parameter { name, ty, .. }| {
        // An argument that does not fit is rustc's error; it should point at the type that it does not fit.
        let krate = task.krate.at(ty.span());
        let bound = if is_owned(ty) {
            quote_spanned!(ty.span()=> impl #krate::Fits<#ty>)
        } else {
            // Reported; rustc would want a lifetime on top.
            quote!(impl ::core::marker::Sized)
        };
        quote!(#name: #bound)
    });
    quote! {
        #docs
        #(#attributes)*
        #[track_caller]
        #visibility fn #name #generics (#(#parameters),*) -> #krate::Task<'static, #output> #clause {
            #body
        }
    }
}

/// What the function does:
///
/// ```text
/// ::stepwright::__private::task::<charge_card>(::stepwright::__private::TaskInput::Arguments(::std::vec![
///     ("amount", ::stepwright::__private::into_expr::<f64>(amount).into_expression()),
///     ("order_id", ::stepwright::__private::into_expr::<String>(order_id).into_expression()),
/// ]))
/// ```
fn constructor_body(task: &Task<'_>) -> TokenStream {
    let private = task.krate.private();
    let marker = task.name();
    let expression = |Parameter { name, ty, token, .. }: &Parameter<'_>| {
        let private = task.krate.private_at(ty.span());
        let value = match token {
            Some(_) => quote_spanned!(ty.span()=> #private::task_token()),
            None => quote!(#name),
        };
        quote_spanned!(ty.span()=> #private::into_expr::<#ty>(#value).into_expression())
    };
    let input = match task.input() {
        Input::Nothing => quote!(#private::TaskInput::Nothing),
        Input::Whole(parameter) => {
            let expression = expression(parameter);
            quote!(#private::TaskInput::Whole(#expression))
        }
        Input::Arguments(parameters) => {
            let wire_names = parameters.iter().map(|parameter| &parameter.wire_name);
            let expressions = parameters.iter().map(expression);
            quote!(#private::TaskInput::Arguments(::std::vec![#((#wire_names, #expressions)),*]))
        }
    };
    let prototype = task.prototype.as_ref().map(|prototype| prototype_call(task, prototype));
    quote!(#private::task::<#marker>(#input)#prototype)
}

/// What makes the task a prototype: `.prototype(<Charge as ::core::default::Default>::default())`.
fn prototype_call(task: &Task<'_>, prototype: &Prototype) -> TokenStream {
    let output = task.function.output();
    match &prototype.sample {
        // Spanned, so that a type without a default is reported where it is written.
        None => quote_spanned!(output.span()=>
            .prototype(<#output as ::core::default::Default>::default())
        ),
        Some(sample) => quote!(.prototype(#sample)),
    }
}

/// The types beside the function: its arguments, and itself.
pub(super) fn types(task: &Task<'_>) -> TokenStream {
    let arguments = match task.input() {
        Input::Arguments(parameters) => arguments(task, parameters),
        Input::Nothing | Input::Whole(_) => TokenStream::new(),
    };
    let marker = marker(task);
    let definition = definition(task);
    quote!(#arguments #marker #definition)
}

/// The struct that the task's function receives:
///
/// ```text
/// /// The input of [`charge_card()`]: what its function receives.
/// #[derive(Serialize, Deserialize)]
/// pub struct ChargeCardArgs {
///     /// The argument `amount`.
///     pub amount: f64,
///     /// The argument `order_id`.
///     #[serde(rename = "orderId")]
///     pub order_id: String,
/// }
/// ```
fn arguments(task: &Task<'_>, parameters: &[Parameter<'_>]) -> TokenStream {
    let private = task.krate.private();
    // Serde reads the path of its own crate from a string.
    let serde = quote!(#private::serde).to_string().replace(' ', "");
    let conditions = task.function.conditions();
    let name = task.arguments_name();
    let docs = format!(" The input of [`{}()`]: what its function receives.", task.name());
    let visibility = &task.function.visibility;
    let fields = parameters.iter().map(|parameter| {
        let Parameter { docs, name, ty, wire_name, .. } = parameter;
        let plain = name.unraw().to_string();
        let docs = if docs.is_empty() {
            let docs = format!(" The argument `{plain}`.");
            quote!(#[doc = #docs])
        } else {
            quote!(#(#docs)*)
        };
        let rename = (plain != *wire_name).then(|| quote!(#[serde(rename = #wire_name)]));
        quote!(#docs #rename #visibility #name: #ty)
    });
    quote! {
        #(#conditions)*
        #[doc = #docs]
        #[allow(
            dead_code,
            missing_debug_implementations,
            missing_copy_implementations,
            reason = "only the function behind the task builds or reads it, and its fields may be of any type"
        )]
        #[derive(#private::serde::Serialize, #private::serde::Deserialize)]
        #[serde(crate = #serde)]
        #visibility struct #name {
            #(#fields,)*
        }
    }
}

/// The type that stands for the task where a type is wanted. It shares the function's name:
///
/// ```text
/// /// What is known of the task [`charge_card()`], as a type.
/// pub enum charge_card {}
///
/// impl charge_card {
///     /// The name that its state has by default.
///     pub const STATE: ::stepwright::StateName = ::stepwright::StateName::new("ChargeCard");
/// }
/// ```
pub(super) fn marker(task: &Task<'_>) -> TokenStream {
    let krate = task.krate.path();
    let conditions: Vec<_> = task.function.conditions().collect();
    let name = task.name();
    let docs = format!(" What is known of the task [`{name}()`], as a type.");
    let visibility = &task.function.visibility;
    let state = &task.state.name;
    quote! {
        #(#conditions)*
        #[doc = #docs]
        #[allow(dead_code, non_camel_case_types, reason = "it is the task's other half, so it has the task's name")]
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        #visibility enum #name {}

        #(#conditions)*
        #[allow(dead_code, reason = "for those who jump to the state")]
        impl #name {
            /// The name that its state has unless it is given another.
            #visibility const STATE: #krate::StateName = #krate::StateName::new(#state);
        }
    }
}

/// The facts as a table:
///
/// ```text
/// impl ::stepwright::TaskFn for charge_card {
///     type Args = ChargeCardArgs;
///     type Output = Charge;
///     const DEFINITION: ::stepwright::TaskDefinition = ::stepwright::TaskDefinition {
///         function: "charge_card",
///         state: Self::STATE,
///         integration: ::stepwright::Integration::Lambda("arn:aws:lambda:…"),
///         errors: &[CardDeclined],
///         timeout_seconds: ::core::option::Option::Some(1800),
///         heartbeat_seconds: ::core::option::Option::None,
///     };
/// }
/// ```
fn definition(task: &Task<'_>) -> TokenStream {
    let krate = task.krate.path();
    let conditions = task.function.conditions();
    let name = task.name();
    let function = name.unraw().to_string();
    let arguments = match task.input() {
        Input::Nothing => quote!(()),
        Input::Whole(parameter) => {
            let ty = parameter.ty;
            quote!(#ty)
        }
        Input::Arguments(_) => {
            let name = task.arguments_name();
            quote!(#name)
        }
    };
    let output = task.function.output();
    let integration = integration(task);
    let errors = &task.errors;
    let timeout = seconds(task.timeout.as_ref());
    let heartbeat = seconds(task.heartbeat.as_ref());
    let waits = task.waits_for_token().then(|| {
        quote!(
            const WAITS_FOR_TOKEN: bool = true;
        )
    });
    quote! {
        #(#conditions)*
        impl #krate::TaskFn for #name {
            type Args = #arguments;
            type Output = #output;
            #waits
            const DEFINITION: #krate::TaskDefinition = #krate::TaskDefinition {
                function: #function,
                state: Self::STATE,
                integration: #integration,
                errors: &[#(#errors),*],
                timeout_seconds: #timeout,
                heartbeat_seconds: #heartbeat,
            };
        }
    }
}

fn integration(task: &Task<'_>) -> TokenStream {
    let krate = task.krate.path();
    let (kind, resource) = match task.integrations.first() {
        Some(Integration { kind, resource, .. }) => (*kind, quote!(#resource)),
        // Nothing runs a prototype, and the fallback needs some value.
        None if task.prototype.is_some() => (IntegrationKind::Lambda, quote!("prototype")),
        None => (IntegrationKind::Lambda, quote!("")),
    };
    let variant = match kind {
        IntegrationKind::Lambda => quote!(Lambda),
        IntegrationKind::LambdaInvoke => quote!(LambdaInvoke),
        IntegrationKind::Activity => quote!(Activity),
    };
    quote!(#krate::Integration::#variant(#resource))
}

fn seconds(duration: Option<&Duration>) -> TokenStream {
    duration::optional(duration.map(|duration| duration.seconds))
}
