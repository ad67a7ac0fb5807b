//! Properties of lowering, over random workflows in both query languages.

use std::cell::RefCell;
use std::collections::BTreeSet;

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
    Prototype { read: usize, saved: bool },
    Pass { read: usize },
    Wait,
    When { read: usize, body: Vec<Op> },
    Choice { read: usize, left: Vec<Op>, right: Vec<Op>, fails: bool },
    Parallel { branches: Vec<Vec<Op>>, read: usize, own_input: bool },
    Map { body: Vec<Op>, select: bool, mode: Mode },
    Repeat { body: Vec<Op>, until: bool },
    Var { read: usize },
    Set { which: usize, read: usize, format: bool },
    Ensure { body: Vec<Op>, release: Vec<Op> },
}

/// How the iterations of a Map run.
#[derive(Debug, Clone, Copy)]
enum Mode {
    Inline,
    Distributed,
    Batched,
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
    let mode = prop_oneof![Just(Mode::Inline), Just(Mode::Distributed), Just(Mode::Batched)];
    let leaf = prop_oneof![
        4 => (any::<usize>(), any::<bool>(), catch).prop_map(|(read, saved, catch)| Op::Task { read, saved, catch }),
        1 => any::<usize>().prop_map(|read| Op::Invoke { read }),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(read, saved)| Op::Prototype { read, saved }),
        2 => any::<usize>().prop_map(|read| Op::Pass { read }),
        1 => Just(Op::Wait),
        1 => any::<usize>().prop_map(|read| Op::Var { read }),
        2 => (any::<usize>(), any::<usize>(), any::<bool>())
            .prop_map(|(which, read, format)| Op::Set { which, read, format }),
    ];
    leaf.prop_recursive(4, 40, 4, move |inner| {
        let body = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            (any::<usize>(), body()).prop_map(|(read, body)| Op::When { read, body }),
            (any::<usize>(), body(), body(), any::<bool>())
                .prop_map(|(read, left, right, fails)| Op::Choice { read, left, right, fails }),
            (prop::collection::vec(body(), 1..4), any::<usize>(), any::<bool>())
                .prop_map(|(branches, read, own_input)| Op::Parallel { branches, read, own_input }),
            (body(), any::<bool>(), mode.clone()).prop_map(|(body, select, mode)| Op::Map {
                body,
                select,
                mode
            }),
            (body(), any::<bool>()).prop_map(|(body, until)| Op::Repeat { body, until }),
            (body(), body()).prop_map(|(body, release)| Op::Ensure { body, release }),
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
    let mut builder = Builder { input, states: 0, variables: Vec::new() };
    builder.body(s, &program, &[input.text])
}

struct Builder {
    input: Ref<Input>,
    states: usize,
    /// Those that can be set here.
    variables: Vec<Var<String>>,
}

impl Builder {
    fn name(&mut self, kind: &str) -> String {
        self.states += 1;
        format!("{kind}{}", self.states)
    }

    /// Builds a body that can read `visible`; gives one of the values that are visible at its end.
    fn body(&mut self, s: &mut Scope, ops: &[Op], visible: &[Ref<String>]) -> Ref<String> {
        let mut visible = visible.to_vec();
        let variables = self.variables.len();
        for op in ops {
            let value = self.op(s, op, &visible);
            visible.extend(value);
        }
        self.variables.truncate(variables);
        visible[visible.len() - 1]
    }

    /// Builds the body of a scope of its own, which cannot set the variables around it.
    fn inner(&mut self, s: &mut Scope, ops: &[Op], visible: &[Ref<String>]) -> Ref<String> {
        let outer = std::mem::take(&mut self.variables);
        let value = self.body(s, ops, visible);
        self.variables = outer;
        value
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
            Op::Prototype { read, saved } => {
                let name = self.name("Prototype");
                let task = invoke(pick(0)).named(name.clone()).prototype(pick(*read));
                Some(s.task(if *saved { task.save_as(format!("saved{name}")) } else { task }))
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
                        .branch(|s, pair| self.inner(s, left, &[visible, &[pair.left]].concat()))
                        .branch(|s, pair| self.inner(s, right, &[visible, &[pair.right]].concat()))
                        .join();
                    Some(value)
                } else {
                    let (value, _) = parallel
                        .branch(|s| self.inner(s, &branches[0], visible))
                        .branch(|s| {
                            for branch in &branches[1..] {
                                self.inner(s, branch, visible);
                            }
                        })
                        .join();
                    Some(value)
                }
            }
            Op::Map { body, select, mode } => Some(self.map(s, body, *select, *mode, visible)),
            Op::Var { read } => {
                let variable = s.var("variable", pick(*read));
                self.variables.push(variable);
                Some(*variable)
            }
            Op::Set { which, read, format } => {
                if !self.variables.is_empty() {
                    let variable = self.variables[which % self.variables.len()];
                    let value = pick(*read);
                    if *format {
                        s.set(variable, fmt!("{}!", value));
                    } else {
                        s.set(variable, value);
                    }
                }
                None
            }
            Op::Ensure { body, release } => {
                let name = self.name("Ensure");
                let builder = RefCell::new(&mut *self);
                Some(s.ensure(
                    name,
                    |s| builder.borrow_mut().inner(s, body, visible),
                    |s| {
                        builder.borrow_mut().body(s, release, visible);
                    },
                ))
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

impl Builder {
    fn map(
        &mut self,
        s: &mut Scope,
        body: &[Op],
        select: bool,
        mode: Mode,
        visible: &[Ref<String>],
    ) -> Ref<String> {
        let name = self.name("Map");
        let map = s.map(name, self.input.list);
        let first = visible[0];
        let pair = |item| data!(Pair { left: item, right: first });
        let mut inner = |s: &mut Scope, value| self.inner(s, body, &[visible, &[value]].concat());
        let some = |values: Ref<Vec<String>>| values.get(0).assume_some("the list is never empty");
        some(match (mode, select) {
            (Mode::Inline, true) => map.select(pair).each(|s, pair| inner(s, pair.left)),
            (Mode::Inline, false) => map.each(inner),
            (Mode::Distributed, true) => map.select(pair).distributed().each(|s, pair| inner(s, pair.left)),
            (Mode::Distributed, false) => map.distributed().each(inner),
            (Mode::Batched, true) => map
                .distributed()
                .batches_of(2)
                .batch_input(pair(first))
                .each(|s, batch| inner(s, batch.batch_input.left)),
            (Mode::Batched, false) => {
                map.distributed().batches_of(2).each(|s, batch| inner(s, some(batch.items)))
            }
        })
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

/// Adds the variables that the states of an execution assign and read; child executions are checked on their own.
fn variables(value: &Value, assigned: &mut BTreeSet<String>, read: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "ItemProcessor" && field["ProcessorConfig"]["Mode"] == "DISTRIBUTED" {
                    check_variables(field);
                    continue;
                }
                if let ("Assign", Some(names)) = (name.as_str(), field.as_object()) {
                    assigned.extend(names.keys().cloned());
                }
                variables(field, assigned, read);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| variables(item, assigned, read)),
        Value::String(text) if asl::is_expression(text) => {
            let names = text.split('$').skip(1).filter_map(|rest| {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                (!rest[end..].starts_with('(')).then(|| rest[..end].to_owned())
            });
            // `$` by itself is the item in a filter.
            read.extend(names.filter(|name| !name.is_empty() && name != "states"));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The states of an execution read only variables that one of them assigns: child executions see none of their parent's.
fn check_variables(scope: &Value) {
    let (mut assigned, mut read) = (BTreeSet::new(), BTreeSet::new());
    variables(&scope["States"], &mut assigned, &mut read);
    assert!(read.is_subset(&assigned), "{read:?} are read, {assigned:?} are assigned in {scope:#}");
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
            let value = asl::to_value(&compiled.machine);
            check_variables(&value);
            each_expression(&value, &mut |text| {
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
