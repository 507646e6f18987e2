//! Document values to bytes: Excel working papers, PDF documents, a Word report, OSCAL documents, plain tables and tables
//! for machines.
//!
//! `build` turns a [`Dossier`] into document values (`doc`), `render` turns those into bytes. The same dossier
//! gives the same bytes on every machine: time stamps, names and fonts are handed in.

mod build;
mod codes;
mod content;
mod doc;
mod dossier;
mod error;
mod headquarters;
mod proof;
mod render;
mod request;
mod words;

pub use build::paper::tests::{RECORD_LINE, RECORD_SHEET};
pub use build::placeholder::{PlaceholderHelp, Values, placeholders};
pub use codes::{finding_status as finding_status_code, severity as severity_code};
pub use content::{PaperContent, exam_content_sha256, paper_contents};
pub use dossier::{
    DocumentHead, Dossier, EarlierExam, FactLine, FindingFigure, FindingPaper, ItemLine, PaperHash,
    SignedPaper, TeamPaper, TestPaper,
};
pub use error::ReportError;
pub use fieldbook_model::ChapterFigures;
pub use headquarters::{
    ClauseFigures, CollectedExam, CollectedFinding, Collection, FirmFigures, GradeFigures, Headquarters,
    HeadquartersHead, KnownExam, Overdue, Repeated, Results, Share, TableColumn, TablesHead, Totals,
    YearFigures,
};
pub use proof::{Missing, MissingKind, prove_papers};
pub use render::template::{Filled, Found, Place, TemplateCheck, TemplateError, TemplateKind, Unfilled};
pub use request::{
    AwaitedLine, CountLine, CountPaper, Dictionary, ExamHead, FieldSheetPaper, Receipt, ReceivedPaper,
    RequestLine, RequestList, SamplePaper, TemplateHead,
};
pub use words::finding_status;

use fieldbook_model::{DatasetDef, Moment};
use render::file_name;
use render::pdf::Faces;
use render::xlsx::set::Set;
use std::collections::BTreeSet;

/// One exported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFile {
    /// File name without folders, safe on every system (`T-COL-05 廠商持有最高權限.xlsx`).
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// The TrueType fonts that a report is set in.
#[derive(Debug, Clone, Copy)]
pub struct Fonts<'a> {
    /// Regular weight.
    pub regular: &'a [u8],
    /// Bold weight.
    pub bold: &'a [u8],
    /// Fonts for characters that these two do not have, asked in this order; may be none. One that is no TrueType font
    /// is left out.
    pub fallback: &'a [&'a [u8]],
}

/// The set of Excel working papers (查核工作底稿), the cover first, then in the order of their numbers.
///
/// # Errors
/// When the spreadsheet writer refuses a paper.
pub fn working_papers(dossier: &Dossier) -> Result<Vec<PaperFile>, ReportError> {
    let books = build::workbooks(dossier);
    books.iter().map(|book| of_set(&books, book)).collect()
}

/// One paper of the set by its number, the same file as [`working_papers`] makes; `None` where there is no such paper.
///
/// # Errors
/// When the spreadsheet writer refuses it.
pub fn working_paper(dossier: &Dossier, paper: &str) -> Result<Option<PaperFile>, ReportError> {
    let books = build::workbooks(dossier);
    books.iter().find(|book| book.paper == paper).map(|book| of_set(&books, book)).transpose()
}

fn of_set(books: &[doc::Workbook], book: &doc::Workbook) -> Result<PaperFile, ReportError> {
    let bytes = render::xlsx::bytes_in(Set(books), book)?;
    Ok(PaperFile { name: file_name(&book.paper, &book.title, "xlsx"), bytes })
}

/// What the set of working papers consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperHead {
    /// 底稿編號 (`T-COL-05`).
    pub paper: String,
    /// Title.
    pub title: String,
    /// Its sheets; a table that is too long for one goes on in others.
    pub sheets: Vec<String>,
}

/// The papers that [`working_papers`] makes, in its order.
#[must_use]
pub fn paper_heads(dossier: &Dossier) -> Vec<PaperHead> {
    let head = |book: doc::Workbook| PaperHead {
        paper: book.paper,
        title: book.title,
        sheets: book.sheets.into_iter().map(|sheet| sheet.name).collect(),
    };
    build::workbooks(dossier).into_iter().map(head).collect()
}

/// The report as PDF (查核報告), with embedded subset fonts.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn report_pdf(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    printed(dossier, fonts, build::report)
}

/// One finding as PDF, as [`report_pdf`] prints it in its second part; `None` where the report leaves it out.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn finding_pdf(dossier: &Dossier, no: i64, fonts: &Fonts<'_>) -> Result<Option<Vec<u8>>, ReportError> {
    let Some(report) = build::one_finding(dossier, no) else { return Ok(None) };
    render::pdf::bytes(&report, &Faces::read(fonts)?).map(Some)
}

/// The assessment report of information and communication systems as PDF (資通系統資通安全評估報告), in ten parts.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn assessment_pdf(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    printed(dossier, fonts, build::assessment)
}

/// The confirmation of findings for the exit meeting as PDF (查核發現確認單), to be signed by both sides.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn confirmation_pdf(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    render::pdf::bytes(&build::confirmation(dossier), &Faces::read(fonts)?)
}

/// The follow-up sheet as PDF (追蹤覆查表): replies, measures, dates and reviews; what is overdue on the day of
/// [`Dossier::printed_at`] is marked.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn follow_up_pdf(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    render::pdf::bytes(&build::follow_up(dossier), &Faces::read(fonts)?)
}

/// The report as a Word document (查核報告), for editing: real styles, tables and fields, the same texts as the PDF.
///
/// # Errors
/// When the document cannot be put together.
pub fn report_docx(dossier: &Dossier) -> Result<Vec<u8>, ReportError> {
    render::docx::bytes(&build::report_to_edit(dossier))
}

/// A document that names the characters that no font has.
fn printed(
    dossier: &Dossier,
    fonts: &Fonts<'_>,
    build: fn(&Dossier, &[char]) -> doc::Report,
) -> Result<Vec<u8>, ReportError> {
    let faces = Faces::read(fonts)?;
    let missing = missing(&build(dossier, &[]), &faces);
    render::pdf::bytes(&build(dossier, &missing), &faces)
}

/// The request list (調閱資料清單, 底稿編號 D): first as .xlsx, to be edited, then as .pdf.
///
/// # Errors
/// When a font is unreadable or one of the writers fails.
pub fn request_list(list: &RequestList, fonts: &Fonts<'_>) -> Result<Vec<PaperFile>, ReportError> {
    use build::request::{PAPER, TITLE, paper, workbook};
    let sheets = render::xlsx::bytes(&workbook(list))?;
    let print = render::pdf::bytes(&paper(list), &Faces::read(fonts)?)?;
    let file = |ending, bytes| PaperFile { name: file_name(PAPER, TITLE, ending), bytes };
    Ok(vec![file("xlsx", sheets), file("pdf", print)])
}

/// The receipt for the files that were handed over (資料收受清單, 底稿編號 D-02), with places to sign: .xlsx and .pdf.
///
/// # Errors
/// When a font is unreadable or one of the writers fails.
pub fn receipt(receipt: &Receipt, fonts: &Fonts<'_>) -> Result<Vec<PaperFile>, ReportError> {
    use build::receipt::{PAPER, TITLE, paper, workbook};
    let sheets = render::xlsx::bytes(&workbook(receipt))?;
    let print = render::pdf::bytes(&paper(receipt), &Faces::read(fonts)?)?;
    let file = |ending, bytes| PaperFile { name: file_name(PAPER, TITLE, ending), bytes };
    Ok(vec![file("xlsx", sheets), file("pdf", print)])
}

/// The sampling sheet (抽樣工作表) as .xlsx, to be filled in and imported again.
///
/// # Errors
/// When the spreadsheet writer refuses a text.
pub fn sampling_sheet(paper: &SamplePaper) -> Result<PaperFile, ReportError> {
    use build::sample::{TITLE, workbook};
    let bytes = render::xlsx::bytes(&workbook(paper))?;
    Ok(PaperFile { name: file_name(&paper.number(), TITLE, "xlsx"), bytes })
}

/// The sheet of the equipment count (主機共置設備盤點表) as .xlsx, to be printed or kept.
///
/// # Errors
/// When the spreadsheet writer refuses a text.
pub fn count_sheet(paper: &CountPaper) -> Result<PaperFile, ReportError> {
    use build::count::{TITLE, workbook};
    let bytes = render::xlsx::bytes(&workbook(paper))?;
    Ok(PaperFile { name: file_name(&paper.paper, TITLE, "xlsx"), bytes })
}

/// The data dictionary (資料字典): every dataset, column, choice and word for no value, as .xlsx.
///
/// # Errors
/// When the spreadsheet writer refuses a text.
pub fn data_dictionary(dictionary: &Dictionary) -> Result<PaperFile, ReportError> {
    use build::dictionary::{TITLE, workbook};
    let bytes = render::xlsx::bytes(&workbook(dictionary))?;
    Ok(PaperFile { name: file_name("", TITLE, "xlsx"), bytes })
}

/// A sheet for the machine room as PDF: the items that apply or may apply, verbatim, with boxes to tick.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn field_sheet(paper: &FieldSheetPaper, fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    render::pdf::bytes(&build::field::paper(paper), &Faces::read(fonts)?)
}

/// The blank workbook of one dataset (`D01 帳號清冊.xlsx`): its headings are our own names of the columns.
///
/// # Errors
/// When the spreadsheet writer refuses a text.
pub fn dataset_template(def: &DatasetDef, head: &TemplateHead) -> Result<PaperFile, ReportError> {
    let bytes = render::xlsx::template::bytes(def, head)?;
    Ok(PaperFile { name: file_name(&def.code, &def.zh, "xlsx"), bytes })
}

/// The blank workbooks of several datasets, in their order.
///
/// # Errors
/// When the spreadsheet writer refuses a text.
pub fn dataset_templates(defs: &[DatasetDef], head: &TemplateHead) -> Result<Vec<PaperFile>, ReportError> {
    defs.iter().map(|def| dataset_template(def, head)).collect()
}

/// A checklist to be edited in a spreadsheet program and handed back: one sheet 檢查表 with the headings in row 1.
/// Columns are heading, whether it may be edited, and width in half-width characters; those that may not are shaded
/// and locked, without a password. `title` names the file.
///
/// # Errors
/// When the spreadsheet writer refuses a text; none is cut.
pub fn checklist_book(
    columns: &[(String, bool, u16)],
    rows: &[Vec<String>],
    title: &str,
    printed_at: Moment,
) -> Result<PaperFile, ReportError> {
    let bytes = render::xlsx::round_trip::bytes(columns, rows, title, printed_at)?;
    Ok(PaperFile { name: file_name("", title, "xlsx"), bytes })
}

/// The assessment results of the exam in OSCAL 1.1.3 (assessment-results, JSON). Every clause is a control by its own
/// id, with an objective `<clause>_obj`; a finding says of each answered item whether it is satisfied, another one what
/// the examiners found. What OSCAL has no word for (`partial`, `not_applicable` …) is a property of the namespace
/// `https://fieldbook.invalid/ns/oscal`. An item that nobody answered is claimed neither way. Values of the firm's rows are left out,
/// their places are in.
///
/// # Errors
/// When the document, read again, lacks something of the dossier.
pub fn oscal_assessment_results(dossier: &Dossier) -> Result<Vec<u8>, ReportError> {
    let bytes = render::json::bytes(&build::oscal::assessment_results(dossier));
    build::oscal::prove_results(dossier, &read_again(&bytes)?)?;
    Ok(bytes)
}

/// The plan of action and milestones in OSCAL 1.1.3 (plan-of-action-and-milestones, JSON): every finding that stands
/// and is no praise, with its risk, the recommendation, and the firm's reply, measure, owner and date where it replied.
/// The same thing has the same UUID as in the assessment results.
///
/// # Errors
/// When there is no such finding; when the document, read again, lacks something of the dossier.
pub fn oscal_poam(dossier: &Dossier) -> Result<Vec<u8>, ReportError> {
    let bytes = render::json::bytes(&build::oscal::poam(dossier)?);
    build::oscal::prove_plan(dossier, &read_again(&bytes)?)?;
    Ok(bytes)
}

fn read_again(bytes: &[u8]) -> Result<serde_json::Value, ReportError> {
    serde_json::from_slice(bytes).map_err(|_| ReportError::Incomplete { what: "the form of JSON" })
}

/// Every finding as CSV for spreadsheets: UTF-8 with a byte order mark, RFC 4180, a heading and words in zh-TW, ROC
/// dates; several things in one cell are parted by 、. A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return has an apostrophe before it, so that nothing of it is ever calculated.
#[must_use]
pub fn findings_csv(dossier: &Dossier) -> Vec<u8> {
    csv(&build::flat::findings(dossier))
}

/// Every answer as CSV, as [`findings_csv`]: a row for each unit and system that is answered on its own, and for the
/// items that nobody answered.
#[must_use]
pub fn answers_csv(dossier: &Dossier) -> Vec<u8> {
    csv(&build::flat::answers(dossier))
}

fn csv(table: &build::flat::Flat) -> Vec<u8> {
    render::csv::bytes(&table.heading(), &table.in_words())
}

/// Every finding as JSON for machines: `{"format": "fieldbook/1/findings", "exam", "firm", "case_no", "as_of", "draft",
/// "printed_at", "findings": […]}`. A finding has always the same keys: `number` `no` `kind` `title` `condition`
/// `clauses` `criteria` (`clause` `label` `document` `edition` `text`) `cause` `effect` `severity` `category`
/// `recommendation` `objects` `exceptions` `population` `rows` (`procedure` `rule` `file` `file_sha256` `sheet` `row`
/// `values` `disposition` `note`) `papers` `evidence` `repeat_of` `status` `by` `at` `agreement` `reply` `reply_cause`
/// `reply_impact` `reply_liability` `measure` `owner` `due` `signer` `signed_on` `reply_by` `reply_at` `follow_ups`
/// (`on` `reviewer` `result` `note` `evidence` `run` `by` `at`). Dates are ISO 8601, times with Taipei's offset; what
/// there is not is `null`.
#[must_use]
pub fn findings_json(dossier: &Dossier) -> Vec<u8> {
    render::json::bytes(&build::flat::findings(dossier).in_codes(dossier))
}

/// Every answer as JSON, as [`findings_json`], its list `answers`: `clause` `unit` `system` `label` `document` `chapter`
/// `text` `strength` `applicability` `reason` `result` `item_result` `method` `mode` `note` `paper` `awaited` `origin`
/// `by` `at`; rows as in [`answers_csv`].
#[must_use]
pub fn answers_json(dossier: &Dossier) -> Vec<u8> {
    render::json::bytes(&build::flat::answers(dossier).in_codes(dossier))
}

/// Exams of many firms compared (總部彙整) as .xlsx, a sheet for each table.
///
/// # Errors
/// When the spreadsheet writer refuses a text.
pub fn headquarters_book(figures: &Headquarters, head: &HeadquartersHead) -> Result<PaperFile, ReportError> {
    use build::headquarters::{TITLE, workbook};
    let bytes = render::xlsx::bytes(&workbook(figures, head))?;
    Ok(PaperFile { name: file_name("", TITLE, "xlsx"), bytes })
}

/// What kind of firm it is, in words.
#[must_use]
pub fn firm_kind(kind: fieldbook_model::FirmKind) -> String {
    build::headquarters::kind(kind)
}

/// What was collected of many exams as Parquet, a file for each table, and `SCHEMA.md`, which says what the columns mean. The
/// files' own keys and values say the version of the tables (`fieldbook.tables`), that of the program, the day
/// for which overdue is told, what was chosen, and whether names were replaced.
///
/// # Errors
/// When the writer refuses a table.
pub fn collected_tables(collection: &Collection, head: &TablesHead) -> Result<Vec<PaperFile>, ReportError> {
    let pair = |key: &str, value: String| (format!("fieldbook.{key}"), value);
    let mut said = vec![
        pair("tables", TABLES_VERSION.to_owned()),
        pair("version", head.version.clone()),
        pair("as_of", head.as_of.to_string()),
        pair("pseudonyms", head.pseudonyms.to_string()),
        pair("made_at", head.made_at.to_string()),
    ];
    said.extend(head.chosen.iter().map(|(name, value)| pair(&format!("chosen.{name}"), value.clone())));
    let file = |frame: &doc::Frame| {
        let bytes = render::parquet::bytes(frame, &said)?;
        Ok(PaperFile { name: format!("{}.parquet", frame.name), bytes })
    };
    let mut files =
        build::frames::frames(collection, head).iter().map(file).collect::<Result<Vec<_>, _>>()?;
    let schema = include_str!("../../../assets/analysis/SCHEMA.md");
    files.push(PaperFile { name: "SCHEMA.md".to_owned(), bytes: schema.as_bytes().to_vec() });
    Ok(files)
}

/// Version of the tables of [`collected_tables`]: another one when a column is taken away or means something else.
pub const TABLES_VERSION: &str = "fieldbook/1/headquarters";

/// The columns of [`collected_tables`], table by table.
#[must_use]
pub fn collected_columns() -> Vec<TableColumn> {
    let none = TablesHead {
        version: String::new(),
        as_of: jiff::civil::Date::constant(1970, 1, 1),
        chosen: Vec::new(),
        pseudonyms: false,
        made_at: jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
        labels: std::collections::BTreeMap::new(),
    };
    let columns = |frame: doc::Frame| {
        let table = frame.name;
        let column = move |(name, values): (&'static str, doc::Values)| TableColumn {
            table,
            name,
            ty: values.ty(),
            may_lack: values.may_lack(),
        };
        frame.columns.into_iter().map(column)
    };
    build::frames::frames(&Collection::default(), &none).into_iter().flat_map(columns).collect()
}

/// Fills a template that somebody else designed (.xlsx, .docx or .ods) with what the dossier says. Everything that no
/// placeholder touches stays as it is, byte for byte.
///
/// # Errors
/// When the file is none of these, is damaged, carries macros or a password, or its placeholders do not pair.
pub fn fill_template(bytes: &[u8], dossier: &Dossier) -> Result<Filled, TemplateError> {
    fill_template_with(bytes, &Values::of(dossier))
}

/// Fills a template like [`fill_template`], with values that the caller has added to.
///
/// # Errors
/// As [`fill_template`].
pub fn fill_template_with(bytes: &[u8], values: &Values) -> Result<Filled, TemplateError> {
    render::template::fill(bytes, values)
}

/// Looks at a template without an exam: every placeholder with its place, and why it could not be filled.
///
/// # Errors
/// When the file cannot be looked at at all: it is none of the formats, is damaged, carries macros or a password.
pub fn check_template(bytes: &[u8]) -> Result<TemplateCheck, TemplateError> {
    render::template::check(bytes)
}

/// Every character of the printed documents that the fonts lack, in order of code points; they print as 〓. To be
/// shown before an export.
///
/// # Errors
/// When a font is unreadable.
pub fn missing_glyphs(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<char>, ReportError> {
    let faces = Faces::read(fonts)?;
    let documents = [
        build::report(dossier, &[]),
        build::assessment(dossier, &[]),
        build::confirmation(dossier),
        build::follow_up(dossier),
    ];
    let missing: BTreeSet<char> = documents.iter().flat_map(|d| missing(d, &faces)).collect();
    Ok(missing.into_iter().collect())
}

fn missing(report: &doc::Report, faces: &Faces<'_>) -> Vec<char> {
    report.chars().into_iter().filter(|c| faces.lacks(*c)).collect()
}

#[cfg(test)]
mod tests;
