//! `SW0702`: where ways meet, one of them may not bring what is read there.
//!
//! Only the state is looked at in which the ways meet: further on a Choice may have asked which of them it was.

use std::collections::BTreeSet;

use crate::asl::path::{Path, Root};
use crate::asl::{QueryLanguage, StateKind, TransitionField};
use crate::check::Report;
use crate::check::data_flow::machine::{Arrival, DataFlow};
use crate::check::data_flow::path::{self, INPUT};
use crate::check::index::StateEntry;
use crate::check::texts::{Syntax, Takes, Text, When, of_state};
use crate::diagnostic::{Code, Finding};

/// Warns of what a way certainly does not bring.
pub(crate) fn check(flow: &DataFlow<'_, '_>, report: &mut Report) {
    for entry in &flow.index.states {
        let data = &flow.states[entry.number];
        let is_choice = matches!(entry.state.kind, StateKind::Choice(_));
        let Some(input) = data.input.as_ref().filter(|_| !is_choice) else { continue };
        let reads = of_state(&flow.index.texts, entry.number)
            .iter()
            .filter_map(|text| Some((text, read_of_input(entry, text)?)));
        let mut reads = reads.peekable();
        if data.arrivals.len() < 2 || reads.peek().is_none() {
            continue;
        }
        let arrivals = latest(&data.arrivals);
        for (text, path) in reads.filter(|_| arrivals.len() > 1) {
            if path::walk(path, input).shape.is_absent() {
                // On all of them: that is an error, and reported.
                continue;
            }
            let lacks = |arrival: &&Arrival| path::walk(path, &arrival.output).shape.is_absent();
            if let Some(arrival) = arrivals.iter().copied().find(lacks) {
                report.add(entry.number, finding(flow, text, path, arrival));
            }
        }
    }
}

/// Each way as it was evaluated last.
fn latest(arrivals: &[Arrival]) -> Vec<&Arrival> {
    let mut seen = BTreeSet::new();
    arrivals.iter().rev().filter(|arrival| seen.insert((arrival.from, arrival.by.to_string()))).collect()
}

/// The Path that a text reads from the raw input, whenever the state runs.
fn read_of_input<'t>(entry: &StateEntry<'_>, text: &'t Text<'_>) -> Option<&'t Path> {
    let Syntax::Path(path) = &text.syntax else { return None };
    let takes_path = matches!(text.takes, Takes::Path | Takes::ReferencePath | Takes::PathOrCall);
    let is_raw = entry.state.input_path.is_none() || text.pointer == entry.at("/InputPath");
    let is_read =
        takes_path && is_raw && text.when == When::Before && entry.language == QueryLanguage::JsonPath;
    (is_read && path.root == Root::Input && path.is_definite()).then_some(path)
}

fn finding(flow: &DataFlow<'_, '_>, text: &Text<'_>, path: &Path, arrival: &Arrival) -> Finding {
    let source = &flow.index.states[arrival.from];
    let why = path::reason(path, &path::walk(path, &arrival.output), INPUT);
    let way = match arrival.by {
        // The same state may lead here without an error, too.
        TransitionField::Catch(_) => format!("an error in `{}`", source.name),
        _ => format!("`{}`", source.name),
    };
    let message = format!("`{}` finds nothing if {way} leads here", text.content);
    Finding::warning(Code::MayBeMissing, text.pointer.as_str(), message)
        .label(source.at(arrival.by), format!("on this way {why}"))
}
