//! Exams of many firms: what was collected of them, and the figures that compare them.

use fieldbook_model::{
    ChapterFigures, ClauseId, ClauseResults, EarlierFinding, ExamId, FindingCourse, FindingStatus,
    FindingType, FirmKind, FollowUpResult, ItemResult, Moment, Period, Severity, SeverityScale,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a vault knows of its exams without opening one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collection {
    /// Exams, the earliest first.
    pub exams: Vec<CollectedExam>,
    /// Their findings that were not withdrawn, in the order of the exams and of their numbers.
    pub findings: Vec<CollectedFinding>,
}

/// An exam.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectedExam {
    /// Id.
    pub id: ExamId,
    /// 受查單位.
    pub firm: String,
    /// 查核案號, may be empty.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: Date,
    /// 查核期間.
    pub period: Period,
    /// `open`, `sealed` or `archived`.
    pub state: &'static str,
    /// Day of its report; `None` while it has none.
    pub report_on: Option<Date>,
    /// What follows from its own file; `None` when nobody opened it since that is collected.
    pub known: Option<KnownExam>,
}

/// What was collected from an exam's own file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnownExam {
    /// What kind of firm it is of.
    pub kind: FirmKind,
    /// Results by chapter, in the order of the checklists.
    pub chapters: Vec<ChapterFigures>,
    /// Results by clause.
    pub clauses: ClauseResults,
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectedFinding {
    /// The exam.
    pub exam: ExamId,
    /// Number within it.
    pub no: i64,
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// Type.
    pub kind: FindingType,
    /// Severity.
    pub severity: Severity,
    /// Status.
    pub status: FindingStatus,
    /// Clauses.
    pub clauses: Vec<ClauseId>,
    /// 預計完成日 of the latest reply.
    pub due: Option<Date>,
    /// 負責人 of the latest reply; may be empty.
    pub owner: String,
    /// What the latest follow-up review found.
    pub last_result: Option<FollowUpResult>,
    /// What it repeats.
    pub repeat_of: Option<EarlierFinding>,
    /// The days of its life.
    pub course: FindingCourse,
}

impl CollectedFinding {
    /// Whether it asks a measure of the firm.
    #[must_use]
    pub fn asks(&self) -> bool {
        matches!(self.kind, FindingType::Deficiency | FindingType::Recommendation)
    }

    /// Whether the firm replied and still owes something.
    #[must_use]
    pub fn awaits(&self) -> bool {
        matches!(self.status, FindingStatus::Replied | FindingStatus::FollowedUp)
            && !self.last_result.is_some_and(FollowUpResult::is_done)
    }

    /// Whether the day of its measure is over while the firm still owes it.
    #[must_use]
    pub fn is_overdue(&self, as_of: Date) -> bool {
        self.awaits() && self.due.is_some_and(|due| due < as_of)
    }
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many.
    pub n: u64,
    /// Of how many; 0 where nothing is known.
    pub of: u64,
}

impl Share {
    /// In thousandths, rounded; `None` of nothing.
    #[must_use]
    pub fn permille(self) -> Option<u64> {
        (self.of > 0).then(|| (self.n * 1_000 + self.of / 2) / self.of)
    }
}

/// Items by result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results(pub BTreeMap<ItemResult, u64>);

impl Results {
    /// Items with this result.
    #[must_use]
    pub fn having(&self, result: ItemResult) -> u64 {
        self.0.get(&result).copied().unwrap_or_default()
    }

    /// Items that bind the firm or may.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.0.values().sum()
    }

    /// Items that were examined, of all of them.
    #[must_use]
    pub fn examined(&self) -> Share {
        Share { n: self.items() - self.having(ItemResult::NotExamined), of: self.items() }
    }

    /// Items that are met, of those that were judged: met, partly met, not met.
    #[must_use]
    pub fn compliant(&self) -> Share {
        let [met, partly, not] =
            [ItemResult::Compliant, ItemResult::Partial, ItemResult::Noncompliant].map(|r| self.having(r));
        Share { n: met, of: met + partly + not }
    }

    /// Items of which nothing is known: without data, or not examined.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.having(ItemResult::NoData) + self.having(ItemResult::NotExamined)
    }

    /// Adds the items of others.
    pub fn add(&mut self, others: &BTreeMap<ItemResult, u64>) {
        for (result, items) in others {
            *self.0.entry(*result).or_default() += items;
        }
    }
}

/// Findings of one grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GradeFigures {
    /// Grade.
    pub severity: Severity,
    /// Findings that ask a measure.
    pub findings: u64,
    /// Those of them that are closed.
    pub closed: u64,
    /// Those that are not, without the overdue ones.
    pub open: u64,
    /// Those whose measure is overdue.
    pub overdue: u64,
}

/// Sums over all exams.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Exams.
    pub exams: u64,
    /// Firms.
    pub firms: u64,
    /// Exams of which no results were collected.
    pub unknown_exams: u64,
    /// Items of the other exams.
    pub results: Results,
    /// Findings that stand: reviewed, not withdrawn.
    pub findings: u64,
    /// Findings that nobody reviewed yet; they are in no other figure.
    pub drafts: u64,
    /// Findings that ask a measure and are not closed.
    pub open: u64,
    /// Those of them whose measure is overdue.
    pub overdue: u64,
    /// Those of them for which the firm owes something and gave no day.
    pub undated: u64,
    /// Findings that repeat an earlier one.
    pub repeats: u64,
}

/// A firm beside others.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmFigures {
    /// Its name in its last exam.
    pub firm: String,
    /// What kind of firm it is, as its last exam knows.
    pub kind: FirmKind,
    /// Its exams.
    pub exams: u64,
    /// Id of the last exam.
    pub last_exam: ExamId,
    /// 查核案號 of the last exam.
    pub last_case_no: String,
    /// 查核基準日 of the last exam.
    pub last_as_of: Date,
    /// Results of the last exam; `None` when they were not collected.
    pub results: Option<Results>,
    /// Findings of all its exams by severity, gravest first.
    pub by_severity: [u64; 4],
    /// Those that ask a measure and are not closed.
    pub open: u64,
    /// Those of them whose measure is overdue.
    pub overdue: u64,
    /// Those that repeat an earlier one.
    pub repeats: u64,
}

/// A clause in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseFigures {
    /// Year of the exams' as-of dates.
    pub year: i16,
    /// Clause.
    pub clause: ClauseId,
    /// Its official label; empty where no checklist of the program has it.
    pub label: String,
    /// The document's title; its code where no checklist of the program has it.
    pub document: String,
    /// Firms with a finding that cites it.
    pub firms: u64,
    /// Exams with such a finding.
    pub exams: u64,
    /// Such findings.
    pub findings: u64,
    /// Exams in which it was not, or not wholly, met, of those that judged it.
    pub failed: Share,
}

/// A finding and what it repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeated {
    /// The exam of the latest.
    pub exam: ExamId,
    /// Its number within the exam.
    pub no: i64,
    /// 受查單位.
    pub firm: String,
    /// Severity of the latest.
    pub severity: Severity,
    /// Status of the latest.
    pub status: FindingStatus,
    /// Clauses of the latest.
    pub clauses: Vec<ClauseId>,
    /// The latest, then what it repeats, then what that one repeats, and so on.
    pub chain: Vec<EarlierFinding>,
}

/// A measure whose day is over.
#[derive(Debug, Clone, PartialEq)]
pub struct Overdue {
    /// The exam.
    pub exam: ExamId,
    /// Number of the finding within it.
    pub no: i64,
    /// 受查單位.
    pub firm: String,
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// Severity.
    pub severity: Severity,
    /// Status.
    pub status: FindingStatus,
    /// 負責人; may be empty.
    pub owner: String,
    /// 預計完成日.
    pub due: Date,
    /// Days from then to the as-of date, from 1.
    pub days: u32,
}

/// A year beside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearFigures {
    /// Year of the exams' as-of dates.
    pub year: i16,
    /// Exams.
    pub exams: u64,
    /// Firms.
    pub firms: u64,
    /// Exams of which no results were collected.
    pub unknown_exams: u64,
    /// Items of the other exams.
    pub results: Results,
    /// Findings by severity, gravest first.
    pub by_severity: [u64; 4],
    /// Findings that were closed, of those that ask a measure.
    pub closed: Share,
    /// Findings whose measure is overdue.
    pub overdue: u64,
    /// Findings that repeat an earlier one.
    pub repeats: u64,
}

/// The figures of a headquarters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Headquarters {
    /// Sums.
    pub totals: Totals,
    /// Findings that ask a measure by severity, gravest first.
    pub grades: Vec<GradeFigures>,
    /// Firms: those with the most overdue measures first, then those with the most open findings.
    pub firms: Vec<FirmFigures>,
    /// Clauses that findings cite, the latest year first, in it the clause of the most firms.
    pub clauses: Vec<ClauseFigures>,
    /// Findings that repeat others and that none repeats, the longest chain first.
    pub repeats: Vec<Repeated>,
    /// Measures whose day is over, the longest first.
    pub overdue: Vec<Overdue>,
    /// Years, the earliest first.
    pub years: Vec<YearFigures>,
}

/// What a workbook of these figures says beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadquartersHead {
    /// 查核單位.
    pub organisation: String,
    /// The day for which overdue is told.
    pub as_of: Date,
    /// What was chosen, zh-TW: name and value.
    pub chosen: Vec<(String, String)>,
    /// The organisation's words of severity.
    pub scale: SeverityScale,
    /// Print time.
    pub printed_at: Moment,
}

/// What tables for machines say beside their rows.
#[derive(Debug, Clone, PartialEq)]
pub struct TablesHead {
    /// Version of the program.
    pub version: String,
    /// The day for which overdue is told.
    pub as_of: Date,
    /// What was chosen, as `name=value`.
    pub chosen: Vec<(String, String)>,
    /// Firms, exams and findings are told apart by numbers of this export instead of by their names.
    pub pseudonyms: bool,
    /// When.
    pub made_at: Moment,
    /// Labels of the clauses that the program's checklists have.
    pub labels: BTreeMap<ClauseId, String>,
}

/// A column of the tables for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableColumn {
    /// The table.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its type, as SQL has it.
    pub ty: &'static str,
    /// Whether a value can be missing.
    pub may_lack: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_no_share() {
        assert_eq!(Share { n: 0, of: 0 }.permille(), None);
        assert_eq!(Share { n: 2, of: 3 }.permille(), Some(667));
    }

    #[test]
    fn what_nobody_judged_is_in_no_base() {
        use ItemResult as R;
        let results =
            Results([(R::Compliant, 3), (R::Partial, 1), (R::NoData, 2), (R::NotExamined, 4)].into());
        assert_eq!(results.compliant(), Share { n: 3, of: 4 });
        assert_eq!(results.examined(), Share { n: 6, of: 10 });
        assert_eq!(results.unknown(), 6);
    }
}
