//! The window's side of the wire: one generated TypeScript file with every type and every command.

#![allow(clippy::wildcard_imports)]

use super::*;
use ts_rs::{Config, TS};

/// A command: its name, and the TypeScript names of what goes in and comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Name, the same in Rust and TypeScript.
    pub name: &'static str,
    /// Request type, `null` when nothing goes in.
    pub request: String,
    /// View type, `null` when nothing comes out.
    pub view: String,
}

macro_rules! commands {
    ($($name:ident: $request:ty => $view:ty),+ $(,)?) => {
        /// Every command that the window may call.
        #[must_use]
        pub fn commands() -> Vec<Command> {
            let cfg = Config::default();
            vec![$(Command {
                name: stringify!($name),
                request: <$request as TS>::name(&cfg),
                view: <$view as TS>::name(&cfg),
            }),+]
        }
    };
}

commands! {
    session: () => SessionView,
    vault_create: CreateVaultRequest => VaultCreatedView,
    vault_confirm_recovery: RecoveryConfirmRequest => VaultView,
    vault_unlock: UnlockRequest => VaultView,
    vault_lock: () => (),
    status: () => StatusView,
    exams: () => Vec<ExamHeadView>,
    exam_create: ExamNewRequest => ExamView,
    exam_open: ExamRequest => ExamView,
    exam_close: () => (),
    exam_work_as: ExaminerRequest => ExamView,
    profile: () => ProfileView,
    profile_preview: ProfileRequest => ProfileChangeView,
    profile_set: ProfileRequest => ProfileChangeView,
    checklist: () => ChecklistView,
    item: ClauseRequest => ItemView,
    answer: AnswerRequest => ItemView,
    answers_bulk: BulkRequest => AnswersView,
    answer_undo: () => AnswersView,
    answer_redo: () => AnswersView,
    answer_copy_preview: CopyRequest => CopyPreviewView,
    answer_copy: CopyRequest => AnswersView,
    applicability_set: ApplicabilityRequest => ItemView,
    phrase_keep: PhraseRequest => ItemView,
    phrase_drop: PhraseRequest => ItemView,
    source_text: DocumentRequest => SourceTextView,
    patterns: () => Vec<PatternView>,
    editions: () => EditionsView,
    package_inspect: PathRequest => PackageInspectView,
    package_load: PackageRequest => EditionsView,
    package_remove: KeyRequest => EditionsView,
    signer_distrust: KeyRequest => EditionsView,
    editions_compare: CompareRequest => Vec<DocumentChangeView>,
    carry_preview: ExamRequest => CarryView,
    carry: ExamRequest => AnswersView,
    field_sheets: () => Vec<FieldSheetView>,
    export_sheet: SheetRequest => ExportView,
    export_requests: RequestListRequest => ExportView,
    datasets: () => Vec<DatasetView>,
    import_inspect: InspectRequest => Vec<InspectedFileView>,
    import_run: ImportRequest => ImportView,
    import_cancel: () => (),
    imports: () => Vec<ImportView>,
    import_issues: IssuesRequest => IssuePageView,
    import_rows: RowsRequest => RowsPageView,
    import_undo: ImportBatchRequest => UndoneView,
    procedures: () => Vec<ProcedureView>,
    audit_run: RunRequest => Vec<RunView>,
    exceptions: ExceptionsRequest => ExceptionPageView,
    exception_source: SourceRequest => SourceRowView,
    dispose: DisposeRequest => DisposedView,
    finding_draft: FindingDraftRequest => FindingDraftView,
    finding_save: FindingRequest => FindingView,
    finding_withdraw: FindingWithdrawRequest => FindingView,
    findings: () => Vec<FindingView>,
    gate: () => GateView,
    export_papers: ExportRequest => ExportView,
    export_report: ExportRequest => ExportView,
}

macro_rules! declare {
    ($out:ident, $cfg:ident, $($ty:ty),+ $(,)?) => {
        $($out.push_str("export ");
        $out.push_str(&<$ty as TS>::decl(&$cfg));
        $out.push('\n');)+
    };
}

/// The text of `ui/src/backend/bindings.ts`.
#[must_use]
pub fn bindings() -> String {
    let cfg = Config::default();
    let mut out = String::from(
        "// Generated from crates/app/src/wire; `cargo xtask bindings` writes it, a test compares it.\n\n",
    );
    declare!(
        out,
        cfg,
        ErrorView,
        SessionView,
        CreateVaultRequest,
        VaultCreatedView,
        RecoveryChallengeView,
        RecoveryConfirmRequest,
        UnlockRequest,
        VaultView,
        StatusView,
        ApplicabilityWord,
        StrengthWord,
        ResultWord,
        MethodWord,
        RunVerdictWord,
        RuleVerdictWord,
        DispositionWord,
        FindingTypeWord,
        SeverityWord,
        FindingStatusWord,
        FactView,
        ExamHeadView,
        ExamNewRequest,
        ExamRequest,
        ExamView,
        ExaminerRequest,
        CountsView,
        ChoiceView,
        FactDefView,
        SystemView,
        ProfileRemarkView,
        ProfileView,
        FactChange,
        ProfileRequest,
        ItemChangeView,
        ProfileChangeView,
        AnswerModeWord,
        TopicRelationWord,
        LicenceWord,
        PairRelationWord,
        ItemLineView,
        ChapterView,
        DocumentView,
        TopicHeadView,
        ChecklistView,
        ClauseRequest,
        DocumentRequest,
        ClauseText,
        ClauseRefView,
        AnswerKeyView,
        OriginView,
        AnswerView,
        RelatedRunView,
        FindingRefView,
        CellView,
        UnitView,
        OverriddenView,
        PeriodView,
        GoverningView,
        TopicView,
        RelativeView,
        PhraseView,
        ItemView,
        CriterionView,
        PatternView,
        AnchorView,
        SourceTextView,
        AnswerRequest,
        BulkRequest,
        SkippedView,
        AnswersView,
        CopyRequest,
        CopyTargetView,
        CopyPreviewView,
        ApplicabilityRequest,
        PhraseRequest,
        EditionView,
        PackageView,
        SignerView,
        EditionsView,
        PathRequest,
        PackageRequest,
        ProblemView,
        PackageInspectView,
        KeyRequest,
        CompareRequest,
        PieceView,
        ClauseChangeView,
        DocumentChangeView,
        CarryLineView,
        CarryView,
        FieldSheetView,
        SheetRequest,
        RequestListRequest,
        DatasetView,
        ColumnView,
        InspectRequest,
        SampleView,
        MappedColumnView,
        RowView,
        InspectedSheetView,
        InspectedFileView,
        SheetChoice,
        ImportRequest,
        ProgressView,
        SheetView,
        ImportView,
        ImportedFileView,
        ImportBatchRequest,
        UndoneView,
        IssuesRequest,
        IssueView,
        IssuePageView,
        RowsRequest,
        RowsPageView,
        ParameterView,
        RuleView,
        RunView,
        ProcedureView,
        OverrideRequest,
        RunRequest,
        ExceptionsRequest,
        DispositionView,
        ExceptionView,
        ExceptionPageView,
        SourceRequest,
        SourceCellView,
        SourceRowView,
        DisposeRequest,
        DisposedView,
        FindingDraftRequest,
        FindingDraftView,
        LinkedRowView,
        FindingRequest,
        FindingWithdrawRequest,
        FindingView,
        GateLineView,
        GateView,
        ExportRequest,
        ExportedFileView,
        ExportView,
    );
    out.push_str("\nexport interface Commands {\n");
    for command in commands() {
        out.push_str(&format!(
            "    {}: {{ request: {}; view: {} }};\n",
            command.name, command.request, command.view
        ));
    }
    out.push_str("}\n");
    out
}
