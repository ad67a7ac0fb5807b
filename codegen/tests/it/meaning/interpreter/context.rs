//! The Context Object, as its documentation says: `stepwright::context`.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::plan::Segment;

use super::{Running, SERVICE_TEXT};
use crate::meaning::world::at;

/// The state that is at work.
#[derive(Debug, Clone)]
pub(super) struct AtWork {
    pub(super) name: String,
    pub(super) entered: Duration,
    pub(super) retries: usize,
}

impl Running {
    /// What the Context Object has at a path, and how much of the path leads there; why it is not known, if it is not.
    pub(super) fn context(&self, path: &[Segment]) -> Result<(Value, usize), &'static str> {
        let name = |index: usize| match path.get(index) {
            Some(Segment::Field(name)) => name.as_ref(),
            _ => "",
        };
        match (name(0), name(1)) {
            ("Map", "Item") if name(2) == "Source" => Err("where an item is from"),
            ("Map", "Item") => {
                self.item.clone().map(|item| (item, 2)).ok_or("an item outside of an item selector")
            }
            // Only who answers the task can tell.
            ("Task", "Token") => Ok((json!(SERVICE_TEXT), 2)),
            ("Execution" | "StateMachine", _) if self.is_child => {
                Err("the Context Object of a child execution")
            }
            ("Execution" | "StateMachine", _) => Ok((self.execution[name(0)].clone(), 1)),
            ("State", _) => {
                // What is read between states belongs to one of them, but nobody says to which.
                let state = self.at_work.as_ref().ok_or("the state between two states")?;
                Ok((
                    json!({
                        "Name": state.name,
                        "EnteredTime": at(state.entered),
                        "RetryCount": state.retries,
                    }),
                    1,
                ))
            }
            _ => Err("the whole Context Object"),
        }
    }
}
