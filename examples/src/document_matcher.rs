//! Pictures of documents that arrive in a bucket: a function decides whether one is what is looked for, and the machine goes one of two
//! ways.
//!
//! What to look at:
//!
//! * **An answer that is an enum.** What the function returns and what the Choice compares is one type, [`Decision`]. The original returns
//!   `NoMatch`, while its text and a reader's Choice say `No match`: here no such text is written twice.
//! * **[`choose!`]** is a `match`: a variant that is forgotten or misspelt does not compile (below).
//! * **Extension points.** [`document_matcher`] ends in two stubs, which only show the way that was taken. [`document_review`] is the same
//!   machine grown up: the answer has numbers in its variants, there is a third way, and on it a person is asked.
//!
//! The function itself is in [`decider`], over the same types.
//!
//! # What does not compile
//!
//! A space in the name of an answer, as in the original's text, has no equivalent; a slip in its case is found:
//!
//! ```compile_fail
//! # use stepwright_examples::document_matcher::*;
//! const ANSWER: Decision = Decision::Nomatch;
//! ```
//!
//! A new answer that nobody handles:
//!
//! ```compile_fail
//! # use stepwright::prelude::*;
//! # use stepwright_examples::document_matcher::*;
//! fn half(s: &mut Scope, decision: Ref<Decision>) {
//!     choose!(s, "WhichPath", decision, {
//!         Decision::Match => |s| s.pass_through("MatchFound"),
//!     });
//! }
//! ```
//!
//! And this does:
//!
//! ```
//! # use stepwright::prelude::*;
//! # use stepwright_examples::document_matcher::*;
//! const ANSWER: Decision = Decision::NoMatch;
//! fn whole(s: &mut Scope, decision: Ref<Decision>) {
//!     choose!(s, "WhichPath", decision, {
//!         Decision::Match => |s| s.pass_through("MatchFound"),
//!         Decision::NoMatch => |s| s.pass_through("NoMatchFound"),
//!     });
//! }
//! ```

pub mod decider;

use stepwright::prelude::*;

/// The event that an upload is told by.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Upload {
    /// What was uploaded.
    pub detail: UploadDetail,
}

/// What was uploaded.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct UploadDetail {
    /// The bucket.
    pub bucket: Bucket,
    /// The picture in it.
    pub object: Object,
}

/// A bucket.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Bucket {
    /// Its name.
    pub name: String,
}

/// An object in a bucket.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Object {
    /// Its key.
    pub key: String,
}

/// Whether a picture shows what is looked for.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Decision {
    /// It does.
    Match,
    /// It does not.
    NoMatch,
}

/// The same, with how sure that is: a percentage.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "decision")]
pub enum Finding {
    /// It does.
    Match {
        /// What was found.
        label: String,
        /// How sure that is.
        confidence: f64,
    },
    /// It does not.
    NoMatch,
}

/// A decision, and whose it is.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judgement {
    /// The decision.
    pub decision: Decision,
    /// Who says so.
    pub by: String,
}

/// Looks at labels and words in a picture.
#[task(lambda = "${DeciderArn}")]
pub fn decide(bucket: String, key: String) -> Decision;

/// The same, and says how sure it is.
#[task(lambda = "${FinderArn}")]
pub fn find(bucket: String, key: String) -> Finding;

/// Shows a picture to a person, whose answer comes back with the token.
#[task(lambda_invoke = "${AskArn}", timeout = "3d")]
pub fn ask_person(#[token] token: String, key: String, label: String, confidence: f64) -> Judgement;

/// Lambda's own faults are worth another try.
const HOUSE: Conventions = Conventions::new().retry_lambdas(RetryPolicy::LAMBDA);

/// Decides whether an uploaded picture is what is looked for.
#[workflow(name = "MatcherStateMachine", conventions = HOUSE)]
pub fn document_matcher(s: &mut Scope, upload: Ref<Upload>) {
    let picture = upload.detail;
    let decision = s.task(decide(picture.bucket.name, picture.object.key).named("Decider"));
    choose!(s, "MatchOrNot", decision, {
        Decision::Match => |s| s.pass_through("MatchFound"),
        Decision::NoMatch => |s| s.pass_through("NoMatchFound"),
    });
}

/// From here on nobody has to look at the picture.
const SURE: f64 = 90.0;

/// Decides whether an uploaded picture is what is looked for; where the function is in doubt, a person decides.
#[workflow(conventions = HOUSE)]
pub fn document_review(s: &mut Scope, upload: Ref<Upload>) -> Ref<Judgement> {
    let (bucket, key) = (upload.detail.bucket.name, upload.detail.object.key);
    let judged = |decision: Decision, by: &'static str| data!(Judgement { decision, by });

    let finding = s.task(find(bucket, key).named("Finder"));
    choose!(s, "WhatWasFound", finding, {
        Finding::NoMatch => |_| judged(Decision::NoMatch, "Finder"),
        Finding::Match { label, confidence } => |s| {
            s.choice("HowSure")
                .when(cond!(confidence >= SURE), |_| judged(Decision::Match, "Finder"))
                .otherwise(|s| {
                    let ask = ask_person(key, label, confidence);
                    s.task(ask.catch(States::TIMEOUT, |_, _| judged(Decision::NoMatch, "nobody")))
                })
        },
    })
}
