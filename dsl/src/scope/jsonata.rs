//! States in JSONata in a workflow in JSONPath.

use super::Scope;
use crate::expr::Operand;
use crate::name::StateName;
use crate::refs::Ref;

impl Scope {
    /// Writes the state that is added next in JSONata: in a workflow in JSONPath, one state can then say what JSONPath cannot.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Load { weights: Vec<f64>, label: String }
    /// # #[task(lambda = "${Ship}")] fn ship(weight: f64) -> String;
    /// #[workflow(query_language = "JSONPath")]
    /// fn w(s: &mut Scope, load: Ref<Load>) -> Ref<String> {
    ///     s.in_jsonata().when("IsEmpty", cond!(load.weights.len() == 0), |s| {
    ///         s.in_jsonata().fail("NothingToShip", fmt!("{} is empty", load.label.to_uppercase()))
    ///     });
    ///     s.in_jsonata().task(ship(load.weights.sum() * 1.1))
    /// }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// It goes in front of whatever adds a state: [`task`](Self::task), [`choice`](Self::choice), [`wait`](Self::wait),
    /// [`map`](Self::map), [`parallel`](Self::parallel), [`fail`](Self::fail), [`succeed_with`](Self::succeed_with),
    /// [`repeat`](Self::repeat) for the Choice state that decides, [`set`](Self::set) for a value that JSONPath cannot compute; of
    /// several states, as those of [`ensure`](Self::ensure), the first is meant. What is nested in the state (the branches of a
    /// Choice, the handlers of errors, the iterations of a Map) stays in the language of the workflow. States that the compiler adds
    /// to compute what the branches of the Choice or the handlers come to are in JSONata as well.
    ///
    /// Results and errors are kept at their paths in the document, so the states around it can stay as they are: a machine in JSONPath can
    /// be migrated one state at a time. In a workflow in JSONata every state is in JSONata, and this does nothing.
    #[must_use = "it is about the state that is added next: `s.in_jsonata().task(…)`"]
    pub fn in_jsonata(&mut self) -> &mut Self {
        self.in_jsonata = true;
        self
    }

    /// Adds a Pass state in JSONata that makes a value, and returns it: [`in_jsonata`](Self::in_jsonata) and [`pass`](Self::pass) in one
    /// word.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Ship}")] fn ship(weight: f64) -> String;
    /// #[workflow(query_language = "JSONPath")]
    /// fn w(s: &mut Scope, weights: Ref<Vec<f64>>) -> Ref<String> {
    ///     let weight = s.compute("Weigh", weights.sum() * 1.1);
    ///     s.task(ship(weight))
    /// }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn compute<A: Operand>(&mut self, name: impl Into<StateName>, value: A) -> Ref<A::Data> {
        self.in_jsonata().pass(name, value)
    }
}
