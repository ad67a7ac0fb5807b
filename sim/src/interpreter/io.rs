//! Input and output processing, which most state types share.
//!
//! `JSONPath`: raw input → `InputPath` → the state → `ResultSelector` → `ResultPath` into the raw input → `OutputPath`. `JSONata`:
//! the state reads `$states.input`, and `Assign` and `Output` make of its result what they like. Spec: "Input and Output
//! Processing".

use std::sync::Arc;

use serde_json::{Map, Value};
use stepwright_codegen::asl::{NullablePath, OrExpression, QueryLanguage, State, TransitionField};

use crate::data::{Failure, View, jsonata, path, template};
use crate::history::Payload;
use crate::interpreter::frame::{FrameId, Item};
use crate::interpreter::{Exit, Interpreter};
use crate::program::StateId;

/// `Assign` and `Output` of a state, a Choice Rule or a Catcher, in `JSONata`, and where they lead.
pub(crate) struct Outcome<'a> {
    /// `Assign`.
    pub(crate) assign: Option<&'a Map<String, Value>>,
    /// `Output`.
    pub(crate) output: Option<&'a Value>,
    /// The output where there is no `Output`.
    pub(crate) default: Payload,
    /// `$states.result`.
    pub(crate) result: Option<&'a Value>,
    /// `$states.errorOutput`.
    pub(crate) error_output: Option<&'a Value>,
    /// The state that follows.
    pub(crate) to: Option<StateId>,
}

/// What happens to a result in `JSONPath`.
#[derive(Clone, Copy, Default)]
pub(crate) struct ResultFields<'a> {
    /// `ResultSelector`.
    pub(crate) selector: Option<&'a Value>,
    /// `ResultPath`.
    pub(crate) path: Option<&'a NullablePath>,
}

impl<'m> Interpreter<'m, '_> {
    /// The current state of a frame.
    pub(crate) fn state(&self, id: FrameId) -> &'m State {
        self.program.state(self.frames[id].state).state
    }

    /// The language of the current state.
    pub(crate) fn language(&self, id: FrameId) -> QueryLanguage {
        self.program.state(self.frames[id].state).language
    }

    /// Where a field of the current state leads; `None` ends the scope.
    pub(crate) fn target(&self, id: FrameId, field: TransitionField) -> Option<StateId> {
        self.program.state(self.frames[id].state).target(field)
    }

    /// Brings the Context Object up to date for the current state.
    pub(crate) fn update_context(&mut self, id: FrameId, item: Option<&Item>, token: Option<&str>) {
        let frame = &self.frames[id];
        let state = self.program.state(frame.state);
        let item = item.or(frame.item.as_deref());
        self.runs[frame.run].update_context(frame, state, item, token);
    }

    /// A view on an input with the context as last updated.
    pub(crate) fn view<'a>(&'a self, id: FrameId, input: &'a Value) -> View<'a> {
        let frame = &self.frames[id];
        View::new(input, self.runs[frame.run].context(), &frame.variables, &self.random)
    }

    /// The input after `InputPath`; the raw input in `JSONata`.
    pub(crate) fn effective_input(&mut self, id: FrameId) -> Result<Payload, Failure> {
        self.select(id, self.state(id).input_path.as_ref(), &Arc::clone(&self.frames[id].input))
    }

    /// Applies `InputPath` or `OutputPath`.
    fn select(
        &mut self,
        id: FrameId,
        path: Option<&NullablePath>,
        from: &Payload,
    ) -> Result<Payload, Failure> {
        match path {
            None => Ok(Arc::clone(from)),
            Some(NullablePath::Null) => Ok(Arc::new(Value::Object(Map::new()))),
            Some(NullablePath::Path(path)) if path == "$" => Ok(Arc::clone(from)),
            Some(NullablePath::Path(path)) => {
                self.update_context(id, None, None);
                path::select(path, &self.view(id, from)).map(Arc::new)
            }
        }
    }

    /// What a Path of a field finds in an input.
    pub(crate) fn path(&mut self, id: FrameId, path: &str, input: &Value) -> Result<Value, Failure> {
        self.update_context(id, None, None);
        path::select(path, &self.view(id, input))
    }

    /// A Payload Template on an input.
    pub(crate) fn template(
        &mut self,
        id: FrameId,
        template: &Value,
        input: &Value,
        field: &str,
    ) -> Result<Payload, Failure> {
        self.update_context(id, None, None);
        template::resolve(template, &self.view(id, input), field).map(Arc::new)
    }

    /// A `JSONata` field that may hold expressions anywhere.
    pub(crate) fn resolve(&mut self, id: FrameId, value: &Value, field: &str) -> Result<Value, Failure> {
        self.update_context(id, None, None);
        jsonata::resolve(value, &self.view(id, &self.frames[id].input), field)
    }

    /// A Payload Template, or its like in `JSONata`.
    pub(crate) fn payload(
        &mut self,
        id: FrameId,
        value: &Value,
        input: &Value,
        field: &str,
    ) -> Result<Value, Failure> {
        self.update_context(id, None, None);
        self.payload_as_is(id, value, input, field)
    }

    /// As [`payload`](Self::payload), with the Context Object as last updated.
    pub(crate) fn payload_as_is(
        &self,
        id: FrameId,
        value: &Value,
        input: &Value,
        field: &str,
    ) -> Result<Value, Failure> {
        let view = self.view(id, input);
        match self.language(id) {
            QueryLanguage::Jsonata => jsonata::resolve(value, &view, field),
            QueryLanguage::JsonPath => template::resolve(value, &view, field),
        }
    }

    /// A field that is a constant or an expression.
    pub(crate) fn constant_or<T: Clone + Into<Value>>(
        &mut self,
        id: FrameId,
        value: &OrExpression<T>,
        field: &str,
    ) -> Result<Value, Failure> {
        match value {
            OrExpression::Constant(constant) => Ok(constant.clone().into()),
            OrExpression::Expression(text) => self.resolve(id, &Value::String(text.clone()), field),
        }
    }

    /// Leaves the state with a result.
    pub(crate) fn conclude(
        &mut self,
        id: FrameId,
        result: &Payload,
        fields: ResultFields<'_>,
    ) -> Result<Exit, Failure> {
        let (state, to) = (self.state(id), self.target(id, TransitionField::Next));
        if self.language(id) == QueryLanguage::Jsonata {
            let outcome = Outcome {
                assign: state.assign.as_ref(),
                output: state.output.as_ref(),
                default: Arc::clone(result),
                result: Some(result),
                error_output: None,
                to,
            };
            return self.jsonata_exit(id, &outcome);
        }
        let selected = match fields.selector {
            Some(selector) => self.template(id, selector, result, "ResultSelector")?,
            None => Arc::clone(result),
        };
        self.inspect("afterResultSelector", &selected);
        let combined = self.combine(id, fields.path, selected)?;
        self.inspect("afterResultPath", &combined);
        let assigned = self.assign_template(id, state.assign.as_ref(), result)?;
        let output = self.select(id, state.output_path.as_ref(), &combined)?;
        Ok(Exit { output, assigned, to })
    }

    /// Leaves a state that has no result: its input passes through.
    pub(crate) fn pass_through(&mut self, id: FrameId) -> Result<Exit, Failure> {
        let (state, to) = (self.state(id), self.target(id, TransitionField::Next));
        self.pass_through_to(id, state.assign.as_ref(), state.output.as_ref(), to)
    }

    /// As [`pass_through`](Self::pass_through), with the fields of a Choice Rule.
    pub(crate) fn pass_through_to(
        &mut self,
        id: FrameId,
        assign: Option<&Map<String, Value>>,
        output: Option<&Value>,
        to: Option<StateId>,
    ) -> Result<Exit, Failure> {
        if self.language(id) == QueryLanguage::Jsonata {
            let default = Arc::clone(&self.frames[id].input);
            return self.jsonata_exit(
                id,
                &Outcome { assign, output, default, result: None, error_output: None, to },
            );
        }
        let input = self.effective_input(id)?;
        self.inspect("afterInputPath", &input);
        let assigned = self.assign_template(id, assign, &input)?;
        let output = self.select(id, self.state(id).output_path.as_ref(), &input)?;
        Ok(Exit { output, assigned, to })
    }

    /// Evaluates `Assign` and `Output`; neither sees what the other does.
    pub(crate) fn jsonata_exit(&mut self, id: FrameId, outcome: &Outcome<'_>) -> Result<Exit, Failure> {
        if outcome.assign.is_none() && outcome.output.is_none() {
            return Ok(Exit { output: Arc::clone(&outcome.default), assigned: None, to: outcome.to });
        }
        self.update_context(id, None, None);
        let mut view = self.view(id, &self.frames[id].input);
        view.result = outcome.result;
        view.error_output = outcome.error_output;
        let assigned = match outcome.assign {
            Some(assign) => {
                let assigned = assign
                    .iter()
                    .map(|(name, value)| {
                        Ok((name.clone(), jsonata::resolve(value, &view, &format!("Assign/{name}"))?))
                    })
                    .collect::<Result<Map<_, _>, Failure>>()?;
                (!assigned.is_empty()).then(|| Arc::new(assigned))
            }
            None => None,
        };
        let output = match outcome.output {
            Some(output) => Arc::new(jsonata::resolve(output, &view, "Output")?),
            None => Arc::clone(&outcome.default),
        };
        Ok(Exit { output, assigned, to: outcome.to })
    }

    /// `Assign` in `JSONPath`: a Payload Template, of which each member is a variable.
    pub(crate) fn assign_template(
        &mut self,
        id: FrameId,
        assign: Option<&Map<String, Value>>,
        input: &Value,
    ) -> Result<Option<Arc<Map<String, Value>>>, Failure> {
        let Some(assign) = assign else { return Ok(None) };
        self.update_context(id, None, None);
        let resolved = template::resolve(&Value::Object(assign.clone()), &self.view(id, input), "Assign")?;
        Ok(match resolved {
            Value::Object(assigned) if !assigned.is_empty() => Some(Arc::new(assigned)),
            _ => None,
        })
    }

    /// Puts a result into the raw input where `ResultPath` says.
    pub(crate) fn combine(
        &mut self,
        id: FrameId,
        path: Option<&NullablePath>,
        result: Payload,
    ) -> Result<Payload, Failure> {
        let raw = &self.frames[id].input;
        match path {
            None => Ok(result),
            Some(NullablePath::Null) => Ok(Arc::clone(raw)),
            Some(NullablePath::Path(path)) if path == "$" => Ok(result),
            Some(NullablePath::Path(path)) => {
                path::assign(path, raw, Arc::unwrap_or_clone(result)).map(Arc::new)
            }
        }
    }
}
