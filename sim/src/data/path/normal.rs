//! Paths as causes show them.

use std::fmt::Write as _;

use stepwright_codegen::asl::path::Step;

/// Those steps from the root, as causes show them: `$['a'][0]`.
pub(super) fn normal(steps: &[Step]) -> String {
    let mut out = String::from("$");
    steps.iter().for_each(|step| write(step, &mut out));
    out
}

/// Appends the step in the form in which causes show it.
/// Appends a step.
pub(super) fn write(step: &Step, out: &mut String) {
    match step {
        Step::Names(names) => {
            let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
            let _ = write!(out, "[{}]", names.join(","));
        }
        Step::Indices(indices) => {
            let indices: Vec<_> = indices.iter().map(i64::to_string).collect();
            let _ = write!(out, "[{}]", indices.join(","));
        }
        Step::Slice { from, to } => {
            let end = |end: &Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
            let _ = write!(out, "[{}:{}]", end(from), end(to));
        }
        Step::All => out.push_str("[*]"),
        Step::Below => out.push_str(".."),
        Step::Filter(_) => out.push_str("[?]"),
        Step::Function(name) => {
            let _ = write!(out, ".{name}()");
        }
    }
}
