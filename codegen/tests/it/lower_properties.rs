//! Properties of lowering, over random workflows in both query languages.

use std::cell::RefCell;

use proptest::prelude::*;
use serde_json::Value;
use stepwright::prelude::*;
use stepwright::{Never, Workflow};
use stepwright_codegen::{asl, compile};

/// One thing that a random workflow does. Numbers choose among the values that are visible there.
#[derive(Debug, Clone)]
enum Op {
    Task { read: usize, saved: bool, catch: Catch },
    Invoke { read: usize },
    Pass { read: usize },
    Wait,
    When { read: usize, body: Vec<Op> },
    Choice { read: usize, left: Vec<Op>, right: Vec<Op>, fails: bool },
    Parallel { branches: Vec<Vec<Op>>, read: usize, own_input: bool },
    Map { body: Vec<Op>, select: bool },
    Repeat { body: Vec<Op>, until: bool },
}

#[derive(Debug, Clone, Copy)]
enum Catch {
    No,
    Fail,
    Recover,
    Task,
}

fn op() -> impl Strategy<Value = Op> {
    let catch = prop_oneof![Just(Catch::No), Just(Catch::Fail), Just(Catch::Recover), Just(Catch::Task)];
    let leaf = prop_oneof![
        4 => (any::<usize>(), any::<bool>(), catch).prop_map(|(read, saved, catch)| Op::Task { read, saved, catch }),
        1 => any::<usize>().prop_map(|read| Op::Invoke { read }),
        2 => any::<usize>().prop_map(|read| Op::Pass { read }),
        1 => Just(Op::Wait),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let body = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            (any::<usize>(), body()).prop_map(|(read, body)| Op::When { read, body }),
            (any::<usize>(), body(), body(), any::<bool>())
                .prop_map(|(read, left, right, fails)| Op::Choice { read, left, right, fails }),
            (prop::collection::vec(body(), 1..4), any::<usize>(), any::<bool>())
                .prop_map(|(branches, read, own_input)| Op::Parallel { branches, read, own_input }),
            (body(), any::<bool>()).prop_map(|(body, select)| Op::Map { body, select }),
            (body(), any::<bool>()).prop_map(|(body, until)| Op::Repeat { body, until }),
        ]
    })
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Input {
    text: String,
    flag: bool,
    list: Vec<String>,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Pair {
    left: String,
    right: String,
}

#[task(lambda = "${Work}")]
fn work(text: String) -> String;

#[task(lambda_invoke = "work")]
fn invoke(text: String) -> String;

thread_local! {
    /// The workflow functions below are plain functions: this is what they build.
    static PROGRAM: RefCell<Vec<Op>> = const { RefCell::new(Vec::new()) };
}

#[workflow]
fn in_jsonata(s: &mut Scope, input: Ref<Input>) -> Ref<String> {
    build_all(s, input)
}

#[workflow(query_language = "JSONPath")]
fn in_jsonpath(s: &mut Scope, input: Ref<Input>) -> Ref<String> {
    build_all(s, input)
}

fn build_all(s: &mut Scope, input: Ref<Input>) -> Ref<String> {
    let program = PROGRAM.with_borrow(Clone::clone);
    let mut builder = Builder { input, states: 0 };
    builder.body(s, &program, &[input.text])
}

struct Builder {
    input: Ref<Input>,
    states: usize,
}

impl Builder {
    fn name(&mut self, kind: &str) -> String {
        self.states += 1;
        format!("{kind}{}", self.states)
    }

    /// Builds a body that can read `visible`; gives one of the values that are visible at its end.
    fn body(&mut self, s: &mut Scope, ops: &[Op], visible: &[Ref<String>]) -> Ref<String> {
        let mut visible = visible.to_vec();
        for op in ops {
            let value = self.op(s, op, &visible);
            visible.extend(value);
        }
        visible[visible.len() - 1]
    }

    fn op(&mut self, s: &mut Scope, op: &Op, visible: &[Ref<String>]) -> Option<Ref<String>> {
        let pick = |read: usize| visible[read % visible.len()];
        let equal = |read: usize| cond!(pick(read) == "yes");
        match op {
            Op::Task { read, saved, catch } => {
                let name = self.name("Task");
                let mut task = work(pick(*read)).named(name.clone());
                if *saved {
                    task = task.save_as(format!("saved{name}"));
                }
                let other = self.name("Other");
                let task = match catch {
                    Catch::No => task,
                    Catch::Fail => {
                        task.catch(States::ALL, |s, error| s.fail_as(other, error.error, "failed"))
                    }
                    Catch::Recover => task.catch(States::TIMEOUT, |_, error| error.error),
                    Catch::Task => task.catch(States::ALL, |s, error| s.task(work(error.error).named(other))),
                };
                Some(s.task(task))
            }
            Op::Invoke { read } => {
                let name = self.name("Invoke");
                Some(s.task(invoke(pick(*read)).named(name)))
            }
            Op::Pass { read } => {
                let name = self.name("Pass");
                let tokens = pick(read.wrapping_add(1)).tokens(",").len().to_text();
                let pair = s.pass(name, data!(Pair { left: pick(*read), right: tokens }));
                Some(pair.left)
            }
            Op::Wait => {
                let name = self.name("Wait");
                s.wait(name, 1.seconds());
                None
            }
            Op::When { read, body } => {
                let name = self.name("When");
                s.when(name, equal(*read), |s| {
                    self.body(s, body, visible);
                });
                None
            }
            Op::Choice { read, left, right, fails } => {
                let (name, error) = (self.name("Choice"), self.name("Error"));
                let choice = s.choice(name).when(equal(*read), |s| self.body(s, left, visible));
                let choice = if *fails {
                    choice.when(self.input.flag, |s| -> Never { s.fail_as(error, "Failed", "on purpose") })
                } else {
                    choice
                };
                Some(choice.otherwise(|s| self.body(s, right, visible)))
            }
            Op::Parallel { branches, read, own_input } => {
                let name = self.name("Parallel");
                let parallel = s.parallel(name);
                if *own_input {
                    let pair = data!(Pair { left: pick(*read), right: "constant" });
                    let (left, right) =
                        (&branches[0], branches.last().expect("there is one branch at least"));
                    let (value, _) = parallel
                        .input(pair)
                        .branch(|s, pair| self.body(s, left, &[visible, &[pair.left]].concat()))
                        .branch(|s, pair| self.body(s, right, &[visible, &[pair.right]].concat()))
                        .join();
                    Some(value)
                } else {
                    let (value, _) = parallel
                        .branch(|s| self.body(s, &branches[0], visible))
                        .branch(|s| {
                            for branch in &branches[1..] {
                                self.body(s, branch, visible);
                            }
                        })
                        .join();
                    Some(value)
                }
            }
            Op::Map { body, select } => {
                let name = self.name("Map");
                let map = s.map(name, self.input.list);
                let values = if *select {
                    let first = visible[0];
                    map.select(|item| data!(Pair { left: item, right: first }))
                        .each(|s, pair| self.body(s, body, &[visible, &[pair.left]].concat()))
                } else {
                    map.each(|s, item| self.body(s, body, &[visible, &[item]].concat()))
                };
                Some(values.get(0).assume_some("the list is never empty"))
            }
            Op::Repeat { body, until } => {
                let name = self.name("Repeat");
                let repeat = s.repeat(|s| self.body(s, body, visible));
                Some(if *until {
                    repeat.until(name, |value| cond!(value == "yes"))
                } else {
                    repeat.as_long_as(name, |value| cond!(value == "yes"))
                })
            }
        }
    }
}

/// Calls `visit` for each JSONata expression of a definition.
fn each_expression(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) if asl::is_expression(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_expression(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each_expression(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Compiles what `PROGRAM` says, and reads it back.
fn check_round_trip<I, O>(workflow: &Workflow<I, O>) -> Result<(), TestCaseError> {
    match compile(workflow) {
        Ok(compiled) => {
            let json = compiled.to_json();
            match asl::read(&json) {
                Ok(document) => prop_assert_eq!(document.machine(), &compiled.machine),
                Err(findings) => prop_assert!(false, "not readable: {findings:?}\n{json}"),
            }
            each_expression(&asl::to_value(&compiled.machine), &mut |text| {
                let source = text.trim_start_matches("{%").trim_end_matches("%}");
                assert!(jsonata_core::parser::parse(source).is_ok(), "not JSONata: {text}");
            });
        }
        Err(diagnostics) => prop_assert!(false, "a correct workflow is refused:\n{diagnostics}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A workflow that reads only what is visible compiles in both languages, and what it emits reads back as the same model.
    #[test]
    fn a_workflow_that_reads_what_is_visible_compiles(program in prop::collection::vec(op(), 0..6)) {
        PROGRAM.set(program);
        check_round_trip(&in_jsonata())?;
        check_round_trip(&in_jsonpath())?;
    }
}
