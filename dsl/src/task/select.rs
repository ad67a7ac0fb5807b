//! What becomes of a result before it is kept.

use std::panic::Location;

use super::{Settings, Task};
use crate::data::Data;
use crate::expr::{Operand, tree};
use crate::plan::{BoundId, Expression, Place, Problem, ProblemKind, ResultSelector, Root, TypeFacts};
use crate::refs::Ref;

/// A selection that is still to be traced: what it makes of a result that is found at this root.
pub(crate) struct Select<'a> {
    raw: TypeFacts,
    trace: Box<dyn FnOnce(Root) -> Expression + 'a>,
}

impl<'a> Select<'a> {
    pub(crate) fn new<E: Operand>(raw: TypeFacts, select: impl FnOnce(Root) -> E + 'a) -> Self {
        Self { raw, trace: Box::new(|root| tree::<E::Data>(select(root))) }
    }

    /// The selection as a part of the state.
    pub(crate) fn trace(self) -> ResultSelector {
        let parameter = BoundId::fresh();
        ResultSelector { parameter, raw: self.raw, value: self.of(Root::Bound(parameter)) }
    }

    /// What is selected of a value.
    pub(crate) fn of(self, root: Root) -> Expression {
        (self.trace)(root)
    }
}

impl<'a, T: Data, Op> Task<'a, T, Op> {
    /// Keeps only what is selected of the result: `ResultSelector`. What is selected is the task's result from then on.
    ///
    /// Services answer more than a workflow needs. Whatever is kept counts towards the 256 KiB that a state may pass on, so keep the
    /// few fields that are read, and drop metadata such as `SdkHttpMetadata`:
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// #[derive(Data, Serialize, Deserialize, JsonSchema)]
    /// #[serde(rename_all = "PascalCase")]
    /// struct Described { status: String, image_id: String, tags: Vec<String> }
    ///
    /// #[derive(Data, Serialize, Deserialize, JsonSchema)]
    /// struct Image { id: String, status: String }
    ///
    /// #[workflow]
    /// fn inspect(s: &mut Scope, name: Ref<String>) -> Ref<Image> {
    ///     let describe = aws_sdk::<Described>("imagebuilder", "getImage", data!({ "ImageBuildVersionArn": name }));
    ///     s.task(describe.select_result(|answer| data!(Image { id: answer.image_id, status: answer.status })))
    /// }
    /// # assert!(inspect().plan().problems.is_empty());
    /// ```
    ///
    /// Call it before [`catch`](Self::catch) (`SW0160`): what a handler returns takes the place of what is selected. In JSONPath, the
    /// selection sees the result, variables and the context object, and is made of Paths and intrinsic functions (`SW0503`); what is no
    /// object is kept in the field `value` of one, because `ResultSelector` makes objects only. In JSONata, the selection sees
    /// all that the workflow has.
    #[track_caller]
    pub fn select_result<E: Operand>(mut self, select: impl FnOnce(Ref<T>) -> E + 'a) -> Task<'a, E::Data> {
        let after = match (&self.settings.select, self.settings.catch.as_slice()) {
            (Some(_), _) => Some("select_result"),
            (None, []) => None,
            (None, [_, ..]) => Some("catch"),
        };
        if let Some(after) = after {
            let problem = Problem { kind: ProblemKind::SelectsLate { after }, location: Location::caller() };
            self.work.problems.push(problem);
        }
        self.settings.select(TypeFacts::of::<T>(), |root| select(Ref::to(Place::new(root))));
        self.retyped()
    }
}

impl<'a> Settings<'a> {
    /// Keeps only what is selected of the result.
    pub(crate) fn select<E: Operand>(&mut self, raw: TypeFacts, select: impl FnOnce(Root) -> E + 'a) {
        self.select = Some(Select::new(raw, select));
    }
}
