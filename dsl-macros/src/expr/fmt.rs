//! `fmt!`: a format string and its arguments as the parts of a text.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, LitStr};

use super::{finish, private, split};
use crate::attr::literal_text;
use crate::errors::Errors;

const USE: &str =
    "`fmt!` takes a format string and its arguments, like `fmt!(\"order {} is paid\", order.id)`";

/// The fixed texts, and what stands between each of them and the next:
///
/// ```text
/// // fmt!("order {} is paid {total}", order.id)
/// ::stepwright::__private::format(
///     &["order ", " is paid ", ""],
///     ::std::vec![::stepwright::__private::format_part(order.id), ::stepwright::__private::format_part(total)],
/// )
/// ```
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut arguments = Vec::new();
    for tokens in split(input) {
        match syn::parse2::<Expr>(tokens.clone()) {
            Ok(argument) => arguments.push(argument),
            // Half-typed: bare, so that an editor completes it and rustc marks the column.
            Err(_) => return tokens,
        }
    }
    let mut errors = Errors::new();
    let Parts { texts, values } = read_call(arguments, &mut errors);
    let format = private("format", Span::call_site());
    finish(errors, || quote!(#format(&[#(#texts),*], ::std::vec![#(#values),*])))
}

/// One text more than there are values.
#[derive(Default)]
struct Parts {
    texts: Vec<String>,
    values: Vec<TokenStream>,
}

fn read_call(arguments: Vec<Expr>, errors: &mut Errors) -> Parts {
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else {
        errors.at(Span::call_site(), USE);
        return Parts::default();
    };
    let Some(literal) = literal_text(&first) else {
        errors.on(first, format_args!("the format string must be a string literal; {USE}"));
        return Parts::default();
    };
    read(literal, arguments.collect(), errors)
}

fn read(literal: &LitStr, arguments: Vec<Expr>, errors: &mut Errors) -> Parts {
    let mut parts = Parts::default();
    let mut given = 0;
    let mut wanted = 0;
    let mut arguments = arguments.into_iter();
    for piece in pieces(&literal.value()) {
        match piece {
            Ok(Piece::Text(text)) => parts.texts.push(text),
            Ok(Piece::Next) => {
                wanted += 1;
                if let Some(argument) = arguments.next() {
                    given += 1;
                    parts.values.push(value(&argument, errors));
                }
            }
            Ok(Piece::Name(mut name)) => {
                name.set_span(literal.span());
                let part = private("format_part", literal.span());
                parts.values.push(quote_spanned!(literal.span()=> #part(#name)));
            }
            Err(message) => {
                errors.on(literal, message);
                // What follows may be misread, and the count of arguments with it.
                return parts;
            }
        }
    }
    let surplus: Vec<Expr> = arguments.collect();
    if wanted > given {
        errors.on(
            literal,
            format_args!("the format string has {}, but {}", count(wanted, "`{}`"), given_arguments(given)),
        );
    }
    if let Some(first) = surplus.first() {
        errors.on(
            first,
            format_args!(
                "the format string has {}, but {}",
                count(wanted, "`{}`"),
                given_arguments(given + surplus.len())
            ),
        );
    }
    parts
}

fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        number => format!("{number} {noun}"),
    }
}

fn given_arguments(number: usize) -> String {
    match number {
        0 => "no argument is given".to_owned(),
        1 => "1 argument is given".to_owned(),
        number => format!("{number} arguments are given"),
    }
}

fn value(argument: &Expr, errors: &mut Errors) -> TokenStream {
    if let Expr::Assign(named) = argument {
        errors.on(
            &named.left,
            "`fmt!` has no named arguments; bind a name with `let` before it, or write `{}`",
        );
    }
    let span = argument.span();
    let part = private("format_part", span);
    quote_spanned!(span=> #part(#argument))
}

enum Piece {
    Text(String),
    /// `{}`
    Next,
    /// `{name}`
    Name(Ident),
}

/// Texts and braces in turn, beginning and ending with a text.
fn pieces(format: &str) -> Vec<Result<Piece, String>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = format;
    while let Some(position) = rest.find(['{', '}']) {
        let (before, braced) = rest.split_at(position);
        text.push_str(before);
        if let Some(after) = braced.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = braced.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else if let Some((inside, after)) =
            braced.strip_prefix('{').and_then(|inside| inside.split_once('}'))
        {
            pieces.push(Ok(Piece::Text(std::mem::take(&mut text))));
            pieces.push(piece(inside));
            rest = after;
        } else {
            let (brace, other) = if braced.starts_with('{') { ('{', '}') } else { ('}', '{') };
            let message = format!(
                "the format string has a `{brace}` without a `{other}`; for a plain one write `{brace}{brace}`"
            );
            pieces.push(Err(message));
            return pieces;
        }
    }
    text.push_str(rest);
    pieces.push(Ok(Piece::Text(text)));
    pieces
}

fn piece(inside: &str) -> Result<Piece, String> {
    let inside = inside.trim();
    if inside.is_empty() {
        return Ok(Piece::Next);
    }
    if let Some((_, spec)) = inside.split_once(':') {
        return Err(format!(
            "`fmt!` has no format specifications: `:{spec}` can only be left out; write `{{}}` or `{{name}}`"
        ));
    }
    if inside.chars().all(|char| char.is_ascii_digit()) {
        return Err(format!(
            "`fmt!` does not count arguments: instead of `{{{inside}}}` write `{{}}` and give them in order"
        ));
    }
    // A keyword names the variable that is written `r#keyword` elsewhere, as in `format!`.
    match syn::parse_str(inside).or_else(|_| syn::parse_str(&format!("r#{inside}"))) {
        Ok(name) => Ok(Piece::Name(name)),
        Err(_) => Err(format!("`{{{inside}}}` is more than a name; write `{{}}` and give it as an argument")),
    }
}
