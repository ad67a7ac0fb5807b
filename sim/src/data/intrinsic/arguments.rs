//! Arguments of Intrinsic Functions, by the types that functions want.

use serde_json::{Map, Value};
use stepwright_codegen::asl::intrinsic::Function;

use crate::data::intrinsic::Problem;

/// The values of a call's arguments.
#[derive(Debug)]
pub(super) struct Arguments {
    pub(super) function: Function,
    pub(super) values: Vec<Value>,
}

impl Arguments {
    pub(super) fn check_count(&self) -> Result<(), Problem> {
        if self.function.count().contains(&self.values.len()) {
            return Ok(());
        }
        let (name, count) = (self.function.name(), self.values.len());
        Problem::arguments(format!("Invalid number of arguments for {name}: {count}"))
    }

    pub(super) fn get(&self, index: usize) -> Result<&Value, Problem> {
        self.values.get(index).map_or_else(|| self.wrong(index, "a value"), Ok)
    }

    /// The arguments from that one on.
    pub(super) fn from(&self, index: usize) -> &[Value] {
        self.values.get(index..).unwrap_or_default()
    }

    pub(super) fn text(&self, index: usize) -> Result<&str, Problem> {
        self.get(index)?.as_str().map_or_else(|| self.wrong(index, "a string"), Ok)
    }

    pub(super) fn array(&self, index: usize) -> Result<&[Value], Problem> {
        let items = self.get(index)?.as_array().map(Vec::as_slice);
        items.map_or_else(|| self.wrong(index, "an array"), Ok)
    }

    pub(super) fn object(&self, index: usize) -> Result<&Map<String, Value>, Problem> {
        self.get(index)?.as_object().map_or_else(|| self.wrong(index, "an object"), Ok)
    }

    pub(super) fn boolean(&self, index: usize) -> Result<bool, Problem> {
        self.get(index)?.as_bool().map_or_else(|| self.wrong(index, "a boolean"), Ok)
    }

    /// A whole number of 32 bits; others are rounded, halves up towards positive infinity as `Math.round` of Java does.
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
    pub(super) fn integer(&self, index: usize) -> Result<i32, Problem> {
        let Some(number) = self.get(index)?.as_f64() else { return self.wrong(index, "a number") };
        let rounded = (number + 0.5).floor();
        if rounded < f64::from(i32::MIN) || rounded > f64::from(i32::MAX) {
            return self.wrong(index, "an integer from -2147483648 to 2147483647");
        }
        Ok(rounded as i32)
    }

    fn wrong<T>(&self, index: usize, expected: &str) -> Result<T, Problem> {
        let name = self.function.name();
        Problem::arguments(format!("Invalid arguments in {name}: argument {} must be {expected}", index + 1))
    }
}
