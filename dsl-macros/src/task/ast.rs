//! What `#[task]` was told.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, LitStr, Path, Token, Type};

use crate::attr::{self, Keys, Known, Krate};
use crate::case::{self, Case};
use crate::errors::Errors;
use crate::function::{Function, plain_name};
use crate::{duration, suggest};

pub(super) const KNOWN: &[Known] = &[
    Known { key: "lambda", example: "\"arn:aws:lambda:eu-west-1:123456789012:function:charge-card\"" },
    Known { key: "lambda_invoke", example: "\"charge-card\"" },
    Known { key: "activity", example: "\"arn:aws:states:eu-west-1:123456789012:activity:pack\"" },
    Known { key: "prototype", example: "Charge { … }" },
    Known { key: "errors", example: "[CardDeclined]" },
    Known { key: "timeout", example: "\"30m\"" },
    Known { key: "heartbeat", example: "\"1m\"" },
    Known { key: "name", example: "\"ChargeCard\"" },
    Known { key: "rename_all", example: "\"camelCase\"" },
    Known { key: "crate", example: "::stepwright" },
];

const FLAGS: &[&str] = &["prototype"];

pub(super) struct Task<'a> {
    pub(super) krate: Krate,
    pub(super) function: &'a Function,
    /// All keys could be read.
    pub(super) complete: bool,
    /// `lambda`, `lambda_invoke` and `activity`, as many as were given; [`check`](super::check) wants one.
    pub(super) integrations: Vec<Integration>,
    pub(super) prototype: Option<Prototype>,
    pub(super) errors: Vec<Path>,
    pub(super) timeout: Option<Duration>,
    pub(super) heartbeat: Option<Duration>,
    pub(super) state: StateName,
    pub(super) parameters: Vec<Parameter<'a>>,
}

pub(super) struct Integration {
    pub(super) kind: IntegrationKind,
    pub(super) key: Ident,
    pub(super) resource: Expr,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IntegrationKind {
    Lambda,
    LambdaInvoke,
    Activity,
}

/// What stands in for the task until its function exists.
pub(super) struct Prototype {
    /// `None`: the default value of the output's type.
    pub(super) sample: Option<Expr>,
}

pub(super) struct Duration {
    pub(super) seconds: u64,
    pub(super) literal: LitStr,
}

pub(super) struct StateName {
    pub(super) name: String,
    pub(super) span: Span,
    /// From `name = "…"`, not from the function.
    pub(super) given: bool,
}

pub(super) struct Parameter<'a> {
    pub(super) docs: Vec<&'a Attribute>,
    pub(super) name: Ident,
    pub(super) ty: &'a Type,
    /// Its key in the JSON.
    pub(super) wire_name: String,
    /// Where the key is written: the `rename` or the parameter.
    pub(super) wire_span: Span,
    /// The `#[input]` on it.
    pub(super) input: Option<&'a Attribute>,
    /// The `#[token]` on it: it is the task token, which no caller gives.
    pub(super) token: Option<&'a Attribute>,
}

/// What the function receives.
pub(super) enum Input<'t, 'a> {
    Nothing,
    Whole(&'t Parameter<'a>),
    Arguments(&'t [Parameter<'a>]),
}

impl<'a> Task<'a> {
    pub(super) fn input(&self) -> Input<'_, 'a> {
        match self.parameters.as_slice() {
            [] => Input::Nothing,
            [parameter] if parameter.input.is_some() => Input::Whole(parameter),
            parameters => Input::Arguments(parameters),
        }
    }

    /// What callers give: all parameters but the task token.
    pub(super) fn given(&self) -> impl Iterator<Item = &Parameter<'a>> {
        self.parameters.iter().filter(|parameter| parameter.token.is_none())
    }

    /// Whether the state waits until somebody answers its token.
    pub(super) fn waits_for_token(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.token.is_some())
    }

    pub(super) fn name(&self) -> &'a Ident {
        &self.function.signature.ident
    }

    /// `charge_card` has `ChargeCardArgs`.
    pub(super) fn arguments_name(&self) -> Ident {
        let name = self.name();
        Ident::new(&format!("{}Args", case::pascal(&name.unraw().to_string())), name.span())
    }
}

pub(super) fn read<'a>(arguments: TokenStream, function: &'a Function, errors: &mut Errors) -> Task<'a> {
    let mut keys = Keys::parse_with_flags(arguments, KNOWN, FLAGS, errors);
    let complete = keys.complete;
    let krate = keys.take_krate(errors);
    let integrations = [
        ("lambda", IntegrationKind::Lambda),
        ("lambda_invoke", IntegrationKind::LambdaInvoke),
        ("activity", IntegrationKind::Activity),
    ]
    .into_iter()
    .filter_map(|(key, kind)| {
        let (key, resource) = keys.take(key)?;
        Some(Integration { kind, key, resource })
    })
    .collect();
    let case = keys.take_text("rename_all", errors).and_then(|literal| read_case(&literal, errors));
    Task {
        krate,
        function,
        complete,
        integrations,
        prototype: match keys.take("prototype") {
            Some((_, sample)) => Some(Prototype { sample: Some(sample) }),
            None => keys.take_flag("prototype").map(|_| Prototype { sample: None }),
        },
        errors: keys.take("errors").map_or_else(Vec::new, |(_, list)| read_errors(list, errors)),
        timeout: read_duration("timeout", &mut keys, errors),
        heartbeat: read_duration("heartbeat", &mut keys, errors),
        state: read_state(&mut keys, &function.signature.ident, errors),
        parameters: read_parameters(function, case, errors),
    }
}

fn read_case(literal: &LitStr, errors: &mut Errors) -> Option<Case> {
    let name = literal.value();
    let case = Case::from_name(&name);
    if case.is_none() {
        let help = suggest::help(&name, &Case::names());
        errors.on(literal, format_args!("unknown case `{name}`; {help}"));
    }
    case
}

fn read_errors(list: Expr, errors: &mut Errors) -> Vec<Path> {
    let Expr::Array(list) = list else {
        errors.on(list, "`errors` takes a list, like `errors = [CardDeclined]`");
        return Vec::new();
    };
    let mut paths = Vec::new();
    for element in list.elems {
        match element {
            Expr::Path(path) if path.qself.is_none() => paths.push(path.path),
            other => errors.on(other, "expected the path of an `ErrorName` constant, like `CardDeclined`"),
        }
    }
    paths
}

fn read_duration(key: &str, keys: &mut Keys, errors: &mut Errors) -> Option<Duration> {
    let literal = keys.take_text(key, errors)?;
    match duration::seconds(&literal.value()) {
        Ok(seconds) => Some(Duration { seconds, literal }),
        Err(message) => {
            errors.on(literal, message);
            None
        }
    }
}

fn read_state(keys: &mut Keys, function: &Ident, errors: &mut Errors) -> StateName {
    match keys.take_text("name", errors) {
        Some(literal) => StateName { name: literal.value(), span: literal.span(), given: true },
        None => StateName {
            name: case::pascal(&function.unraw().to_string()),
            span: function.span(),
            given: false,
        },
    }
}

fn read_parameters<'a>(
    function: &'a Function,
    case: Option<Case>,
    errors: &mut Errors,
) -> Vec<Parameter<'a>> {
    let mut parameters = Vec::new();
    for (position, parameter) in function.parameters().enumerate() {
        let name = plain_name(&parameter.pat).cloned().unwrap_or_else(|| {
            errors.on(&parameter.pat, "a task's parameter is a plain name: it becomes a key in the JSON");
            // The parameter stays, so that the calls still have the right number of arguments.
            format_ident!("__argument_{position}")
        });
        let mut docs = Vec::new();
        let mut input = None;
        let mut token = None;
        let mut rename = None;
        for attribute in &parameter.attrs {
            if attribute.path().is_ident("doc") {
                docs.push(attribute);
            } else if attribute.path().is_ident("input") {
                errors.ok(attribute.meta.require_path_only());
                input = Some(attribute);
            } else if attribute.path().is_ident("token") {
                errors.ok(attribute.meta.require_path_only());
                token = Some(attribute);
            } else if attribute.path().is_ident("serde") {
                rename = read_rename(attribute, errors).or(rename);
            } else {
                errors.on(
                    attribute.path(),
                    "a task's parameter takes doc comments, `#[input]`, `#[token]` and `#[serde(rename = \"…\")]` only",
                );
            }
        }
        let plain = name.unraw().to_string();
        let (wire_name, wire_span) = match rename {
            Some(literal) => (literal.value(), literal.span()),
            None => (case.map_or_else(|| plain.clone(), |case| case.apply(&plain)), name.span()),
        };
        parameters.push(Parameter { docs, name, ty: &parameter.ty, wire_name, wire_span, input, token });
    }
    parameters
}

/// The name in `#[serde(rename = "…")]`.
fn read_rename(attribute: &Attribute, errors: &mut Errors) -> Option<LitStr> {
    let list = errors.ok(attribute.meta.require_list())?;
    let pairs = errors.ok(Punctuated::<syn::Meta, Token![,]>::parse_terminated.parse2(list.tokens.clone()))?;
    let mut rename = None;
    for pair in &pairs {
        match pair {
            syn::Meta::NameValue(pair) if pair.path.is_ident("rename") => {
                let literal = attr::literal_text(&pair.value).cloned();
                if literal.is_none() {
                    errors.on(&pair.value, "`rename` takes a string literal");
                }
                rename = literal;
            }
            other => errors
                .on(other.path(), "of serde's attributes a task's parameter takes `rename = \"…\"` only"),
        }
    }
    rename
}
