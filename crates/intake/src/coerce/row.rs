//! One row of raw cells to one typed row, with its issues.

use super::cell::{ColumnReader, Context};
use super::text::shown;
use crate::SheetPlan;
use crate::mapping::read_filled;
use crate::source::{Cell, RawRow};
use compact_str::CompactString;
use fieldbook_model::dataset::{push_date, push_datetime};
use fieldbook_model::{ColumnType, DatasetDef, IssueCode, MappedColumn, Reading, RowIssue, TypedRow, Value};
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Characters of a cell that an issue repeats.
const ISSUE_CHARS: usize = 200;
/// What stands for bytes that the encoding does not know.
const UNDECODED: &[u8] = "\u{fffd}".as_bytes();

/// Reads the rows of one sheet.
pub(crate) struct RowReader<'d> {
    pub columns: Vec<ColumnReader<'d>>,
    /// Position in `columns` by the sheet's column index.
    slots: Vec<Option<usize>>,
    /// The same for columns that hold the time of day of a column's date.
    clocks: Vec<Option<usize>>,
    /// Columns whose time of day stands in a column of its own.
    paired: Vec<bool>,
    /// What every row has behind its own values.
    filled: Vec<Value>,
    filled_originals: Vec<(u16, CompactString)>,
    /// What is wrong with the filled values: once for all rows.
    pub filled_issues: Vec<RowIssue>,
    /// The date of rows without one of their own.
    filled_base: Option<Date>,
    /// The order in which columns are read: the date that completes times of day comes first.
    order: Vec<usize>,
    base: Option<usize>,
    /// Required text columns: a row with none of them says nothing about anybody.
    keys: Vec<usize>,
    asked: Vec<bool>,
    context: Context,
    /// Where the cells of the row in hand stand in it, by slot.
    picked: Vec<Picked>,
    scratch: String,
}

/// Positions among a row's cells.
#[derive(Clone, Copy, Default)]
struct Picked {
    cell: Option<usize>,
    /// The time of day, where that has a column of its own.
    clock: Option<usize>,
}

/// What became of a row.
pub(crate) enum RowOutcome {
    /// A row to store.
    Stored(TypedRow),
    /// Nothing that identifies it.
    Rejected,
}

impl<'d> RowReader<'d> {
    pub(crate) fn new(
        def: &'d DatasetDef,
        plan: &SheetPlan,
        mapping: &[MappedColumn],
        context: Context,
    ) -> Self {
        let mut columns = Vec::new();
        let (mut slots, mut clocks, mut paired) = (Vec::new(), Vec::new(), Vec::new());
        for mapped in mapping {
            let Some(column) = def.column(&mapped.column) else { continue };
            place(&mut slots, mapped.index, columns.len());
            if let Some(time) = mapped.time_index {
                place(&mut clocks, time, columns.len());
            }
            paired.push(mapped.time_index.is_some());
            columns.push(ColumnReader::new(column, mapped.reading.clone(), mapped.inverted, &mapped.header));
        }
        let first_date = def.columns.iter().find(|c| c.required && c.ty == ColumnType::Date);
        let base = first_date.and_then(|d| columns.iter().position(|c| c.column.key == d.key));
        let order = base.into_iter().chain((0..columns.len()).filter(|i| Some(*i) != base)).collect();
        let is_key = |c: &ColumnReader<'_>| c.column.required && c.column.ty == ColumnType::Text;
        let keys = (0..columns.len()).filter(|i| is_key(&columns[*i])).collect();
        let asked = vec![false; columns.len()];
        let mut reader = Self {
            columns,
            slots,
            clocks,
            paired,
            filled: Vec::new(),
            filled_originals: Vec::new(),
            filled_issues: Vec::new(),
            filled_base: None,
            order,
            base,
            keys,
            asked,
            context,
            picked: Vec::new(),
            scratch: String::new(),
        };
        reader.fill(def, plan, first_date.map(|d| d.key.as_str()));
        reader
    }

    /// Reads the values that all rows share.
    fn fill(&mut self, def: &DatasetDef, plan: &SheetPlan, base: Option<&str>) {
        for filled in &plan.filled {
            let Some(column) = def.column(&filled.column) else { continue };
            let slot = self.columns.len() + self.filled.len();
            let (read, reading) = read_filled(column, &filled.text, &self.context);
            let value = read.unwrap_or_else(|code| {
                let code = if reading == Reading::Ambiguous { IssueCode::AmbiguousDate } else { code };
                self.filled_issues.push(issue(plan.header_row, &column.key, code, &filled.text, false));
                Value::Unreadable
            });
            if let (Value::Date(date), true) = (&value, base == Some(column.key.as_str())) {
                self.filled_base = Some(*date);
            }
            let mut originals = Vec::new();
            self.keep_original(&Cell::Text(filled.text.as_str().into()), &value, slot, &mut originals);
            self.filled_originals.append(&mut originals);
            self.filled.push(value);
        }
    }

    /// Reads a row; issues are handed to `report` in the order of the columns read.
    pub(crate) fn read(&mut self, row: &RawRow<'_, '_>, report: &mut dyn FnMut(RowIssue)) -> RowOutcome {
        self.pick(row);
        let cell_at =
            |place: Option<usize>| place.and_then(|n| row.cells.get(n)).map_or(&Cell::Empty, |(_, c)| c);
        let mut values = Vec::with_capacity(self.columns.len() + self.filled.len());
        values.resize(self.columns.len(), Value::Missing);
        let mut originals = Vec::new();
        let mut issues = Vec::new();
        let mut base = self.filled_base;
        for at in 0..self.order.len() {
            let slot = self.order[at];
            let cell = cell_at(self.picked[slot].cell);
            let cell = &*self.cut(cell, row.number, slot, &mut issues);
            if self.paired[slot] {
                values[slot] = self.pair(
                    cell,
                    cell_at(self.picked[slot].clock),
                    row.number,
                    slot,
                    &mut issues,
                    &mut originals,
                );
                continue;
            }
            let read = self.columns[slot].read(cell, base, &self.context);
            values[slot] = self.judge(read, cell, row.number, slot, &mut issues);
            if Some(slot) == self.base
                && let Value::Date(date) = values[slot]
            {
                base = Some(date);
            }
            self.keep_original(cell, &values[slot], slot, &mut originals);
        }
        for column in row.filled {
            if let Some(Some(slot)) = self.slots.get(*column as usize) {
                originals.retain(|(s, _)| usize::from(*s) != *slot);
                originals.push((narrow(*slot), CompactString::default()));
            }
        }
        originals.sort_unstable_by_key(|(slot, _)| *slot);
        if !self.keys.is_empty() && self.keys.iter().all(|k| values[*k] == Value::Missing) {
            let text = row
                .cells
                .iter()
                .take(4)
                .map(|(_, c)| shown(c, self.context.shift))
                .collect::<Vec<_>>()
                .join(" ");
            report(issue(row.number, "", IssueCode::RequiredEmpty, &text, true));
            return RowOutcome::Rejected;
        }
        issues.into_iter().for_each(report);
        values.extend_from_slice(&self.filled);
        originals.extend_from_slice(&self.filled_originals);
        RowOutcome::Stored(TypedRow { row: row.number, hidden: row.hidden, values, originals })
    }

    /// Finds the cells of the mapped columns.
    fn pick(&mut self, row: &RawRow<'_, '_>) {
        self.picked.clear();
        self.picked.resize(self.columns.len(), Picked::default());
        for (at, (column, _)) in row.cells.iter().enumerate() {
            if let Some(Some(slot)) = self.slots.get(*column as usize) {
                self.picked[*slot].cell = Some(at);
            }
            if let Some(Some(slot)) = self.clocks.get(*column as usize) {
                self.picked[*slot].clock = Some(at);
            }
        }
    }

    /// A date and its time of day become one value, and their texts one original.
    fn pair(
        &mut self,
        date: &Cell<'_>,
        time: &Cell<'_>,
        row: u32,
        slot: usize,
        issues: &mut Vec<RowIssue>,
        originals: &mut Vec<(u16, CompactString)>,
    ) -> Value {
        let read = self.columns[slot].read_pair(date, time, &self.context);
        if *time == Cell::Empty {
            let value = self.judge(read, date, row, slot, issues);
            self.keep_original(date, &value, slot, originals);
            return value;
        }
        let (day, clock) = (shown(date, self.context.shift), shown(time, self.context.shift));
        let joined = Cell::Text(Cow::Owned(format!("{day} {clock}")));
        let value = self.judge(read, &joined, row, slot, issues);
        self.keep_original(&joined, &value, slot, originals);
        value
    }

    /// A text longer than the limit is cut, with an issue.
    fn cut<'c, 'a>(
        &self,
        cell: &'c Cell<'a>,
        row: u32,
        slot: usize,
        issues: &mut Vec<RowIssue>,
    ) -> Cow<'c, Cell<'a>>
    where
        Cell<'a>: Clone,
    {
        let Cell::Text(text) = cell else { return Cow::Borrowed(cell) };
        if text.len() <= self.context.max_chars || text.chars().count() <= self.context.max_chars {
            return Cow::Borrowed(cell);
        }
        issues.push(issue(row, &self.columns[slot].column.key, IssueCode::TooLong, text, false));
        Cow::Owned(Cell::Text(Cow::Owned(text.chars().take(self.context.max_chars).collect())))
    }

    fn judge(
        &mut self,
        read: Result<Value, IssueCode>,
        cell: &Cell<'_>,
        row: u32,
        slot: usize,
        issues: &mut Vec<RowIssue>,
    ) -> Value {
        let column = &self.columns[slot];
        let key = column.column.key.as_str();
        let broken = matches!(cell, Cell::Text(t) if !t.is_ascii() && memchr::memmem::find(t.as_bytes(), UNDECODED).is_some());
        let text = || shown(cell, self.context.shift);
        match read {
            Ok(value) => {
                if broken {
                    issues.push(issue(row, key, IssueCode::BadEncoding, &text(), false));
                } else if value == Value::Missing && column.column.required {
                    issues.push(issue(row, key, IssueCode::RequiredEmpty, &text(), false));
                }
                value
            }
            Err(IssueCode::BadDate) if column.reading == Reading::Ambiguous => {
                if !std::mem::replace(&mut self.asked[slot], true) {
                    issues.push(issue(row, key, IssueCode::AmbiguousDate, &text(), false));
                }
                Value::Unreadable
            }
            Err(code) => {
                let code = if broken { IssueCode::BadEncoding } else { code };
                issues.push(issue(row, key, code, &text(), false));
                Value::Unreadable
            }
        }
    }

    /// Keeps the text where the stored form does not show it. A date's `T` for a blank makes no difference, nor does
    /// the way in which a true date or number is stored in the file.
    fn keep_original(
        &mut self,
        cell: &Cell<'_>,
        value: &Value,
        slot: usize,
        originals: &mut Vec<(u16, CompactString)>,
    ) {
        let is_same = match cell {
            Cell::Empty => true,
            Cell::Serial(_) | Cell::Span(_) => {
                matches!(value, Value::Date(_) | Value::DateTime(..) | Value::Num(_) | Value::Int(_))
            }
            Cell::Number(_) => matches!(value, Value::Num(_) | Value::Int(_)),
            _ => false,
        };
        if is_same {
            return;
        }
        let text = shown(cell, self.context.shift);
        let same = match value {
            Value::Text(stored) => *stored == text,
            Value::Missing | Value::Never | Value::Unreadable => text.is_empty(),
            Value::Bool(yes) => text == if *yes { "1" } else { "0" },
            Value::Int(n) => {
                (prints_itself(&text) && text.parse() == Ok(*n)) || self.prints(&text, format_args!("{n}"))
            }
            Value::Num(n) => {
                (prints_itself(&text) && text.parse() == Ok(*n)) || self.prints(&text, format_args!("{n}"))
            }
            Value::Date(date) => {
                self.scratch.clear();
                push_date(&mut self.scratch, *date);
                self.scratch == text
            }
            Value::DateTime(t, digits) => {
                self.scratch.clear();
                push_datetime(&mut self.scratch, *t, *digits);
                self.scratch.len() == text.len()
                    && self.scratch.bytes().zip(text.bytes()).all(|(a, b)| a == b || (a == b'T' && b == b' '))
            }
        };
        if !same {
            originals.push((narrow(slot), text.into()));
        }
    }

    fn prints(&mut self, text: &str, stored: std::fmt::Arguments<'_>) -> bool {
        self.scratch.clear();
        // Writing to a string cannot fail.
        let _ = self.scratch.write_fmt(stored);
        self.scratch == text
    }
}

/// Whether a text is written just as its number is: no blank, sign, superfluous zero or digit beyond what is exact.
fn prints_itself(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "1"));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.len() <= 15
        && (whole == "0" || !(whole.is_empty() || whole.starts_with('0')))
        && !(fraction.is_empty() || fraction.ends_with('0'))
        && digits(whole)
        && digits(fraction)
}

/// Notes which slot a column of theirs belongs to.
fn place(slots: &mut Vec<Option<usize>>, index: u32, slot: usize) {
    let index = index as usize;
    if slots.len() <= index {
        slots.resize(index + 1, None);
    }
    slots[index] = Some(slot);
}

/// Datasets have far fewer columns than this can count.
fn narrow(slot: usize) -> u16 {
    u16::try_from(slot).unwrap_or(u16::MAX)
}

pub(crate) fn issue(row: u32, column: &str, code: IssueCode, text: &str, row_rejected: bool) -> RowIssue {
    let text = text.chars().take(ISSUE_CHARS).collect();
    RowIssue { row, column: column.to_owned(), code, text, row_rejected }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_that_prints_itself_is_printed_so(text in "-?[0-9]{0,9}\\.?[0-9]{0,9}") {
            if prints_itself(&text) {
                let number: f64 = text.parse().expect("a number");
                prop_assert_eq!(number.to_string(), text);
            }
        }
    }

    #[test]
    fn most_numbers_print_themselves() {
        for text in ["0", "1000", "15.1", "0.05", "123456789012345"] {
            assert!(prints_itself(text), "{text}");
        }
        for text in ["", ".", "1.", ".5", "007", "1.50", "+1", "-1", "1e5", "1,000", "1234567890123456"] {
            assert!(!prints_itself(text), "{text}");
        }
    }
}
