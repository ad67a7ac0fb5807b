//! `SW0251`: what a Distributed Map reads, batches and writes is said, and fits together.
//!
//! A warning where only the documentation says so. Spec: "Batching Items"; developer guide: "`ItemReader`", "`ItemBatcher`",
//! "`ResultWriter`".

use indexmap::IndexSet;
use serde_json::Value;

use crate::asl::{
    CsvHeaderLocation, InputType, ItemBatcher, ItemReader, ManifestType, QueryLanguage, ReaderConfig,
    ReaderTransformation, ResultWriter, StateKind,
};
use crate::check::Report;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::check::resource::ServiceCall;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        let mut found = Vec::new();
        if let Some(reader) = &map.item_reader {
            found.extend(of_reader(entry, reader));
        }
        found.extend(map.item_batcher.as_ref().and_then(|batcher| of_batcher(entry, batcher)));
        found.extend(map.result_writer.as_ref().and_then(|writer| of_writer(entry, writer)));
        found.into_iter().for_each(|finding| report.add(entry.number, finding));
    }
}

fn warning(entry: &StateEntry<'_>, field: &str, message: impl Into<String>) -> Finding {
    Finding::warning(Code::MapSetup, entry.at(field), message)
}

fn of_reader(entry: &StateEntry<'_>, reader: &ItemReader) -> Vec<Finding> {
    let mut found = Vec::new();
    let name = parameters(entry);
    if request(entry, reader.parameters.as_ref(), reader.arguments.as_ref()).is_none() {
        let message = format!("`ItemReader` does not say where to read: it lacks `{name}`");
        found.push(warning(entry, "/ItemReader", message).on_key());
    }
    let action = ServiceCall::of(&reader.resource).map_or("", |call| call.action);
    found.extend(no_format(entry, action, reader.reader_config.as_ref()));
    if let Some(config) = &reader.reader_config {
        found.extend(of_config(entry, action, config));
        found.extend(of_headers(entry, config));
        let given = request(entry, reader.parameters.as_ref(), reader.arguments.as_ref());
        let has_version = ["VersionId", "VersionId.$"]
            .into_iter()
            .find(|key| given.is_some_and(|it| it.get(key).is_some()));
        if let Some(key) = has_version.filter(|_| config.input_type == Some(InputType::Parquet)) {
            let message = "a file in the format `PARQUET` is read without `VersionId`";
            found.push(warning(entry, &format!("/ItemReader/{name}/{key}"), message).on_key());
        }
    }
    found
}

/// Whether it is not said what the items look like.
fn no_format(entry: &StateEntry<'_>, action: &str, config: Option<&ReaderConfig>) -> Option<Finding> {
    let is_inventory = config.is_some_and(|it| it.manifest_type == Some(ManifestType::S3Inventory));
    let is_loaded = config.is_some_and(|it| it.transformation == Some(ReaderTransformation::LoadAndFlatten));
    let is_needed = action == "getObject" && !is_inventory || action == "listObjectsV2" && is_loaded;
    let is_given = config.is_some_and(|it| it.input_type.is_some());
    (is_needed && !is_given).then(|| {
        let what = if is_loaded { "the files" } else { "the file" };
        let field = if config.is_some() { "/ItemReader/ReaderConfig" } else { "/ItemReader" };
        warning(
            entry,
            field,
            format!(
                "`ItemReader` does not say in which format {what} {}",
                if is_loaded { "are" } else { "is" }
            ),
        )
        .on_key()
        .help("give `ReaderConfig` an `InputType`: `CSV`, `JSON`, `JSONL`, `PARQUET` or `MANIFEST`")
    })
}

fn of_config(entry: &StateEntry<'_>, action: &str, config: &ReaderConfig) -> Vec<Finding> {
    const AT: &str = "/ItemReader/ReaderConfig";
    let mut found = Vec::new();
    if config.manifest_type == Some(ManifestType::S3Inventory) && config.input_type.is_some() {
        let message = "an inventory of Amazon S3 has no `InputType`";
        found.push(warning(entry, &format!("{AT}/InputType"), message).on_key().help("leave it out"));
    }
    if config.transformation == Some(ReaderTransformation::LoadAndFlatten) && action == "getObject" {
        let message = "`LOAD_AND_FLATTEN` is for files that `s3:listObjectsV2` lists";
        found.push(warning(entry, &format!("{AT}/Transformation"), message));
    }
    let pointer = config.items_pointer.as_deref().filter(|pointer| !is_substituted(pointer));
    if let Some(pointer) = pointer.filter(|pointer| !pointer.is_empty() && !pointer.starts_with('/')) {
        let message = format!("`{pointer}` is no JSON pointer: it does not begin with `/`");
        found.push(
            warning(entry, &format!("{AT}/ItemsPointer"), message)
                .help(format!("write `/{}`", pointer.trim_start_matches("$.").replace('.', "/"))),
        );
    }
    found
}

fn of_headers(entry: &StateEntry<'_>, config: &ReaderConfig) -> Option<Finding> {
    const AT: &str = "/ItemReader/ReaderConfig";
    let location = config.csv_header_location;
    match (&config.csv_headers, location) {
        (None, Some(CsvHeaderLocation::Given)) => {
            let message = "the names of the columns are `GIVEN`, but there are no `CSVHeaders`";
            Some(warning(entry, &format!("{AT}/CSVHeaderLocation"), message))
        }
        (Some(_), Some(CsvHeaderLocation::FirstRow)) => {
            let message = "`CSVHeaders` are not used: the names of the columns are in the first row";
            let help = "write `\"CSVHeaderLocation\": \"GIVEN\"`, or leave `CSVHeaders` out";
            Some(warning(entry, &format!("{AT}/CSVHeaders"), message).on_key().help(help))
        }
        (Some(headers), _) => {
            let mut seen = IndexSet::new();
            let (at, twice) = headers.iter().enumerate().find(|(_, header)| !seen.insert(header.as_str()))?;
            // The Map then fails with `States.ItemReaderFailed`.
            let message = format!("two columns have the name `{twice}`");
            let pointer = entry.at(format_args!("{AT}/CSVHeaders/{at}"));
            Some(Finding::error(Code::MapSetup, pointer, message))
        }
        (None, _) => None,
    }
}

fn of_batcher(entry: &StateEntry<'_>, batcher: &ItemBatcher) -> Option<Finding> {
    let is_limited = batcher.max_items_per_batch.is_some()
        || batcher.max_items_per_batch_path.is_some()
        || batcher.max_input_bytes_per_batch.is_some()
        || batcher.max_input_bytes_per_batch_path.is_some();
    (!is_limited).then(|| {
        let message = "`ItemBatcher` does not say how large a batch is";
        Finding::error(Code::MapSetup, entry.at("/ItemBatcher"), message)
            .on_key()
            .help("give it `MaxItemsPerBatch` or `MaxInputBytesPerBatch`")
    })
}

fn of_writer(entry: &StateEntry<'_>, writer: &ResultWriter) -> Option<Finding> {
    let given = request(entry, writer.parameters.as_ref(), writer.arguments.as_ref());
    let name = parameters(entry);
    let message = match (&writer.resource, given, &writer.writer_config) {
        (None, None, None) => "`ResultWriter` is empty".to_owned(),
        (Some(_), None, _) => format!("`ResultWriter` does not say where to write: it lacks `{name}`"),
        (None, Some(_), _) => format!("`ResultWriter` has `{name}`, but no `Resource`"),
        (Some(_), Some(_), _) | (None, None, Some(_)) => return None,
    };
    Some(warning(entry, "/ResultWriter", message).on_key().help(format!(
        "write `\"Resource\": \"arn:aws:states:::s3:putObject\"`, and `{name}` with `Bucket` and `Prefix`"
    )))
}

/// What Amazon S3 is asked, in the language of the state.
fn request<'m>(
    entry: &StateEntry<'_>,
    parameters: Option<&'m Value>,
    arguments: Option<&'m Value>,
) -> Option<&'m Value> {
    match entry.language {
        QueryLanguage::Jsonata => arguments,
        QueryLanguage::JsonPath => parameters,
    }
}

/// What the request is called there.
fn parameters(entry: &StateEntry<'_>) -> &'static str {
    match entry.language {
        QueryLanguage::Jsonata => "Arguments",
        QueryLanguage::JsonPath => "Parameters",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_map(fields: &Value, expected: &[&str]) {
        let mut map = json!({ "Type": "Map", "End": true, "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
        } });
        for (name, value) in fields.as_object().into_iter().flatten() {
            map[name] = value.clone();
        }
        check_state(&map, expected);
    }

    fn file(config: &Value) -> Value {
        let file = json!({ "Bucket": "b", "Key.$": "$.key" });
        json!({ "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject", "Parameters": file, "ReaderConfig": config
        } })
    }

    #[test]
    fn what_is_read_has_a_place_and_a_format() {
        check_map(
            &json!({ "ItemReader": { "Resource": "arn:aws:states:::s3:getObject" } }),
            &[
                "warning[SW0251] /States/A/ItemReader: `ItemReader` does not say where to read: it lacks `Parameters`",
                "warning[SW0251] /States/A/ItemReader: `ItemReader` does not say in which format the file is",
            ],
        );
        check_map(&file(&json!({ "ManifestType": "S3_INVENTORY" })), &[]);
        check_map(
            &file(&json!({ "ManifestType": "S3_INVENTORY", "InputType": "CSV" })),
            &["warning[SW0251] /States/A/ItemReader/ReaderConfig/InputType: \
               an inventory of Amazon S3 has no `InputType`"],
        );
        let listing = |config: Value| {
            json!({ "ItemReader": {
                "Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": { "Bucket": "b" }, "ReaderConfig": config
            } })
        };
        check_map(&listing(json!({ "MaxItems": 10 })), &[]);
        check_map(
            &listing(json!({ "Transformation": "LOAD_AND_FLATTEN" })),
            &["warning[SW0251] /States/A/ItemReader/ReaderConfig: \
               `ItemReader` does not say in which format the files are"],
        );
    }

    #[test]
    fn the_format_goes_with_what_is_read() {
        check_map(
            &file(
                &json!({ "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN", "ItemsPointer": "$.a.b" }),
            ),
            &[
                "warning[SW0251] /States/A/ItemReader/ReaderConfig/Transformation: \
                 `LOAD_AND_FLATTEN` is for files that `s3:listObjectsV2` lists",
                "warning[SW0251] /States/A/ItemReader/ReaderConfig/ItemsPointer: \
                 `$.a.b` is no JSON pointer: it does not begin with `/`",
            ],
        );
        let mut parquet = file(&json!({ "InputType": "PARQUET" }));
        parquet["ItemReader"]["Parameters"]["VersionId"] = json!("1");
        check_map(
            &parquet,
            &["warning[SW0251] /States/A/ItemReader/Parameters/VersionId: \
               a file in the format `PARQUET` is read without `VersionId`"],
        );
    }

    #[test]
    fn columns_have_names_of_their_own() {
        let csv = |location: &str, headers: Value| {
            file(&json!({ "InputType": "CSV", "CSVHeaderLocation": location, "CSVHeaders": headers }))
        };
        check_map(&csv("GIVEN", json!(["id", "total"])), &[]);
        check_map(
            &csv("GIVEN", json!(["id", "total", "id"])),
            &["error[SW0251] /States/A/ItemReader/ReaderConfig/CSVHeaders/2: two columns have the name `id`"],
        );
        check_map(
            &csv("FIRST_ROW", json!(["id"])),
            &["warning[SW0251] /States/A/ItemReader/ReaderConfig/CSVHeaders: \
               `CSVHeaders` are not used: the names of the columns are in the first row"],
        );
        check_map(
            &file(&json!({ "InputType": "CSV", "CSVHeaderLocation": "GIVEN" })),
            &["warning[SW0251] /States/A/ItemReader/ReaderConfig/CSVHeaderLocation: \
               the names of the columns are `GIVEN`, but there are no `CSVHeaders`"],
        );
    }

    #[test]
    fn a_batch_has_a_size() {
        check_map(
            &json!({ "ItemBatcher": { "BatchInput": { "day": "today" } } }),
            &["error[SW0251] /States/A/ItemBatcher: `ItemBatcher` does not say how large a batch is"],
        );
        check_map(&json!({ "ItemBatcher": { "MaxItemsPerBatchPath": "$.size" } }), &[]);
    }

    #[test]
    fn results_are_written_to_a_place() {
        let resource = "arn:aws:states:::s3:putObject";
        check_map(
            &json!({ "ResultWriter": {} }),
            &["warning[SW0251] /States/A/ResultWriter: `ResultWriter` is empty"],
        );
        check_map(
            &json!({ "ResultWriter": { "Resource": resource } }),
            &["warning[SW0251] /States/A/ResultWriter: \
               `ResultWriter` does not say where to write: it lacks `Parameters`"],
        );
        check_map(&json!({ "ResultWriter": { "WriterConfig": { "Transformation": "FLATTEN" } } }), &[]);
    }
}
