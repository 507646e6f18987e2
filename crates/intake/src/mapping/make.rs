//! Plans: the header and the dataset of each table, its columns mapped, what is to be asked.

use super::survey::{Section, Survey, survey};
use super::{Ask, Locator, PlanRequest, SheetColumn, SheetPlan, assign, continued, fill, sample};
use crate::IntakeError;
use crate::coerce::calendar::Window;
use crate::coerce::cell::Context;
use crate::recognise::{HeadRow, Header, HeaderWords, Hints, Recognised, Search, normal, recognise};
use crate::source::{Merge, Source};
use fieldbook_model::DatasetDef;

/// Rows above a header that look like records are asked about when there are so many of them, of so many cells.
const ABOVE: u32 = 3;
const RECORD_CELLS: usize = 3;

/// Recognises a sheet's header and dataset, maps its columns and decides, from its first 5,000 rows, how each date
/// column is read. A sheet that fits no dataset gives a plan without one. The plan is for the whole sheet: where
/// another table begins, the reading ends and says so ([`plans`] gives one plan for each).
///
/// # Errors
/// `NoSuchSheet`, `NoSuchDataset`, and whatever stops the sheet from being read.
pub fn plan(source: &mut Source, sheet: &str, request: &PlanRequest<'_>) -> Result<SheetPlan, IntakeError> {
    let mut maker = Maker::new(source, sheet, request)?;
    let survey = maker.survey(None)?;
    maker.whole(&survey)
}

/// A plan for every table of a sheet, in the sheet's order; one plan where there is only one table or none. Each but
/// the last says on which row it ends. With a dataset named there is one plan, that of [`plan`].
///
/// # Errors
/// As [`plan`].
pub fn plans(
    source: &mut Source,
    sheet: &str,
    request: &PlanRequest<'_>,
) -> Result<Vec<SheetPlan>, IntakeError> {
    let mut maker = Maker::new(source, sheet, request)?;
    let survey = maker.survey(None)?;
    let tables = if request.dataset.is_some() { Vec::new() } else { maker.tables(&survey)? };
    let last_head = survey.head.last().map_or(0, |r| r.number);
    // One table in sight of the top is found by `plan` as well, which also goes by what the examiner mapped.
    if tables.len() < 2 && tables.iter().all(|t| t.found.header.row <= last_head) {
        return Ok(vec![maker.whole(&survey)?]);
    }
    let ends: Vec<u32> = tables.iter().skip(1).map(|t| t.first_row.saturating_sub(1)).collect();
    let ends = ends.into_iter().map(Some).chain([None]);
    tables.into_iter().zip(ends).map(|(table, end)| maker.table(table, end)).collect()
}

/// The plan of the table whose header begins on a row (as a spreadsheet shows it), whatever the row says: one of the
/// tables that [`plans`] found, looked at again with another dataset or mapping, or a header that it did not find.
///
/// # Errors
/// As [`plan`].
pub fn plan_at(
    source: &mut Source,
    sheet: &str,
    header_row: u32,
    request: &PlanRequest<'_>,
) -> Result<SheetPlan, IntakeError> {
    let mut maker = Maker::new(source, sheet, request)?;
    let survey = maker.survey((header_row > 0).then_some(header_row))?;
    let Some(section) = survey.sections.iter().find(|s| s.header == header_row) else {
        return maker.whole(&survey);
    };
    let tables = maker.tables(&survey)?;
    let found = maker.recognise(&section.rows, Some(header_row), request.dataset)?;
    let below = found.header.row + found.header.rows;
    let titles = match tables.iter().find(|t| t.found.header.row == header_row) {
        Some(known) => known.titles.clone(),
        None if tables.iter().any(|t| t.found.header.row < header_row) => above(&section.rows, header_row),
        None => above(&survey.head, header_row),
    };
    let next = tables.iter().find(|t| t.found.header.row >= below);
    let end = next.map(|t| t.first_row.saturating_sub(1));
    maker.table(Table { first_row: section.first_row(), titles, found }, end)
}

/// A table that begins on this sheet.
pub(super) struct Table<'d> {
    /// Its first title, or its header.
    first_row: u32,
    /// Rows above the header.
    titles: Vec<HeadRow>,
    found: Recognised<'d>,
}

/// What all tables of a sheet are planned with.
pub(super) struct Maker<'s, 'r> {
    source: &'s mut Source,
    sheet: &'s str,
    hidden: bool,
    request: &'r PlanRequest<'r>,
    words: HeaderWords,
    forced: Vec<String>,
}

/// What tells a table from the one before it: its headers, and what its titles name.
struct Identity {
    keys: Vec<String>,
    names: Vec<String>,
}

impl Identity {
    fn of(found: &Recognised<'_>, titles: &[HeadRow]) -> Self {
        let keys = found.header.texts.iter().map(|(_, t)| normal(t)).collect();
        let names = found.def.map(|def| fill::names(def, titles)).unwrap_or_default();
        Self { keys, names }
    }

    /// Whether another table begins here: a header repeated at the top of a printed page begins none.
    fn begins_after(&self, before: &Self) -> bool {
        self.keys != before.keys || (!self.names.is_empty() && self.names != before.names)
    }
}

fn above(rows: &[HeadRow], header: u32) -> Vec<HeadRow> {
    rows.iter().filter(|r| r.number < header).cloned().collect()
}

impl<'s, 'r> Maker<'s, 'r> {
    pub(super) fn new(
        source: &'s mut Source,
        sheet: &'s str,
        request: &'r PlanRequest<'r>,
    ) -> Result<Self, IntakeError> {
        let hidden = source.sheet(sheet)?.hidden;
        if let Some(wanted) = request.dataset
            && !request.defs.iter().any(|d| d.key == wanted)
        {
            return Err(IntakeError::NoSuchDataset);
        }
        let header = |f: &super::ForcedColumn| match &f.at {
            Locator::Header(h) => Some(normal(h)),
            _ => None,
        };
        let forced = request.forced.iter().filter_map(header).collect();
        let words = source.words(request.defs);
        Ok(Self { source, sheet, hidden, request, words, forced })
    }

    /// The same, borrowed for a while.
    fn again(&mut self) -> Maker<'_, 'r> {
        Maker {
            source: self.source,
            sheet: self.sheet,
            hidden: self.hidden,
            request: self.request,
            words: self.words.clone(),
            forced: self.forced.clone(),
        }
    }

    pub(super) fn survey(&mut self, also: Option<u32>) -> Result<Survey, IntakeError> {
        survey(self.source, self.sheet, &self.words, also)
    }

    fn recognise(
        &mut self,
        head: &[HeadRow],
        only: Option<u32>,
        wanted: Option<&'r str>,
    ) -> Result<Recognised<'r>, IntakeError> {
        let merges: Vec<Merge> = self.source.scan(self.sheet)?.merges;
        let search = Search {
            defs: self.request.defs,
            words: &self.words,
            wanted,
            only,
            forced: &self.forced,
            hints: Hints { file: self.source.file_name(), sheet: self.sheet },
        };
        Ok(recognise(head, &merges, &search))
    }

    /// One plan for the whole sheet.
    fn whole(&mut self, survey: &Survey) -> Result<SheetPlan, IntakeError> {
        let found = self.recognise(&survey.head, None, self.request.dataset)?;
        // Records may hold words that are headers elsewhere.
        let headless = found.strong < 2.0 && (self.request.dataset.is_some() || found.def.is_none());
        if headless && let Some(plan) = continued::plan(&mut self.again(), survey)? {
            return Ok(plan);
        }
        let row = found.header.row;
        self.table(Table { first_row: row, titles: above(&survey.head, row), found }, None)
    }

    /// The tables of a sheet by their headers, whatever the examiner chose. A header that is repeated at the top of a
    /// printed page begins none.
    fn tables(&mut self, survey: &Survey) -> Result<Vec<Table<'r>>, IntakeError> {
        let forced = std::mem::take(&mut self.forced);
        let tables = self.unforced(survey);
        self.forced = forced;
        tables
    }

    fn unforced(&mut self, survey: &Survey) -> Result<Vec<Table<'r>>, IntakeError> {
        let sections = &survey.sections;
        let whole = self.recognise(&survey.head, None, None)?;
        let mut tables: Vec<Table<'r>> = Vec::new();
        if whole.def.is_some() {
            let row = whole.header.row;
            let section = sections.iter().find(|s| s.header == row);
            let titles = section.map(|s| above(&s.rows, row)).unwrap_or_default();
            tables.push(Table { first_row: section.map_or(row, Section::first_row), titles, found: whole });
        }
        for section in sections {
            let near = |t: &Table<'_>| {
                (t.found.header.row.saturating_sub(1)..=t.found.header.row + t.found.header.rows)
                    .contains(&section.header)
            };
            if tables.iter().any(near) {
                continue;
            }
            let found = self.recognise(&section.rows, Some(section.header), None)?;
            if found.def.is_some() {
                let titles = above(&section.rows, section.header);
                tables.push(Table { first_row: section.first_row(), titles, found });
            }
        }
        tables.sort_by_key(|t| t.found.header.row);
        // Whatever stands above the first table is its title.
        if let Some(first) = tables.first_mut() {
            first.titles = above(&survey.head, first.found.header.row);
        }
        let mut seen: Option<Identity> = None;
        tables.retain(|t| {
            let own = Identity::of(&t.found, &t.titles);
            let is_new = seen.as_ref().is_none_or(|s| own.begins_after(s));
            if is_new {
                seen = Some(own);
            }
            is_new
        });
        Ok(tables)
    }

    /// The plan of one table.
    fn table(&mut self, table: Table<'r>, end_row: Option<u32>) -> Result<SheetPlan, IntakeError> {
        let Table { titles, found, .. } = table;
        let Header { row, rows, texts } = found.header;
        let scan = self.source.scan(self.sheet)?;
        let columns = texts.into_iter().map(|(index, header)| SheetColumn {
            index,
            header,
            hidden: scan.is_hidden_column(index),
        });
        let mut plan = self.blank(columns.collect());
        plan.dataset = found.def.map(|d| d.key.clone());
        plan.candidates = found.candidates;
        plan.confidence = found.confidence;
        (plan.header_row, plan.header_rows, plan.end_row) = (row, rows, end_row);
        if !found.tied.is_empty() {
            plan.asks.push(Ask::Dataset(found.tied));
        }
        let records = titles.iter().filter(|t| t.cells.len() >= RECORD_CELLS).count();
        if let (Some(_), Ok(rows @ ABOVE..)) = (found.def, u32::try_from(records)) {
            plan.asks.push(Ask::Above(rows));
        }
        self.complete(&mut plan, found.def, &titles)?;
        continued::settle(&mut self.again(), &mut plan)?;
        Ok(plan)
    }

    /// A plan of which nothing but the columns is known.
    pub(super) fn blank(&self, columns: Vec<SheetColumn>) -> SheetPlan {
        SheetPlan {
            sheet: self.sheet.to_owned(),
            hidden_sheet: self.hidden,
            dataset: None,
            candidates: Vec::new(),
            confidence: 0,
            asks: Vec::new(),
            header_row: 0,
            header_rows: 0,
            end_row: None,
            continues: None,
            mapping: Vec::new(),
            filled: Vec::new(),
            fixed: Vec::new(),
            unmapped: columns.iter().map(|c| c.header.clone()).collect(),
            missing_required: Vec::new(),
            samples: Vec::new(),
            preview: Vec::new(),
            rows: 0,
            more_rows: false,
            hidden_rows: None,
            columns,
            words: self.words.clone(),
        }
    }

    /// Maps, fills, looks at the rows.
    pub(super) fn complete(
        &mut self,
        plan: &mut SheetPlan,
        def: Option<&DatasetDef>,
        titles: &[HeadRow],
    ) -> Result<(), IntakeError> {
        if let Some(def) = def {
            assign::assign(plan, def, self.request.forced);
            fill::fill(plan, def, self.request.forced, &fill::Outside { sheet: self.sheet, titles });
        }
        let context = Context {
            window: Window::new(self.request.as_of),
            shift: self.source.epoch_shift(),
            max_chars: self.source.limits().max_cell_chars,
        };
        sample::look(self.source, plan, def, self.request.forced, &context)?;
        plan.asks.extend(plan.missing_required.iter().cloned().map(Ask::Required));
        Ok(())
    }

    pub(super) fn source(&mut self) -> &mut Source {
        self.source
    }

    pub(super) fn sheet(&self) -> &'s str {
        self.sheet
    }

    pub(super) fn request(&self) -> &'r PlanRequest<'r> {
        self.request
    }
}
