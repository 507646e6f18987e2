//! A form: blocks below each other on a grid of equal columns, upright.

use super::style::{Style, Styles};
use super::{head, measure, signature, wide};
use crate::doc::{Block, Cell, Pair, Sheet, Table};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The grid: so many columns of this width fill an upright page.
const COLUMNS: u16 = 24;
const WIDTH: u16 = 4;
const LAST: u16 = COLUMNS - 1;

/// Writes the blocks.
pub fn write(
    page: &mut Worksheet,
    sheet: &Sheet,
    blocks: &[Block],
    styles: &Styles,
) -> Result<(), XlsxError> {
    for column in 0..COLUMNS {
        page.set_column_width(column, f64::from(WIDTH))?;
    }
    let row = head(page, sheet, &[WIDTH; COLUMNS as usize], styles)?;
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    let mut form = Form { page, styles, row };
    for block in blocks {
        form.block(block)?;
    }
    Ok(())
}

struct Form<'a> {
    page: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
}

impl Form<'_> {
    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        let styles = self.styles;
        match block {
            Block::Heading { text, .. } => {
                wide(self.page, self.row, (0, LAST), text, &styles.heading)?;
                self.page.set_row_height(self.row, 26)?;
                self.row += 1;
            }
            Block::Paragraph(text) => self.text(0, text, &styles.body)?,
            Block::Note(text) => self.text(0, text, &styles.note)?,
            Block::Labelled { label, text } => self.pair_line(&[(label, 0, 3, text, 4, LAST)])?,
            Block::Quote { source, text } => {
                self.text(1, source, &styles.source)?;
                self.text(1, text, &styles.body)?;
            }
            Block::Steps(steps) => {
                for (i, step) in steps.iter().enumerate() {
                    self.text(0, &format!("{}. {step}", i + 1), &styles.body)?;
                }
            }
            Block::Pairs(pairs) => self.pairs(pairs)?,
            Block::Table(table) => self.table(table)?,
            Block::Chart(chart) => self.table(&chart.table())?,
            Block::PageBreak => {}
            Block::Title(text) => self.text(0, text, &styles.title)?,
            Block::Ticks { label, choices } => {
                let boxes: Vec<_> = choices.iter().map(|c| Block::tick(c)).collect();
                self.pair_line(&[(label, 0, 5, &boxes.join("　　"), 6, LAST)])?;
            }
            Block::Ruled { label, lines } => {
                for i in 0..*lines {
                    self.pair_line(&[(if i == 0 { label } else { "" }, 0, 3, "", 4, LAST)])?;
                }
            }
            Block::Blank { columns, rows } => {
                let row = vec![Cell::text(""); columns.len()];
                let rows = vec![row; usize::try_from(*rows).unwrap_or_default()];
                self.table(&Table { columns: columns.clone(), rows })?;
            }
            Block::Signatures(names) => {
                for name in names {
                    self.text(0, &signature(name), &styles.body)?;
                }
            }
            Block::Together(blocks) => {
                for block in blocks {
                    self.block(block)?;
                }
            }
        }
        Ok(())
    }

    /// A text over the whole width from a column on, paragraph by paragraph: a row cannot be higher than 409 points.
    fn text(&mut self, from: u16, text: &str, style: &Style) -> Result<(), XlsxError> {
        for paragraph in text.split('\n') {
            wide(self.page, self.row, (from, LAST), paragraph, style)?;
            self.page.set_row_height(self.row, measure::height(lines(paragraph, from, LAST)))?;
            self.row += 1;
        }
        Ok(())
    }

    fn pairs(&mut self, pairs: &[Pair]) -> Result<(), XlsxError> {
        let short = |p: &Pair| lines(&p.value, 4, 11) == 1;
        let mut rest = pairs;
        while let Some((left, after)) = rest.split_first() {
            match after.first().filter(|right| short(left) && short(right)) {
                Some(right) => {
                    let first = (left.name.as_str(), 0, 3, left.value.as_str(), 4, 11);
                    self.pair_line(&[first, (&right.name, 12, 15, &right.value, 16, LAST)])?;
                    rest = after.get(1..).unwrap_or_default();
                }
                None => {
                    self.pair_line(&[(&left.name, 0, 3, &left.value, 4, LAST)])?;
                    rest = after;
                }
            }
        }
        Ok(())
    }

    fn pair_line(&mut self, pairs: &[(&str, u16, u16, &str, u16, u16)]) -> Result<(), XlsxError> {
        let mut most = 1;
        for (name, from, to, value, first, last) in pairs {
            wide(self.page, self.row, (*from, *to), name, &self.styles.label)?;
            wide(self.page, self.row, (*first, *last), value, &self.styles.left)?;
            most = most.max(lines(value, *first, *last));
        }
        self.page.set_row_height(self.row, measure::height(most))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let weights: Vec<u16> = table.columns.iter().map(|c| c.width).collect();
        let spans = spans(&measure::shares(&weights, COLUMNS));
        let titles: Vec<Cell> = table.columns.iter().map(|c| Cell::text(&c.title)).collect();
        self.table_row(table, &titles, &spans, true)?;
        for cells in &table.rows {
            self.table_row(table, cells, &spans, false)?;
        }
        if table.rows.is_empty() {
            self.text(0, "（無）", &self.styles.note)?;
        }
        // A blank row parts the table from what follows.
        self.page.set_row_height(self.row, 8)?;
        self.row += 1;
        Ok(())
    }

    fn table_row(
        &mut self,
        table: &Table,
        cells: &[Cell],
        spans: &[(u16, u16)],
        head: bool,
    ) -> Result<(), XlsxError> {
        let mut most = 1;
        for ((cell, span), column) in cells.iter().zip(spans).zip(&table.columns) {
            let printed = cell.printed();
            let style = if head { &self.styles.head } else { self.styles.cell(cell, column.align) };
            wide(self.page, self.row, *span, &printed, style)?;
            if let Cell::Count(n) = cell {
                self.page.write_number_with_format(self.row, span.0, *n as f64, &self.styles.number)?;
            }
            most = most.max(lines(&printed, span.0, span.1));
        }
        self.page.set_row_height(self.row, measure::height(most))?;
        self.row += 1;
        Ok(())
    }
}

fn lines(text: &str, from: u16, to: u16) -> u32 {
    measure::lines(text, u32::from((to - from + 1) * WIDTH))
}

/// First and last column of each share.
fn spans(shares: &[u16]) -> Vec<(u16, u16)> {
    let mut from = 0;
    let mut spans = Vec::with_capacity(shares.len());
    for share in shares {
        spans.push((from, from + share - 1));
        from += share;
    }
    spans
}
