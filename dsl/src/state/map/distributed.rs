//! Distributed Maps: iterations as child executions.

use super::Map;
use super::mode::{Batched, Distributed, Gathered, Gathering, Grouping, Inline, Singly, Written};
use crate::data::Data;
use crate::expr::{Fits, IntoExpr, Operand, tree};
use crate::items::NoBatchInput;
use crate::plan::{self, ItemBatcher, OutputType, ResultWriter, Transformation};

impl<'s, 'c, T: Data, I: Data> Map<'s, 'c, T, I, Inline> {
    /// Runs each iteration as a child execution of its own, up to 10,000 at the same time. They are Standard workflows unless
    /// [`express`](Map::express) is called.
    ///
    /// Values of the scopes around it are used in the iterations as ever: each child execution is handed those that its states
    /// read. [`context()`](crate::context()) is that of the child; what is needed of the parent's is selected.
    ///
    /// The Map never fails with the error of a child: it fails with
    /// [`EXCEED_TOLERATED_FAILURE_THRESHOLD`](crate::States::EXCEED_TOLERATED_FAILURE_THRESHOLD) if more of them fail than are
    /// tolerated, and with [`ITEM_READER_FAILED`](crate::States::ITEM_READER_FAILED) or
    /// [`RESULT_WRITER_FAILED`](crate::States::RESULT_WRITER_FAILED). A retry starts all of them again.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Job { key: String, run: String }
    /// # #[task(lambda = "${Convert}")] fn convert(key: String, run: String) -> String;
    /// # #[workflow] fn w(s: &mut Scope, keys: Ref<Vec<String>>) -> Ref<Vec<String>> {
    /// s.map("ConvertAll", keys)
    ///     .select(|key| data!(Job { key, run: context().execution.name }))
    ///     .distributed()
    ///     .express()
    ///     .label("convert")
    ///     .tolerate_failure_percentage(10.0)
    ///     .each(|s, job| s.task(convert(job.key, job.run)))
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    pub fn distributed(mut self) -> Map<'s, 'c, T, I, Distributed> {
        self.draft.distributed = Some(Box::default());
        self.retyped()
    }
}

impl<T: Data, I: Data, G: Grouping, W: Gathering> Map<'_, '_, T, I, Distributed<G, W>> {
    fn edit(mut self, edit: impl FnOnce(&mut plan::Distributed)) -> Self {
        edit(self.draft.distributed.get_or_insert_default());
        self
    }

    /// Lets the child executions be Express workflows: cheaper and faster, five minutes at the most, no activities and no callbacks.
    pub fn express(self) -> Self {
        self.edit(|distributed| distributed.is_express = true)
    }

    /// Lets the child executions be Standard workflows, as they are if nothing is said.
    pub fn standard(self) -> Self {
        self.edit(|distributed| distributed.is_express = false)
    }

    /// Names the Map Run, as a part of its ARN and of those of the child executions: at most 40 characters, unique in the machine
    /// (`SW0260`, `SW0261`).
    pub fn label(self, label: impl Into<String>) -> Self {
        self.edit(|distributed| distributed.label = Some(label.into()))
    }

    /// Goes on while no more than so many items have failed, a constant or read from the data; the results are then those of the
    /// others. One more fails the Map with `States.ExceedToleratedFailureThreshold`.
    pub fn tolerate_failures(self, items: impl Fits<u64>) -> Self {
        self.edit(|distributed| distributed.tolerated_count = Some(tree(items)))
    }

    /// Goes on while no more than so many percent of the items have failed: 0 to 100, a constant or read from the data.
    pub fn tolerate_failure_percentage(self, percent: impl Fits<f64>) -> Self {
        self.edit(|distributed| distributed.tolerated_percentage = Some(tree(percent)))
    }
}

impl<'s, 'c, T: Data, I: Data, W: Gathering> Map<'s, 'c, T, I, Distributed<Singly, W>> {
    /// Gives each child execution up to so many items, a constant or read from the data: its body gets a
    /// [`Batch`](crate::items::Batch), and there is one result for each batch.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Rate { currency: String, rate: f64 }
    /// # #[task(lambda = "${Convert}")] fn convert(amount: f64, rate: f64) -> f64;
    /// # #[workflow] fn w(s: &mut Scope, amounts: Ref<Vec<f64>>, ) -> Ref<Vec<Vec<f64>>> {
    /// s.map("Convert", amounts)
    ///     .distributed()
    ///     .batches_of(100)
    ///     .batch_input(data!(Rate { currency: "EUR", rate: 1.25 }))
    ///     .each(|s, batch| {
    ///         s.map("ConvertOne", batch.items).each(|s, amount| s.task(convert(amount, batch.batch_input.rate)))
    ///     })
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    pub fn batches_of(
        self,
        items: impl Fits<u64>,
    ) -> Map<'s, 'c, T, I, Distributed<Batched<NoBatchInput>, W>> {
        self.batched(ItemBatcher { max_items: Some(tree(items)), ..ItemBatcher::default() })
    }

    /// Gives each child execution as many items as fit into so many bytes, 262,144 at the most; see
    /// [`batches_of`](Self::batches_of).
    pub fn batches_up_to_bytes(
        self,
        bytes: impl Fits<u64>,
    ) -> Map<'s, 'c, T, I, Distributed<Batched<NoBatchInput>, W>> {
        self.batched(ItemBatcher { max_bytes: Some(tree(bytes)), ..ItemBatcher::default() })
    }

    fn batched(self, batcher: ItemBatcher) -> Map<'s, 'c, T, I, Distributed<Batched<NoBatchInput>, W>> {
        self.edit(|distributed| distributed.batcher = Some(batcher)).retyped()
    }
}

impl<'s, 'c, T: Data, I: Data, B: Data, W: Gathering> Map<'s, 'c, T, I, Distributed<Batched<B>, W>> {
    /// Limits the number of items in a batch too.
    pub fn and_of(self, items: impl Fits<u64>) -> Self {
        self.batcher(|batcher| batcher.max_items = Some(tree(items)))
    }

    /// Limits the bytes of a batch too.
    pub fn and_up_to_bytes(self, bytes: impl Fits<u64>) -> Self {
        self.batcher(|batcher| batcher.max_bytes = Some(tree(bytes)))
    }

    /// What every batch is given beside its items: `BatchInput`. The Map evaluates it once, before there are items.
    pub fn batch_input<E: Operand>(self, input: E) -> Map<'s, 'c, T, I, Distributed<Batched<E::Data>, W>> {
        self.batcher(|batcher| batcher.input = Some(tree::<E::Data>(input))).retyped()
    }

    fn batcher(self, edit: impl FnOnce(&mut ItemBatcher)) -> Self {
        self.edit(|distributed| edit(distributed.batcher.get_or_insert_default()))
    }
}

impl<'s, 'c, T: Data, I: Data, G: Grouping> Map<'s, 'c, T, I, Distributed<G, Gathered>> {
    /// Writes the results to files in Amazon S3, below a prefix; the state's value is then where they are, a
    /// [`WrittenResults`](crate::items::WrittenResults).
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Resize}")] fn resize(key: String) -> String;
    /// # #[workflow] fn w(s: &mut Scope) -> Ref<String> {
    /// let written = s
    ///     .map("ResizeAll", items::objects("photos", "incoming/"))
    ///     .write_results("photos", "resized")
    ///     .transformation(items::Transformation::Compact)
    ///     .output(items::OutputType::JsonLines)
    ///     .each(|s, photo| s.task(resize(photo.key)));
    /// written.result_writer_details.key
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    pub fn write_results(
        self,
        bucket: impl IntoExpr<String>,
        prefix: impl IntoExpr<String>,
    ) -> Map<'s, 'c, T, I, Distributed<G, Written>> {
        let writer =
            ResultWriter { bucket: tree(bucket), prefix: tree(prefix), transformation: None, output: None };
        self.edit(|distributed| distributed.writer = Some(writer)).retyped()
    }
}

impl<T: Data, I: Data, G: Grouping> Map<'_, '_, T, I, Distributed<G, Written>> {
    /// What is written of each child execution that succeeded; everything that is known of it, if not said.
    pub fn transformation(self, transformation: Transformation) -> Self {
        self.writer(|writer| writer.transformation = Some(transformation))
    }

    /// The format of the files: one JSON array, if not said.
    pub fn output(self, output: OutputType) -> Self {
        self.writer(|writer| writer.output = Some(output))
    }

    fn writer(self, edit: impl FnOnce(&mut ResultWriter)) -> Self {
        self.edit(|distributed| {
            if let Some(writer) = &mut distributed.writer {
                edit(writer);
            }
        })
    }
}
