//! From problems to findings: the trail of the data.

use crate::asl::NullablePath;
use crate::asl::path::Path;
use crate::check::Report;
use crate::check::data_flow::facts::Facts;
use crate::check::data_flow::machine::DataFlow;
use crate::check::data_flow::origin::{Made, Maker, Origin};
use crate::check::data_flow::problems::Problem;
use crate::check::data_flow::{path, routes};
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Finding, Severity};

/// For so many findings the way back is searched, as each is a walk over the scope.
const MOST_TRAILS: usize = 20;

/// Reports what certainly goes wrong with the data.
pub(crate) fn check(index: &Index<'_>, facts: &Facts, report: &mut Report) {
    let flow = DataFlow::new(index, facts);
    let mut trails = 0;
    for (entry, state) in index.states.iter().zip(&flow.states) {
        for problem in &state.problems {
            let mut finding = finding(index, entry, problem);
            if let Some(lost) = problem.lost.as_ref().filter(|_| trails < MOST_TRAILS) {
                trails += 1;
                finding = with_trail(&flow, entry, lost, finding);
            }
            report.add(entry.number, finding);
        }
    }
    routes::check(&flow, report);
}

/// What is said of a problem of a state.
pub(super) fn finding(index: &Index<'_>, entry: &StateEntry<'_>, problem: &Problem) -> Finding {
    let fault = &problem.fault;
    let message = match &fault.why {
        Some(why) => format!("{}: {why}", fault.message),
        None => fault.message.clone(),
    };
    let mut finding = Finding::error(fault.code, entry.at(&problem.pointer), message);
    if !fault.is_certain {
        finding.severity = Severity::Warning;
    }
    if let Some(origin) = fault.origin
        && let Some(maker) = index.states.get(origin.state as usize)
    {
        let (pointer, text) = made(maker, origin, maker.number == entry.number);
        // What is made where it is read needs no second mark.
        if !finding.pointer.starts_with(&pointer) {
            finding = finding.label(pointer, text);
        }
    }
    finding.maybe_help(fault.help.clone())
}

/// Where and how a value was made. The state that makes it reads it before it is put into the document.
fn made(maker: &StateEntry<'_>, origin: Origin, is_own: bool) -> (String, String) {
    let name = maker.name;
    match origin.made {
        Made::Error(position) => {
            let replaces = maker
                .state
                .catch()
                .get(position as usize)
                .is_some_and(|catcher| is_whole(catcher.result_path.as_ref()));
            let text = if replaces && catches_in_json_path(maker) && !is_own {
                "the error output replaces the document here, as there is no `ResultPath`"
            } else {
                "this is the error output"
            };
            (maker.at(format!("/Catch/{position}")), text.to_owned())
        }
        Made::Field(Maker::Resource) => {
            let text = if replaces_document(maker) && !is_own {
                format!("the result of `{name}` is the whole document, as there is no `ResultPath`")
            } else {
                format!("this is the result of `{name}`")
            };
            (maker.at("/Resource"), text)
        }
        Made::Field(field) => (maker.at(format!("/{field:?}")), "the data is made here".to_owned()),
        Made::Undeclared => (maker.pointer.clone(), "its type does not have that".to_owned()),
    }
}

fn catches_in_json_path(entry: &StateEntry<'_>) -> bool {
    entry.language == crate::asl::QueryLanguage::JsonPath
}

fn is_whole(result_path: Option<&NullablePath>) -> bool {
    match result_path {
        None => true,
        Some(NullablePath::Path(path)) => path == "$",
        Some(NullablePath::Null) => false,
    }
}

fn replaces_document(entry: &StateEntry<'_>) -> bool {
    use crate::asl::StateKind;
    let path = match &entry.state.kind {
        StateKind::Task(task) => task.result_path.as_ref(),
        StateKind::Parallel(parallel) => parallel.result_path.as_ref(),
        StateKind::Map(map) => map.result_path.as_ref(),
        StateKind::Pass(pass) => pass.result_path.as_ref(),
        StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {
            return false;
        }
    };
    catches_in_json_path(entry) && is_whole(path)
}

/// Names the last state before this one for which the value was still there.
fn with_trail(flow: &DataFlow<'_, '_>, entry: &StateEntry<'_>, lost: &Path, finding: Finding) -> Finding {
    let scope = &flow.index.scopes[entry.scope];
    let Ok(start) = scope.numbers.binary_search(&entry.number) else { return finding };
    let mut sources = vec![Vec::new(); scope.numbers.len()];
    for (position, targets) in scope.graph.targets.iter().enumerate() {
        targets.iter().for_each(|target| sources[*target].push(position));
    }
    let mut seen = vec![false; sources.len()];
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(position) = open.pop_front() {
        if std::mem::replace(&mut seen[position], true) {
            continue;
        }
        let before = scope.state(flow.index, position);
        let input = flow.states[before.number].input.as_ref();
        let found = input.map(|input| path::walk(lost, input).shape);
        if found.is_some_and(|found| !found.is_never() && !found.may_be_absent()) {
            let text = format!("when `{}` began, the value was there", before.name);
            return finding.label(before.pointer.clone(), text);
        }
        open.extend(sources[position].iter().copied());
    }
    finding
}
