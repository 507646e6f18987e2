//! One file into the batch in the making: its tables planned, read and written; what cannot be is put down with the
//! reason, and of a file that breaks off nothing stays.

use super::order::{ImportOrder, SheetOrder};
use super::pace::Meter;
use super::plan::{Planned, Planner};
use super::{file_name, label, pump, views};
use crate::error::AppError;
use crate::failure;
use crate::view;
use crate::wire::ImportedFileView;
use fieldbook_intake::{IntakeError, Light, SheetColumn, SheetPlan, Source};
use fieldbook_model::{ListOrigin, SheetRecord};
use fieldbook_vault::{ExamStore, FileHead, ImportWriter, SheetHead, VaultError};
use std::sync::atomic::AtomicBool;

/// Where rows go.
pub(super) enum Target<'w> {
    /// Into a batch.
    Batch(Box<ImportWriter<'w>>),
    /// Nowhere: the file is only looked at.
    Nowhere(&'w ExamStore),
}

impl<'w> Target<'w> {
    fn writer(&mut self) -> Option<&mut ImportWriter<'w>> {
        match self {
            Self::Batch(writer) => Some(writer),
            Self::Nowhere(_) => None,
        }
    }
}

/// A table that was read.
pub(super) struct Taken {
    /// Id in the batch; 0 when it was only looked at.
    pub(super) id: i64,
    /// What it became, with all of its issues.
    pub(super) record: SheetRecord,
    /// Name of its file.
    pub(super) file: String,
    /// Its headings.
    pub(super) columns: Vec<SheetColumn>,
    /// The examiner chose its mapping.
    pub(super) chosen: bool,
}

/// What became of a file.
pub(super) struct TakenFile {
    pub(super) view: ImportedFileView,
    pub(super) tables: Vec<Taken>,
    /// Why nothing of it was stored, or the first of its tables was not.
    pub(super) reason: Option<AppError>,
}

/// Why a file was given up: its own fault, or not.
enum Stop {
    File(AppError),
    Work(AppError),
}

impl From<VaultError> for Stop {
    fn from(e: VaultError) -> Self {
        Self::Work(e.into())
    }
}

/// What is needed to take files in.
pub(super) struct Taker<'a, 'w> {
    pub(super) planner: &'a Planner<'a>,
    pub(super) cancel: &'a AtomicBool,
    pub(super) target: Target<'w>,
}

impl Taker<'_, '_> {
    /// Takes a file in, which was opened or could not be.
    ///
    /// # Errors
    /// `cancelled`, or the store's. What is wrong with the file stands in its view.
    pub(super) fn file(
        &mut self,
        opened: Result<Source, IntakeError>,
        order: &ImportOrder,
        meter: &mut Meter<'_>,
    ) -> Result<TakenFile, AppError> {
        let view = views::no_file(&file_name(&order.path));
        let mut file = TakenFile { view, tables: Vec::new(), reason: None };
        let outcome = match opened {
            Ok(mut source) => {
                views::head(&mut file.view, &source);
                self.tables(&mut source, order, &mut file, meter)
            }
            Err(IntakeError::Cancelled) => Err(Stop::Work(AppError::new("cancelled"))),
            Err(e) => Err(Stop::File(failure::intake(self.planner.bundle, None, &file.view.file, &e))),
        };
        match outcome {
            Ok(()) => {}
            Err(Stop::File(error)) => {
                file.tables.clear();
                file.view.sheets.clear();
                file.view.error = Some(error.view());
                file.reason = Some(error);
            }
            Err(Stop::Work(error)) => return Err(error),
        }
        Ok(file)
    }

    fn tables(
        &mut self,
        source: &mut Source,
        order: &ImportOrder,
        file: &mut TakenFile,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let head = file_head(source);
        let planned = self.planned(source, order, &head.file)?;
        if let Some(writer) = self.target.writer() {
            writer.begin_file(&head)?;
        }
        let weight = |source: &Source, plan: &Planned| view::number(source.weight(&plan.plan.sheet));
        let all: f64 = planned.iter().map(|(plan, _)| weight(source, plan)).sum();
        let outcome = planned.iter().try_for_each(|(plan, sheet)| {
            meter.table(&plan.plan.sheet, weight(source, plan) / all);
            self.table(source, &head, plan, sheet, file, meter)
        });
        let nothing = file.tables.is_empty();
        if let Some(writer) = self.target.writer() {
            if outcome.is_err() || nothing { writer.abandon_file()? } else { writer.finish_file()? }
        }
        outcome?;
        if nothing {
            let empty = || AppError::new("file_empty").with("file", &head.file);
            file.view.error = Some(file.reason.get_or_insert_with(empty).view());
        }
        Ok(())
    }

    /// Plans the tables that the order names, in the sheets' order.
    fn planned<'o>(
        &self,
        source: &mut Source,
        order: &'o ImportOrder,
        file: &str,
    ) -> Result<Vec<(Planned, &'o SheetOrder)>, Stop> {
        let names: Vec<String> = source.sheets().iter().map(|s| s.name.clone()).collect();
        if order.named().any(|wanted| !names.iter().any(|name| name == wanted)) {
            return Err(Stop::File(AppError::new("unknown_sheet").with("file", file)));
        }
        let mut out = Vec::new();
        for name in names {
            for (header_row, sheet) in order.of_sheet(&name) {
                let plans = self.planner.plans(source, &name, header_row, sheet).map_err(|e| match e {
                    IntakeError::Cancelled => Stop::Work(AppError::new("cancelled")),
                    e => Stop::File(failure::intake(self.planner.bundle, sheet.dataset.as_deref(), file, &e)),
                })?;
                out.extend(plans.into_iter().map(|plan| (plan, sheet)));
            }
        }
        Ok(out)
    }

    #[allow(clippy::too_many_arguments, reason = "what a table is, where it comes from, and where it goes")]
    fn table(
        &mut self,
        source: &mut Source,
        head: &FileHead,
        Planned { plan, chosen }: &Planned,
        sheet: &SheetOrder,
        file: &mut TakenFile,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        // A sheet without rows is not worth a word.
        if plan.dataset.is_none() && plan.header_row == 0 {
            return Ok(());
        }
        let bundle = self.planner.bundle;
        if let Some(error) = self.refusal(plan, head)? {
            file.view.sheets.push(views::refused(bundle, plan, error.view()));
            file.reason.get_or_insert(error);
            if let Some(writer) = self.target.writer() {
                writer.skip_sheet(&views::unread(plan))?;
            }
            return Ok(());
        }
        let Some(def) = plan.dataset.as_deref().and_then(|key| bundle.dataset(key)) else { return Ok(()) };
        let job = pump::Job { plan, def, as_of: self.planner.as_of, sheet, cancel: self.cancel };
        let read = pump::run(source, &job, self.target.writer(), meter);
        let (id, record) = read.map_err(|e| match e {
            pump::PumpError::Intake(IntakeError::Cancelled) => Stop::Work(AppError::new("cancelled")),
            pump::PumpError::Intake(e) => Stop::File(failure::intake(bundle, Some(&def.key), &head.file, &e)),
            pump::PumpError::Vault(e) => Stop::from(e),
        })?;
        if let (Some(writer), Some(old)) = (self.target.writer(), sheet.replaces) {
            writer.supersede(old)?;
        }
        file.view.sheets.push(views::sheet(bundle, &record, id, None));
        let (file_name, columns) = (head.file.clone(), plan.columns.clone());
        file.tables.push(Taken { id, file: file_name, columns, chosen: *chosen, record });
        Ok(())
    }

    /// Why a table is not stored.
    fn refusal(&mut self, plan: &SheetPlan, head: &FileHead) -> Result<Option<AppError>, Stop> {
        let place = label(&head.file, &plan.sheet);
        let Some(key) = &plan.dataset else {
            return Ok(Some(AppError::new("no_dataset").with("file", place)));
        };
        if plan.light() == Light::Red {
            let columns = failure::column_names(self.planner.bundle, Some(key), &plan.missing_required);
            return Ok(Some(AppError::new("missing_required").with("file", place).with("columns", columns)));
        }
        let wanted = sheet_head(plan, key, None);
        let known = match &self.target {
            Target::Batch(writer) => writer.already_imported(&head.sha256, &wanted)?,
            Target::Nowhere(store) => store.already_imported(&head.sha256, &wanted)?,
        };
        Ok(known.map(|batch| AppError::new("already_imported").with("file", place).with("batch", batch)))
    }
}

/// The head of a table, as it is stored.
pub(super) fn sheet_head(plan: &SheetPlan, dataset: &str, origin: Option<ListOrigin>) -> SheetHead {
    SheetHead {
        sheet: plan.sheet.clone(),
        header_row: plan.header_row,
        end_row: plan.end_row,
        dataset: dataset.to_owned(),
        mapping: plan.mapping.clone(),
        filled: plan.filled.clone(),
        origin,
    }
}

fn file_head(source: &Source) -> FileHead {
    FileHead {
        file: source.file_name().to_owned(),
        sha256: source.sha256().to_owned(),
        size: source.size(),
        encoding: source.encoding().to_owned(),
    }
}
