//! The type under `derive(Data)`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DeriveInput, Type};

use super::serde::{self, SkipIf};
use crate::attr::{Keys, Known, Krate};
use crate::case::Case;
use crate::errors::Errors;

const KNOWN: &[Known] = &[Known { key: "crate", example: "::my_crate::stepwright" }];

pub(super) struct Data<'a> {
    pub(super) krate: Krate,
    pub(super) input: &'a DeriveInput,
    pub(super) serde: serde::Attributes,
    pub(super) shape: Shape<'a>,
}

/// What the JSON is, judged by the type's form.
pub(super) enum Shape<'a> {
    /// An object with these fields.
    Record(Vec<Field<'a>>),
    /// Whatever the one field is.
    Transparent(&'a Type, serde::Attributes),
    /// A string out of a fixed set.
    UnitEnum(Vec<Variant<'a>>),
    /// An object that says in a field which variant it is.
    TaggedEnum(Tagged<'a>),
    /// Nothing that a workflow has a type for.
    Unsupported(Unsupported),
}

/// Types that cannot be data, with the place that shows it.
#[derive(Clone, Copy)]
pub(super) enum Unsupported {
    UnitStruct(Span),
    TupleStruct(Span),
    /// `serde(transparent)` on other than one field.
    Transparent(Span),
    EmptyEnum(Span),
    EnumWithData(Span),
    /// A variant of several values without names.
    TupleVariant(Span),
    Union(Span),
}

/// An enum with `serde(tag)`.
pub(super) struct Tagged<'a> {
    pub(super) tag: String,
    /// The field that holds what a variant holds; without it, that is merged with the tag.
    pub(super) content: Option<String>,
    pub(super) variants: Vec<Variant<'a>>,
}

/// A variant of an enum.
pub(super) struct Variant<'a> {
    pub(super) name: &'a Ident,
    pub(super) wire_name: String,
    pub(super) wire_span: Span,
    pub(super) serde: serde::Attributes,
    pub(super) holds: Holds<'a>,
}

/// What a variant holds.
pub(super) enum Holds<'a> {
    Nothing,
    One(&'a Type),
    Fields(Vec<Field<'a>>),
}

pub(super) struct Field<'a> {
    pub(super) source: &'a syn::Field,
    pub(super) name: &'a Ident,
    pub(super) wire_name: String,
    pub(super) wire_span: Span,
    pub(super) serde: serde::Attributes,
    /// The container has `serde(default)`.
    pub(super) container_default: bool,
}

impl Field<'_> {
    /// Whether it can be read, which takes that it is written.
    pub(super) fn is_read(&self) -> bool {
        !self.serde.skip_serializing
    }

    /// Whether a value of it can be given.
    pub(super) fn is_built(&self) -> bool {
        !self.serde.skip_serializing && !self.serde.skip_deserializing
    }

    pub(super) fn is_omitted_when_none(&self) -> bool {
        self.serde.skip_serializing_if == Some(SkipIf::OptionIsNone)
    }

    /// Whether the JSON may be without it although its type is no `Option`.
    ///
    /// What no one deserializes has no default: whoever wrote the JSON wrote the field, too.
    pub(super) fn may_be_missing(&self) -> bool {
        let default = (self.serde.default || self.container_default) && !self.serde.skip_deserializing;
        let missing = default || self.serde.skip_serializing_if.is_some();
        missing && !self.is_omitted_when_none() && !is_option(&self.source.ty)
    }
}

pub(super) fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Data<'a> {
    let krate = read_krate(input, errors);
    let serde = serde::read(&input.attrs, errors);
    let shape = match &input.data {
        syn::Data::Struct(data) => read_struct(data, &serde, input.ident.span(), errors),
        syn::Data::Enum(data) => read_enum(data, &serde, input.ident.span(), errors),
        syn::Data::Union(data) => Shape::Unsupported(Unsupported::Union(data.union_token.span)),
    };
    Data { krate, input, serde, shape }
}

fn read_krate(input: &DeriveInput, errors: &mut Errors) -> Krate {
    let mut krate = Krate::Default;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("stepwright")) {
        if let Some(list) = errors.ok(attribute.meta.require_list()) {
            krate = Keys::parse(list.tokens.clone(), KNOWN, errors).take_krate(errors);
        }
    }
    krate
}

fn read_struct<'a>(
    data: &'a syn::DataStruct,
    container: &serde::Attributes,
    name: Span,
    errors: &mut Errors,
) -> Shape<'a> {
    match &data.fields {
        syn::Fields::Named(fields) => {
            let fields: Vec<Field<'_>> = (fields.named.iter())
                .filter_map(|field| read_field(field, container.rename_all, container.default, errors))
                .collect();
            if container.transparent { transparent(fields, name) } else { Shape::Record(fields) }
        }
        syn::Fields::Unnamed(fields) => match fields.unnamed.iter().collect::<Vec<_>>().as_slice() {
            [field] => Shape::Transparent(&field.ty, serde::read(&field.attrs, errors)),
            _ => Shape::Unsupported(Unsupported::TupleStruct(fields.paren_token.span.open())),
        },
        syn::Fields::Unit => Shape::Unsupported(Unsupported::UnitStruct(name)),
    }
}

/// A `serde(transparent)` struct is its one field that is not skipped.
fn transparent(fields: Vec<Field<'_>>, name: Span) -> Shape<'_> {
    let mut fields = fields.into_iter().filter(Field::is_read);
    match (fields.next(), fields.next()) {
        (Some(field), None) => Shape::Transparent(&field.source.ty, field.serde),
        _ => Shape::Unsupported(Unsupported::Transparent(name)),
    }
}

fn read_field<'a>(
    field: &'a syn::Field,
    rename_all: Option<Case>,
    container_default: bool,
    errors: &mut Errors,
) -> Option<Field<'a>> {
    let name = field.ident.as_ref()?;
    let serde = serde::read(&field.attrs, errors);
    let plain = name.unraw().to_string();
    let wire_name = match (&serde.rename, rename_all) {
        (Some(rename), _) => rename.clone(),
        (None, Some(case)) => case.apply(&plain),
        (None, None) => plain,
    };
    let wire_span = serde.rename_span.unwrap_or(name.span());
    Some(Field { source: field, name, wire_name, wire_span, serde, container_default })
}

fn read_enum<'a>(
    data: &'a syn::DataEnum,
    container: &serde::Attributes,
    name: Span,
    errors: &mut Errors,
) -> Shape<'a> {
    if data.variants.is_empty() {
        return Shape::Unsupported(Unsupported::EmptyEnum(name));
    }
    // One is enough to show why; the others have the same remedy.
    let tuple =
        |fields: &syn::Fields| matches!(fields, syn::Fields::Unnamed(fields) if fields.unnamed.len() != 1);
    let with_data = data.variants.iter().find(|variant| !matches!(variant.fields, syn::Fields::Unit));
    let with_tuple = data.variants.iter().find(|variant| tuple(&variant.fields));
    match (&container.tag, with_data, with_tuple) {
        (None, Some(variant), _) => Shape::Unsupported(Unsupported::EnumWithData(variant.fields.span())),
        (Some(_), _, Some(variant)) => Shape::Unsupported(Unsupported::TupleVariant(variant.fields.span())),
        (tag, ..) => {
            let variants =
                data.variants.iter().map(|variant| read_variant(variant, container, errors)).collect();
            match tag {
                None => Shape::UnitEnum(variants),
                Some(tag) => Shape::TaggedEnum(Tagged {
                    tag: tag.clone(),
                    content: container.content.clone(),
                    variants,
                }),
            }
        }
    }
}

fn read_variant<'a>(
    variant: &'a syn::Variant,
    container: &serde::Attributes,
    errors: &mut Errors,
) -> Variant<'a> {
    let name = &variant.ident;
    let serde = serde::read(&variant.attrs, errors);
    let plain = name.unraw().to_string();
    let wire_name = match (&serde.rename, container.rename_all) {
        (Some(rename), _) => rename.clone(),
        (None, Some(case)) => case.apply_to_variant(&plain),
        (None, None) => plain,
    };
    let case = serde.rename_all.or(container.rename_all_fields);
    let holds = match &variant.fields {
        syn::Fields::Unit => Holds::Nothing,
        syn::Fields::Unnamed(fields) => {
            fields.unnamed.first().map_or(Holds::Nothing, |field| Holds::One(&field.ty))
        }
        syn::Fields::Named(fields) => Holds::Fields(
            fields.named.iter().filter_map(|field| read_field(field, case, false, errors)).collect(),
        ),
    };
    let wire_span = serde.rename_span.unwrap_or(name.span());
    Variant { name, wire_name, wire_span, serde, holds }
}

/// Whether a type is written as `Option<…>`. An alias of it cannot be seen through.
fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_option(&group.elem),
        Type::Paren(paren) => is_option(&paren.elem),
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident == "Option" && !segment.arguments.is_none()),
        _ => false,
    }
}
