//! Values and conditions made of what can be read.

use stepwright::prelude::*;

use super::Builder;
use crate::random_workflows::data::{Inner, Record, TEXTS};
use crate::random_workflows::picks::Picks;
use crate::random_workflows::visible::{Pooled, Visible, pick};

/// A type of which a value can be made anywhere.
pub(in crate::random_workflows) trait Given: Pooled {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self>;
}

impl Given for String {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self> {
        builder.text(visible, picks)
    }
}

impl Given for i64 {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self> {
        builder.number(visible, picks)
    }
}

impl Given for bool {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self> {
        match picks.below(3) {
            0 => expr!(true),
            1 if builder.is_jsonata() => builder.condition(visible, picks),
            _ => pick(&visible.flags, picks).into_expr(),
        }
    }
}

impl Given for Option<String> {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self> {
        if builder.is_jsonata() && picks.once_in(2) {
            let (maybe, list) = (pick(&visible.maybes, picks), pick(&visible.lists, picks));
            let text = pick(&visible.texts, picks);
            return match picks.below(4) {
                0 => maybe.map(|there| fmt!("{}{}", there, text)),
                1 => list.last(),
                2 => list.nth(1_u64),
                _ => list.find(|item| cond!(item != text)),
            };
        }
        builder.optional(&visible.maybes, &visible.texts, picks)
    }
}

impl Given for Vec<String> {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self> {
        builder.list(visible, picks)
    }
}

impl Given for Record {
    fn make(builder: &Builder, visible: &Visible, picks: &mut Picks) -> Expr<Self> {
        if picks.once_in(2) {
            pick(&visible.records, picks).into_expr()
        } else {
            builder.record(visible, picks)
        }
    }
}

impl Builder {
    /// Some value of a type.
    pub(in crate::random_workflows) fn give<T: Given>(
        &self,
        visible: &Visible,
        picks: &mut Picks,
    ) -> Expr<T> {
        if picks.once_in(2) {
            pick(T::pool(visible), picks).into_expr()
        } else {
            T::make(self, visible, picks)
        }
    }

    /// A value of a type that no function has to compute: JSONPath asks for that where a value is to replace a task's result.
    pub(in crate::random_workflows) fn plain<T: Given>(
        &self,
        visible: &Visible,
        picks: &mut Picks,
    ) -> Expr<T> {
        if self.is_jsonata() { self.give(visible, picks) } else { pick(T::pool(visible), picks).into_expr() }
    }

    pub(in crate::random_workflows) fn text(&self, visible: &Visible, picks: &mut Picks) -> Expr<String> {
        let (one, other) = (pick(&visible.texts, picks), pick(&visible.texts, picks));
        match picks.below(if self.is_jsonata() { 14 } else { 6 }) {
            0 => expr!(picks.of(&TEXTS)),
            1 => fmt!("it's {} or {{{}}}", one, other),
            2 => fmt!("{}: {}, {}", one, pick(&visible.numbers, picks), pick(&visible.flags, picks)),
            3 | 4 => one.into_expr(),
            5 => one.tokens(",").len().to_text(),
            9 => pick(&visible.maybes, picks).or(one),
            6 => pick(&visible.maybes, picks).or(fmt!("{}!", one)),
            7 => {
                let condition = self.condition(visible, picks);
                expr!(if condition { one } else { other })
            }
            8 => one.to_uppercase().replace("E", other),
            10 => pick(&visible.lists, picks).join("-"),
            11 => pick(&visible.lists, picks).last().or(one),
            12 => pick(&visible.lists, picks).fold(one, |so_far, item| fmt!("{}{}", so_far, item)),
            _ => fmt!("{}", pick(&visible.numbers, picks)),
        }
    }

    pub(in crate::random_workflows) fn number(&self, visible: &Visible, picks: &mut Picks) -> Expr<i64> {
        let (one, other) = (pick(&visible.numbers, picks), pick(&visible.numbers, picks));
        match picks.below(if self.is_jsonata() { 13 } else { 5 }) {
            0 => expr!(i64::try_from(picks.below(20)).expect("a small number") - 10),
            1 => expr!(one + 1),
            2 => expr!(one - 3),
            3 | 4 => one.into_expr(),
            5 => expr!(one - other),
            6 => expr!((one + other) * 2 - (other - (one - 1))),
            7 => expr!(-one % 7),
            8 => expr!(one - (other % 5) * 3),
            9 => pick(&visible.inner_lists, picks).map(|inner| inner.number).sum(),
            10 => pick(&visible.inner_lists, picks).map(|inner| expr!(inner.number * 2)).max().or(one),
            11 => pick(&visible.maybes, picks).map(|_| expr!(one + 1)).or(other),
            _ => {
                let condition = self.condition(visible, picks);
                expr!(if condition { one } else { -other })
            }
        }
    }

    pub(in crate::random_workflows) fn list(
        &self,
        visible: &Visible,
        picks: &mut Picks,
    ) -> Expr<Vec<String>> {
        let list = pick(&visible.lists, picks);
        match picks.below(if self.is_jsonata() { 13 } else { 6 }) {
            0 => expr!(vec![picks.of(&TEXTS).to_owned()]),
            1 => expr!(Vec::<String>::new()),
            2 => [item(visible, picks)].into_expr(),
            3 => [item(visible, picks), item(visible, picks)].into_expr(),
            6 => {
                let condition = self.condition(visible, picks);
                let other = pick(&visible.lists, picks);
                expr!(if condition { list } else { other })
            }
            7 => pick(&visible.maybe_lists, picks).or(list),
            8 => {
                let text = pick(&visible.texts, picks);
                list.map(|item| fmt!("{}{}", item, text))
            }
            9 => list.filter(|item| cond!(item != "no")),
            10 => list.concat(pick(&visible.lists, picks)),
            11 => pick(&visible.inner_lists, picks).map(|inner| inner.text),
            12 => pick(&visible.rows, picks).flatten(),
            _ => list.into_expr(),
        }
    }

    pub(in crate::random_workflows) fn record(&self, visible: &Visible, picks: &mut Picks) -> Expr<Record> {
        let inner = if picks.once_in(2) {
            pick(&visible.inners, picks).into_expr()
        } else {
            data!(Inner { text: self.text(visible, picks), number: pick(&visible.numbers, picks) })
        };
        let rows: Expr<Vec<Vec<String>>> = match picks.below(3) {
            0 => [pick(&visible.lists, picks)].into_expr(),
            1 => expr!(vec![Vec::<String>::new(), vec!["x".to_owned()]]),
            _ => pick(&visible.rows, picks).into_expr(),
        };
        let (maybe, omitted) = (
            self.optional(&visible.maybes, &visible.texts, picks),
            self.optional(&visible.maybes, &visible.texts, picks),
        );
        let maybe_list: Expr<Option<Vec<String>>> =
            self.optional(&visible.maybe_lists, &visible.lists, picks);
        let maybe_inner: Expr<Option<Inner>> = self.optional(&visible.maybe_inners, &visible.inners, picks);
        data!(Record {
            text: self.text(visible, picks),
            number: self.number(visible, picks),
            fraction: pick(&visible.fractions, picks),
            flag: pick(&visible.flags, picks),
            delay: pick(&visible.delays, picks),
            maybe: maybe,
            omitted: omitted,
            maybe_list: maybe_list,
            maybe_inner: maybe_inner,
            list: self.list(visible, picks),
            rows: rows,
            inner: inner,
            inners: pick(&visible.inner_lists, picks),
        })
    }

    /// An optional value: there, not there, or, where the language can say it, whatever it is in the data.
    fn optional<T: Data>(
        &self,
        maybes: &[Ref<Option<T>>],
        values: &[Ref<T>],
        picks: &mut Picks,
    ) -> Expr<Option<T>> {
        match picks.below(if self.is_jsonata() { 3 } else { 2 }) {
            0 => expr!(None::<T>),
            1 => pick(values, picks).into_expr(),
            _ => pick(maybes, picks).into_expr(),
        }
    }

    /// A condition.
    pub(in crate::random_workflows) fn condition(&self, visible: &Visible, picks: &mut Picks) -> Expr<bool> {
        if !picks.once_in(3) {
            return self.comparison(visible, picks);
        }
        let (one, other) = (self.comparison(visible, picks), self.comparison(visible, picks));
        match picks.below(4) {
            0 => cond!(one && other),
            1 => cond!(one || other),
            2 => cond!(!(one && other)),
            _ => {
                let third = self.comparison(visible, picks);
                cond!(one && (other || !third))
            }
        }
    }

    fn comparison(&self, visible: &Visible, picks: &mut Picks) -> Expr<bool> {
        let (text, number) = (pick(&visible.texts, picks), pick(&visible.numbers, picks));
        let (maybe, fraction) = (pick(&visible.maybes, picks), pick(&visible.fractions, picks));
        let (flag, list) = (pick(&visible.flags, picks), pick(&visible.lists, picks));
        match picks.below(if self.is_jsonata() { 30 } else { 14 }) {
            0 => cond!(text == "yes"),
            1 => cond!(text == pick(&visible.texts, picks)),
            2 => cond!(text < "no"),
            3 => cond!(number > 2),
            4 => cond!(number <= pick(&visible.numbers, picks)),
            5 => cond!(fraction >= 0.25),
            6 => cond!(flag),
            7 => cond!(!flag),
            8 => cond!(flag == pick(&visible.flags, picks)),
            9 => cond!(maybe.is_some()),
            10 => cond!(maybe == "yes"),
            11 => cond!(maybe != "yes"),
            12 => cond!(text != "it's"),
            13 => cond!(list.get(1).is_some()),
            14 => cond!(list.len() > 1),
            15 => cond!(list.contains(text)),
            16 => cond!(number + pick(&visible.numbers, picks) > 3),
            17 => cond!(maybe.or(text) == "yes"),
            18 => cond!(list == pick(&visible.lists, picks)),
            19 => cond!(fraction * 2.0 < fraction - 1.0),
            20 => cond!(list.get(0) == text),
            21 => cond!(pick(&visible.inners, picks) == pick(&visible.inners, picks)),
            22 => cond!(pick(&visible.inner_lists, picks).contains(pick(&visible.inners, picks))),
            23 => cond!(pick(&visible.rows, picks).contains(list)),
            24 => list.any(|item| cond!(item == text)),
            25 => pick(&visible.inner_lists, picks).all(|inner| cond!(inner.number < number)),
            26 => text.starts_with(pick(&visible.texts, picks)),
            27 => text.ends_with("s"),
            28 => cond!(list.reversed() == list),
            _ => cond!(maybe == pick(&visible.maybes, picks)),
        }
    }
}

/// An item of a list: `.or(…)` and `if` are refused there in JSONata (`SW0504`).
fn item(visible: &Visible, picks: &mut Picks) -> Expr<String> {
    match picks.below(4) {
        0 => expr!(picks.of(&TEXTS)),
        1 => fmt!("{}-{}", pick(&visible.texts, picks), pick(&visible.numbers, picks)),
        _ => pick(&visible.texts, picks).into_expr(),
    }
}
