//! The functions behind the machine, over a small fake of the account.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;
use stepwright_sim::StandIns;

use super::{
    Action, Policy, Removed, Verdict, allow_with_notification, approved, temp_remove, validate_policy,
};

/// What nobody may allow without being asked; `*` stands for any text.
pub const RESTRICTED: &[&str] = &["s3:DeleteBucket", "s3:DeleteObject*", "iam:*", "ec2:TerminateInstances"];

/// What remains of a policy that was cut down.
pub const LOGGING: &str = r#"{"Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"#;

/// The account.
#[derive(Debug, Default)]
pub struct Account {
    /// The versions of each policy, the oldest first: `v1`, `v2`, …
    pub policies: BTreeMap<String, Vec<String>>,
    /// Which version is in force.
    pub in_force: BTreeMap<String, usize>,
    /// The notices that were sent.
    pub notices: Vec<String>,
}

impl Account {
    /// Makes a policy.
    pub fn create(&mut self, policy: &Policy) {
        self.policies.insert(policy.arn.clone(), vec![policy.document.clone()]);
        self.in_force.insert(policy.arn.clone(), 0);
    }

    /// The text of a policy that is in force.
    pub fn document(&self, arn: &str) -> Option<&str> {
        let version = *self.in_force.get(arn)?;
        self.policies.get(arn)?.get(version).map(String::as_str)
    }

    /// Cuts a policy down to logging: a new version, so that the old one can come back. Doing it twice does no more.
    fn cut_down(&mut self, arn: String) -> Removed {
        let versions = self.policies.entry(arn.clone()).or_default();
        if versions.last().is_none_or(|document| document != LOGGING) {
            versions.push(LOGGING.to_owned());
        }
        let newest = versions.len() - 1;
        self.in_force.insert(arn, newest);
        Removed { old_version: format!("v{newest}") }
    }

    /// Lets another version be in force.
    fn restore(&mut self, arn: String, version: &str) {
        let number: usize = version.trim_start_matches('v').parse().unwrap_or(1);
        self.in_force.insert(arn, number - 1);
    }
}

/// Compares the actions that a policy allows with the restricted ones. One that cannot be read is suspicious.
pub fn validate(document: &str) -> Verdict {
    let restricted = match serde_json::from_str::<Value>(document) {
        Ok(document) => one_or_more(&document["Statement"]).flat_map(offences).collect(),
        Err(error) => vec![format!("the policy cannot be read: {error}")],
    };
    let action = if restricted.is_empty() { Action::Alert } else { Action::Remedy };
    Verdict { action, restricted }
}

/// What a statement allows of that which is restricted.
fn offences(statement: &Value) -> Vec<String> {
    if statement["Effect"] != "Allow" {
        return Vec::new();
    }
    // What is allowed is everything but a list: that is too much in any case.
    if !statement["NotAction"].is_null() {
        return vec!["NotAction".to_owned()];
    }
    let actions = one_or_more(&statement["Action"]).filter_map(Value::as_str);
    actions
        .filter(|action| RESTRICTED.iter().any(|other| overlap(action, other)))
        .map(str::to_owned)
        .collect()
}

/// IAM takes one of something for a list of one.
fn one_or_more(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter()
}

/// Whether two patterns, in any case, have a text in common: they are the same up to the first `*` of either.
fn overlap(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    match (a.split_once('*'), b.split_once('*')) {
        (None, None) => a == b,
        (Some((a, _)), None) => b.starts_with(a),
        (None, Some((b, _))) => a.starts_with(b),
        (Some((a, _)), Some((b, _))) => a.starts_with(b) || b.starts_with(a),
    }
}

/// The functions, all but the one that asks.
pub fn stand_ins(account: &Rc<RefCell<Account>>) -> StandIns {
    let [removing, restoring, telling] = std::array::from_fn(|_| Rc::clone(account));
    StandIns::new()
        .on::<validate_policy, _>(|policy| Ok(validate(&policy.document)))
        .on::<temp_remove, _>(move |args| Ok(removing.borrow_mut().cut_down(args.arn)))
        .on::<approved, _>(move |args| {
            restoring.borrow_mut().restore(args.arn, &args.version);
            Ok(())
        })
        .on::<allow_with_notification, _>(move |policy| {
            telling.borrow_mut().notices.push(policy.arn);
            Ok(())
        })
}
