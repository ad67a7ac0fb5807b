//! The sentences about where two ways part.

use super::{Flow, Place, Route};
use crate::replay::way::{End, Ending, Strand, Visit};

impl Route<'_> {
    /// Tells that another state follows, or none.
    pub(super) fn next(&mut self, recorded: &Strand, simulated: &Strand, index: usize) -> Flow {
        let before = index.checked_sub(1).map(|before| &recorded.visits[before]);
        let place = before.map_or_else(
            || format!("{}the execution began with ", within(recorded)),
            |before| format!("{}after `{}` the execution ", within(recorded), before.name),
        );
        let (was, is) = (recorded.visits.get(index), simulated.visits.get(index));
        let (was, is) = if before.is_some() {
            (tell_next(was, true), tell_next(is, false))
        } else {
            let name = |visit: Option<&Visit>| {
                visit.map_or_else(|| "no state".to_owned(), |visit| format!("`{}`", visit.name))
            };
            (name(was), format!("begins with {}", name(is)))
        };
        let missing = match simulated.visits.get(index) {
            Some(visit) if visit.is_unanswered() => {
                "; nothing was recorded for its task, so the replay ends there".to_owned()
            }
            _ => String::new(),
        };
        self.part(format!("{place}{was}, now it {is}{missing}"))
    }

    /// Tells that a task was called for which there is no answer.
    pub(super) fn unrecorded(&self, place: &Place<'_>, index: usize) -> String {
        let visit = place.visits.simulated;
        let name = place.name();
        let known = self.recorded.visits().filter(|known| known.name == visit.name);
        let calls: usize = known.map(|known| known.attempts.len()).sum();
        match (calls, index) {
            (0, _) => format!("the task of {name} is new: nothing was recorded for it"),
            (_, 0) => {
                format!("the task of {name} is called once more than before: nothing was recorded for that")
            }
            (_, index) => format!(
                "the task of {name} is tried again after attempt {index}: nothing was recorded for that"
            ),
        }
    }
}

impl Place<'_> {
    /// The name of the state, with the item it works on.
    pub(super) fn name(&self) -> String {
        let name = format!("`{}`", self.visits.simulated.name);
        match items(self.strand) {
            Some(items) => format!("{name} (in {items})"),
            None => name,
        }
    }
}

fn tell_next(visit: Option<&Visit>, is_past: bool) -> String {
    match visit {
        Some(visit) => format!("{} to `{}`", if is_past { "went" } else { "goes" }, visit.name),
        None => if is_past { "ended" } else { "ends" }.to_owned(),
    }
}

/// ``item 2 of `Ship` ``, where the strand is one.
fn items(strand: &Strand) -> Option<String> {
    let items = strand.iteration.iter().rev();
    let items: Vec<String> = items.map(|item| format!("item {} of `{}`", item.index, item.map)).collect();
    (!items.is_empty()).then(|| items.join(", "))
}

fn within(strand: &Strand) -> String {
    items(strand).map(|items| format!("in {items}, ")).unwrap_or_default()
}

/// That a task was called again, or that it was not.
pub(super) fn calls(name: &str, was_called: bool, index: usize, error: Option<&str>) -> String {
    let (was, is) = if was_called { ("was", "is not") } else { ("was not", "is") };
    let how = match (index, error) {
        (0, _) => "called".to_owned(),
        (_, Some(error)) => format!("tried again after {error}"),
        (_, None) => "tried again".to_owned(),
    };
    format!("the task of {name} {was} {how}, now it {is}")
}

impl Visit {
    /// What became of the state: `goes on`, `fails with X`.
    pub(super) fn tell(&self, is_past: bool) -> String {
        match (&self.exit, is_past) {
            (Some(_), true) => "went on".to_owned(),
            (Some(_), false) => "goes on".to_owned(),
            (None, _) => with(if is_past { "failed" } else { "fails" }, self.error()),
        }
    }

    /// Whether its task was called, and nothing was known to answer.
    pub(super) fn is_unanswered(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.is_unanswered)
    }
}

impl Ending {
    /// `succeeds`, `fails with X`; in the past where it is recorded.
    pub(super) fn tell(&self, is_past: bool) -> String {
        match (self, is_past) {
            (Self::Succeeded(_), true) => "succeeded".to_owned(),
            (Self::Succeeded(_), false) => "succeeds".to_owned(),
            (Self::Failed { error, .. }, _) => {
                with(if is_past { "failed" } else { "fails" }, error.as_deref())
            }
            (Self::TimedOut { error }, _) => {
                with(if is_past { "timed out" } else { "times out" }, error.as_deref())
            }
        }
    }
}

impl End {
    /// `SUCCEEDED`, `FAILED with X`.
    pub(super) fn tell(&self, is_past: bool) -> String {
        let (past, present) = match self.kind.as_str() {
            "Succeeded" => ("succeeded", "succeeds"),
            "TimedOut" => ("timed out", "times out"),
            "Aborted" => ("was aborted", "is aborted"),
            _ => ("failed", "fails"),
        };
        with(if is_past { past } else { present }, self.error.as_deref())
    }
}

fn with(verb: &str, error: Option<&str>) -> String {
    match error {
        Some(error) => format!("{verb} with {error}"),
        None => verb.to_owned(),
    }
}
