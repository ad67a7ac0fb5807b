//! Patterns of `StringMatches`.

use crate::data::failure::Failure;

/// What one place of a pattern takes.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// `*`: any text.
    Any,
    /// One character.
    Only(char),
}

/// Whether the pattern takes the whole text. `*` stands for any text, `\*` for a star, `\\` for a backslash.
pub(super) fn matches(pattern: &str, text: &str) -> Result<bool, Failure> {
    let pattern = read(pattern)?;
    let text: Vec<char> = text.chars().collect();
    let (mut place, mut at) = (0, 0);
    // The last star, and where the text behind what it stands for begins: to go back to when something else fails.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(place) {
            Some(Place::Any) => {
                star = Some((place, at));
                place += 1;
            }
            Some(Place::Only(character)) if *character == text[at] => {
                place += 1;
                at += 1;
            }
            _ => {
                let Some((star_place, star_at)) = star else { return Ok(false) };
                star = Some((star_place, star_at + 1));
                (place, at) = (star_place + 1, star_at + 1);
            }
        }
    }
    Ok(pattern[place..].iter().all(|place| *place == Place::Any))
}

fn read(pattern: &str) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        places.push(match character {
            '*' => Place::Any,
            '\\' => match characters.next() {
                Some(escaped @ ('*' | '\\')) => Place::Only(escaped),
                _ => return Err(Failure::runtime(format!("The pattern '{pattern}' has an open escape"))),
            },
            _ => Place::Only(character),
        });
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[track_caller]
    fn check_pattern(pattern: &str, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert_eq!(matches(pattern, text), Ok(true), "{pattern} on {text}"));
        no.iter().for_each(|text| assert_eq!(matches(pattern, text), Ok(false), "{pattern} on {text}"));
    }

    #[test]
    fn stars_stand_for_any_text() {
        check_pattern(
            "log-*.txt",
            &["log-.txt", "log-a.txt", "log-a.txt.txt"],
            &["log-a.txt ", "xlog-a.txt"],
        );
        check_pattern("*", &["", "x"], &[]);
        check_pattern("a**b*", &["ab", "axbb", "abx"], &["a", "ba"]);
        check_pattern("", &[""], &["x"]);
    }

    #[test]
    fn nothing_else_is_special() {
        check_pattern("a.b?[c]", &["a.b?[c]"], &["axb?[c]"]);
    }

    #[test]
    fn backslashes_escape() {
        check_pattern(r"a\*\\*", &[r"a*\", r"a*\x"], &[r"ab\", "a*"]);
        assert!(matches(r"a\b", "ab").is_err());
        assert!(matches(r"a\", "a").is_err());
    }

    #[test]
    fn many_stars_do_not_take_forever() {
        check_pattern(&"*a".repeat(50), &[&"ba".repeat(50)], &[&"b".repeat(5_000)]);
    }
}
