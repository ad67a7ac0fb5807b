//! Loops whose rounds a variable counts, with how many events of the history they write at least.

pub(crate) mod counter;
mod events;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::asl::{ExecutionType, Map, StateKind, TransitionField};
use crate::check::index::{Index, ScopeEntry, StateEntry};
use crate::check::loops::counter::{Bound, Step};
use crate::check::loops::events::LeastEvents;
use crate::check::variables::{assigns, variable_of};

/// How many events the history of a Standard execution holds. Developer guide: "Service quotas".
pub(crate) const EVENTS: u64 = 25_000;

/// A loop that ends when a variable has reached a number.
pub(crate) struct CountedLoop<'m> {
    /// The number of the Choice that asks for it.
    pub(crate) choice: usize,
    /// The position of its rule.
    pub(crate) rule: usize,
    pub(crate) variable: &'m str,
    /// How often it is run through at least, if nothing else ends it.
    pub(crate) rounds: u64,
    /// How many events a round writes at least.
    pub(crate) events: u64,
    /// Whether nothing else does.
    pub(crate) is_only_way_out: bool,
}

/// The loops whose rounds, if all of them are run through, write more events than the history holds.
pub(crate) fn too_long<'m>(index: &Index<'m>) -> Vec<CountedLoop<'m>> {
    let express = in_express_children(index);
    let mut events = None;
    let mut found = Vec::new();
    for (position, scope) in index.scopes.iter().enumerate() {
        if express[position] || !scope.graph.is_complete {
            continue;
        }
        for (rule, bound) in bounds(index, scope) {
            let Some(cycle) = Cycle::new(index, scope, &rule, &bound) else { continue };
            let events = events.get_or_insert_with(|| LeastEvents::new(index));
            let least = cycle.least_events(events);
            if let Some(counted) =
                cycle.counted(least).filter(|it| it.rounds.saturating_mul(it.events) > EVENTS)
            {
                found.push(counted);
            }
        }
    }
    found
}

/// How often a state is run through at least before a counter ends the loop, if nothing else does; the least of several.
pub(crate) fn rounds<'m>(index: &Index<'m>, scope: &ScopeEntry<'m>, position: usize) -> Option<u64> {
    let bounds = bounds(index, scope).into_iter();
    let cycles = bounds.filter_map(|(rule, bound)| Cycle::new(index, scope, &rule, &bound));
    cycles.filter(|cycle| cycle.members[position]).map(|cycle| cycle.rounds).min()
}

/// The scopes whose states have no history: Express children of Distributed Maps, and what is nested in them.
fn in_express_children(index: &Index<'_>) -> Vec<bool> {
    let mut express: Vec<bool> = Vec::with_capacity(index.scopes.len());
    for scope in &index.scopes {
        let owner = scope.owner.map(|owner| &index.states[owner]);
        let has_express = |entry: &StateEntry<'_>| match &entry.state.kind {
            StateKind::Map(map) => execution_type(map) == Some(ExecutionType::Express),
            _ => false,
        };
        express.push(owner.is_some_and(|owner| has_express(owner) || express[owner.scope]));
    }
    express
}

fn execution_type(map: &Map) -> Option<ExecutionType> {
    let processor = map.item_processor.as_ref().or(map.iterator.as_ref())?;
    processor.processor_config.as_ref()?.execution_type
}

/// A rule of a Choice.
struct Rule {
    /// The position of the Choice in its scope.
    position: usize,
    /// The position of the rule in the Choice.
    at: usize,
}

/// So many rules of a scope are looked at, as each is a walk over it.
const MOST_RULES: usize = 50;

/// The rules of a scope that compare a variable with a number.
fn bounds<'m>(index: &Index<'m>, scope: &ScopeEntry<'m>) -> Vec<(Rule, Bound<'m>)> {
    let mut found = Vec::new();
    for (position, number) in scope.numbers.iter().enumerate() {
        let entry = &index.states[*number];
        let StateKind::Choice(choice) = &entry.state.kind else { continue };
        for (at, rule) in choice.choices.iter().enumerate() {
            let bound = counter::bound(index, entry, at, &rule.test).filter(|_| found.len() < MOST_RULES);
            found.extend(bound.map(|bound| (Rule { position, at }, bound)));
        }
    }
    found
}

/// The states that are run through again and again until a variable has reached a number.
struct Cycle<'i, 'm> {
    index: &'i Index<'m>,
    scope: &'i ScopeEntry<'m>,
    /// The position of the Choice.
    choice: usize,
    rule: usize,
    variable: &'m str,
    /// Which states of the scope belong to it.
    members: Vec<bool>,
    rounds: u64,
    is_only_way_out: bool,
}

impl<'i, 'm> Cycle<'i, 'm> {
    fn new(index: &'i Index<'m>, scope: &'i ScopeEntry<'m>, rule: &Rule, bound: &Bound<'m>) -> Option<Self> {
        let changes = Changes::of(index, scope, bound.variable)?;
        let members = members(scope, rule.position, &changes.starts);
        if !members[rule.position] {
            return None;
        }
        let entry = scope.state(index, rule.position);
        let is_inside = |field: TransitionField| {
            let target = entry.state.target(field).and_then(|name| scope.states.get_index_of(name));
            target.is_some_and(|target| members[target])
        };
        let stays = is_inside(TransitionField::Choice(rule.at));
        let last = if stays { bound.until_false? } else { bound.until_true? };
        let step = step_of_a_round(scope, rule.position, &members, &changes)?;
        let rounds =
            last.checked_sub(changes.start)?.checked_add(step - 1)?.checked_div(step)?.checked_sub(1)?;
        let rounds = u64::try_from(rounds).ok().filter(|rounds| *rounds > 0)?;
        let StateKind::Choice(choice) = &entry.state.kind else { return None };
        let others: Vec<TransitionField> = if stays {
            (0..rule.at).map(TransitionField::Choice).collect()
        } else {
            let rules = (0..choice.choices.len()).filter(|at| *at != rule.at).map(TransitionField::Choice);
            rules.chain([TransitionField::Default]).collect()
        };
        let leads_on = others.into_iter().all(is_inside) && !leaves_elsewhere(scope, rule.position, &members);
        Some(Self {
            index,
            scope,
            choice: rule.position,
            rule: rule.at,
            variable: bound.variable,
            members,
            rounds,
            is_only_way_out: leads_on,
        })
    }

    /// The events of the shortest way from the Choice back to it.
    fn least_events(&self, events: &LeastEvents) -> Option<u64> {
        let onward = |position: usize, length: u64| {
            let targets = self.scope.graph.targets[position].iter().filter(|target| self.members[**target]);
            targets.map(move |target| {
                (length.saturating_add(events.of_state(self.scope.numbers[*target])), *target)
            })
        };
        let mut open: BTreeSet<(u64, usize)> = onward(self.choice, 0).collect();
        let mut done = vec![false; self.members.len()];
        while let Some((length, position)) = open.pop_first() {
            if position == self.choice {
                return Some(length);
            }
            if !std::mem::replace(&mut done[position], true) {
                open.extend(onward(position, length));
            }
        }
        None
    }

    fn counted(&self, events: Option<u64>) -> Option<CountedLoop<'m>> {
        Some(CountedLoop {
            choice: self.scope.state(self.index, self.choice).number,
            rule: self.rule,
            variable: self.variable,
            rounds: self.rounds,
            events: events?,
            is_only_way_out: self.is_only_way_out,
        })
    }
}

/// Where a scope changes a variable: it is given a number, or a number is added.
struct Changes {
    /// The greatest number that it is given.
    start: i64,
    /// The positions of the states that give it one.
    starts: Vec<usize>,
    /// The positions of those that add to it, with what they add at most.
    steps: Vec<(usize, i64)>,
}

impl Changes {
    /// `None` if it is given anything else.
    fn of(index: &Index<'_>, scope: &ScopeEntry<'_>, variable: &str) -> Option<Self> {
        let mut changes = Self { start: i64::MIN, starts: Vec::new(), steps: Vec::new() };
        for (position, number) in scope.numbers.iter().enumerate() {
            let entry = &index.states[*number];
            for assign in assigns(entry.state) {
                let members = assign.members.iter();
                let own = members.filter(|(key, _)| variable_of(key, entry.language) == variable);
                for (key, value) in own {
                    changes
                        .add(position, counter::step(index, entry, &assign.pointer(), key, value, variable)?);
                }
            }
        }
        (!changes.starts.is_empty() && !changes.steps.is_empty()).then_some(changes)
    }

    fn add(&mut self, position: usize, step: Step) {
        match step {
            Step::To(number) => {
                self.start = self.start.max(number);
                self.starts.push(position);
            }
            Step::By(number) => match self.steps.last_mut().filter(|(last, _)| *last == position) {
                Some((_, most)) => *most = number.max(*most),
                None => self.steps.push((position, number)),
            },
        }
    }
}

/// The states that the Choice leads to and that lead back to it, without passing one that starts the count again.
fn members(scope: &ScopeEntry<'_>, choice: usize, starts: &[usize]) -> Vec<bool> {
    let graph = scope.graph.without(starts);
    if starts.contains(&choice) {
        return vec![false; graph.targets.len()];
    }
    let reached = graph.reach(graph.targets[choice].iter().copied());
    reached.iter().zip(graph.lead_to(&[choice])).map(|(reached, leads)| *reached && leads).collect()
}

/// What is added in a round at most; `None` if that has no bound, as something is added in a loop of its own.
fn step_of_a_round(
    scope: &ScopeEntry<'_>,
    choice: usize,
    members: &[bool],
    changes: &Changes,
) -> Option<i64> {
    let outside: Vec<usize> =
        (0..members.len()).filter(|position| !members[*position] || *position == choice).collect();
    let rest = scope.graph.without(&outside);
    let mut total: i64 = 0;
    for (position, step) in changes.steps.iter().filter(|(position, _)| members[*position]) {
        let again = rest.reach(rest.targets[*position].iter().copied());
        if *position != choice && again[*position] {
            return None;
        }
        total = total.checked_add(*step)?;
    }
    (total > 0).then_some(total)
}

/// Whether another state than the Choice leads out of the loop, or ends.
fn leaves_elsewhere(scope: &ScopeEntry<'_>, choice: usize, members: &[bool]) -> bool {
    let others = || members.iter().enumerate().filter(|(position, member)| **member && *position != choice);
    others().any(|(position, _)| {
        scope.graph.exits.contains(&position) || scope.graph.targets[position].iter().any(|to| !members[*to])
    })
}

/// A whole number.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| counter::whole(value.as_f64()?))
}
