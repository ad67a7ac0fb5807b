//! The Pass state.

use std::sync::Arc;

use stepwright_codegen::asl::{Pass, QueryLanguage};

use crate::fault::Fault;
use crate::interpreter::frame::FrameId;
use crate::interpreter::io::ResultFields;
use crate::interpreter::{Interpreter, Step};

impl Interpreter<'_, '_> {
    /// Passes on `Result`, or the effective input.
    pub(crate) fn pass(&mut self, id: FrameId, pass: &Pass) -> Result<Step, Fault> {
        if self.language(id) == QueryLanguage::Jsonata {
            return Ok(Step::Exit(self.pass_through(id)?));
        }
        let selected = self.effective_input(id)?;
        let input = match &pass.parameters {
            Some(parameters) => self.template(id, parameters, &selected, "Parameters")?,
            None => Arc::clone(&selected),
        };
        let result = match &pass.result {
            Some(result) => {
                self.inspect("result", result);
                Arc::new(result.clone())
            }
            None => {
                self.inspect("afterInputPath", &selected);
                self.inspect("afterParameters", &input);
                input
            }
        };
        let fields = ResultFields { selector: None, path: pass.result_path.as_ref() };
        Ok(Step::Exit(self.conclude(id, &result, fields)?))
    }
}
