//! The expression macros: `cond!`, `expr!`, `fmt!`, `data!` and `jsonata!`.
//!
//! Editors hand these macros half-typed input. Whatever does not parse is therefore returned bare, as it came: rustc
//! then marks the exact column, and completion keeps its receiver.

mod data_literal;
mod fmt;
mod json;
mod jsonata;
mod operators;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Token};

use crate::errors::Errors;

pub(crate) use data_literal::expand as data;
pub(crate) use fmt::expand as fmt;
pub(crate) use jsonata::expand as jsonata;

/// `cond!(a > 3)` is `condition(gt(a, 3))`.
pub(crate) fn cond(input: TokenStream) -> TokenStream {
    outermost("cond", "condition", input)
}

/// `expr!(a + 3)` is `expression(add(a, 3))`.
pub(crate) fn expr(input: TokenStream) -> TokenStream {
    outermost("expr", "expression", input)
}

fn outermost(name: &str, function: &str, input: TokenStream) -> TokenStream {
    if input.is_empty() {
        let message = format!("`{name}!` takes an expression, like `{name}!(order.total > 100.0)`");
        return syn::Error::new(Span::call_site(), message).into_compile_error();
    }
    let Ok(parsed) = parse_one(input.clone()) else { return input };
    let mut errors = Errors::new();
    let rewritten = operators::rewrite(&parsed, &mut errors);
    let function = private(function, Span::call_site());
    finish(errors, || quote!(#function(#rewritten)))
}

/// One expression, with or without a comma after it.
fn parse_one(input: TokenStream) -> syn::Result<Expr> {
    let one = |input: ParseStream<'_>| {
        let expr = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(expr)
    };
    one.parse2(input)
}

/// The arguments, at the commas between them. One after the last is allowed.
fn split(input: TokenStream) -> Vec<TokenStream> {
    let mut arguments = Vec::new();
    let mut argument = TokenStream::new();
    for token in input {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                arguments.push(std::mem::take(&mut argument));
            }
            _ => argument.extend([token]),
        }
    }
    if !argument.is_empty() {
        arguments.push(argument);
    }
    arguments
}

/// The path of a private function, located at the tokens that caused the call.
fn private(function: &str, span: Span) -> TokenStream {
    let function = proc_macro2::Ident::new(function, span);
    quote_spanned!(span=> ::stepwright::__private::#function)
}

/// The expression, or a block of all errors where it would stand.
fn finish(errors: Errors, expression: impl FnOnce() -> TokenStream) -> TokenStream {
    match errors.finish() {
        Ok(()) => expression(),
        Err(error) => {
            let error = error.into_compile_error();
            quote!({ #error })
        }
    }
}
