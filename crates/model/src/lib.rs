//! The domain's words. Everything above this crate speaks in these types; nothing here reads a file, a clock
//! or the environment, and nothing here is a transfer format.

pub mod address;
pub mod aid;
pub mod answer;
pub mod applicability;
pub mod assignment;
pub mod class;
pub mod clause;
pub mod count;
mod crosswalk;
pub mod custody;
pub mod dataset;
pub mod date;
pub mod edition;
pub mod evidence;
pub mod exam;
pub mod exception;
pub mod exchange;
pub mod figures;
pub mod finding;
pub mod follow_up;
pub mod identity;
pub mod import;
pub mod number;
pub mod predicate;
pub mod procedure;
pub mod profile;
pub mod retention;
pub mod review;
pub mod sample;
pub mod team;
pub mod text;
pub mod tri;
pub mod workday;

pub use aid::{DutyPeriod, Every, FieldSheet, LastDone, Pattern, Phrase, PhrasePart};
pub use answer::{Answer, AnswerKey, AnswerMode, AnswerOrigin, ItemResult, Method};
pub use applicability::{
    Applicability, Cell, Decision, Item, Overridden, Override, SystemDecision, UnitDecision,
};
pub use assignment::{Assignment, Division, Work, WorkKind};
pub use class::{FirmClass, FirmGrade, SystemClass};
pub use clause::{Chapter, Clause, ClauseId, ClauseKind, ClauseParam, Document, Strength, Unit};
pub use count::{CountEntry, CountState, Device};
pub use crosswalk::{ClausePair, Crosswalk, Governing, Licence, PairRelation, Topic, TopicRelation};
pub use custody::{CustodyEntry, CustodyEvent, last_move};
pub use dataset::{
    Choice, Column, ColumnType, Correction, DatasetDef, Derived, DerivedColumn, DerivedValue, Hours,
    TypedRow, Value,
};
pub use date::{Moment, Period, RocDate, add_months};
pub use edition::{ClauseChange, EditionPin, Piece};
pub use evidence::{Confidentiality, Evidence, evidence_id, evidence_number};
pub use exam::{Exam, ExamId};
pub use exception::{Disposition, DispositionKind, ExceptionKey, ExceptionRow, RememberedDisposition};
pub use exchange::{
    ExamState, Field, FieldChange, FieldConflict, Held, Record, RecordKey, Seen, Stamp, THERE, WhenBoth,
};
pub use figures::{ChapterFigures, ClauseResults, FindingCourse, FirmKind, FirmLine};
pub use finding::{
    EarlierFinding, Finding, FindingStatus, FindingStep, FindingType, Severity, SeverityScale,
};
pub use follow_up::{Agreement, FollowUp, FollowUpResult, Reply};
pub use import::{
    Completeness, FileRecord, FilledColumn, FilledFrom, ImportBatch, IssueCode, ListOrigin, MappedColumn,
    Reading, RowIssue, RowRef, SheetRecord,
};
pub use number::{MOST_BLOCKS, block_letters, block_of, block_start, number_text, read_number};
pub use predicate::{AppliesWhen, Predicate};
pub use procedure::{
    DatasetNeed, Fragment, OutColumn, OwnProcedure, OwnScope, ParamUse, ParamValue, Parameter, Picture,
    PictureKind, Population, Procedure, ReadSheet, Rule, RuleOutcome, RuleVerdict, Run, RunRecord,
    RunVerdict,
};
pub use profile::{Fact, FactDef, FactKind, FactValue, Profile, System};
pub use retention::{RetentionFrom, RetentionRule, keep_until};
pub use review::{Reopening, ReviewNote, Said, SignOff, SignRole, WHOLE_EXAM};
pub use sample::{DrawnSample, SampledRow};
pub use team::{Qualification, TeamMember, TeamRule};
pub use tri::Tri;
pub use workday::Calendar;

/// A value whose text does not have the shape that its type demands. The text itself is never repeated here:
/// it may be firm data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {what}")]
pub struct ShapeError {
    /// What the text should have been, in English, for a developer.
    pub what: &'static str,
}
