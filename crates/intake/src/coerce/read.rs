//! A planned sheet to typed rows, streamed to whoever stores them.

use super::calendar::Window;
use super::cell::Context;
use super::footer::is_footer;
use super::row::{RowOutcome, RowReader, issue};
use super::text::shown;
use crate::recognise::normal;
use crate::source::{Cell, Flow, RawRow, Source};
use crate::{Excess, IntakeError, SheetPlan};
use fieldbook_model::{
    DatasetDef, FilledFrom, IssueCode, ListOrigin, MappedColumn, Reading, RowIssue, SheetRecord, TypedRow,
};
use jiff::civil::Date;
use std::ops::ControlFlow;

/// Rows between two reports of progress.
const PROGRESS_ROWS: u64 = 1_000;
/// Columns that a table has at least, for another one to be told from its records.
const TABLE_COLUMNS: usize = 3;
/// Rows of one cell that are held back until it is clear whether another table follows.
const HELD: usize = 8;

/// The receiver of rows wants no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SinkClosed;

/// Receives the rows of a sheet.
pub trait RowSink {
    /// Takes a row.
    ///
    /// # Errors
    /// When no more rows are wanted; the reading ends with [`IntakeError::SinkClosed`].
    fn row(&mut self, row: TypedRow) -> Result<(), SinkClosed>;

    /// Everything sent so far is void: the calendar of a column was decided anew, and all rows come again.
    ///
    /// # Errors
    /// As for [`RowSink::row`].
    fn restart(&mut self) -> Result<(), SinkClosed>;
}

/// What the examiner said about a sheet and the record repeats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passthrough {
    /// Which list, for assets.
    pub origin: Option<ListOrigin>,
    /// Rows that the firm says there are.
    pub declared_rows: Option<u64>,
}

/// Reads a sheet as planned. Rows reach `sink` in the sheet's order; `progress` hears of every thousand rows and may
/// stop the reading. The table ends with the plan's `end_row`, else where another one begins: its header and what
/// follows are counted as rejected, with an issue for its first row and one for the rest (`+` and their number). Issues
/// beyond the limit are not kept: then one more issue, with the code of the last, holds
/// `+` and their number as its text.
///
/// # Errors
/// `NoDataset` or `MissingRequired` when the plan cannot be carried out, `SinkClosed`, `Cancelled`, and whatever
/// stops the sheet from being read; rows sent until then are void.
pub fn read(
    source: &mut Source,
    plan: &SheetPlan,
    def: &DatasetDef,
    as_of: Date,
    passthrough: Passthrough,
    sink: &mut dyn RowSink,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<SheetRecord, IntakeError> {
    if plan.dataset.as_deref() != Some(def.key.as_str()) {
        return Err(IntakeError::NoDataset);
    }
    if !plan.missing_required.is_empty() {
        return Err(IntakeError::MissingRequired { columns: plan.missing_required.clone() });
    }
    let context = Context {
        window: Window::new(as_of),
        shift: source.epoch_shift(),
        max_chars: source.limits().max_cell_chars,
    };
    let mut mapping = plan.mapping.clone();
    let mut again = true;
    loop {
        let mut pass = Pass::new(source, plan, def, &mapping, context);
        std::mem::take(&mut pass.rows.filled_issues).into_iter().for_each(|i| pass.report(i));
        source.stream(&plan.sheet, &mut |row| pass.take(row, sink, progress))?;
        pass.release(sink)?;
        let decided = pass.decide(&mapping, &plan.fixed);
        if again && decided.void {
            again = false;
            mapping = decided.mapping;
            sink.restart().map_err(|SinkClosed| IntakeError::SinkClosed)?;
            continue;
        }
        let mapping = if decided.void { mapping } else { decided.mapping };
        return Ok(pass.record(source, plan, mapping, passthrough));
    }
}

/// One way through the sheet.
struct Pass<'d, 'p> {
    rows: RowReader<'d>,
    plan: &'p SheetPlan,
    shift: i32,
    max_rows: u64,
    max_issues: usize,
    rows_read: u64,
    rows_stored: u64,
    rows_rejected: u64,
    hidden: u64,
    issues: Vec<RowIssue>,
    omitted: Option<(u64, u32, IssueCode)>,
    /// Rows of other tables that were left out, and the last of them.
    left_out: Option<(u64, u32)>,
    /// Rows of one cell, which are titles if another table follows.
    held: Vec<(RowOutcome, Vec<RowIssue>)>,
}

/// The readings that the whole column speaks for.
struct Decided {
    mapping: Vec<MappedColumn>,
    /// Rows were read under another reading.
    void: bool,
}

impl<'d, 'p> Pass<'d, 'p> {
    fn new(
        source: &Source,
        plan: &'p SheetPlan,
        def: &'d DatasetDef,
        mapping: &[MappedColumn],
        context: Context,
    ) -> Self {
        Self {
            rows: RowReader::new(def, plan, mapping, context),
            plan,
            shift: context.shift,
            max_rows: source.limits().max_rows,
            max_issues: source.limits().max_issues,
            rows_read: 0,
            rows_stored: 0,
            rows_rejected: 0,
            hidden: 0,
            issues: Vec::new(),
            omitted: None,
            left_out: None,
            held: Vec::new(),
        }
    }

    fn take(
        &mut self,
        row: &RawRow<'_, '_>,
        sink: &mut dyn RowSink,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Flow, IntakeError> {
        let below = self.plan.header_row.saturating_add(self.plan.header_rows).saturating_sub(1);
        if row.number <= below {
            return Ok(Flow::Go);
        }
        if self.plan.end_row.is_some_and(|end| row.number > end) {
            return Ok(Flow::Stop);
        }
        self.rows_read += 1;
        if self.rows_read > self.max_rows {
            return Err(IntakeError::TooLarge { what: Excess::Rows, limit: self.max_rows });
        }
        if self.rows_read.is_multiple_of(PROGRESS_ROWS) && progress(self.rows_read).is_break() {
            return Err(IntakeError::Cancelled);
        }
        if let Some((count, last)) = &mut self.left_out {
            (*count, *last) = (*count + 1, row.number);
            self.rows_rejected += 1;
            return Ok(Flow::Go);
        }
        if let Some(code) = self.is_no_record(row) {
            let texts = row.cells.iter().take(4).map(|(_, c)| shown(c, self.shift));
            let text = texts.collect::<Vec<_>>().join(" ");
            if code == IssueCode::Footer {
                self.release(sink)?;
            }
            self.rows_rejected += 1;
            self.report(issue(row.number, "", code, &text, true));
            if code == IssueCode::AnotherTable {
                let titles = self.held.drain(..).count() as u64;
                self.rows_rejected += titles;
                self.left_out = Some((titles, row.number));
            }
            return Ok(Flow::Go);
        }
        let mut found = Vec::new();
        let outcome = self.rows.read(row, &mut |i| found.push(i));
        if row.cells.len() == 1 && self.plan.columns.len() >= TABLE_COLUMNS && self.held.len() < HELD {
            self.held.push((outcome, found));
            return Ok(Flow::Go);
        }
        self.release(sink)?;
        self.store(outcome, found, sink)?;
        Ok(Flow::Go)
    }

    /// Rows that were held back are records after all.
    fn release(&mut self, sink: &mut dyn RowSink) -> Result<(), IntakeError> {
        for (outcome, found) in std::mem::take(&mut self.held) {
            self.store(outcome, found, sink)?;
        }
        Ok(())
    }

    fn store(
        &mut self,
        outcome: RowOutcome,
        found: Vec<RowIssue>,
        sink: &mut dyn RowSink,
    ) -> Result<(), IntakeError> {
        match outcome {
            RowOutcome::Stored(typed) => {
                self.rows_stored += 1;
                self.hidden += u64::from(typed.hidden);
                sink.row(typed).map_err(|SinkClosed| IntakeError::SinkClosed)?;
            }
            RowOutcome::Rejected => self.rows_rejected += 1,
        }
        found.into_iter().for_each(|i| self.report(i));
        Ok(())
    }

    /// A footer, or the header once more at the top of a printed page; or where another table begins.
    fn is_no_record(&self, row: &RawRow<'_, '_>) -> Option<IssueCode> {
        let own = row.cells.iter().filter(|(c, _)| !row.filled.contains(c));
        let texts = own.filter_map(|(_, c)| if let Cell::Text(t) = c { Some(t.trim()) } else { None });
        if is_footer(texts, row.cells.len() - row.filled.len(), self.plan.columns.len()) {
            return Some(IssueCode::Footer);
        }
        let header = |index: &u32| {
            let at = self.plan.columns.binary_search_by_key(index, |c| c.index).ok()?;
            self.plan.columns.get(at).map(|c| c.header.as_str())
        };
        let repeats = |(index, cell): &(u32, Cell<'_>)| match cell {
            Cell::Text(t) => header(index) == Some(t.trim()),
            _ => false,
        };
        if row.cells.len() >= 2 && row.cells.iter().all(repeats) {
            return Some(IssueCode::Footer);
        }
        if self.plan.words.is_header(row, TABLE_COLUMNS) {
            let ours: Vec<String> = self.plan.columns.iter().map(|c| normal(&c.header)).collect();
            let again =
                |(_, cell): &(u32, Cell<'_>)| matches!(cell, Cell::Text(t) if ours.contains(&normal(t)));
            let again = row.cells.iter().all(again);
            return Some(if again { IssueCode::Footer } else { IssueCode::AnotherTable });
        }
        self.is_other_title(row).then_some(IssueCode::AnotherTable)
    }

    /// `系統名稱：帳務系統` below rows that a title above them gave another name.
    fn is_other_title(&self, row: &RawRow<'_, '_>) -> bool {
        let mut titled = self.plan.filled.iter().filter(|f| f.from == FilledFrom::Title).peekable();
        if titled.peek().is_none() || row.cells.len() > 2 {
            return false;
        }
        let texts = row.cells.iter().filter_map(|(_, c)| if let Cell::Text(t) = c { Some(t) } else { None });
        let all = texts.map(|t| t.trim().trim_end_matches([':', '：'])).collect::<Vec<_>>().join("：");
        let Some((label, value)) = all.split_once([':', '：']) else { return false };
        self.plan.words.knows(label) && titled.all(|f| f.text != value.trim())
    }

    fn report(&mut self, issue: RowIssue) {
        if self.issues.len() < self.max_issues {
            self.issues.push(issue);
        } else {
            let count = self.omitted.map_or(0, |(n, ..)| n);
            self.omitted = Some((count + 1, issue.row, issue.code));
        }
    }

    fn decide(&self, mapping: &[MappedColumn], fixed: &[String]) -> Decided {
        let mut decided = Decided { mapping: mapping.to_vec(), void: false };
        for (mapped, column) in decided.mapping.iter_mut().zip(&self.rows.columns) {
            let tally = &column.tally;
            if !column.is_dated() || tally.is_empty() || fixed.contains(&mapped.column) {
                continue;
            }
            let reading = tally.decide();
            let settled =
                reading == mapped.reading || tally.fits(&mapped.reading) * 100 >= tally.total() * 95;
            if tally.total() == 0 {
                mapped.reading = reading;
            } else if !settled || (mapped.reading == Reading::Ambiguous && reading != Reading::Ambiguous) {
                mapped.reading = reading;
                decided.void = true;
            }
        }
        decided
    }

    fn record(
        mut self,
        source: &Source,
        plan: &SheetPlan,
        mapping: Vec<MappedColumn>,
        passthrough: Passthrough,
    ) -> SheetRecord {
        if let Some((count, row)) = self.left_out.filter(|(count, _)| *count > 0) {
            self.report(issue(row, "", IssueCode::AnotherTable, &format!("+{count}"), true));
        }
        if let Some((count, row, code)) = self.omitted {
            self.issues.push(issue(row, "", code, &format!("+{count}"), false));
        }
        SheetRecord {
            sheet: plan.sheet.clone(),
            dataset: plan.dataset.clone(),
            header_row: plan.header_row,
            end_row: plan.end_row,
            mapping,
            filled: plan.filled.clone(),
            unmapped: plan.unmapped.clone(),
            missing_required: plan.missing_required.clone(),
            rows_read: self.rows_read,
            rows_stored: self.rows_stored,
            rows_rejected: self.rows_rejected,
            hidden_rows: source.knows_hidden().then_some(self.hidden),
            hidden_columns: source.knows_hidden().then(|| {
                let hidden = plan.columns.iter().filter(|c| c.hidden);
                hidden.map(|c| c.header.clone()).collect()
            }),
            hidden_sheet: plan.hidden_sheet,
            issues: self.issues,
            origin: passthrough.origin,
            declared_rows: passthrough.declared_rows,
        }
    }
}
