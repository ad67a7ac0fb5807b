//! `list`: what workflows there are.

use std::io::Write;

use stepwright::Registry;
use stepwright_codegen::compile_plan;

use crate::Outcome;
use crate::error::Error;
use crate::select::{self, Selected};
use crate::table::{Column, Table};
use crate::terminal::Terminal;
use crate::text::{WIDTH, cut_end};

/// Shows each workflow with the first line of its comment.
pub(crate) fn run(registry: &Registry, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut table = Table::new([
        Column::left("WORKFLOW").cut_end(),
        Column::right("STATES"),
        Column::left("LANGUAGE"),
        Column::left("TYPE"),
        Column::left("DEFINED AT").cut_start(),
    ]);
    let mut comments = Vec::new();
    let mut broken = Vec::new();
    for Selected { slug, plan } in select::all(registry)? {
        let states = compile_plan(&plan).map(|compiled| compiled.state_count().to_string());
        if states.is_err() {
            broken.push(slug.clone());
        }
        table.row([
            slug,
            states.unwrap_or_else(|_| "-".to_owned()),
            plan.query_language.as_str().to_owned(),
            plan.workflow_type.as_str().to_owned(),
            format!("{}:{}", plan.location.file(), plan.location.line()),
        ]);
        comments.push(plan.comment.unwrap_or_default());
    }
    writeln!(terminal.out, "{}", table.header())?;
    for (line, comment) in table.lines().zip(comments) {
        writeln!(terminal.out, "{line}")?;
        if let Some(first) = comment.lines().next() {
            writeln!(terminal.out, "  {}", cut_end(first, WIDTH - 2))?;
        }
    }
    for slug in broken {
        terminal.warn(&format!("`{slug}` does not compile"), &format!("run `cargo xtask check {slug}`"))?;
    }
    Ok(Outcome::Clean)
}
