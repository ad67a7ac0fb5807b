//! `data!`: a struct literal, or JSON, whose values are expressions.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprStruct, FieldValue, Macro, Token};

use super::{finish, json, parse_one, private};
use crate::errors::Errors;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    if json::is_json(&input) {
        let mut errors = Errors::new();
        let expanded = json::expand(&input, &mut errors);
        return finish(errors, || expanded.unwrap_or_else(|half_typed| half_typed));
    }
    let parsed = match parse_one(input.clone()) {
        Ok(parsed) => Some(parsed),
        Err(_) if input.is_empty() => None,
        Err(_) => return input,
    };
    let mut errors = Errors::new();
    let expanded = match parsed {
        Some(Expr::Struct(literal)) => expand_struct(&literal, &mut errors),
        other => {
            errors.on(
                other.map_or_else(TokenStream::new, ToTokens::into_token_stream),
                "`data!` takes a struct literal, like `data!(Parcel { id: order.id })`, or JSON, like `data!({ \"id\": order.id })`",
            );
            TokenStream::new()
        }
    };
    finish(errors, || expanded)
}

/// A struct literal of the companion struct, so that rustc checks each field by its name and type. A path with a
/// `<…>` in front cannot be written in a literal, hence the alias:
///
/// ```text
/// // Parcel { id: order.id, weight: 3 }
/// {
///     type __Data = <Parcel as ::stepwright::Record>::Exprs;
///     <Parcel as ::stepwright::Record>::build(__Data {
///         id: ::stepwright::__private::into_expr(order.id),
///         weight: ::stepwright::__private::into_expr(3),
///     })
/// }
/// ```
fn expand_struct(literal: &ExprStruct, errors: &mut Errors) -> TokenStream {
    if let Some(dots) = &literal.dot2_token {
        errors.on(
            dots,
            "`..` cannot copy from data that exists only at run time; name each field, like `id: order.id`",
        );
    }
    if let Some(qualified) = &literal.qself {
        errors.on(&qualified.ty, "`data!` takes the plain path of a struct");
    }
    let path = &literal.path;
    let span = path.span();
    let fields = literal.fields.iter().map(|field| {
        let FieldValue { attrs, member, expr, .. } = field;
        let value = value(expr, errors);
        let into_expr = private("into_expr", expr.span());
        let call = quote_spanned!(expr.span()=> #into_expr(#value));
        quote!(#(#attrs)* #member: #call)
    });
    // Where rustc speaks of the whole literal, as for a missing field, it should mark the path in it.
    quote_spanned! {span=>
        {
            type __Data = <#path as ::stepwright::Record>::Exprs;
            <#path as ::stepwright::Record>::build(__Data { #(#fields,)* })
        }
    }
}

/// The value of a field. A struct literal is data too, on its own, in `Some(…)` and in a list.
pub(super) fn value(expr: &Expr, errors: &mut Errors) -> TokenStream {
    match expr {
        Expr::Struct(literal) => expand_struct(literal, errors),
        Expr::Paren(paren) => value(&paren.expr, errors),
        Expr::Group(group) => value(&group.expr, errors),
        Expr::Array(array) => list(&array.elems, array.bracket_token.span.join(), errors),
        Expr::Call(call) => match (is_some(&call.func), call.args.first()) {
            // What is a `T` is an `Option<T>` too, so that this works for references as well.
            (true, Some(inner)) if call.args.len() == 1 => value(inner, errors),
            _ => call.to_token_stream(),
        },
        Expr::Macro(call) if call.mac.path.is_ident("vec") => vec(&call.mac, errors),
        other => other.to_token_stream(),
    }
}

fn list(elements: &Punctuated<Expr, Token![,]>, span: Span, errors: &mut Errors) -> TokenStream {
    let elements = elements.iter().map(|element| value(element, errors));
    quote_spanned!(span=> [#(#elements),*])
}

/// A `Vec` is a Rust value as a whole, so one of struct literals becomes an array, whose elements are expressions.
fn vec(mac: &Macro, errors: &mut Errors) -> TokenStream {
    // `vec![x; n]` and half-typed lists do not parse; they stay as they are.
    match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone()) {
        Ok(elements) if elements.iter().any(|element| matches!(element, Expr::Struct(_))) => {
            list(&elements, mac.delimiter.span().join(), errors)
        }
        Ok(_) | Err(_) => mac.to_token_stream(),
    }
}

fn is_some(function: &Expr) -> bool {
    matches!(function, Expr::Path(path) if path.path.is_ident("Some"))
}
