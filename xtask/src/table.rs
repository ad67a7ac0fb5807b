//! Tables that fit the screen.

use anstyle::Style;

use crate::text::{WIDTH, cut_end, cut_start};

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    title: &'static str,
    align: Align,
    cut: Cut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

/// What becomes of a text that the screen is too narrow for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Never,
    Start,
    End,
}

impl Column {
    /// A column of texts.
    pub(crate) const fn left(title: &'static str) -> Self {
        Self { title, align: Align::Left, cut: Cut::Never }
    }

    /// A column of numbers.
    pub(crate) const fn right(title: &'static str) -> Self {
        Self { title, align: Align::Right, cut: Cut::Never }
    }

    /// Its texts may lose their start.
    pub(crate) const fn cut_start(mut self) -> Self {
        self.cut = Cut::Start;
        self
    }

    /// Its texts may lose their end.
    pub(crate) const fn cut_end(mut self) -> Self {
        self.cut = Cut::End;
        self
    }

    fn cell(self, text: &str, width: usize) -> String {
        let text = match self.cut {
            Cut::Never => text.to_owned(),
            Cut::Start => cut_start(text, width),
            Cut::End => cut_end(text, width),
        };
        match self.align {
            Align::Left => format!("{text:<width$}"),
            Align::Right => format!("{text:>width$}"),
        }
    }
}

/// Rows of texts in aligned columns.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    columns: [Column; N],
    rows: Vec<[String; N]>,
}

const GAP: &str = "  ";
const TITLE: Style = Style::new().bold();

/// What is left of a text that is cut.
const NARROWEST: usize = 8;

impl<const N: usize> Table<N> {
    pub(crate) fn new(columns: [Column; N]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// The line of titles.
    pub(crate) fn header(&self) -> String {
        let titles = self.columns.map(|column| column.title.to_owned());
        format!("{TITLE}{}{TITLE:#}", self.line(&titles, self.widths()))
    }

    /// A line for each row.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let widths = self.widths();
        self.rows.iter().map(move |row| self.line(row, widths))
    }

    fn line(&self, cells: &[String; N], widths: [usize; N]) -> String {
        let cells = self.columns.iter().zip(cells).zip(widths);
        let cells: Vec<String> = cells.map(|((column, text), width)| column.cell(text, width)).collect();
        cells.join(GAP).trim_end().to_owned()
    }

    /// The widths of the columns: what the texts need, less what the screen is too narrow for.
    fn widths(&self) -> [usize; N] {
        let mut widths = self.columns.map(|column| column.title.chars().count());
        for row in &self.rows {
            for (width, text) in widths.iter_mut().zip(row) {
                *width = (*width).max(text.chars().count());
            }
        }
        let gaps = GAP.len() * N.saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > WIDTH {
            let columns = widths.iter_mut().zip(&self.columns);
            let cut = columns.filter(|(width, column)| column.cut != Cut::Never && **width > NARROWEST);
            match cut.max_by_key(|(width, _)| **width) {
                Some((widest, _)) => *widest -= 1,
                None => break,
            }
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Table};

    fn lines(name: &str, path: &str) -> Vec<String> {
        let mut table = Table::new([
            Column::left("NAME").cut_end(),
            Column::right("SIZE"),
            Column::left("FILE").cut_start(),
        ]);
        table.row([name.to_owned(), "12 B".to_owned(), path.to_owned()]);
        table.lines().collect()
    }

    #[test]
    fn columns_are_aligned() {
        assert_eq!(lines("a", "a.json"), ["a     12 B  a.json"]);
    }

    #[test]
    fn a_wide_table_is_cut_to_the_screen() {
        let lines = lines(&"n".repeat(50), &format!("{}/name.json", "p".repeat(60)));
        assert_eq!(lines[0].chars().count(), 80);
        assert!(lines[0].starts_with("nnnnnnn") && lines[0].contains("…  12 B  …"));
        assert!(lines[0].ends_with("ppp/name.json"));
    }
}
