//! What `derive(Data)` adds to an enum, so that `choose!` can take it apart.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::ast::{Data, Field, Holds, Tagged, Variant};
use super::expand::{at_name, bounded, mentioned_generics, unused_name};
use crate::attr::docs_or;

/// An enum of plain names is matched as it is:
///
/// ```text
/// impl ::stepwright::Cases for Decision {
///     type Case = Self;
///     fn tag(__this: ::stepwright::Ref<Self>) -> ::stepwright::Ref<::std::string::String> {
///         ::stepwright::__private::retyped(__this)
///     }
///     fn cases(__this: ::stepwright::Ref<Self>) -> ::std::vec::Vec<(::stepwright::__private::Wire, Self::Case)> {
///         ::std::vec![(::stepwright::__private::Wire::of(&Self::Match), Self::Match)]
///     }
/// }
/// ```
pub(super) fn of_names(data: &Data<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let private = data.krate.private_at(at_name(data));
    let cases = variants.iter().map(|variant| {
        let name = variant.name;
        let wire = if variant.serde.other {
            quote!(#private::Wire::Other)
        } else {
            quote!(#private::Wire::of(&Self::#name))
        };
        quote!((#wire, Self::#name))
    });
    let tag = quote!(#private::retyped(__this));
    cases_impl(data, &quote!(Self), &tag, cases)
}

/// A tagged enum is matched as one whose variants hold references:
///
/// ```text
/// const _: () = {
///     /// The variants of [`Event`], holding references.
///     pub enum EventCase {
///         Created { id: ::stepwright::Ref<String> },
///         Deleted(::stepwright::Ref<Deleted>),
///     }
///     impl ::stepwright::Cases for Event { … }
/// };
/// ```
pub(super) fn of_tagged(data: &Data<'_>, tagged: &Tagged<'_>) -> TokenStream {
    let krate = data.krate.path();
    let types: Vec<&Type> = tagged.variants.iter().flat_map(|variant| held(&variant.holds)).collect();
    let user = &data.input.ident;
    let name = unused_name(&format_ident!("{}Case", user.unraw()), &types);
    let generics = mentioned_generics(&bounded(data), &types);
    let (_, arguments, clause) = generics.split_for_impl();
    let variants = tagged.variants.iter().map(|variant| {
        let variant_name = variant.name;
        match &variant.holds {
            Holds::Nothing => quote!(#variant_name),
            Holds::One(ty) => quote!(#variant_name(#krate::Ref<#ty>)),
            Holds::Fields(fields) => {
                let fields = fields.iter().filter(|field| field.is_read()).map(|field| {
                    let Field { name, source, .. } = field;
                    let ty = reference_type(field);
                    let docs = docs_or(&source.attrs, &format!(" The field `{}`.", name.unraw()));
                    quote!(#docs #name: #krate::Ref<#ty>)
                });
                quote!(#variant_name { #(#fields),* })
            }
        }
    });
    let cases = tagged.variants.iter().map(|variant| case(data, tagged, variant, &quote!(#name)));
    let span = at_name(data);
    let private = data.krate.private_at(span);
    let tag = &tagged.tag;
    let tag = quote!(#private::field(__this, #tag));
    let cases = cases_impl(data, &quote!(#name #arguments), &tag, cases);
    let visibility = &data.input.vis;
    let docs = format!(" The variants of [`{user}`], holding references.");
    quote! {
        const _: () = {
            #[doc = #docs]
            #[allow(
                dead_code,
                missing_docs,
                missing_debug_implementations,
                missing_copy_implementations,
                reason = "which of its variants are used is up to the workflows"
            )]
            #visibility enum #name #generics #clause {
                #(#variants,)*
            }
            #cases
        };
    }
}

fn held<'a>(holds: &'a Holds<'a>) -> Vec<&'a Type> {
    match holds {
        Holds::Nothing => Vec::new(),
        Holds::One(ty) => vec![ty],
        Holds::Fields(fields) => {
            fields.iter().filter(|field| field.is_read()).map(|field| &field.source.ty).collect()
        }
    }
}

fn reference_type(field: &Field<'_>) -> TokenStream {
    let ty = &field.source.ty;
    if field.may_be_missing() { quote_spanned!(ty.span()=> ::core::option::Option<#ty>) } else { quote!(#ty) }
}

/// How a variant is told, and the references to what it holds.
fn case(data: &Data<'_>, tagged: &Tagged<'_>, variant: &Variant<'_>, name: &TokenStream) -> TokenStream {
    let private = data.krate.private_at(at_name(data));
    let krate = data.krate.path();
    let Variant { name: variant_name, wire_name, serde, holds, .. } = variant;
    let wire = match (serde.skip_serializing, serde.other) {
        (true, _) => quote!(#private::Wire::Never),
        (false, true) => quote!(#private::Wire::Other),
        (false, false) => quote!(#private::Wire::Name(::std::string::String::from(#wire_name))),
    };
    let content = tagged.content.as_ref();
    let value = match holds {
        Holds::Nothing => quote!(#name::#variant_name),
        Holds::One(ty) => {
            let private = data.krate.private_at(ty.span());
            let held = match content {
                Some(content) => quote_spanned!(ty.span()=> #private::field(__this, #content)),
                None => quote_spanned!(ty.span()=> #private::retyped(__this)),
            };
            quote!(#name::#variant_name(#held))
        }
        Holds::Fields(fields) => {
            // What the fields are in, as an object of no type of its own.
            let object = match content {
                Some(content) => quote! {
                    #private::field::<Self, #private::serde_json::Value>(__this, #content)
                },
                None => quote!(#private::retyped::<Self, #private::serde_json::Value>(__this)),
            };
            let fields = fields.iter().filter(|field| field.is_read()).map(|field| {
                let Field { name, wire_name, source, .. } = field;
                let span = source.ty.span();
                let private = data.krate.private_at(span);
                quote_spanned!(span=> #name: #private::field(__object, #wire_name))
            });
            quote!({
                let __object: #krate::Ref<#private::serde_json::Value> = #object;
                let _ = __object;
                #name::#variant_name { #(#fields),* }
            })
        }
    };
    quote!((#wire, #value))
}

fn cases_impl(
    data: &Data<'_>,
    case: &TokenStream,
    tag: &TokenStream,
    cases: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let span = at_name(data);
    let krate = data.krate.at(span);
    let private = data.krate.private_at(span);
    let user = &data.input.ident;
    let bounded = bounded(data);
    let (impl_generics, type_generics, clause) = bounded.split_for_impl();
    quote_spanned! {span=>
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics #krate::Cases for #user #type_generics #clause {
            type Case = #case;
            fn tag(__this: #krate::Ref<Self>) -> #krate::Ref<::std::string::String> {
                #tag
            }
            fn cases(__this: #krate::Ref<Self>) -> ::std::vec::Vec<(#private::Wire, Self::Case)> {
                ::std::vec![#(#cases),*]
            }
        }
    }
}
