//! `SW0248`: a definition has at most 1048576 characters. Developer guide: "Service quotas".
//!
//! What is counted is what is left without white space, the least that can be deployed. Where a substitution may make it shorter,
//! it is a warning.

use std::io::{self, Write};

use crate::asl;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

const MOST: usize = 1_048_576;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    // There are no more characters than bytes, and bytes are counted at once.
    let mut length = Length(0);
    let mut size = Size::default();
    let is_long = asl::write_compact(index.machine, &mut length).is_ok() && length.0 > MOST;
    if !is_long || asl::write_compact(index.machine, &mut size).is_err() || size.characters <= MOST {
        return;
    }
    let message = format!(
        "the definition has {} characters, even without white space; the most is {MOST}",
        size.characters
    );
    let severity = if size.is_substituted { Finding::warning } else { Finding::error };
    let help = "move a part into a machine of its own, and run it with `states:startExecution.sync`";
    report.add(None, severity(Code::DefinitionSize, "", message).help(help));
}

/// Counts bytes.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    /// What is written are small pieces, of which each is written at once.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0 += bytes.len();
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Counts characters in UTF-8, and looks for `${`.
#[derive(Default)]
struct Size {
    characters: usize,
    is_substituted: bool,
    last: u8,
}

impl Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            // Every byte but those that go on a character begins one.
            self.characters += usize::from(byte & 0b1100_0000 != 0b1000_0000);
            self.is_substituted |= self.last == b'$' && *byte == b'{';
            self.last = *byte;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::MOST;
    use crate::check::testing::check_findings;

    /// A definition of so many characters.
    fn definition(characters: usize, begins: &str) -> Value {
        let definition = |comment: String| json!({ "Comment": comment, "StartAt": "A", "States": { "A": { "Type": "Succeed" } } });
        let rest = definition(begins.to_owned()).to_string().chars().count();
        definition(format!("{begins}{}", "é".repeat(characters - rest)))
    }

    #[test]
    fn a_definition_that_is_too_long_is_reported() {
        let message = "the definition has 1048577 characters, even without white space; the most is 1048576";
        check_findings(&definition(MOST + 1, ""), &[&format!("error[SW0248] : {message}")]);
        check_findings(&definition(MOST + 1, "${A}"), &[&format!("warning[SW0248] : {message}")]);
    }

    #[test]
    fn one_that_just_fits_is_fine() {
        check_findings(&definition(MOST, ""), &[]);
    }
}
