//! What is tried out.

use serde_json::Value;
use stepwright_sim::{Simulation, Type};

use crate::corpus::Corpus;
use crate::draw::Drawer;
use crate::mutate;

/// A definition, and what is needed to run it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What it follows from.
    pub seed: u64,
    /// The text of the definition.
    pub text: String,
    /// The input of the execution.
    pub input: Value,
    /// The type of the execution.
    pub execution_type: Type,
    /// The objects in Amazon S3.
    pub objects: Vec<(&'static str, String)>,
}

impl Case {
    /// The case of a seed. With definitions in the corpus, every other case is a mutation of one of them.
    pub fn of(seed: u64, corpus: &Corpus) -> Self {
        let drawer = Drawer::new(seed);
        let text = match corpus.definitions() {
            definitions @ [_, ..] if seed % 2 == 1 => {
                let mut definition = drawer.one(definitions).clone();
                mutate::mutate(&mut definition, &drawer);
                definition.to_string()
            }
            _ => drawer.machine().to_string(),
        };
        let text = if drawer.chance(5) { mutate::garble(&text, &drawer) } else { text };
        let execution_type =
            if drawer.is_straight() && drawer.chance(10) { Type::Express } else { Type::Standard };
        let objects = vec![("one", drawer.body()), ("two", drawer.body())];
        Self { seed, text, input: drawer.input(), execution_type, objects }
    }

    /// The same with another definition.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        Self { text, ..self.clone() }
    }

    /// What is to be simulated.
    pub(crate) fn simulation<'m>(&self, document: &'m stepwright_codegen::asl::Document) -> Simulation<'m> {
        let simulation = Simulation::new(document.machine()).input(self.input.clone()).seed(self.seed);
        let objects = self.objects.iter();
        objects.fold(simulation.of_type(self.execution_type), |simulation, (key, body)| {
            simulation.object("bucket", *key, body.as_str())
        })
    }
}
