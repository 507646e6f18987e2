//! Tables of the document: rows with a head that repeats, names with values, empty rows to be filled in.

use super::MEASURE;
use super::blocks::run;
use super::xml::Xml;
use crate::doc::{Align, Cell, Column, Pair, Table, Tone};
use crate::render::columns::share_out;

/// Width of a half-width character of a cell, and of what is blank at a cell's sides, in twentieths of a point.
const HALF: f32 = 105.0;
const BLANK: f32 = 180.0;
/// A column that needs no more keeps its width.
const SHORT: f32 = 1_900.0;
/// A table of no more rows stays on one page.
const FEW: usize = 8;

/// A table of rows; the head repeats on every page, no row is parted.
pub fn rows(xml: &mut Xml, table: &Table) {
    let widths = share_out(table, &natural(table), MEASURE, SHORT);
    let titles: Vec<Cell> = table.columns.iter().map(|c| Cell::text(&c.title)).collect();
    grid(xml, "FbTable", true, &widths, |xml| {
        row(xml, table, &titles, &widths, Place::Head);
        let last = table.rows.len().saturating_sub(1);
        for (i, cells) in table.rows.iter().enumerate() {
            // No row is alone on a page: the first stays with the second, the last with the one before it.
            let keep = i < last && (last < FEW || i == 0 || i + 1 == last);
            row(xml, table, cells, &widths, if keep { Place::Kept } else { Place::Free });
        }
        if table.rows.is_empty() {
            let none: Vec<Cell> =
                (0..table.columns.len()).map(|i| Cell::text(if i == 0 { "（無）" } else { "" })).collect();
            row(xml, table, &none, &widths, Place::Free);
        }
    });
}

/// The width that each column needs to break no line.
fn natural(table: &Table) -> Vec<f32> {
    let longest = |text: &str| text.split('\n').map(half_widths).max().unwrap_or_default();
    let column = |(i, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.get(i));
        let widest = cells.map(|cell| longest(&cell.printed())).max().unwrap_or_default();
        widest.max(longest(&column.title)) as f32 * HALF + BLANK
    };
    table.columns.iter().enumerate().map(column).collect()
}

fn half_widths(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// It repeats on every page.
    Head,
    /// It stays on the page of the next one.
    Kept,
    /// Anywhere.
    Free,
}

/// How the text of a cell is set: paragraph style, character style, and whether it stays with the next row.
#[derive(Clone, Copy)]
struct Set<'a> {
    style: &'a str,
    mark: Option<&'a str>,
    keep: bool,
}

const NAME: Set<'static> = Set { style: "PairText", mark: Some("Strong"), keep: false };
const VALUE: Set<'static> = Set { style: "PairText", mark: None, keep: false };

fn row(xml: &mut Xml, table: &Table, cells: &[Cell], widths: &[f32], place: Place) {
    xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if place == Place::Head {
                xml.empty("w:tblHeader", &[]);
            }
        });
        for ((i, cell), width) in cells.iter().enumerate().zip(widths) {
            let style = match table.columns.get(i).map(|c| c.align).unwrap_or_default() {
                Align::Left => "CellLeft",
                Align::Center => "CellCenter",
                Align::Right => "CellRight",
            };
            let mark = match cell {
                Cell::Mark(_, Tone::Fail) => Some("Fail"),
                Cell::Mark(_, Tone::Warn) => Some("Warn"),
                Cell::Mark(_, Tone::Ok) => Some("Ok"),
                Cell::Mark(_, Tone::Unknown) => Some("Unknown"),
                Cell::Text(_) | Cell::Count(_) | Cell::Ordinal(_) | Cell::Link(..) => None,
            };
            filled(xml, *width, &cell.printed(), Set { style, mark, keep: place != Place::Free });
        }
    });
}

/// Names and values, two pairs a line while both are short.
pub fn pairs(xml: &mut Xml, pairs: &[Pair]) {
    let name = 1_400.0;
    let widths = [name, MEASURE / 2.0 - name, name, MEASURE / 2.0 - name];
    let room = ((MEASURE / 2.0 - name - BLANK) / HALF) as usize;
    let short = |p: &Pair| !p.value.contains('\n') && half_widths(&p.value) <= room;
    grid(xml, "FbPairs", false, &widths, |xml| {
        let mut rest = pairs;
        while let Some((pair, after)) = rest.split_first() {
            let second = after.first().filter(|next| short(pair) && short(next));
            xml.within("w:tr", &[], |xml| {
                xml.within("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
                filled(xml, widths[0], &pair.name, NAME);
                match second {
                    Some(second) => {
                        filled(xml, widths[1], &pair.value, VALUE);
                        filled(xml, widths[2], &second.name, NAME);
                        filled(xml, widths[3], &second.value, VALUE);
                    }
                    None => cell(xml, MEASURE - name, 3, |xml| texts(xml, &pair.value, VALUE)),
                }
            });
            rest = after.get(usize::from(second.is_some())..).unwrap_or_default();
        }
    });
}

/// An empty table with every cell boxed.
pub fn blank(xml: &mut Xml, columns: &[Column], rows: u32) {
    let all: f32 = columns.iter().map(|c| f32::from(c.width.max(1))).sum();
    let widths: Vec<f32> = columns.iter().map(|c| MEASURE * f32::from(c.width.max(1)) / all).collect();
    let table = Table { columns: columns.to_vec(), rows: Vec::new() };
    let titles: Vec<Cell> = columns.iter().map(|c| Cell::text(&c.title)).collect();
    let empty = vec![Cell::text(""); columns.len()];
    grid(xml, "FbBlank", true, &widths, |xml| {
        row(xml, &table, &titles, &widths, Place::Head);
        for _ in 0..rows {
            row(xml, &table, &empty, &widths, Place::Free);
        }
    });
}

/// Places to sign, two a line.
pub fn signatures(xml: &mut Xml, names: &[String]) {
    let widths = [MEASURE / 2.0; 2];
    grid(xml, "FbPlain", false, &widths, |xml| {
        for pair in names.chunks(2) {
            xml.within("w:tr", &[], |xml| {
                for (i, width) in widths.into_iter().enumerate() {
                    let text = pair.get(i).map(|name| format!("{name}：{}", "＿".repeat(10)));
                    filled(xml, width, &text.unwrap_or_default(), Set { style: "Fill", ..VALUE });
                }
            });
        }
    });
}

fn grid(xml: &mut Xml, style: &str, head: bool, widths: &[f32], inside: impl FnOnce(&mut Xml)) {
    xml.within("w:tbl", &[], |xml| {
        xml.within("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", style);
            xml.empty("w:tblW", &[("w:w", &dxa(widths.iter().sum())), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            let look = [("w:firstRow", if head { "1" } else { "0" }), ("w:noHBand", "1"), ("w:noVBand", "1")];
            xml.empty("w:tblLook", &look);
        });
        xml.within("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &dxa(*width))]));
        });
        inside(xml);
    });
    // Two tables that touch would become one; the next block needs air as well.
    xml.within("w:p", &[], |xml| xml.within("w:pPr", &[], |xml| xml.value("w:pStyle", "CellLeft")));
}

fn filled(xml: &mut Xml, width: f32, text: &str, set: Set<'_>) {
    cell(xml, width, 1, |xml| texts(xml, text, set));
}

fn cell(xml: &mut Xml, width: f32, span: u8, inside: impl FnOnce(&mut Xml)) {
    xml.within("w:tc", &[], |xml| {
        xml.within("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &dxa(width)), ("w:type", "dxa")]);
            if span > 1 {
                xml.value("w:gridSpan", &span.to_string());
            }
        });
        inside(xml);
    });
}

/// A paragraph a line.
fn texts(xml: &mut Xml, text: &str, set: Set<'_>) {
    for line in text.split('\n') {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", set.style);
                if set.keep {
                    xml.empty("w:keepNext", &[]);
                }
            });
            run(xml, line, set.mark);
        });
    }
}

fn dxa(width: f32) -> String {
    format!("{:.0}", width)
}
