//! The transitions of one scope, and what can be reached along them. Loops, not recursion: a chain of states is long.

use indexmap::IndexMap;

use crate::asl::{State, StateKind};

/// States by position, with the positions they lead to.
#[derive(Clone)]
pub(crate) struct Graph {
    pub(crate) start: Option<usize>,
    pub(crate) targets: Vec<Vec<usize>>,
    /// Where all transitions lead, one state after the other; `None` for a name that is no state.
    ways: Vec<Option<usize>>,
    /// Where in `ways` the transitions of each state begin.
    first_way: Vec<usize>,
    order: Vec<usize>,
    ranks: Vec<Option<usize>>,
    /// States at which the scope can end, or at which it is not known how it goes on.
    pub(crate) exits: Vec<usize>,
    /// Whether every name that a transition or `StartAt` gives is a state of the scope, and every state says how it goes on: what is
    /// missing, which is reported as such, may well be what leads to a state or out of the scope.
    pub(crate) is_complete: bool,
}

impl Graph {
    pub(crate) fn new(start_at: &str, states: &IndexMap<String, State>) -> Self {
        let start = states.get_index_of(start_at);
        let (targets, ways, first_way) = (Vec::with_capacity(states.len()), Vec::new(), Vec::new());
        let (order, ranks, is_complete) = (Vec::new(), vec![None; states.len()], start.is_some());
        let mut graph =
            Graph { start, targets, ways, first_way, order, ranks, exits: Vec::new(), is_complete };
        for (position, state) in states.values().enumerate() {
            let first = graph.ways.len();
            graph.first_way.push(first);
            graph.ways.extend(state.transitions().map(|transition| states.get_index_of(transition.target)));
            let ways = &graph.ways[first..];
            let targets: Vec<usize> = ways.iter().copied().flatten().collect();
            let leads_nowhere = targets.len() < ways.len();
            graph.is_complete &= !leads_nowhere && !is_open(state);
            if state.is_terminal() || may_stop(state) || leads_nowhere {
                graph.exits.push(position);
            }
            graph.targets.push(targets);
        }
        graph.put_in_order();
        graph
    }

    fn put_in_order(&mut self) {
        self.order = finishing_order(&self.targets, vec![false; self.targets.len()], self.start);
        self.order.reverse();
        self.ranks.fill(None);
        for (rank, position) in self.order.iter().enumerate() {
            self.ranks[*position] = Some(rank);
        }
    }

    /// Where the transitions of a state lead, in their order; `None` for a name that is no state.
    pub(crate) fn ways(&self, position: usize) -> &[Option<usize>] {
        &self.ways[self.first_way[position]..self.ways_end(position)]
    }

    fn ways_end(&self, position: usize) -> usize {
        self.first_way.get(position + 1).copied().unwrap_or(self.ways.len())
    }

    /// The same without the transitions from and to some states.
    pub(crate) fn without(&self, states: &[usize]) -> Graph {
        let mut is_out = vec![false; self.targets.len()];
        states.iter().for_each(|position| is_out[*position] = true);
        let mut without = self.clone();
        for (from, targets) in without.targets.iter_mut().enumerate() {
            targets.retain(|to| !is_out[from] && !is_out[*to]);
        }
        for from in 0..self.targets.len() {
            for way in self.first_way[from]..self.ways_end(from) {
                without.ways[way] = self.ways[way].filter(|to| !is_out[from] && !is_out[*to]);
            }
        }
        without.put_in_order();
        without
    }

    /// Which states can be reached from those at the given positions, these included.
    pub(crate) fn reach(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        reach(&self.targets, from)
    }

    /// Which states lead to those at the given positions, these included.
    pub(crate) fn lead_to(&self, goals: &[usize]) -> Vec<bool> {
        reach(&reversed(&self.targets), goals.iter().copied())
    }

    /// The states that can be reached, the start first, and each before those that it leads to as far as loops allow for that.
    pub(crate) fn forward(&self) -> &[usize] {
        &self.order
    }

    /// The place of a state in that order; `None` if it cannot be reached.
    pub(crate) fn rank(&self, position: usize) -> Option<usize> {
        self.ranks[position]
    }

    /// Whether there is a way from a state that can be reached back to itself.
    pub(crate) fn has_loop(&self) -> bool {
        let leads_back = |(rank, position): (usize, &usize)| {
            self.targets[*position].iter().any(|target| self.ranks[*target].is_some_and(|it| it <= rank))
        };
        self.order.iter().enumerate().any(leads_back)
    }

    /// From a part of the graph the states where it begins: from them all others of the part can be reached. Of a
    /// cycle the first.
    pub(crate) fn sources(&self, part: &[bool]) -> Vec<usize> {
        sources(&self.targets, part)
    }

    /// From a part of the graph the states where it leads in the end, one for each cycle or last state.
    pub(crate) fn sinks(&self, part: &[bool]) -> Vec<usize> {
        sources(&reversed(&self.targets), part)
    }
}

/// Whether a state does not say how it goes on.
fn is_open(state: &State) -> bool {
    match &state.kind {
        StateKind::Choice(choice) => choice.choices.is_empty(),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Wait(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => state.next.is_none() && !state.is_terminal(),
        StateKind::Succeed(_) | StateKind::Fail(_) => false,
    }
}

/// A Choice without `Default` stops with `States.NoChoiceMatched`; a state without `Next` is reported elsewhere.
fn may_stop(state: &State) -> bool {
    match &state.kind {
        StateKind::Choice(choice) => choice.default.is_none(),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Wait(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => state.next.is_none(),
        StateKind::Succeed(_) | StateKind::Fail(_) => true,
    }
}

fn reach(targets: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; targets.len()];
    let mut open: Vec<usize> = from.into_iter().collect();
    while let Some(position) = open.pop() {
        if !std::mem::replace(&mut reached[position], true) {
            open.extend(targets[position].iter().filter(|target| !reached[**target]));
        }
    }
    reached
}

fn reversed(targets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut sources = vec![Vec::new(); targets.len()];
    for (position, targets) in targets.iter().enumerate() {
        for target in targets {
            sources[*target].push(position);
        }
    }
    sources
}

/// Walks the part depth-first: the state that is finished last begins it, and so on with what that does not reach.
fn sources(targets: &[Vec<usize>], part: &[bool]) -> Vec<usize> {
    let mut covered: Vec<bool> = part.iter().map(|in_part| !in_part).collect();
    let finished = finishing_order(targets, covered.clone(), 0..targets.len());
    let mut sources = Vec::new();
    for position in finished.into_iter().rev() {
        if covered[position] {
            continue;
        }
        sources.push(position);
        let mut open = vec![position];
        while let Some(position) = open.pop() {
            if !std::mem::replace(&mut covered[position], true) {
                open.extend(targets[position].iter().filter(|target| !covered[**target]));
            }
        }
    }
    sources.sort_unstable();
    sources
}

/// Walks depth-first, but for what counts as entered, and gives the states as they are finished.
fn finishing_order(
    targets: &[Vec<usize>],
    mut entered: Vec<bool>,
    starts: impl IntoIterator<Item = usize>,
) -> Vec<usize> {
    let mut finished = Vec::new();
    for start in starts {
        if std::mem::replace(&mut entered[start], true) {
            continue;
        }
        let mut walk = vec![(start, 0)];
        while let Some((position, next)) = walk.last_mut() {
            let Some(target) = targets[*position].get(*next) else {
                finished.push(*position);
                walk.pop();
                continue;
            };
            *next += 1;
            if !std::mem::replace(&mut entered[*target], true) {
                walk.push((*target, 0));
            }
        }
    }
    finished
}

#[cfg(test)]
mod tests {
    use super::{reach, sources};

    #[test]
    fn sources_are_where_each_region_begins() {
        // 0 → 1 ⇄ 2, 3 ⇄ 4 → 1, 5
        let targets = [vec![1], vec![2], vec![1], vec![4], vec![3, 1], vec![]];
        assert_eq!(sources(&targets, &[true; 6]), [0, 3, 5]);
        assert_eq!(sources(&targets, &[false, true, true, false, true, false]), [4]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let length = 200_000;
        let targets: Vec<Vec<usize>> = (1..=length).map(|next| vec![next % length]).collect();
        assert!(reach(&targets, [0]).iter().all(|reached| *reached));
        assert_eq!(sources(&targets, &vec![true; length]), [0]);
    }
}
