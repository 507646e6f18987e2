//! The only serializable types: what crosses to the window, and what the command line prints is made from.
//! Dates are ISO 8601 (`2020-12-31`), moments `2020-12-31T09:00:00`; enumerations are lower-case words.

mod analysis;
mod answer;
mod assignment;
mod audit;
mod backup;
mod checklist;
mod command;
mod contact;
mod count;
mod dashboard;
mod data;
mod edition;
mod evidence;
mod exam;
mod finding;
mod follow_up;
mod handover;
mod headquarters;
mod import;
mod integrity;
mod keys;
mod licences;
mod mapping;
mod merge;
mod output;
mod own;
mod picture;
mod retention;
mod review;
mod sample;
mod security;
mod session;
mod settings;
mod template;
mod trail;
mod words;

pub mod typescript;

pub use analysis::{AnalysisBarView, AnalysisKind, AnalysisRequest, AnalysisView};
pub use answer::{
    AnswerKeyView, AnswerRequest, AnswerView, AnswersView, ApplicabilityRequest, BulkRequest,
    CopyPreviewView, CopyRequest, CopyTargetView, OriginView, PhraseRequest, SkippedView,
};
pub use assignment::{
    AssignRequest, AssignmentsView, MineRequest, MineView, PersonWorkView, WorkKey, WorkView,
};
pub use audit::{
    CorrectRequest, DerivedCountView, DerivedPageView, DerivedRequest, DerivedRowView, DisposeRequest,
    DisposedView, DispositionView, ExceptionGroupView, ExceptionGroupsView, ExceptionPageView, ExceptionView,
    ExceptionsRequest, FailedRunView, OverrideRequest, ParameterView, ProcedureRequest, ProcedureView,
    ReperformRequest, ReperformView, RuleView, RunChangeRowView, RunChangeView, RunDifferenceView,
    RunProgressView, RunRequest, RunView, RunsView, SourceCellView, SourceRequest, SourceRowView,
    UndisposeRequest,
};
pub use backup::{BackupRequest, BackupsView, CopyStateWord, GenerationView, RestoreRequest, RestoredView};
pub use checklist::{
    AnchorView, CellView, ChapterView, ChecklistView, ClauseRefView, ClauseRequest, ClauseText,
    CriterionView, DocumentRequest, DocumentView, FindingRefView, GoverningView, ItemLineView, ItemView,
    OverriddenView, PatternView, PeriodView, PhraseView, RelatedRunView, RelativeView, SourceTextView,
    TopicHeadView, TopicView, UnitView,
};
pub use contact::{
    CardLookView, CardNameRequest, CardRequest, CardStandingWord, ContactKeyRequest, ContactRequest,
    ContactVerifyRequest, ContactView, ContactsView, FormerKeyView, OwnCardView, SquaresView, TypedGroup,
};
pub use count::{CountDevice, CountFedView, CountItemView, CountMarkRequest, CountView};
pub use dashboard::{
    ChapterFigureView, DashboardView, EarlierExamView, FindingCountView, ResultCountView, VerdictCountView,
};
pub use data::{
    DataBinView, DataColumnView, DataCopyView, DataFindRequest, DataFoundView, DataPageView,
    DataProfileRequest, DataProfileView, DataRequest, DataRowView, DataSetView, DataSheetView, DataTopView,
    FilterChoice, SortChoice,
};
pub use edition::{
    CarryLineView, CarryView, ClauseChangeView, CompareRequest, DocumentChangeView, EditionView,
    EditionsView, FieldSheetView, KeyRequest, PackageInspectView, PackageRequest, PackageView, PathRequest,
    PieceView, ProblemView, RequestListRequest, SheetRequest, SignerView,
};
pub use evidence::{
    CustodyEntryView, CustodyRequest, EvidenceAbout, EvidenceAddRequest, EvidenceChangeRequest,
    EvidenceExportRequest, EvidenceFile, EvidenceGridView, EvidenceLookRequest, EvidenceLookView,
    EvidencePageRequest, EvidencePreviewView, EvidenceProgressView, EvidenceRefusedView, EvidenceRequest,
    EvidenceTakeRequest, EvidenceTakenView, EvidenceTextView, EvidenceView, ExifView, GridRowView,
    PictureView, PreviewKindWord,
};
pub use exam::{
    ChoiceView, CountsView, ExamFiguresView, ExamHeadView, ExamNewRequest, ExamRequest, ExamView,
    ExaminerRequest, FactChange, FactDefView, FactView, ItemChangeView, NoticeWord, ProfileChangeView,
    ProfileRemarkView, ProfileRequest, ProfileView, SystemView,
};
pub use finding::{
    ChangedCountsView, EarlierFindingView, EvidenceRefView, FindingDraftRequest, FindingDraftView,
    FindingNoRequest, FindingPhraseView, FindingRequest, FindingStepRequest, FindingStepView, FindingView,
    FindingWithdrawRequest, LinkedRowView, RepeatView,
};
pub use follow_up::{DueView, FollowUpRequest, FollowUpView, ReplyRequest, ReplyView};
pub use handover::{
    ChapterChoice, EvidenceModeWord, HandoverContactView, HandoverCreateRequest, HandoverMadeView,
    HandoverPlanView, HandoverProgressView, HandoverRequest, HandoverScopeWord, HandoverStepWord,
    HandoverView, HandoverWarningView, HandoverWarningWord, KindCountView, LastExchangeView, RecordKindWord,
    TrustWord,
};
pub use headquarters::{
    ChosenDocumentView, ClauseFiguresView, FirmFiguresView, GradeView, HeadquartersBookRequest,
    HeadquartersRenewedView, HeadquartersRequest, HeadquartersTablesRequest, HeadquartersTotalsView,
    HeadquartersView, OverdueView, RepeatedView, ResultsView, ShareView, YearFiguresView,
};
pub use import::{
    AskView, ColumnView, ComparedCellView, ComparedRowView, DatasetView, EarlierView, FileChoice, FilledView,
    ImportBatchRequest, ImportCompareCountsView, ImportCompareRequest, ImportCompareView, ImportRequest,
    ImportView, ImportedFileView, InspectRequest, InspectedFileView, InspectedSheetView, IssuePageView,
    IssueView, IssuesRequest, MappedColumnView, ProgressView, ReadingChoiceView, RowView, RowsPageView,
    RowsRequest, SampleView, SheetChoice, SheetView, UndoneView,
};
pub use integrity::{FoundView, IntegrityState, IntegrityView};
pub use keys::{
    EscrowRequest, KeySlotView, KeySlotsView, PassphraseChangeRequest, ProofRequest, SlotRequest,
    SlotStateWord, StrengthAdvice, StrengthRequest, StrengthView, StrengthWarning, VaultDirRequest,
};
pub use licences::{LicencesView, PartKindWord, PartView};
pub use mapping::{
    MappingColumnView, MappingMemoryView, MappingRefusedView, MappingRequest, MappingsImportedView,
};
pub use merge::{
    BlockedView, ChoiceWord, ConflictView, HeldView, LaneActsView, MergeApplyRequest, MergeChangeView,
    MergeChoice, MergeCountView, MergeDoneView, MergeLaneView, MergeUndoRequest, MergeView, MergesView,
    SenderView, StandingWord, TakeInChangesRequest, TakeInChangesView, TakeInExamView, TakeInView,
};
pub use output::{
    DocumentExportRequest, DocumentKind, ExportRequest, ExportView, ExportedFileView, GateLineView, GateView,
    OutputGridRequest, OutputPageRequest, OutputPagesRequest, OutputPagesView, OutputPaperRequest,
    OutputPaperView, OutputSheetsView, PdfKind,
};
pub use own::{
    OwnColumn, OwnForm, OwnPreviewRequest, OwnPreviewRowView, OwnPreviewView, OwnProcedureView,
    OwnRefusalView, OwnRequest, OwnSaveRequest, OwnSchemaColumnView, OwnSchemaDatasetView, OwnSchemaView,
    OwnSchemaWordView,
};
pub use picture::{
    AgeBarView, AgesView, DayLaneView, DayStateWord, PictureFormat, PictureHeadView, PictureKindWord,
    PictureLimitView, PictureSaveRequest, ProcedurePictureRequest, ProcedurePictureView, SpreadLaneView,
    SpreadView, StretchView, StripView,
};
pub use retention::{
    DestroyRequest, DestructionExportRequest, DestructionView, ExamStateWord, PutAwayRequest,
};
pub use review::{
    IdentityRequest, IdentityView, NoteAnswerRequest, NoteRequest, NoteView, PaperView, QualificationView,
    ReopenRequest, ReopeningView, ReviewView, SaidView, SignRequest, SignatureView, TeamMemberView, TeamView,
};
pub use sample::{
    DrawnSampleView, SampleChoice, SampleDrawRequest, SampleEvaluateRequest, SampleEvaluationView,
    SampleMethodWord, SampleRowView, SampleSheetRequest, SampleSizeRequest, SampleSizeView,
};
pub use security::{ClipboardRequest, LockNoticeView, LockStepWord, LockedByWord, SecurityView};
pub use session::{
    CreateVaultRequest, ErrorView, RecoveryChallengeView, RecoveryConfirmRequest, SessionView, StatusView,
    UnlockRequest, VaultCreatedView, VaultView,
};
pub use settings::SettingsView;
pub use template::{
    PlaceholderView, TemplateAddRequest, TemplateCheckView, TemplateFileRequest, TemplateFilledView,
    TemplateKeyRequest, TemplateMarkView, TemplatePreviewView, TemplateView,
};
pub use trail::{
    CheckpointRequest, CheckpointView, ProofView, ProvedEntry, TrailEntryRequest, TrailEntryView,
    TrailFieldView, TrailLineView, TrailPageView, TrailRequest, TrailVerdictView, TrailVerdictWord,
    TrailVerifyRequest,
};
pub use words::{
    AgreementWord, AnswerModeWord, ApplicabilityWord, ConfidentialityWord, CountState, CustodyWord,
    DispositionWord, FindingStatusWord, FindingTypeWord, FollowUpWord, LicenceWord, MethodWord, OwnScope,
    PairRelationWord, PhrasePartWord, ResultWord, RuleVerdictWord, RunVerdictWord, SeverityWord,
    SignRoleWord, StrengthWord, TopicRelationWord, WorkWord,
};
