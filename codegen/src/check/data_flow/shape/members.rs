//! The members of objects, in runs that are shared: states mostly set one member of a document that has many.

use std::cmp::Ordering;
use std::iter::once;
use std::rc::Rc;

use super::Shape;

/// A name with its value.
pub(crate) type Member = (Rc<str>, Shape);

/// Members, sorted by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    /// None of them is empty.
    runs: Vec<Rc<[Member]>>,
}

/// What becomes of members when one is set.
pub(super) enum With {
    /// They stay what they are, told at a glance.
    Same,
    Other(Members),
    /// There is no room for one more.
    TooMany,
}

/// So many members are in a run.
const LONGEST: usize = 4;

impl Members {
    /// Of members that are sorted and differ in their names.
    pub(super) fn sorted(members: Vec<Member>) -> Self {
        Self { runs: in_runs(members).collect() }
    }

    pub(super) fn count(&self) -> usize {
        self.runs.iter().map(|run| run.len()).sum()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Member> {
        self.runs.iter().flat_map(|run| run.iter())
    }

    /// The values in runs that no other members have.
    pub(super) fn unshared(&mut self) -> impl Iterator<Item = &mut Shape> {
        self.runs.iter_mut().filter_map(Rc::get_mut).flatten().map(|(_, shape)| shape)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Shape> {
        let (run, place) = self.place(name);
        place.ok().map(|at| &self.runs[run][at].1)
    }

    /// With a member set or added, of which there may be so many.
    pub(super) fn with(&self, name: &str, value: Shape, most: usize) -> With {
        let (position, place) = self.place(name);
        match place {
            Ok(at) => {
                let (_, known) = &self.runs[position][at];
                if known.is_identical(&value) && known.origin == value.origin {
                    return With::Same;
                }
            }
            Err(_) if self.count() >= most => return With::TooMany,
            Err(_) => {}
        }
        let mut runs = Vec::with_capacity(self.runs.len() + 1);
        runs.extend_from_slice(&self.runs);
        let Some(run) = self.runs.get(position) else {
            runs.push(Rc::from([(Rc::from(name), value)]));
            return With::Other(Self { runs });
        };
        let (before, member, after) = match place {
            Ok(at) => (&run[..at], (Rc::clone(&run[at].0), value), &run[at + 1..]),
            Err(at) => (&run[..at], (Rc::from(name), value), &run[at..]),
        };
        let members = before.iter().cloned().chain(once(member)).chain(after.iter().cloned());
        if run.len() < LONGEST || place.is_ok() {
            runs[position] = members.collect();
        } else {
            let mut first: Vec<Member> = members.collect();
            let second = first.split_off(LONGEST / 2);
            runs.splice(position..=position, [Rc::from(first), Rc::from(second)]);
        }
        With::Other(Self { runs })
    }

    /// The run in which a name is, or would be, and where in it.
    fn place(&self, name: &str) -> (usize, Result<usize, usize>) {
        let position = self.runs.partition_point(|run| &*run[0].0 <= name).saturating_sub(1);
        let run = self.runs.get(position).map_or(&[][..], |run| run);
        (position, run.binary_search_by(|(known, _)| (**known).cmp(name)))
    }

    /// The members of both, each as `join` says from what the two have; where that gives nothing, it stays as it is here.
    /// `None` if all stay so and there are no others. Runs that both share are taken over unseen.
    pub(super) fn union(
        &self,
        other: &Self,
        mut join: impl FnMut(Option<&Shape>, Option<&Shape>) -> Option<Shape>,
    ) -> Option<Self> {
        let mut runs = Vec::with_capacity(self.runs.len());
        let mut is_changed = false;
        let mut theirs = Cursor { runs: &other.runs, at: 0 };
        for (position, run) in self.runs.iter().enumerate() {
            if theirs.skip(run) {
                runs.push(Rc::clone(run));
                continue;
            }
            let end = self.runs.get(position + 1).map(|next| &*next[0].0);
            match merge(run, &mut theirs, end, &mut join) {
                None => runs.push(Rc::clone(run)),
                Some(merged) => {
                    is_changed = true;
                    runs.extend(in_runs(merged));
                }
            }
        }
        // Only where there is nothing here.
        if let Some(merged) = merge(&[], &mut theirs, None, &mut join) {
            is_changed = true;
            runs.extend(in_runs(merged));
        }
        is_changed.then_some(Self { runs })
    }
}

/// The same names with the same values.
impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        let is_shared = self.runs.len() == other.runs.len()
            && self.runs.iter().zip(&other.runs).all(|(left, right)| Rc::ptr_eq(left, right));
        is_shared || self.iter().eq(other.iter())
    }
}

fn in_runs(members: Vec<Member>) -> impl Iterator<Item = Rc<[Member]>> {
    let mut members = members.into_iter();
    std::iter::from_fn(move || {
        let is_last = members.len() <= LONGEST;
        match members.len() {
            0 => None,
            _ if is_last => Some(Rc::from(std::mem::take(&mut members).collect::<Vec<_>>())),
            _ => Some(members.by_ref().take(LONGEST).collect()),
        }
    })
}

/// Where one is in the members of an object.
struct Cursor<'r> {
    runs: &'r [Rc<[Member]>],
    /// In the first of these runs.
    at: usize,
}

impl<'r> Cursor<'r> {
    /// Skips a run if it comes next.
    fn skip(&mut self, run: &Rc<[Member]>) -> bool {
        let is_next = self.at == 0 && self.runs.first().is_some_and(|next| Rc::ptr_eq(next, run));
        if is_next {
            self.runs = &self.runs[1..];
        }
        is_next
    }

    fn peek(&self) -> Option<&'r Member> {
        self.runs.first().map(|run| &run[self.at])
    }

    fn step(&mut self) {
        self.at += 1;
        if self.runs.first().is_some_and(|run| self.at == run.len()) {
            (self.runs, self.at) = (&self.runs[1..], 0);
        }
    }
}

/// Merges what comes before a name into a run; `None` if nothing changes.
fn merge(
    run: &[Member],
    theirs: &mut Cursor<'_>,
    end: Option<&str>,
    join: &mut impl FnMut(Option<&Shape>, Option<&Shape>) -> Option<Shape>,
) -> Option<Vec<Member>> {
    let mut merged: Option<Vec<Member>> = None;
    let mut at = 0;
    loop {
        let ours = run.get(at);
        let other = theirs.peek();
        let order = match (ours, other) {
            (Some((left, _)), Some((right, _))) if Rc::ptr_eq(left, right) => Ordering::Equal,
            (Some((left, _)), Some((right, _))) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some((name, _))) if end.is_none_or(|end| &**name < end) => Ordering::Greater,
            (None, _) => return merged,
        };
        let ours = ours.filter(|_| order.is_le());
        let other = other.filter(|_| order.is_ge());
        let joined = join(ours.map(|(_, shape)| shape), other.map(|(_, shape)| shape));
        if let (Some(joined), Some((name, _))) = (joined, ours.or(other)) {
            let merged = merged.get_or_insert_with(|| run[..at].to_vec());
            merged.push((Rc::clone(name), joined));
        } else if let (Some(merged), Some(ours)) = (&mut merged, ours) {
            merged.push(ours.clone());
        }
        if ours.is_some() {
            at += 1;
        }
        if other.is_some() {
            theirs.step();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn members(numbers: &[u8]) -> (Members, BTreeMap<String, f64>) {
        let (mut members, mut expected) = (Members::default(), BTreeMap::new());
        for (at, number) in (0_u8..).zip(numbers) {
            members = set(&members, *number, Shape::number(f64::from(at)));
            expected.insert(number.to_string(), f64::from(at));
        }
        (members, expected)
    }

    fn set(members: &Members, number: u8, value: Shape) -> Members {
        match members.with(&number.to_string(), value, usize::MAX) {
            With::Same => members.clone(),
            With::Other(members) => members,
            With::TooMany => unreachable!("there is room"),
        }
    }

    fn listed(members: &Members) -> BTreeMap<String, f64> {
        members.iter().map(|(name, shape)| (name.to_string(), shape.known_number().unwrap_or(-1.0))).collect()
    }

    #[test]
    fn what_is_set_leaves_others_shared() {
        let (before, _) = members(&(0..64).collect::<Vec<_>>());
        let after = set(&before, 30, Shape::TEXT);
        let shared = before.runs.iter().filter(|run| after.runs.iter().any(|other| Rc::ptr_eq(run, other)));
        assert_eq!(shared.count() + 1, before.runs.len());
        let mut seen = 0;
        let union = before.union(&after, |_, right| {
            seen += 1;
            right.cloned()
        });
        assert!(seen <= LONGEST && union.as_ref() == Some(&after), "{seen} members were looked at");
        assert!(before.union(&before, |_, right| right.cloned()).is_none());
    }

    #[test]
    fn there_are_no_more_than_so_many() {
        let (members, _) = members(&[1, 2, 3]);
        assert!(matches!(members.with("4", Shape::TEXT, 3), With::TooMany));
        assert!(matches!(members.with("3", Shape::TEXT, 3), With::Other(members) if members.count() == 3));
        assert!(matches!(members.with("3", Shape::number(2.0), 3), With::Other(_) | With::Same));
    }

    proptest! {
        #[test]
        fn they_are_a_map(numbers in prop::collection::vec(any::<u8>(), 0..100)) {
            let (members, expected) = members(&numbers);
            prop_assert_eq!(members.count(), expected.len());
            prop_assert!(members.iter().map(|(name, _)| &**name).eq(expected.keys()));
            prop_assert_eq!(listed(&members), expected.clone());
            for number in 0..=u8::MAX {
                let name = number.to_string();
                let found = members.get(&name).and_then(Shape::known_number);
                prop_assert_eq!(found, expected.get(&name).copied());
            }
            let sorted = members.iter().cloned().collect();
            prop_assert_eq!(&Members::sorted(sorted), &members);
        }

        #[test]
        fn a_union_has_what_both_have(
            first in prop::collection::vec(any::<u8>(), 0..60),
            more in prop::collection::vec(any::<u8>(), 0..60),
            apart in any::<bool>(),
        ) {
            let (left, mut expected) = members(&first);
            let (mut right, mut of_right) = if apart { members(&[]) } else { (left.clone(), expected.clone()) };
            for number in &more {
                right = set(&right, *number, Shape::number(1000.0));
                of_right.insert(number.to_string(), 1000.0);
            }
            expected.extend(of_right);
            let union = left.union(&right, |_, right| right.cloned());
            prop_assert_eq!(listed(union.as_ref().unwrap_or(&left)), expected);
        }
    }
}
