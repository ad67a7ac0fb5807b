//! What only a distributed Map has.

use serde_json::Value;
use stepwright::plan::{self, Delimiter, FileFormat, ItemBatcher, ItemReader, Manifest, OutputType};
use stepwright::plan::{ResultWriter, Transformation};

use crate::asl;
use crate::lower::states::Printing;

impl Printing<'_, '_> {
    pub(super) fn distributed(
        &mut self,
        distributed: &plan::Distributed,
        processor: usize,
        printed: &mut asl::Map,
    ) {
        printed.label.clone_from(&distributed.label);
        (printed.tolerated_failure_count, printed.tolerated_failure_count_path) =
            self.amount(distributed.tolerated_count.as_ref());
        (printed.tolerated_failure_percentage, printed.tolerated_failure_percentage_path) =
            self.amount(distributed.tolerated_percentage.as_ref());
        printed.item_batcher =
            distributed.batcher.as_ref().map(|batcher| self.item_batcher(batcher, processor));
        printed.result_writer = distributed.writer.as_ref().map(|writer| self.result_writer(writer));
    }

    pub(super) fn item_reader(&mut self, reader: &ItemReader) -> asl::ItemReader {
        let action = if reader.is_listing { "listObjectsV2" } else { "getObject" };
        let request = self.object(reader.arguments.iter().map(|(name, value)| (*name, value)));
        let (parameters, arguments) = self.of_language(request);
        let reader_config = Some(self.reader_config(&reader.config));
        asl::ItemReader {
            resource: format!("arn:aws:states:::s3:{action}"),
            parameters,
            arguments,
            reader_config: reader_config.filter(|config| *config != asl::ReaderConfig::default()),
        }
    }

    fn reader_config(&mut self, config: &plan::ReaderConfig) -> asl::ReaderConfig {
        let (max_items, max_items_path) = self.amount(config.max_items.as_ref());
        let headers = &config.headers;
        asl::ReaderConfig {
            input_type: config.format.map(input_type),
            transformation: config.load_and_flatten.then_some(asl::ReaderTransformation::LoadAndFlatten),
            manifest_type: config.manifest.map(|manifest| match manifest {
                Manifest::Inventory => asl::ManifestType::S3Inventory,
                Manifest::Athena => asl::ManifestType::AthenaData,
            }),
            csv_header_location: (config.format == Some(FileFormat::Csv)).then_some(match headers {
                Some(_) => asl::CsvHeaderLocation::Given,
                None => asl::CsvHeaderLocation::FirstRow,
            }),
            csv_headers: headers.clone(),
            csv_delimiter: config.delimiter.map(delimiter),
            items_pointer: config.pointer.clone(),
            max_items,
            max_items_path,
        }
    }

    fn item_batcher(&mut self, batcher: &ItemBatcher, processor: usize) -> asl::ItemBatcher {
        let (max_items_per_batch, max_items_per_batch_path) = self.amount(batcher.max_items.as_ref());
        let (max_input_bytes_per_batch, max_input_bytes_per_batch_path) =
            self.amount(batcher.max_bytes.as_ref());
        asl::ItemBatcher {
            batch_input: self.batch_input(batcher.input.as_ref(), processor),
            max_items_per_batch,
            max_items_per_batch_path,
            max_input_bytes_per_batch,
            max_input_bytes_per_batch_path,
        }
    }

    fn result_writer(&mut self, writer: &ResultWriter) -> asl::ResultWriter {
        let request = self.object([("Bucket", &writer.bucket), ("Prefix", &writer.prefix)]);
        let (parameters, arguments) = self.of_language(request);
        let config = asl::WriterConfig {
            transformation: writer.transformation.map(transformation),
            output_type: writer.output.map(output_type),
        };
        asl::ResultWriter {
            resource: Some("arn:aws:states:::s3:putObject".to_owned()),
            parameters,
            arguments,
            writer_config: Some(config).filter(|config| *config != asl::WriterConfig::default()),
        }
    }

    /// A request as `Parameters` (JSONPath) or `Arguments` (JSONata).
    fn of_language(&self, request: Value) -> (Option<Value>, Option<Value>) {
        if self.is_json_path() { (Some(request), None) } else { (None, Some(request)) }
    }
}

fn input_type(format: FileFormat) -> asl::InputType {
    match format {
        FileFormat::Csv => asl::InputType::Csv,
        FileFormat::Json => asl::InputType::Json,
        FileFormat::Jsonl => asl::InputType::Jsonl,
        FileFormat::Parquet => asl::InputType::Parquet,
    }
}

fn delimiter(delimiter: Delimiter) -> asl::CsvDelimiter {
    match delimiter {
        Delimiter::Comma => asl::CsvDelimiter::Comma,
        Delimiter::Pipe => asl::CsvDelimiter::Pipe,
        Delimiter::Semicolon => asl::CsvDelimiter::Semicolon,
        Delimiter::Space => asl::CsvDelimiter::Space,
        Delimiter::Tab => asl::CsvDelimiter::Tab,
    }
}

fn transformation(transformation: Transformation) -> asl::WriterTransformation {
    match transformation {
        Transformation::Described => asl::WriterTransformation::None,
        Transformation::Compact => asl::WriterTransformation::Compact,
        Transformation::Flatten => asl::WriterTransformation::Flatten,
    }
}

fn output_type(output: OutputType) -> asl::OutputType {
    match output {
        OutputType::Json => asl::OutputType::Json,
        OutputType::JsonLines => asl::OutputType::Jsonl,
    }
}
