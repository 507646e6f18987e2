//! Stored codes of the model's enumerations. A code, once written, keeps its meaning.

use crate::error::VaultError;
use fieldbook_model::answer::AnswerMode;
use fieldbook_model::{
    Agreement, Applicability, Completeness, Confidentiality, CountState, CustodyEvent, DispositionKind,
    FindingStatus, FindingType, FirmClass, FirmGrade, FirmLine, FollowUpResult, ItemResult, Method, Reading,
    RuleVerdict, RunVerdict, Severity, SignRole, WorkKind,
};

/// An enumeration with a stored text for each variant.
pub(crate) trait Coded: Sized {
    /// The stored text.
    fn code(&self) -> &'static str;
    /// Reads the stored text.
    fn from_code(text: &str) -> Result<Self, VaultError>;
}

macro_rules! codes {
    ($ty:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl Coded for $ty {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            fn from_code(text: &str) -> Result<Self, VaultError> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err(VaultError::Damaged { what: stringify!($ty) }),
                }
            }
        }
    };
}

codes!(ItemResult {
    Compliant = "compliant",
    Partial = "partial",
    Noncompliant = "noncompliant",
    NotApplicable = "not_applicable",
    NoData = "no_data",
    NotExamined = "not_examined",
});
codes!(Method {
    Interview = "interview",
    Inspection = "inspection",
    Observation = "observation",
    Reperformance = "reperformance",
    Caat = "caat",
    Sampling = "sampling",
});
codes!(AnswerMode { Coverage = "coverage", SpotCheck = "spot_check" });
codes!(Applicability {
    Applicable = "applicable",
    NotApplicable = "not_applicable",
    Undetermined = "undetermined",
    Substituted = "substituted",
    Waived = "waived",
});
codes!(Reading {
    Plain = "plain",
    RocYmd = "roc_ymd",
    Ymd = "ymd",
    Dmy = "dmy",
    Mdy = "mdy",
    Serial = "serial",
    RocCompact = "roc_compact",
    Compact = "compact",
    FileTime = "filetime",
    Epoch = "epoch",
    Ambiguous = "ambiguous",
});
codes!(RuleVerdict { Exception = "exception", Unknown = "unknown", Lead = "lead" });
codes!(RunVerdict {
    Exceptions = "exceptions",
    Pass = "pass",
    Unknown = "unknown",
    NotApplicable = "not_applicable",
    NotRunnable = "not_runnable",
});
codes!(Completeness { Complete = "complete", Incomplete = "incomplete", NotStated = "not_stated" });
codes!(CountState { Found = "found", NotFound = "not_found", NotListed = "not_listed" });
codes!(DispositionKind {
    Confirmed = "confirmed",
    Explained = "explained",
    FalsePositive = "false_positive",
    Open = "open",
});
codes!(FindingType {
    Deficiency = "deficiency",
    Recommendation = "recommendation",
    Observation = "observation",
    GoodPractice = "good_practice",
});
codes!(Severity { Critical = "critical", High = "high", Medium = "medium", Low = "low" });
codes!(FindingStatus {
    Draft = "draft",
    InReview = "in_review",
    Final = "final",
    Sent = "sent",
    Replied = "replied",
    FollowedUp = "followed_up",
    Closed = "closed",
    Withdrawn = "withdrawn",
});
codes!(Agreement { Agree = "agree", Partly = "partly", Disagree = "disagree" });
codes!(FollowUpResult {
    Remedied = "remedied",
    PartlyRemedied = "partly_remedied",
    NotRemedied = "not_remedied",
    RiskAccepted = "risk_accepted",
});
codes!(FirmLine {
    Securities = "securities",
    Futures = "futures",
    Both = "both",
    OtherFutures = "other_futures",
    Neither = "neither",
});
codes!(FirmClass { First = "first", Other = "other" });
codes!(FirmGrade { First = "1", Second = "2", Third = "3", Fourth = "4", Fifth = "5" });
codes!(Confidentiality { General = "general", Restricted = "restricted", Confidential = "confidential" });
codes!(SignRole { Preparer = "preparer", Reviewer = "reviewer" });
codes!(WorkKind {
    Document = "document",
    Chapter = "chapter",
    System = "system",
    Procedure = "procedure",
});
codes!(CustodyEvent {
    TakenIn = "taken_in",
    HandedOver = "handed_over",
    CopiedOut = "copied_out",
    Viewed = "viewed",
    Returned = "returned",
    Destroyed = "destroyed",
    Noted = "noted",
});
