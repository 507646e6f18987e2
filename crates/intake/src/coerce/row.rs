//! One row of raw cells to one typed row, with its issues.

use super::cell::{ColumnReader, Context};
use super::text::shown;
use crate::source::{Cell, RawRow};
use fieldbook_model::{ColumnType, DatasetDef, IssueCode, MappedColumn, Reading, RowIssue, TypedRow, Value};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Characters of a cell that an issue repeats.
const ISSUE_CHARS: usize = 200;

/// Reads the rows of one sheet.
pub(crate) struct RowReader<'d> {
    pub columns: Vec<ColumnReader<'d>>,
    /// Position in `columns` by the sheet's column index.
    slots: Vec<Option<usize>>,
    /// The order in which columns are read: the date that completes times of day comes first.
    order: Vec<usize>,
    base: Option<usize>,
    /// Required text columns: a row with none of them says nothing about anybody.
    keys: Vec<usize>,
    asked: Vec<bool>,
    context: Context,
    scratch: String,
}

/// What became of a row.
pub(crate) enum RowOutcome {
    /// A row to store.
    Stored(TypedRow),
    /// Nothing that identifies it.
    Rejected,
}

impl<'d> RowReader<'d> {
    pub(crate) fn new(def: &'d DatasetDef, mapping: &[MappedColumn], context: Context) -> Self {
        let mut columns = Vec::new();
        let mut slots = Vec::new();
        for mapped in mapping {
            let Some(column) = def.column(&mapped.column) else { continue };
            let index = mapped.index as usize;
            if slots.len() <= index {
                slots.resize(index + 1, None);
            }
            slots[index] = Some(columns.len());
            columns.push(ColumnReader::new(column, mapped.reading.clone(), mapped.inverted, &mapped.header));
        }
        let first_date = def.columns.iter().find(|c| c.required && c.ty == ColumnType::Date);
        let base = first_date.and_then(|d| columns.iter().position(|c| c.column.key == d.key));
        let order = base.into_iter().chain((0..columns.len()).filter(|i| Some(*i) != base)).collect();
        let is_key = |c: &ColumnReader<'_>| c.column.required && c.column.ty == ColumnType::Text;
        let keys = (0..columns.len()).filter(|i| is_key(&columns[*i])).collect();
        let asked = vec![false; columns.len()];
        Self { columns, slots, order, base, keys, asked, context, scratch: String::new() }
    }

    /// Reads a row; issues are handed to `report` in the order of the columns read.
    pub(crate) fn read(&mut self, row: &RawRow<'_, '_>, report: &mut dyn FnMut(RowIssue)) -> RowOutcome {
        let mut picked: Vec<&Cell<'_>> = vec![&Cell::Empty; self.columns.len()];
        for (column, cell) in row.cells {
            if let Some(Some(slot)) = self.slots.get(*column as usize) {
                picked[*slot] = cell;
            }
        }
        let mut values = vec![Value::Missing; self.columns.len()];
        let mut originals = Vec::new();
        let mut issues = Vec::new();
        let mut base = None;
        for at in 0..self.order.len() {
            let slot = self.order[at];
            let cell = picked[slot];
            let cell = &*self.cut(cell, row.number, slot, &mut issues);
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
                originals.push((narrow(*slot), String::new()));
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
        RowOutcome::Stored(TypedRow { row: row.number, hidden: row.hidden, values, originals })
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
        let broken = matches!(cell, Cell::Text(t) if !t.is_ascii() && t.contains('\u{fffd}'));
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

    /// Keeps the text where the stored form does not show it. A date's `T` for a blank makes no difference.
    fn keep_original(
        &mut self,
        cell: &Cell<'_>,
        value: &Value,
        slot: usize,
        originals: &mut Vec<(u16, String)>,
    ) {
        let typed = !matches!(cell, Cell::Text(_));
        if *cell == Cell::Empty
            || (typed
                && matches!(value, Value::Date(_) | Value::DateTime(..) | Value::Num(_) | Value::Int(_)))
        {
            return;
        }
        let text = shown(cell, self.context.shift);
        let same = match value {
            Value::Text(stored) => *stored == text,
            Value::Missing | Value::Never | Value::Unreadable => text.is_empty(),
            Value::Bool(yes) => text == if *yes { "1" } else { "0" },
            Value::Int(n) => self.prints(&text, format_args!("{n}")),
            Value::Num(n) => self.prints(&text, format_args!("{n}")),
            Value::Date(date) => self.prints(&text, format_args!("{date}")),
            Value::DateTime(t, digits) => {
                let stored = fieldbook_model::dataset::datetime_text(*t, *digits);
                stored.len() == text.len()
                    && stored.bytes().zip(text.bytes()).all(|(a, b)| a == b || (a == b'T' && b == b' '))
            }
        };
        if !same {
            originals.push((narrow(slot), text.into_owned()));
        }
    }

    fn prints(&mut self, text: &str, stored: std::fmt::Arguments<'_>) -> bool {
        self.scratch.clear();
        // Writing to a string cannot fail.
        let _ = self.scratch.write_fmt(stored);
        self.scratch == text
    }
}

/// Datasets have far fewer columns than this can count.
fn narrow(slot: usize) -> u16 {
    u16::try_from(slot).unwrap_or(u16::MAX)
}

pub(crate) fn issue(row: u32, column: &str, code: IssueCode, text: &str, row_rejected: bool) -> RowIssue {
    let text = text.chars().take(ISSUE_CHARS).collect();
    RowIssue { row, column: column.to_owned(), code, text, row_rejected }
}
