//! What `#[workflow]` was told.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::{Expr, GenericArgument, LitStr, Pat, PatType, PathArguments, PathSegment, Type};

use crate::attr::{self, Keys, Known, Krate};
use crate::errors::Errors;
use crate::function::Function;
use crate::{case, duration, suggest};

const KNOWN: &[Known] = &[
    Known { key: "query_language", example: "\"JSONata\"" },
    Known { key: "conventions", example: "CONVENTIONS" },
    Known { key: "timeout", example: "\"1h\"" },
    Known { key: "name", example: "\"OrderFulfilment\"" },
    Known { key: "crate", example: "::stepwright" },
];

const FLAGS: &[&str] = &["express", "standard"];

pub(super) struct Workflow<'a> {
    pub(super) krate: Krate,
    pub(super) function: &'a Function,
    pub(super) name: Name,
    pub(super) comment: String,
    pub(super) query_language: QueryLanguage,
    pub(super) express: bool,
    pub(super) conventions: Option<Expr>,
    pub(super) timeout: Option<Timeout>,
    /// The scope and then the input; [`check`](super::check) wants one or both.
    pub(super) parameters: Vec<&'a PatType>,
}

/// `timeout = "1h"`.
pub(super) struct Timeout {
    pub(super) seconds: u64,
    pub(super) literal: LitStr,
}

pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

#[derive(Clone, Copy)]
pub(super) enum QueryLanguage {
    Jsonata,
    JsonPath,
}

const QUERY_LANGUAGES: [(&str, QueryLanguage); 2] =
    [("JSONata", QueryLanguage::Jsonata), ("JSONPath", QueryLanguage::JsonPath)];

impl<'a> Workflow<'a> {
    pub(super) fn input(&self) -> Option<&'a PatType> {
        self.parameters.get(1).copied()
    }
}

/// What the input is called in the function, for names in the emitted definition.
pub(super) fn input_name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) if name.subpat.is_none() => {
            let name = name.ident.unraw().to_string();
            let used = name.trim_start_matches('_');
            Some(if used.is_empty() { name } else { used.to_owned() })
        }
        Pat::Wild(_) => Some("input".to_owned()),
        _ => None,
    }
}

/// Types of Rust's library that hold what Rust knows, not what an execution will have.
const CONTAINERS: [&str; 6] = ["Box", "BTreeMap", "HashMap", "Option", "Result", "Vec"];

/// The `T` of a type that is written as `Ref<T>` or `Expr<T>`. Other names that these may have are left to rustc.
pub(super) fn data_of(ty: &Type) -> Option<&Type> {
    let PathSegment { ident, arguments: PathArguments::AngleBracketed(arguments) } = last_segment(ty)? else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(data) if ident == "Ref" || ident == "Expr" => Some(data),
        _ => None,
    }
}

/// Whether a type is no handle like `Ref<T>`, judged by its looks: it has no parameters, or those of a container.
pub(super) fn is_plain(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_plain(&group.elem),
        Type::Paren(paren) => is_plain(&paren.elem),
        Type::Reference(_) | Type::Array(_) | Type::Slice(_) => true,
        Type::Tuple(tuple) => !tuple.elems.is_empty(),
        _ => last_segment(ty).is_some_and(|PathSegment { ident, arguments }| {
            ident != "Never" && (arguments.is_none() || CONTAINERS.iter().any(|container| ident == container))
        }),
    }
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

pub(super) fn read<'a>(arguments: TokenStream, function: &'a Function, errors: &mut Errors) -> Workflow<'a> {
    let mut keys = Keys::parse_with_flags(arguments, KNOWN, FLAGS, errors);
    let function_name = &function.signature.ident;
    let name = keys.take_text("name", errors).map_or_else(
        || Name { text: case::pascal(&function_name.unraw().to_string()), span: function_name.span() },
        |literal| Name { text: literal.value(), span: literal.span() },
    );
    Workflow {
        krate: keys.take_krate(errors),
        function,
        name,
        comment: attr::first_paragraph(&function.attributes),
        query_language: keys
            .take_text("query_language", errors)
            .and_then(|literal| read_query_language(&literal, errors))
            .unwrap_or(QueryLanguage::Jsonata),
        express: read_type(&mut keys, errors),
        conventions: keys.take("conventions").map(|(_, value)| value),
        timeout: keys.take_text("timeout", errors).and_then(|literal| {
            let seconds = errors.ok(duration::seconds(&literal.value())
                .map_err(|message| syn::Error::new_spanned(&literal, message)))?;
            Some(Timeout { seconds, literal })
        }),
        parameters: function.parameters().collect(),
    }
}

/// Whether the workflow is an Express one.
fn read_type(keys: &mut Keys, errors: &mut Errors) -> bool {
    let express = keys.take_flag("express");
    if let (Some(_), Some(standard)) = (&express, keys.take_flag("standard")) {
        errors.on(standard, "a workflow is either `standard` or `express`");
    }
    express.is_some()
}

fn read_query_language(literal: &LitStr, errors: &mut Errors) -> Option<QueryLanguage> {
    let name = literal.value();
    let found = QUERY_LANGUAGES.iter().find(|(known, _)| *known == name).map(|(_, language)| *language);
    if found.is_none() {
        let help = suggest::help(&name, &QUERY_LANGUAGES.map(|(known, _)| known));
        errors.on(literal, format_args!("unknown query language `{name}`; {help}"));
    }
    found
}
