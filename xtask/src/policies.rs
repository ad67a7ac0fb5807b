//! `policies`: shows how states are retried.

mod policy;
mod schedule;
mod survey;

use std::io::Write;

use anstyle::Style;
use stepwright::Registry;
use stepwright_codegen::asl;
use stepwright_codegen::asl::StateMachine;
use stepwright_codegen::diagnostic::in_file;

use crate::Outcome;
use crate::compile::{compile, show};
use crate::error::Error;
use crate::flags::PoliciesFlags;
use crate::policies::policy::Policy;
use crate::policies::survey::{Survey, Use, survey};
use crate::select::{File, Target, targets};
use crate::table::{Column, Table};
use crate::terminal::Terminal;
use crate::text::{WIDTH, count, enumerate, wrap};

const TITLE: Style = Style::new().bold();

/// Shows the policies, and then each state that has one or could have one.
pub(crate) fn run(
    registry: &Registry,
    flags: &PoliciesFlags,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let Some(machines) = machines(registry, flags, terminal)? else { return Ok(Outcome::Problems) };
    let survey = survey(&machines);
    if survey.uses.is_empty() {
        writeln!(terminal.out, "no state has a retry policy, and there are no tasks that could have one")?;
        return Ok(Outcome::Clean);
    }
    for (index, policy) in survey.policies.iter().enumerate() {
        write_policy(index, policy, survey.users(Some(index)), terminal)?;
    }
    write_uses(&survey, terminal)?;
    for line in wrap(&summary(&survey), WIDTH) {
        writeln!(terminal.out, "{line}")?;
    }
    Ok(Outcome::Clean)
}

/// The machines to look at, by name; `None` if something is wrong with one, which is shown.
fn machines(
    registry: &Registry,
    flags: &PoliciesFlags,
    terminal: &mut Terminal,
) -> Result<Option<Vec<(String, StateMachine)>>, Error> {
    let mut machines = Vec::new();
    let mut all_are_fine = true;
    for target in targets(registry, &flags.targets, terminal)? {
        match target {
            Target::Workflow(workflow) => match compile(registry, vec![*workflow], terminal)? {
                Some(outputs) => {
                    machines.extend(outputs.into_iter().map(|it| (it.slug, it.compiled.machine)));
                }
                None => all_are_fine = false,
            },
            Target::File(file) => match read(file, terminal)? {
                Some(machine) => machines.push(machine),
                None => all_are_fine = false,
            },
        }
    }
    Ok(all_are_fine.then_some(machines))
}

fn read(file: File, terminal: &mut Terminal) -> Result<Option<(String, StateMachine)>, Error> {
    match asl::read(&file.text) {
        Ok(document) => Ok(Some((file.name, document.into_machine()))),
        Err(findings) => {
            let diagnostics = in_file(findings, Some(&file.name), &file.text);
            show(&diagnostics, &|_: &str| Some(file.text.clone()), terminal)?;
            Ok(None)
        }
    }
}

fn write_policy(index: usize, policy: &Policy, users: usize, terminal: &mut Terminal) -> Result<(), Error> {
    let users = count(users, "state");
    writeln!(terminal.out, "{TITLE}Policy {}{TITLE:#}, {users}", letter(index))?;
    for rule in &policy.rules {
        let facts = [
            ("on", rule.errors.join(", ")),
            ("retries", rule.schedule.summary()),
            ("delays", rule.schedule.timetable()),
        ];
        for (key, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            let lines = wrap(&value, WIDTH - 11).join(&format!("\n{:11}", ""));
            writeln!(terminal.out, "  {key:<9}{lines}")?;
        }
    }
    writeln!(terminal.out)?;
    Ok(())
}

fn write_uses(survey: &Survey, terminal: &mut Terminal) -> Result<(), Error> {
    let mut table = Table::new([
        Column::left("STATE").cut_end(),
        Column::left("TYPE"),
        Column::left("POLICY"),
        Column::right("TIMEOUT"),
        Column::left("WORST CASE"),
    ]);
    let mut machine = None;
    for state in &survey.uses {
        if machine != Some(&state.machine) {
            table.row([state.machine.clone(), String::new(), String::new(), String::new(), String::new()]);
            machine = Some(&state.machine);
        }
        table.row(cells(state, survey));
    }
    writeln!(terminal.out, "{}", table.header())?;
    for line in table.lines() {
        writeln!(terminal.out, "{line}")?;
    }
    writeln!(terminal.out)?;
    Ok(())
}

fn cells(state: &Use, survey: &Survey) -> [String; 5] {
    let policy = state.policy.map(|index| (index, &survey.policies[index]));
    [
        format!("{:indent$}{}", "", state.name, indent = 2 * (state.depth + 1)),
        state.state_type.to_string(),
        policy.map_or_else(|| "none".to_owned(), |(index, _)| letter(index)),
        state.timeout.to_string(),
        policy.map_or(&Policy::default(), |(_, policy)| policy).worst_case(state.timeout),
    ]
}

/// "2 policies: A used by 12 states and B by 1; 3 Task states have none".
fn summary(survey: &Survey) -> String {
    let users = |index: usize| {
        let verb = if index == 0 { "used by" } else { "by" };
        let noun = if index == 0 {
            count(survey.users(Some(index)), "state")
        } else {
            survey.users(Some(index)).to_string()
        };
        format!("{} {verb} {noun}", letter(index))
    };
    let users: Vec<String> = (0..survey.policies.len()).map(users).collect();
    let policies = match survey.policies.len() {
        0 => "no policies".to_owned(),
        1 => format!("1 policy: {}", enumerate(&users)),
        number => format!("{number} policies: {}", enumerate(&users)),
    };
    match survey.users(None) {
        0 => policies,
        1 => format!("{policies}; 1 Task state has none"),
        number => format!("{policies}; {number} Task states have none"),
    }
}

/// A, B, … Z, A1, B1, …
fn letter(index: usize) -> String {
    let letter = char::from_u32(u32::from('A') + u32::try_from(index % 26).unwrap_or(0)).unwrap_or('?');
    if index < 26 { letter.to_string() } else { format!("{letter}{}", index / 26) }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn policies_are_named_by_letters() {
        assert_eq!([0, 25, 26, 53].map(letter), ["A", "Z", "A1", "B2"]);
    }
}
