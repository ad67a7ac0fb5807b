//! `SW0212`: a Map state has an `ItemProcessor` or the older `Iterator`. Spec: "Map State".

use crate::asl::StateKind;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        if map.item_processor.is_none() && map.iterator.is_none() {
            let message = format!("state `{}` has no `ItemProcessor`", entry.name);
            let finding = Finding::error(Code::NoItemProcessor, &entry.pointer, message)
                .on_key()
                .help("say in `ItemProcessor` what to do with each item");
            report.add(entry.number, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn a_map_without_item_processor_is_reported() {
        check_state(
            &json!({ "Type": "Map", "End": true }),
            &["error[SW0212] /States/A: state `A` has no `ItemProcessor`"],
        );
    }

    #[test]
    fn an_iterator_will_do() {
        let iterator = json!({ "StartAt": "B", "States": { "B": { "Type": "Succeed" } } });
        check_state(&json!({ "Type": "Map", "Iterator": iterator, "End": true }), &[]);
    }
}
