//! The pages that are made from the code.

mod examples;
mod rust;

use std::fs;

use stepwright_codegen::diagnostic;

/// What the page says before the first code.
const INTRODUCTION: &str = "\
Every code with what it means, an example that causes it, and the same example mended. The examples in Rust are about an [order](#the-order-of-the-examples).

This page is made: mend the words in `codegen/src/diagnostic/codes.rs` and the examples in `docs/diagnostics/`, and write it with
`UPDATE_DOCS=1 cargo test -p stepwright-codegen --test it docs`.
";

#[test]
fn the_page_of_diagnostics_is_up_to_date() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics.md");
    let text = diagnostic::reference(INTRODUCTION, examples::section) + &examples::order();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(page, &text).expect("the page can be written");
    }
    let written = fs::read_to_string(page).unwrap_or_default();
    assert!(
        written == text,
        "docs/diagnostics.md is stale: run `UPDATE_DOCS=1 cargo test -p stepwright-codegen --test it docs`"
    );
}
