//! Replays exported histories on definitions that are the same, and on changed ones.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Value, json};
use stepwright_sim::replay::{ExportedHistory, Recording, replay_history};

/// Recordings in which a text that the service wrote was replaced by a placeholder, which no export would do.
const REPLACED: &[&str] = &[
    "apigetway-invoke-with-headers-singlestringheader",
    "assign-reference-variables-reference-assign-base-reference-in-wait",
    "base-scenarios-invalid-jsonpath-invalid-jsonpath-in-string-expr-jsonpath",
    "base-scenarios-wait-timestamp-jsonata-invalid-iso",
    "base-scenarios-wait-timestamp-jsonata-seconds",
    "base-scenarios-wait-timestamp-path-invalid-date",
    "base-scenarios-wait-timestamp-path-invalid-time",
    "base-scenarios-wait-timestamp-path-nanoseconds",
    "base-scenarios-wait-timestamp-path-no-t",
    "base-scenarios-wait-timestamp-path-seconds",
    "math-operations-math-random-seeded",
];

/// Every recorded execution whose events have their order takes the same way on its own definition.
#[test]
fn recorded_executions_take_the_same_way_again() {
    check_folder("executions", REPLACED, 600);
}

/// Objects in Amazon S3 are not in a history, so these are compared up to the Map that reads them.
#[test]
fn recorded_executions_with_objects_take_the_same_way_as_far_as_that_is_known() {
    check_folder("needs-s3", &[], 6);
}

/// Replays all recordings of a folder, with so many states at least.
///
/// The recordings lie beside the repository; where they are not there, nothing is compared, except on CI.
#[track_caller]
#[expect(clippy::print_stdout, reason = "how many histories ran is to be seen in the log")]
fn check_folder(name: &str, known: &[&str], least_states: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/aws-recordings").join(name);
    let Ok(entries) = fs::read_dir(&folder) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing, which CI needs", folder.display());
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder is readable").path()).collect();
    paths.sort();
    let (mut same, mut states, mut unordered, mut replaced, mut problems) = (0, 0, 0, 0, Vec::new());
    for path in &paths {
        let text = fs::read_to_string(path).expect("the file is readable");
        let recording = Recording::read(&text).expect("it is a recording");
        if recording.history.iter().any(|event| event["id"].is_array()) {
            // The links between its events were thrown away.
            unordered += 1;
            continue;
        }
        let history = ExportedHistory::read(&export(&recording).to_string());
        let history = history.unwrap_or_else(|error| panic!("{}: {error}", recording.id));
        let rerun = replay_history(&history, &recording.machine);
        let rerun = rerun.unwrap_or_else(|error| panic!("{}: {error}", recording.id));
        match rerun.deviations.first() {
            Some(_) if known.contains(&recording.id.as_str()) => replaced += 1,
            Some(deviation) => problems.push(format!("{}: {deviation}", recording.id)),
            None => same += 1,
        }
        states += rerun.same;
    }
    println!(
        "{name}: {same} of {} histories, with {states} states, take the same way; {unordered} have lost the order of their \
         events, {replaced} a text",
        paths.len()
    );
    assert!(problems.is_empty(), "{} take another way:\n{}", problems.len(), problems.join("\n"));
    assert_eq!(replaced, known.len(), "one of them agrees; take it off the list");
    assert_eq!(same + unordered + replaced, paths.len());
    assert!(states >= least_states, "{states}");
}

/// A recording as the API would export it: payloads are text, and events have times.
fn export(recording: &Recording) -> Value {
    let mut events = recording.history.clone();
    // What a function that is called by its ARN fails with is handed on as it wrote it, with spaces.
    let is_spaced = events.iter().any(|event| event["type"] == "LambdaFunctionFailed");
    let as_text = if is_spaced { as_spaced_text } else { as_text };
    let started = recording.started.map_or(1_767_225_600, |started| started / 1_000);
    let started = u32::try_from(started).expect("it is in this century");
    for (event, index) in events.iter_mut().zip(0_u32..) {
        // Newer command lines write texts, older ones numbers.
        event["timestamp"] = json!(f64::from(started) + f64::from(index) / 100.0);
        let members = event.as_object_mut().expect("an event is an object");
        for details in members.values_mut().filter_map(Value::as_object_mut) {
            for (name, value) in details {
                if ["input", "output", "parameters", "cause"].contains(&name.as_str()) {
                    *value = as_text(value);
                }
                if let ("assignedVariables", Some(variables)) = (name.as_str(), value.as_object_mut()) {
                    variables.values_mut().for_each(|value| *value = as_text(value));
                }
            }
        }
    }
    json!({ "events": events })
}

fn as_text(value: &Value) -> Value {
    if value.is_string() { value.clone() } else { value.to_string().into() }
}

fn as_spaced_text(value: &Value) -> Value {
    if value.is_string() {
        return value.clone();
    }
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Spaced)).expect("it is written to memory");
    String::from_utf8(text).expect("JSON is UTF-8").into()
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        writer.write_all(if is_first { b"" } else { b", " })
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        writer.write_all(if is_first { b"" } else { b", " })
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}
