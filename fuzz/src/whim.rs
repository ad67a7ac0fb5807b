//! Tasks that do whatever comes to mind.

use std::time::Duration;

use stepwright_sim::{Call, Reply, Tasks};

use crate::draw::Drawer;

/// After so many calls nothing stands in any more: a machine that calls in circles ends with an error.
const MAX_CALLS: usize = 300;

/// Answers each call at random.
#[derive(Debug)]
pub(crate) struct Whim {
    drawer: Drawer,
    calls: usize,
}

impl Whim {
    pub(crate) fn new(seed: u64) -> Self {
        Self { drawer: Drawer::new(!seed), calls: 0 }
    }

    fn duration(&self) -> Duration {
        match self.drawer.below(12) {
            0 => Duration::MAX,
            1 => Duration::from_secs(400 * 24 * 3_600),
            2 => Duration::from_nanos(1),
            3..6 => Duration::ZERO,
            _ => Duration::from_millis(100 * self.drawer.below(600) as u64),
        }
    }
}

impl Tasks for Whim {
    fn call(&mut self, _call: &Call<'_>) -> Option<Reply> {
        self.calls += 1;
        if self.calls > MAX_CALLS {
            return None;
        }
        let drawer = &self.drawer;
        let mut reply = match drawer.below(16) {
            0 => Reply::silence(),
            1 | 2 => Reply::failure(drawer.error(), drawer.text()),
            3 => Reply::failure_of(None, None),
            4 => Reply::no_such_activity(),
            5..7 => Reply::success(drawer.value(3)),
            _ => Reply::success(drawer.document()),
        };
        reply = reply.taking(self.duration()).submitted(drawer.value(2));
        if drawer.chance(20) {
            reply = reply.starting_after(self.duration()).by("worker");
        }
        if drawer.chance(20) {
            reply = reply.with_heartbeats(Duration::from_secs(drawer.below(20) as u64));
        }
        if drawer.chance(10) {
            reply = reply.before_submission();
        }
        Some(reply)
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }
}
