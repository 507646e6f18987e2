//! References in formulas and addresses, moved with the rows that they name. A formula is never evaluated, only its
//! row numbers change; what is not understood stays as it is.

use super::rowmap::{LAST_ROW, RowMap, Spot, Turn};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A reference to a cell: column letters and `$` signs as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ref<'t> {
    /// `A`, `$A`; empty for a whole row.
    pub column: &'t str,
    /// Whether the row has a `$`.
    pub fixed: bool,
    /// Row, from 1.
    pub row: u32,
}

impl<'t> Ref<'t> {
    /// Reads `A5`, `$A$5`, and with `rows` also `5` and `$5`.
    pub fn parse(text: &'t str, rows: bool) -> Option<Self> {
        let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (head, row) = text.split_at_checked(text.len() - digits)?;
        let row: u32 = row.parse().ok().filter(|r| (1..=LAST_ROW).contains(r))?;
        let (column, fixed) = head.strip_suffix('$').map_or((head, false), |column| (column, true));
        let letters = column.strip_prefix('$').unwrap_or(column);
        let cell = (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_alphabetic());
        (cell || (rows && column.is_empty())).then_some(Self { column, fixed, row })
    }

    /// The same reference to another row.
    pub fn at(&self, row: u32) -> String {
        format!("{}{}{row}", self.column, if self.fixed { "$" } else { "" })
    }

    /// Column number from 1; 0 for a whole row.
    pub fn column_number(&self) -> u32 {
        let letters = self.column.trim_start_matches('$').bytes();
        letters.fold(0, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1)
    }
}

/// Letters of a column, from 1.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let digit = (column - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The rows of every sheet that has regions.
#[derive(Debug, Default)]
pub struct Shifts {
    /// By the sheet's name in small letters.
    maps: BTreeMap<String, RowMap>,
    /// Sheets of which something is named that is no more.
    lost: RefCell<BTreeSet<String>>,
}

/// What is written for a reference to rows that are no more.
const GONE: &str = "#REF!";

impl Shifts {
    /// Adds a sheet.
    pub fn add(&mut self, sheet: &str, map: RowMap) {
        self.maps.insert(sheet.to_lowercase(), map);
    }

    /// Whether nothing moves anywhere.
    pub fn is_empty(&self) -> bool {
        self.maps.is_empty()
    }

    /// The rows of a sheet.
    pub fn of(&self, sheet: &str) -> Option<&RowMap> {
        self.maps.get(&sheet.to_lowercase())
    }

    /// Remembers that something names rows of a sheet that are no more.
    pub fn lose(&self, sheet: &str) {
        self.lost.borrow_mut().insert(sheet.to_lowercase());
    }

    /// Whether something names rows of the sheet that are no more.
    pub fn has_lost(&self, sheet: &str) -> bool {
        self.lost.borrow().contains(&sheet.to_lowercase())
    }

    /// A reference or a range of a sheet after the move, of a formula that stands in the copy `turn` of that sheet.
    pub fn reference(
        &self,
        sheet: &str,
        first: Ref<'_>,
        last: Option<Ref<'_>>,
        turn: Option<Turn>,
    ) -> Option<String> {
        let map = self.of(sheet)?;
        let new = match last {
            None => single(map, first, turn).map(|row| first.at(row)),
            Some(last) => {
                range(map, first, last, turn).map(|(a, b)| format!("{}:{}", first.at(a), last.at(b)))
            }
        };
        Some(new.unwrap_or_else(|| {
            self.lose(sheet);
            GONE.to_owned()
        }))
    }
}

/// The row that a reference names now. A relative one within a copy names the row of the same copy.
pub fn single(map: &RowMap, of: Ref<'_>, turn: Option<Turn>) -> Option<u32> {
    if let (Some(turn), false) = (turn, of.fixed) {
        match map.spot(of.row) {
            Spot::Body(block) if block == turn.block => return Some(map.in_turn(turn, of.row)),
            Spot::Open(block) if block == turn.block => {
                return Some(map.in_turn(turn, 0).saturating_sub(1).max(1));
            }
            Spot::Close(block) if block == turn.block => {
                return Some(map.in_turn(Turn { copy: turn.copy + 1, ..turn }, 0));
            }
            _ => {}
        }
    }
    map.row(of.row)
}

/// The rows that a range names now.
pub fn range(map: &RowMap, first: Ref<'_>, last: Ref<'_>, turn: Option<Turn>) -> Option<(u32, u32)> {
    let (low, high) = if first.row <= last.row { (first, last) } else { (last, first) };
    let whole = map.span(low.row, high.row);
    let Some(turn) = turn else { return whole };
    let inside = |r: Ref<'_>| matches!(map.spot(r.row), Spot::Body(block) if block == turn.block);
    let mut rows = whole?;
    if inside(low) && !low.fixed {
        rows.0 = map.in_turn(turn, low.row);
    }
    if inside(high) && !high.fixed {
        rows.1 = map.in_turn(turn, high.row);
    }
    Some(rows)
}

/// A formula with its references moved. `home` is the sheet that it stands in, `turn` the copy that it is part of.
pub fn moved(shifts: &Shifts, home: &str, turn: Option<Turn>, formula: &str) -> String {
    each_reference(formula, |sheet, first, last| {
        let own = sheet.is_none_or(|s| s.to_lowercase() == home.to_lowercase());
        shifts.reference(sheet.unwrap_or(home), first, last, turn.filter(|_| own))
    })
}

/// A shared formula's text for a cell that lies so many rows and columns from the first one.
pub fn offset(formula: &str, rows: i64, columns: i64) -> String {
    let step = |r: Ref<'_>| {
        let row = if r.fixed { i64::from(r.row) } else { i64::from(r.row) + rows };
        let row = u32::try_from(row).ok().filter(|n| (1..=LAST_ROW).contains(n))?;
        let column = match r.column {
            fixed if fixed.starts_with('$') || fixed.is_empty() => fixed.to_owned(),
            _ => {
                column_letters(u32::try_from(i64::from(r.column_number()) + columns).ok().filter(|n| *n > 0)?)
            }
        };
        Some(format!("{column}{}{row}", if r.fixed { "$" } else { "" }))
    };
    each_reference(formula, |_, first, last| {
        Some(match last {
            None => step(first).unwrap_or_else(|| GONE.to_owned()),
            Some(last) => match (step(first), step(last)) {
                (Some(a), Some(b)) => format!("{a}:{b}"),
                _ => GONE.to_owned(),
            },
        })
    })
}

/// Visits every reference with the sheet that it names, and puts in its place what the visitor gives.
fn each_reference(
    formula: &str,
    mut visit: impl FnMut(Option<&str>, Ref<'_>, Option<Ref<'_>>) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut sheet: Option<String> = None;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' => quoted(rest, '"'),
            '\'' => quoted(rest, '\''),
            '[' => bracketed(rest),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        if after.starts_with('!') && (c == '\'' || is_word(c)) {
            // What comes from another file, or spans several sheets, is nobody's here.
            let other = out.ends_with(']') || token.contains([':', '[']);
            sheet = Some(if other { String::new() } else { token.trim_matches('\'').replace("''", "'") });
            out.push_str(token);
            out.push('!');
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        let (new, left) =
            if is_word(c) { reference(token, after, sheet.as_deref(), &mut visit) } else { (None, after) };
        out.push_str(new.as_deref().unwrap_or(token));
        sheet = None;
        rest = left;
    }
    out
}

/// The token as a reference with what belongs to it of the rest; what it becomes, and what is left.
fn reference<'t>(
    token: &'t str,
    after: &'t str,
    sheet: Option<&str>,
    visit: &mut impl FnMut(Option<&str>, Ref<'_>, Option<Ref<'_>>) -> Option<String>,
) -> (Option<String>, &'t str) {
    let Some(first) = Ref::parse(token, after.starts_with(':')) else { return (None, after) };
    if after.starts_with(['(', '[']) {
        return (None, after);
    }
    let second = after.strip_prefix(':').and_then(|rest| {
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (token, left) = rest.split_at_checked(length)?;
        let last = Ref::parse(token, true).filter(|l| l.column.is_empty() == first.column.is_empty())?;
        (!left.starts_with(['(', '!'])).then_some((last, left, token))
    });
    match second {
        Some((last, left, word)) => match visit(sheet, first, Some(last)) {
            Some(new) => (Some(new), left),
            None => (Some(format!("{token}:{word}")), left),
        },
        None if first.column.is_empty() => (None, after),
        None => (visit(sheet, first, None), after),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '\\' | '?')
}

/// Length of a quoted text at the beginning; a doubled quote stands for one.
fn quoted(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote => drop(chars.next()),
                _ => return at + 1,
            }
        }
    }
    text.len()
}

/// Length of a text in brackets at the beginning, brackets within it included.
fn bracketed(text: &str) -> usize {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::super::rowmap::Block;
    use super::*;

    /// Sheet 明細: a region of one row in row 5, four records; sheet Two: one in row 3, none.
    fn shifts() -> Shifts {
        let mut shifts = Shifts::default();
        shifts.add("明細", RowMap { blocks: vec![Block { open: 4, close: 6, copies: 4 }] });
        shifts.add("Two", RowMap { blocks: vec![Block { open: 2, close: 4, copies: 0 }] });
        shifts
    }

    #[test]
    fn a_total_below_or_elsewhere_grows_with_the_region() {
        let shifts = shifts();
        for (home, formula, expected) in [
            ("明細", "SUM(D5:D5)+D9", "SUM(D4:D7)+D10"),
            ("明細", "COUNTIF($D$4:$D$6,\"D5:D5\")", "COUNTIF($D$4:$D$7,\"D5:D5\")"),
            ("別頁", "SUM(明細!D5:D5)+D9", "SUM(明細!D4:D7)+D9"),
            ("別頁", "'明細'!$A$9&LOG10(D9)&D9!A1", "'明細'!$A$10&LOG10(D9)&D9!A1"),
            ("明細", "[1]明細!D9+Table1[D9]+'a''b'!D9+#REF!", "[1]明細!D9+Table1[D9]+'a''b'!D9+#REF!"),
            ("明細", "SUM(9:10)+SUM(D:D)+1E5+A_5", "SUM(10:11)+SUM(D:D)+1E5+A_5"),
        ] {
            assert_eq!(moved(&shifts, home, None, formula), expected, "{formula}");
        }
        assert!(!shifts.has_lost("明細"));
    }

    #[test]
    fn a_copy_names_its_own_row() {
        let shifts = shifts();
        let turn = Some(Turn { block: 0, copy: 2 });
        for (formula, expected) in [
            ("D5*$E5+$F$2", "D6*$E6+$F$2"),
            ("COUNTIF($D$5:D5,D5)", "COUNTIF($D$4:D6,D6)"),
            ("A4+1", "A5+1"),
            ("D5/D$9", "D6/D$10"),
        ] {
            assert_eq!(moved(&shifts, "明細", turn, formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_names_rows_that_are_no_more_is_known() {
        let shifts = shifts();
        assert_eq!(moved(&shifts, "別頁", None, "SUM(Two!A3:A3)"), "SUM(Two!#REF!)");
        assert!(shifts.has_lost("two"));
    }

    #[test]
    fn shared_formulas_step_with_their_cells() {
        assert_eq!(offset("A1+$B1+C$1+SUM(D1:E2)+\"A1\"", 2, 1), "B3+$B3+D$1+SUM(E3:F4)+\"A1\"");
        assert_eq!(offset("A1", -1, 0), "#REF!");
        assert_eq!(column_letters(703), "AAA");
    }
}
