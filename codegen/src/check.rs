//! The rules that a machine has to follow, whoever wrote it: one file for each code.
//!
//! A rule only says what is certain. What depends on data, on the account or on a substitution such as `${Name}` is not
//! reported. Each rule takes time in proportion to the size of the machine.

mod data_flow;
mod dominators;
mod flow;
mod graph;
mod hash;
mod index;
mod loops;
mod map_files;
mod parameters;
mod resource;
#[cfg(test)]
mod testing;
mod texts;
mod variables;

mod advice;
mod bad_call;
mod bad_expression;
mod bad_path;
mod bad_state_name;
mod call_arguments;
mod call_limits;
mod context_field;
mod covered_handler;
mod credentials;
mod data_size;
mod definition_size;
mod duplicate_state_name;
mod empty;
mod endless_loop;
mod exclusive_fields;
mod express;
mod foreign_error;
mod full_history;
mod heartbeat_not_shorter;
mod inline_map;
mod inner_assignment;
mod json_path_in_jsonata;
mod late_wait;
mod literal_expression;
mod map_label;
mod map_setup;
mod misplaced_field;
mod missing_parameter;
mod next_or_end;
mod no_error_names;
mod no_input_document;
mod no_item_processor;
mod no_task_token;
mod no_terminal_state;
mod not_reference_path;
mod number_out_of_range;
mod parameter_bounds;
mod parameter_type;
mod parameter_word;
mod required_one;
mod retry_number;
mod same_member;
mod shadowed_error;
mod states_all;
mod states_member;
mod template_field;
mod timeout_range;
mod timestamp;
mod unassigned_variable;
mod uncatchable_error;
mod unknown_error_name;
mod unknown_function;
mod unknown_parameter;
mod unknown_resource;
mod unknown_target;
mod unreachable_state;
mod unsupported_pattern;
mod unusable_parameter;
mod variable_name;
mod version;
mod wait_for;
mod wrong_language;

use crate::asl::StateMachine;
pub use crate::check::data_flow::Facts;
use crate::check::index::Index;
pub(crate) use crate::check::misplaced_field::misplaced_fields;
pub use crate::diagnostic::Finding;

/// What a rule is: it looks at the whole machine and reports.
type Rule = fn(&Index<'_>, &mut Report);

/// All rules; at one state their findings come in this order.
const RULES: &[Rule] = &[
    definition_size::check,
    version::check,
    bad_state_name::check,
    duplicate_state_name::check,
    empty::check,
    unknown_target::check,
    unreachable_state::check,
    no_terminal_state::check,
    endless_loop::check,
    next_or_end::check,
    misplaced_field::check,
    json_path_in_jsonata::check,
    wrong_language::check,
    exclusive_fields::check,
    wait_for::check,
    no_item_processor::check,
    credentials::check,
    unknown_resource::check,
    unsupported_pattern::check,
    no_task_token::check,
    missing_parameter::check,
    required_one::check,
    unknown_parameter::check,
    parameter_type::check,
    parameter_word::check,
    parameter_bounds::check,
    unusable_parameter::check,
    map_setup::check,
    inline_map::check,
    map_label::check,
    number_out_of_range::check,
    timeout_range::check,
    heartbeat_not_shorter::check,
    bad_path::check,
    not_reference_path::check,
    bad_call::check,
    call_arguments::check,
    template_field::check,
    same_member::check,
    literal_expression::check,
    bad_expression::check,
    unknown_function::check,
    states_member::check,
    no_input_document::check,
    context_field::check,
    timestamp::check,
    variable_name::check,
    inner_assignment::check,
    unassigned_variable::check,
    no_error_names::check,
    states_all::check,
    shadowed_error::check,
    unknown_error_name::check,
    express::check_children,
    uncatchable_error::check,
    covered_handler::check,
    foreign_error::check,
    retry_number::check,
    data_size::check,
];

/// Everything that is wrong with a machine, in the order of its states.
///
/// ```
/// use stepwright_codegen::{asl, check};
///
/// let text = r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }"#;
/// let document = asl::read(text).expect("the text is a state machine");
/// let findings = check::check(document.machine());
/// assert_eq!(findings[0].message, "`Next` names `B`, but there is no such state");
/// assert_eq!(findings[0].pointer, "/States/A/Next");
/// ```
pub fn check(machine: &StateMachine) -> Vec<Finding> {
    check_with(machine, &Facts::default())
}

/// The same for a machine that is deployed as an Express workflow, with what those cannot do.
pub fn check_express(machine: &StateMachine) -> Vec<Finding> {
    check_with(machine, &Facts::default().express())
}

/// The same with what is known of the machine's data and of its deployment.
pub fn check_with(machine: &StateMachine, facts: &Facts) -> Vec<Finding> {
    let of_type: &[Rule] =
        if facts.is_express { &[express::check] } else { &[late_wait::check, full_history::check] };
    check_rules(machine, RULES.iter().chain(of_type), |index, report| {
        data_flow::check(index, facts, report);
    })
}

/// What could be better though nothing is wrong: good practice (`SW08xx`), in the order of the states.
///
/// ```
/// use stepwright_codegen::{asl, check};
///
/// let text = r#"{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "${Work}", "End": true } } }"#;
/// let document = asl::read(text).expect("the text is a state machine");
/// assert!(check::check(document.machine()).is_empty());
/// let advice = check::advise(document.machine(), &check::Facts::default());
/// assert_eq!(advice[0].message, "`A` has no timeout, nor has the machine");
/// ```
pub fn advise(machine: &StateMachine, facts: &Facts) -> Vec<Finding> {
    let of_type = if facts.is_express { advice::FOR_EXPRESS } else { advice::FOR_STANDARD };
    check_rules(machine, of_type.iter().chain(advice::FOR_ALL), |index, report| {
        advice::uncaught_runtime::check(index, facts, report);
    })
}

fn check_rules<'r>(
    machine: &StateMachine,
    rules: impl Iterator<Item = &'r Rule>,
    last: impl FnOnce(&Index<'_>, &mut Report),
) -> Vec<Finding> {
    let index = Index::new(machine);
    let mut report = Report::default();
    for rule in rules {
        rule(&index, &mut report);
    }
    last(&index, &mut report);
    report.findings.sort_by_key(|(state, _)| *state);
    report.findings.into_iter().map(|(_, finding)| finding).collect()
}

/// Collects the findings of the rules.
#[derive(Default)]
struct Report {
    /// Each with the number of its state in the index; `None` sorts first.
    findings: Vec<(Option<usize>, Finding)>,
}

impl Report {
    /// Adds a finding about a state, or with `None` about the machine itself.
    fn add(&mut self, state: impl Into<Option<usize>>, finding: Finding) {
        self.findings.push((state.into(), finding));
    }
}
