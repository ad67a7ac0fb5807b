//! Items in comma-separated values.

use serde_json::{Map, Value};
use stepwright_codegen::asl::{CsvDelimiter, CsvHeaderLocation, ReaderConfig};

use crate::limits;

/// Reads a CSV file: each row is an object of strings. What it fails with is the cause.
///
/// Short rows are filled up with empty texts; what is beyond the columns is left out.
pub(crate) fn read(text: &str, config: &ReaderConfig) -> Result<Vec<Value>, String> {
    let mut rows = Rows { rest: text, delimiter: delimiter(config.csv_delimiter) };
    let headers = match config.csv_header_location {
        Some(CsvHeaderLocation::Given) => config.csv_headers.clone().unwrap_or_default(),
        Some(CsvHeaderLocation::FirstRow) | None => rows.next().unwrap_or_default(),
    };
    if headers.iter().map(|header| header.len() + 1).sum::<usize>() > limits::MAX_HEADER_BYTES + 1 {
        return Err(format!("the header is longer than {} bytes", limits::MAX_HEADER_BYTES));
    }
    if headers.iter().enumerate().any(|(index, header)| headers[..index].contains(header)) {
        return Err("CSV headers cannot contain duplicates.".to_owned());
    }
    let item = |row: Vec<String>| {
        let fields = row.into_iter().chain(std::iter::repeat(String::new()));
        let members = headers.iter().cloned().zip(fields.map(Value::String));
        Value::Object(members.collect::<Map<_, _>>())
    };
    Ok(rows.map(item).collect())
}

fn delimiter(delimiter: Option<CsvDelimiter>) -> char {
    match delimiter {
        Some(CsvDelimiter::Comma) | None => ',',
        Some(CsvDelimiter::Pipe) => '|',
        Some(CsvDelimiter::Semicolon) => ';',
        Some(CsvDelimiter::Space) => ' ',
        Some(CsvDelimiter::Tab) => '\t',
    }
}

/// The rows of a file, one after another.
struct Rows<'t> {
    rest: &'t str,
    delimiter: char,
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let (mut row, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut characters = self.rest.char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            let following = characters.peek().map(|(_, character)| *character);
            match character {
                '"' if is_quoted && following == Some('"') => {
                    field.push('"');
                    characters.next();
                }
                '"' if is_quoted => is_quoted = false,
                '"' if field.is_empty() => is_quoted = true,
                // A backslash keeps what it escapes, and is dropped before anything else.
                '\\' => {
                    let escapable = |next: &char| ['\\', '"', self.delimiter].contains(next);
                    if let Some(escaped) = following.filter(escapable) {
                        field.push(escaped);
                        characters.next();
                    }
                }
                '\r' if !is_quoted && following == Some('\n') => {}
                '\n' if !is_quoted => {
                    row.push(field);
                    self.rest = &self.rest[index + 1..];
                    return Some(row);
                }
                character if !is_quoted && character == self.delimiter => {
                    row.push(std::mem::take(&mut field));
                }
                character => field.push(character),
            }
        }
        self.rest = "";
        row.push(field);
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(text: &str, config: &ReaderConfig, expected: &Value) {
        assert_eq!(read(text, config).map(Value::Array), Ok(expected.clone()));
    }

    #[test]
    fn rows_are_fitted_to_the_header() {
        let rows = json!([{ "a": "1", "b": "" }, { "a": "1", "b": "2" }, { "a": "  ", "b": "" }]);
        check("a,b\n1\n1,2,3\r\n  \n", &ReaderConfig::default(), &rows);
    }

    #[test]
    fn quotes_keep_delimiters_and_line_ends() {
        let rows = json!([{ "a": "x, \"y\"\nz", "b": "2" }]);
        check("a,b\n\"x, \"\"y\"\"\nz\",2", &ReaderConfig::default(), &rows);
    }

    #[test]
    fn backslashes_escape_only_what_has_a_meaning() {
        check("a\n1\\,2\\\\3\\4", &ReaderConfig::default(), &json!([{ "a": "1,2\\34" }]));
    }

    #[test]
    fn a_file_without_rows_has_no_items() {
        check("", &ReaderConfig::default(), &json!([]));
        check("a,b\n", &ReaderConfig::default(), &json!([]));
    }

    #[test]
    fn a_header_has_a_limit() {
        // Two names and the comma between them.
        let header = |bytes: usize| format!("{},b\n", "a".repeat(bytes - 2));
        check(&header(10_240), &ReaderConfig::default(), &json!([]));
        let too_long = read(&header(10_241), &ReaderConfig::default());
        assert_eq!(too_long, Err("the header is longer than 10240 bytes".to_owned()));
    }

    #[test]
    fn headers_and_delimiter_can_be_given() {
        let config = ReaderConfig {
            csv_header_location: Some(CsvHeaderLocation::Given),
            csv_headers: Some(vec!["x".to_owned(), "y".to_owned()]),
            csv_delimiter: Some(CsvDelimiter::Pipe),
            ..ReaderConfig::default()
        };
        check("1|2\n", &config, &json!([{ "x": "1", "y": "2" }]));
    }
}
