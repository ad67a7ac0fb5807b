//! The rules of `derive(Data)`: the JSON must be what the type says.

use super::ast::{Data, Field, Holds, Shape, Unsupported, Variant};
use super::serde::{Attributes, Opaque, OpaqueKey};
use crate::errors::Errors;
use crate::function::check_owned;
use crate::names;

pub(super) fn check(data: &Data<'_>, errors: &mut Errors) {
    for parameter in data.input.generics.lifetimes() {
        errors.on(
            &parameter.lifetime,
            "data that travels as JSON is owned, not borrowed: use `String` and `Vec`, without lifetimes",
        );
    }
    if data.input.generics.lifetimes().next().is_some() {
        // All that follows from the lifetime, in fields and in `serde(borrow)`, is the same mistake.
        return;
    }
    match &data.shape {
        Shape::Record(fields) => {
            check_attributes(&data.serde, errors);
            check_fields(fields, errors);
        }
        Shape::Transparent(ty, attributes) => {
            check_attributes(&data.serde, errors);
            check_attributes(attributes, errors);
            check_owned(ty, errors);
        }
        Shape::UnitEnum(variants) => {
            check_attributes(&data.serde, errors);
            for variant in variants {
                check_attributes(&variant.serde, errors);
            }
        }
        Shape::TaggedEnum(tagged) => {
            check_tagged_attributes(&data.serde, errors);
            check_variants(&tagged.variants, errors);
        }
        // The type has to become another one first, with other attributes.
        Shape::Unsupported(unsupported) => report(*unsupported, errors),
    }
}

fn report(unsupported: Unsupported, errors: &mut Errors) {
    let (span, message) = match unsupported {
        Unsupported::UnitStruct(span) => (
            span,
            "a unit struct is `null` in JSON, so it carries no data; use `()`, or give it named fields with `{}`",
        ),
        Unsupported::TupleStruct(span) => (
            span,
            "a tuple struct is an array of mixed types in JSON; name its fields, so that states can refer to them",
        ),
        Unsupported::Transparent(span) => {
            (span, "`serde(transparent)` takes exactly one field that is not skipped")
        }
        Unsupported::EmptyEnum(span) => {
            (span, "an enum without variants has no values, so it carries no data")
        }
        Unsupported::EnumWithData(span) => (
            span,
            "an enum with data must say in a field which variant it is: add `#[serde(tag = \"type\")]` to it; states take it \
             apart with `choose!`",
        ),
        Unsupported::TupleVariant(span) => (
            span,
            "a variant of several values is an array of mixed types in JSON; name its fields, so that states can refer to \
             them",
        ),
        Unsupported::Union(span) => (span, "a union has no JSON; use a struct or an enum of plain names"),
    };
    errors.at(span, message);
}

fn check_fields(fields: &[Field<'_>], errors: &mut Errors) {
    for field in fields.iter().filter(|field| field.is_read()) {
        check_attributes(&field.serde, errors);
        check_owned(&field.source.ty, errors);
    }
    names::check_distinct(
        fields
            .iter()
            .filter(|field| field.is_read())
            .map(|field| (field.wire_name.as_str(), field.wire_span)),
        "fields",
        errors,
    );
}

fn check_variants(variants: &[Variant<'_>], errors: &mut Errors) {
    for variant in variants {
        check_attributes(&variant.serde, errors);
        match &variant.holds {
            Holds::Nothing => {}
            Holds::One(ty) => check_owned(ty, errors),
            Holds::Fields(fields) => check_fields(fields, errors),
        }
    }
    names::check_distinct(
        variants.iter().map(|variant| (variant.wire_name.as_str(), variant.wire_span)),
        "variants",
        errors,
    );
}

/// The keys that say how an enum is tagged are what `choose!` goes by.
fn check_tagged_attributes(attributes: &Attributes, errors: &mut Errors) {
    check_keys(
        attributes.opaque.iter().filter(|opaque| !matches!(opaque.name.as_str(), "tag" | "content")),
        errors,
    );
}

fn check_attributes(attributes: &Attributes, errors: &mut Errors) {
    check_keys(attributes.opaque.iter(), errors);
}

fn check_keys<'a>(keys: impl Iterator<Item = &'a Opaque>, errors: &mut Errors) {
    for Opaque { key, name, span } in keys {
        let message = match key {
            OpaqueKey::Tagging => {
                "changes the JSON in a way that the type does not show; data is a struct with named fields, a newtype or an \
                 enum of plain names, each as serde writes it by default, or an enum with a `tag`"
            }
            OpaqueKey::OtherType => {
                "makes the JSON that of another type; use that type here, or wrap it in a newtype"
            }
            OpaqueKey::Function => {
                "gives the field a JSON that its type does not tell; use a newtype that has this JSON"
            }
            OpaqueKey::Flatten => {
                "hides which fields there are; nest the struct as a field, or repeat its fields here"
            }
            OpaqueKey::Borrow => {
                "borrows, but data that travels as JSON is owned: use `String`, `Vec` and the like"
            }
        };
        errors.at(*span, format_args!("`{name}` {message}"));
    }
}
