//! "Did you mean …?"

/// What to add to a message about an unknown word: the nearest known one if it is near, and the whole list.
pub(crate) fn help(word: &str, known: &[&str]) -> String {
    let list = known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
    match nearest(word, known) {
        Some(nearest) => format!("did you mean `{nearest}`? known: {list}"),
        None => format!("known: {list}"),
    }
}

fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(|known| (distance(&word, &known.to_lowercase()), *known))
        .filter(|(distance, known)| distance * 3 <= known.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// The edit distance of two words: how many characters to insert, delete or replace.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(&b) {
            let above = *cell;
            left = (diagonal + usize::from(from != *to)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("timeout", "timeout"), 0);
        assert_eq!(distance("timout", "timeout"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
    }

    #[test]
    fn a_near_word_is_suggested() {
        assert_eq!(
            help("timout", &["lambda", "timeout"]),
            "did you mean `timeout`? known: `lambda`, `timeout`"
        );
        assert_eq!(help("retry", &["lambda", "timeout"]), "known: `lambda`, `timeout`");
    }
}
