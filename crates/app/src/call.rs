//! Every use case by the name that the window calls it by. Requests come in as JSON and are looked at here before a use case
//! sees them, so that there is one place that bounds what a window, or what has taken it over, can hand in.

use crate::wire::*;
use crate::{
    AppError, Desk, analysis, assignment, audit, backup, checklist, contact, count, dashboard, data, edition,
    evidence, exam, finding, handover, headquarters, import, integrity, keys, licences, output, own,
    passphrase, picture, practice, profile, request, retention, review, sample, security, session, settings,
    team, template, trail,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// UTF-8 bytes that one text of a request may have: a long finding, or a long query, many times over.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// UTF-8 bytes that all texts of a request may have together.
pub const LARGEST_REQUEST: usize = 4 * 1024 * 1024;
/// Values (texts, numbers, lists, fields) that a request may hold.
pub const MOST_VALUES: usize = 200_000;

/// What a use case tells while it works.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Told {
    /// A file that is being read or stored.
    Import(ProgressView),
    /// A procedure that begins.
    Run(RunProgressView),
    /// A file that is being taken into custody.
    Evidence(EvidenceProgressView),
    /// A package that is being written, looked at or merged.
    Handover(HandoverProgressView),
}

impl Told {
    /// The name of the event that carries it to the window.
    #[must_use]
    pub fn event(&self) -> &'static str {
        match self {
            Self::Import(_) => "import-progress",
            Self::Run(_) => "audit-progress",
            Self::Evidence(_) => "evidence-progress",
            Self::Handover(_) => "handover-progress",
        }
    }
}

/// Takes what a use case tells.
pub type Tell<'a> = &'a mut (dyn FnMut(Told) + Send);

struct Command {
    name: &'static str,
    run: fn(&mut Desk, Value, Tell) -> Result<Value, AppError>,
}

/// Runs the command of this name; what it tells meanwhile is dropped.
///
/// # Errors
/// As [`call_telling`].
pub fn call(desk: &mut Desk, name: &str, request: Value) -> Result<Value, ErrorView> {
    call_telling(desk, name, request, &mut |_| ())
}

/// Runs the command of this name.
///
/// # Errors
/// `unknown_command`; `request_too_large`, `text_too_long`, `bad_text` or `bad_request` before any use case is asked; then
/// the use case's.
pub fn call_telling(desk: &mut Desk, name: &str, request: Value, tell: Tell) -> Result<Value, ErrorView> {
    let command = COMMANDS.iter().find(|c| c.name == name);
    let answer = bounded(&request).and_then(|()| {
        let command = command.ok_or_else(|| AppError::new("unknown_command"))?;
        if desk.vault.is_none() && !without_vault(name) {
            return Err(AppError::new("locked"));
        }
        (command.run)(desk, request, tell)
    });
    answer.map_err(|e| e.view())
}

/// Names of the commands, in the order of the table.
#[must_use]
pub fn names() -> Vec<&'static str> {
    COMMANDS.iter().map(|c| c.name).collect()
}

/// What can be asked while no vault is open: to see what there is and under which licences, to make or open one, and to stop
/// what no longer runs.
fn without_vault(name: &str) -> bool {
    ["session", "session_touch", "passphrase_strength", "licences"].contains(&name)
        || name.starts_with("vault_")
        || name.ends_with("_cancel")
}

/// Whether a request is of a size and of letters that a person's work could come to.
fn bounded(request: &Value) -> Result<(), AppError> {
    let (mut values, mut bytes) = (0, 0);
    let mut waiting = vec![request];
    while let Some(value) = waiting.pop() {
        values += 1;
        match value {
            Value::String(text) => bytes += text_of(text)?,
            Value::Array(list) => waiting.extend(list),
            Value::Object(fields) => {
                for (key, value) in fields {
                    bytes += text_of(key)?;
                    waiting.push(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        if values + waiting.len() > MOST_VALUES || bytes > LARGEST_REQUEST {
            return Err(AppError::new("request_too_large"));
        }
    }
    Ok(())
}

/// Bytes of a text that may be taken in.
fn text_of(text: &str) -> Result<usize, AppError> {
    if text.len() > LONGEST_TEXT {
        return Err(AppError::new("text_too_long").with("max", LONGEST_TEXT / 1024));
    }
    // A name with a NUL is cut short by whatever is written in C; nobody types one.
    if text.contains('\0') {
        return Err(AppError::new("bad_text"));
    }
    Ok(text.len())
}

fn read<T: DeserializeOwned>(request: Value) -> Result<T, AppError> {
    // What was wrong with it could repeat what it says: a passphrase, a firm's data.
    serde_json::from_value(request).map_err(|_| AppError::new("bad_request"))
}

fn write<T: Serialize>(view: &T) -> Result<Value, AppError> {
    serde_json::to_value(view).map_err(crate::error::internal)
}

fn nothing(request: &Value) -> Result<(), AppError> {
    if request.is_null() { Ok(()) } else { Err(AppError::new("bad_request")) }
}

/// Stops what runs: a desk that is asked this is not busy, so there is nothing to stop but what is asked next.
fn cancel(desk: &Desk) -> Result<(), AppError> {
    desk.cancel_flag().store(true, Ordering::Relaxed);
    Ok(())
}

fn stop_data(desk: &Desk) -> Result<(), AppError> {
    let stop = desk.data_stop();
    if let Some(running) = stop.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
        running.interrupt();
    }
    Ok(())
}

macro_rules! commands {
    (@read $body:ident) => { nothing(&$body)?; };
    (@read $body:ident $request:ident: $type:ty) => { let $request: $type = read($body)?; };
    ($($name:ident ($($request:ident: $type:ty)?) -> $view:ty = $use_case:expr;)+) => {
        $(
            fn $name(desk: &mut Desk, body: Value, _: Tell) -> Result<Value, AppError> {
                commands!(@read body $($request: $type)?);
                let view: Result<$view, AppError> = ($use_case)(desk $(, &$request)?);
                write(&view?)
            }
        )+

        const COMMANDS: &[Command] = &[
            Command { name: "import_inspect", run: import_inspect },
            Command { name: "import_run", run: import_run },
            Command { name: "audit_run", run: audit_run },
            Command { name: "practice_make", run: practice_make },
            Command { name: "evidence_take", run: evidence_take },
            Command { name: "handover_create", run: handover_create },
            Command { name: "handover_inspect", run: handover_inspect },
            Command { name: "merge_apply", run: merge_apply },
            $(Command { name: stringify!($name), run: $name }),+
        ];
    };
}

fn import_inspect(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: InspectRequest = read(body)?;
    write(&import::inspect(desk, &request, &mut |progress| tell(Told::Import(progress)))?)
}

fn import_run(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: ImportRequest = read(body)?;
    write(&import::run(desk, &request, &mut |progress| tell(Told::Import(progress)))?)
}

fn audit_run(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: RunRequest = read(body)?;
    write(&audit::run(desk, &request, &mut |progress| tell(Told::Run(progress)))?)
}

fn practice_make(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    nothing(&body)?;
    write(&practice::make(desk, tell)?)
}

fn evidence_take(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: EvidenceTakeRequest = read(body)?;
    write(&evidence::evidence_take(desk, &request, &mut |progress| tell(Told::Evidence(progress)))?)
}

fn handover_create(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: HandoverCreateRequest = read(body)?;
    write(&handover::create(desk, &request, &mut |progress| tell(Told::Handover(progress)))?)
}

fn handover_inspect(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: PathRequest = read(body)?;
    write(&handover::inspect(desk, &request, &mut |progress| tell(Told::Handover(progress)))?)
}

fn merge_apply(desk: &mut Desk, body: Value, tell: Tell) -> Result<Value, AppError> {
    let request: MergeApplyRequest = read(body)?;
    write(&handover::apply(desk, &request, &mut |progress| tell(Told::Handover(progress)))?)
}

commands! {
    session() -> SessionView = |d: &mut Desk| session::session(d);
    vault_create(request: CreateVaultRequest) -> VaultCreatedView = session::vault_create;
    vault_confirm_recovery(request: RecoveryConfirmRequest) -> VaultView = session::vault_confirm_recovery;
    vault_unlock(request: UnlockRequest) -> VaultView = session::vault_unlock;
    vault_lock() -> () = |d: &mut Desk| { session::vault_lock(d); Ok(()) };
    status() -> StatusView = |d: &mut Desk| exam::status(d);
    exams() -> Vec<ExamHeadView> = |d: &mut Desk| exam::exams(d);
    exam_figures() -> Vec<ExamFiguresView> = |d: &mut Desk| exam::exam_figures(d);
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
    procedure_picture(request: ProcedurePictureRequest) -> ProcedurePictureView = |d: &mut Desk, r| picture::picture(d, r);
    picture_save(request: PictureSaveRequest) -> ExportView = |_: &mut Desk, r| picture::save(r);
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
    evidence_export(request: EvidenceExportRequest) -> ExportView = evidence::evidence_export;
    review() -> ReviewView = |d: &mut Desk| review::review(d);
    identity_make(request: IdentityRequest) -> ReviewView = review::identity_make;
    review_sign(request: SignRequest) -> ReviewView = review::sign;
    review_reopen(request: ReopenRequest) -> ReviewView = review::reopen;
    note_add(request: NoteRequest) -> ReviewView = review::note_add;
    note_reply(request: NoteAnswerRequest) -> ReviewView = review::note_reply;
    note_clear(request: NoteAnswerRequest) -> ReviewView = review::note_clear;
    team() -> TeamView = |d: &mut Desk| team::team(d);
    team_save(request: TeamMemberView) -> TeamView = team::team_save;
    contacts() -> ContactsView = |d: &mut Desk| contact::contacts(d);
    contact_card_set(request: CardNameRequest) -> ContactsView = contact::contact_card_set;
    contact_card_save(request: PathRequest) -> ExportView = |d: &mut Desk, r| contact::contact_card_save(d, r);
    contact_look(request: CardRequest) -> CardLookView = |d: &mut Desk, r| contact::contact_look(d, r);
    contact_add(request: CardRequest) -> ContactsView = contact::contact_add;
    contact_verify(request: ContactVerifyRequest) -> ContactsView = contact::contact_verify;
    contact_change_key(request: ContactKeyRequest) -> ContactsView = contact::contact_change_key;
    contact_remove(request: ContactRequest) -> ContactsView = contact::contact_remove;
    assignments() -> AssignmentsView = |d: &mut Desk| assignment::assignments(d);
    assign(request: AssignRequest) -> AssignmentsView = assignment::assign;
    mine() -> MineView = |d: &mut Desk| assignment::mine(d);
    mine_set(request: MineRequest) -> MineView = assignment::mine_set;
    security() -> SecurityView = |d: &mut Desk| security::security(d);
    security_set(request: SecurityView) -> SecurityView = security::security_set;
    settings() -> SettingsView = |d: &mut Desk| settings::settings(d);
    settings_set(request: SettingsView) -> SettingsView = settings::settings_set;
    dashboard() -> DashboardView = |d: &mut Desk| dashboard::dashboard(d);
    headquarters(request: HeadquartersRequest) -> HeadquartersView = |d: &mut Desk, r| headquarters::headquarters(d, r);
    headquarters_book(request: HeadquartersBookRequest) -> ExportView = |d: &mut Desk, r| headquarters::book(d, r);
    headquarters_tables(request: HeadquartersTablesRequest) -> ExportView = |d: &mut Desk, r| headquarters::tables(d, r);
    headquarters_renew() -> HeadquartersRenewedView = headquarters::renew;
    gate() -> GateView = |d: &mut Desk| output::gate(d);
    export_papers(request: ExportRequest) -> ExportView = |d: &mut Desk, r| output::papers(d, r);
    export_report(request: ExportRequest) -> ExportView = |d: &mut Desk, r| output::report(d, r);
    export_document(request: DocumentExportRequest) -> ExportView = |d: &mut Desk, r| output::document(d, r);
    output_pages(request: OutputPagesRequest) -> OutputPagesView = output::output_pages;
    output_page(request: OutputPageRequest) -> PictureView = output::output_page;
    finding_pages(request: FindingNoRequest) -> OutputPagesView = output::finding_pages;
    output_papers() -> Vec<OutputPaperView> = |d: &mut Desk| output::output_papers(d);
    output_paper(request: OutputPaperRequest) -> OutputSheetsView = output::output_paper;
    output_grid(request: OutputGridRequest) -> EvidenceGridView = output::output_grid;
    templates() -> Vec<TemplateView> = |d: &mut Desk| template::templates(d);
    template_check(request: PathRequest) -> TemplateCheckView = |d: &mut Desk, r| template::template_check(d, r);
    template_add(request: TemplateAddRequest) -> Vec<TemplateView> = template::template_add;
    template_drop(request: KeyRequest) -> Vec<TemplateView> = template::template_drop;
    template_save(request: TemplateFileRequest) -> ExportView = |d: &mut Desk, r| template::template_save(d, r);
    template_fill(request: TemplateFileRequest) -> TemplateFilledView = |d: &mut Desk, r| template::template_fill(d, r);
    template_preview(request: TemplateKeyRequest) -> TemplatePreviewView = template::template_preview;
    placeholders() -> Vec<PlaceholderView> = |d: &mut Desk| template::placeholders(d);
    licences() -> LicencesView = |d: &mut Desk| licences::licences(d);
    vault_unlock_keystore(request: VaultDirRequest) -> VaultView = session::vault_unlock_keystore;
    key_slots() -> KeySlotsView = |d: &mut Desk| keys::key_slots(d);
    passphrase_change(request: PassphraseChangeRequest) -> KeySlotsView = keys::passphrase_change;
    recovery_renew(request: ProofRequest) -> VaultCreatedView = keys::recovery_renew;
    escrow_add(request: EscrowRequest) -> KeySlotsView = keys::escrow_add;
    keystore_add(request: ProofRequest) -> KeySlotsView = keys::keystore_add;
    slot_remove(request: SlotRequest) -> KeySlotsView = keys::slot_remove;
    integrity() -> IntegrityView = |d: &mut Desk| integrity::integrity(d);
    evidence_look(request: EvidenceLookRequest) -> Vec<EvidenceLookView> = |d: &mut Desk, r| evidence::evidence_look(d, r);
    evidence_custody(request: EvidenceRequest) -> Vec<CustodyEntryView> = |d: &mut Desk, r| evidence::evidence_custody(d, r);
    evidence_record(request: CustodyRequest) -> EvidenceView = evidence::evidence_record;
    evidence_preview(request: EvidenceRequest) -> EvidencePreviewView = evidence::evidence_preview;
    evidence_page(request: EvidencePageRequest) -> PictureView = evidence::evidence_page;
    evidence_text(request: EvidenceRequest) -> EvidenceTextView = evidence::evidence_text;
    evidence_grid(request: EvidencePageRequest) -> EvidenceGridView = evidence::evidence_grid;
    evidence_thumbnail(request: EvidenceRequest) -> PictureView = evidence::evidence_thumbnail;
    backups() -> BackupsView = |d: &mut Desk| backup::backups(d);
    backup_make(request: BackupRequest) -> BackupsView = backup::backup_make;
    handover() -> HandoverView = |d: &mut Desk| handover::handover(d);
    handover_plan(request: HandoverRequest) -> HandoverPlanView = |d: &mut Desk, r| handover::plan(d, r);
    handover_changes(request: TakeInChangesRequest) -> TakeInChangesView = |d: &mut Desk, r| handover::changes(d, r);
    handover_cancel() -> () = |d: &mut Desk| cancel(d);
    merges() -> MergesView = |d: &mut Desk| handover::merges(d);
    merge_undo(request: MergeUndoRequest) -> MergesView = handover::undo;
    trail(request: TrailRequest) -> TrailPageView = |d: &mut Desk, r| trail::page(d, r);
    trail_entry(request: TrailEntryRequest) -> TrailEntryView = |d: &mut Desk, r| trail::entry(d, r);
    trail_checkpoint(request: CheckpointRequest) -> CheckpointView = |d: &mut Desk, r| trail::checkpoint(d, r);
    trail_verify(request: TrailVerifyRequest) -> TrailVerdictView = |d: &mut Desk, r| trail::verify(d, r);
    exam_put_away(request: PutAwayRequest) -> Vec<ExamHeadView> = retention::put_away;
    exam_destroy(request: DestroyRequest) -> DestructionView = retention::destroy;
    news_seen() -> VaultView = |d: &mut Desk| session::news_seen(d);
    practice_remove(request: ExamRequest) -> Vec<ExamHeadView> = practice::remove;
    destructions() -> Vec<DestructionView> = |d: &mut Desk| retention::destructions(d);
    destruction_export(request: DestructionExportRequest) -> ExportView = |d: &mut Desk, r| retention::export(d, r);
    integrity_start() -> IntegrityView = integrity::start;
    passphrase_strength(request: StrengthRequest) -> StrengthView = |_: &mut Desk, r| Ok(passphrase::strength(r));
    evidence_cancel() -> () = |d: &mut Desk| cancel(d);
    import_cancel() -> () = |d: &mut Desk| cancel(d);
    audit_cancel() -> () = |d: &mut Desk| cancel(d);
    session_touch() -> () = |_: &mut Desk| Ok(());
    clipboard_put(request: ClipboardRequest) -> () = |_: &mut Desk, _| Err(AppError::new("no_clipboard"));
    data_cancel() -> () = |d: &mut Desk| stop_data(d);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_window_may_call_exactly_these() {
        let mut here = names();
        let mut wire: Vec<&str> = typescript::commands().into_iter().map(|c| c.name).collect();
        here.sort_unstable();
        wire.sort_unstable();
        assert_eq!(here, wire);
    }

    #[test]
    fn a_request_is_bounded_in_its_texts_their_sum_and_its_values() {
        let key = |value: Value| bounded(&value).err().map(|e| e.key());
        assert_eq!(key(json!({ "a": "字".repeat(LONGEST_TEXT / 3) })), None);
        assert_eq!(key(json!({ "a": "字".repeat(LONGEST_TEXT) })), Some("text_too_long"));
        assert_eq!(key(json!({ "x".repeat(LONGEST_TEXT + 1): 1 })), Some("text_too_long"));
        let long = "x".repeat(LONGEST_TEXT);
        assert_eq!(key(json!(vec![long; 17])), Some("request_too_large"));
        assert_eq!(key(json!(vec![0; MOST_VALUES])), Some("request_too_large"));
        assert_eq!(key(json!([["a\0b"]])), Some("bad_text"));
    }
}
