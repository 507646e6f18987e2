//! What a working paper says, apart from how it looks: the text that is signed.

use super::{Block, Body, Cell, Pair, Table, Workbook};
use std::fmt::Write;

/// Writes what a workbook says, piece by piece: a letter for what it is, its length in bytes, the text. So two papers
/// that differ anywhere are never written alike. Widths, alignment, tones, and where links lead are not said.
pub fn said(book: &Workbook, sink: &mut impl FnMut(&[u8])) {
    let mut out = Out { sink, mark: String::new() };
    out.text('W', &book.paper);
    out.text('w', &book.title);
    out.text('a', &book.authority);
    out.text('s', &book.subject);
    for sheet in &book.sheets {
        out.text('S', &sheet.name);
        out.text('t', &sheet.title);
        out.pairs(&sheet.head);
        match &sheet.body {
            Body::Form(blocks) => out.blocks(blocks),
            Body::List { remarks, table, closing } => {
                remarks.iter().for_each(|remark| out.text('r', remark));
                out.table(table);
                closing.iter().for_each(|line| out.text('c', line));
            }
        }
    }
}

struct Out<'a, F> {
    sink: &'a mut F,
    mark: String,
}

impl<F: FnMut(&[u8])> Out<'_, F> {
    fn text(&mut self, kind: char, text: &str) {
        self.mark.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.mark, "{kind}{}:", text.len());
        (self.sink)(self.mark.as_bytes());
        (self.sink)(text.as_bytes());
        (self.sink)(b"\n");
    }

    fn count(&mut self, kind: char, n: usize) {
        self.text(kind, &n.to_string());
    }

    fn pairs(&mut self, pairs: &[Pair]) {
        for pair in pairs {
            self.text('n', &pair.name);
            self.text('v', &pair.value);
        }
    }

    fn table(&mut self, table: &Table) {
        self.count('T', table.rows.len());
        table.columns.iter().for_each(|column| self.text('h', &column.title));
        for row in &table.rows {
            self.count('R', row.len());
            row.iter().for_each(|cell| self.cell(cell));
        }
    }

    fn cell(&mut self, cell: &Cell) {
        let kind = match cell {
            Cell::Text(_) | Cell::Mark(..) | Cell::Link(..) => 'x',
            Cell::Count(_) | Cell::Ordinal(_) => '#',
        };
        self.text(kind, &cell.words());
    }

    fn blocks(&mut self, blocks: &[Block]) {
        self.count('B', blocks.len());
        for block in blocks {
            match block {
                Block::Table(table) => self.table(table),
                Block::Together(blocks) => self.blocks(blocks),
                other => {
                    let texts = other.texts();
                    self.count('b', texts.len());
                    texts.iter().for_each(|text| self.text('p', text));
                }
            }
        }
    }
}
