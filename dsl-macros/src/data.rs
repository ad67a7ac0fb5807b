//! `derive(Data)`: a type's fields become typed references.
//!
//! [`serde`] reads the attributes that decide the JSON, [`ast`] the type, [`check`] holds the rules and [`expand`]
//! writes the impls. Whatever is wrong, [`fallback`] writes some impl, so that one mistake gives one error.

mod ast;
mod cases;
mod check;
mod expand;
mod fallback;
mod serde;

use proc_macro2::TokenStream;

use crate::errors::Errors;

pub(crate) fn derive(item: TokenStream) -> TokenStream {
    let input = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let data = ast::read(&input, &mut errors);
    check::check(&data, &mut errors);
    match errors.finish() {
        Ok(()) => expand::expand(&data),
        Err(error) => fallback::fallback(&data, &error),
    }
}
