//! `data!({ … })` and `data!([ … ])`: JSON with values in it.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, LitStr};

use super::data_literal::value;
use super::{private, split};
use crate::errors::Errors;

/// Whether the input of `data!` is one `{ … }` or `[ … ]`.
pub(super) fn is_json(input: &TokenStream) -> bool {
    composite(input).is_some()
}

/// JSON as calls, so that rustc checks each value:
///
/// ```text
/// // { "id": order.id, "tags": ["new"] }
/// ::stepwright::__private::json(::stepwright::__private::json_object(::std::vec![
///     ("id", ::stepwright::__private::json_value(order.id)),
///     ("tags", ::stepwright::__private::json_array(::std::vec![::stepwright::__private::json_value("new")])),
/// ]))
/// ```
///
/// What does not parse is the error: it is returned bare.
pub(super) fn expand(input: &TokenStream, errors: &mut Errors) -> Result<TokenStream, TokenStream> {
    let json = private("json", Span::call_site());
    let tree = json_tree(input.clone(), errors)?;
    Ok(quote!(#json(#tree)))
}

/// The only token, if it is a group in braces or brackets; a comma may follow.
fn composite(input: &TokenStream) -> Option<(Delimiter, Span, TokenStream)> {
    let mut tokens = input.clone().into_iter();
    let (Some(TokenTree::Group(group)), rest, None) = (tokens.next(), tokens.next(), tokens.next()) else {
        return None;
    };
    let only = match rest {
        None => true,
        Some(TokenTree::Punct(comma)) => comma.as_char() == ',',
        Some(_) => false,
    };
    let delimiter = group.delimiter();
    (only && matches!(delimiter, Delimiter::Brace | Delimiter::Bracket))
        .then(|| (delimiter, group.span(), group.stream()))
}

fn json_tree(tokens: TokenStream, errors: &mut Errors) -> Result<TokenStream, TokenStream> {
    match composite(&tokens) {
        Some((Delimiter::Brace, span, inside)) => object(span, inside, errors),
        Some((_, span, inside)) => array(span, inside, errors),
        None => leaf(tokens, errors),
    }
}

fn object(span: Span, inside: TokenStream, errors: &mut Errors) -> Result<TokenStream, TokenStream> {
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    for member in split(inside) {
        let Some((key, value)) = member_of(member, errors) else { continue };
        if !seen.insert(key.value()) {
            errors.on(&key, format_args!("the key {:?} is given twice", key.value()));
        }
        let value = json_tree(value, errors)?;
        members.push(quote!((#key, #value)));
    }
    let function = private("json_object", span);
    Ok(quote_spanned!(span=> #function(::std::vec![#(#members),*])))
}

/// The key and the tokens of the value.
fn member_of(member: TokenStream, errors: &mut Errors) -> Option<(LitStr, TokenStream)> {
    const FORM: &str = "a member of a JSON object is a text, a colon and a value, like `\"id\": order.id`";
    let mut tokens = member.clone().into_iter();
    let key = tokens.next().map(|key| syn::parse2::<LitStr>(key.into()));
    let colon = matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let value: TokenStream = tokens.collect();
    match key {
        Some(Ok(key)) if colon && !value.is_empty() => Some((key, value)),
        Some(Err(_)) if colon => {
            errors.on(member.into_iter().next(), "a key of a JSON object is a string literal, like `\"id\"`");
            None
        }
        _ => {
            errors.on(member, FORM);
            None
        }
    }
}

fn array(span: Span, inside: TokenStream, errors: &mut Errors) -> Result<TokenStream, TokenStream> {
    let items = split(inside).into_iter().map(|item| json_tree(item, errors));
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let function = private("json_array", span);
    Ok(quote_spanned!(span=> #function(::std::vec![#(#items),*])))
}

fn leaf(tokens: TokenStream, errors: &mut Errors) -> Result<TokenStream, TokenStream> {
    let parsed = match syn::parse2::<Expr>(tokens.clone()) {
        Ok(parsed) => parsed,
        Err(_) if tokens.is_empty() => {
            errors.at(Span::call_site(), "a value is missing between two commas");
            return Ok(tokens);
        }
        // Half-typed: bare, so that an editor completes it and rustc marks the column.
        Err(_) => return Err(tokens),
    };
    let span = parsed.span();
    if matches!(&parsed, Expr::Path(path) if path.path.is_ident("null")) {
        let function = private("json_null", span);
        return Ok(quote_spanned!(span=> #function()));
    }
    let function = private("json_value", span);
    let value = value(&parsed, errors);
    Ok(quote_spanned!(span=> #function(#value)))
}
