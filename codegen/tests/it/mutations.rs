//! A defect of every kind is seeded into correct definitions, and has to be found: with the right code, at the right place, and
//! nothing else.
//!
//! An [`Operator`] stands for a mistake that people make. It is an entry in one of the lists below `mutations/`, by the groups of
//! the codes; a new rule gets one there.

mod definition;
mod fields;
mod handlers;
mod languages;
mod mutant;
mod places;
mod reading;
mod structure;
mod values;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use stepwright_codegen::asl;
use stepwright_codegen::check::{Finding, check, check_express};
use stepwright_codegen::diagnostic::Code;

use definition::Definition;
use mutant::Mutant;

/// At how many places of one definition an operator is applied: the tests are to take seconds. `STEPWRIGHT_CASES=1000` has all.
fn most_of_one() -> usize {
    std::env::var("STEPWRIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1)
}

/// A kind of defect.
struct Operator {
    /// What has been done to the definition.
    name: &'static str,
    /// The only code that may come of it, once.
    code: Code,
    /// Every place of a definition where it can be seeded.
    seed: fn(&Definition) -> Vec<Mutant>,
    /// How often it must apply to the examples at least.
    at_least: usize,
    /// Whether the definitions are checked as Express workflows.
    is_express: bool,
    /// What follows from the defect beside its own finding; the entry says why.
    follows: &'static [Code],
}

impl Operator {
    const fn new(name: &'static str, code: Code, seed: fn(&Definition) -> Vec<Mutant>) -> Self {
        Self { name, code, seed, at_least: 10, is_express: false, follows: &[] }
    }

    /// For what the examples have less of.
    const fn at_least(self, at_least: usize) -> Self {
        Self { at_least, ..self }
    }

    const fn in_express(self) -> Self {
        Self { is_express: true, ..self }
    }

    fn findings(&self, text: &str) -> Vec<Finding> {
        match asl::read(text) {
            Ok(document) if self.is_express => check_express(document.machine()),
            Ok(document) => check(document.machine()),
            Err(findings) => findings,
        }
    }

    /// What is wrong with what was found, if anything.
    fn mistake(&self, mutant: &Mutant, findings: &[Finding]) -> Option<String> {
        let (expected, others): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|it| it.code == self.code && it.pointer == mutant.pointer);
        let is_known = others.iter().all(|finding| self.follows.contains(&finding.code));
        if expected.len() == 1 && is_known {
            return None;
        }
        let mut text = format!("  expected {} {}\n", self.code, mutant.pointer);
        for finding in findings {
            writeln!(text, "  found    {} {}: {}", finding.code, finding.pointer, finding.message)
                .expect("a string can be written to");
        }
        Some(text)
    }
}

/// Checks the operators of one list.
#[track_caller]
fn check_operators(operators: &[Operator]) {
    let definitions = examples();
    let mut mistakes: Vec<String> = Vec::new();
    for operator in operators {
        let (mut places, mut seeded, mut found) = (0, 0, 0);
        let able = definitions.iter().filter(|definition| !operator.is_express || definition.is_express);
        for (position, definition) in able.enumerate() {
            let mutants = (operator.seed)(definition);
            places += mutants.len();
            for mutant in sample(mutants, position) {
                seeded += 1;
                let findings = operator.findings(&mutant.text(&definition.json));
                match operator.mistake(&mutant, &findings) {
                    None => found += 1,
                    Some(mistake) => {
                        mistakes.push(format!("{}, {}:\n{mistake}", operator.name, definition.name));
                    }
                }
            }
        }
        if places < operator.at_least {
            mistakes.push(format!("{}: {places} places, not {}\n", operator.name, operator.at_least));
        }
        report(&format!(
            "{} {:60} {places:4} places {seeded:4} seeded {found:4} found",
            operator.code, operator.name
        ));
    }
    assert!(mistakes.is_empty(), "\n{}", mistakes.concat());
}

/// At most as many mutants as are wanted of one definition, from all over it; those of another come from other places.
fn sample(mutants: Vec<Mutant>, position: usize) -> Vec<Mutant> {
    let step = mutants.len().div_ceil(most_of_one()).max(1);
    mutants.into_iter().skip(position % step).step_by(step).collect()
}

/// The definitions that the examples emit.
fn examples() -> Vec<Definition> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/asl");
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the entry can be read").path()).collect();
    paths.sort();
    let paths = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.map(|path| example(path)).collect()
}

fn example(path: &Path) -> Definition {
    let text = fs::read_to_string(path).expect("the file can be read");
    let document = asl::read(&text).expect("the example can be read");
    Definition {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        json: serde_json::from_str(&text).expect("the file is JSON"),
        is_express: check_express(document.machine()).is_empty(),
    }
}

#[expect(clippy::print_stdout, reason = "how many defects were seeded is to be seen in the log")]
fn report(text: &str) {
    println!("{text}");
}

#[test]
fn the_examples_are_clean() {
    let operator = Operator::new("nothing", Code::InvalidJson, |_| Vec::new());
    for definition in examples() {
        assert_eq!(operator.findings(&definition.json.to_string()), [], "{}", definition.name);
    }
}

#[test]
fn defects_of_the_structure_are_found() {
    check_operators(structure::OPERATORS);
}

#[test]
fn defects_of_fields_are_found() {
    check_operators(fields::OPERATORS);
}

#[test]
fn defects_of_values_and_variables_are_found() {
    check_operators(values::OPERATORS);
}

#[test]
fn defects_of_handlers_and_timeouts_are_found() {
    check_operators(handlers::OPERATORS);
}

#[test]
fn defects_of_paths_and_expressions_are_found() {
    check_operators(languages::OPERATORS);
}

#[test]
fn defects_of_the_text_are_found() {
    check_operators(reading::OPERATORS);
}

/// What is found when a workflow in Rust is lowered: its tests are in `lower/`.
const OF_LOWERING: &[Code] = &[
    Code::StaleValue,
    Code::MaybeUnassigned,
    Code::OutOfScope,
    Code::MissingInDocument,
    Code::WrongScopeValue,
    Code::NotGiven,
    Code::CrossingJump,
    Code::ForeignVariable,
    Code::UnraisedError,
    Code::NotInJsonPath,
    Code::NotInJsonata,
    Code::MaybeMissing,
];

#[test]
fn every_code_of_the_checker_has_an_operator() {
    let lists = [
        structure::OPERATORS,
        fields::OPERATORS,
        values::OPERATORS,
        handlers::OPERATORS,
        languages::OPERATORS,
        reading::OPERATORS,
    ];
    let has_operator = |code: &Code| lists.iter().copied().flatten().any(|operator| operator.code == *code);
    for code in Code::ALL.iter().filter(|code| code.group().number > 1) {
        let is_of_lowering = OF_LOWERING.contains(code);
        assert!(has_operator(code) != is_of_lowering, "{code}: an operator, or a line in `OF_LOWERING`");
    }
}
