//! Addresses and formulas of OpenDocument (OpenDocument 1.3 part 4, 5.8): `[.D5]`, `[$明細.$D$5:.D9]` in formulas,
//! `明細.A1:明細.H20` elsewhere.

use super::super::formula::{Ref, Shifts, range, single};
use super::super::rowmap::{Spot, Turn};
use super::super::xml::{Edits, Xml};
use std::ops::Range;

/// Attributes that hold formulas, by their local name.
const FORMULAS: [&str; 3] = ["formula", "condition", "value"];

/// Attributes that hold addresses.
const ADDRESSES: [&str; 14] = [
    "data-range",
    "cell-range-address",
    "base-cell-address",
    "target-range-address",
    "print-ranges",
    "end-cell-address",
    "cell-address",
    "values-cell-range-address",
    "label-cell-address",
    "label-cell-range-address",
    "source-cell-range-addresses",
    "range-address",
    "linked-cell",
    "source-cell-range",
];

/// The changes of all addresses among some tokens of a sheet.
pub fn addresses(
    xml: &Xml<'_>,
    tokens: Range<usize>,
    home: &str,
    turn: Option<Turn>,
    shifts: &Shifts,
    edits: &mut Edits,
) {
    for token in tokens.filter(|t| xml.opens(*t)) {
        if xml.local(token) == "sparkline" {
            edits.replace(xml.outer(token), sparklines(xml, token, home, shifts));
            continue;
        }
        for (key, attr) in xml.attrs(token) {
            let local = key.rsplit_once(':').map_or(key, |(_, l)| l);
            let new = if FORMULAS.contains(&local) && attr.value.contains('[') {
                formula(&attr.value, home, turn, shifts)
            } else if ADDRESSES.contains(&local) {
                list(&attr.value, home, turn, shifts)
            } else {
                continue;
            };
            if new != attr.value {
                edits.replace(attr.span.clone(), xml.quoted(&attr, &new));
            }
        }
    }
}

/// A sparkline: that of a region's row comes in each copy, over the cells of its own row.
fn sparklines(xml: &Xml<'_>, token: usize, home: &str, shifts: &Shifts) -> String {
    let write = |turn: Option<Turn>| {
        let mut edits = Edits::default();
        for (_, attr) in xml.attrs(token).into_iter().filter(|(_, a)| a.value.contains('.')) {
            let new = list(&attr.value, home, turn, shifts);
            edits.replace(attr.span.clone(), xml.quoted(&attr, &new));
        }
        edits.apply(xml.text, xml.outer(token))
    };
    let place = xml.value(token, "cell-address");
    let row = cell(&place).map_or(0, |(_, cell)| cell.row);
    match shifts.of(home).map(|map| (map, map.spot(row))) {
        Some((map, Spot::Body(block))) => {
            let copies = map.blocks.get(block).map_or(0, |b| b.copies);
            (0..copies).map(|copy| write(Some(Turn { block, copy }))).collect()
        }
        _ => write(None),
    }
}

/// A formula with what stands in its brackets moved; texts in quotes stay.
fn formula(text: &str, home: &str, turn: Option<Turn>, shifts: &Shifts) -> String {
    let (mut out, mut rest, mut quoted) = (String::with_capacity(text.len()), text, false);
    while let Some(at) = rest.find(['"', '[']) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        if after.starts_with('"') {
            quoted = !quoted;
            out.push('"');
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        let Some((inner, left)) = after.get(1..).and_then(|a| a.split_once(']')).filter(|_| !quoted) else {
            out.push('[');
            rest = after.get(1..).unwrap_or_default();
            continue;
        };
        out.push_str(&format!("[{}]", address(inner, home, turn, shifts)));
        rest = left;
    }
    out.push_str(rest);
    out
}

/// Addresses parted by blanks, those in quoted names aside.
fn list(text: &str, home: &str, turn: Option<Turn>, shifts: &Shifts) -> String {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        quoted ^= c == '\'';
        if c == ' ' && !quoted {
            words.push(std::mem::take(&mut word));
        } else {
            word.push(c);
        }
    }
    words.push(word);
    words.iter().map(|w| address(w, home, turn, shifts)).collect::<Vec<_>>().join(" ")
}

/// One address or range. One of another file stays.
fn address(text: &str, home: &str, turn: Option<Turn>, shifts: &Shifts) -> String {
    let same = || text.to_owned();
    if text.contains('#') {
        return same();
    }
    let (first, last) = match unquoted(text, ':') {
        Some((a, b)) => (a, Some(b)),
        None => (text, None),
    };
    let Some((prefix, a)) = cell(first).filter(|(_, a)| last.is_some() || !a.column.is_empty()) else {
        return same();
    };
    let named = prefix.trim_start_matches('$').trim_end_matches('.').trim_matches('\'').replace("''", "'");
    let sheet = if named.is_empty() { home } else { named.as_str() };
    let Some(map) = shifts.of(sheet) else { return same() };
    let turn = turn.filter(|_| sheet.to_lowercase() == home.to_lowercase());
    let new = match last.map(cell) {
        None => single(map, a, turn).map(|row| format!("{prefix}{}", a.at(row))),
        Some(Some((again, b))) => {
            range(map, a, b, turn).map(|(x, y)| format!("{prefix}{}:{again}{}", a.at(x), b.at(y)))
        }
        Some(None) => return same(),
    };
    new.unwrap_or_else(|| {
        shifts.lose(sheet);
        same()
    })
}

/// The part up to the dot before a cell or a row, and that.
fn cell(text: &str) -> Option<(&str, Ref<'_>)> {
    let at = text.rfind('.').map_or(0, |at| at + 1);
    let (prefix, cell) = text.split_at_checked(at)?;
    Some((prefix, Ref::parse(cell, true)?))
}

/// Parts a text at a sign outside of quotes.
fn unquoted(text: &str, sign: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        quoted ^= c == '\'';
        if c == sign && !quoted {
            return Some((text.get(..at)?, text.get(at + c.len_utf8()..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::rowmap::{Block, RowMap};
    use super::*;

    #[test]
    fn addresses_move_with_their_rows() {
        let mut shifts = Shifts::default();
        shifts.add("明細 表", RowMap { blocks: vec![Block { open: 4, close: 6, copies: 3 }] });
        let turn = Some(Turn { block: 0, copy: 1 });
        for (text, expected) in [
            ("of:=SUM([.D5:.D5])+LEN(\"[.D9]\")", "of:=SUM([.D4:.D6])+LEN(\"[.D9]\")"),
            ("of:=[$'明細 表'.$D$9]", "of:=[$'明細 表'.$D$9]"),
            ("of:=['x'#$'明細 表'.D9]", "of:=['x'#$'明細 表'.D9]"),
        ] {
            assert_eq!(formula(text, "明細 表", None, &shifts), expected);
        }
        assert_eq!(formula("of:=[.D5]*2", "明細 表", turn, &shifts), "of:=[.D5]*2");
        assert_eq!(
            list("'明細 表'.A1:'明細 表'.H9 別頁.A5", "", None, &shifts),
            "'明細 表'.A1:'明細 表'.H9 別頁.A5"
        );
        assert_eq!(list("$'明細 表'.$A$5:.$B$5", "", None, &shifts), "$'明細 表'.$A$4:.$B$6");
    }
}
