//! Compares recorded values, in which placeholders stand for unknown texts, with simulated ones.

use indexmap::IndexMap;
use serde_json::Value;

/// What the placeholders of a recording have turned out to stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unifier {
    opaque: Vec<String>,
    known: IndexMap<String, String>,
}

impl Unifier {
    /// Knows nothing yet. What is equal to an opaque text matches anything.
    pub(crate) fn new(opaque: &[String]) -> Self {
        Self { opaque: opaque.to_vec(), known: IndexMap::new() }
    }

    /// Whether two values can be the same; what placeholders stand for is kept if so.
    pub(crate) fn matches(&mut self, recorded: &Value, simulated: &Value) -> bool {
        let before = self.known.clone();
        let is_match = self.value(recorded, simulated);
        if !is_match {
            self.known = before;
        }
        is_match
    }

    fn value(&mut self, recorded: &Value, simulated: &Value) -> bool {
        match (recorded, simulated) {
            (Value::String(text), _) if self.opaque.contains(text) => true,
            (Value::String(recorded), Value::String(simulated)) => self.text(recorded, simulated),
            // A number, too, may have been replaced by a placeholder.
            (Value::String(recorded), Value::Number(simulated))
                if closing(recorded) == Some(recorded.len()) =>
            {
                self.text(recorded, &simulated.to_string())
            }
            (Value::Number(recorded), Value::Number(simulated)) => {
                recorded == simulated || recorded.as_f64() == simulated.as_f64()
            }
            (Value::Array(recorded), Value::Array(simulated)) => {
                recorded.len() == simulated.len()
                    && recorded
                        .iter()
                        .zip(simulated)
                        .all(|(recorded, simulated)| self.value(recorded, simulated))
            }
            (Value::Object(recorded), Value::Object(simulated)) => {
                recorded.len() == simulated.len()
                    && recorded.iter().all(|(name, recorded)| {
                        simulated.get(name).is_some_and(|simulated| self.value(recorded, simulated))
                    })
            }
            (recorded, simulated) => recorded == simulated,
        }
    }

    /// A text against a pattern: placeholders `<…>` and opaque words inside it stand for any text.
    fn text(&mut self, pattern: &str, text: &str) -> bool {
        if pattern == text {
            return true;
        }
        let Some((literal, placeholder, rest)) = self.split(pattern) else { return false };
        let Some(text) = text.strip_prefix(literal) else { return false };
        if let Some(known) = self.known.get(placeholder).cloned()
            && let Some(remaining) = text.strip_prefix(known.as_str())
            && self.text(rest, remaining)
        {
            return true;
        }
        if self.known.contains_key(placeholder) {
            // The placeholder itself may have come along inside a task result.
            return text.strip_prefix(placeholder).is_some_and(|remaining| self.text(rest, remaining));
        }
        let ends = text.char_indices().map(|(index, _)| index).chain([text.len()]);
        for end in ends {
            let before = self.known.clone();
            if !self.opaque.iter().any(|opaque| opaque == placeholder) {
                self.known.insert(placeholder.to_owned(), text[..end].to_owned());
            }
            if self.text(rest, &text[end..]) {
                return true;
            }
            self.known = before;
        }
        false
    }

    /// The text before the first placeholder, the placeholder, and what is behind it.
    fn split<'p>(&self, pattern: &'p str) -> Option<(&'p str, &'p str, &'p str)> {
        let bracketed =
            pattern.find('<').and_then(|start| Some((start, start + closing(&pattern[start..])?)));
        let opaque = self.opaque.iter().filter(|word| word.starts_with('<') || word.contains('-'));
        let opaque =
            opaque.filter_map(|word| pattern.find(word.as_str()).map(|start| (start, start + word.len())));
        let (start, end) = bracketed.into_iter().chain(opaque).min()?;
        Some((&pattern[..start], &pattern[start..end], &pattern[end..]))
    }
}

/// Where the bracket at the start is closed; placeholders may nest.
fn closing(text: &str) -> Option<usize> {
    if !text.starts_with('<') {
        return None;
    }
    let mut depth = 0;
    for (index, character) in text.char_indices() {
        match character {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(recorded: &Value, simulated: &Value, expected: bool) {
        let mut unifier = Unifier::new(&["date".to_owned()]);
        assert_eq!(unifier.matches(recorded, simulated), expected, "{recorded} and {simulated}");
    }

    #[test]
    fn a_placeholder_is_the_same_text_throughout() {
        check(&json!(["<uuid:1>", "a-<uuid:1>"]), &json!(["x", "a-x"]), true);
        check(&json!(["<uuid:1>", "a-<uuid:1>"]), &json!(["x", "a-y"]), false);
        check(&json!("<a>/<<b>:1>!"), &json!("1/2!"), true);
    }

    #[test]
    fn opaque_words_match_anything() {
        check(&json!({ "at": "date" }), &json!({ "at": [1, 2] }), true);
        check(&json!({ "at": "dated" }), &json!({ "at": [1, 2] }), false);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        check(&json!([1, 2.0]), &json!([1.0, 2]), true);
        check(&json!(1), &json!("1"), false);
    }
}
