//! Columns that line up, in a terminal's own measure.

use std::fmt;

use unicode_width::UnicodeWidthStr;

/// On which side a column's cells end up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

enum Row {
    Cells(Vec<String>),
    /// A line across all columns.
    Across(String),
}

/// Rows of cells, all of one set of columns.
pub(crate) struct Table {
    indent: usize,
    sides: Vec<Side>,
    rows: Vec<Row>,
}

impl Table {
    pub(crate) fn new(indent: usize, sides: &[Side]) -> Table {
        Table {
            indent,
            sides: sides.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows
            .push(Row::Cells(cells.into_iter().map(Into::into).collect()));
    }

    pub(crate) fn across(&mut self, text: impl Into<String>) {
        self.rows.push(Row::Across(text.into()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = vec![0; self.sides.len()];
        for row in &self.rows {
            if let Row::Cells(cells) = row {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = cell.width().max(*width);
                }
            }
        }
        for row in &self.rows {
            let mut line = String::new();
            match row {
                Row::Across(text) => line.push_str(text),
                Row::Cells(cells) => {
                    line.push_str(&" ".repeat(self.indent));
                    for (index, cell) in cells.iter().enumerate() {
                        let (Some(width), Some(side)) = (widths.get(index), self.sides.get(index))
                        else {
                            break;
                        };
                        if index > 0 {
                            line.push_str("  ");
                        }
                        let blanks = " ".repeat(width - cell.width());
                        match side {
                            Side::Left => line.extend([cell.as_str(), &blanks]),
                            Side::Right => line.extend([&blanks, cell.as_str()]),
                        }
                    }
                }
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut table = Table::new(2, &[Side::Left, Side::Right]);
        table.row(["面馆", "12.50"]);
        table.across("lunch");
        table.row(["Noodles", "1,000.00"]);
        assert_eq!(
            table.to_string(),
            "  面馆        12.50\nlunch\n  Noodles  1,000.00\n"
        );
    }
}
