//! The examples mean the same in both query languages, where both can say them.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use stepwright::QueryLanguage;
use stepwright::plan::Plan;
use stepwright_codegen::compile_plan;
use stepwright_examples::registry;

use super::compare::{Verdict, compare};

/// With how many different answers of the tasks each example is tried.
const SEEDS: u64 = 12;

/// Each example of which not every execution is compared in both languages, and why. A new example that is not in this list is
/// compared in all of them. `cargo insta test --accept -p stepwright-codegen --test it -- meaning::examples` writes the list anew.
#[test]
fn examples_do_what_their_plans_say_in_both_query_languages() {
    let mut lines: Vec<String> = registry()
        .entries()
        .iter()
        .filter_map(|entry| {
            let remarks = remarks(entry.name, &mut entry.plan());
            (!remarks.is_empty()).then(|| format!("{}: {}", entry.name, remarks.join("; ")))
        })
        .collect();
    lines.sort();
    assert_snapshot!(lines.join("\n"), @"
    AskForLeave: JSONPath refuses it (SW0503)
    BuildOnNewInstance: JSONPath refuses it (SW0503); not interpreted: a value of chance
    BuildOnRunningPool: JSONPath refuses it (SW0503)
    BuildOnSpot: JSONPath refuses it (SW0503); not interpreted: a value of chance
    BuildOnStoppedPool: JSONPath refuses it (SW0503)
    CalculationStateMachine: not always interpreted: the whole Context Object
    CanaryRollout: JSONPath refuses it (SW0503 SW0505); not interpreted: a text in JSONata
    CanaryRolloutWithFunctions: JSONPath refuses it (SW0503 SW0505); not always interpreted: a text in JSONata
    CiPipeline: JSONPath refuses it (SW0503); not always interpreted: a function that is not interpreted
    CodebuildRunTests: not always interpreted: a value that is missing
    Convert: JSONPath refuses it (SW0505)
    EmrWorkflow: JSONata refuses it (SW0504)
    HelloWorld: JSONPath refuses it (SW0503)
    HhvmBuild: JSONata refuses it (SW0103 SW0504)
    HpcScheduler: JSONPath refuses it (SW0503 SW0505); not always interpreted: a function that is not interpreted, a retry with jitter
    ImportStock: JSONPath refuses it (SW0503)
    Invoice: JSONPath refuses it (SW0503)
    OnboardTeam: JSONPath refuses it (SW0503)
    OrderFulfilment: JSONPath refuses it (SW0505)
    ParallelStateMachine: JSONata refuses it (SW0504)
    ParallelStateMachineWithGoToState: JSONata refuses it (SW0504)
    PoolApply: JSONPath refuses it (SW0505)
    PoolMap: JSONPath refuses it (SW0505)
    ProcessTicket: JSONPath refuses it (SW0503)
    Rate: JSONPath refuses it (SW0503)
    Remind: JSONPath refuses it (SW0503)
    SigmaBuild: JSONPath refuses it (SW0503 SW0505); not always interpreted: a retry with jitter
    SigmaFullBuild: JSONPath refuses it (SW0503 SW0505); not always interpreted: a retry with jitter
    TableImport: JSONPath refuses it (SW0503); not always interpreted: a retry with jitter, items in Amazon S3
    TicketEscalation: JSONPath refuses it (SW0503); not always interpreted: a placeholder that is no text
    TicketWithChild: JSONPath refuses it (SW0503); not always interpreted: a placeholder that is no text
    UiTestSuite: JSONPath refuses it (SW0505)
    ZendeskCreateArticle: JSONata refuses it (SW0504)
    ");
}

/// What is to be said of the comparisons of one example.
fn remarks(name: &str, plan: &mut Plan) -> Vec<String> {
    let mut remarks = Vec::new();
    let (mut compared, mut reasons) = (0, BTreeSet::new());
    for language in [QueryLanguage::Jsonata, QueryLanguage::JsonPath] {
        plan.query_language = language;
        if let Err(diagnostics) = compile_plan(plan) {
            let codes: BTreeSet<String> = diagnostics.errors().map(|error| error.code.to_string()).collect();
            let codes: Vec<String> = codes.into_iter().collect();
            remarks.push(format!("{} refuses it ({})", language.as_str(), codes.join(" ")));
            continue;
        }
        for seed in 0..SEEDS {
            match compare(plan, seed) {
                Verdict::Same => compared += 1,
                Verdict::Undecided(undecided) => drop(reasons.insert(undecided.to_string())),
                Verdict::Different(report) => panic!("{name}: {report}"),
            }
        }
    }
    if !reasons.is_empty() {
        let reasons: Vec<String> = reasons.into_iter().collect();
        let how_often = if compared == 0 { "not" } else { "not always" };
        remarks.push(format!("{how_often} interpreted: {}", reasons.join(", ")));
    }
    remarks
}
