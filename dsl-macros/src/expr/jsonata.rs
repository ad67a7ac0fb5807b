//! `jsonata!`: a text in JSONata with values in it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, LitStr, Token};

use super::{finish, private, split};
use crate::attr::literal_text;
use crate::errors::Errors;

const USE: &str = "`jsonata!` takes a text and the values in it, like `jsonata!(\"$sum({lines}.price)\", lines = order.lines)`";

/// The texts around the values, and the values:
///
/// ```text
/// // jsonata!("$sum({lines}.price)", lines = order.lines)
/// ::stepwright::__private::jsonata(
///     &["$sum(", ".price)"],
///     ::std::vec![("lines", ::stepwright::__private::json_value(order.lines))],
/// )
/// ```
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    // Half-typed: bare, so that an editor completes it and rustc marks the column.
    let arguments = split(input);
    for tokens in &arguments {
        if syn::parse2::<Expr>(tokens.clone()).is_err() {
            return tokens.clone();
        }
    }
    let mut errors = Errors::new();
    let tokens = quote!(#(#arguments),*);
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens).unwrap_or_default();
    let mut arguments = arguments.into_iter();
    let first = arguments.next();
    let literal = match first.as_ref() {
        None => {
            errors.at(Span::call_site(), USE);
            None
        }
        Some(first) => literal_text(first).or_else(|| {
            errors.on(first, format_args!("the text must be a string literal; {USE}"));
            None
        }),
    };
    let values = named(arguments, &mut errors);
    let Some(literal) = literal else { return finish(errors, TokenStream::new) };
    let (pieces, order) = pieces(literal, &values, &mut errors);
    let values = order.iter().map(|index| {
        let (name, value) = &values[*index];
        let name = name.to_string();
        let span = value.span();
        let function = private("json_value", span);
        if order.iter().filter(|other| *other == index).count() > 1 {
            // An expression moves, so what stands in the text twice is copied.
            return quote_spanned!(span=> (#name, #function(::core::clone::Clone::clone(&(#value)))));
        }
        quote_spanned!(span=> (#name, #function(#value)))
    });
    let function = private("jsonata", Span::call_site());
    finish(errors, || quote!(#function(&[#(#pieces),*], ::std::vec![#(#values),*])))
}

/// The values with their names.
fn named(arguments: impl Iterator<Item = Expr>, errors: &mut Errors) -> Vec<(Ident, Expr)> {
    let mut values: Vec<(Ident, Expr)> = Vec::new();
    for argument in arguments {
        let Expr::Assign(assign) = argument else {
            errors.on(argument, format_args!("a value has a name; {USE}"));
            continue;
        };
        let name = match &*assign.left {
            Expr::Path(path) => path.path.get_ident().cloned(),
            _ => None,
        };
        match name {
            Some(name) if values.iter().any(|(known, _)| *known == name) => {
                errors.on(&name, format_args!("`{name}` is given twice"));
            }
            Some(name) => values.push((name, *assign.right)),
            None => errors.on(&assign.left, "the name of a value is one word, like `lines`"),
        }
    }
    values
}

/// The texts around the values, and which values they are. Other braces are JSONata's own.
fn pieces(literal: &LitStr, values: &[(Ident, Expr)], errors: &mut Errors) -> (Vec<String>, Vec<usize>) {
    let text = literal.value();
    let (mut pieces, mut order) = (Vec::new(), Vec::new());
    let mut piece = String::new();
    let mut rest = text.as_str();
    while let Some((before, braced)) = rest.split_once('{') {
        piece.push_str(before);
        let found = braced.split_once('}').and_then(|(inside, after)| {
            Some((values.iter().position(|(name, _)| *name == inside.trim())?, after))
        });
        match found {
            Some((index, after)) => {
                pieces.push(std::mem::take(&mut piece));
                order.push(index);
                rest = after;
            }
            None => {
                piece.push('{');
                rest = braced;
            }
        }
    }
    piece.push_str(rest);
    pieces.push(piece);
    for (index, (name, _)) in values.iter().enumerate() {
        if !order.contains(&index) {
            errors.on(name, format_args!("`{{{name}}}` does not stand in the text"));
        }
    }
    (pieces, order)
}
