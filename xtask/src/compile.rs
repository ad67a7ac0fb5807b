//! Compiles workflows and shows what is wrong with them.

use std::io::Write;
use std::path::Path;

use stepwright::Registry;
use stepwright_codegen::diagnostic::{Diagnostics, FsSources, Sources, Style, render};
use stepwright_codegen::{Compiled, compile_plan};

use crate::error::Error;
use crate::select::Selected;
use crate::terminal::Terminal;

/// Compiles the workflows and shows all diagnostics of all of them; `None` if there are errors.
pub(crate) fn compile(
    registry: &Registry,
    workflows: Vec<Selected>,
    terminal: &mut Terminal,
) -> Result<Option<Vec<Output>>, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut outputs = Vec::new();
    for Selected { slug, plan } in workflows {
        match compile_plan(&plan) {
            Ok(compiled) => {
                diagnostics.extend(compiled.warnings.clone());
                outputs.push(Output { slug, compiled });
            }
            Err(errors) => diagnostics.extend(errors),
        }
    }
    show(&diagnostics, &|file: &str| rust_source(registry.home(), file), terminal)?;
    Ok((!diagnostics.has_errors()).then_some(outputs))
}

/// A workflow that is compiled.
#[derive(Debug)]
pub(crate) struct Output {
    /// The name of its file and on the command line.
    pub(crate) slug: String,
    /// What it came to.
    pub(crate) compiled: Compiled,
}

/// Shows diagnostics with their source lines.
pub(crate) fn show(
    diagnostics: &Diagnostics,
    sources: &dyn Sources,
    terminal: &mut Terminal,
) -> Result<(), Error> {
    // In colour: the stream knows whether they are wanted.
    terminal.err.write_all(render(diagnostics, sources, Style::Color).as_bytes())?;
    Ok(())
}

/// The text of a file named as rustc does, from the root of the workspace: the crate's folder or one above.
pub(crate) fn rust_source(home: &Path, file: &str) -> Option<String> {
    home.ancestors().find_map(|root| FsSources { root: root.to_owned() }.read(file))
}
