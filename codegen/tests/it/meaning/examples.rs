//! The examples mean the same in both query languages, where both can say them.

use std::collections::BTreeMap;

use stepwright::QueryLanguage;
use stepwright_codegen::compile_plan;
use stepwright_examples::registry;

use super::compare::{Verdict, compare};
use super::interpreter::Undecided;

/// With how many different answers of the tasks each example is tried.
const SEEDS: u64 = 12;

/// The examples that only one of the languages can say, and why: this list can only become shorter.
const IN_ONE_LANGUAGE: &[(&str, &str)] = &[
    ("HhvmBuild", "SW0103 SW0504"),
    ("OrderFulfilment", "SW0505"),
    ("ParallelStateMachine", "SW0504"),
    ("ParallelStateMachineWithGoToState", "SW0504"),
    ("PoolApply", "SW0505"),
    ("PoolMap", "SW0505"),
    ("UiTestSuite", "SW0505"),
    ("ZendeskCreateArticle", "SW0504"),
];

/// The examples of which the interpretation says nothing, and why: what they are about, JSONPath alone has.
const NOT_INTERPRETED: &[(&str, Undecided)] = &[
    ("HhvmBuild", Undecided::Foreign("the document")),
    ("ParallelStateMachine", Undecided::Foreign("the document")),
    ("ParallelStateMachineWithGoToState", Undecided::Foreign("the document")),
];

#[test]
fn examples_do_what_their_plans_say_in_both_query_languages() {
    let (mut refused, mut unknown) = (BTreeMap::new(), Vec::new());
    for entry in registry().entries() {
        let mut plan = entry.plan();
        let other = match plan.query_language {
            QueryLanguage::Jsonata => QueryLanguage::JsonPath,
            QueryLanguage::JsonPath => QueryLanguage::Jsonata,
        };
        let (mut compared, mut reason) = (0, None);
        for language in [plan.query_language, other] {
            plan.query_language = language;
            if let Err(diagnostics) = compile_plan(&plan) {
                let mut codes: Vec<String> =
                    diagnostics.errors().map(|error| error.code.to_string()).collect();
                codes.sort();
                codes.dedup();
                refused.insert(entry.name, codes.join(" "));
                continue;
            }
            for seed in 0..SEEDS {
                match compare(&plan, seed) {
                    Verdict::Same => compared += 1,
                    Verdict::Undecided(undecided) => reason = Some(undecided),
                    Verdict::Different(report) => panic!("{}: {report}", entry.name),
                }
            }
        }
        if compared == 0 {
            unknown.extend(reason.map(|reason| (entry.name, reason)));
        }
    }
    let refused: Vec<(&str, &str)> = refused.iter().map(|(name, codes)| (*name, codes.as_str())).collect();
    assert_eq!(unknown, NOT_INTERPRETED);
    assert_eq!(refused, IN_ONE_LANGUAGE);
}
