//! Map states: what both query languages have in common.

mod distributed;
mod handing;

use serde::de::DeserializeOwned;
use serde_json::Value;
use stepwright::plan::{self, Expression, Items};

use super::Printing;
use crate::asl::{self, OrExpression};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::graph::Use;
use crate::lower::jsonata::{delimited, value};
use crate::lower::jsonpath::template;

/// A number: a constant or an expression, or in JSONPath a Path.
type Amount<T> = (Option<OrExpression<T>>, Option<String>);

impl Printing<'_, '_> {
    /// A Map, but for what becomes of its result.
    pub(super) fn map_state(&mut self, map: &plan::Map, processor: usize) -> asl::Map {
        let (max_concurrency, max_concurrency_path) = self.amount(map.max_concurrency.as_ref());
        let item_selector = self.item_selector(map, processor);
        let mut printed = asl::Map {
            item_selector,
            max_concurrency,
            max_concurrency_path,
            retry: self.retry(),
            ..asl::Map::default()
        };
        match &map.items {
            Items::Read(reader) => printed.item_reader = Some(self.item_reader(reader)),
            Items::Data(items) if self.is_json_path() => {
                printed.items_path = Some(self.only_path(items)).filter(|path| path != "$");
            }
            Items::Data(items) => printed.items = Some(value(self, items, Use::Field)),
        }
        if let Some(distributed) = &map.distributed {
            self.distributed(distributed, processor, &mut printed);
        }
        printed.item_processor = Some(self.processor(processor, map.distributed.as_deref()));
        printed
    }

    fn processor(&mut self, scope: usize, distributed: Option<&plan::Distributed>) -> asl::ItemProcessor {
        let (start_at, states) = self.scope(scope);
        let config = match distributed {
            None => asl::ProcessorConfig { mode: Some(asl::ProcessorMode::Inline), execution_type: None },
            Some(distributed) => asl::ProcessorConfig {
                mode: Some(asl::ProcessorMode::Distributed),
                execution_type: Some(if distributed.is_express {
                    asl::ExecutionType::Express
                } else {
                    asl::ExecutionType::Standard
                }),
            },
        };
        asl::ItemProcessor {
            processor_config: Some(config),
            comment: self.graph.scopes[scope].comment.map(str::to_owned),
            start_at,
            states,
        }
    }

    /// Whether the state is in JSONPath.
    fn is_json_path(&self) -> bool {
        self.is_in_json_path() && !self.node().in_jsonata
    }

    /// A number that is known now, or read from the data.
    fn amount<T: DeserializeOwned>(&mut self, amount: Option<&Expression>) -> Amount<T> {
        match amount {
            None => (None, None),
            Some(Expression::Literal(constant)) => match T::deserialize(constant) {
                Ok(constant) => (Some(OrExpression::Constant(constant)), None),
                Err(_) => {
                    self.problem(
                        Diagnostic::error(Code::NoJson, "a limit of this Map is no number")
                            .help("give it a finite number"),
                    );
                    (None, None)
                }
            },
            Some(path) if self.is_json_path() => (None, Some(self.only_path(path))),
            Some(computed) => (Some(OrExpression::Expression(delimited(self, computed, Use::Field))), None),
        }
    }

    /// An object: in JSONPath a Payload Template.
    fn object<'e>(&mut self, fields: impl IntoIterator<Item = (&'e str, &'e Expression)>) -> Value {
        if self.is_json_path() {
            return Value::Object(template(self, fields));
        }
        let field = |(name, field): (&str, _)| (name.to_owned(), value(self, field, Use::Field));
        Value::Object(fields.into_iter().map(field).collect())
    }
}
