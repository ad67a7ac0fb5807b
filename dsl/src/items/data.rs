//! The types of what a distributed Map hands in and gives.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::data::{Data, NoFields};
use crate::plan::Kind;
use crate::refs::Ref;

/// Several items for one child execution: see [`Map::batches_of`](crate::Map::batches_of).
#[derive(stepwright_macros::Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Batch<T, B = NoBatchInput> {
    /// The items.
    pub items: Vec<T>,
    /// What every batch is given beside its items: see [`Map::batch_input`](crate::Map::batch_input).
    pub batch_input: B,
}

/// A batch is given nothing but its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoBatchInput;

impl Serialize for NoBatchInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl<'de> Deserialize<'de> for NoBatchInput {
    /// From anything and from nothing: values that the states of a batch read besides are in the same field.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<IgnoredAny>::deserialize(deserializer).map(|_| Self)
    }
}

impl JsonSchema for NoBatchInput {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "NoBatchInput".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

impl Data for NoBatchInput {
    const KIND: Kind = Kind::Optional;
    type Refs = NoFields;

    fn refs(_: Ref<Self>) -> NoFields {
        NoFields
    }
}

/// A member of an object, as a Map runs over it: see [`members`](super::members).
#[derive(stepwright_macros::Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Member<T> {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: T,
}

/// An object in Amazon S3, as a listing describes it: see [`objects`](super::objects).
#[derive(stepwright_macros::Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct S3Object {
    /// Its key.
    pub key: String,
    /// How many bytes it has.
    pub size: u64,
    /// Its entity tag, in quotes.
    pub etag: String,
    /// When it was last modified, in seconds since 1970.
    pub last_modified: i64,
    /// `STANDARD`, `GLACIER`, …
    pub storage_class: String,
}

/// Where the results of a Map have been written: see [`Map::write_results`](crate::Map::write_results).
#[derive(stepwright_macros::Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct WrittenResults {
    /// The ARN of the Map Run.
    pub map_run_arn: String,
    /// Where the list of the files is.
    pub result_writer_details: ResultLocation,
}

/// Where the list of the files with results is.
#[derive(stepwright_macros::Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ResultLocation {
    /// The bucket.
    pub bucket: String,
    /// The key of `manifest.json`.
    pub key: String,
}
