//! `choose!`: a Choice state from a `match`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Pat, Path, Token, braced};

use crate::errors::Errors;

/// What stands in the macro: `s, "WhichPath", decision, { Decision::Match => |s| …, … }`.
struct Input {
    scope: Expr,
    name: Expr,
    value: Expr,
    arms: Vec<Arm>,
}

struct Arm {
    pattern: Pat,
    branch: Expr,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let scope = input.parse()?;
        input.parse::<Token![,]>()?;
        let name = input.parse()?;
        input.parse::<Token![,]>()?;
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let inside;
        braced!(inside in input);
        input.parse::<Option<Token![,]>>()?;
        let mut arms = Vec::new();
        while !inside.is_empty() {
            arms.push(inside.parse()?);
        }
        Ok(Self { scope, name, value, arms })
    }
}

impl Parse for Arm {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        if input.peek(Token![if]) {
            return Err(input.error(
                "an arm has no guard, because its data exists only at run time; decide with `when` inside of the branch",
            ));
        }
        input.parse::<Token![=>]>()?;
        let branch = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Self { pattern, branch })
    }
}

/// The user's patterns twice: once as a `match` that rustc checks and that sorts the variants by arms, and then each on its own
/// for what it binds.
///
/// ```text
/// // choose!(s, "WhichPath", decision, { Decision::Match => |s| …, _ => |s| … })
/// {
///     type __Case0 = <Decision as ::stepwright::Cases>::Case;
///     let mut __arms = ::stepwright::__private::arms::<Decision>(decision, |__case: &__Case0| match *__case {
///         __Case0::Match => 0usize,
///         _ => 1usize,
///     });
///     let __choice = s.choice("WhichPath");
///     let __choice = match __arms.take(0usize) {
///         ::core::option::Option::Some((__when, __Case0::Match)) => __choice.when(__when, |s| …),
///         _ => ::stepwright::__private::without_arm(__choice),
///     };
///     __choice.otherwise(|s| …)
/// }
/// ```
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: Input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return in_block(&error),
    };
    let mut errors = Errors::new();
    let mut enums = Enums::default();
    let mut arms: Vec<(TokenStream, &Arm)> = Vec::new();
    let last = input.arms.len().saturating_sub(1);
    let mut default = None;
    for (position, arm) in input.arms.iter().enumerate() {
        if let Pat::Wild(wild) = &arm.pattern {
            if position < last {
                errors.on(wild, "`_` is the `Default` of the state, and comes last");
            }
            default = Some(arm);
        } else {
            arms.push((enums.pattern(&arm.pattern, &mut errors), arm));
        }
    }
    if arms.is_empty() {
        errors
            .at(input.value.span(), "`choose!` needs an arm for a variant, like `Decision::Match => |s| …`");
    }
    match errors.finish() {
        Ok(()) => write(&input, &enums, &arms, default),
        Err(error) => in_block(&error),
    }
}

fn in_block(error: &syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    quote!({ #error })
}

fn write(input: &Input, enums: &Enums, arms: &[(TokenStream, &Arm)], default: Option<&Arm>) -> TokenStream {
    let Input { scope, name, value, .. } = input;
    let aliases = enums.prefixes.iter().enumerate().map(|(index, prefix)| {
        let alias = alias(index, prefix.span());
        quote_spanned!(prefix.span()=> type #alias = <#prefix as ::stepwright::Cases>::Case;)
    });
    let first = enums.prefixes.first();
    let case = alias(0, first.map_or_else(Span::call_site, Spanned::span));
    // Where rustc speaks of the whole match, as for a forgotten variant, it should mark the value.
    let at_value = value.span();
    let matched = Ident::new("__case", at_value);
    let numbers = arms.iter().enumerate().map(|(number, (pattern, arm))| {
        // Located at the branch, so that rustc suggests the missing arm after it.
        let mut number = Literal::usize_suffixed(number);
        number.set_span(end_of(&arm.branch));
        quote!(#pattern => #number,)
    });
    let rest = default.map(|arm| {
        let (wild, number) = (&arm.pattern, arms.len());
        // Where every variant has an arm, it is still for data that is none of them.
        quote!(#[allow(unreachable_patterns)] #wild => #number,)
    });
    let sorted = quote_spanned!(at_value=> match *#matched { #(#numbers)* #rest });
    let arms_of = quote_spanned!(at_value=> ::stepwright::__private::arms::<#first>);
    let at_name = name.span();
    let rules = arms.iter().enumerate().map(|(number, (pattern, arm))| {
        let branch = &arm.branch;
        let when = quote_spanned!(arm.pattern.span()=> __choice.when(__when, #branch));
        quote! {
            let __choice = match __arms.take(#number) {
                ::core::option::Option::Some((__when, (#pattern))) => #when,
                _ => ::stepwright::__private::without_arm(__choice),
            };
        }
    });
    let end = match default {
        Some(arm) => {
            let branch = &arm.branch;
            quote_spanned!(arm.pattern.span()=> __choice.otherwise(#branch))
        }
        None => quote_spanned!(at_name=> __choice.or_fail()),
    };
    quote! {{
        #(#aliases)*
        #[allow(unused_variables, reason = "what the patterns bind is used by the branches below")]
        let mut __arms = #arms_of(#value, |#matched: &#case| #sorted);
        let __choice = (#scope).choice(#name);
        #[allow(unused_parens, reason = "patterns with `|` need them")]
        let __choice = { #(#rules)* __choice };
        #end
    }}
}

/// The last token of an expression.
fn end_of(expr: &Expr) -> Span {
    expr.to_token_stream().into_iter().last().map_or_else(Span::call_site, |token| token.span())
}

fn alias(index: usize, span: Span) -> Ident {
    format_ident!("__Case{index}", span = span)
}

/// The enums that the patterns name; `crate::Decision` and `Decision` may be the same, which rustc sees.
#[derive(Default)]
struct Enums {
    prefixes: Vec<Path>,
}

impl Enums {
    /// The pattern with the alias of what is matched in place of the enum.
    fn pattern(&mut self, pattern: &Pat, errors: &mut Errors) -> TokenStream {
        match pattern {
            Pat::Or(or) => {
                let cases: Vec<_> = or.cases.iter().map(|case| self.pattern(case, errors)).collect();
                if let Some(bound) = or.cases.iter().find_map(binds) {
                    errors.at(
                        bound,
                        "an arm of several variants cannot bind what they hold: write `_` or `..`",
                    );
                }
                quote!(#(#cases)|*)
            }
            Pat::Paren(paren) => self.pattern(&paren.pat, errors),
            Pat::Path(path) if path.qself.is_none() => self.path(&path.path, errors),
            Pat::TupleStruct(tuple) if tuple.qself.is_none() => {
                let path = self.path(&tuple.path, errors);
                let fields = &tuple.elems;
                quote!(#path(#fields))
            }
            Pat::Struct(fields) if fields.qself.is_none() => {
                let path = self.path(&fields.path, errors);
                let (members, rest) = (&fields.fields, &fields.rest);
                quote!(#path { #members #rest })
            }
            Pat::Ident(ident) => {
                errors.on(
                    ident,
                    "a variant is written with its enum, like `Decision::Match`; for all that are left write `_`",
                );
                TokenStream::new()
            }
            other => {
                errors.on(other, "a pattern here is a variant, several with `|`, or `_`");
                TokenStream::new()
            }
        }
    }

    fn path(&mut self, path: &Path, errors: &mut Errors) -> TokenStream {
        let mut prefix = path.clone();
        let variant = prefix.segments.pop();
        prefix.segments.pop_punct();
        if prefix.segments.is_empty() {
            errors.on(path, "a variant is written with its enum, like `Decision::Match`");
            return TokenStream::new();
        }
        let text = |path: &Path| path.to_token_stream().to_string();
        let known = self.prefixes.iter().position(|other| text(other) == text(&prefix));
        let index = known.unwrap_or(self.prefixes.len());
        let alias = alias(index, prefix.span());
        if known.is_none() {
            self.prefixes.push(prefix);
        }
        quote!(#alias::#variant)
    }
}

/// Where a pattern binds a name.
fn binds(pattern: &Pat) -> Option<Span> {
    match pattern {
        Pat::Ident(ident) => Some(ident.ident.span()),
        Pat::Paren(paren) => binds(&paren.pat),
        Pat::TupleStruct(tuple) => tuple.elems.iter().find_map(binds),
        Pat::Struct(fields) => fields.fields.iter().find_map(|field| binds(&field.pat)),
        _ => None,
    }
}
