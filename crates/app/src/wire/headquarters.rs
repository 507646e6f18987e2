//! 總部: exams of many firms compared.

use super::dashboard::ResultCountView;
use super::finding::EarlierFindingView;
use super::words::{FindingStatusWord, SeverityWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is looked at. Everything that is left empty is not narrowed.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct HeadquartersRequest {
    /// First year of as-of dates, of the common era; `null` for the earliest.
    pub from_year: Option<i16>,
    /// Last year of as-of dates; `null` for the latest.
    pub to_year: Option<i16>,
    /// Part of a firm's name.
    pub firm: String,
    /// Code of a document.
    pub document: String,
    /// Title of a chapter of it.
    pub chapter: String,
    /// Findings of this severity; `null` for all.
    pub severity: Option<SeverityWord>,
    /// Findings of this status; `null` for all that were reviewed.
    pub status: Option<FindingStatusWord>,
    /// The day for which overdue is told, or empty for today.
    pub as_of: String,
}

/// Writes what is looked at as a workbook.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HeadquartersBookRequest {
    /// What is looked at.
    pub chosen: HeadquartersRequest,
    /// The file.
    pub path: String,
}

/// Writes what is looked at as tables for machines.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HeadquartersTablesRequest {
    /// What is looked at.
    pub chosen: HeadquartersRequest,
    /// The folder.
    pub path: String,
    /// Numbers in place of names.
    pub pseudonyms: bool,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ShareView {
    /// How many.
    pub n: u32,
    /// Of how many; 0 where nothing is known.
    pub of: u32,
}

/// Results of items.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ResultsView {
    /// Items that bind the firms or may.
    pub items: u32,
    /// Those of them that were examined.
    pub examined: u32,
    /// Items that are met, of those that were judged.
    pub compliant: ShareView,
    /// Items without data or not examined.
    pub unknown: u32,
    /// Items by result; results without items are left out.
    pub counts: Vec<ResultCountView>,
}

/// Sums over all exams.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeadquartersTotalsView {
    /// Exams.
    pub exams: u32,
    /// Firms.
    pub firms: u32,
    /// Exams of which no results were collected.
    pub unknown_exams: u32,
    /// Items of the other exams.
    pub results: ResultsView,
    /// Findings that stand.
    pub findings: u32,
    /// Findings that nobody reviewed yet; they are in no other figure.
    pub drafts: u32,
    /// Findings that ask a measure and are not closed.
    pub open: u32,
    /// Those of them whose measure is overdue.
    pub overdue: u32,
    /// Those of them for which the firm owes something and gave no day.
    pub undated: u32,
    /// Findings that repeat an earlier one.
    pub repeats: u32,
}

/// Findings of one grade that ask a measure.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GradeView {
    /// Grade.
    pub severity: SeverityWord,
    /// Findings.
    pub findings: u32,
    /// Closed ones.
    pub closed: u32,
    /// Others, without the overdue ones.
    pub open: u32,
    /// Overdue ones.
    pub overdue: u32,
}

/// A firm beside others.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FirmFiguresView {
    /// Its name in its last exam.
    pub firm: String,
    /// What kind of firm it is, in words.
    pub kind: String,
    /// Its exams.
    pub exams: u32,
    /// Its last exam.
    pub last_exam: String,
    /// 查核案號 of that.
    pub last_case_no: String,
    /// 查核基準日 of that.
    pub last_as_of: String,
    /// Results of that; `null` when they were not collected.
    pub results: Option<ResultsView>,
    /// Findings of all its exams by severity, gravest first.
    pub by_severity: [u32; 4],
    /// Those that ask a measure and are not closed.
    pub open: u32,
    /// Those of them whose measure is overdue.
    pub overdue: u32,
    /// Those that repeat an earlier one.
    pub repeats: u32,
}

/// A clause in a year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClauseFiguresView {
    /// Year, of the common era.
    pub year: i16,
    /// Clause.
    pub clause: String,
    /// Its official label; empty where no checklist of the program has it.
    pub label: String,
    /// The document's title.
    pub document: String,
    /// Firms with a finding that cites it.
    pub firms: u32,
    /// Exams with such a finding.
    pub exams: u32,
    /// Such findings.
    pub findings: u32,
    /// Exams in which it was not, or not wholly, met, of those that judged it.
    pub failed: ShareView,
}

/// A finding and what it repeats.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RepeatedView {
    /// The exam of the latest.
    pub exam: String,
    /// Its number within the exam.
    pub no: u32,
    /// 受查單位.
    pub firm: String,
    /// Severity of the latest.
    pub severity: SeverityWord,
    /// Status of the latest.
    pub status: FindingStatusWord,
    /// Clauses of the latest.
    pub clauses: Vec<String>,
    /// The latest, then what it repeats, and so on.
    pub chain: Vec<EarlierFindingView>,
}

/// A measure whose day is over.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OverdueView {
    /// The exam.
    pub exam: String,
    /// Number of the finding within it.
    pub no: u32,
    /// 受查單位.
    pub firm: String,
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// Severity.
    pub severity: SeverityWord,
    /// Status.
    pub status: FindingStatusWord,
    /// 負責人; may be empty.
    pub owner: String,
    /// 預計完成日.
    pub due: String,
    /// Days from then to the as-of date.
    pub days: u32,
}

/// A year beside others.
#[derive(Debug, Clone, Serialize, TS)]
pub struct YearFiguresView {
    /// Year, of the common era.
    pub year: i16,
    /// Exams.
    pub exams: u32,
    /// Firms.
    pub firms: u32,
    /// Exams of which no results were collected.
    pub unknown_exams: u32,
    /// Items of the other exams.
    pub results: ResultsView,
    /// Findings by severity, gravest first.
    pub by_severity: [u32; 4],
    /// Findings that were closed, of those that ask a measure.
    pub closed: ShareView,
    /// Findings whose measure is overdue.
    pub overdue: u32,
    /// Findings that repeat an earlier one.
    pub repeats: u32,
}

/// A document that can be chosen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChosenDocumentView {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Titles of its chapters.
    pub chapters: Vec<String>,
}

/// The figures of a headquarters. Long lists are cut; `shown` and `all` tell.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeadquartersView {
    /// The day for which overdue is told.
    pub as_of: String,
    /// Years of all exams in the vault, the earliest first.
    pub all_years: Vec<i16>,
    /// Names of all firms in the vault.
    pub all_firms: Vec<String>,
    /// Documents that can be chosen.
    pub documents: Vec<ChosenDocumentView>,
    /// Sums.
    pub totals: HeadquartersTotalsView,
    /// Findings that ask a measure by severity, gravest first.
    pub grades: Vec<GradeView>,
    /// Firms, those with the most overdue measures first.
    pub firms: Vec<FirmFiguresView>,
    /// Clauses that findings cite, the latest year first, in it the clause of the most firms first; some of each year.
    pub clauses: Vec<ClauseFiguresView>,
    /// How many there are in all years.
    pub clauses_all: u32,
    /// Findings that repeat others, the longest chain first.
    pub repeats: Vec<RepeatedView>,
    /// How many there are.
    pub repeats_all: u32,
    /// Measures whose day is over, the longest first.
    pub overdue: Vec<OverdueView>,
    /// How many there are.
    pub overdue_all: u32,
    /// Years, the earliest first.
    pub years: Vec<YearFiguresView>,
}

/// What came of collecting results again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct HeadquartersRenewedView {
    /// Exams whose results were collected.
    pub renewed: u32,
    /// Exams that could not be opened.
    pub failed: u32,
}
