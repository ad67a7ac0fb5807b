//! What happened in an execution and when, told for people: a line for each thing worth knowing.

mod rows;
mod span;
mod tracks;
mod wanted;

use std::fmt;

use crate::data::text;
use crate::history::History;
use crate::simulation::Execution;
use crate::timeline::rows::{Row, rows};
pub use crate::timeline::span::Span;
use crate::timeline::wanted::Wanted;

/// How many characters a line has at the most.
const WIDTH: usize = 80;

/// How many characters a name may take up.
const NAME_WIDTH: usize = 32;

/// The course of an execution in virtual time, for the terminal and for snapshots.
///
/// States inside a Parallel or Map are indented; those of a Map have the index of their item before them. What happens
/// in one moment without any task, such as a Choice, has one line. No line is longer than 80 characters.
///
/// ```
/// use serde_json::json;
/// use stepwright_codegen::asl;
/// use stepwright_sim::{Reply, Simulation};
///
/// let definition = r#"{
///     "StartAt": "Charge",
///     "States": {
///         "Charge": {
///             "Type": "Task",
///             "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:charge",
///             "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 65 }],
///             "Next": "Done"
///         },
///         "Done": { "Type": "Succeed" }
///     }
/// }"#;
/// let machine = asl::read(definition).expect("the definition is well-formed").into_machine();
/// let replies = [Reply::failure("Busy", "try later"), Reply::success(json!({}))];
/// let execution = Simulation::new(&machine).on("Charge", replies).run()?;
/// assert_eq!(
///     execution.timeline().to_string(),
///     "\
/// 0 s        Charge     entered
/// 0 s        Charge     attempt 1 failed: Busy (try later)
/// 0 s        Charge     retry in 1 min 5 s
/// 1 min 5 s  Charge     attempt 2 succeeded → Done
/// 1 min 5 s  Done       done
/// 1 min 5 s  SUCCEEDED
/// "
/// );
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
///
/// The same execution always gives the same text, without colours and without blanks at the ends of lines, so that it makes a
/// good snapshot. With the crate `insta`, that is one line of a test; `cargo insta review` fills in the rest:
///
/// ```
/// # let machine = stepwright_codegen::asl::read(r#"{ "StartAt": "Rest", "States": {
/// #     "Rest": { "Type": "Wait", "Seconds": 14400, "Next": "Done" }, "Done": { "Type": "Succeed" }
/// # } }"#).expect("the definition is well-formed").into_machine();
/// # let execution = stepwright_sim::Simulation::new(&machine).run()?;
/// insta::assert_snapshot!(execution.timeline(), @"
/// 0 s  Rest       waits 4 h
/// 4 h  Rest       → Done
/// 4 h  Done       done
/// 4 h  SUCCEEDED
/// ");
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    rows: Vec<Row>,
}

impl Timeline {
    /// The course that a history records; nothing where no history was kept.
    pub fn of(history: &History) -> Self {
        Self { rows: rows(&history.events, Wanted::Nothing) }
    }

    /// The same, with the input and output of each state.
    pub fn with_data(history: &History) -> Self {
        Self { rows: rows(&history.events, Wanted::Everything) }
    }

    /// The same, with the input and output of one state.
    pub fn with_data_of(history: &History, state: &str) -> Self {
        Self { rows: rows(&history.events, Wanted::State(state)) }
    }
}

impl From<&Execution> for Timeline {
    fn from(execution: &Execution) -> Self {
        Self::of(&execution.history)
    }
}

impl Execution {
    /// What happened and when, for people.
    pub fn timeline(&self) -> Timeline {
        Timeline::from(self)
    }
}

impl fmt::Display for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |row: &Row| Span(row.at).to_string();
        let length = |text: &str| text.chars().count();
        let time_width = self.rows.iter().map(|row| length(&time(row))).max().unwrap_or_default();
        let name_width = self.rows.iter().map(|row| length(&row.name)).max().unwrap_or_default();
        let name_width = name_width.min(NAME_WIDTH);
        let left = WIDTH.saturating_sub(time_width + name_width + 4);
        for row in &self.rows {
            let (name, told) = (cut(&row.name, name_width), cut(&row.told, left));
            let line = format!("{:<time_width$}  {name:<name_width$}  {told}", time(row));
            writeln!(f, "{}", line.trim_end())?;
            if let Some((what, payload)) = &row.data {
                let data = cut(&format!("{what} {}", text::json(payload)), left);
                writeln!(f, "{:indent$}{data}", "", indent = time_width + name_width + 4)?;
            }
        }
        Ok(())
    }
}

/// The text in one line, without its end where it has more characters than that.
pub(crate) fn cut(text: &str, width: usize) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut kept: String = chars.by_ref().take(width).collect();
    if chars.next().is_some() {
        kept.pop();
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests;
