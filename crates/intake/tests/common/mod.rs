//! What the tests share: a place for files, a sink that keeps rows, definitions.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

pub mod checklists;
#[path = "../../src/testing.rs"]
mod testing;

use fieldbook_intake::{
    ForcedColumn, IntakeError, Limits, Passthrough, PlanRequest, RowSink, SheetPlan, SinkClosed, Source,
    open, plan, plans, read,
};
use fieldbook_model::{DatasetDef, SheetRecord, TypedRow, Value};
use jiff::civil::{Date, date};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub const AS_OF: Date = date(2020, 12, 31);

pub fn defs() -> Vec<DatasetDef> {
    vec![testing::accounts(), testing::orders()]
}

/// A folder that goes away with the test.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

#[derive(Default)]
pub struct Kept {
    pub rows: Vec<TypedRow>,
    pub restarts: usize,
}

impl RowSink for Kept {
    fn row(&mut self, row: TypedRow) -> Result<(), SinkClosed> {
        self.rows.push(row);
        Ok(())
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.rows.clear();
        self.restarts += 1;
        Ok(())
    }
}

/// One sheet, planned and read.
pub struct Taken {
    pub plan: SheetPlan,
    pub record: SheetRecord,
    pub kept: Kept,
    pub encoding: String,
}

impl Taken {
    pub fn slot(&self, column: &str) -> usize {
        self.plan
            .mapping
            .iter()
            .position(|m| m.column == column)
            .or_else(|| {
                let filled = self.plan.filled.iter().position(|f| f.column == column);
                filled.map(|f| self.plan.mapping.len() + f)
            })
            .unwrap_or_else(|| panic!("{column} is not mapped"))
    }

    /// Stored texts of a column; `?` unreadable, `∞` never, empty missing.
    pub fn column(&self, column: &str) -> Vec<String> {
        let slot = self.slot(column);
        self.kept.rows.iter().map(|r| shown(&r.values[slot])).collect()
    }

    pub fn rows(&self) -> Vec<u32> {
        self.kept.rows.iter().map(|r| r.row).collect()
    }

    pub fn issues(&self) -> Vec<(u32, &str, &str)> {
        self.record.issues.iter().map(|i| (i.row, i.column.as_str(), i.code.as_str())).collect()
    }

    pub fn original(&self, row: usize, column: &str) -> Option<&str> {
        let slot = self.slot(column);
        let found = self.kept.rows[row].originals.iter().find(|(s, _)| usize::from(*s) == slot);
        found.map(|(_, text)| text.as_str())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Never => "∞".into(),
        Value::Unreadable => "?".into(),
        other => other.stored_text().unwrap_or_default(),
    }
}

pub fn take(path: &Path) -> Result<Taken, IntakeError> {
    take_sheet(path, None, &[], &Limits::default())
}

pub fn take_sheet(
    path: &Path,
    sheet: Option<&str>,
    forced: &[ForcedColumn],
    limits: &Limits,
) -> Result<Taken, IntakeError> {
    let defs = defs();
    let mut source = open(path, limits, None)?;
    let name = sheet.map_or_else(|| source.sheets()[0].name.clone(), str::to_owned);
    let request = PlanRequest { defs: &defs, dataset: None, as_of: AS_OF, forced };
    let plan = plan(&mut source, &name, &request)?;
    take_plan(&mut source, plan, &defs)
}

/// Reads what was planned.
pub fn take_plan(source: &mut Source, plan: SheetPlan, defs: &[DatasetDef]) -> Result<Taken, IntakeError> {
    let key = plan.dataset.clone().ok_or(IntakeError::NoDataset)?;
    let def = defs.iter().find(|d| d.key == key).expect("a dataset of ours");
    let mut kept = Kept::default();
    let go = &mut |_| ControlFlow::Continue(());
    let record = read(source, &plan, def, AS_OF, Passthrough::default(), &mut kept, go)?;
    let encoding = source.encoding().to_owned();
    Ok(Taken { plan, record, kept, encoding })
}

/// Every table of a sheet, read with the datasets as they are shipped.
pub fn take_tables(path: &Path, sheet: &str) -> Result<Vec<Taken>, IntakeError> {
    let defs = checklists::datasets();
    let mut source = open(path, &Limits::default(), None)?;
    let request = PlanRequest { defs: &defs, dataset: None, as_of: AS_OF, forced: &[] };
    let plans = plans(&mut source, sheet, &request)?;
    assert!(plans.iter().all(|p| p.dataset.is_some()), "{:?}", plans[0].candidates);
    plans.into_iter().map(|plan| take_plan(&mut source, plan, &defs)).collect()
}
