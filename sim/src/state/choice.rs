//! The Choice state.

use serde_json::Value;
use stepwright_codegen::asl::{Choice, OrExpression, RuleTest, TransitionField};

use crate::data::{Failure, choice, text};
use crate::fault::Fault;
use crate::history::Payload;
use crate::interpreter::frame::FrameId;
use crate::interpreter::{Interpreter, Step};
use crate::state::{expression_of, json_type};

/// No rule matched, and there is no `Default`.
const NO_CHOICE_MATCHED: &str = "States.NoChoiceMatched";

impl Interpreter<'_, '_> {
    /// Goes where the first rule leads whose test holds.
    pub(crate) fn choice(&mut self, id: FrameId, choice: &Choice) -> Result<Step, Fault> {
        let input = self.effective_input(id)?;
        self.update_context(id, None, None);
        for (index, rule) in choice.choices.iter().enumerate() {
            if self.holds(id, index, &rule.test, &input)? {
                let to = self.target(id, TransitionField::Choice(index));
                let exit = self.pass_through_to(id, rule.assign.as_ref(), rule.output.as_ref(), to)?;
                return Ok(Step::Exit(exit));
            }
        }
        let Some(default) = self.target(id, TransitionField::Default) else {
            let cause = "Failed to transition out of the state. The state does not point to a next state.";
            return Err(Failure::new(NO_CHOICE_MATCHED, cause).into());
        };
        let state = self.state(id);
        let exit = self.pass_through_to(id, state.assign.as_ref(), state.output.as_ref(), Some(default))?;
        Ok(Step::Exit(exit))
    }

    fn holds(
        &mut self,
        id: FrameId,
        index: usize,
        test: &RuleTest,
        input: &Payload,
    ) -> Result<bool, Failure> {
        match test {
            RuleTest::Test(test) => choice::matches(test, &self.view(id, input)),
            RuleTest::Condition(OrExpression::Constant(holds)) => Ok(*holds),
            RuleTest::Condition(OrExpression::Expression(expression)) => {
                let field = format!("Choices[{index}]/Condition");
                match self.resolve(id, &Value::String(expression.clone()), &field)? {
                    Value::Bool(holds) => Ok(holds),
                    value => {
                        let code = expression_of(expression);
                        let (kind, value) = (json_type(&value), text::json(&value));
                        let cause = format!(
                            "The JSONata expression '{code}' specified for the field 'Condition' returned an \
                             unexpected result type. Expected 'boolean', but was '{kind}' for value: {value}"
                        );
                        Err(Failure::query(cause, field))
                    }
                }
            }
        }
    }
}
