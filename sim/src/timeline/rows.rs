//! From events to the lines of a timeline.
//!
//! Events do not say which branch or iteration they belong to. It follows from `previousEventId`: an event belongs where
//! the one before it does, except that the children of a container begin with its start and end in it.

use std::collections::BTreeMap;
use std::time::Duration;

use stepwright_codegen::asl::StateType;

use crate::history::{Event, EventId, EventKind, IterationPhase, Payload, Problem, Text};
use crate::timeline::span::Span;
use crate::timeline::tracks::{Track, Tracks, Visit};
use crate::timeline::wanted::Wanted;

/// A line of a timeline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Time since the start.
    pub(crate) at: Duration,
    /// The state, after what shows where it is.
    pub(crate) name: String,
    /// What happened.
    pub(crate) told: String,
    /// `input` or `output`, where it is wanted.
    pub(crate) data: Option<(&'static str, Payload)>,
    /// Where it stands among the others.
    position: usize,
    is_hidden: bool,
}

/// The lines for these events, with the inputs and outputs that are wanted.
pub(super) fn rows(events: &[Event], wanted: Wanted<'_>) -> Vec<Row> {
    let mut successors = BTreeMap::new();
    for event in events {
        if let EventKind::StateEntered { name, .. } = &event.kind {
            successors.entry(event.previous).or_insert_with(|| name.clone());
        }
    }
    let mut teller =
        Teller { wanted, successors, places: BTreeMap::new(), tracks: Tracks::new(), rows: Vec::new() };
    for event in events {
        let place = teller.tell(event);
        let begins_branch = matches!(event.kind, EventKind::ParallelStarted);
        teller.places.insert(event.id, Place { track: place, begins_branch });
        teller.tracks.touch(place, event.at);
    }
    let mut rows = teller.rows;
    // Retries are known late but belong right after what failed.
    rows.sort_by_key(|row| row.position);
    rows.retain(|row| !row.is_hidden);
    rows
}

/// Where an event belongs.
#[derive(Debug, Clone, Copy)]
struct Place {
    track: usize,
    begins_branch: bool,
}

struct Teller<'s> {
    wanted: Wanted<'s>,
    /// The state that was entered next after an event.
    successors: BTreeMap<EventId, Text>,
    places: BTreeMap<EventId, Place>,
    tracks: Tracks,
    rows: Vec<Row>,
}

impl Teller<'_> {
    /// Adds the lines for an event, and says which track it belongs to.
    fn tell(&mut self, event: &Event) -> usize {
        let before = self.places.get(&event.previous).copied();
        let before = before.unwrap_or(Place { track: 0, begins_branch: false });
        let at = event.at;
        match &event.kind {
            EventKind::ExecutionStarted { input, .. } => {
                if self.wanted.has_execution() {
                    let row = self.named_row(at, "STARTED", String::new());
                    self.rows[row].data = Some(("input", input.clone()));
                }
                0
            }
            EventKind::ExecutionSucceeded(output) => {
                let row = self.named_row(at, "SUCCEEDED", String::new());
                self.rows[row].data = self.wanted.has_execution().then(|| ("output", output.clone()));
                0
            }
            EventKind::ExecutionFailed(problem) => self.end(at, "FAILED", problem),
            EventKind::ExecutionTimedOut(problem) => self.end(at, "TIMED_OUT", problem),
            EventKind::ExecutionAborted(problem) => self.end(at, "ABORTED", problem),
            EventKind::StateEntered { state_type, name, input } => {
                let track =
                    if before.begins_branch { self.tracks.begin(before.track, None) } else { before.track };
                self.entered(track, *state_type, name, input, at)
            }
            EventKind::StateExited { name, output, .. } => {
                let track = self.tracks.inside(before.track, |visit| visit.name == *name);
                self.exited(track, event, output)
            }
            EventKind::Scheduled(_) => self.attempt(before.track, at),
            EventKind::Started(_, Some(worker)) => {
                let attempts = self.attempts(before.track);
                self.row(before.track, at, format!("attempt {attempts} taken by {worker}"));
                before.track
            }
            EventKind::Started(_, None) | EventKind::Submitted(..) | EventKind::MapRunSucceeded => {
                before.track
            }
            EventKind::Succeeded(..) => {
                let attempts = self.attempts(before.track);
                let row = self.row(before.track, at, format!("attempt {attempts} succeeded"));
                if let Some(visit) = &mut self.tracks[before.track].state {
                    visit.succeeded = Some(row);
                    visit.failed = None;
                }
                before.track
            }
            EventKind::Failed(_, problem) => {
                let attempts = self.attempts(before.track);
                self.failure(before.track, at, &format!("attempt {attempts} failed"), problem)
            }
            EventKind::TimedOut(_, problem) => {
                let attempts = self.attempts(before.track);
                self.failure(before.track, at, &format!("attempt {attempts} timed out"), problem)
            }
            EventKind::EvaluationFailed { problem, state, .. } => {
                let track = self.tracks.evaluated(before.track, state);
                self.retried(track, at);
                self.failure(track, at, "failed", problem)
            }
            EventKind::ParallelStarted => self.container_started(before.track, StateType::Parallel, at, ""),
            EventKind::MapStarted(length) => {
                let items = format!(", {length} item{}", if *length == 1 { "" } else { "s" });
                self.container_started(before.track, StateType::Map, at, &items)
            }
            EventKind::ParallelSucceeded => {
                self.tracks.inside(before.track, |visit| visit.ty == StateType::Parallel)
            }
            EventKind::MapSucceeded | EventKind::MapRunStarted(_) => {
                self.tracks.inside(before.track, |visit| visit.ty == StateType::Map)
            }
            EventKind::ParallelFailed => self.container_failed(before.track, StateType::Parallel, at),
            EventKind::MapFailed => self.container_failed(before.track, StateType::Map, at),
            EventKind::MapRunFailed(problem) => {
                let track = self.tracks.inside(before.track, |visit| visit.ty == StateType::Map);
                self.failure(track, at, "Map Run failed", problem)
            }
            EventKind::StateAborted(_) => {
                if let Some(parent) = self.tracks[before.track].parent {
                    self.abort_children(parent, before.track, at);
                }
                before.track
            }
            EventKind::Iteration { phase, name, index } => match phase {
                IterationPhase::Started => {
                    let map = self.tracks.inside(before.track, |visit| visit.name == *name);
                    self.tracks.begin(map, Some(*index))
                }
                IterationPhase::Succeeded | IterationPhase::Failed | IterationPhase::Aborted => before.track,
            },
        }
    }

    fn entered(&mut self, track: usize, ty: StateType, name: &Text, input: &Payload, at: Duration) -> usize {
        let visit = Visit {
            name: name.clone(),
            ty,
            at,
            entered: self.rows.len(),
            attempts: 0,
            failed: None,
            succeeded: None,
            is_over: false,
        };
        self.tracks[track].state = Some(visit);
        let row = self.row(track, at, "entered".to_owned());
        self.rows[row].data = self.wanted.has_state(name).then(|| ("input", input.clone()));
        track
    }

    fn exited(&mut self, track: usize, event: &Event, output: &Payload) -> usize {
        let next = self.successors.get(&event.id).map(|name| format!("→ {name}"));
        let Some(visit) = self.tracks[track].state.take() else { return track };
        let with_data = self.wanted.has_state(&visit.name);
        let is_quick = visit.entered == self.tracks[track].last_row && !with_data;
        if visit.ty == StateType::Wait && visit.failed.is_none() {
            self.rows[visit.entered].told = format!("waits {}", Span(event.at.saturating_sub(visit.at)));
        } else if is_quick && visit.at == event.at {
            self.rows[visit.entered].is_hidden = true;
        }
        let row = match (visit.succeeded, &visit.failed) {
            (Some(row), None) if self.rows[row].at == event.at => {
                self.rows[row].told.push_str(&next.map(|next| format!(" {next}")).unwrap_or_default());
                row
            }
            (_, Some(problem)) => {
                let error = problem.error.as_deref().unwrap_or("the error");
                let next = next.map(|next| format!(" {next}")).unwrap_or_default();
                self.row_for(track, &visit.name, event.at, format!("caught {error}{next}"))
            }
            (_, None) => {
                self.row_for(track, &visit.name, event.at, next.unwrap_or_else(|| "done".to_owned()))
            }
        };
        self.rows[row].data = with_data.then(|| ("output", output.clone()));
        track
    }

    fn attempts(&self, track: usize) -> u32 {
        self.tracks[track].state.as_ref().map_or(0, |visit| visit.attempts)
    }

    fn attempt(&mut self, track: usize, at: Duration) -> usize {
        self.retried(track, at);
        if let Some(visit) = &mut self.tracks[track].state {
            visit.attempts += 1;
        }
        track
    }

    /// Tells of the retry that something which failed before gets now.
    fn retried(&mut self, track: usize, at: Duration) {
        let Track { last_at, last_row, .. } = self.tracks[track];
        let Some(visit) = &mut self.tracks[track].state else { return };
        if visit.failed.take().is_some() {
            let name = visit.name.clone();
            let row =
                self.row_for(track, &name, last_at, format!("retry in {}", Span(at.saturating_sub(last_at))));
            self.rows[row].position = self.rows[last_row].position;
        }
    }

    fn failure(&mut self, track: usize, at: Duration, what: &str, problem: &Problem) -> usize {
        self.row(track, at, told(what, problem));
        if let Some(visit) = &mut self.tracks[track].state {
            visit.failed = Some(problem.clone());
            visit.succeeded = None;
        }
        track
    }

    fn container_started(&mut self, before: usize, ty: StateType, at: Duration, what: &str) -> usize {
        let track = self.tracks.inside(before, |visit| visit.ty == ty && !visit.is_over);
        if track != before {
            // It follows from a child that failed: this is a retry.
            let failed = self.abort_children(track, before, at);
            self.tracks.clear_below(track);
            if let Some(visit) = &mut self.tracks[track].state {
                visit.failed = Some(failed);
            }
        }
        self.attempt(track, at);
        let Some(visit) = &self.tracks[track].state else { return track };
        if visit.attempts == 1 {
            let entered = visit.entered;
            self.rows[entered].told.push_str(what);
        } else {
            let told = format!("attempt {}{what}", visit.attempts);
            self.row(track, at, told);
        }
        track
    }

    fn container_failed(&mut self, before: usize, ty: StateType, at: Duration) -> usize {
        let track = self.tracks.inside(before, |visit| visit.ty == ty && !visit.is_over);
        let failed = if track == before { None } else { Some(self.abort_children(track, before, at)) };
        self.tracks.clear_below(track);
        if let Some(visit) = &mut self.tracks[track].state {
            visit.failed = failed.or_else(|| visit.failed.take()).or_else(|| Some(Problem::default()));
            visit.is_over = true;
        }
        self.row(track, at, "failed".to_owned());
        track
    }

    /// Ends all that goes on below a track since something in it failed; what failed is told already.
    fn abort_children(&mut self, container: usize, failed: usize, at: Duration) -> Problem {
        let mut problem = Problem::default();
        for child in self.tracks.after(container) {
            if !self.tracks.is_below(child, container) {
                continue;
            }
            if self.tracks.is_below(failed, child) {
                let visit = self.tracks[child].state.as_ref();
                if let Some(known) = visit.and_then(|visit| visit.failed.clone()) {
                    problem = known;
                }
            } else if let Some(visit) = self.tracks[child].state.take() {
                self.row_for(child, &visit.name, at, "aborted".to_owned());
            }
        }
        problem
    }

    fn end(&mut self, at: Duration, status: &str, problem: &Problem) -> usize {
        self.named_row(at, status, told("", problem));
        0
    }

    fn row(&mut self, track: usize, at: Duration, told: String) -> usize {
        let name = self.tracks[track].state.as_ref().map(|visit| visit.name.clone());
        self.row_for(track, name.as_deref().unwrap_or_default(), at, told)
    }

    /// A line about a state in a track.
    fn row_for(&mut self, track: usize, state: &str, at: Duration, told: String) -> usize {
        let name = format!("{}{state}", self.tracks.prefix(track));
        let row = self.named_row(at, &name, told);
        self.tracks.mark(track, row);
        row
    }

    fn named_row(&mut self, at: Duration, name: &str, told: String) -> usize {
        let position = self.rows.len();
        self.rows.push(Row { at, name: name.to_owned(), told, data: None, position, is_hidden: false });
        position
    }
}

/// "what failed: Busy (try later)".
fn told(what: &str, problem: &Problem) -> String {
    let problem = problem.to_string();
    match (what, problem.trim_start()) {
        (what, "") => what.to_owned(),
        ("", problem) => problem.to_owned(),
        (what, problem) => format!("{what}: {problem}"),
    }
}
