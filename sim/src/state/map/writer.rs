//! `ResultWriter`: what becomes of the results of a Map Run.

use serde_json::{Value, json};
use stepwright_codegen::asl::{OutputType, ResultWriter, WriterTransformation};

use crate::data::{Failure, text};
use crate::fault::Fault;
use crate::history::Payload;
use crate::interpreter::Interpreter;
use crate::interpreter::frame::{FrameId, MapRun};
use crate::interpreter::run::Run;
use crate::timestamp;

/// A child execution that has ended, as `DescribeExecution` shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    is_success: bool,
    description: Value,
}

/// Where the results go.
struct Destination {
    bucket: String,
    folder: String,
    extension: &'static str,
}

impl Interpreter<'_, '_> {
    /// Notes how a child execution ended.
    pub(crate) fn describe(&self, run: &Run, outcome: &Result<Payload, Fault>) -> Record {
        let execution = &run.context()["Execution"];
        let mut description = json!({
            "ExecutionArn": execution["Id"],
            "Input": text::json(&execution["Input"]),
            "InputDetails": { "Included": true },
            "Name": execution["Name"],
        });
        match outcome {
            Ok(output) => {
                description["Output"] = text::json(output).into();
                description["OutputDetails"] = json!({ "Included": true });
            }
            Err(fault) => {
                let problem = fault.problem();
                description["Error"] = problem.error.as_deref().into();
                description["Cause"] = problem.cause.as_deref().into();
            }
        }
        description["RedriveCount"] = 0.into();
        description["StartDate"] = execution["StartTime"].clone();
        description["StateMachineArn"] = self.settings.identity.state_machine_arn.as_str().into();
        description["Status"] = if outcome.is_ok() { "SUCCEEDED" } else { "FAILED" }.into();
        let now = timestamp::after(self.settings.started, self.clock.now());
        description["StopDate"] = timestamp::format(now).into();
        Record { is_success: outcome.is_ok(), description }
    }

    /// The result of the Map: the outputs as `WriterConfig` wants them, or where in Amazon S3 they have been put.
    pub(crate) fn write_results(
        &mut self,
        id: FrameId,
        writer: &ResultWriter,
        map_run: &MapRun,
        records: &[Record],
        outputs: Vec<Value>,
    ) -> Result<Value, Failure> {
        let config = writer.writer_config.clone().unwrap_or_default();
        let Some(destination) = self.destination(id, writer, map_run, config.output_type)? else {
            let transformation = config.transformation.unwrap_or(WriterTransformation::Compact);
            return Ok(Value::Array(transformed(transformation, records, outputs)));
        };
        let transformation = config.transformation.unwrap_or(WriterTransformation::None);
        // What failed is always described in full.
        let failed = records.iter().filter(|record| !record.is_success);
        let failed: Vec<Value> = failed.map(|record| record.description.clone()).collect();
        let succeeded = transformed(transformation, records, outputs);
        let files = json!({
            "FAILED": self.export(&destination, "FAILED", config.output_type, &failed),
            "PENDING": [],
            "SUCCEEDED": self.export(&destination, "SUCCEEDED", config.output_type, &succeeded),
        });
        let manifest = json!({ "DestinationBucket": destination.bucket, "MapRunArn": &*map_run.arn, "ResultFiles": files });
        let key = format!("{}/manifest.json", destination.folder);
        self.settings.objects.put(&*destination.bucket, &*key, text::json(&manifest));
        Ok(json!({
            "MapRunArn": &*map_run.arn,
            "ResultWriterDetails": { "Bucket": destination.bucket, "Key": key },
        }))
    }

    /// The bucket and folder, if the results are exported.
    fn destination(
        &mut self,
        id: FrameId,
        writer: &ResultWriter,
        map_run: &MapRun,
        output_type: Option<OutputType>,
    ) -> Result<Option<Destination>, Failure> {
        let input = self.effective_input(id)?;
        let arguments = match (&writer.parameters, &writer.arguments) {
            (Some(parameters), _) => self.payload(id, parameters, &input, "ResultWriter/Parameters")?,
            (None, Some(arguments)) => self.payload(id, arguments, &input, "ResultWriter/Arguments")?,
            (None, None) => return Ok(None),
        };
        let run = map_run.arn.rsplit(':').next().unwrap_or_default();
        let prefix = arguments["Prefix"].as_str().unwrap_or_default().trim_end_matches('/');
        Ok(Some(Destination {
            bucket: arguments["Bucket"].as_str().unwrap_or_default().to_owned(),
            folder: if prefix.is_empty() { run.to_owned() } else { format!("{prefix}/{run}") },
            extension: match output_type {
                Some(OutputType::Jsonl) => "jsonl",
                Some(OutputType::Json) | None => "json",
            },
        }))
    }

    /// Writes a file of results, if there are any; gives its entry in the manifest.
    fn export(
        &mut self,
        destination: &Destination,
        status: &str,
        output_type: Option<OutputType>,
        results: &[Value],
    ) -> Vec<Value> {
        if results.is_empty() {
            return Vec::new();
        }
        let lines: Vec<_> = results.iter().map(text::json).collect();
        let body = match output_type {
            Some(OutputType::Jsonl) => lines.join("\n"),
            Some(OutputType::Json) | None => format!("[{}]", lines.join(",")),
        };
        let key = format!("{}/{status}_0.{}", destination.folder, destination.extension);
        let entry = json!({ "Key": key, "Size": body.len() });
        self.settings.objects.put(&*destination.bucket, key, body);
        vec![entry]
    }
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
