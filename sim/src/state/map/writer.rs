//! `ResultWriter`: what becomes of the results of a Map Run.

use serde_json::{Value, json};
use stepwright_codegen::asl::{OutputType, ResultWriter, StateKind, WriterTransformation};

use crate::data::text;
use crate::fault::Fault;
use crate::interpreter::Interpreter;
use crate::interpreter::frame::{Children, FrameId, MapRun};
use crate::state::map::record::pending;

pub(crate) use crate::state::map::record::Record;

/// Where the results go.
struct Destination {
    bucket: String,
    folder: String,
    output_type: OutputType,
}

impl Interpreter<'_, '_> {
    /// The result of the Map: the outputs as `WriterConfig` wants them, or where in Amazon S3 they have been put.
    pub(crate) fn write_results(
        &mut self,
        id: FrameId,
        writer: &ResultWriter,
        map_run: &MapRun,
        records: &[Record],
        outputs: Vec<Value>,
    ) -> Result<Value, Fault> {
        let config = writer.writer_config.clone().unwrap_or_default();
        let Some(destination) = self.destination(id, writer, map_run, config.output_type)? else {
            let transformation = config.transformation.unwrap_or(WriterTransformation::Compact);
            return Ok(Value::Array(transformed(transformation, records, outputs)));
        };
        let transformation = config.transformation.unwrap_or(WriterTransformation::None);
        let succeeded = transformed(transformation, records, outputs);
        let key = self.export_all(&destination, map_run, &succeeded, &unsuccessful(records), &[]);
        Ok(json!({
            "MapRunArn": &*map_run.arn,
            "ResultWriterDetails": { "Bucket": destination.bucket, "Key": key },
        }))
    }

    /// Exports what there is when a Map Run fails: also what was under way, and what had not been started.
    ///
    /// To be called before the children are discarded. Where the destination cannot be evaluated, the reason for which
    /// the run failed counts, and nothing is written.
    pub(crate) fn export_failed_run(&mut self, id: FrameId, children: &Children, map_run: &MapRun) {
        let StateKind::Map(map) = &self.state(id).kind else { return };
        let Some(writer) = &map.result_writer else { return };
        let config = writer.writer_config.clone().unwrap_or_default();
        let Ok(Some(destination)) = self.destination(id, writer, map_run, config.output_type) else {
            return;
        };
        let outputs = children.results.iter().flatten().map(|output| (**output).clone()).collect();
        let transformation = config.transformation.unwrap_or(WriterTransformation::None);
        let succeeded = transformed(transformation, &children.records, outputs);
        let mut failed = unsuccessful(&children.records);
        let running = children.running.values().map(|frame| &self.runs[self.frames[*frame].run]);
        failed.extend(running.map(|run| self.aborted(run).description));
        let waiting = children.items.iter().skip(children.next);
        let pending: Vec<Value> = waiting.map(|item| pending(item)).collect();
        self.export_all(&destination, map_run, &succeeded, &failed, &pending);
    }

    /// Writes the files of results and their manifest; gives the key of the manifest.
    fn export_all(
        &mut self,
        destination: &Destination,
        map_run: &MapRun,
        succeeded: &[Value],
        failed: &[Value],
        pending: &[Value],
    ) -> String {
        let files = json!({
            "FAILED": self.export(destination, "FAILED", failed),
            "PENDING": self.export(destination, "PENDING", pending),
            "SUCCEEDED": self.export(destination, "SUCCEEDED", succeeded),
        });
        let manifest = json!({
            "DestinationBucket": destination.bucket,
            "MapRunArn": &*map_run.arn,
            "ResultFiles": files,
        });
        let key = format!("{}/manifest.json", destination.folder);
        self.settings.objects.put(&*destination.bucket, &*key, text::json(&manifest));
        key
    }

    /// The bucket and folder, if the results are exported.
    fn destination(
        &mut self,
        id: FrameId,
        writer: &ResultWriter,
        map_run: &MapRun,
        output_type: Option<OutputType>,
    ) -> Result<Option<Destination>, Fault> {
        let input = self.effective_input(id)?;
        let arguments = match (&writer.parameters, &writer.arguments) {
            (Some(parameters), _) => self.payload(id, parameters, &input, "ResultWriter/Parameters")?,
            (None, Some(arguments)) => self.payload(id, arguments, &input, "ResultWriter/Arguments")?,
            (None, None) => return Ok(None),
        };
        let member = |name: &str| match &arguments[name] {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text.as_str())),
            other => {
                let cause = format!("`{name}` of the ResultWriter has to be a string, but is {other}");
                Err(Fault::result_writer(cause))
            }
        };
        let bucket = member("Bucket")?.filter(|bucket| !bucket.is_empty());
        let bucket = bucket.ok_or_else(|| Fault::result_writer("the ResultWriter names no `Bucket`"))?;
        let prefix = member("Prefix")?.unwrap_or_default().trim_end_matches('/');
        let run = map_run.arn.rsplit(':').next().unwrap_or_default();
        Ok(Some(Destination {
            bucket: bucket.to_owned(),
            folder: if prefix.is_empty() { run.to_owned() } else { format!("{prefix}/{run}") },
            output_type: output_type.unwrap_or(OutputType::Json),
        }))
    }

    /// Writes a file of results, if there are any; gives its entry in the manifest.
    ///
    /// One file is enough: the service begins another one after 5 GB.
    fn export(&mut self, destination: &Destination, status: &str, results: &[Value]) -> Vec<Value> {
        if results.is_empty() {
            return Vec::new();
        }
        let lines: Vec<_> = results.iter().map(text::json).collect();
        let (body, extension) = match destination.output_type {
            OutputType::Jsonl => (lines.join("\n"), "jsonl"),
            OutputType::Json => (format!("[{}]", lines.join(",")), "json"),
        };
        let key = format!("{}/{status}_0.{extension}", destination.folder);
        let entry = json!({ "Key": key, "Size": body.len() });
        self.settings.objects.put(&*destination.bucket, key, body);
        vec![entry]
    }
}

/// What did not succeed, which is always described in full.
fn unsuccessful(records: &[Record]) -> Vec<Value> {
    let failed = records.iter().filter(|record| !record.is_success);
    failed.map(|record| record.description.clone()).collect()
}

/// The results of what succeeded.
fn transformed(transformation: WriterTransformation, records: &[Record], outputs: Vec<Value>) -> Vec<Value> {
    match transformation {
        WriterTransformation::None => {
            let succeeded = records.iter().filter(|record| record.is_success);
            succeeded.map(|record| record.description.clone()).collect()
        }
        WriterTransformation::Compact => outputs,
        WriterTransformation::Flatten => {
            let flat = outputs.into_iter().flat_map(|output| match output {
                Value::Array(items) => items,
                output => vec![output],
            });
            flat.collect()
        }
    }
}
