//! Comparing what a plan says with what its machine does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use stepwright::QueryLanguage;
use stepwright::plan::{Plan, StateKind};
use stepwright_codegen::compile_plan;
use stepwright_codegen::diagnostic::Diagnostics;
use stepwright_sim::{Execution, Simulation, Timeline};

use super::course::{Course, End, Happening, Recorder, each_state};
use super::interpreter::{SERVICE_TEXT, Undecided, interpret};
use super::world::{START, World};
use crate::random_workflows::is_refused_rightly;

/// What a comparison found.
pub(super) enum Verdict {
    Same,
    /// Nothing can be said.
    Undecided(Undecided),
    /// With all that it takes to find out why.
    Different(String),
}

/// Compares one plan, in its query language, with tasks that answer by a seed.
pub(super) fn compare(plan: &Plan, seed: u64) -> Verdict {
    let world = World::new(plan, seed);
    let expected = match interpret(plan, &world) {
        Ok(expected) => expected,
        Err(undecided) => return Verdict::Undecided(undecided),
    };
    let compiled = match compile_plan(plan) {
        Ok(compiled) => compiled,
        Err(diagnostics) if is_refused_rightly(&diagnostics) => {
            return refused(plan, &diagnostics, &expected);
        }
        Err(diagnostics) => {
            return Verdict::Different(format!("a correct workflow is refused:\n{diagnostics}"));
        }
    };
    let mut recorder = Recorder::new(plan, &world);
    let mut simulation = Simulation::new(&compiled.machine)
        .input(world.input().clone())
        .identity(World::identity())
        .started(START);
    for (bucket, key, text) in world.files() {
        simulation = simulation.object(bucket, key, text);
    }
    let execution = match simulation.run_with(&mut recorder) {
        Ok(execution) => execution,
        Err(error) => return Verdict::Different(format!("not simulated: {error}\n{}", compiled.to_json())),
    };
    let actual = recorder.course_of(&execution);
    match difference(&expected, &actual, Grown::in_language(plan)) {
        None => Verdict::Same,
        Some(difference) => {
            let json = compiled.to_json();
            Verdict::Different(report(plan, seed, &world, &json, &execution, &expected, &difference))
        }
    }
}

/// A Choice state of which it is said that it cannot match fails, or is not reached.
fn refused(plan: &Plan, diagnostics: &Diagnostics, expected: &Course) -> Verdict {
    let mut choices = BTreeSet::new();
    each_state(&plan.root, &mut |spot| {
        if spot.state.is_some_and(|state| matches!(state.kind, StateKind::Choice(_))) {
            choices.insert(spot.name.to_string());
        }
    });
    for error in diagnostics.errors() {
        let name = error.state.as_deref().and_then(|path| path.rsplit(" / ").next()).unwrap_or_default();
        if !choices.contains(name) || expected.decided.contains(name) {
            return Verdict::Different(format!(
                "`{name}` can match, or is no Choice:\n{diagnostics}\n{:#?}",
                plan.root
            ));
        }
    }
    Verdict::Undecided(Undecided::Foreign("a Choice that cannot match"))
}

fn report(
    plan: &Plan,
    seed: u64,
    world: &World,
    json: &str,
    execution: &Execution,
    expected: &Course,
    difference: &str,
) -> String {
    let mut report =
        format!("{difference}\n\nseed: {seed}\ninput: {}\nplan: {:#?}\n", world.input(), plan.root);
    let _ = writeln!(report, "{json}\nsimulated:\n{}", Timeline::with_data(&execution.history));
    let _ = writeln!(report, "interpreted:");
    for (thread, happenings) in &expected.happenings {
        for (at, happening) in happenings {
            let _ = writeln!(report, "{:?} {at:?} {happening:?}", thread.iteration);
        }
    }
    let _ = writeln!(
        report,
        "{:?}\n\nfirst difference ({}): {difference}",
        expected.end,
        plan.query_language.as_str()
    );
    report
}

/// The first difference.
fn difference(expected: &Course, actual: &Course, grown: Grown) -> Option<String> {
    let threads = (expected.without(&expected.uncertain), actual.without(&expected.uncertain));
    for (thread, said) in &threads.0 {
        let done = threads.1.get(thread).map_or(&[][..], Vec::as_slice);
        for (index, expected) in said.iter().enumerate() {
            let actual = done.get(index);
            if !actual
                .is_some_and(|actual| actual.0 == expected.0 && same_happening(&expected.1, &actual.1, grown))
            {
                return Some(format!("expected {expected:?}\n     found {actual:?}"));
            }
        }
        if let Some(more) = done.get(said.len()) {
            return Some(format!("nothing more was expected, but found {more:?}"));
        }
    }
    if let Some((thread, more)) = threads.1.iter().find(|(thread, _)| !threads.0.contains_key(thread)) {
        return Some(format!("not expected in {thread:?}: {more:?}"));
    }
    let (expected, actual) = (expected.end.as_ref()?, actual.end.as_ref()?);
    let same = match (expected, actual) {
        (End::Succeeded(None), End::Succeeded(_)) => true,
        (End::Succeeded(Some(expected)), End::Succeeded(Some(actual))) => {
            same_but_grown(expected, actual, grown)
        }
        (End::Failed(error, cause), End::Failed(actual_error, actual_cause)) => {
            same_text(error, actual_error)
                && same_text(
                    cause.as_deref().unwrap_or_default(),
                    actual_cause.as_deref().unwrap_or_default(),
                )
        }
        _ => false,
    };
    (!same).then(|| format!("expected {expected:?}\n     found {actual:?}"))
}

fn same_happening(expected: &Happening, actual: &Happening, grown: Grown) -> bool {
    match (expected, actual) {
        (Happening::Called(one, Some(expected)), Happening::Called(other, Some(actual))) => {
            one == other && same_but_grown(expected, actual, grown)
        }
        _ => expected == actual,
    }
}

/// Whether two values are the same JSON: numbers by their value, objects whatever their order.
pub(super) fn same(expected: &Value, actual: &Value) -> bool {
    same_but_grown(expected, actual, Grown::Never)
}

/// Whether an object may have more fields than expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grown {
    Never,
    /// In JSONPath the input of a scope is the document, and results are kept in that beside its own fields: who is given the
    /// whole input is given those too. Source: `Scope::document`, "all states of a scope share one document".
    Documents,
}

impl Grown {
    fn in_language(plan: &Plan) -> Self {
        match plan.query_language {
            QueryLanguage::Jsonata => Self::Never,
            QueryLanguage::JsonPath => Self::Documents,
        }
    }
}

fn same_but_grown(expected: &Value, actual: &Value, grown: Grown) -> bool {
    match (expected, actual) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| same_but_grown(one, other, grown))
        }
        (Value::Object(one), Value::Object(other)) => {
            (one.len() == other.len() || grown == Grown::Documents)
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| same_but_grown(one, other, grown)))
        }
        (Value::String(one), Value::String(other)) => same_text(one, other),
        // What a scope without a value gives.
        (Value::String(one), _) => one == SERVICE_TEXT,
        (one, other) => one == other,
    }
}

/// Whether two texts are the same; of a text with words of the service in it, nothing is said.
fn same_text(expected: &str, actual: &str) -> bool {
    expected == actual || expected.contains(SERVICE_TEXT)
}
