//! The fields of a Map state that are read when it starts.

use serde_json::Value;
use stepwright_codegen::asl::{Map, QueryLanguage};

use crate::data::{Failure, text};
use crate::history::{Payload, Text};
use crate::interpreter::Interpreter;
use crate::interpreter::frame::FrameId;
use crate::state::map::{Items, is_distributed};
use crate::state::{expression_of, json_type};

impl Interpreter<'_, '_> {
    /// `MaxConcurrency`; 0 means as many as possible.
    pub(crate) fn max_concurrency(
        &mut self,
        id: FrameId,
        map: &Map,
        input: &Value,
    ) -> Result<usize, Failure> {
        let limit = match (&map.max_concurrency, &map.max_concurrency_path) {
            (Some(constant), _) => {
                let value = self.constant_or(id, constant, "MaxConcurrency")?;
                let cause =
                    || format!("The MaxConcurrency field must be a non-negative integer but was: {value}");
                value.as_u64().ok_or_else(|| Failure::query(cause(), "MaxConcurrency"))?
            }
            (None, Some(path)) => {
                let limit = self.integer(id, "MaxConcurrencyPath", path, input)?;
                u64::try_from(limit).map_err(|_| Failure::runtime("MaxConcurrency cannot be negative."))?
            }
            (None, None) => 0,
        };
        Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX))
    }

    /// `ToleratedFailureCount` and `ToleratedFailurePercentage`.
    pub(crate) fn tolerated(
        &mut self,
        id: FrameId,
        map: &Map,
        input: &Value,
    ) -> Result<(Option<u64>, Option<f64>), Failure> {
        let count = match (&map.tolerated_failure_count, &map.tolerated_failure_count_path) {
            (Some(constant), _) => {
                let value = self.constant_or(id, constant, "ToleratedFailureCount")?;
                let cause = || format!("The ToleratedFailureCount field must be an integer but was: {value}");
                Some(value.as_i64().ok_or_else(|| Failure::query(cause(), "ToleratedFailureCount"))?)
            }
            (None, Some(path)) => Some(self.integer(id, "ToleratedFailureCountPath", path, input)?),
            (None, None) => None,
        };
        let count = count.map(u64::try_from).transpose();
        let count = count.map_err(|_| Failure::runtime("ToleratedFailureCount cannot be negative."))?;
        let percentage = match (&map.tolerated_failure_percentage, &map.tolerated_failure_percentage_path) {
            (Some(constant), _) => {
                let value = self.constant_or(id, constant, "ToleratedFailurePercentage")?;
                let cause =
                    || format!("The ToleratedFailurePercentage field must be a number but was: {value}");
                Some(value.as_f64().ok_or_else(|| Failure::query(cause(), "ToleratedFailurePercentage"))?)
            }
            (None, Some(path)) => {
                let value = self.path(id, path, input)?;
                let cause = || not_valid("ToleratedFailurePercentagePath", &value, "float", path);
                let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
                Some(number.ok_or_else(|| Failure::runtime(cause()))?)
            }
            (None, None) => None,
        };
        if percentage.is_some_and(|percentage| !(0.0..=100.0).contains(&percentage)) {
            return Err(Failure::runtime("ToleratedFailurePercentage must be between 0 and 100."));
        }
        Ok((count, percentage))
    }

    /// A whole number at a Reference Path.
    pub(crate) fn integer(
        &mut self,
        id: FrameId,
        field: &str,
        path: &str,
        input: &Value,
    ) -> Result<i64, Failure> {
        let value = self.path(id, path, input)?;
        // A number in a string will do.
        let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
        number.ok_or_else(|| Failure::runtime(not_valid(field, &value, "integer", path)))
    }

    /// The items to iterate over.
    pub(crate) fn items(&mut self, id: FrameId, map: &Map, input: &Payload) -> Result<Items, Failure> {
        let is_distributed = is_distributed(map);
        let items = match (self.language(id), &map.items, &map.items_path) {
            (QueryLanguage::Jsonata, Some(items), _) => {
                let value = self.resolve(id, items, "Items")?;
                Items::of(value, is_distributed).map_err(|value| not_an_array(items, &value))
            }
            (QueryLanguage::Jsonata, None, _) => {
                Items::of((**input).clone(), is_distributed).map_err(|value| {
                    let cause = format!("Map state input must be an array but was: {}", text::json(&value));
                    Failure::new(Failure::QUERY_EVALUATION, cause)
                })
            }
            (QueryLanguage::JsonPath, _, path) => {
                let path = path.as_deref().unwrap_or("$");
                let value = if path == "$" { (**input).clone() } else { self.path(id, path, input)? };
                // Of a path into the Context Object, the service shows what follows the first `$`.
                let shown = if path.starts_with("$$") { &path[1..] } else { path };
                Items::of(value, is_distributed)
                    .map_err(|_| Failure::runtime(format!("Reference path \"{shown}\" must point to array.")))
            }
        };
        let source = is_distributed.then(|| Text::from("STATE_DATA"));
        items.map(|items| Items { source, ..items })
    }
}

fn not_valid(field: &str, value: &Value, wanted: &str, path: &str) -> String {
    let shown = value.as_str().map_or_else(|| text::json(value), str::to_owned);
    format!("The {field} field refers to value \"{shown}\" which is not a valid {wanted}: {path}")
}

/// `Items` gave something else than an array.
fn not_an_array(items: &Value, value: &Value) -> Failure {
    let code = items.as_str().map_or_else(|| text::json(items), |text| expression_of(text).to_owned());
    let cause = format!(
        "The JSONata expression '{code}' specified for the field 'Items' returned an unexpected result type. Expected \
         'array', but was '{}' for value: {}",
        json_type(value),
        text::json(value),
    );
    Failure::query(cause, "Items")
}
