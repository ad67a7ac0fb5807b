//! `SW0702`, and the other codes as warnings: where ways meet, what goes wrong on one of them only.
//!
//! From the state in which they meet on, the states are evaluated again with what a single way brings, as long as it is clear
//! how that goes on. Where a Choice can decide either way it may have asked which of them it was, so nothing is said of what
//! comes after it.

use std::collections::BTreeSet;

use crate::asl::TransitionField;
use crate::check::Report;
use crate::check::data_flow::findings;
use crate::check::data_flow::machine::{Arrival, DataFlow};
use crate::check::data_flow::problems::Problem;
use crate::check::data_flow::state::{self, Leave};
use crate::check::data_flow::view::{Variables, View};
use crate::check::index::StateEntry;
use crate::diagnostic::{Code, Finding, Severity};

/// How many ways into a state are told apart, how many states they are followed for, and how many states are evaluated
/// for all of them.
const MOST_WAYS: usize = 8;
const LONGEST_WAY: usize = 24;
const MOST_STATES: usize = 2_000;

/// Warns of what certainly goes wrong on one way.
pub(crate) fn check(flow: &DataFlow<'_, '_>, report: &mut Report) {
    let mut routes = Routes { flow, left: MOST_STATES, seen: BTreeSet::new() };
    for entry in &flow.index.states {
        if flow.states[entry.number].arrivals.len() > 1 {
            for arrival in routes.arrivals(entry) {
                routes.follow(entry, arrival, report);
            }
        }
    }
}

struct Routes<'f, 'i, 'm> {
    flow: &'f DataFlow<'i, 'm>,
    /// How many states may still be evaluated.
    left: usize,
    /// What was reported: the number of a state, and the JSON pointer from it.
    seen: BTreeSet<(usize, String)>,
}

impl<'f, 'i, 'm> Routes<'f, 'i, 'm> {
    /// The ways that bring less than all of them together: each as it was evaluated last.
    fn arrivals(&self, entry: &StateEntry<'m>) -> Vec<&'f Arrival<'m>> {
        let data = &self.flow.states[entry.number];
        let mut seen = BTreeSet::new();
        let latest = data.arrivals.iter().rev().filter(|it| seen.insert((it.from, it.by.to_string())));
        let mut latest: Vec<&Arrival<'m>> = latest.collect();
        if latest.len() < 2 {
            return Vec::new();
        }
        latest.sort_by_key(|arrival| arrival.from);
        let mut ways: Vec<&Arrival<'m>> = Vec::new();
        for arrival in latest {
            if ways.len() == MOST_WAYS {
                break;
            }
            let is_all = data.input.as_ref() == Some(&arrival.output) && arrival.assigned.is_empty();
            let is_known =
                |way: &&Arrival<'m>| way.output == arrival.output && way.assigned == arrival.assigned;
            if !is_all && !ways.iter().any(is_known) {
                ways.push(arrival);
            }
        }
        ways
    }

    fn follow(&mut self, meeting: &'i StateEntry<'m>, way: &Arrival<'m>, report: &mut Report) {
        let flow = self.flow;
        let mut entry = meeting;
        let mut input = way.output.clone();
        let mut variables: Variables<'m> = way.assigned.iter().cloned().collect();
        let mut visited = BTreeSet::new();
        while visited.insert(entry.number) && visited.len() <= LONGEST_WAY && self.left > 0 {
            if variables.is_empty() && flow.states[entry.number].input.as_ref() == Some(&input) {
                return; // From here on it is like all others.
            }
            self.left -= 1;
            let view = View::new(flow, entry, input, flow.context(entry)).on_route(&variables);
            let outputs = state::nested(&view).map(|_| flow.outputs_within(entry));
            let leave = state::leave(&view, outputs.as_deref());
            for problem in view.into_problems() {
                if self.is_new(entry, &problem) {
                    report.add(entry.number, finding(flow, (meeting, way), entry, problem));
                }
            }
            let Some((next, left)) = only_way(flow, entry, leave) else { return };
            variables.extend(left.assigned);
            input = left.output;
            entry = next;
        }
    }

    fn is_new(&mut self, entry: &StateEntry<'_>, problem: &Problem) -> bool {
        let known = &self.flow.states[entry.number].problems;
        // That no rule matches may be meant where the ways are told apart.
        problem.fault.is_certain
            && problem.fault.code != Code::NoRuleMatches
            && !known.iter().any(|known| known.pointer == problem.pointer)
            && self.seen.insert((entry.number, problem.pointer.clone()))
    }
}

/// How a state goes on, if that is clear and no error is caught.
fn only_way<'i, 'm>(
    flow: &DataFlow<'i, 'm>,
    entry: &StateEntry<'m>,
    leave: Vec<Leave<'m>>,
) -> Option<(&'i StateEntry<'m>, Leave<'m>)> {
    let mut ways = leave.into_iter().filter(|way| !matches!(way.by, Some(TransitionField::Catch(_))));
    let way = ways.next().filter(|_| ways.next().is_none())?;
    let target = entry.state.target(way.by.unwrap_or(TransitionField::Next))?;
    let scope = &flow.index.scopes[entry.scope];
    let position = scope.states.get_index_of(target)?;
    Some((&flow.index.states[scope.numbers[position]], way))
}

fn finding(
    flow: &DataFlow<'_, '_>,
    (meeting, way): (&StateEntry<'_>, &Arrival<'_>),
    entry: &StateEntry<'_>,
    mut problem: Problem,
) -> Finding {
    let source = &flow.index.states[way.from];
    let on_way = match way.by {
        // The same state may lead there without an error, too.
        TransitionField::Catch(_) => format!("an error in `{}`", source.name),
        _ => format!("`{}`", source.name),
    };
    let place =
        if meeting.number == entry.number { "here".to_owned() } else { format!("to `{}`", meeting.name) };
    let fault = &mut problem.fault;
    let why = match fault.why.take() {
        Some(why) => format!("on this way {why}"),
        None => "it happens on this way".to_owned(),
    };
    fault.message = format!("{} if {on_way} leads {place}", fault.message);
    if fault.code == Code::NothingThere {
        fault.code = Code::MayBeMissing;
    }
    let mut finding = findings::finding(flow.index, entry, &problem);
    finding.severity = Severity::Warning;
    finding.label(source.at(way.by), why)
}

#[cfg(test)]
mod tests;
