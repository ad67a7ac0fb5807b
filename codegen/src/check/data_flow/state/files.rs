//! What a Distributed Map reads from files, batches and writes to files.

use serde_json::Value;

use crate::asl::{CsvHeaderLocation, InputType, ItemBatcher, ItemReader, ReaderConfig, ResultWriter};
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::Shape;
use crate::check::data_flow::view::View;
use crate::check::data_flow::wants::Wants;

/// The items of an `ItemReader`; the empty set if they cannot be asked for.
pub(super) fn items(
    view: &View<'_, '_, '_>,
    reader: &ItemReader,
    effective: &Shape,
    states: &Shape,
) -> Shape {
    let field = At::field("ItemReader");
    let (parameters, arguments) = (reader.parameters.as_ref(), reader.arguments.as_ref());
    let request = request(view, &field, parameters, arguments, effective, states);
    let Some(config) = &reader.reader_config else {
        return if request { Shape::ARRAY } else { Shape::NEVER };
    };
    let at = field.member("ReaderConfig");
    view.expect_given(&at.member("MaxItems"), config.max_items.as_ref(), states, Wants::Count);
    view.expect_path(&at.member("MaxItemsPath"), config.max_items_path.as_deref(), effective, Wants::Count);
    if request { Shape::list(item(config)) } else { Shape::NEVER }
}

/// Rows of a file with given headers have these, and no others.
fn item(config: &ReaderConfig) -> Shape {
    let has_headers = config.input_type == Some(InputType::Csv)
        && config.csv_header_location == Some(CsvHeaderLocation::Given)
        && config.manifest_type.is_none();
    match &config.csv_headers {
        Some(headers) if has_headers => {
            Shape::object(headers.iter().map(|header| (header.as_str(), Shape::TEXT)))
        }
        _ => Shape::PRESENT,
    }
}

/// The input of a child execution that works on several items.
pub(super) fn batch(
    view: &View<'_, '_, '_>,
    batcher: &ItemBatcher,
    item: Shape,
    effective: &Shape,
    states: &Shape,
) -> Shape {
    let field = At::field("ItemBatcher");
    for (name, limit) in [
        ("MaxItemsPerBatch", &batcher.max_items_per_batch),
        ("MaxInputBytesPerBatch", &batcher.max_input_bytes_per_batch),
    ] {
        view.expect_given(&field.member(name), limit.as_ref(), states, Wants::Count);
    }
    for (name, path) in [
        ("MaxItemsPerBatchPath", &batcher.max_items_per_batch_path),
        ("MaxInputBytesPerBatchPath", &batcher.max_input_bytes_per_batch_path),
    ] {
        view.expect_path(&field.member(name), path.as_deref(), effective, Wants::Count);
    }
    let mut members = vec![("Items", Shape::list(item))];
    if let Some(batch_input) = &batcher.batch_input {
        let at = field.member("BatchInput");
        let given = if view.is_jsonata() {
            view.value(batch_input, states, &at)
        } else {
            view.template(batch_input, effective, &at)
        };
        members.push(("BatchInput", given));
    }
    Shape::object(members)
}

/// Where a `ResultWriter` writes to.
pub(super) fn write(view: &View<'_, '_, '_>, writer: &ResultWriter, effective: &Shape, states: &Shape) {
    let (parameters, arguments) = (writer.parameters.as_ref(), writer.arguments.as_ref());
    request(view, &At::field("ResultWriter"), parameters, arguments, effective, states);
}

/// Evaluates what a service is asked, and whether that can be made.
fn request(
    view: &View<'_, '_, '_>,
    field: &At<'_>,
    parameters: Option<&Value>,
    arguments: Option<&Value>,
    effective: &Shape,
    states: &Shape,
) -> bool {
    let made = match (parameters, arguments) {
        (_, Some(arguments)) if view.is_jsonata() => {
            view.value(arguments, states, &field.member("Arguments"))
        }
        (Some(parameters), _) if !view.is_jsonata() && !effective.is_never() => {
            view.template(parameters, effective, &field.member("Parameters"))
        }
        _ => return true,
    };
    !made.is_never()
}
