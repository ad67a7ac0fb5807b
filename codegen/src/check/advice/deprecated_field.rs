//! `SW0805`: a Map is written with the fields of today. Spec: "Map State".

use crate::asl::StateKind;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        let older = [
            (map.iterator.is_some(), "Iterator", "ItemProcessor"),
            (map.parameters.is_some(), "Parameters", "ItemSelector"),
        ];
        for (_, field, newer) in older.iter().filter(|(is_there, ..)| *is_there) {
            let message = format!("`{field}` of a Map is deprecated");
            let finding =
                Finding::warning(Code::DeprecatedField, entry.at(format_args!("/{field}")), message)
                    .on_key()
                    .help(format!("rename it to `{newer}`"));
            report.add(entry.number, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[test]
    fn the_older_fields_of_a_map_are_noticed() {
        let inner = json!({ "StartAt": "B", "States": { "B": { "Type": "Succeed" } } });
        let older = json!({ "Type": "Map", "Parameters": { "x": 1 }, "Iterator": inner, "End": true });
        advise_findings(
            &json!({ "StartAt": "A", "States": { "A": older } }),
            &[
                "SW0805 /States/A/Iterator: `Iterator` of a Map is deprecated",
                "SW0805 /States/A/Parameters: `Parameters` of a Map is deprecated",
            ],
        );
        let newer = json!({ "Type": "Map", "ItemSelector": { "x": 1 }, "ItemProcessor": inner, "End": true });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": newer } }), &[]);
    }
}
