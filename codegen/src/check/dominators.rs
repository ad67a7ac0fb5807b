//! Through which states every path to a state leads.

use crate::check::graph::Graph;

/// The reached states of a scope as a tree: above a state is the last one that every path to it leads through.
///
/// States go by their rank here: their place in [`Graph::forward`], in which the start is the first.
pub(crate) struct Dominators {
    /// The positions of the states.
    pub(crate) order: Vec<usize>,
    /// The rank of each state, by its position in the scope; `None` if it cannot be reached.
    ranks: Vec<Option<usize>>,
    /// What is above each state; above the start is itself.
    above: Vec<usize>,
    /// How many states are above each state.
    pub(crate) depths: Vec<usize>,
    /// The first and the last number in the subtree of each state, numbered so that every subtree is a range.
    pub(crate) ranges: Vec<(usize, usize)>,
}

impl Dominators {
    pub(crate) fn new(graph: &Graph) -> Self {
        let order = graph.forward().to_vec();
        let ranks: Vec<Option<usize>> =
            (0..graph.targets.len()).map(|position| graph.rank(position)).collect();
        let mut sources = vec![Vec::new(); order.len()];
        for (rank, position) in order.iter().enumerate() {
            graph.targets[*position].iter().filter_map(|target| ranks[*target]).for_each(|target| {
                sources[target].push(rank);
            });
        }
        let above = above(&sources);
        let mut depths = vec![0; order.len()];
        for rank in 1..order.len() {
            depths[rank] = depths[above[rank]] + 1;
        }
        let ranges = ranges(&above);
        Self { order, ranks, above, depths, ranges }
    }

    /// The rank of the state at a position; `None` if it cannot be reached.
    pub(crate) fn rank(&self, position: usize) -> Option<usize> {
        self.ranks[position]
    }

    /// The last state that every path to a state leads through; of the start itself.
    pub(crate) fn above(&self, rank: usize) -> usize {
        self.above[rank]
    }

    /// Whether every path to a state leads through another, or it is that state.
    pub(crate) fn dominates(&self, by: usize, rank: usize) -> bool {
        let (first, last) = self.ranges[by];
        (first..=last).contains(&self.ranges[rank].0)
    }
}

/// After Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm": what is above a state is where the ways up from
/// its sources meet. Loops that are entered at several states take more than one round.
fn above(sources: &[Vec<usize>]) -> Vec<usize> {
    let mut above: Vec<Option<usize>> = vec![None; sources.len()];
    above.iter_mut().take(1).for_each(|start| *start = Some(0));
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        let mut walked = vec![0; sources.len()];
        for rank in 1..sources.len() {
            let known = sources[rank].iter().copied().filter(|source| above[*source].is_some());
            let met = known.reduce(|met, source| meet(&above, met, source, &mut walked, rank));
            is_settled &= met == above[rank];
            above[rank] = met;
        }
    }
    above.into_iter().flatten().collect()
}

/// Where two ways up meet. A way that was walked for the same state before led to where that met, so it ends there.
fn meet(above: &[Option<usize>], mut met: usize, mut other: usize, walked: &mut [usize], of: usize) -> usize {
    let up = |rank: usize| above[rank].expect("invariant: what is above a known state is known");
    while met != other {
        if other < met {
            walked[met] = of;
            met = up(met);
        } else if std::mem::replace(&mut walked[other], of) == of {
            return met;
        } else {
            other = up(other);
        }
    }
    met
}

fn ranges(above: &[usize]) -> Vec<(usize, usize)> {
    let mut sizes = vec![1; above.len()];
    for rank in (1..above.len()).rev() {
        sizes[above[rank]] += sizes[rank];
    }
    let (mut ranges, mut next) = (Vec::with_capacity(above.len()), vec![0; above.len()]);
    for (rank, size) in sizes.into_iter().enumerate() {
        let first = next[above[rank]];
        next[above[rank]] += size;
        next[rank] = first + 1;
        ranges.push((first, first + size - 1));
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::{above, ranges};

    #[test]
    fn ways_meet_above_a_state() {
        // 0 → 1 → (2 | 3) → 4 → 1, 0 → 5 ← 4
        let sources = [vec![], vec![0, 4], vec![1], vec![1], vec![2, 3], vec![0, 4]];
        let above = above(&sources);
        assert_eq!(above, [0, 0, 1, 1, 1, 0]);
        assert_eq!(ranges(&above), [(0, 5), (1, 4), (2, 2), (3, 3), (4, 4), (5, 5)]);
    }

    #[test]
    fn a_loop_may_be_entered_at_several_states() {
        // 0 → 1 → 2 → 3 → 2, 0 → 3, 3 → 1
        assert_eq!(above(&[vec![], vec![0, 3], vec![1, 3], vec![0, 2]]), [0, 0, 0, 0]);
    }

    #[test]
    fn a_handler_of_everything_does_not_take_long() {
        let length = 100_000;
        let mut sources: Vec<Vec<usize>> =
            (0..length).map(|rank: usize| rank.checked_sub(1).into_iter().collect()).collect();
        sources.push((7..length).collect());
        assert_eq!(above(&sources).last(), Some(&7));
    }
}
