//! One act of an examiner, whatever the numbers say; the same for the same numbers.

use super::Dice;
use super::world::{World, passphrase};
use crate::desk::import_file;
use fieldbook_app::import::SheetOrder;
use fieldbook_app::wire::{
    AnswerKeyView, AnswerRequest, BulkRequest, DisposeRequest, DispositionWord, EvidenceAbout,
    EvidenceAddRequest, ExamNewRequest, ExceptionsRequest, FindingRequest, FindingTypeWord,
    ImportBatchRequest, MethodWord, NoteRequest, PhraseRequest, ResultWord, RunRequest, SettingsView,
    SeverityWord,
};
use fieldbook_app::{
    AppError, Desk, audit, backup, checklist, evidence, exam, finding, import, profile, review, session,
    settings,
};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Facts of the firms: two documents bind them.
const FACTS: &str = "is_sec = true\nis_fcm = true\nsec_broker = true\ninet = true\ncolo = true\npii = true\n";

/// Makes an exam, and opens it.
///
/// # Errors
/// The use cases'.
pub fn new_exam(desk: &mut Desk, n: u64) -> Result<(), AppError> {
    let (profile, systems) = profile::profile_from_text(desk, FACTS)?;
    let request = ExamNewRequest {
        firm: format!("第{n}證券股份有限公司"),
        case_no: format!("115-證-{n:04}"),
        as_of: "2020-12-31".to_owned(),
        period_from: "2020-01-01".to_owned(),
        period_to: "2020-12-31".to_owned(),
        examiners: vec!["查核員甲".to_owned(), "查核員乙".to_owned()],
    };
    exam::exam_create_with(desk, &request, profile, systems).map(|_| ())
}

/// Clauses that can be answered in the open exam.
#[must_use]
pub fn clauses(desk: &Desk) -> Vec<String> {
    let all = desk.bundle().documents.iter().flat_map(|d| &d.chapters).flat_map(|c| &c.clauses);
    let ids = all.map(|c| c.id.to_string()).filter(|id| id.starts_with("COL-") || id.starts_with("FCM-"));
    ids.filter(|id| checklist::item(desk, &fieldbook_app::wire::ClauseRequest { clause: id.clone() }).is_ok())
        .collect()
}

/// What an act was, and what it said: `done`, or the key of the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which kind of act.
    pub act: &'static str,
    /// `done`, or the key of the refusal.
    pub said: String,
}

/// What the acts need beside the desk.
pub struct Actor {
    /// Clauses to answer.
    pub clauses: Vec<String>,
    /// Changes of the passphrase so far.
    pub changes: u64,
    /// Exam that is open.
    pub open: Option<String>,
}

impl Actor {
    /// Does the act of this number.
    pub fn act(&mut self, world: &World, desk: &mut Desk, n: u64) -> Told {
        world.begin(n);
        let mut dice = Dice::new(world.seed, n);
        let (act, done) = match self.open_exam(world, desk, n) {
            Ok(()) => self.some(world, desk, n, &mut dice),
            Err(e) => ("open", Err(e)),
        };
        Told { act, said: done.map_or_else(|e| e.key().to_owned(), |()| "done".to_owned()) }
    }

    fn open_exam(&mut self, world: &World, desk: &mut Desk, n: u64) -> Result<(), AppError> {
        world.open_exam_of(desk, n, &mut self.open)
    }

    fn some(
        &mut self,
        world: &World,
        desk: &mut Desk,
        n: u64,
        dice: &mut Dice,
    ) -> (&'static str, Result<(), AppError>) {
        match world.kind(n, dice) {
            0..=9 => ("answer", answer(desk, &self.clause(dice), n, dice)),
            10..=13 => ("answers", self.answers(desk, n, dice)),
            14..=16 => ("import", import_one(world, desk, n, dice)),
            17 => ("undo", undo(desk)),
            18..=19 => ("run", run(desk)),
            20..=21 => ("dispose", dispose(desk, n)),
            22..=24 => ("finding", finding_one(desk, &self.clause(dice), n)),
            25..=27 => ("evidence", take_in(world, desk, n, dice)),
            28..=29 => ("settings", organisation(desk, n)),
            30..=31 => ("note", note(desk, n)),
            32..=34 => ("phrase", phrase(desk, &self.clause(dice), n)),
            35 => {
                self.open = None;
                ("exam", new_exam(desk, n))
            }
            36..=37 => {
                let changed = session::change_passphrase(desk, passphrase(n)).map(|_| ());
                if changed.is_ok() {
                    self.changes = n;
                }
                ("passphrase", changed)
            }
            _ => ("backup", backup::generation(desk, &world.folder.join("備份"), 2).map(|_| ())),
        }
    }

    fn clause(&self, dice: &mut Dice) -> String {
        let n = dice.below(self.clauses.len().max(1) as u64);
        usize::try_from(n).ok().and_then(|n| self.clauses.get(n)).cloned().unwrap_or_default()
    }

    fn answers(&self, desk: &mut Desk, n: u64, dice: &mut Dice) -> Result<(), AppError> {
        let key = |clause| AnswerKeyView { clause, unit: String::new(), system: String::new() };
        let keys = (0..30).map(|_| key(self.clause(dice))).collect();
        let (result, method) = (ResultWord::Compliant, Some(MethodWord::Inspection));
        let request =
            BulkRequest { keys, result, method, note: format!("整批第 {n} 次"), only_open: false };
        checklist::answers_bulk(desk, &request).map(|_| ())
    }
}

fn answer(desk: &mut Desk, clause: &str, n: u64, dice: &mut Dice) -> Result<(), AppError> {
    let result = if dice.below(2) == 0 { ResultWord::Compliant } else { ResultWord::NoData };
    let request = AnswerRequest {
        clause: clause.to_owned(),
        unit: String::new(),
        system: String::new(),
        result,
        method: Some(MethodWord::Interview),
        mode: None,
        note: format!("第 {n} 次所記之說明").repeat(1 + usize::try_from(dice.below(80)).unwrap_or(0)),
        paper_ref: String::new(),
        awaited: None,
    };
    checklist::answer(desk, &request).map(|_| ())
}

/// A file that the examiner has in the folder `in`.
fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let dir = world.folder.join("收件");
    std::fs::create_dir_all(&dir).expect("a folder of the examiner's");
    let path = dir.join(name);
    std::fs::write(&path, bytes).expect("a file of the examiner's");
    path
}

fn import_one(world: &World, desk: &mut Desk, n: u64, dice: &mut Dice) -> Result<(), AppError> {
    let mut text = String::from(
        "系統名稱,帳號,使用者姓名,所屬單位,帳號類型,狀態,建立日期,最後登入時間,密碼最後變更日\n",
    );
    for i in 0..20 + dice.below(300) {
        writeln!(
            text,
            "下單主機{n},user{i},王小明{i},資訊部,,啟用,2018-01-02,2020-12-30 08:31:00,2018-01-03"
        )
        .expect("a text takes text");
    }
    let path = file(world, &format!("帳號清冊{n}.csv"), text.as_bytes());
    let order = SheetOrder { dataset: Some("accounts".to_owned()), ..SheetOrder::default() };
    let done = import_file(desk, &path, order);
    std::fs::remove_file(path).expect("the examiner's own file");
    done.map(|_| ())
}

fn undo(desk: &mut Desk) -> Result<(), AppError> {
    let last = import::imports(desk)?.iter().filter(|i| !i.undone).map(|i| i.batch).fold(0.0, f64::max);
    import::undo(desk, &ImportBatchRequest { batch: last }).map(|_| ())
}

const PROCEDURE: &str = "T-ACC-02";

fn run(desk: &mut Desk) -> Result<(), AppError> {
    let request = RunRequest { procedures: vec![PROCEDURE.to_owned()], overrides: Vec::new() };
    audit::run(desk, &request, &mut |_| {}).map(|_| ())
}

fn dispose(desk: &mut Desk, n: u64) -> Result<(), AppError> {
    let request =
        ExceptionsRequest { procedure: PROCEDURE.to_owned(), limit: 5, ..ExceptionsRequest::default() };
    let ids = audit::exceptions(desk, &request)?.rows.iter().map(|r| r.id).collect();
    let request =
        DisposeRequest { ids, kind: DispositionWord::Explained, note: format!("第 {n} 次之說明") };
    audit::dispose(desk, &request).map(|_| ())
}

fn finding_one(desk: &mut Desk, clause: &str, n: u64) -> Result<(), AppError> {
    let request = FindingRequest {
        no: 0,
        kind: FindingTypeWord::Deficiency,
        title: format!("第 {n} 項發現"),
        condition: "帳號清冊有未停用之離職人員帳號。".repeat(20),
        clauses: vec![clause.to_owned()],
        cause: String::new(),
        effect: "未經授權存取".to_owned(),
        severity: SeverityWord::High,
        category: String::new(),
        recommendation: "停用".to_owned(),
        exceptions: Vec::new(),
        objects: Vec::new(),
        evidence: Vec::new(),
        papers: Vec::new(),
        repeat_of: None,
    };
    finding::save(desk, &request).map(|_| ())
}

fn take_in(world: &World, desk: &mut Desk, n: u64, dice: &mut Dice) -> Result<(), AppError> {
    let length = if dice.below(4) == 0 { 1_200_000 } else { 1 + dice.below(60_000) };
    let bytes: Vec<u8> = (0..length / 8 + 1).flat_map(|_| dice.roll().to_be_bytes()).collect();
    let path = file(world, &format!("畫面{n}.png"), &bytes);
    let about = EvidenceAbout { source: "資訊部王經理".to_owned(), ..EvidenceAbout::default() };
    let request =
        EvidenceAddRequest { path: path.to_string_lossy().into_owned(), about, findings: Vec::new() };
    let done = evidence::evidence_add(desk, &request);
    std::fs::remove_file(path).expect("the examiner's own file");
    done.map(|_| ())
}

fn organisation(desk: &mut Desk, n: u64) -> Result<(), AppError> {
    let now = settings::settings(desk)?;
    let changed = SettingsView {
        organisation: format!("第 {n} 稽核組"),
        exit_meeting: format!("第 {n} 次會議"),
        ..now
    };
    settings::settings_set(desk, &changed).map(|_| ())
}

fn note(desk: &mut Desk, n: u64) -> Result<(), AppError> {
    let request = NoteRequest { paper: "A-1".to_owned(), text: format!("第 {n} 則覆核意見") };
    review::note_add(desk, &request).map(|_| ())
}

fn phrase(desk: &mut Desk, clause: &str, n: u64) -> Result<(), AppError> {
    let request = PhraseRequest { clause: clause.to_owned(), text: format!("常用語句第 {n} 則") };
    checklist::phrase_keep(desk, &request).map(|_| ())
}
