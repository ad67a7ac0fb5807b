//! `#[workflow]`: a function on a scope becomes a function that returns the workflow.
//!
//! [`ast`] reads the attribute and the signature, [`check`] holds the rules, among them those for the names of the
//! states in the body ([`state_names`]) and the ARNs ([`resources`]), and [`expand`] writes the function. Whatever is wrong, [`fallback`] keeps a
//! function of the same name.

mod ast;
mod check;
mod expand;
mod fallback;
mod resources;
mod state_names;

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::function::Function;

pub(crate) fn attribute(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let function: Function = match syn::parse2(item.clone()) {
        Ok(function) => function,
        // Not a function at all, so there is nothing to keep but the item itself.
        Err(error) => {
            let error = error.into_compile_error();
            return quote::quote!(#error #item);
        }
    };
    let mut errors = Errors::new();
    let workflow = ast::read(arguments, &function, &mut errors);
    check::check(&workflow, &mut errors);
    match errors.finish() {
        Ok(()) => expand::expand(&workflow),
        Err(error) => fallback::fallback(&workflow, &error),
    }
}
