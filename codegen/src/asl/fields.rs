//! The whole language as a list.

use crate::asl::choice::TEST_FIELDS;
use crate::asl::object::{FieldInfo, Object};
use crate::asl::state::{State, StateKind, StateType};
use crate::asl::{
    Branch, Catcher, ChoiceRule, Comparison, ItemBatcher, ItemProcessor, ItemReader, NullablePath,
    ProcessorConfig, ReaderConfig, ResultWriter, Retrier, StateMachine, WriterConfig,
};
use crate::check::misplaced_fields;

/// Every object of the language with the names of its fields, `Type` apart: the machine, the state types with those common fields that
/// the type takes, and what is nested in them.
///
/// ```
/// let tables = stepwright_codegen::asl::fields();
/// let (_, wait) = tables.iter().find(|(object, _)| *object == "Wait").expect("it is a state type");
/// assert!(wait.contains(&"Seconds") && wait.contains(&"Next") && !wait.contains(&"Retry"));
/// ```
pub fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut tables = vec![("StateMachine", names(&[StateMachine::FIELDS]))];
    tables.extend(StateType::ALL.iter().map(|state_type| (state_type.as_str(), of_state(*state_type))));
    tables.extend([
        ("ChoiceRule", names(&[ChoiceRule::FIELDS, TEST_FIELDS, Comparison::FIELDS])),
        ("Retrier", names(&[Retrier::FIELDS])),
        ("Catcher", names(&[Catcher::FIELDS])),
        ("Branch", names(&[Branch::FIELDS])),
        ("ItemProcessor", names(&[ItemProcessor::FIELDS])),
        ("ProcessorConfig", names(&[ProcessorConfig::FIELDS])),
        ("ItemReader", names(&[ItemReader::FIELDS])),
        ("ReaderConfig", names(&[ReaderConfig::FIELDS])),
        ("ItemBatcher", names(&[ItemBatcher::FIELDS])),
        ("ResultWriter", names(&[ResultWriter::FIELDS])),
        ("WriterConfig", names(&[WriterConfig::FIELDS])),
    ]);
    tables
}

fn names(tables: &[&[FieldInfo]]) -> Vec<&'static str> {
    tables.iter().flat_map(|fields| fields.iter()).map(|field| field.name).collect()
}

fn of_state(state_type: StateType) -> Vec<&'static str> {
    let kind = StateKind::new(state_type);
    let own = kind.fields();
    let full = State {
        input_path: Some(NullablePath::Null),
        output_path: Some(NullablePath::Null),
        assign: Some(serde_json::Map::new()),
        output: Some(serde_json::Value::Null),
        next: Some(String::new()),
        end: Some(true),
        ..State::new(kind)
    };
    let misplaced: Vec<&str> = misplaced_fields(&full).collect();
    let mut fields = names(&[State::FIELDS]);
    fields.retain(|field| !misplaced.contains(field));
    fields.extend(names(&[own]));
    fields
}
