//! What a test says when an assertion does not hold.

use std::collections::BTreeSet;
use std::fmt;

use crate::assertions::difference::Differences;
use crate::simulation::Execution;
use crate::timeline::Timeline;

/// How many similar names are told.
const MAX_NEAR: usize = 3;

/// An assertion that does not hold: a sentence, what helps to see why, and the timeline.
pub(super) struct Failure<'e> {
    execution: &'e Execution,
    sentence: String,
    /// Lines that say more.
    details: Vec<String>,
    /// The state whose data is shown.
    state: Option<String>,
}

impl<'e> Failure<'e> {
    pub(super) fn new(execution: &'e Execution, sentence: impl Into<String>) -> Self {
        Self { execution, sentence: sentence.into(), details: Vec::new(), state: None }
    }

    /// With lines that say more.
    pub(super) fn details(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(lines);
        self
    }

    /// With the places where values differ.
    pub(super) fn differences(self, differences: &Differences) -> Self {
        self.details(differences.lines())
    }

    /// With the input and output of a state in the timeline.
    pub(super) fn data_of(self, state: &str) -> Self {
        Self { state: Some(state.to_owned()), ..self }
    }

    /// With the names that may have been meant, if there is nothing of this name.
    pub(super) fn near<'n>(mut self, name: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let known: BTreeSet<_> = known.collect();
        let near = if known.contains(name) { Vec::new() } else { near(name, known) };
        if !near.is_empty() {
            self.details.push(format!("similar names: `{}`", near.join("`, `")));
        }
        self
    }

    /// With the variables that there are, if there is none of this name.
    pub(super) fn variables<'n>(mut self, name: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let known: BTreeSet<_> = known.collect();
        if !known.contains(name) && !known.is_empty() {
            let known: Vec<_> = known.into_iter().collect();
            self.details.push(format!("assigned variables: `{}`", known.join("`, `")));
        }
        self
    }

    /// Ends the test.
    #[track_caller]
    pub(super) fn raise(self) -> ! {
        panic!("{}", self.to_string().trim_end())
    }
}

impl fmt::Display for Failure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let history = &self.execution.history;
        let timeline = match &self.state {
            Some(state) => Timeline::with_data_of(history, state),
            None => Timeline::of(history),
        };
        let timeline = timeline.to_string();
        writeln!(f, "{}", self.sentence)?;
        self.details.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        if timeline.is_empty() { Ok(()) } else { write!(f, "\n{timeline}") }
    }
}

/// The names most like one, the best first.
fn near<'n>(name: &str, known: BTreeSet<&'n str>) -> Vec<&'n str> {
    let folded = name.to_lowercase();
    let limit = (name.chars().count() / 3).max(1);
    let known = known.into_iter();
    let mut near: Vec<_> = known
        .map(|other| (strsim::damerau_levenshtein(&folded, &other.to_lowercase()), other))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, other)| other).take(MAX_NEAR).collect()
}
