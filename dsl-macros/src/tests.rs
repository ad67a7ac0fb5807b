//! What the macros make of each shape of input, and what they say about wrong input.
//!
//! An expansion is a snapshot with the input in its header. An error is compared as the source text that it marks and
//! its message.

mod choose;
mod data;
mod expr;
mod task;
mod workflow;

use proc_macro2::{Span, TokenStream, TokenTree};

/// Compares an expansion into items with its snapshot.
#[track_caller]
fn check_items(name: &str, input: &str, expansion: TokenStream) {
    let file = syn::parse2(expansion).expect("an expansion into items");
    check_snapshot(name, input, &prettyplease::unparse(&file));
}

/// Compares an expansion into an expression with its snapshot.
#[track_caller]
fn check_expression(name: &str, input: &str, expansion: &TokenStream) {
    let file = syn::parse_quote!(const _: () = #expansion;);
    check_snapshot(name, input, &prettyplease::unparse(&file));
}

#[track_caller]
fn check_snapshot(name: &str, input: &str, expansion: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("tests/snapshots");
    settings.set_omit_expression(true);
    settings.set_description(input);
    settings.bind(|| insta::assert_snapshot!(name, expansion));
}

/// Compares the errors in an expansion: what each marks, and what it says.
#[track_caller]
fn check_errors(expansion: &TokenStream, expect: &[(&str, &str)]) {
    let mut found = Vec::new();
    collect_errors(expansion, &mut found);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(at, message)| (at.as_str(), message.as_str())).collect();
    assert_eq!(found, expect);
}

/// Finds the `compile_error! { "…" }`s, which begin and end at the tokens that they mark.
fn collect_errors(tokens: &TokenStream, found: &mut Vec<(String, String)>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (position, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) if ident == "compile_error" => {
                let Some(TokenTree::Group(group)) = tokens.get(position + 2) else { panic!("a message") };
                let message: syn::LitStr = syn::parse2(group.stream()).expect("a message");
                found.push((source(ident.span(), group.span()), message.value()));
            }
            TokenTree::Group(group) => collect_errors(&group.stream(), found),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The source text between two tokens; `<call>` for the macro call as a whole.
fn source(from: Span, to: Span) -> String {
    from.join(to).and_then(|span| span.source_text()).unwrap_or_else(|| "<call>".to_owned())
}

fn parse(input: &str) -> TokenStream {
    input.parse().expect("a token stream")
}
