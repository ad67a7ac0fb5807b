//! A defect of every kind is seeded into correct definitions, and has to be found: with the right code, at the right place, and
//! nothing else.
//!
//! An [`Operator`] stands for a mistake that people make. It is an entry in one of the lists below `mutations/`, by the groups of
//! the codes; a new rule gets one there.
//!
//! The definitions are those that the examples emit, and a few of `mutations/machines/`: with the schema of their input beside
//! them, so that much is known of the data on its way. They call services whose answers are known, too.

mod advice;
mod calls;
mod data;
mod definition;
mod fields;
mod handlers;
mod languages;
mod loops;
mod mutant;
mod parameters;
mod places;
mod reading;
mod structure;
mod values;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use stepwright_codegen::asl;
use stepwright_codegen::check::{Facts, Finding, advise, check_express, check_with};
use stepwright_codegen::diagnostic::Code;

use definition::Definition;
use mutant::Mutant;

/// At how many places of one definition an operator is applied: the tests are to take seconds. `STEPWRIGHT_CASES=1000` has all.
fn most_of_one() -> usize {
    std::env::var("STEPWRIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1)
}

/// What is asked about a definition.
#[derive(PartialEq)]
enum Asked {
    /// Whether it is correct.
    Standard,
    /// Whether it is correct as an Express workflow.
    Express,
    /// What could be better.
    Advice,
    /// Whether it is correct, if types let fields through that they do not have, as those of Rust do.
    OpenTypes,
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
    asked: Asked,
    /// What follows from the defect beside its own finding; the entry says why.
    follows: &'static [Code],
}

impl Operator {
    const fn new(name: &'static str, code: Code, seed: fn(&Definition) -> Vec<Mutant>) -> Self {
        Self { name, code, seed, at_least: 10, asked: Asked::Standard, follows: &[] }
    }

    /// For what the examples have less of.
    const fn at_least(self, at_least: usize) -> Self {
        Self { at_least, ..self }
    }

    const fn in_express(self) -> Self {
        Self { asked: Asked::Express, ..self }
    }

    const fn advice(self) -> Self {
        Self { asked: Asked::Advice, ..self }
    }

    const fn of_open_types(self) -> Self {
        Self { asked: Asked::OpenTypes, ..self }
    }

    /// For what has further findings in its wake.
    const fn with(self, follows: &'static [Code]) -> Self {
        Self { follows, ..self }
    }

    fn is_able(&self, definition: &Definition) -> bool {
        self.asked != Asked::Express || definition.is_express
    }

    fn findings(&self, text: &str, definition: &Definition) -> Vec<Finding> {
        let facts = &definition.facts;
        let document = match asl::read(text) {
            Ok(document) => document,
            Err(findings) => return findings,
        };
        match self.asked {
            Asked::Standard => check_with(document.machine(), facts),
            Asked::Express => check_with(document.machine(), &facts.clone().express()),
            Asked::OpenTypes => {
                let facts =
                    definition.schema.as_ref().map(|schema| Facts::default().input_schema(&open(schema)));
                check_with(document.machine(), &facts.unwrap_or_default())
            }
            Asked::Advice => advise(document.machine(), facts),
        }
    }

    /// What is found in a definition with a defect, but not without. Of advice there is some before.
    fn added(&self, mutant: &Mutant, definition: &Definition) -> Vec<Finding> {
        let mut findings = self.findings(&mutant.text(&definition.json), definition);
        if self.asked == Asked::Advice {
            let before = self.findings(&definition.json.to_string(), definition);
            // Not by the pointers, which the defect may have changed.
            findings.retain(|finding| {
                !before.iter().any(|it| it.code == finding.code && it.message == finding.message)
            });
        }
        findings
    }

    /// What is wrong with what was found, if anything.
    fn mistake(&self, mutant: &Mutant, definition: &Definition, findings: &[Finding]) -> Option<String> {
        let (expected, others): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|it| it.code == self.code && it.pointer == mutant.pointer);
        // Where all data is known, a defect anywhere may make another of it.
        let is_of_data =
            |code: Code| definition.has_known_input && code.group() == Code::NothingThere.group();
        let may_follow = |code: Code| {
            self.follows.contains(&code)
                || is_of_data(code) && self.code.group() != Code::NothingThere.group()
        };
        let is_known = others.iter().all(|finding| may_follow(finding.code));
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
        let able = definitions.iter().filter(|definition| operator.is_able(definition));
        for (position, definition) in able.enumerate() {
            let mutants = (operator.seed)(definition);
            places += mutants.len();
            for mutant in sample(mutants, position) {
                seeded += 1;
                let findings = operator.added(&mutant, definition);
                match operator.mistake(&mutant, definition, &findings) {
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

/// The definitions that the examples emit, and the machines that are there for this only.
fn examples() -> Vec<Definition> {
    let mut definitions = Vec::new();
    for folder in ["../examples/asl", "tests/it/mutations/machines"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = fs::read_dir(folder).expect("the folder can be listed");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("the entry can be read").path()).collect();
        paths.sort();
        let paths = paths.iter().filter(|path| path.to_string_lossy().ends_with(".asl.json"));
        definitions.extend(paths.map(|path| example(path)));
    }
    definitions
}

fn example(path: &Path) -> Definition {
    let text = fs::read_to_string(path).expect("the file can be read");
    let document = asl::read(&text).expect("the example can be read");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let schema = path.with_file_name(name.replace(".asl.json", ".schema.json"));
    let schema = fs::read_to_string(schema).ok();
    let schema: Option<Value> = schema.map(|text| serde_json::from_str(&text).expect("the schema is JSON"));
    Definition {
        name,
        json: serde_json::from_str(&text).expect("the file is JSON"),
        is_express: check_express(document.machine()).is_empty(),
        has_known_input: schema.is_some(),
        facts: schema.as_ref().map_or_else(Facts::default, |schema| Facts::default().input_schema(schema)),
        schema,
    }
}

/// A schema that lets other members through, as schemas do by default.
fn open(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| *name != "additionalProperties");
            Value::Object(kept.map(|(name, schema)| (name.clone(), open(schema))).collect())
        }
        other => other.clone(),
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
        let findings = operator.findings(&definition.json.to_string(), &definition);
        assert_eq!(findings, [], "{}", definition.name);
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
fn defects_of_parameters_and_sizes_are_found() {
    check_operators(parameters::OPERATORS);
    check_operators(calls::OPERATORS);
    check_operators(loops::OPERATORS);
}

#[test]
fn defects_of_the_data_are_found() {
    check_operators(data::reads::OPERATORS);
    check_operators(data::lost::OPERATORS);
    check_operators(data::ways::OPERATORS);
    check_operators(data::undeclared::OPERATORS);
}

#[test]
fn defects_of_data_in_jsonata_are_found() {
    check_operators(data::expressions::OPERATORS);
}

#[test]
fn wrong_types_are_found() {
    check_operators(data::types::OPERATORS);
    check_operators(data::choices::OPERATORS);
}

#[test]
fn wrong_types_in_jsonata_are_found() {
    check_operators(data::operands::OPERATORS);
}

#[test]
fn what_could_be_better_is_found() {
    check_operators(advice::OPERATORS);
    check_operators(loops::ADVICE);
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
        parameters::OPERATORS,
        calls::OPERATORS,
        loops::OPERATORS,
        loops::ADVICE,
        data::choices::OPERATORS,
        data::expressions::OPERATORS,
        data::lost::OPERATORS,
        data::operands::OPERATORS,
        data::reads::OPERATORS,
        data::undeclared::OPERATORS,
        data::types::OPERATORS,
        data::ways::OPERATORS,
        advice::OPERATORS,
        values::OPERATORS,
        handlers::OPERATORS,
        languages::OPERATORS,
        reading::OPERATORS,
    ];
    let has_operator = |code: &Code| lists.iter().copied().flatten().any(|operator| operator.code == *code);
    for code in Code::ALL.iter().filter(|code| code.group().number > 1) {
        assert!(
            has_operator(code) != OF_LOWERING.contains(code),
            "{code}: an operator, or a line in `OF_LOWERING`"
        );
    }
}
