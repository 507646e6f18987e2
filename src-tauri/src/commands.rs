//! One-line commands over the use cases. Nothing is decided here: every request is validated by the use case.

use fieldbook_app::wire::*;
use fieldbook_app::{
    AppError, DataStop, Desk, analysis, audit, checklist, count, dashboard, data, edition, evidence, exam,
    finding, import, integrity, output, own, profile, request, review, sample, session, settings, team,
    template,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::{AppHandle, Emitter, State};

/// The desk, shared by the commands; a flag beside it stops an import while the desk is busy.
pub struct Shared {
    desk: Arc<Mutex<Desk>>,
    cancel: Arc<AtomicBool>,
    data_stop: DataStop,
}

impl Shared {
    /// Shares a desk.
    pub fn new(desk: Desk) -> Self {
        let (cancel, data_stop) = (desk.cancel_flag(), desk.data_stop());
        Self { desk: Arc::new(Mutex::new(desk)), cancel, data_stop }
    }
}

/// Runs a use case away from the window's thread.
async fn on<T: Send + 'static>(
    shared: State<'_, Shared>,
    work: impl FnOnce(&mut Desk) -> Result<T, AppError> + Send + 'static,
) -> Result<T, ErrorView> {
    let desk = Arc::clone(&shared.desk);
    // A use case that panicked has written nothing: stores work in transactions.
    let run = move || work(&mut desk.lock().unwrap_or_else(PoisonError::into_inner));
    match tauri::async_runtime::spawn_blocking(run).await {
        Ok(result) => result.map_err(|e| e.view()),
        Err(_) => Err(AppError::new("internal").with("what", "panic").view()),
    }
}

macro_rules! commands {
    ($($name:ident ($($request:ident: $type:ty)?) -> $view:ty = $use_case:expr;)+) => {
        $(
            #[tauri::command]
            pub async fn $name(shared: State<'_, Shared> $(, $request: $type)?) -> Result<$view, ErrorView> {
                on(shared, move |desk| ($use_case)(desk $(, &$request)?)).await
            }
        )+

        /// Names of the commands made here.
        #[cfg(test)]
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

commands! {
    session() -> SessionView = |d: &mut Desk| session::session(d);
    vault_create(request: CreateVaultRequest) -> VaultCreatedView = session::vault_create;
    vault_confirm_recovery(request: RecoveryConfirmRequest) -> VaultView = session::vault_confirm_recovery;
    vault_unlock(request: UnlockRequest) -> VaultView = session::vault_unlock;
    vault_lock() -> () = |d: &mut Desk| { session::vault_lock(d); Ok(()) };
    integrity() -> IntegrityView = |d: &mut Desk| integrity::integrity(d);
    status() -> StatusView = |d: &mut Desk| exam::status(d);
    exams() -> Vec<ExamHeadView> = |d: &mut Desk| exam::exams(d);
    exam_create(request: ExamNewRequest) -> ExamView = exam::exam_create;
    exam_open(request: ExamRequest) -> ExamView = exam::exam_open;
    exam_close() -> () = |d: &mut Desk| { exam::exam_close(d); Ok(()) };
    exam_work_as(request: ExaminerRequest) -> ExamView = exam::work_as;
    profile() -> ProfileView = |d: &mut Desk| profile::profile(d);
    profile_preview(request: ProfileRequest) -> ProfileChangeView = |d: &mut Desk, r| profile::profile_preview(d, r);
    profile_set(request: ProfileRequest) -> ProfileChangeView = profile::profile_set;
    checklist() -> ChecklistView = |d: &mut Desk| checklist::checklist(d);
    item(request: ClauseRequest) -> ItemView = |d: &mut Desk, r| checklist::item(d, r);
    answer(request: AnswerRequest) -> ItemView = checklist::answer;
    answers_bulk(request: BulkRequest) -> AnswersView = checklist::answers_bulk;
    answer_undo() -> AnswersView = checklist::undo;
    answer_redo() -> AnswersView = checklist::redo;
    answer_copy_preview(request: CopyRequest) -> CopyPreviewView = |d: &mut Desk, r| checklist::copy_preview(d, r);
    answer_copy(request: CopyRequest) -> AnswersView = checklist::copy;
    applicability_set(request: ApplicabilityRequest) -> ItemView = checklist::applicability_set;
    phrase_keep(request: PhraseRequest) -> ItemView = checklist::phrase_keep;
    phrase_drop(request: PhraseRequest) -> ItemView = checklist::phrase_drop;
    source_text(request: DocumentRequest) -> SourceTextView = |d: &mut Desk, r| checklist::source_text(d, r);
    patterns() -> Vec<PatternView> = |d: &mut Desk| checklist::patterns(d);
    editions() -> EditionsView = |d: &mut Desk| edition::editions(d);
    package_inspect(request: PathRequest) -> PackageInspectView = |d: &mut Desk, r| edition::package_inspect(d, r);
    package_load(request: PackageRequest) -> EditionsView = edition::package_load;
    package_remove(request: KeyRequest) -> EditionsView = edition::package_remove;
    signer_distrust(request: KeyRequest) -> EditionsView = edition::signer_distrust;
    editions_compare(request: CompareRequest) -> Vec<DocumentChangeView> =
        |d: &mut Desk, r| edition::editions_compare(d, r);
    carry_preview(request: ExamRequest) -> CarryView = |d: &mut Desk, r| edition::carry_preview(d, r);
    carry(request: ExamRequest) -> AnswersView = edition::carry;
    field_sheets() -> Vec<FieldSheetView> = |d: &mut Desk| request::field_sheets(d);
    export_sheet(request: SheetRequest) -> ExportView = |d: &mut Desk, r| request::export_sheet(d, r);
    export_requests(request: RequestListRequest) -> ExportView = |d: &mut Desk, r| request::export_requests(d, r);
    datasets() -> Vec<DatasetView> = |d: &mut Desk| Ok(import::datasets(d));
    import_look(request: FileChoice) -> InspectedSheetView = |d: &mut Desk, r| import::look(d, r);
    mappings() -> Vec<MappingMemoryView> = |d: &mut Desk| import::mappings(d);
    mappings_export(request: PathRequest) -> ExportView = |d: &mut Desk, r| import::mappings_export(d, r);
    mappings_import(request: PathRequest) -> MappingsImportedView = import::mappings_import;
    mapping_forget(request: MappingRequest) -> Vec<MappingMemoryView> = import::mapping_forget;
    imports() -> Vec<ImportView> = |d: &mut Desk| import::imports(d);
    import_issues(request: IssuesRequest) -> IssuePageView = |d: &mut Desk, r| import::issues(d, r);
    import_rows(request: RowsRequest) -> RowsPageView = |d: &mut Desk, r| import::rows(d, r);
    import_undo(request: ImportBatchRequest) -> UndoneView = import::undo;
    import_compare(request: ImportCompareRequest) -> ImportCompareView = import::compare;
    export_receipt(request: PathRequest) -> ExportView = |d: &mut Desk, r| request::export_receipt(d, r);
    export_dictionary(request: PathRequest) -> ExportView = |d: &mut Desk, r| request::export_dictionary(d, r);
    data_sets() -> Vec<DataSetView> = |d: &mut Desk| data::datasets(d);
    data_rows(request: DataRequest) -> DataPageView = data::rows;
    data_find(request: DataFindRequest) -> DataFoundView = data::find;
    data_copy(request: DataRequest) -> DataCopyView = data::copy;
    data_profile(request: DataProfileRequest) -> DataProfileView = data::profile;
    procedures() -> Vec<ProcedureView> = |d: &mut Desk| audit::procedures(d);
    audit_change(request: ProcedureRequest) -> RunChangeView = |d: &mut Desk, r| audit::change(d, r);
    undispose(request: UndisposeRequest) -> DisposedView = audit::undispose;
    audit_reperform(request: ReperformRequest) -> ReperformView = |d: &mut Desk, r| audit::reperform(d, r);
    derived_rows(request: DerivedRequest) -> DerivedPageView = |d: &mut Desk, r| audit::derived_rows(d, r);
    derived_correct(request: CorrectRequest) -> DerivedPageView = audit::correct;
    samples() -> Vec<DrawnSampleView> = |d: &mut Desk| sample::samples(d);
    sample_draw(request: SampleDrawRequest) -> DrawnSampleView = sample::draw;
    sample_sheet(request: SampleSheetRequest) -> ExportView = |d: &mut Desk, r| sample::sheet(d, r);
    sample_size(request: SampleSizeRequest) -> SampleSizeView = |_: &mut Desk, r| sample::size(r);
    sample_evaluate(request: SampleEvaluateRequest) -> SampleEvaluationView = |_: &mut Desk, r| sample::evaluate(r);
    own_schema() -> OwnSchemaView = |d: &mut Desk| own::schema(d);
    own_procedures() -> Vec<OwnProcedureView> = |d: &mut Desk| own::list(d);
    own_preview(request: OwnPreviewRequest) -> OwnPreviewView = |d: &mut Desk, r| own::preview(d, r);
    own_save(request: OwnSaveRequest) -> OwnProcedureView = own::save;
    own_withdraw(request: OwnRequest) -> Vec<OwnProcedureView> = own::withdraw;
    count() -> CountView = |d: &mut Desk| count::count(d);
    count_mark(request: CountMarkRequest) -> CountView = count::mark;
    count_undo() -> CountView = count::undo;
    count_feed() -> CountView = count::feed;
    count_sheet(request: PathRequest) -> ExportView = |d: &mut Desk, r| count::sheet(d, r);
    analysis(request: AnalysisRequest) -> AnalysisView = |d: &mut Desk, r| analysis::analysis(d, r);
    exception_groups(request: ProcedureRequest) -> ExceptionGroupsView = |d: &mut Desk, r| audit::groups(d, r);
    exceptions(request: ExceptionsRequest) -> ExceptionPageView = |d: &mut Desk, r| audit::exceptions(d, r);
    exception_source(request: SourceRequest) -> SourceRowView = |d: &mut Desk, r| audit::source(d, r);
    dispose(request: DisposeRequest) -> DisposedView = audit::dispose;
    finding_draft(request: FindingDraftRequest) -> FindingDraftView = |d: &mut Desk, r| finding::draft(d, r);
    finding_save(request: FindingRequest) -> FindingView = finding::save;
    finding_withdraw(request: FindingWithdrawRequest) -> FindingView = finding::withdraw;
    finding_step(request: FindingStepRequest) -> FindingView = finding::step;
    finding_rebind(request: FindingNoRequest) -> FindingView = finding::rebind;
    finding_repeats(request: FindingNoRequest) -> Vec<RepeatView> = |d: &mut Desk, r| finding::repeats(d, r);
    finding_phrases(request: FindingNoRequest) -> Vec<FindingPhraseView> = |d: &mut Desk, r| finding::phrases(d, r);
    finding_reply(request: ReplyRequest) -> FindingView = finding::reply;
    finding_follow_up(request: FollowUpRequest) -> FindingView = finding::follow_up;
    findings() -> Vec<FindingView> = |d: &mut Desk| finding::findings(d);
    due() -> Vec<DueView> = |d: &mut Desk| finding::due(d);
    evidence() -> Vec<EvidenceView> = |d: &mut Desk| evidence::evidence(d);
    evidence_add(request: EvidenceAddRequest) -> EvidenceView = evidence::evidence_add;
    evidence_change(request: EvidenceChangeRequest) -> EvidenceView = evidence::evidence_change;
    evidence_export(request: EvidenceExportRequest) -> ExportView = |d: &mut Desk, r| evidence::evidence_export(d, r);
    review() -> ReviewView = |d: &mut Desk| review::review(d);
    identity_make(request: IdentityRequest) -> ReviewView = review::identity_make;
    review_sign(request: SignRequest) -> ReviewView = review::sign;
    review_reopen(request: ReopenRequest) -> ReviewView = review::reopen;
    note_add(request: NoteRequest) -> ReviewView = review::note_add;
    note_reply(request: NoteAnswerRequest) -> ReviewView = review::note_reply;
    note_clear(request: NoteAnswerRequest) -> ReviewView = review::note_clear;
    team() -> TeamView = |d: &mut Desk| team::team(d);
    team_save(request: TeamMemberView) -> TeamView = team::team_save;
    settings() -> SettingsView = |d: &mut Desk| settings::settings(d);
    settings_set(request: SettingsView) -> SettingsView = settings::settings_set;
    dashboard() -> DashboardView = |d: &mut Desk| dashboard::dashboard(d);
    gate() -> GateView = |d: &mut Desk| output::gate(d);
    export_papers(request: ExportRequest) -> ExportView = |d: &mut Desk, r| output::papers(d, r);
    export_report(request: ExportRequest) -> ExportView = |d: &mut Desk, r| output::report(d, r);
    export_document(request: DocumentExportRequest) -> ExportView = |d: &mut Desk, r| output::document(d, r);
    templates() -> Vec<TemplateView> = |d: &mut Desk| template::templates(d);
    template_check(request: PathRequest) -> TemplateCheckView = |d: &mut Desk, r| template::template_check(d, r);
    template_add(request: TemplateAddRequest) -> Vec<TemplateView> = template::template_add;
    template_drop(request: KeyRequest) -> Vec<TemplateView> = template::template_drop;
    template_save(request: TemplateFileRequest) -> ExportView = |d: &mut Desk, r| template::template_save(d, r);
    template_fill(request: TemplateFileRequest) -> TemplateFilledView = |d: &mut Desk, r| template::template_fill(d, r);
    placeholders() -> Vec<PlaceholderView> = |d: &mut Desk| template::placeholders(d);
}

/// Looks at files; progress goes to the window as `import-progress`.
#[tauri::command]
pub async fn import_inspect(
    app: AppHandle,
    shared: State<'_, Shared>,
    request: InspectRequest,
) -> Result<Vec<InspectedFileView>, ErrorView> {
    on(shared, move |desk| {
        import::inspect(desk, &request, &mut |progress| {
            // A window that is gone needs no progress.
            let _ = app.emit("import-progress", progress);
        })
    })
    .await
}

/// Imports files as one batch; progress goes to the window as `import-progress`.
#[tauri::command]
pub async fn import_run(
    app: AppHandle,
    shared: State<'_, Shared>,
    request: ImportRequest,
) -> Result<ImportView, ErrorView> {
    on(shared, move |desk| {
        import::run(desk, &request, &mut |progress| {
            // A window that is gone needs no progress.
            let _ = app.emit("import-progress", progress);
        })
    })
    .await
}

/// Runs procedures; progress goes to the window as `audit-progress`.
#[tauri::command]
pub async fn audit_run(
    app: AppHandle,
    shared: State<'_, Shared>,
    request: RunRequest,
) -> Result<RunsView, ErrorView> {
    on(shared, move |desk| {
        audit::run(desk, &request, &mut |progress| {
            // A window that is gone needs no progress.
            let _ = app.emit("audit-progress", progress);
        })
    })
    .await
}

/// Begins a look at the whole vault beside the work; how it stands goes to the window as `integrity`.
#[tauri::command]
pub async fn integrity_start(app: AppHandle, shared: State<'_, Shared>) -> Result<IntegrityView, ErrorView> {
    on(shared, move |desk| {
        let job = integrity::begin(desk)?;
        std::thread::spawn(move || {
            job.run(&mut |view| {
                // A window that is gone needs no progress.
                let _ = app.emit("integrity", view);
            });
        });
        integrity::integrity(desk)
    })
    .await
}

/// Stops the running procedures. Does not wait for the desk.
#[tauri::command]
pub fn audit_cancel(shared: State<'_, Shared>) {
    shared.cancel.store(true, Ordering::Relaxed);
}

/// Stops the running import. Does not wait for the desk.
#[tauri::command]
pub fn import_cancel(shared: State<'_, Shared>) {
    shared.cancel.store(true, Ordering::Relaxed);
}

/// Stops a look at data. Does not wait for the desk.
#[tauri::command]
pub fn data_cancel(shared: State<'_, Shared>) {
    let stop = shared.data_stop.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(running) = stop.as_ref() {
        running.interrupt();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_window_knows_exactly_these_commands() {
        let mut here: Vec<&str> = super::NAMES.to_vec();
        here.extend([
            "integrity_start",
            "import_inspect",
            "import_run",
            "import_cancel",
            "data_cancel",
            "audit_run",
            "audit_cancel",
        ]);
        here.sort_unstable();
        let mut wire: Vec<&str> =
            fieldbook_app::wire::typescript::commands().into_iter().map(|c| c.name).collect();
        wire.sort_unstable();
        assert_eq!(here, wire);
    }
}
