//! Random programs over variables: both query languages compute what the Rust text says.

use std::cell::RefCell;

use serde_json::json;
use stepwright::prelude::*;
use stepwright_codegen::compile;
use stepwright_sim::Simulation;

use super::Start;

/// One thing that a random program does with its three variables.
#[derive(Debug, Clone)]
enum Op {
    /// `v[to] = v[from] + add`
    Add {
        to: usize,
        from: usize,
        add: i64,
    },
    Copy {
        to: usize,
        from: usize,
    },
    Wait,
    /// The value of a variable is kept by a state, and read later.
    Keep {
        from: usize,
        to: usize,
        then: Vec<Op>,
    },
    If {
        read: usize,
        less: i64,
        then: Vec<Op>,
        otherwise: Vec<Op>,
    },
    /// So many rounds, counted in a variable of its own.
    Repeat {
        rounds: i64,
        body: Vec<Op>,
    },
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn variable(&mut self) -> usize {
        usize::from(self.below(3) == 0) + usize::from(self.below(2) == 0)
    }

    fn number(&mut self) -> i64 {
        i64::try_from(self.below(7)).unwrap_or_default() - 2
    }

    fn body(&mut self, depth: u64) -> Vec<Op> {
        (0..self.below(5)).map(|_| self.op(depth)).collect()
    }

    fn op(&mut self, depth: u64) -> Op {
        let (to, from) = (self.variable(), self.variable());
        match self.below(if depth == 0 { 6 } else { 10 }) {
            0..=2 => Op::Add { to, from, add: self.number() },
            3 | 4 => Op::Copy { to, from },
            5 => Op::Wait,
            6 => Op::Keep { from, to, then: self.body(depth - 1) },
            7 => Op::Repeat { rounds: self.number().max(1), body: self.body(depth - 1) },
            _ => {
                let (then, otherwise) = (self.body(depth - 1), self.body(depth - 1));
                Op::If { read: from, less: self.number(), then, otherwise }
            }
        }
    }
}

/// What the Rust text says.
fn expected(ops: &[Op], v: &mut [i64; 3]) {
    for op in ops {
        match op {
            Op::Add { to, from, add } => v[*to] = v[*from] + add,
            Op::Copy { to, from } => v[*to] = v[*from],
            Op::Wait => {}
            Op::Keep { from, to, then } => {
                let kept = v[*from];
                expected(then, v);
                v[*to] = kept;
            }
            Op::If { read, less, then, otherwise } => {
                expected(if v[*read] < *less { then } else { otherwise }, v);
            }
            Op::Repeat { rounds, body } => (0..*rounds).for_each(|_| expected(body, v)),
        }
    }
}

fn build(s: &mut Scope, ops: &[Op], v: [Var<i64>; 3], states: &mut u32) {
    for op in ops {
        *states += 1;
        let name = format!("S{states}");
        match op {
            Op::Add { to, from, add } => {
                let (from, add) = (v[*from], *add);
                s.set(v[*to], expr!(from + add));
            }
            Op::Copy { to, from } => s.set(v[*to], v[*from]),
            Op::Wait => s.wait(name, 1.seconds()),
            Op::Keep { from, to, then } => {
                let kept = s.pass(name, v[*from]);
                build(s, then, v, states);
                s.set(v[*to], kept);
            }
            Op::If { read, less, then, otherwise } => {
                let (read, less) = (v[*read], *less);
                let states = RefCell::new(&mut *states);
                s.choice(name)
                    .when(cond!(read < less), |s| build(s, then, v, &mut states.borrow_mut()))
                    .otherwise(|s| build(s, otherwise, v, &mut states.borrow_mut()));
            }
            Op::Repeat { rounds, body } => {
                let (round, rounds) = (s.var("round", 0_i64), *rounds);
                s.repeat(|s| {
                    build(s, body, v, states);
                    s.set(round, expr!(round + 1));
                })
                .until(name, |()| cond!(round >= rounds));
            }
        }
    }
}

thread_local! {
    static PROGRAM: RefCell<Vec<Op>> = const { RefCell::new(Vec::new()) };
}

fn build_all(s: &mut Scope, start: Ref<Start>) -> Ref<String> {
    let first = s.var("first", expr!(start.n));
    let v = [first, s.var("second", 20), s.var("third", -3)];
    PROGRAM.with_borrow(|program| build(s, program, v, &mut 0));
    s.pass("Told", fmt!("{} {} {}", v[0], v[1], v[2]))
}

#[workflow]
fn in_jsonata(s: &mut Scope, start: Ref<Start>) -> Ref<String> {
    build_all(s, start)
}

#[workflow(query_language = "JSONPath")]
fn in_jsonpath(s: &mut Scope, start: Ref<Start>) -> Ref<String> {
    build_all(s, start)
}

#[test]
fn random_programs_compute_what_the_rust_text_says() {
    for seed in 0..200 {
        let program = Dice(seed).body(3);
        let mut v = [1, 20, -3];
        expected(&program, &mut v);
        PROGRAM.set(program.clone());
        for compiled in [compile(&in_jsonata()), compile(&in_jsonpath())] {
            let compiled = compiled.unwrap_or_else(|problems| panic!("{program:#?}\n{problems}"));
            let execution = Simulation::new(&compiled.machine)
                .input(json!({ "n": 1 }))
                .run()
                .expect("there are no tasks");
            let told = json!(format!("{} {} {}", v[0], v[1], v[2]));
            assert_eq!(execution.output, Some(told), "{program:#?}\n{}", compiled.to_json());
        }
    }
}
