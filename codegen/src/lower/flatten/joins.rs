//! Bodies whose value becomes that of a state.

use std::borrow::Cow;

use stepwright::QueryLanguage;
use stepwright::plan::{self, Body, Expression, Outcome, Slot, ValueId};

use super::Flattener;
use super::building::{Building, Exit, whole_value};
use crate::lower::graph::Kind;

impl<'p> Flattener<'p, '_> {
    /// Flattens a body whose value becomes that of a state.
    pub(super) fn joined(
        &mut self,
        scope: usize,
        building: &mut Building<'p>,
        body: &'p Body,
        entry: Vec<Exit>,
        state: &plan::State,
    ) -> Vec<Exit> {
        let exits = self.body(scope, building, body, entry);
        match (&body.outcome, state.result) {
            (Outcome::Value(value), Some(join)) if self.live.contains(&join) => {
                self.deliver(building, exits, value, join, state.in_jsonata)
            }
            _ => exits,
        }
    }

    /// Lets the value of an expression become that of `join`, on each of the exits; a state that is added for it is one in JSONata
    /// if that is asked for.
    fn deliver(
        &mut self,
        building: &mut Building<'p>,
        exits: Vec<Exit>,
        value: &'p Expression,
        join: ValueId,
        in_jsonata: bool,
    ) -> Vec<Exit> {
        let mut left = Vec::new();
        let mut through_pass = Vec::new();
        for exit in exits {
            let attached = match self.graph.plan.query_language {
                QueryLanguage::Jsonata => building.assign(exit, value, join),
                QueryLanguage::JsonPath => self.alias(building, exit, value, join),
            };
            if attached { left.push(exit) } else { through_pass.push(exit) }
        }
        if let Some(first) = through_pass.first().copied() {
            let location =
                self.graph.plan.values.get(&join).map_or(self.graph.plan.location, |join| join.location);
            let name = building.name_after(first, "Result").unwrap_or_else(|| "Result".to_owned());
            let pass = building.add(name, location, Kind::Pass(Cow::Borrowed(value)), Some(join));
            building.nodes[pass].in_jsonata = in_jsonata && self.is_json_path();
            building.connect(through_pass, pass);
            left.push(Exit::Next(pass));
        }
        left
    }

    /// JSONPath: a state whose result is the value writes it where the joined value is kept.
    fn alias(&mut self, building: &Building<'p>, exit: Exit, value: &Expression, join: ValueId) -> bool {
        let (Exit::Next(node), Some(read)) = (exit, whole_value(value)) else { return false };
        let plain =
            |value: &plan::Value| matches!(value.slot, Slot::Auto(_)) && value.role == plan::Role::Result;
        let own = building.nodes[node].result == Some(read)
            && self.graph.value(read).is_some_and(plain)
            && self.graph.envelope(read).is_none()
            && self.graph.envelope(join).is_none()
            && !self.graph.aliases.contains_key(&read);
        if own {
            self.graph.aliases.insert(read, join);
        }
        own
    }
}
