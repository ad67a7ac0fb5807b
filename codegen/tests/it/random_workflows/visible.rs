//! What can be read at a point of a workflow, by type.

use stepwright::prelude::*;

use super::data::{Inner, Pair, Record};
use super::picks::Picks;

/// The values that can be read. There is one of each type at least.
#[derive(Clone)]
pub(super) struct Visible {
    pub(super) texts: Vec<Ref<String>>,
    pub(super) numbers: Vec<Ref<i64>>,
    pub(super) fractions: Vec<Ref<f64>>,
    pub(super) flags: Vec<Ref<bool>>,
    pub(super) delays: Vec<Ref<u32>>,
    pub(super) maybes: Vec<Ref<Option<String>>>,
    pub(super) maybe_lists: Vec<Ref<Option<Vec<String>>>>,
    pub(super) maybe_inners: Vec<Ref<Option<Inner>>>,
    pub(super) lists: Vec<Ref<Vec<String>>>,
    pub(super) rows: Vec<Ref<Vec<Vec<String>>>>,
    pub(super) inners: Vec<Ref<Inner>>,
    pub(super) inner_lists: Vec<Ref<Vec<Inner>>>,
    pub(super) records: Vec<Ref<Record>>,
    pub(super) variables: Variables,
}

/// The variables that can be set.
#[derive(Clone, Default)]
pub(super) struct Variables {
    pub(super) texts: Vec<Var<String>>,
    pub(super) numbers: Vec<Var<i64>>,
    pub(super) lists: Vec<Var<Vec<String>>>,
    pub(super) maybes: Vec<Var<Option<String>>>,
}

impl Visible {
    pub(super) fn new(record: Ref<Record>) -> Self {
        Self {
            texts: vec![record.text],
            numbers: vec![record.number],
            fractions: vec![record.fraction],
            flags: vec![record.flag],
            delays: vec![record.delay],
            maybes: vec![record.maybe, record.omitted],
            maybe_lists: vec![record.maybe_list],
            maybe_inners: vec![record.maybe_inner],
            lists: vec![record.list],
            rows: vec![record.rows],
            inners: vec![record.inner],
            inner_lists: vec![record.inners],
            records: vec![record],
            variables: Variables::default(),
        }
    }

    /// What can be read in a scope of its own, which cannot set the variables around it.
    pub(super) fn inside(&self) -> Self {
        Self { variables: Variables::default(), ..self.clone() }
    }

    pub(super) fn with<T: Readable>(&self, value: Ref<T>) -> Self {
        let mut more = self.clone();
        T::add(&mut more, value);
        more
    }
}

/// A type of which values can be read.
pub(super) trait Readable: Data {
    fn add(visible: &mut Visible, value: Ref<Self>);
}

/// A type whose values are read as a whole.
pub(super) trait Pooled: Readable {
    fn pool(visible: &Visible) -> &[Ref<Self>];
}

pub(super) fn pick<T>(pool: &[Ref<T>], picks: &mut Picks) -> Ref<T> {
    // Half of the time the newest one, so that values flow.
    if picks.once_in(2) { pool[pool.len() - 1] } else { picks.of(pool) }
}

macro_rules! pooled {
    ($($pool:ident $ty:ty;)*) => {$(
        impl Readable for $ty {
            fn add(visible: &mut Visible, value: Ref<Self>) {
                visible.$pool.push(value);
            }
        }

        impl Pooled for $ty {
            fn pool(visible: &Visible) -> &[Ref<Self>] {
                &visible.$pool
            }
        }
    )*};
}

pooled! {
    texts String;
    numbers i64;
    fractions f64;
    flags bool;
    lists Vec<String>;
    rows Vec<Vec<String>>;
    inner_lists Vec<Inner>;
    maybes Option<String>;
}

impl Readable for Inner {
    fn add(visible: &mut Visible, value: Ref<Self>) {
        visible.inners.push(value);
        visible.texts.push(value.text);
        visible.numbers.push(value.number);
    }
}

impl Pooled for Inner {
    fn pool(visible: &Visible) -> &[Ref<Self>] {
        &visible.inners
    }
}

impl Readable for Pair {
    fn add(visible: &mut Visible, value: Ref<Self>) {
        visible.texts.extend([value.left, value.right]);
        visible.numbers.push(value.count);
    }
}

impl Readable for Record {
    fn add(visible: &mut Visible, value: Ref<Self>) {
        let more = Visible::new(value);
        visible.texts.extend(more.texts);
        visible.numbers.extend(more.numbers);
        visible.fractions.extend(more.fractions);
        visible.flags.extend(more.flags);
        visible.delays.extend(more.delays);
        visible.maybes.extend(more.maybes);
        visible.maybe_lists.extend(more.maybe_lists);
        visible.maybe_inners.extend(more.maybe_inners);
        visible.lists.extend(more.lists);
        visible.rows.extend(more.rows);
        visible.inners.extend(more.inners);
        visible.inner_lists.extend(more.inner_lists);
        visible.records.push(value);
    }
}

impl Pooled for Record {
    fn pool(visible: &Visible) -> &[Ref<Self>] {
        &visible.records
    }
}
