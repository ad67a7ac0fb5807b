//! Texts that fit the screen.

/// How many characters a line has at the most.
pub(crate) const WIDTH: usize = 80;

/// "1 file", "2 files".
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// "a, b and c".
pub(crate) fn enumerate(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The text in lines of at most so many characters, broken at spaces. A longer word has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text, without its end where it has more characters than that.
pub(crate) fn cut_end(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The text, without its start where it has more characters than that.
pub(crate) fn cut_start(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(length - width.saturating_sub(1)).collect();
    format!("…{kept}")
}

#[cfg(test)]
mod tests {
    use super::{cut_end, cut_start, enumerate, wrap};

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable", 3), ["unbreakable"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn what_is_cut_is_marked() {
        assert_eq!(cut_end("ChargeCard", 10), "ChargeCard");
        assert_eq!(cut_end("ChargeCard", 7), "Charge…");
        assert_eq!(cut_start("src/order.rs:10", 12), "…order.rs:10");
        assert_eq!(cut_start("é", 1), "é");
    }

    #[test]
    fn lists_end_in_and() {
        assert_eq!(enumerate(&["a", "b", "c"].map(str::to_owned)), "a, b and c");
        assert_eq!(enumerate(&["a".to_owned()]), "a");
    }
}
