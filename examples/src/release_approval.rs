//! A release that people approve when a load test was not good enough.
//!
//! Good numbers pass straight through; low accuracy is a question to the research team, high latency one to the engineers. They get an
//! e-mail with two links, and the execution waits for the one that they choose. What to look at:
//!
//! * **A callback.** [`wait_for_task_token`] hands the token on; it would not compile without a place for it. A refusal is an error
//!   with a name, [`HandledError`], which is caught.
//! * **Two ways into one state.** Both handlers lead to `FailState`: a [label](Scope::forward_label) that is placed after the success.
//! * **What the types found.** The original reads `$.latencyMs` only when the accuracy is fine, so an input without it fails late, or
//!   not at all. Here it is a field of [`LoadTest`].

use stepwright::prelude::*;

/// What a load test has measured.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LoadTest {
    /// How many answers were right, in percent.
    #[serde(rename = "accuracypct")]
    pub accuracy: f64,
    /// How long an answer takes, in milliseconds.
    #[serde(rename = "latencyMs")]
    pub latency: f64,
}

/// What the research team is asked.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AccuracyQuestion {
    /// How many answers were right, in percent.
    pub accuracy: f64,
    /// Who is asked.
    pub team_alias: String,
    /// What the links give back.
    pub token: String,
}

/// What the engineers are asked.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LatencyQuestion {
    /// How long an answer takes, in milliseconds.
    pub latency: f64,
    /// Who is asked.
    pub team_alias: String,
    /// What the links give back.
    pub token: String,
}

/// What an approval says: nothing but that it was given.
#[derive(Data, Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Approval {}

errors! {
    /// Somebody has followed the link that says no.
    pub HandledError;
}

/// The function that sends the e-mails.
const NOTIFIER: &str = "${NotifierFunction.Arn}";

/// Where both teams are reached; the original shows no more of it.
const TEAM: &str = "[email\u{a0}protected]";

/// A Hello World example of the Amazon States Language using Pass states
#[workflow(query_language = "JSONPath")]
pub fn release_approval(s: &mut Scope, test: Ref<LoadTest>) {
    let refused = s.forward_label();
    s.choice("ChoiceState")
        .when(cond!(test.accuracy < 96), |s| {
            let ask = wait_for_task_token::<Approval>(|token| {
                let question = data!(AccuracyQuestion { accuracy: test.accuracy, team_alias: TEAM, token });
                lambda::invoke(NOTIFIER, question)
            });
            approve(s, "ResearchApproval", ask, refused);
        })
        .when(cond!(test.latency > 80), |s| {
            let ask = wait_for_task_token::<Approval>(|token| {
                let question = data!(LatencyQuestion { latency: test.latency, team_alias: TEAM, token });
                lambda::invoke(NOTIFIER, question)
            });
            approve(s, "EngineeringApproval", ask, refused);
        })
        .otherwise(|_| ());
    let _ = s.succeed("SuccessState");
    s.place(refused);
    let _ = s.fail_as("FailState", "Failed Approval", "Invalid response.");
}

/// Asks, and goes on when the answer is yes.
fn approve<Op>(s: &mut Scope, state: &'static str, ask: Task<'static, Approval, Op>, refused: Label) {
    s.task(ask.named(state).replace_document().catch(HandledError, move |s, _| s.goto(refused)));
}
