//! `preview`: shows a definition.

mod highlight;
mod pager;

use std::io::Write;

use stepwright::Registry;

use crate::compile::compile;
use crate::error::Error;
use crate::flags::PreviewFlags;
use crate::terminal::Terminal;
use crate::{Outcome, select};

pub(crate) use pager::Pager;

/// Shows the JSON of a workflow in colours, through a pager if it is long.
pub(crate) fn run(
    registry: &Registry,
    flags: &PreviewFlags,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let workflow = select::workflow(registry, &flags.name)?;
    let Some(outputs) = compile(registry, vec![workflow], terminal)? else { return Ok(Outcome::Problems) };
    for output in outputs {
        let text = highlight::highlight(&output.compiled.to_json());
        let paged = match &terminal.pager {
            Some(pager) => pager.show(&text, terminal.out.current_choice())?,
            None => false,
        };
        if !paged {
            terminal.out.write_all(text.as_bytes())?;
        }
    }
    Ok(Outcome::Clean)
}
