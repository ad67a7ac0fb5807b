//! How a scope ends, and with which value.

use std::borrow::Cow;

use stepwright::plan::Expression;

use super::Flattener;
use super::building::{Building, Exit, inlined};
use crate::lower::graph::Kind;

impl<'p> Flattener<'p, '_> {
    /// Lets the scope end on each of the exits, with its value.
    pub(super) fn finish(
        &mut self,
        scope: usize,
        building: &mut Building<'p>,
        exits: Vec<Exit>,
        value: Option<&'p Expression>,
    ) {
        let json_path = self.is_json_path();
        let mut landing = Vec::new();
        for exit in exits {
            let ends = match (exit, value) {
                (Exit::Next(_), None) => true,
                (Exit::Next(node), Some(value @ Expression::Read(..)))
                    if json_path && !building.nodes[node].in_jsonata =>
                {
                    // What is assigned on the way out is not to be seen there yet.
                    let seen = inlined(value, &building.nodes[node].next.writes);
                    let unchanged = matches!(seen, Some(Cow::Borrowed(_)));
                    if unchanged {
                        building.nodes[node].output = Some(Cow::Borrowed(value));
                    }
                    unchanged
                }
                (Exit::Next(node), Some(value)) if !json_path || building.nodes[node].in_jsonata => {
                    match inlined(value, &building.nodes[node].next.writes) {
                        Some(value) if building.can_give(node, &value) => {
                            building.nodes[node].output = Some(value);
                            true
                        }
                        _ => false,
                    }
                }
                _ => false,
            };
            if !ends {
                landing.push(exit);
            }
        }
        let Some(first) = landing.first().copied() else { return };
        let location = building.location_of(first).unwrap_or(self.graph.plan.location);
        let name = building.name_after(first, "End").unwrap_or_else(|| self.name_of_empty_scope(scope));
        let node = match value {
            Some(value) if json_path && !matches!(value, Expression::Read(..)) => {
                building.add(name, location, Kind::Pass(Cow::Borrowed(value)), None)
            }
            _ => {
                let node = building.add(name, location, Kind::Succeed, None);
                building.nodes[node].output = value.map(Cow::Borrowed);
                node
            }
        };
        building.connect(landing, node);
    }

    /// A scope must have a state: `PackAndTellBranch2`.
    fn name_of_empty_scope(&self, scope: usize) -> String {
        let path = &self.graph.scopes[scope].path;
        let mut words =
            path.rsplit(" / ").take(2).map(|word| word.replace("branch ", "Branch")).collect::<Vec<_>>();
        words.reverse();
        match self.graph.scopes[scope].owner {
            None => "Nothing".to_owned(),
            Some(_) if path.rsplit(" / ").next().is_some_and(|last| last.starts_with("branch ")) => {
                words.concat()
            }
            Some(_) => format!("{}Item", words.last().map_or("", String::as_str)),
        }
    }
}
