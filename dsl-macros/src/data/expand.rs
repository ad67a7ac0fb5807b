//! What `derive(Data)` adds to a type.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{GenericParam, Generics, Type, WherePredicate, parse_quote};

use super::ast::{Data, Field, Shape};
use super::cases;
use crate::attr::docs_or;

pub(super) fn expand(data: &Data<'_>) -> TokenStream {
    match &data.shape {
        Shape::Record(fields) => record(data, fields),
        Shape::Transparent(ty, _) => transparent(data, ty),
        Shape::UnitEnum(variants) => {
            let scalar = scalar(data, "String");
            let cases = cases::of_names(data, variants);
            let formattable = formattable(data);
            quote!(#scalar #cases #formattable)
        }
        Shape::TaggedEnum(tagged) => {
            let scalar = scalar(data, "Object");
            let cases = cases::of_tagged(data, tagged);
            quote!(#scalar #cases)
        }
        // Reported; the fallback needs some impl.
        Shape::Unsupported(_) => scalar(data, "Any"),
    }
}

/// A struct with named fields:
///
/// ```text
/// const _: () = {
///     pub struct OrderRefs { … }
///     pub struct OrderExpr { … }
///     impl ::stepwright::Data for Order { … }
///     impl ::stepwright::Record for Order { … }
/// };
/// ```
fn record(data: &Data<'_>, fields: &[Field<'_>]) -> TokenStream {
    let refs = refs(data, fields);
    let exprs = exprs(data, fields);
    quote! {
        const _: () = {
            #refs
            #exprs
        };
    }
}

/// What a reference to the struct dereferences to, and how it comes about:
///
/// ```text
/// /// The fields of a reference to [`Order`].
/// pub struct OrderRefs {
///     /// The order's number.
///     pub id: ::stepwright::Ref<String>,
/// }
///
/// impl ::stepwright::Data for Order {
///     const KIND: ::stepwright::__private::Kind = ::stepwright::__private::Kind::Object;
///     type Refs = OrderRefs;
///     fn refs(__this: ::stepwright::Ref<Self>) -> Self::Refs {
///         OrderRefs { id: ::stepwright::__private::field(__this, "id") }
///     }
/// }
/// ```
fn refs(data: &Data<'_>, fields: &[Field<'_>]) -> TokenStream {
    let krate = data.krate.path();
    let fields: Vec<&Field<'_>> = fields.iter().filter(|field| field.is_read()).collect();
    let types = fields.iter().map(|field| {
        let ty = &field.source.ty;
        let ty = if field.may_be_missing() {
            quote_spanned!(ty.span()=> ::core::option::Option<#ty>)
        } else {
            quote!(#ty)
        };
        quote!(#krate::Ref<#ty>)
    });
    let companion = companion(data, "Refs", "The fields of a reference to", &fields, types);
    let Companion { item, name, generics } = &companion;
    let (_, arguments, _) = generics.split_for_impl();

    let this = this();
    let values = fields.iter().map(|field| {
        let Field { name, wire_name, .. } = field;
        // A type that is no data is an error at this call, so it belongs where the type is written.
        let span = field.source.ty.span();
        let private = data.krate.private_at(span);
        quote_spanned!(span=> #name: #private::field(#this, #wire_name))
    });
    let body = quote!(#name { #(#values,)* });
    let data_impl = data_impl(data, &kind_constant(data, "Object"), &quote!(#name #arguments), &body);
    quote!(#item #data_impl)
}

/// What `data!` fills in, and how it becomes an expression:
///
/// ```text
/// /// The fields that make an expression of [`Order`].
/// pub struct OrderExpr {
///     /// The order's number.
///     pub id: ::stepwright::Expr<String>,
/// }
///
/// impl ::stepwright::Record for Order {
///     type Exprs = OrderExpr;
///     fn build(__fields: Self::Exprs) -> ::stepwright::Expr<Self> {
///         ::stepwright::__private::record(::std::vec![(
///             "id",
///             ::stepwright::__private::Presence::Always,
///             __fields.id.into_expression(),
///         )])
///     }
/// }
/// ```
fn exprs(data: &Data<'_>, fields: &[Field<'_>]) -> TokenStream {
    let span = at_name(data);
    let krate = data.krate.at(span);
    let private = data.krate.private_at(span);
    let fields: Vec<&Field<'_>> = fields.iter().filter(|field| field.is_built()).collect();
    let types = fields.iter().map(|field| {
        let ty = &field.source.ty;
        quote!(#krate::Expr<#ty>)
    });
    let companion = companion(data, "Expr", "The fields that make an expression of", &fields, types);
    let Companion { item, name, generics } = &companion;
    let (_, arguments, _) = generics.split_for_impl();

    let values = fields.iter().map(|field| {
        let Field { name, wire_name, .. } = field;
        let presence = if field.is_omitted_when_none() { quote!(OmitNone) } else { quote!(Always) };
        quote_spanned!(span=> (#wire_name, #private::Presence::#presence, __fields.#name.into_expression()))
    });
    let user = &data.input.ident;
    let bounded = bounded(data);
    let (impl_generics, type_generics, clause) = bounded.split_for_impl();
    let record_impl = quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #krate::Record for #user #type_generics #clause {
            type Exprs = #name #arguments;
            fn build(__fields: Self::Exprs) -> #krate::Expr<Self> {
                #private::record(::std::vec![#(#values),*])
            }
        }
    };
    quote!(#item #record_impl)
}

/// A newtype has the JSON of what it wraps:
///
/// ```text
/// impl ::stepwright::Data for OrderId {
///     const KIND: ::stepwright::__private::Kind = <String as ::stepwright::Data>::KIND;
///     const INNER: ::stepwright::__private::Kind = <String as ::stepwright::Data>::INNER;
///     type Refs = <String as ::stepwright::Data>::Refs;
///     fn refs(__this: ::stepwright::Ref<Self>) -> Self::Refs {
///         ::stepwright::__private::transparent::<Self, String>(__this)
///     }
/// }
/// ```
fn transparent(data: &Data<'_>, inner: &Type) -> TokenStream {
    let span = inner.span();
    let this = this();
    let krate = data.krate.at(span);
    let private = data.krate.private_at(span);
    data_impl(
        data,
        &quote_spanned! {span=>
            const KIND: #private::Kind = <#inner as #krate::Data>::KIND;
            const INNER: #private::Kind = <#inner as #krate::Data>::INNER;
        },
        &quote_spanned!(span=> <#inner as #krate::Data>::Refs),
        &quote_spanned!(span=> #private::transparent::<Self, #inner>(#this)),
    )
}

/// A type without fields to refer to:
///
/// ```text
/// impl ::stepwright::Data for Priority {
///     const KIND: ::stepwright::__private::Kind = ::stepwright::__private::Kind::String;
///     type Refs = ::stepwright::__private::NoFields;
///     fn refs(__this: ::stepwright::Ref<Self>) -> Self::Refs {
///         ::stepwright::__private::NoFields
///     }
/// }
/// ```
fn scalar(data: &Data<'_>, kind: &str) -> TokenStream {
    let private = data.krate.private();
    data_impl(data, &kind_constant(data, kind), &quote!(#private::NoFields), &quote!(#private::NoFields))
}

/// An enum of plain names is a text in JSON, which `fmt!` prints:
///
/// ```text
/// impl ::stepwright::Formattable for Priority {}
/// ```
fn formattable(data: &Data<'_>) -> TokenStream {
    let span = at_name(data);
    let krate = data.krate.at(span);
    let user = &data.input.ident;
    let bounded = bounded(data);
    let (impl_generics, type_generics, clause) = bounded.split_for_impl();
    quote_spanned! {span=>
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics #krate::Formattable for #user #type_generics #clause {}
    }
}

fn kind_constant(data: &Data<'_>, kind: &str) -> TokenStream {
    let private = data.krate.private();
    let kind = Ident::new(kind, Span::call_site());
    quote!(const KIND: #private::Kind = #private::Kind::#kind;)
}

/// The span of what we generate for the type as a whole.
///
/// What makes the impls as such wrong, like a forgotten `Serialize`, is wrong in several of their places. At one span
/// rustc reports it once.
pub(super) fn at_name(data: &Data<'_>) -> Span {
    data.input.ident.span()
}

fn data_impl(
    data: &Data<'_>,
    constants: &TokenStream,
    refs: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let span = at_name(data);
    let this = this();
    let krate = data.krate.at(span);
    let user = &data.input.ident;
    let bounded = bounded(data);
    let (impl_generics, type_generics, clause) = bounded.split_for_impl();
    // Where some type is no data, rustc lists types that are. The user's other types would be no help; what explains why
    // a generic one is not, its parameters, is.
    let unlisted = bounded.params.is_empty().then(|| quote!(#[diagnostic::do_not_recommend]));
    quote_spanned! {span=>
        #[automatically_derived]
        #unlisted
        impl #impl_generics #krate::Data for #user #type_generics #clause {
            #constants
            type Refs = #refs;
            fn refs(#this: #krate::Ref<Self>) -> Self::Refs {
                #body
            }
        }
    }
}

/// The parameter of `refs`. Always the same identifier, whatever the span of the tokens around it: where a macro of the user's makes the
/// struct, its name and the types of its fields come from different places.
fn this() -> Ident {
    Ident::new("__this", Span::call_site())
}

/// A struct beside the user's, with one field for each of its fields.
struct Companion {
    item: TokenStream,
    name: Ident,
    /// The parameters that its fields mention; rustc refuses others.
    generics: Generics,
}

fn companion(
    data: &Data<'_>,
    suffix: &str,
    purpose: &str,
    fields: &[&Field<'_>],
    types: impl Iterator<Item = TokenStream>,
) -> Companion {
    let user = &data.input.ident;
    // As visible as the user's type: less would be a private type in a public interface, more would be reported by
    // lints as unreachable.
    let visibility = &data.input.vis;
    let mentioned: Vec<&Type> = fields.iter().map(|field| &field.source.ty).collect();
    let name = unused_name(&format_ident!("{}{suffix}", user.unraw()), &mentioned);
    let generics = mentioned_generics(&bounded(data), &mentioned);
    let clause = &generics.where_clause;
    let docs = format!(" {purpose} [`{user}`].");
    let fields = fields.iter().zip(types).map(|(Field { source, name, .. }, ty)| {
        let docs = docs_or(&source.attrs, &format!(" The field `{}`.", name.unraw()));
        let visibility = &source.vis;
        quote!(#docs #visibility #name: #ty)
    });
    let item = quote! {
        #[doc = #docs]
        #[allow(
            dead_code,
            missing_debug_implementations,
            missing_copy_implementations,
            reason = "which of its fields are used is up to the workflows"
        )]
        #visibility struct #name #generics #clause {
            #(#fields,)*
        }
    };
    Companion { item, name, generics }
}

/// The user's generics, every type parameter being data.
pub(super) fn bounded(data: &Data<'_>) -> Generics {
    let krate = data.krate.path();
    let mut generics = data.input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#krate::Data));
    }
    generics
}

/// The parameters that these types mention, and the bounds on those.
pub(super) fn mentioned_generics(generics: &Generics, types: &[&Type]) -> Generics {
    let is_mentioned = |name: &Ident| types.iter().any(|ty| mentions(ty, name));
    let mut dropped = Vec::new();
    let mut kept = Generics { where_clause: generics.where_clause.clone(), ..Generics::default() };
    for parameter in &generics.params {
        let mut parameter = parameter.clone();
        let name = match &mut parameter {
            GenericParam::Type(parameter) => {
                parameter.default = None;
                parameter.ident.clone()
            }
            GenericParam::Const(parameter) => {
                parameter.default = None;
                parameter.ident.clone()
            }
            // Reported, and without an impl.
            GenericParam::Lifetime(_) => continue,
        };
        if is_mentioned(&name) {
            kept.params.push(parameter);
        } else {
            dropped.push(name);
        }
    }
    if !kept.params.is_empty() {
        kept.lt_token = Some(<syn::Token![<]>::default());
        kept.gt_token = Some(<syn::Token![>]>::default());
    }
    if let Some(clause) = &mut kept.where_clause {
        clause.predicates = std::mem::take(&mut clause.predicates)
            .into_iter()
            .filter(|predicate: &WherePredicate| !dropped.iter().any(|name| mentions(predicate, name)))
            .collect();
    }
    kept
}

/// A name for an item beside the impls that hides none of these types.
pub(super) fn unused_name(name: &Ident, types: &[&Type]) -> Ident {
    if types.iter().any(|ty| mentions(ty, name)) {
        unused_name(&format_ident!("__{name}"), types)
    } else {
        name.clone()
    }
}

fn mentions(tokens: impl ToTokens, name: &Ident) -> bool {
    tokens.into_token_stream().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
