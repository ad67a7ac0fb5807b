//! Which fields of the language the builders can emit: `docs/coverage.txt` says so, and is kept true here.
//!
//! A line is `Object.Field | how to say it in Rust | file`. The file is a definition or a test with inline snapshots, and its JSON
//! has the field. A field that is never emitted has no file, and in the middle `–` and the reason. `docs/coverage.md` is made from it:
//! `UPDATE_DOCS=1 cargo test -p stepwright-codegen --test it coverage`.

mod evidence;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use stepwright_codegen::asl;

use self::evidence::fields_in;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

struct Row {
    how: String,
    file: String,
}

/// The rows by object and field.
fn rows() -> BTreeMap<(String, String), Row> {
    let text = fs::read_to_string(format!("{ROOT}/docs/coverage.txt")).expect("the table can be read");
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut parts = line.split(" | ").map(|part| part.trim_end_matches(" |").trim().to_owned());
        let (Some(name), Some(how)) = (parts.next(), parts.next()) else {
            panic!("`{line}` is no row; write `Object.Field | how | file`")
        };
        let (object, field) = name.split_once('.').unwrap_or_else(|| panic!("`{name}` is no `Object.Field`"));
        let row = Row { how, file: parts.next().unwrap_or_default() };
        let earlier = rows.insert((object.to_owned(), field.to_owned()), row);
        assert!(earlier.is_none(), "docs/coverage.txt has two rows for `{name}`");
    }
    rows
}

#[test]
fn every_field_of_the_language_has_a_row() {
    let mut rows = rows();
    let mut missing = Vec::new();
    for (object, fields) in asl::fields() {
        for field in fields {
            if rows.remove(&(object.to_owned(), field.to_owned())).is_none() {
                missing.push(format!("{object}.{field}"));
            }
        }
    }
    assert!(missing.is_empty(), "docs/coverage.txt lacks\n{}", missing.join("\n"));
    assert!(rows.is_empty(), "the language has no {:?}", rows.keys());
}

#[test]
fn what_is_claimed_is_shown() {
    let mut known: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for (key, row) in rows() {
        let name = format!("{}.{}", key.0, key.1);
        if row.how.starts_with('–') {
            assert!(row.file.is_empty(), "`{name}` cannot be said, but names a file");
            assert!(row.how.len() > '–'.len_utf8(), "`{name}` has no reason why it is never emitted");
            continue;
        }
        assert!(!row.file.is_empty(), "`{name}` can be said, but names no file that shows it");
        let fields = known.entry(row.file.clone()).or_insert_with(|| {
            let text = fs::read_to_string(format!("{ROOT}/{}", row.file));
            fields_in(&text.unwrap_or_else(|error| panic!("{}: {error}", row.file)))
        });
        assert!(fields.contains(&key), "no JSON in {} has the field `{}` of `{}`", row.file, key.1, key.0);
    }
}

/// The other way round: a feature that is new has its rows.
#[test]
fn what_is_shown_is_claimed() {
    let rows = rows();
    let mut unclaimed = Vec::new();
    for path in evidence::files(ROOT, &["codegen/tests/it/lower", "examples/asl"]) {
        let text = fs::read_to_string(format!("{ROOT}/{path}")).expect("the file can be read");
        let shown = fields_in(&text).into_iter();
        let shown = shown.filter(|key| rows.get(key).is_some_and(|row| row.file.is_empty()));
        unclaimed.extend(shown.map(|(object, field)| format!("{object}.{field} | how | {path}")));
    }
    assert!(unclaimed.is_empty(), "docs/coverage.txt can say\n{}", unclaimed.join("\n"));
}

#[test]
fn the_page_is_up_to_date() {
    let path = format!("{ROOT}/docs/coverage.md");
    let page = page(&rows());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/coverage.md is stale: run `UPDATE_DOCS=1 cargo test -p stepwright-codegen --test it coverage`"
    );
}

fn page(rows: &BTreeMap<(String, String), Row>) -> String {
    let said = rows.values().filter(|row| !row.file.is_empty()).count();
    let mut page = format!(
        "# Coverage of the States Language\n\nThe model, the reader, the checker and the simulator know every field. The builders emit these {said} of \
         {}, each with a definition\nor a test that shows it. Of the others, marked with –, nothing is missed: they are older spellings, or say where a \
         state finds or leaves its\ndata, which a workflow has no need to say, because it names its values. Each row has the reason, or what is \
         written instead.\n\nThis page is made from [`coverage.txt`](coverage.txt), which a test keeps true.\n",
        rows.len()
    );
    for (object, fields) in asl::fields() {
        write!(page, "\n## {object}\n\n| field | in Rust | shown in |\n|---|---|---|\n")
            .expect("it is a string");
        for field in fields {
            let Some(row) = rows.get(&(object.to_owned(), field.to_owned())) else { continue };
            let how = row.how.replace('|', "\\|");
            let file = match row.file.rsplit_once('/') {
                Some((_, name)) => format!("[{name}](../{})", row.file),
                None => row.file.clone(),
            };
            writeln!(page, "| `{field}` | {how} | {file} |").expect("it is a string");
        }
    }
    page
}
