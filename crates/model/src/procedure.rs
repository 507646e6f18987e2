//! Audit procedures: words, parameters and SQL, all data; and what a run of one produced.

use crate::clause::{ClauseId, Strength};
use crate::date::{Moment, Period};
use crate::import::{Completeness, FilledColumn, ListOrigin, MappedColumn};
use crate::tri::Tri;
use jiff::civil::Date;

/// A parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamValue {
    /// Whole number.
    Int(i64),
    /// Decimal number.
    Num(f64),
    /// Yes or no.
    Bool(bool),
    /// Text.
    Text(String),
    /// List of texts; in SQL a JSON array for `json_each`.
    List(Vec<String>),
}

/// A parameter with the clause it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Key; in SQL `:key`.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// Unit, zh-TW (`個月`), may be empty.
    pub unit: String,
    /// Default.
    pub value: ParamValue,
    /// Least and greatest value that an examiner may set; `None` for what is no number.
    pub range: Option<(f64, f64)>,
    /// The clause that sets the default; `None` marks our own proposal.
    pub clause: Option<ClauseId>,
}

/// A parameter as used by a run: the snapshot that is kept with it.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamUse {
    /// Key.
    pub key: String,
    /// Value used.
    pub value: ParamValue,
    /// Reason, when the examiner changed the default.
    pub override_reason: Option<String>,
}

/// A dataset that a procedure reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetNeed {
    /// Dataset key.
    pub dataset: String,
    /// Columns without which it is not runnable.
    pub columns: Vec<String>,
    /// Whether the procedure runs without it (rules that need it do not).
    pub optional: bool,
}

/// What a rule's rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleVerdict {
    /// An exception.
    Exception,
    /// The data cannot tell.
    Unknown,
    /// Worth a look, no exception.
    Lead,
}

/// One rule: a query whose rows are exceptions, unknowns or leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Id within the procedure (`1`, `2a`).
    pub id: String,
    /// zh-TW name of the wrong pattern.
    pub title: String,
    /// What its rows are.
    pub verdict: RuleVerdict,
    /// Clauses that a row breaches.
    pub clauses: Vec<ClauseId>,
    /// Strength of the duty: a row of a `Should` rule leads to a recommendation, not a deficiency.
    pub strength: Strength,
    /// Dataset whose row (`_id`) each result row names.
    pub subject: String,
    /// Datasets and columns that this rule needs beyond the procedure's required ones.
    pub needs: Vec<DatasetNeed>,
    /// Names of the fragments that the query needs, each behind those that it needs itself.
    pub uses: Vec<String>,
    /// The query. Selects `_id` of a subject row and any of the procedure's output columns.
    pub sql: String,
}

/// A query that rules share, computed once a run and read by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Name.
    pub name: String,
    /// Query; it may read fragments that stand before it.
    pub sql: String,
}

/// What a picture of a procedure shows, and so what its query yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// 日曆: days of lanes. `lane`, `from_day`, `to_day`, `state`: `due`, `kept`, `missing` or `unclear`.
    Strip,
    /// 久暫: ages up to the as-of date. `days` or `state` (`never`, `missing`, `unreadable`, `after`), and `limit_days`.
    Ages,
    /// 分布: numbers by lane. `lane`, `value`.
    Spread,
}

/// A picture of what a procedure looks at, from its own fragments and parameters, so that it never says other than they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Key within the procedure.
    pub key: String,
    /// Kind.
    pub kind: PictureKind,
    /// zh-TW title.
    pub title: String,
    /// Clauses that it is about: without one that binds there is no picture.
    pub clauses: Vec<ClauseId>,
    /// What is counted or measured, zh-TW (`日`, `個帳號`, `毫秒`).
    pub unit: String,
    /// Parameter that sets the limit to be drawn.
    pub limit: Option<String>,
    /// Upper limits of the bars (`Ages`), in days, rising.
    pub bounds: Vec<i64>,
    /// Parameter with the days off (`Strip`).
    pub holidays: Option<String>,
    /// Parameter that says whether every day counts, not only working days (`Strip`).
    pub every_day: Option<String>,
    /// Whether a lane names a person or an account: it leaves masked.
    pub personal: bool,
    /// Datasets and columns that it needs beyond the procedure's required ones.
    pub needs: Vec<DatasetNeed>,
    /// Names of the fragments that the query needs.
    pub uses: Vec<String>,
    /// The query. Selects `_id` of the row that a row of its result comes from, and what the kind wants.
    pub sql: String,
}

/// An output column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutColumn {
    /// Key as selected by the rules.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
}

/// The population that a procedure looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// Dataset.
    pub dataset: String,
    /// zh-TW words for what is counted (`啟用中之非客戶帳號`).
    pub zh: String,
    /// Names of the fragments that the query needs.
    pub uses: Vec<String>,
    /// Query with one number.
    pub sql: String,
}

/// An audit procedure: one file of `checklists/procedures/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Id (`T-COL-05`).
    pub id: String,
    /// zh-TW title.
    pub title: String,
    /// Family heading, zh-TW (`主機共置`).
    pub family: String,
    /// 查核目的.
    pub purpose: String,
    /// 程序, one sentence a step.
    pub steps: Vec<String>,
    /// Clauses tested.
    pub clauses: Vec<ClauseId>,
    /// When the procedure makes sense at all; not applicable when No.
    pub applies: crate::Predicate,
    /// Datasets.
    pub needs: Vec<DatasetNeed>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// What the queries share.
    pub fragments: Vec<Fragment>,
    /// Name of the fragment by which the equipment count finds its devices; `None` for a procedure that reads no count.
    pub count: Option<String>,
    /// Population.
    pub population: Population,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Pictures.
    pub pictures: Vec<Picture>,
    /// Output columns.
    pub columns: Vec<OutColumn>,
    /// 注意事項: why a row may be no deficiency after all.
    pub cautions: Vec<String>,
}

/// Where a procedure that an examiner wrote is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnScope {
    /// In one exam.
    Exam,
    /// In the vault, for every exam.
    Organisation,
}

impl OwnScope {
    /// What the ids of its procedures begin with.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Exam => "X-",
            Self::Organisation => "O-",
        }
    }

    /// The scope that an id tells; `None` for a procedure of the checklists.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        [Self::Exam, Self::Organisation].into_iter().find(|scope| id.starts_with(scope.prefix()))
    }
}

/// One version of a procedure that an examiner wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProcedure {
    /// Id (`X-01`, `O-01`); never used again for another.
    pub id: String,
    /// Its file.
    pub text: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Whether this version withdraws it.
    pub withdrawn: bool,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Verdict of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RunVerdict {
    /// At least one exception.
    Exceptions,
    /// Every rule ran on a population that is not empty nor known to be incomplete, and found nothing.
    Pass,
    /// The data cannot tell.
    Unknown,
    /// Does not apply to this firm.
    NotApplicable,
    /// A required dataset or column is missing.
    NotRunnable,
}

/// What one rule did in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// Rule id.
    pub rule: String,
    /// Rows found; `None` when it could not run.
    pub rows: Option<u64>,
    /// What it lacked (`personnel.leave_date`).
    pub missing: Vec<String>,
}

/// A table of a firm's file as a run read it: what it takes to read the same rows again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSheet {
    /// Number of the table within the exam.
    pub id: i64,
    /// Dataset key.
    pub dataset: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// Row of the header, from 1; 0 without one.
    pub header_row: u32,
    /// Last row of the table; `None` to the end of the sheet.
    pub end_row: Option<u32>,
    /// Which list it is.
    pub origin: Option<ListOrigin>,
    /// Rows stored.
    pub rows: u64,
    /// Rows as the firm stated them.
    pub declared_rows: Option<u64>,
    /// Mapping of the columns.
    pub mapping: Vec<MappedColumn>,
    /// Columns with one value for the whole table.
    pub filled: Vec<FilledColumn>,
}

/// What it takes to run a kept run again.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunRecord {
    /// Version of the engine; 0 for a run kept before engines had one.
    pub engine: u32,
    /// Whether the procedure applied to the firm.
    pub applies: Tri,
    /// Name of the firm.
    pub firm: String,
    /// Clauses of the procedure that did not bind the firm.
    pub not_binding: Vec<ClauseId>,
    /// Tables read, by dataset, file, sheet and place.
    pub sheets: Vec<ReadSheet>,
    /// SHA-256 over the tables of the population and its size, lower-case hex: equal exactly when the same bytes were
    /// read in the same way. Empty where no query was asked.
    pub population_sha256: String,
}

/// A run of a procedure, kept for ever.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// Procedure id.
    pub procedure: String,
    /// SHA-256 of the procedure's file, lower-case hex.
    pub procedure_sha256: String,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// As-of date used.
    pub as_of: Date,
    /// Period used.
    pub period: Period,
    /// Parameters used.
    pub parameters: Vec<ParamUse>,
    /// Verdict.
    pub verdict: RunVerdict,
    /// Population size; `None` when not runnable.
    pub population: Option<u64>,
    /// Completeness of the population.
    pub completeness: Completeness,
    /// Rows that are exceptions, counted once however many rules hit them.
    pub exceptions: u64,
    /// Rows that are unknown.
    pub unknown: u64,
    /// Leads.
    pub leads: u64,
    /// What was missing.
    pub missing: Vec<String>,
    /// Rule by rule.
    pub rules: Vec<RuleOutcome>,
    /// SHA-256 of every input file used, lower-case hex, sorted.
    pub inputs: Vec<String>,
    /// What it takes to run it again.
    pub record: RunRecord,
}
