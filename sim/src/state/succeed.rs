//! The Succeed state.

use crate::fault::Fault;
use crate::interpreter::frame::FrameId;
use crate::interpreter::{Exit, Interpreter, Step};

impl Interpreter<'_, '_> {
    /// Ends the scope with what comes in.
    pub(crate) fn succeed(&mut self, id: FrameId) -> Result<Step, Fault> {
        let exit = self.pass_through(id)?;
        Ok(Step::Exit(Exit { to: None, ..exit }))
    }
}
