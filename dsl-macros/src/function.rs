//! The function under `#[task]` or `#[workflow]`.

use proc_macro2::{Group, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, FnArg, Pat, PatType, ReturnType, Signature, Token, Type, TypeReference, Visibility};

use crate::errors::Errors;

/// A function with or without a body. The body stays as it came: rustc and editors know best what it means.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: Option<Group>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: match input.parse::<Option<Token![;]>>()? {
                Some(_) => None,
                None => Some(input.parse()?),
            },
        })
    }
}

impl Function {
    /// The parameters other than `self`.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &PatType> {
        self.signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(parameter) => Some(parameter),
            FnArg::Receiver(_) => None,
        })
    }

    /// The return type as written, or `()`.
    pub(crate) fn output(&self) -> TokenStream {
        match &self.signature.output {
            ReturnType::Default => quote::quote!(()),
            ReturnType::Type(_, ty) => quote::quote!(#ty),
        }
    }

    /// Attributes that decide whether the item is there at all; they go on all that we make of it.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
    }
}

/// Reports what neither a task nor a workflow can be. `noun` says which of them this is.
pub(crate) fn check_plain(signature: &Signature, noun: &str, errors: &mut Errors) {
    let mut refuse = |span, qualifier| {
        errors.at(span, format_args!("a {noun} cannot be `{qualifier}`; write a plain `fn`"));
    };
    if let Some(token) = &signature.constness {
        refuse(token.span(), "const");
    }
    if let Some(token) = &signature.asyncness {
        refuse(token.span(), "async");
    }
    match &signature.safety {
        syn::Safety::Unsafe(token) => refuse(token.span(), "unsafe"),
        syn::Safety::Safe(token) => refuse(token.span(), "safe"),
        syn::Safety::Default => {}
    }
    if let Some(abi) = &signature.abi {
        refuse(abi.extern_token.span(), "extern");
    }
    if !signature.generics.params.is_empty() {
        errors.on(
            &signature.generics.params,
            format_args!("a {noun} cannot be generic: the state machine is emitted for one set of types"),
        );
    }
    if let Some(clause) = &signature.generics.where_clause {
        errors.at(clause.where_token.span(), format_args!("a {noun} cannot have a `where` clause"));
    }
    for input in &signature.inputs {
        if let FnArg::Receiver(receiver) = input {
            errors.at(
                receiver.self_token.span(),
                format_args!("a {noun} cannot take `self`; write a function outside of any `impl`"),
            );
        }
    }
    if let Some(variadic) = &signature.variadic {
        errors.at(variadic.dots.span(), format_args!("a {noun} cannot be variadic"));
    }
}

/// The name that a parameter's pattern binds, if it is no more than a name.
pub(crate) fn plain_name(pattern: &Pat) -> Option<&syn::Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.mutability.is_none() && name.subpat.is_none() => {
            Some(&name.ident)
        }
        _ => None,
    }
}

/// Reports references and `impl Trait` in a type of which JSON is made.
pub(crate) fn check_owned(ty: &Type, errors: &mut Errors) {
    struct Visitor<'a>(&'a mut Errors);

    impl<'ast> Visit<'ast> for Visitor<'_> {
        fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
            let owned = match &*reference.elem {
                Type::Path(path) if path.path.is_ident("str") => ": write `String`",
                Type::Slice(_) => ": write `Vec`",
                _ => "",
            };
            self.0.at(
                reference.and_token.span(),
                format_args!("data that travels as JSON is owned, not borrowed{owned}"),
            );
        }

        fn visit_type_impl_trait(&mut self, ty: &'ast syn::TypeImplTrait) {
            self.0.at(ty.impl_token.span(), "the JSON must have one known type: name it instead of `impl`");
        }

        // Array lengths are expressions; they hold no JSON.
        fn visit_expr(&mut self, _: &'ast syn::Expr) {}
    }

    let mut visitor = Visitor(errors);
    visit::visit_type(&mut visitor, ty);
}

/// Whether [`check_owned`] has nothing to report.
pub(crate) fn is_owned(ty: &Type) -> bool {
    let mut errors = Errors::new();
    check_owned(ty, &mut errors);
    errors.finish().is_ok()
}
