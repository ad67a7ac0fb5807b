//! The virtual clock: an ordered queue of what is going to happen.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::time::Duration;

/// What happens, when. Nothing waits: asking for the next thing moves the time to it.
///
/// Things that fall on the same moment happen in the order in which they were scheduled, so that the same simulation
/// always takes the same course.
#[derive(Debug)]
pub(crate) struct Clock<T> {
    now: Duration,
    scheduled: u64,
    queue: BinaryHeap<Reverse<Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    at: Duration,
    order: u64,
    what: T,
}

impl<T> Clock<T> {
    /// A clock at zero with nothing to come.
    pub(crate) fn new() -> Self {
        Self { now: Duration::ZERO, scheduled: 0, queue: BinaryHeap::new() }
    }

    /// Time since the start.
    pub(crate) fn now(&self) -> Duration {
        self.now
    }

    /// Lets something happen after a while.
    pub(crate) fn schedule(&mut self, after: Duration, what: T) {
        let at = self.now.saturating_add(after);
        self.scheduled += 1;
        self.queue.push(Reverse(Entry { at, order: self.scheduled, what }));
    }

    /// When something happens next.
    pub(crate) fn peek(&self) -> Option<Duration> {
        self.queue.peek().map(|Reverse(entry)| entry.at)
    }

    /// Moves on to a moment that comes before anything else; one that has passed changes nothing.
    pub(crate) fn advance(&mut self, to: Duration) {
        self.now = self.now.max(to);
    }

    /// Moves on to what happens next.
    pub(crate) fn next(&mut self) -> Option<T> {
        let Reverse(entry) = self.queue.pop()?;
        self.now = entry.at;
        Some(entry.what)
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T> Eq for Entry<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_happen_in_order_of_time_then_of_scheduling() {
        let mut clock = Clock::new();
        clock.schedule(Duration::from_secs(2), "late");
        clock.schedule(Duration::from_secs(1), "first of two");
        clock.schedule(Duration::from_secs(1), "second of two");
        let order: Vec<_> = std::iter::from_fn(|| clock.next()).collect();
        assert_eq!(order, ["first of two", "second of two", "late"]);
        assert_eq!(clock.now(), Duration::from_secs(2));
    }

    #[test]
    fn delays_count_from_the_present_moment() {
        let mut clock = Clock::new();
        clock.schedule(Duration::from_secs(1), ());
        clock.next();
        clock.schedule(Duration::from_secs(1), ());
        clock.next();
        assert_eq!(clock.now(), Duration::from_secs(2));
    }
}
