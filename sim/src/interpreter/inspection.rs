//! What is noted on the way through a single state that is tested.

use serde_json::{Map, Value};

use crate::interpreter::Interpreter;

/// The notes. States are run the same with and without them.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    /// The data after each step, by the field of `inspectionData`.
    pub(crate) data: Map<String, Value>,
    /// `errorDetails`.
    pub(crate) error_details: Map<String, Value>,
    /// The items that a Map has instead of those its `ItemReader` would read.
    pub(crate) items: Option<Vec<Value>>,
}

impl Interpreter<'_, '_> {
    /// Notes what a step came to, if anybody wants to know.
    pub(crate) fn inspect(&mut self, field: &str, value: &Value) {
        if let Some(inspection) = &mut self.inspection {
            inspection.data.insert(field.to_owned(), value.clone());
        }
    }

    /// Notes how an error is handled.
    pub(crate) fn inspect_error(&mut self, field: &str, number: u64) {
        if let Some(inspection) = &mut self.inspection {
            inspection.error_details.insert(field.to_owned(), number.into());
        }
    }

    /// Notes how many iterations may run at the same time; 0 stands for any number.
    pub(crate) fn inspect_concurrency(&mut self, concurrency: usize) {
        let shown = if concurrency == usize::MAX { 0 } else { concurrency };
        self.inspect("maxConcurrency", &shown.into());
    }

    /// The items that stand in for those of an `ItemReader`.
    pub(crate) fn mocked_items(&self) -> Option<Vec<Value>> {
        self.inspection.as_ref().and_then(|inspection| inspection.items.clone())
    }
}
