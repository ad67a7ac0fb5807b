//! Takes a case through reader, checker, writer and simulator, and says what is wrong.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use serde::{Deserialize, Serialize};
use stepwright_codegen::asl::{self, Document};
use stepwright_codegen::check;
use stepwright_codegen::diagnostic::{self, Diagnostics, Style, in_file};
use stepwright_sim::{Error, Execution, MAX_EVENTS, Status, Type};

use crate::case::Case;
use crate::whim::Whim;

/// How a case that is as it should be came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The text is no definition.
    NotRead,
    /// The simulator said why it cannot run the machine to its end.
    NotRun,
    /// The execution succeeded.
    Succeeded,
    /// The execution ended in another way.
    Failed,
    /// A [target](crate::Target) did what it should.
    Done,
}

/// Tries a case out.
///
/// # Errors
///
/// What is not as it should be. A panic is not caught here: see [`caught`].
pub fn try_out(case: &Case) -> Result<Outcome, String> {
    let document = match asl::read(&case.text) {
        Ok(document) => document,
        Err(findings) => {
            show(&in_file(findings, None, &case.text), &case.text);
            return Ok(Outcome::NotRead);
        }
    };
    let findings = check::check(document.machine());
    show(&document.diagnose(findings, None), &case.text);
    let written = asl::to_json(document.machine());
    if asl::read(&written).as_ref() != Ok(&document) {
        return Err(format!("what is written is not what was read: {written}"));
    }
    match run(case, &document) {
        Ok(execution) => {
            look_at(&execution, case)?;
            if run(case, &document).as_ref() != Ok(&execution) {
                return Err("the same seed gives another execution".to_owned());
            }
            let is_success = execution.status == Status::Succeeded;
            Ok(if is_success { Outcome::Succeeded } else { Outcome::Failed })
        }
        Err(error) => {
            let again = run(case, &document).map(drop).map_err(|again| again == error);
            if again != Err(true) {
                return Err("the same seed gives another error".to_owned());
            }
            Ok(Outcome::NotRun)
        }
    }
}

/// Renders diagnostics, as a command would.
fn show(diagnostics: &Diagnostics, text: &str) {
    let sources = |_: &str| Some(text.to_owned());
    drop(diagnostic::render(diagnostics, &sources, Style::Plain));
}

fn run(case: &Case, document: &Document) -> Result<Execution, String> {
    case.simulation(document).run_with(&mut Whim::new(case.seed)).map_err(|error: Error| error.to_string())
}

/// What is true of every execution.
fn look_at(execution: &Execution, case: &Case) -> Result<(), String> {
    let events = &execution.history.events;
    let is_too_long = case.execution_type == Type::Standard && events.len() as u64 > MAX_EVENTS;
    if is_too_long {
        return Err(format!("there are {} events", events.len()));
    }
    if !events.iter().map(|event| event.id).eq(1..=events.len() as u64) {
        return Err("the numbers of the events are not 1, 2, 3 and so on".to_owned());
    }
    if let Some(event) = events.iter().find(|event| event.previous >= event.id) {
        return Err(format!("event {} follows from event {}", event.id, event.previous));
    }
    if let Some(pair) = events.windows(2).find(|pair| pair[0].at > pair[1].at) {
        return Err(format!("event {} is before event {}", pair[1].id, pair[0].id));
    }
    if (execution.status == Status::Succeeded) != execution.output.is_some() {
        return Err(format!(
            "the execution has {:?} and the output {:?}",
            execution.status, execution.output
        ));
    }
    drop(execution.history.to_json());
    drop(execution.timeline().to_string());
    Ok(())
}

thread_local! {
    /// Message and place of the last panic.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics from being printed: [`caught`] reports them.
pub(crate) fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let message = message(info.payload());
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        PANIC.set(Some(format!("panic at {place}: {message}")));
    }));
}

/// Tries a case out; a panic is an error too.
///
/// # Errors
///
/// As for [`try_out`].
pub fn caught(case: &Case) -> Result<Outcome, String> {
    without_panic(|| try_out(case))
}

/// Does something; a panic is an error too.
pub(crate) fn without_panic<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|payload| Err(PANIC.take().unwrap_or_else(|| message(&*payload).to_owned())))
}

fn message(payload: &dyn Any) -> &str {
    let message = payload.downcast_ref::<&str>().copied();
    let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    message.unwrap_or("a panic without a message")
}
