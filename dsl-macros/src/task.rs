//! `#[task]`: a function signature becomes a constructor of tasks.
//!
//! [`ast`] reads the attribute and the signature, [`check`] holds the rules, [`expand`] writes the items.
//! Whatever is wrong, [`fallback`] keeps the function so that its callers resolve.

mod ast;
mod check;
mod expand;
mod fallback;

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
    let task = ast::read(arguments, &function, &mut errors);
    check::check(&task, &mut errors);
    match errors.finish() {
        Ok(()) => expand::expand(&task),
        Err(error) => fallback::fallback(task, &error),
    }
}
