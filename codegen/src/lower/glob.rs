//! The patterns of `StringMatches`: `*` stands for any characters, `\*` for a star, `\\` for a backslash.

/// A pattern as the inside of a regular expression of JSONata.
pub(super) fn regex(pattern: &str) -> String {
    let mut out = String::from("^");
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '*' => out.push_str("[\\s\\S]*"),
            '\\' => escape(characters.next().unwrap_or('\\'), &mut out),
            c => escape(c, &mut out),
        }
    }
    out.push('$');
    out
}

/// Characters as the inside of a class of a regular expression.
pub(super) fn class(characters: &str) -> String {
    let mut out = String::new();
    characters.chars().for_each(|c| escape(c, &mut out));
    out
}

fn escape(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c => {
            if c.is_ascii_punctuation() && !matches!(c, '_' | '"' | '\'' | '<' | '>' | '`') {
                out.push('\\');
            }
            out.push(c);
        }
    }
}

/// A text as a pattern that matches nothing but it.
pub(super) fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('*', "\\*")
}

#[cfg(test)]
mod tests {
    use super::{class, literal, regex};

    #[test]
    fn only_a_bare_star_stands_for_others() {
        assert_eq!(regex("log-*.txt"), r"^log\-[\s\S]*\.txt$");
        assert_eq!(regex(r"a\*b\\c/d"), r"^a\*b\\c\/d$");
        assert_eq!(literal(r"a*b\c"), r"a\*b\\c");
        assert_eq!(class("]-, \n"), r"\]\-\, \n");
    }
}
