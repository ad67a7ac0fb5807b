//! The Map state, inline and distributed.

use serde_json::{Number, Value};

use crate::asl::handlers::{Catcher, Retrier};
use crate::asl::items::{ItemBatcher, ItemReader, ResultWriter};
use crate::asl::machine::ItemProcessor;
use crate::asl::object::object;
use crate::asl::value::{NullablePath, OrExpression};

object! {
    /// A Map state. `Iterator` and `Parameters` are the older forms of `ItemProcessor` and `ItemSelector` and are kept
    /// as they are. Spec: "Map State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Map = "a Map state" {
        @Work
        /// `Label` (Distributed): part of the Map Run's ARN, at most 40 characters, unique in the machine.
        "Label" => label: Option<String>,
        /// `Items` (JSONata): an array, or in Distributed mode an object, or an expression.
        "Items" Jsonata => items: Option<Value>,
        /// `ItemsPath` (JSONPath): a Reference Path to the items; absent means `$`.
        "ItemsPath" JsonPath => items_path: Option<String>,
        /// `ItemReader` (Distributed): reads the items from Amazon S3.
        "ItemReader" => item_reader: Option<ItemReader>,
        /// `ItemSelector`: replaces each item.
        "ItemSelector" => item_selector: Option<Value>,
        /// `Parameters` (JSONPath): the older form of `ItemSelector`.
        "Parameters" JsonPath => parameters: Option<Value>,
        /// `ItemBatcher` (Distributed): several items per child execution.
        "ItemBatcher" => item_batcher: Option<ItemBatcher>,
        /// `MaxConcurrency`: iterations at the same time; 0 or absent means as many as possible.
        "MaxConcurrency" => max_concurrency: Option<OrExpression<u64>>,
        /// `MaxConcurrencyPath` (JSONPath): a Reference Path to it.
        "MaxConcurrencyPath" JsonPath => max_concurrency_path: Option<String>,
        /// `ToleratedFailurePercentage` of items, 0 to 100; absent means 0.
        "ToleratedFailurePercentage" => tolerated_failure_percentage: Option<OrExpression<Number>>,
        /// `ToleratedFailurePercentagePath` (JSONPath): a Reference Path to it.
        "ToleratedFailurePercentagePath" JsonPath => tolerated_failure_percentage_path: Option<String>,
        /// `ToleratedFailureCount` of items; absent means 0.
        "ToleratedFailureCount" => tolerated_failure_count: Option<OrExpression<u64>>,
        /// `ToleratedFailureCountPath` (JSONPath): a Reference Path to it.
        "ToleratedFailureCountPath" JsonPath => tolerated_failure_count_path: Option<String>,
        /// `ItemProcessor`: what is done with each item.
        "ItemProcessor" => item_processor: Option<ItemProcessor>,
        /// `Iterator`: the older form of `ItemProcessor`.
        "Iterator" => iterator: Option<ItemProcessor>,
        /// `ResultWriter` (Distributed): exports the results to Amazon S3.
        "ResultWriter" => result_writer: Option<ResultWriter>,
        /// `ResultSelector` (JSONPath): a Payload Template on the result.
        "ResultSelector" JsonPath => result_selector: Option<Value>,
        /// `ResultPath` (JSONPath): where the result goes; absent means `$`.
        "ResultPath" JsonPath => result_path: Option<NullablePath>,
        @Handlers
        /// `Retry`: the Retriers in order.
        "Retry" => retry: Option<Vec<Retrier>>,
        /// `Catch`: the Catchers in order.
        "Catch" => catch: Option<Vec<Catcher>>,
    }
}
