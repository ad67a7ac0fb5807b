//! The function behind the machine: looks for something in what was recognised in a picture.

use super::{Decision, Finding};

/// What was recognised in a picture: a label for all of it, or a word that is written in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognised {
    /// The label or the word.
    pub text: String,
    /// How sure that is: a percentage.
    pub confidence: f64,
}

/// What is less sure than this does not count.
pub const MIN_CONFIDENCE: f64 = 70.0;

/// Looks for words or labels, in any case; the one that is most sure counts.
pub fn look_for(wanted: &[&str], recognised: &[Recognised]) -> Finding {
    let is_wanted = |found: &&Recognised| wanted.iter().any(|text| text.eq_ignore_ascii_case(&found.text));
    let best = recognised
        .iter()
        .filter(|found| found.confidence >= MIN_CONFIDENCE)
        .filter(is_wanted)
        .max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    match best {
        Some(found) => Finding::Match { label: found.text.clone(), confidence: found.confidence },
        None => Finding::NoMatch,
    }
}

/// Whether it is there at all.
pub fn decide(wanted: &[&str], recognised: &[Recognised]) -> Decision {
    match look_for(wanted, recognised) {
        Finding::Match { .. } => Decision::Match,
        Finding::NoMatch => Decision::NoMatch,
    }
}
