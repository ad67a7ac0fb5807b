//! The pages that are made from the code.

use std::fs;

use stepwright_codegen::diagnostic;

#[test]
fn the_page_of_diagnostics_is_up_to_date() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics.md");
    let text = diagnostic::reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(page, &text).expect("the page can be written");
    }
    let written = fs::read_to_string(page).unwrap_or_default();
    assert!(
        written == text,
        "docs/diagnostics.md is stale: run `UPDATE_DOCS=1 cargo test -p stepwright-codegen --test it docs`"
    );
}
