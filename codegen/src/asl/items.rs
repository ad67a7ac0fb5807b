//! What a Distributed Map does with its items: reads, batches and writes them.

use serde_json::Value;

use crate::asl::enums::{
    CsvDelimiter, CsvHeaderLocation, InputType, ManifestType, OutputType, ReaderTransformation,
    WriterTransformation,
};
use crate::asl::object::{object, plain_objects};
use crate::asl::value::OrExpression;

object! {
    /// `ItemReader` of a Distributed Map. Spec: "Reading Items".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ItemReader = "an ItemReader" {
        @Work
        /// `Resource`: `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`.
        "Resource" => resource: String,
        /// `Parameters` (JSONPath): the request to Amazon S3.
        "Parameters" JsonPath => parameters: Option<Value>,
        /// `Arguments` (JSONata): the request to Amazon S3.
        "Arguments" Jsonata => arguments: Option<Value>,
        /// `ReaderConfig`: the format of what is read.
        "ReaderConfig" => reader_config: Option<ReaderConfig>,
    }
}

object! {
    /// `ReaderConfig` of an [`ItemReader`]. Developer guide: `ItemReader`.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct ReaderConfig = "a ReaderConfig" {
        @Work
        /// `InputType`: the format of the file.
        "InputType" => input_type: Option<InputType>,
        /// `Transformation` of a listing.
        "Transformation" => transformation: Option<ReaderTransformation>,
        /// `ManifestType`: what kind of list of files the file is.
        "ManifestType" => manifest_type: Option<ManifestType>,
        /// `CSVHeaderLocation`: where the names of the columns come from.
        "CSVHeaderLocation" => csv_header_location: Option<CsvHeaderLocation>,
        /// `CSVHeaders`: the names of the columns, where given.
        "CSVHeaders" => csv_headers: Option<Vec<String>>,
        /// `CSVDelimiter`; absent means a comma.
        "CSVDelimiter" => csv_delimiter: Option<CsvDelimiter>,
        /// `ItemsPointer`: a JSON pointer to the items inside a JSON file.
        "ItemsPointer" => items_pointer: Option<String>,
        /// `MaxItems`: 0 (no limit) to 100000000.
        "MaxItems" => max_items: Option<OrExpression<u64>>,
        /// `MaxItemsPath` (JSONPath): a Reference Path to it.
        "MaxItemsPath" JsonPath => max_items_path: Option<String>,
    }
}

object! {
    /// `ItemBatcher` of a Distributed Map. Spec: "Batching".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ItemBatcher = "an ItemBatcher" {
        @Work
        /// `BatchInput`: what every batch gets beside its items.
        "BatchInput" => batch_input: Option<Value>,
        /// `MaxItemsPerBatch`, at least 1.
        "MaxItemsPerBatch" => max_items_per_batch: Option<OrExpression<u64>>,
        /// `MaxItemsPerBatchPath` (JSONPath): a Reference Path to it.
        "MaxItemsPerBatchPath" JsonPath => max_items_per_batch_path: Option<String>,
        /// `MaxInputBytesPerBatch`, 1 to 262144 bytes.
        "MaxInputBytesPerBatch" => max_input_bytes_per_batch: Option<OrExpression<u64>>,
        /// `MaxInputBytesPerBatchPath` (JSONPath): a Reference Path to it.
        "MaxInputBytesPerBatchPath" JsonPath => max_input_bytes_per_batch_path: Option<String>,
    }
}

object! {
    /// `ResultWriter` of a Distributed Map. Spec: "Writing Results".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ResultWriter = "a ResultWriter" {
        @Work
        /// `Resource`: `arn:aws:states:::s3:putObject`.
        "Resource" => resource: Option<String>,
        /// `Parameters` (JSONPath): `Bucket` and `Prefix`.
        "Parameters" JsonPath => parameters: Option<Value>,
        /// `Arguments` (JSONata): `Bucket` and `Prefix`.
        "Arguments" Jsonata => arguments: Option<Value>,
        /// `WriterConfig`: the format of what is written.
        "WriterConfig" => writer_config: Option<WriterConfig>,
    }
}

object! {
    /// `WriterConfig` of a [`ResultWriter`]. Developer guide: `ResultWriter`.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct WriterConfig = "a WriterConfig" {
        @Work
        /// `Transformation` of the results.
        "Transformation" => transformation: Option<WriterTransformation>,
        /// `OutputType`: the format of the files.
        "OutputType" => output_type: Option<OutputType>,
    }
}

plain_objects!(ItemReader, ReaderConfig, ItemBatcher, ResultWriter, WriterConfig);
