//! From a program to calls of the builders, as a workflow function would make them.

mod values;

use std::cell::Cell;

use stepwright::prelude::*;

pub(super) use self::values::Given;
use super::data::{CAUGHT, POLICIES, Record, ask, begin, count, examine, invoke, report, work};
use super::picks::Picks;
use super::visible::{Visible, pick};
use super::{Op, OpKind, Program, Words};

/// Builds one workflow.
pub(super) struct Builder {
    words: Words,
    states: Cell<usize>,
    /// Whether the state that is built is one in JSONata, whatever the language of the workflow.
    in_jsonata: Cell<bool>,
}

/// What all parts of a scope know: the type of its value, by a value that a Succeed state may give.
#[derive(Clone, Copy)]
pub(super) enum ScopeValue {
    Text,
    Record,
    /// Of another type.
    Other,
}

impl Builder {
    pub(super) fn new(words: Words) -> Self {
        Self { words, states: Cell::new(0), in_jsonata: Cell::new(false) }
    }

    /// The whole workflow.
    pub(super) fn root(&self, s: &mut Scope, program: &Program, input: Ref<Record>) -> Expr<String> {
        let ops = &program.ops;
        if program.with_end {
            let value = s.end_with(|s| s.task(work(input.text).named("End")));
            self.ops(s, ops, &Visible::new(input), ScopeValue::Text);
            return value.into_expr();
        }
        let mut picks = Picks::new(ops.len() as u64 + 7);
        self.body(s, ops, &Visible::new(input), ScopeValue::Text, &mut picks)
    }

    /// The same, of a text.
    pub(super) fn root_from_text(&self, s: &mut Scope, ops: &[Op], input: Ref<String>) -> Expr<String> {
        let mut picks = Picks::new(ops.len() as u64);
        let record = s.task(begin(input));
        self.body(s, ops, &Visible::new(record).with(input), ScopeValue::Text, &mut picks)
    }

    /// Whether what is built here may say all that JSONata can.
    pub(super) fn is_jsonata(&self) -> bool {
        self.words == Words::Jsonata || self.in_jsonata.get()
    }

    /// What follows is in the language of the workflow.
    pub(super) fn in_own_language(&self) {
        self.in_jsonata.set(false);
    }

    /// Lets some states be in JSONata.
    fn choose_language(&self, s: &mut Scope, picks: &mut Picks) {
        let in_jsonata = picks.once_in(3);
        self.in_jsonata.set(in_jsonata);
        if in_jsonata {
            let _: &mut Scope = s.in_jsonata();
        }
    }

    /// A name for a state that no other has.
    pub(super) fn name(&self, kind: &str) -> String {
        self.states.set(self.states.get() + 1);
        format!("{kind}{}", self.states.get())
    }

    /// Builds a body that can read `visible`; gives a value that can be made at its end.
    pub(super) fn body<T: Given>(
        &self,
        s: &mut Scope,
        ops: &[Op],
        visible: &Visible,
        scope: ScopeValue,
        picks: &mut Picks,
    ) -> Expr<T> {
        let visible = self.ops(s, ops, visible, scope);
        self.give(&visible, picks)
    }

    /// Builds the states of a body; gives what can be read at its end.
    pub(super) fn ops(&self, s: &mut Scope, ops: &[Op], visible: &Visible, scope: ScopeValue) -> Visible {
        let mut visible = visible.clone();
        self.in_own_language();
        for op in ops {
            self.op(s, op, &mut visible, scope);
            self.in_own_language();
        }
        visible
    }

    fn op(&self, s: &mut Scope, op: &Op, visible: &mut Visible, scope: ScopeValue) {
        let mut picks = Picks::new(op.picks);
        let picks = &mut picks;
        self.choose_language(s, picks);
        match op.kind {
            OpKind::Work => {
                let task = work(self.text(visible, picks)).named(self.name("Work"));
                self.settle(s, task, visible, picks);
            }
            OpKind::Count => {
                let task = count(self.number(visible, picks)).named(self.name("Count"));
                self.settle(s, task, visible, picks);
            }
            OpKind::Examine => {
                let record = pick(&visible.records, picks);
                let task =
                    if picks.once_in(2) { examine(record) } else { examine(self.record(visible, picks)) };
                self.settle(s, task.named(self.name("Examine")), visible, picks);
            }
            OpKind::Report => {
                let task = self.report(visible, picks);
                self.settle(s, task, visible, picks);
            }
            OpKind::Invoke => {
                let task = invoke(self.text(visible, picks), self.list(visible, picks));
                self.settle(s, task.named(self.name("Invoke")), visible, picks);
            }
            OpKind::Select => match picks.below(4) {
                0 => self.select::<Record>(s, visible, picks),
                1 => self.select::<i64>(s, visible, picks),
                2 => self.select::<Vec<String>>(s, visible, picks),
                _ => self.select::<String>(s, visible, picks),
            },
            OpKind::Ask => self.settle(s, ask().named(self.name("Ask")), visible, picks),
            OpKind::Pass => self.pass(s, visible, picks),
            OpKind::Prototype => {
                let task = work(pick(&visible.texts, picks)).named(self.name("Prototype"));
                self.settle(s, task.prototype(self.text(visible, picks)), visible, picks);
            }
            OpKind::Var => self.make_variable(s, visible, picks),
            OpKind::Set => self.set_variable(s, visible, picks),
            OpKind::Wait => {
                let name = self.name("Wait");
                if picks.once_in(2) {
                    s.wait(name, 90.seconds());
                } else {
                    s.wait(name, pick(&visible.delays, picks));
                }
            }
            OpKind::When | OpKind::WhenSome | OpKind::Choice => self.decide(s, op, visible, scope, picks),
            OpKind::Parallel => self.parallel(s, op, visible, picks),
            OpKind::Map => self.map(s, op, visible, picks),
            OpKind::Ensure => self.ensure(s, op, visible, scope, picks),
            OpKind::Repeat | OpKind::Back | OpKind::Skip => self.go_round(s, op, visible, scope, picks),
        }
    }

    fn report(&self, visible: &Visible, picks: &mut Picks) -> Task<'static, Record> {
        let (text, record) = (self.text(visible, picks), self.record(visible, picks));
        let numbers: Expr<Vec<i64>> = [
            pick(&visible.numbers, picks).into_expr(),
            expr!(pick(&visible.numbers, picks) + 1),
            expr!(3_i64),
        ]
        .into_expr();
        let lists: Expr<Vec<Vec<String>>> = if picks.once_in(2) {
            pick(&visible.rows, picks).into_expr()
        } else {
            [pick(&visible.lists, picks), pick(&visible.lists, picks)].into_expr()
        };
        let fraction = pick(&visible.fractions, picks);
        let flag = pick(&visible.flags, picks);
        let maybe: Expr<Option<String>> = if self.is_jsonata() {
            pick(&visible.maybes, picks).into_expr()
        } else {
            pick(&visible.texts, picks).into_expr()
        };
        report(text, numbers, fraction, flag, lists, record, maybe).named(self.name("Report"))
    }

    /// Adds a task of whose result something is selected.
    fn select<T: Given>(&self, s: &mut Scope, visible: &mut Visible, picks: &mut Picks) {
        let mut own = Picks::new(picks.next());
        let around = self.is_jsonata().then(|| visible.clone());
        let select = |answer: Ref<Record>| {
            // In JSONPath, nothing but the answer is seen.
            let seen = around.map_or_else(|| Visible::new(answer), |around| around.with(answer));
            self.give::<T>(&seen, &mut own)
        };
        let name = self.name("Select");
        let task = if picks.once_in(2) {
            examine(pick(&visible.records, picks)).named(name).select_result(select)
        } else {
            let list = self.list(visible, picks);
            invoke(self.text(visible, picks), list).named(name).select_result(select)
        };
        self.settle(s, task, visible, picks);
    }

    /// Adds a task with Retriers and Catchers; its result can be read afterwards, if there always is one.
    fn settle<T: Given>(&self, s: &mut Scope, task: Task<'_, T>, visible: &mut Visible, picks: &mut Picks) {
        let mut task = task.retry(picks.of(&POLICIES));
        if picks.once_in(4) {
            task = task.save_as(self.name("saved"));
        }
        let mut has_value = true;
        let seen: &Visible = visible;
        let mut errors: Vec<&'static [ErrorName]> = Vec::new();
        if picks.once_in(2) {
            errors.push(picks.of(&CAUGHT));
        }
        if picks.once_in(3) && errors.first() != Some(&CAUGHT[4]) {
            errors.push(CAUGHT[4]);
        }
        for errors in errors {
            let mut own = Picks::new(picks.next());
            let name = self.name("Caught");
            match picks.below(6) {
                0 => {
                    task = task.catch(errors, |s, error| {
                        if self.words == Words::Jsonata {
                            s.fail_as(name, error.error, error.cause)
                        } else {
                            s.fail_as(name, error.error, fmt!("it's {}", error.error))
                        }
                    });
                }
                1 => task = task.catch(errors, move |_, _| self.plain::<T>(seen, &mut own)),
                2 => {
                    task = task.catch(errors, move |s, error| {
                        let seen = seen.with(s.task(work(error.error).named(name)));
                        self.plain::<T>(&seen, &mut own)
                    });
                }
                3 => {
                    has_value = false;
                    task = task.catch(errors, |s, error| {
                        let other = self.name("Cause");
                        s.when_some(name, error.cause, |s, cause| {
                            s.task(work(cause).named(other));
                        });
                    });
                }
                4 => {
                    task = task.catch(errors, move |s, error| {
                        // Only the task itself is in JSONata.
                        self.in_own_language();
                        self.set_variable(s, &seen.with(error.error), &mut own);
                        self.plain::<T>(seen, &mut own)
                    });
                }
                _ => {
                    // The Error Output itself, read long after.
                    task = task.catch(errors, move |s, error| {
                        s.wait(name, 1.seconds());
                        let seen = seen.with(error.error);
                        self.plain::<T>(&seen, &mut own)
                    });
                }
            }
        }
        let result = s.task(task);
        if has_value {
            *visible = visible.with(result);
        }
    }

    fn pass(&self, s: &mut Scope, visible: &mut Visible, picks: &mut Picks) {
        match picks.below(5) {
            4 if self.is_jsonata() => self.pass_of::<Option<String>>(s, visible, picks),
            0 => self.pass_of::<Record>(s, visible, picks),
            1 => self.pass_of::<i64>(s, visible, picks),
            2 => self.pass_of::<Vec<String>>(s, visible, picks),
            _ => self.pass_of::<String>(s, visible, picks),
        }
    }

    fn pass_of<T: Given>(&self, s: &mut Scope, visible: &mut Visible, picks: &mut Picks) {
        let name = self.name("Pass");
        let value: Expr<T> = self.give(visible, picks);
        let value = if picks.once_in(4) {
            s.pass_saved_as(name, self.name("kept"), value)
        } else {
            s.pass(name, value)
        };
        *visible = visible.with(value);
    }
}
