//! The parts of a case.

use serde_json::{Value, json};

/// A text, and what goes with it.
pub(super) fn parts(bytes: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(bytes);
    let (text, rest) = text.split_once('\0').unwrap_or((&text, ""));
    (text.to_owned(), rest.to_owned())
}

/// The text of a case.
pub(super) fn joined(text: &str, rest: &str) -> String {
    if rest.is_empty() { text.to_owned() } else { format!("{text}\0{rest}") }
}

/// The value that goes with a text; one that has something for everybody where there is none.
pub(super) fn value(rest: &str) -> Value {
    serde_json::from_str(rest).unwrap_or_else(|_| {
        json!({
            "a": 1,
            "b": [{ "a": "x", "b": null }, { "a": 2.5 }],
            "items": [3, 1, 2],
            "text": "2025-01-01T00:00:10Z",
            "deep": { "a": { "b": [true, {}] } },
        })
    })
}

/// A number that follows from a text: FNV-1a.
pub(super) fn number(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
