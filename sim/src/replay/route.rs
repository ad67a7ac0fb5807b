//! Compares the way of a history with a simulated one.

mod leave;
mod tell;

use std::ops::ControlFlow;

use serde_json::Value;

use crate::replay::rerun::{Deviation, Rerun};
use crate::replay::values::difference;
use crate::replay::way::{Attempt, Ending, Key, Round, RoundEnd, Strand, Visit, Way};

/// Breaks off where the ways part: what comes behind has nothing to be compared with.
type Flow<T = ()> = ControlFlow<(), T>;

/// A comparison under way.
pub(super) struct Route<'w> {
    recorded: &'w Way,
    simulated: &'w Way,
    /// A second simulation, see [`difference`].
    other: Option<&'w Way>,
    deviations: Vec<Deviation>,
    /// How many states agree so far.
    same: usize,
    /// Whether a value has differed, so that others do for that reason.
    is_tainted: bool,
    /// What could not be compared.
    notes: Vec<String>,
    /// Whether what comes is not known, so that there is nothing to compare.
    is_lost: bool,
}

/// The same place in the ways.
#[derive(Clone, Copy)]
struct Trio<T> {
    recorded: T,
    simulated: T,
    other: Option<T>,
}

/// A state, and whether it may have been cut short in either way.
struct Place<'w> {
    visits: Trio<&'w Visit>,
    strand: &'w Strand,
    is_cut: bool,
}

impl<'w> Route<'w> {
    /// Follows the ways as far as they agree.
    pub(super) fn compare(recorded: &'w Way, simulated: &'w Way, other: Option<&'w Way>) -> Rerun {
        let mut route = Self {
            recorded,
            simulated,
            other,
            deviations: Vec::new(),
            same: 0,
            is_tainted: false,
            notes: Vec::new(),
            is_lost: false,
        };
        let is_cut =
            recorded.end.as_ref().is_none_or(|end| ["Aborted", "TimedOut"].contains(&end.kind.as_str()));
        let execution = Trio { recorded: 0, simulated: 0, other: other.map(|_| 0) };
        let has_parted = route.strand(execution, is_cut).is_break();
        route.end();
        let ends_early = simulated.visits().any(Visit::is_unanswered);
        let (before, now) = (recorded.names(), simulated.names());
        let missing_in = |names: &[&str], from: &[&str]| -> Vec<String> {
            names
                .iter()
                .filter(|name| has_parted && !route.is_lost && !from.contains(name))
                .map(|&name| name.to_owned())
                .collect()
        };
        Rerun {
            deviations: route.deviations,
            same: route.same,
            // What comes behind a task without an answer may be visited yet.
            gone: if ends_early { Vec::new() } else { missing_in(&before, &now) },
            new: missing_in(&now, &before),
            status: None,
            is_complete: !(route.is_lost || has_parted && ends_early),
            notes: route.notes,
        }
    }

    /// Compares states that follow one another. The strand is cut where something outside may have ended it.
    fn strand(&mut self, ids: Trio<usize>, is_cut: bool) -> Flow {
        let (recorded, simulated) =
            (&self.recorded.strands[ids.recorded], &self.simulated.strands[ids.simulated]);
        let other = self.other.zip(ids.other).map(|(way, id)| &way.strands[id]);
        for index in 0..recorded.visits.len().max(simulated.visits.len()) {
            let (before, now) = (recorded.visits.get(index), simulated.visits.get(index));
            let (Some(before), Some(now)) = (before, now) else {
                if is_cut {
                    return Flow::Continue(());
                }
                return self.next(recorded, simulated, index);
            };
            if before.name != now.name {
                return self.next(recorded, simulated, index);
            }
            let is_last = index + 1 == recorded.visits.len().min(simulated.visits.len());
            let other =
                other.and_then(|other| other.visits.get(index)).filter(|other| other.name == now.name);
            let visits = Trio { recorded: before, simulated: now, other };
            self.visit(&Place { visits, strand: simulated, is_cut: is_cut && is_last })?;
        }
        Flow::Continue(())
    }

    fn visit(&mut self, place: &Place<'w>) -> Flow {
        let Trio { recorded, simulated, other } = place.visits;
        let mark = self.deviations.len();
        let name = &place.name();
        let input =
            Trio { recorded: &recorded.input, simulated: &simulated.input, other: other.map(|it| &it.input) };
        self.value(input, || format!("{name} gets another input"));
        self.attempts(place)?;
        self.failures(place)?;
        self.rounds(place)?;
        self.children(place)?;
        self.exit(place)?;
        if self.deviations.len() == mark && self.deviations.is_empty() {
            self.same += 1;
        }
        Flow::Continue(())
    }

    fn attempts(&mut self, place: &Place<'w>) -> Flow {
        let Trio { recorded, simulated, other } = place.visits;
        let name = place.name();
        for index in 0..recorded.attempts.len().max(simulated.attempts.len()) {
            let (before, now) = (recorded.attempts.get(index), simulated.attempts.get(index));
            let is_open = before.is_none_or(|before| before.ending.is_none());
            if now.is_some_and(|now| now.is_unanswered) && !(is_open && place.is_cut) {
                return self.part(self.unrecorded(place, index));
            }
            match (before, now) {
                (Some(before), Some(now)) => {
                    self.arguments(place, before, now, other.and_then(|other| other.attempts.get(index)));
                    if let (Some(before), Some(now)) = (&before.ending, &now.ending)
                        && !agree(before, now)
                    {
                        let (before, now) = (before.tell(true), now.tell(false));
                        return self.part(format!("the task of {name} {before}, now it {now}"));
                    }
                }
                _ if place.is_cut => {}
                _ => {
                    let error =
                        recorded.attempts[..index].last().and_then(|last| last.ending.as_ref()?.error());
                    return self.part(tell::calls(&name, before.is_some(), index, error));
                }
            }
        }
        Flow::Continue(())
    }

    fn arguments(&mut self, place: &Place<'w>, before: &Attempt, now: &Attempt, other: Option<&Attempt>) {
        let name = place.name();
        let input = Trio { recorded: &before.input, simulated: &now.input, other: other.map(|it| &it.input) };
        self.value(input, || format!("the task of {name} gets other arguments"));
    }

    fn failures(&mut self, place: &Place<'w>) -> Flow {
        let Trio { recorded, simulated, .. } = place.visits;
        if recorded.failures == simulated.failures || place.is_cut {
            return Flow::Continue(());
        }
        let (before, now) = (recorded.tell(true), simulated.tell(false));
        self.part(format!("{} {before}, now it {now}", place.name()))
    }

    /// What a Parallel or Map ran.
    fn rounds(&mut self, place: &Place<'w>) -> Flow {
        let Trio { recorded, simulated, other } = place.visits;
        for (index, (before, now)) in recorded.rounds.iter().zip(&simulated.rounds).enumerate() {
            let other = other.and_then(|other| other.rounds.get(index));
            self.round(place, Trio { recorded: before, simulated: now, other })?;
        }
        let (before, now) = (recorded.rounds.len(), simulated.rounds.len());
        if before == now || place.is_cut {
            return Flow::Continue(());
        }
        let times = |number: usize| if number == 1 { "once".to_owned() } else { format!("{number} times") };
        self.part(format!("{} was run {}, now it is run {}", place.name(), times(before), times(now)))
    }

    fn round(&mut self, place: &Place<'w>, rounds: Trio<&'w Round>) -> Flow {
        let Trio { recorded, simulated, other } = rounds;
        let name = place.name();
        if let (Some(before), Some(now)) = (recorded.items, simulated.items)
            && before != now
        {
            let items = if before == 1 { "item" } else { "items" };
            return self.part(format!("{name} had {before} {items}, now it has {now}"));
        }
        let both_succeed = (recorded.end, simulated.end) == (RoundEnd::Succeeded, RoundEnd::Succeeded);
        for &id in &recorded.strands {
            let key = &self.recorded.strands[id].key;
            let Some(counterpart) = find(self.simulated, simulated, key) else {
                if let (Key::Branch(start), true) = (key, both_succeed) {
                    return self.part(format!("{name} has no branch that starts with `{start}` any more"));
                }
                continue;
            };
            let fails_here =
                recorded.end == RoundEnd::Failed(id) && simulated.end == RoundEnd::Failed(counterpart);
            let other = self.other.zip(other).and_then(|(way, round)| find(way, round, key));
            let ids = Trio { recorded: id, simulated: counterpart, other };
            // Of the others, what fails first cuts short whatever they are doing.
            self.strand(ids, !both_succeed && !fails_here)?;
        }
        for &id in &simulated.strands {
            let key = &self.simulated.strands[id].key;
            if let (Key::Branch(start), None, true) = (key, find(self.recorded, recorded, key), both_succeed)
            {
                return self.part(format!("{name} has a new branch, which starts with `{start}`"));
            }
        }
        Flow::Continue(())
    }

    /// Compares a value; only the first one that differs is told.
    fn value(&mut self, values: Trio<&Value>, what: impl FnOnce() -> String) {
        if self.is_tainted {
            return;
        }
        let Some(found) = difference(values.recorded, values.simulated, values.other) else { return };
        self.is_tainted = true;
        let what = if found.path == "$" { what() } else { format!("{}, at `{}`", what(), found.path) };
        self.deviations.push(Deviation {
            what,
            recorded: Some(found.recorded),
            simulated: Some(found.simulated),
        });
    }

    /// Here the ways part.
    fn part(&mut self, what: String) -> Flow {
        self.is_tainted = true;
        self.deviations.push(Deviation { what, recorded: None, simulated: None });
        Flow::Break(())
    }
}

/// The strand of a round with this key.
fn find(way: &Way, round: &Round, key: &Key) -> Option<usize> {
    round.strands.iter().copied().find(|&id| way.strands[id].key == *key)
}

/// Whether two calls came to the same; what they answered is compared as the state's output.
fn agree(before: &Ending, now: &Ending) -> bool {
    match (before, now) {
        (Ending::Succeeded(_), Ending::Succeeded(_)) => true,
        (Ending::Failed { error: before, .. }, Ending::Failed { error: now, .. })
        | (Ending::TimedOut { error: before }, Ending::TimedOut { error: now }) => before == now,
        _ => false,
    }
}
