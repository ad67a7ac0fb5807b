//! Setting variables: on the transitions that are there, or in a Pass state.

use std::borrow::Cow;

use stepwright::QueryLanguage;
use stepwright::plan::{Root, Set, SetOn, Slot};

use super::Flattener;
use super::building::{Building, Exit};
use crate::lower::graph::{Kind, root_value};

impl<'p> Flattener<'p, '_> {
    /// Gives a variable its value on each of the exits; `last` is the state in front.
    pub(super) fn set(
        &mut self,
        building: &mut Building<'p>,
        exits: Vec<Exit>,
        set: &'p Set,
        last: Option<usize>,
    ) -> Vec<Exit> {
        if !self.live.contains(&set.variable) {
            return exits;
        }
        let (mut left, mut through_pass) = (Vec::new(), Vec::new());
        for exit in exits {
            let meant = set.on == SetOn::Every || matches!(exit, Exit::Next(node) if Some(node) == last);
            let done = !meant
                || (self.can_compute(building, exit, set) && building.assign(exit, &set.value, set.variable));
            if done { left.push(exit) } else { through_pass.push(exit) }
        }
        if let Some(first) = through_pass.first().copied() {
            let pass = self.setter(building, first, set);
            building.connect(through_pass, pass);
            left.push(Exit::Next(pass));
        }
        left
    }

    /// A Pass state that does nothing but to set a variable.
    fn setter(&mut self, building: &mut Building<'p>, after: Exit, set: &'p Set) -> usize {
        let name = match &set.name {
            Some(name) => name.to_string(),
            None => self.setter_name(building, after, set),
        };
        match self.graph.plan.query_language {
            QueryLanguage::Jsonata => {
                building.add(name, set.location, Kind::Pass(Cow::Borrowed(&set.value)), Some(set.variable))
            }
            QueryLanguage::JsonPath => {
                // A Pass that gives on what it is given: its transition sees the whole document.
                let pass = building.add(name, set.location, Kind::Keep(None), None);
                building.nodes[pass].in_jsonata = set.in_jsonata;
                building.assign(Exit::Next(pass), &set.value, set.variable);
                pass
            }
        }
    }

    /// `SetAttempts` at a beginning, else `PollSetAttempts`; numbered where it is used already.
    fn setter_name(&mut self, building: &Building<'p>, after: Exit, set: &Set) -> String {
        let variable = match self.graph.value(set.variable).map(|value| &value.slot) {
            Some(Slot::Auto(name)) => name.as_str(),
            _ => "Variable",
        };
        let mut letters = variable.chars();
        let capital: String =
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let suffix = format!("Set{capital}");
        let base = building.name_after(after, &suffix).unwrap_or(suffix);
        let numbered = (2..).map(|n| format!("{base}{n}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| !self.setters.contains(name));
        let name = free.unwrap_or(base);
        self.setters.insert(name.clone());
        name
    }

    /// Whether a variable can be set on a transition, because what its value reads is at hand there. In JSONata everything is; in
    /// JSONPath the document is gone when a state has a result, and what is left is the result.
    fn can_compute(&self, building: &Building<'p>, exit: Exit, set: &Set) -> bool {
        let in_jsonata = exit.node().is_some_and(|node| building.nodes[node].in_jsonata);
        if self.graph.plan.query_language == QueryLanguage::Jsonata || in_jsonata {
            return true;
        }
        if set.in_jsonata {
            return false;
        }
        let own = match exit {
            Exit::Start | Exit::Mark(_) => return false,
            Exit::Rule(..) | Exit::Default(_) => return true,
            Exit::Next(node) => match &building.nodes[node].kind {
                Kind::Wait(_) | Kind::Keep(None) => return true,
                // What is assigned sees the raw result.
                _ if building.nodes[node].selector.is_some() => None,
                _ => building.nodes[node].result,
            },
            Exit::Catch(node, catch) => Some(building.nodes[node].catch[catch].catcher.error),
        };
        let mut at_hand = true;
        set.value.places(&mut |place| {
            at_hand &= match (place.root, root_value(place)) {
                (Root::Context, _) => true,
                (_, Some(read)) => own == Some(read) || self.graph.is_variable(read),
                (_, None) => false,
            };
        });
        at_hand
    }
}
