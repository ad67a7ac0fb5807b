//! Compares how states are left, and how the execution ends.

use serde_json::Value;

use super::{Flow, Place, Route, Trio};
use crate::replay::values::{difference, without_event_ids};
use crate::replay::way::{End, Visit};

impl<'w> Route<'w> {
    /// A Map Run, whose children and objects in Amazon S3 are not in the history: what it came to is not known.
    pub(super) fn children(&mut self, place: &Place<'w>) -> Flow {
        let Trio { recorded, simulated, other } = place.visits;
        if !(recorded.has_children && simulated.has_children) {
            return Flow::Continue(());
        }
        if recorded.has_failed_children != simulated.has_failed_children {
            self.is_lost = true;
            self.notes
                .push(format!("the replay ends at {}, for what its children did is not known", place.name()));
            return Flow::Break(());
        }
        let output = |visit: &'w Visit| visit.exit.as_ref().map(|exit| &exit.output);
        // What follows from it is another value for that reason, and no news.
        self.is_tainted |= match (output(recorded), output(simulated)) {
            (Some(before), Some(now)) => difference(before, now, other.and_then(output)).is_some(),
            _ => true,
        };
        Flow::Continue(())
    }

    /// How the state was left.
    pub(super) fn exit(&mut self, place: &Place<'w>) -> Flow {
        let Trio { recorded, simulated, other } = place.visits;
        let name = place.name();
        let (before, now) = match (&recorded.exit, &simulated.exit) {
            (Some(before), Some(now)) => (before, now),
            (None, None) => return Flow::Continue(()),
            _ if place.is_cut => return Flow::Continue(()),
            (Some(_), None) => return self.part(format!("{name} went on, now it {}", simulated.tell(false))),
            (None, Some(_)) => return self.part(format!("{name} {}, now it goes on", recorded.tell(true))),
        };
        if recorded.has_children && simulated.has_children {
            return Flow::Continue(());
        }
        let other = other.and_then(|other| other.exit.as_ref());
        let output =
            Trio { recorded: &before.output, simulated: &now.output, other: other.map(|it| &it.output) };
        self.value(output, || format!("{name} puts out something else"));
        let assigned = Trio {
            recorded: &before.assigned,
            simulated: &now.assigned,
            other: other.map(|it| &it.assigned),
        };
        self.value(assigned, || format!("{name} assigns other values"));
        Flow::Continue(())
    }

    /// How the execution ended.
    pub(super) fn end(&mut self) {
        let (Some(before), Some(now)) = (&self.recorded.end, &self.simulated.end) else { return };
        if self.is_lost || before.kind == "Aborted" || self.simulated.visits().any(Visit::is_unanswered) {
            return;
        }
        if before.kind != now.kind || before.error != now.error {
            let _: Flow =
                self.part(format!("the execution {}, now it {}", before.tell(true), now.tell(false)));
            return;
        }
        let other = self.other.and_then(|other| other.end.as_ref()).filter(|other| other.kind == now.kind);
        let output =
            Trio { recorded: &before.output, simulated: &now.output, other: other.map(|it| &it.output) };
        self.value(output, || "the execution puts out something else".to_owned());
        let cause = |end: &End| Value::from(end.cause.as_deref().map(without_event_ids));
        let (of_record, simulated, other) = (cause(before), cause(now), other.map(cause));
        let cause = Trio { recorded: &of_record, simulated: &simulated, other: other.as_ref() };
        self.value(cause, || "the execution fails for another cause".to_owned());
    }
}
