//! Lowering keeps the meaning: what is emitted does in the simulator what the plan says.
//!
//! A plan is interpreted directly (`interpreter/`, which knows nothing of the States Language), and its machine is run in the
//! simulator, with tasks that answer the same. Both visit the same states at the same times, call tasks with the same
//! arguments, and come to the same end; in both query languages, so these agree with each other as well.
//!
//! `STEPWRIGHT_CASES=20000 cargo test -p stepwright-codegen --test it -- meaning` tries more.

mod compare;
mod course;
mod examples;
mod interpreter;
mod world;

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use stepwright::QueryLanguage;

use self::compare::{Verdict, compare};
use crate::random_workflows::{Words, plan, program};

/// How many workflows are tried of each kind.
fn cases(default: u32) -> u32 {
    std::env::var("STEPWRIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(default)
}

/// Tries random workflows; proptest drops steps from one that differs for as long as it still does.
fn check_random(words: Words, languages: &[QueryLanguage], count: u32) {
    let config = Config {
        cases: cases(count),
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let (compared, skipped) = (Cell::new(0_u32), Cell::new(0_u32));
    let result =
        TestRunner::new(config).run(&(program(words), any::<u64>().no_shrink()), |(program, seed)| {
            let mut plan = plan(&program);
            for language in languages {
                plan.query_language = *language;
                match compare(&plan, seed) {
                    Verdict::Same => compared.set(compared.get() + 1),
                    Verdict::Undecided(_) => skipped.set(skipped.get() + 1),
                    Verdict::Different(report) => return Err(TestCaseError::fail(report)),
                }
            }
            Ok(())
        });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(
        skipped.get() * 20 <= compared.get(),
        "{} of {} cases say nothing",
        skipped.get(),
        skipped.get() + compared.get()
    );
}

#[test]
fn both_query_languages_do_what_the_plan_says() {
    check_random(Words::Both, &[QueryLanguage::Jsonata, QueryLanguage::JsonPath], 200);
}

#[test]
fn what_only_jsonata_can_say_does_what_the_plan_says() {
    check_random(Words::Jsonata, &[QueryLanguage::Jsonata], 150);
}
