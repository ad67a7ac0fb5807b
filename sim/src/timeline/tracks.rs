//! The tracks of an execution: what goes on side by side.

use std::ops::{Index, IndexMut};
use std::time::Duration;

use stepwright_codegen::asl::StateType;

use crate::history::{Problem, Text};

/// The execution itself, a branch, or an iteration.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub(super) parent: Option<usize>,
    /// The item, in an iteration.
    pub(super) index: Option<usize>,
    /// The state that it is in.
    pub(super) state: Option<Visit>,
    /// When something last happened in it or below.
    pub(super) last_at: Duration,
    /// The last line about it or what is below it.
    pub(super) last_row: usize,
}

/// A stay in a state.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) name: Text,
    pub(super) ty: StateType,
    pub(super) at: Duration,
    pub(super) entered: usize,
    pub(super) attempts: u32,
    /// The error that has not been handled yet.
    pub(super) failed: Option<Problem>,
    /// The line of the attempt that succeeded.
    pub(super) succeeded: Option<usize>,
    /// Whether it is a container whose failure was logged.
    pub(super) is_over: bool,
}

/// All tracks of an execution, outer ones first. The first one is the execution itself.
#[derive(Debug)]
pub(super) struct Tracks(Vec<Track>);

impl Index<usize> for Tracks {
    type Output = Track;

    fn index(&self, track: usize) -> &Track {
        &self.0[track]
    }
}

impl IndexMut<usize> for Tracks {
    fn index_mut(&mut self, track: usize) -> &mut Track {
        &mut self.0[track]
    }
}

impl Tracks {
    /// The execution, before anything else goes on.
    pub(super) fn new() -> Self {
        Self(vec![Track::default()])
    }

    /// The tracks that began after another one, which may be in it.
    pub(super) fn after(&self, track: usize) -> std::ops::Range<usize> {
        track + 1..self.0.len()
    }

    /// The track, or the first one around it, that is in a state like that.
    pub(super) fn inside(&self, track: usize, is_like: impl Fn(&Visit) -> bool) -> usize {
        let mut around = Some(track);
        while let Some(track) = around {
            if self.0[track].state.as_ref().is_some_and(&is_like) {
                return track;
            }
            around = self.0[track].parent;
        }
        track
    }

    /// The track of a failed evaluation, which may follow from what was before its state.
    pub(super) fn evaluated(&self, before: usize, name: &Text) -> usize {
        let is_in = |track: &Track| track.state.as_ref().is_some_and(|visit| visit.name == *name);
        let around = self.inside(before, |visit| visit.name == *name);
        if is_in(&self.0[around]) {
            return around;
        }
        let all = self.0.iter().enumerate().filter(|(_, track)| is_in(track));
        all.max_by_key(|(_, track)| track.last_row).map_or(before, |(track, _)| track)
    }

    /// Begins a branch, or the iteration for an item.
    pub(super) fn begin(&mut self, parent: usize, index: Option<usize>) -> usize {
        self.0.push(Track { parent: Some(parent), index, ..Track::default() });
        self.0.len() - 1
    }

    /// Nothing goes on below a container that has failed.
    pub(super) fn clear_below(&mut self, container: usize) {
        for child in self.after(container) {
            if self.is_below(child, container) {
                self.0[child].state = None;
            }
        }
    }

    /// Whether a track is another one or somewhere in it.
    pub(super) fn is_below(&self, mut track: usize, other: usize) -> bool {
        while track != other {
            let Some(parent) = self.0[track].parent else { return false };
            track = parent;
        }
        true
    }

    /// Something happened in a track.
    pub(super) fn touch(&mut self, track: usize, at: Duration) {
        let mut around = Some(track);
        while let Some(track) = around {
            self.0[track].last_at = at;
            around = self.0[track].parent;
        }
    }
    /// A line was added about a track.
    pub(super) fn mark(&mut self, track: usize, row: usize) {
        let mut around = Some(track);
        while let Some(track) = around {
            self.0[track].last_row = row;
            around = self.0[track].parent;
        }
    }

    /// What shows where a track is: two spaces for each level, and the items.
    pub(super) fn prefix(&self, track: usize) -> String {
        let (mut indent, mut items) = (String::new(), String::new());
        let mut around = Some(track);
        while let Some(Track { parent, index, .. }) = around.map(|track| &self.0[track]) {
            if let Some(index) = index {
                items.insert_str(0, &format!("[{index}] "));
            }
            if parent.is_some() {
                indent.push_str("  ");
            }
            around = *parent;
        }
        indent + &items
    }
}
