//! The Fail state.

use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::{Fail, QueryLanguage};

use crate::data::{Failure, intrinsic, path};
use crate::fault::Fault;
use crate::history::Text;
use crate::interpreter::frame::FrameId;
use crate::interpreter::{Interpreter, Step};

impl Interpreter<'_, '_> {
    /// Ends the scope with an error.
    pub(crate) fn fail_state(&mut self, id: FrameId, fail: &Fail) -> Result<Step, Fault> {
        if self.language(id) == QueryLanguage::JsonPath {
            let input = Arc::clone(&self.frames[id].input);
            self.inspect("afterInputPath", &input);
        }
        let error = self.fail_text(id, "Error", fail.error.as_deref(), fail.error_path.as_deref())?;
        let cause = self.fail_text(id, "Cause", fail.cause.as_deref(), fail.cause_path.as_deref())?;
        Err(Fault::of(error, cause))
    }

    /// A text of its own, of an expression, a path or an intrinsic function.
    fn fail_text(
        &mut self,
        id: FrameId,
        field: &str,
        constant: Option<&str>,
        path: Option<&str>,
    ) -> Result<Option<Text>, Failure> {
        let value = match (constant, path) {
            (Some(text), _) if self.language(id) == QueryLanguage::Jsonata => {
                self.resolve(id, &Value::String(text.to_owned()), field)?
            }
            (Some(text), _) => return Ok(Some(Arc::from(text))),
            (None, Some(path)) => {
                self.update_context(id, None, None);
                let view = self.view(id, &self.frames[id].input);
                if path.starts_with('$') { path::select(path, &view)? } else { intrinsic::call(path, &view)? }
            }
            (None, None) => return Ok(None),
        };
        match (value, path) {
            (Value::String(text), _) => Ok(Some(Arc::from(text))),
            (value, Some(path)) => Err(Failure::runtime(format!(
                "The {field}Path field must be a string but was: {value} at {path}"
            ))),
            (value, None) => {
                Err(Failure::query(format!("The {field} field must be a string but was: {value}"), field))
            }
        }
    }
}
