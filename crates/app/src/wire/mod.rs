//! The only serializable types: what crosses to the window, and what the command line prints is made from.
//! Dates are ISO 8601 (`2020-12-31`), moments `2020-12-31T09:00:00`; enumerations are lower-case words.

mod answer;
mod audit;
mod exam;
mod finding;
mod import;
mod output;
mod session;
mod words;

pub mod typescript;

pub use answer::{
    AnswerRequest, AnswerView, ChapterView, ChecklistView, ClauseRequest, ClauseText, DocumentView,
    ItemLineView, ItemView, RelatedRunView,
};
pub use audit::{
    DisposeRequest, DisposedView, DispositionView, ExceptionPageView, ExceptionView, ExceptionsRequest,
    OverrideRequest, ParameterView, ProcedureView, RuleView, RunRequest, RunView, SourceCellView,
    SourceRequest, SourceRowView,
};
pub use exam::{
    ChoiceView, CountsView, ExamHeadView, ExamNewRequest, ExamRequest, ExamView, FactChange, FactDefView,
    FactView, ItemChangeView, ProfileChangeView, ProfileRequest, ProfileView, SystemView,
};
pub use finding::{
    FindingDraftRequest, FindingDraftView, FindingRequest, FindingView, FindingWithdrawRequest, LinkedRowView,
};
pub use import::{
    ColumnView, DatasetView, ImportBatchRequest, ImportRequest, ImportView, ImportedFileView, InspectRequest,
    InspectedFileView, InspectedSheetView, IssuePageView, IssueView, IssuesRequest, MappedColumnView,
    ProgressView, RowView, RowsPageView, RowsRequest, SampleView, SheetChoice, SheetView, UndoneView,
};
pub use output::{ExportRequest, ExportView, ExportedFileView, GateLineView, GateView};
pub use session::{
    CreateVaultRequest, ErrorView, RecoveryChallengeView, RecoveryConfirmRequest, SessionView, StatusView,
    UnlockRequest, VaultCreatedView, VaultView,
};
pub use words::{
    ApplicabilityWord, DispositionWord, FindingStatusWord, FindingTypeWord, MethodWord, ResultWord,
    RuleVerdictWord, RunVerdictWord, SeverityWord, StrengthWord,
};
