//! What random workflows work on: types, tasks, errors, retry policies.

use stepwright::prelude::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) number: i64,
    pub(super) fraction: f64,
    pub(super) flag: bool,
    pub(super) delay: u32,
    pub(super) maybe: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) omitted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) maybe_list: Option<Vec<String>>,
    pub(super) maybe_inner: Option<Inner>,
    pub(super) list: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    #[serde(rename = "in ner's")]
    pub(super) inner: Inner,
    pub(super) inners: Vec<Inner>,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Inner {
    pub(super) text: String,
    pub(super) number: i64,
}

/// What an iteration or a branch is given.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Pair {
    pub(super) left: String,
    pub(super) right: String,
    pub(super) count: i64,
}

errors! {
    pub(super) Declined;
    pub(super) Busy;
}

#[task(lambda = "${Begin}")]
pub(super) fn begin(text: String) -> Record;

#[task(lambda = "${Work}", errors = [Declined, Busy])]
pub(super) fn work(text: String) -> String;

#[task(lambda = "${Count}", errors = [Busy], timeout = "20s")]
pub(super) fn count(number: i64) -> i64;

#[task(activity = "${Examine}", errors = [Declined])]
pub(super) fn examine(#[input] record: Record) -> Record;

#[task(lambda = "${Report}", errors = [Declined, Busy])]
pub(super) fn report(
    text: String,
    numbers: Vec<i64>,
    fraction: f64,
    flag: bool,
    lists: Vec<Vec<String>>,
    record: Record,
    maybe: Option<String>,
) -> Record;

#[task(lambda_invoke = "invoke", errors = [Busy])]
pub(super) fn invoke(text: String, list: Vec<String>) -> Record;

#[task(lambda = "${Ask}")]
pub(super) fn ask() -> bool;

const ONCE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[Busy]).max_attempts(1)]);
const ALWAYS: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(2).max_attempts(2).backoff_rate(1.5)]);
const SEVERAL: RetryPolicy = RetryPolicy::new(&[
    Retrier::never(&[Declined]),
    Retrier::on(&[Busy, States::TIMEOUT]).max_attempts(4).max_delay_seconds(3),
    Retrier::on(&[States::TASK_FAILED]).max_attempts(1),
]);

pub(super) const POLICIES: [RetryPolicy; 5] = [RetryPolicy::NONE, RetryPolicy::NONE, ONCE, ALWAYS, SEVERAL];

/// What Catchers are for; the last one for all that is left.
pub(super) const CAUGHT: [&[ErrorName]; 5] =
    [&[Declined], &[Busy, Declined], &[States::TIMEOUT], &[States::TASK_FAILED], &[States::ALL]];

/// Texts that a printer could get wrong, and some that conditions are about.
pub(super) const TEXTS: [&str; 12] = [
    "yes",
    "no",
    "",
    "it's",
    "say \"hi\"",
    "a\\b",
    "{} {0}",
    "$.text",
    "{% 1 %}",
    "grüße 🦀",
    "two\nlines",
    "null",
];
