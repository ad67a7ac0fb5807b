//! The `#[serde(…)]` attributes, as far as they decide what the JSON looks like.
//!
//! Keys that we do not know, and values that serde would not take, are left to serde: its derive reports them.

use proc_macro2::{Span, TokenStream};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprPath, LitStr, Token, parenthesized};

use crate::attr::literal_text;
use crate::case::Case;
use crate::errors::Errors;

/// What the attributes of a container, a variant or a field say.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of serde's, and they combine freely")]
pub(super) struct Attributes {
    pub(super) rename: Option<String>,
    pub(super) rename_span: Option<Span>,
    pub(super) rename_all: Option<Case>,
    pub(super) rename_all_fields: Option<Case>,
    pub(super) tag: Option<String>,
    pub(super) content: Option<String>,
    /// The variant that is told by being none of the others.
    pub(super) other: bool,
    pub(super) transparent: bool,
    pub(super) default: bool,
    pub(super) skip_serializing: bool,
    pub(super) skip_deserializing: bool,
    pub(super) skip_serializing_if: Option<SkipIf>,
    /// Keys that may be there but give the JSON a form that the type does not tell.
    pub(super) opaque: Vec<Opaque>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SkipIf {
    /// `Option::is_none`, under any path.
    OptionIsNone,
    Other,
}

/// A key that [`check`](super::check) has something to say about.
pub(super) struct Opaque {
    pub(super) key: OpaqueKey,
    pub(super) name: String,
    pub(super) span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OpaqueKey {
    /// `tag`, `content`, `untagged`
    Tagging,
    /// `from`, `try_from`, `into`, `remote`
    OtherType,
    /// `with`, `serialize_with`, `deserialize_with`, `getter`
    Function,
    Flatten,
    Borrow,
}

const OPAQUE: &[(&str, OpaqueKey)] = &[
    ("tag", OpaqueKey::Tagging),
    ("content", OpaqueKey::Tagging),
    ("untagged", OpaqueKey::Tagging),
    ("from", OpaqueKey::OtherType),
    ("try_from", OpaqueKey::OtherType),
    ("into", OpaqueKey::OtherType),
    ("remote", OpaqueKey::OtherType),
    ("with", OpaqueKey::Function),
    ("serialize_with", OpaqueKey::Function),
    ("deserialize_with", OpaqueKey::Function),
    ("getter", OpaqueKey::Function),
    ("flatten", OpaqueKey::Flatten),
    ("borrow", OpaqueKey::Borrow),
];

pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Attributes {
    let mut read = Attributes::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // An error here is one that serde reports too.
        let _ = attribute.parse_nested_meta(|meta| read_key(&meta, &mut read, errors));
    }
    read
}

fn read_key(meta: &ParseNestedMeta<'_>, read: &mut Attributes, errors: &mut Errors) -> syn::Result<()> {
    let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
    let span = meta.path.span();
    let value = Value::parse(meta)?;
    match key.as_str() {
        "rename" => {
            read.rename = value.same_both_ways(span, &key, errors);
            read.rename_span = Some(value.span().unwrap_or(span));
        }
        "rename_all" => {
            read.rename_all =
                value.same_both_ways(span, &key, errors).and_then(|name| Case::from_name(&name));
        }
        "rename_all_fields" => {
            read.rename_all_fields =
                value.same_both_ways(span, &key, errors).and_then(|name| Case::from_name(&name));
        }
        "transparent" => read.transparent = true,
        "other" => read.other = true,
        "default" => read.default = true,
        "skip" => {
            read.skip_serializing = true;
            read.skip_deserializing = true;
        }
        "skip_serializing" => read.skip_serializing = true,
        "skip_deserializing" => read.skip_deserializing = true,
        "skip_serializing_if" => read.skip_serializing_if = Some(value.skip_if()),
        other => {
            match other {
                "tag" => read.tag = value.text(),
                "content" => read.content = value.text(),
                _ => {}
            }
            if let Some((_, key)) = OPAQUE.iter().find(|(known, _)| *known == other) {
                read.opaque.push(Opaque { key: *key, name: other.to_owned(), span });
            }
        }
    }
    Ok(())
}

/// What follows a key.
enum Value {
    Nothing,
    Expr(Box<Expr>),
    /// `(serialize = "a", deserialize = "b")`; a side that is not named keeps what it has.
    Sides {
        serialize: Option<LitStr>,
        deserialize: Option<LitStr>,
    },
}

impl Value {
    fn parse(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        if meta.input.peek(Token![=]) {
            return Ok(Self::Expr(meta.value()?.parse()?));
        }
        if !meta.input.peek(syn::token::Paren) {
            return Ok(Self::Nothing);
        }
        let inside;
        parenthesized!(inside in meta.input);
        let mut serialize = None;
        let mut deserialize = None;
        let sides = inside.fork();
        let read = syn::meta::parser(|side| {
            let literal = literal_text(&side.value()?.parse()?).cloned();
            if side.path.is_ident("serialize") {
                serialize = literal;
            } else if side.path.is_ident("deserialize") {
                deserialize = literal;
            }
            Ok(())
        });
        // The list of a key that has no sides, like `bound`, need not parse.
        let _ = syn::parse::Parser::parse2(read, sides.parse::<TokenStream>()?);
        inside.parse::<TokenStream>()?;
        Ok(Self::Sides { serialize, deserialize })
    }

    fn span(&self) -> Option<Span> {
        match self {
            Self::Nothing => None,
            Self::Expr(expr) => Some(expr.span()),
            Self::Sides { serialize, deserialize } => {
                serialize.as_ref().or(deserialize.as_ref()).map(LitStr::span)
            }
        }
    }

    /// A name that holds for reading and for writing: a workflow sees the JSON of both.
    fn same_both_ways(&self, span: Span, key: &str, errors: &mut Errors) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Expr(expr) => literal_text(expr).map(LitStr::value),
            Self::Sides { serialize, deserialize } => {
                let serialize = serialize.as_ref().map(LitStr::value);
                let deserialize = deserialize.as_ref().map(LitStr::value);
                if serialize != deserialize {
                    errors.at(
                        span,
                        format_args!(
                            "`{key}` must be the same for serializing and deserializing: a workflow has one \
                             name for what is written and for what is read; write `{key} = \"…\"`"
                        ),
                    );
                }
                serialize.or(deserialize)
            }
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Expr(expr) => literal_text(expr).map(LitStr::value),
            Self::Nothing | Self::Sides { .. } => None,
        }
    }

    fn skip_if(&self) -> SkipIf {
        let path = match self {
            Self::Expr(expr) => literal_text(expr).and_then(|path| path.parse::<ExprPath>().ok()),
            Self::Nothing | Self::Sides { .. } => None,
        };
        let mut names =
            path.iter().flat_map(|path| path.path.segments.iter().rev()).map(|segment| &segment.ident);
        if names.next().is_some_and(|name| name == "is_none")
            && names.next().is_some_and(|name| name == "Option")
        {
            SkipIf::OptionIsNone
        } else {
            SkipIf::Other
        }
    }
}
