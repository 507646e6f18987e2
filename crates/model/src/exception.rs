//! Exceptions are leads; a person disposes of them.

use crate::clause::ClauseId;
use crate::date::Moment;
use crate::import::RowRef;
use crate::procedure::RuleVerdict;

/// What makes an exception the same exception in a later run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExceptionKey {
    /// Procedure id.
    pub procedure: String,
    /// Rule id.
    pub rule: String,
    /// Row.
    pub source: RowRef,
}

/// 處置.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DispositionKind {
    /// 確認: only these can feed a finding.
    Confirmed,
    /// 合理說明.
    Explained,
    /// 誤判.
    FalsePositive,
    /// 待釐清.
    Open,
}

/// A disposition by an examiner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposition {
    /// Kind.
    pub kind: DispositionKind,
    /// Note; required for anything but 待釐清.
    pub note: String,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// How a row like this one was disposed of in an earlier exam of the firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedDisposition {
    /// Procedure id.
    pub procedure: String,
    /// Rule id.
    pub rule: String,
    /// The row, as [`DatasetDef::row_name`](crate::DatasetDef::row_name) of the rule's subject names it.
    pub row: String,
    /// What was decided.
    pub disposition: Disposition,
}

/// One row of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceptionRow {
    /// Row number within the exam's store; 0 before it is stored.
    pub id: i64,
    /// Run number.
    pub run: i64,
    /// Procedure, rule, source.
    pub key: ExceptionKey,
    /// Exception, unknown or lead.
    pub verdict: RuleVerdict,
    /// Clauses breached.
    pub clauses: Vec<ClauseId>,
    /// Output values: column key and text; `None` when the source had none.
    pub values: Vec<(String, Option<String>)>,
    /// Disposition, when there is one.
    pub disposition: Option<Disposition>,
}
