//! What answers the tasks of an execution, and what is seen of it meanwhile.

use std::io::Write;
use std::time::{Duration, Instant};

use stepwright_sim::{Call, Desk, Mocks, Reply, Span, Tasks};

use crate::terminal::{Stream, Terminal};
use crate::text::count;

/// Mocks, and for the tasks that have none, the stand-ins of the workflow.
pub(super) struct MocksFirst {
    /// From a file.
    pub(super) mocks: Mocks,
    /// From the team's xtask.
    pub(super) others: Option<Box<dyn Tasks>>,
}

impl Tasks for MocksFirst {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        if self.mocks.stands_in(call.state, call.resource) {
            return self.mocks.call(call);
        }
        self.others.as_mut()?.call(call)
    }

    fn stands_in(&self, state: &str, resource: &str) -> bool {
        self.mocks.stands_in(state, resource)
            || self.others.as_ref().is_some_and(|others| others.stands_in(state, resource))
    }

    fn next_event(&self) -> Option<Duration> {
        self.others.as_ref()?.next_event()
    }

    fn happen(&mut self, desk: &mut Desk<'_>) {
        if let Some(others) = &mut self.others {
            others.happen(desk);
        }
    }
}

/// How often the progress of a long simulation is told.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// How long a simulation takes, in real time, before it counts as long.
const LONG: Duration = Duration::from_secs(1);

/// Tells on a screen how far a long simulation is, in a line that it takes back in the end.
pub(super) struct Watched<'a> {
    tasks: &'a mut dyn Tasks,
    screen: Option<&'a mut Stream>,
    calls: usize,
    tell_at: Instant,
    has_told: bool,
}

impl<'a> Watched<'a> {
    pub(super) fn new(tasks: &'a mut dyn Tasks, terminal: &'a mut Terminal) -> Self {
        let screen = terminal.err_is_screen.then_some(&mut terminal.err);
        Self { tasks, screen, calls: 0, tell_at: now() + LONG, has_told: false }
    }

    fn tell(&mut self, at: Duration) {
        let Some(screen) = &mut self.screen else { return };
        let now = now();
        if now < self.tell_at {
            return;
        }
        self.tell_at = now + TELL_EVERY;
        self.has_told = true;
        // That the progress cannot be shown is no reason to stop.
        let _ = write!(screen, "\r{ERASE}simulated {}, {}", Span(at), count(self.calls, "task"));
        let _ = screen.flush();
    }

    /// Takes the line back.
    pub(super) fn finish(self) {
        if let Some(screen) = self.screen.filter(|_| self.has_told) {
            let _ = write!(screen, "\r{ERASE}");
            let _ = screen.flush();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "decides only when progress is shown, never what comes out")]
fn now() -> Instant {
    Instant::now()
}

/// Erases from the cursor to the end of the line.
const ERASE: &str = "\x1b[K";

impl Tasks for Watched<'_> {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        self.calls += 1;
        self.tell(call.at);
        self.tasks.call(call)
    }

    fn stands_in(&self, state: &str, resource: &str) -> bool {
        self.tasks.stands_in(state, resource)
    }

    fn next_event(&self) -> Option<Duration> {
        self.tasks.next_event()
    }

    fn happen(&mut self, desk: &mut Desk<'_>) {
        self.tell(desk.now());
        self.tasks.happen(desk);
    }
}
