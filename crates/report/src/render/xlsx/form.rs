//! A form: blocks below each other on a grid of equal columns, upright.

use super::head::head;
use super::style::{Style, Styles};
use super::{Writing, measure, signature, wide};
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
    writing: &Writing<'_>,
) -> Result<(), XlsxError> {
    for column in 0..COLUMNS {
        page.set_column_width(column, f64::from(WIDTH))?;
    }
    let row = head(page, sheet, &[WIDTH; COLUMNS as usize], writing.styles)?;
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    let mut form = Form { page, writing, styles: writing.styles, row };
    for block in blocks {
        form.block(block)?;
    }
    Ok(())
}

struct Form<'a> {
    page: &'a mut Worksheet,
    writing: &'a Writing<'a>,
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

    /// A text over the whole width from a column on, paragraph by paragraph, one that is higher than a row may be in
    /// several.
    fn text(&mut self, from: u16, text: &str, style: &Style) -> Result<(), XlsxError> {
        let room = room(from, LAST);
        for piece in text.split('\n').flat_map(|paragraph| measure::pieces(paragraph, room)) {
            wide(self.page, self.row, (from, LAST), piece, style)?;
            self.end(measure::lines(piece, room))?;
        }
        Ok(())
    }

    fn end(&mut self, lines: u32) -> Result<(), XlsxError> {
        self.page.set_row_height(self.row, measure::height(lines))?;
        self.row += 1;
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
        let pieces: Vec<_> = pairs.iter().map(|p| measure::pieces(p.3, room(p.4, p.5))).collect();
        for at in 0..pieces.iter().map(Vec::len).max().unwrap_or(1) {
            let mut most = 1;
            for ((name, from, to, _, first, last), own) in pairs.iter().zip(&pieces) {
                let value = own.get(at).copied().unwrap_or_default();
                wide(self.page, self.row, (*from, *to), if at == 0 { name } else { "" }, &self.styles.label)?;
                wide(self.page, self.row, (*first, *last), value, &self.styles.left)?;
                most = most.max(lines(value, *first, *last));
            }
            self.end(most)?;
        }
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
        let words: Vec<_> = cells.iter().map(Cell::words).collect();
        let pieces: Vec<_> =
            words.iter().zip(spans).map(|(t, span)| measure::pieces(t, room(span.0, span.1))).collect();
        for at in 0..pieces.iter().map(Vec::len).max().unwrap_or(1) {
            let mut most = 1;
            for (((cell, span), column), own) in cells.iter().zip(spans).zip(&table.columns).zip(&pieces) {
                let style = if head { &self.styles.head } else { self.styles.cell(cell, column.align) };
                let words = own.get(at).copied().unwrap_or_default();
                wide(self.page, self.row, *span, words, style)?;
                if at == 0 {
                    self.number_or_link(span.0, cell)?;
                }
                most = most.max(lines(words, span.0, span.1));
            }
            self.end(most)?;
        }
        Ok(())
    }

    /// What a cell is besides its text.
    fn number_or_link(&mut self, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Count(n) => {
                self.page.write_number_with_format(self.row, column, *n as f64, &self.styles.number)?;
            }
            Cell::Link(..) => {
                if let Some(url) = self.writing.url(cell) {
                    self.page.write_url_with_format(self.row, column, url, &self.styles.link)?;
                }
            }
            Cell::Text(_) | Cell::Ordinal(_) | Cell::Mark(..) => {}
        }
        Ok(())
    }
}

fn lines(text: &str, from: u16, to: u16) -> u32 {
    measure::lines(text, room(from, to))
}

/// Half-width characters that columns of the grid have room for.
fn room(from: u16, to: u16) -> u32 {
    u32::from((to - from + 1) * WIDTH)
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
