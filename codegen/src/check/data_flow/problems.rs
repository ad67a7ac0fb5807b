//! What goes wrong in a state, as far as it is found.

use crate::asl::path::Path;
use crate::check::data_flow::fault::Fault;
use crate::check::hash::TextMap;
use crate::diagnostic::Code;

/// A fault with its place.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// The JSON pointer from the state.
    pub(crate) pointer: String,
    pub(crate) fault: Fault,
    /// The path that finds nothing, if it starts at the raw input.
    pub(crate) lost: Option<Path>,
}

/// Problems in the order in which they are found.
#[derive(Debug, Default)]
pub(super) struct Problems {
    all: Vec<Problem>,
    /// Where those with one pointer and one message are, and perhaps where one was that has been taken back.
    known: TextMap<(String, String), Vec<usize>>,
}

impl Problems {
    pub(super) fn all(&self) -> &[Problem] {
        &self.all
    }

    pub(super) fn into_all(self) -> Vec<Problem> {
        self.all
    }

    /// Those from that count on may not happen.
    pub(super) fn unsure(&mut self, from: usize) {
        self.all[from..].iter_mut().for_each(|problem| problem.fault.is_certain = false);
    }

    /// Takes back those from that count on.
    pub(super) fn forget(&mut self, from: usize) {
        self.all.truncate(from);
    }

    /// Takes back those of a code from that count on.
    pub(super) fn forget_of(&mut self, code: Code, from: usize) {
        let later = self.all.split_off(from).into_iter();
        later.filter(|problem| problem.fault.code != code).for_each(|problem| self.push(problem));
    }

    /// Adds one; what is evaluated more than once fails more than once.
    pub(super) fn add(&mut self, problem: Problem) {
        let places = self.known.get(&key(&problem)).map_or(&[][..], Vec::as_slice);
        let mut known = places.iter().filter_map(|place| self.all.get(*place));
        if !known.any(|known| known.pointer == problem.pointer && known.fault == problem.fault) {
            self.push(problem);
        }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        let (all, places) = (&self.all, self.known.entry(key(&problem)).or_default());
        places.retain(|place| all.get(*place).is_some_and(|known| key(known) == key(&problem)));
        places.push(all.len());
        self.all.push(problem);
    }
}

fn key(problem: &Problem) -> (String, String) {
    (problem.pointer.clone(), problem.fault.message.clone())
}
