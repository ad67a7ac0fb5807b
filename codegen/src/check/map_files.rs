//! The requests to Amazon S3 with which a Distributed Map reads items and writes results, for the rules on parameters.
//!
//! Developer guide: "`ItemReader`", "`ResultWriter`".

use serde_json::Value;

use crate::api::{Call, Mismatch, Operation, Problem};
use crate::asl::{Map, QueryLanguage, StateKind, nearest};
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::check::parameters::{Misfit, mismatches};
use crate::check::resource::ServiceCall;

/// A field of a Map that calls Amazon S3.
pub(super) struct Request<'m> {
    /// `ItemReader` or `ResultWriter`.
    pub(super) field: &'static str,
    pub(super) resource: &'m str,
    /// The actions that it can call.
    pub(super) actions: &'static [&'static str],
    parameters: Option<&'m Value>,
    arguments: Option<&'m Value>,
}

impl<'m> Request<'m> {
    /// The name of what it calls, if it can call that: `getObject`.
    pub(super) fn action(&self) -> Option<&'m str> {
        let call = ServiceCall::of(self.resource)?;
        let is_known = call.service == "s3" && call.suffix.is_empty() && self.actions.contains(&call.action);
        is_known.then_some(call.action)
    }

    /// Whether it calls what it cannot, as far as that is known before the definition is deployed.
    pub(super) fn is_misdirected(&self) -> bool {
        match ServiceCall::of(self.resource) {
            Some(_) => self.action().is_none(),
            None => !is_substituted(self.resource),
        }
    }

    /// What is given, with the name of the field.
    fn given(&self, language: QueryLanguage) -> Option<(&'static str, &'m Value)> {
        match language {
            QueryLanguage::Jsonata => self.arguments.map(|given| ("Arguments", given)),
            QueryLanguage::JsonPath => self.parameters.map(|given| ("Parameters", given)),
        }
    }
}

/// The requests of a Map.
pub(super) fn requests(map: &Map) -> impl Iterator<Item = Request<'_>> {
    let reader = map.item_reader.iter().map(|reader| Request {
        field: "ItemReader",
        resource: &reader.resource,
        actions: &["getObject", "listObjectsV2"],
        parameters: reader.parameters.as_ref(),
        arguments: reader.arguments.as_ref(),
    });
    let writers = map.result_writer.iter().filter_map(|writer| Some((writer, writer.resource.as_ref()?)));
    let writer = writers.map(|(writer, resource)| Request {
        field: "ResultWriter",
        resource,
        actions: &["putObject"],
        parameters: writer.parameters.as_ref(),
        arguments: writer.arguments.as_ref(),
    });
    reader.chain(writer)
}

/// The Map states, with what they ask of Amazon S3.
pub(super) fn all<'i, 'm>(index: &'i Index<'m>) -> impl Iterator<Item = (&'i StateEntry<'m>, Request<'m>)> {
    index.states.iter().flat_map(|entry| {
        let StateKind::Map(map) = &entry.state.kind else { return Vec::new() };
        requests(map).map(|request| (entry, request)).collect()
    })
}

/// The mistakes in the parameters.
pub(super) fn misfits(index: &Index<'_>) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    for (entry, request) in all(index) {
        let (Some(action), Some((name, given))) = (request.action(), request.given(entry.language)) else {
            continue;
        };
        // An optimised integration has no such action, but the AWS SDK has.
        let Some(call) = Call::of(&format!("arn:aws:states:::aws-sdk:s3:{action}")) else { continue };
        let found = match action {
            "putObject" => of_writer(call.operation, given),
            _ => mismatches(call.operation, given).collect(),
        };
        misfits.extend(found.into_iter().map(|mismatch| Misfit {
            state: entry.number,
            action: format!("s3:{action}"),
            parameters: entry.at(format_args!("/{}/{name}", request.field)),
            mismatch,
        }));
    }
    misfits
}

/// A `ResultWriter` takes `Prefix` where the operation takes `Key`, as it writes several files.
fn of_writer(operation: &'static Operation, given: &Value) -> Vec<Mismatch> {
    let is_of_writer = |mismatch: &Mismatch| match &mismatch.problem {
        Problem::MissingMember(name) => *name != "Key",
        Problem::UnknownMember { name, .. } => name.trim_end_matches(".$") != PREFIX,
        Problem::WrongType { .. }
        | Problem::UnknownValue { .. }
        | Problem::TooSmall(_)
        | Problem::TooLarge(_)
        | Problem::TooShort(_)
        | Problem::TooLong(_) => true,
    };
    let found = mismatches(operation, given).filter(is_of_writer);
    found.map(suggesting_prefix).collect()
}

const PREFIX: &str = "Prefix";

fn suggesting_prefix(mut mismatch: Mismatch) -> Mismatch {
    if let Problem::UnknownMember { name, nearest: near } = &mut mismatch.problem {
        *near = nearest(name.trim_end_matches(".$"), [PREFIX, "Bucket"].into_iter());
    }
    mismatch
}
