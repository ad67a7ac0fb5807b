//! What a wrong `derive(Data)` becomes: the error, and the best impl that can be had.

use proc_macro2::TokenStream;
use quote::quote;

use super::ast::Data;
use super::expand;

pub(super) fn fallback(data: &Data<'_>, error: &syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    if data.input.generics.lifetimes().next().is_some() {
        // What borrows is never `DeserializeOwned`, so any impl would add an error of its own.
        return error;
    }
    let fallback = expand::expand(data);
    quote!(#error #fallback)
}
