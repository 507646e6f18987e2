//! What came of a case, in the words of its file.

use crate::case::{Case, Choice, Expected};
use crate::common::{Taken, checklists::datasets, take_plan};
use crate::reader;
use fieldbook_intake::{
    Ask, ForcedColumn, IntakeError, Limits, Locator, OpenOptions, PlanRequest, SheetPlan, Source, open_with,
    plans, reading_of, reading_word,
};
use fieldbook_model::{FilledFrom, IssueCode, Reading, RowIssue, SheetRecord, TypedRow, Value};
use std::path::Path;

/// What was read of a file.
pub struct Outcome {
    /// Encoding of a text.
    pub encoding: String,
    /// Every table of every sheet, with what was read of it.
    pub tables: Vec<Table>,
}

/// A table: how it was planned, and what was read of it if it could be.
pub struct Table {
    plan: SheetPlan,
    taken: Option<Taken>,
    knows_hidden: bool,
}

/// Opens, plans and reads the file at `path` as the case says.
///
/// # Errors
/// Those of the file as a whole.
pub fn of(case: &Case, path: &Path) -> Result<Outcome, IntakeError> {
    let defs = datasets();
    let as_of = case.as_of.parse().expect("a date");
    let (limits, reader) = (Limits::default(), reader::reader());
    let options = OpenOptions { limits: &limits, encoding: None, reader: Some(&reader), cancel: None };
    let mut source: Source = open_with(path, &options)?;
    let forced: Vec<ForcedColumn> = case.choose.iter().map(forced).collect();
    let request = PlanRequest { defs: &defs, dataset: case.chosen.as_deref(), as_of, forced: &forced };
    let names: Vec<String> = source.sheets().iter().map(|s| s.name.clone()).collect();
    let mut tables = Vec::new();
    for name in names {
        for plan in plans(&mut source, &name, &request)? {
            let taken = match take_plan(&mut source, plan.clone(), &defs) {
                Ok(taken) => Some(taken),
                Err(IntakeError::NoDataset | IntakeError::MissingRequired { .. }) => None,
                Err(error) => return Err(error),
            };
            let knows_hidden = taken.as_ref().is_some_and(|t| t.record.hidden_rows.is_some());
            tables.push(Table { plan, taken, knows_hidden });
        }
    }
    Ok(Outcome { encoding: source.encoding().to_owned(), tables })
}

fn forced(choice: &Choice) -> ForcedColumn {
    let header = |h: &String| Locator::Header(h.clone());
    let at = match (&choice.header, &choice.time, &choice.text) {
        (Some(date), time, _) => header(date).with_time(time.as_ref().map(header)),
        (None, _, Some(text)) => Locator::Text(text.clone()),
        (None, ..) => Locator::Nowhere,
    };
    let reading = choice.reading.as_deref().map(|word| reading_of(word).expect("a reading"));
    ForcedColumn { at, column: choice.column.clone(), reading }
}

impl Outcome {
    /// The verdict that a name should carry.
    pub fn verdict(&self) -> &'static str {
        let (plans, issues) =
            (|| self.tables.iter().map(|t| &t.plan), || self.tables.iter().flat_map(Table::issues));
        let asks = || plans().flat_map(|p| &p.asks);
        if plans().all(|p| p.dataset.is_none()) {
            "no-dataset"
        } else if plans().any(|p| !p.missing_required.is_empty()) {
            "missing-required"
        } else if asks().any(|a| matches!(a, Ask::Calendar(_))) {
            "ambiguous"
        } else if asks().next().is_some() {
            "asked"
        } else if issues().any(|i| i.row_rejected && i.code != IssueCode::Footer) {
            "rejected-row"
        } else if issues().any(|i| !i.row_rejected) {
            "rejected-cell"
        } else {
            "read"
        }
    }
}

impl Table {
    fn issues(&self) -> &[RowIssue] {
        self.taken.as_ref().map_or(&[], |t| &t.record.issues)
    }

    /// What is to be compared with `expected`: the columns that it names, and its rows unless it only counts them.
    pub fn described(&self, expected: &Expected) -> Expected {
        let plan = &self.plan;
        let mut out = Expected {
            sheet: plan.sheet.clone(),
            dataset: plan.dataset.clone().unwrap_or_default(),
            header: (plan.header_row..plan.header_row + plan.header_rows).collect(),
            end: plan.end_row,
            continues: plan.continues.clone(),
            unmapped: plan.unmapped.clone(),
            missing: plan.missing_required.clone(),
            asks: plan.asks.iter().map(asked).collect(),
            columns: expected.columns.clone(),
            hidden_sheet: plan.hidden_sheet,
            ..Expected::default()
        };
        let place = |from: FilledFrom| match from {
            FilledFrom::SheetName => "工作表名稱",
            FilledFrom::Title => "標題",
            FilledFrom::Examiner => "查核人員",
        };
        out.filled = plan
            .filled
            .iter()
            .map(|f| (f.column.clone(), format!("{}（{}）", f.text, place(f.from))))
            .collect();
        let mapping = self.taken.as_ref().map_or(&plan.mapping, |t| &t.record.mapping);
        let read = mapping.iter().filter(|m| m.reading != Reading::Plain);
        out.calendars = read.map(|m| (m.column.clone(), reading_word(&m.reading).to_owned())).collect();
        out.inverted = mapping.iter().filter(|m| m.inverted).map(|m| m.column.clone()).collect();
        if let Some(taken) = &self.taken {
            taken_as(&mut out, taken, expected);
        }
        out
    }

    /// What the case says, less what this kind of file cannot tell.
    pub fn awaited(&self, expected: Expected) -> Expected {
        if self.knows_hidden {
            return expected;
        }
        Expected { hidden_rows: Vec::new(), hidden_columns: Vec::new(), ..expected }
    }
}

fn taken_as(out: &mut Expected, taken: &Taken, expected: &Expected) {
    let record: &SheetRecord = &taken.record;
    let rows: &[TypedRow] = &taken.kept.rows;
    assert_eq!(record.rows_stored, rows.len() as u64, "stored and counted");
    assert_eq!(record.rows_read, record.rows_stored + record.rows_rejected, "read = stored + rejected");
    out.rejected = record.rows_rejected;
    let hidden = rows.iter().filter(|r| r.hidden);
    out.hidden_rows = hidden.map(|r| r.row).collect();
    assert_eq!(record.hidden_rows.unwrap_or(0), out.hidden_rows.len() as u64, "hidden rows are counted");
    out.hidden_columns = record.hidden_columns.clone().unwrap_or_default();
    let number = |row: u32| toml::Value::Integer(i64::from(row));
    let text = |text: &str| toml::Value::String(text.to_owned());
    if expected.count.is_some() {
        out.count = Some(record.rows_stored);
    } else {
        let slots: Vec<usize> = expected.columns.iter().map(|c| taken.slot(c)).collect();
        let line = |row: &TypedRow| {
            std::iter::once(number(row.row)).chain(slots.iter().map(|slot| text(&cell(row, *slot)))).collect()
        };
        out.rows = rows.iter().map(line).collect();
    }
    let issue = |(at, issue): (usize, &RowIssue)| {
        // A text is compared where the case gives one.
        let repeats = expected.issues.get(at).is_some_and(|e| e.len() > 3);
        let mut out = vec![number(issue.row), text(&issue.column), text(issue.code.as_str())];
        out.extend(repeats.then(|| text(&issue.text)));
        out
    };
    out.issues = record.issues.iter().enumerate().map(issue).collect();
}

/// A value with the text that it is from: `2020-12-31 ← 109/12/31`; `↑` where a merged cell above says it.
fn cell(row: &TypedRow, slot: usize) -> String {
    let value = match &row.values[slot] {
        Value::Missing => "∅".to_owned(),
        Value::Never => "∞".to_owned(),
        Value::Unreadable => "?".to_owned(),
        other => other.stored_text().unwrap_or_default(),
    };
    match row.originals.iter().find(|(s, _)| usize::from(*s) == slot) {
        Some((_, original)) if original.is_empty() => format!("{value} ↑"),
        Some((_, original)) => format!("{value} ← {original}"),
        None => value,
    }
}

fn asked(ask: &Ask) -> String {
    match ask {
        Ask::Dataset(keys) => format!("dataset {}", keys.join(" ")),
        Ask::Calendar(key) => format!("calendar {key}"),
        Ask::Required(key) => format!("required {key}"),
        Ask::Filled(key) => format!("filled {key}"),
        Ask::Continues(sheet) => format!("continues {sheet}"),
        Ask::Above(rows) => format!("above {rows}"),
        Ask::Shift(key) => format!("shift {key}"),
        Ask::Garbled(cells) => format!("garbled {cells}"),
    }
}
