//! `bench-handover [MIB]`: two laptops with one exam. One of them answers, disposes, finds and takes evidence in; what it did is
//! packed, looked at and merged by the other. Prints seconds, the size of the package beside its content, and memory.

use fieldbook_app::wire::{
    EvidenceModeWord, HandoverCreateRequest, HandoverRequest, HandoverScopeWord, MergeApplyRequest,
    PathRequest, UnlockRequest,
};
use fieldbook_app::{AppError, Desk, contact, exam, handover, session};
use fieldbook_model::{
    Answer, AnswerKey, ClauseId, Confidentiality, Disposition, DispositionKind, Evidence, ExamId,
    ExceptionKey, Finding, FindingStatus, FindingType, ItemResult, Moment, RowRef, Severity,
};
use fieldbook_tests::desk::{FIRST, PASSPHRASE, host, with_vault};
use fieldbook_tests::peak::peak_mib;
use fieldbook_tests::target;
use fieldbook_vault::{AnswerAction, ExamStore, Vault};
use jiff::civil::date;
use secrecy::SecretString;
use std::error::Error;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// MiB of evidence unless another number is asked for.
const SIZE: u64 = 1024;
const PREVIEW: f64 = 2.0;
const APPLY: f64 = 10.0;
const PACKED: f64 = 1.02;
const ANSWERS: usize = 350;
const DISPOSITIONS: u32 = 2_000;
const FINDINGS: usize = 200;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    let mib = std::env::args().nth(1).map_or(Ok(SIZE), |n| n.parse())?;
    let folder = tempfile::tempdir_in(target())?;
    let [a, b] = ["甲", "乙"].map(|name| folder.path().join(name));
    let package = folder.path().join("交接.fieldbook.age");
    let words = |e: AppError| e.view().message;
    let mut here = with_vault(&a).map_err(words)?;
    let mut there = with_other_vault(&b).map_err(words)?;
    let id =
        fieldbook_tests::desk::exam_of(&mut here, "115-期-0001", "is_fcm = true").map_err(words)?.head.id;
    hand_over(&mut here, &recipient(&there)?, HandoverScopeWord::Whole, &package).map_err(words)?;
    take(&mut there, &package).map_err(words)?;
    drop(there);
    fill(&b.join("vault"), &id, mib)?;
    let mut there = unlocked(&b).map_err(words)?;
    exam::exam_open(&mut there, &fieldbook_app::wire::ExamRequest { exam: id.clone() }).map_err(words)?;

    let mut out = std::io::stdout().lock();
    let begun = Instant::now();
    let made =
        hand_over(&mut there, &recipient(&here)?, HandoverScopeWord::Whole, &package).map_err(words)?;
    let packed = begun.elapsed().as_secs_f64();
    let ratio = made / (mib << 20) as f64;
    writeln!(
        out,
        "package: {packed:.1} s, {:.1} MB, {ratio:.4} × the evidence (at most {PACKED})",
        made / 1e6
    )?;
    let begun = Instant::now();
    let view = look(&mut here, &package).map_err(words)?;
    let preview = begun.elapsed().as_secs_f64();
    writeln!(out, "preview: {preview:.2} s (at most {PREVIEW})")?;
    let begun = Instant::now();
    let done = handover::apply(&mut here, &view, &mut |_| ()).map_err(words)?;
    let applied = begun.elapsed().as_secs_f64();
    writeln!(out, "apply: {applied:.2} s (at most {APPLY})")?;
    for c in &done.counts {
        writeln!(out, "  {:?}: {} added, {} changed", c.kind, c.added, c.changed)?;
    }
    let peak = peak_mib();
    if let Some(peak) = peak {
        writeln!(out, "memory: {peak:.0} MiB at most (at most 150)")?;
    }
    let holds = preview <= PREVIEW && applied <= APPLY && ratio <= PACKED && peak.is_none_or(|p| p <= 150.0);
    Ok(if holds || mib < SIZE { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A vault with keys of its own: the first ones of a repeatable host are those of the other laptop.
fn with_other_vault(folder: &Path) -> Result<Desk, AppError> {
    let mut desk = with_vault(&folder.join("first"))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    let passphrase = PASSPHRASE.to_owned();
    session::vault_create(&mut desk, &fieldbook_app::wire::CreateVaultRequest { dir, passphrase })?;
    Ok(desk)
}

fn unlocked(folder: &Path) -> Result<Desk, AppError> {
    let mut desk = Desk::new(host(&folder.join("vault")))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_unlock(&mut desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    Ok(desk)
}

/// `age1…` of a desk's vault.
fn recipient(desk: &Desk) -> Outcome<String> {
    let own = contact::contacts(desk).map_err(|e| e.view().message)?.own;
    Ok(fieldbook_vault::Card::read(&own.text)?.recipient)
}

fn hand_over(desk: &mut Desk, to: &str, scope: HandoverScopeWord, path: &Path) -> Result<f64, AppError> {
    let what = HandoverRequest {
        scope,
        documents: Vec::new(),
        chapters: Vec::new(),
        procedures: Vec::new(),
        findings: true,
        evidence: true,
        since: String::new(),
        evidence_as: EvidenceModeWord::Included,
        deidentified: false,
        recipients: vec![to.to_owned()],
    };
    let path = path.to_string_lossy().into_owned();
    Ok(handover::create(desk, &HandoverCreateRequest { what, path }, &mut |_| ())?.bytes)
}

/// Looks at a package; gives what takes it in.
fn look(desk: &mut Desk, path: &Path) -> Result<MergeApplyRequest, AppError> {
    let path = path.to_string_lossy().into_owned();
    let view = handover::inspect(desk, &PathRequest { path: path.clone() }, &mut |_| ())?;
    Ok(MergeApplyRequest { path, sha256: view.sha256, sender_accepted: true, choices: Vec::new() })
}

fn take(desk: &mut Desk, path: &Path) -> Result<(), AppError> {
    let order = look(desk, path)?;
    handover::apply(desk, &order, &mut |_| ()).map(|_| ())
}

fn at() -> Moment {
    date(2021, 1, 5).at(10, 0, 0, 0)
}

/// A day's work, past the desk: what is timed is what becomes of it.
fn fill(dir: &Path, id: &str, mib: u64) -> Outcome<()> {
    let passphrase = SecretString::from(PASSPHRASE.to_owned());
    let vault = Vault::unlock(dir, &passphrase)?;
    let bundle = fieldbook_checklist::bundled().map_err(|e| format!("{e:?}"))?;
    let mut store: ExamStore = vault.open_exam(&ExamId::parse(id)?, &bundle.datasets)?;
    let clauses: Vec<ClauseId> = bundle.clauses().map(|c| c.id.clone()).take(ANSWERS).collect();
    let answers: Vec<Answer> = clauses
        .iter()
        .map(|clause| Answer {
            key: AnswerKey { clause: clause.clone(), unit: String::new(), system: String::new() },
            result: ItemResult::Compliant,
            method: None,
            mode: None,
            note: "檢視帳號清冊與權限核准紀錄，未發現異常。".to_owned(),
            paper_ref: String::new(),
            awaited: None,
            origin: None,
            by: FIRST.to_owned(),
            at: at(),
        })
        .collect();
    store.set_answers(&answers, AnswerAction::Set)?;
    let key = |row: u32| ExceptionKey {
        procedure: "T-ACC-06".to_owned(),
        rule: "1".to_owned(),
        source: RowRef {
            file_sha256: "ab".repeat(32),
            file: "帳號.xlsx".to_owned(),
            sheet: "帳號".to_owned(),
            row,
        },
    };
    let keys: Vec<ExceptionKey> = (2..DISPOSITIONS + 2).map(key).collect();
    let kind = DispositionKind::Explained;
    store.dispose(&keys, &Disposition { kind, note: "已停用".to_owned(), by: FIRST.to_owned(), at: at() })?;
    for n in 0..FINDINGS {
        store.save_finding(&Finding {
            no: 0,
            kind: FindingType::Deficiency,
            title: format!("缺失{n}"),
            condition: "現場發現帳號未停用。".repeat(20),
            clauses: clauses.iter().take(2).cloned().collect(),
            cause: "未落實".to_owned(),
            effect: "可能遭未經授權存取".to_owned(),
            severity: Severity::Medium,
            category: "存取控制".to_owned(),
            recommendation: "請訂定程序".to_owned(),
            objects: vec!["主機／root".to_owned()],
            evidence: Vec::new(),
            papers: Vec::new(),
            repeat_of: None,
            status: FindingStatus::Draft,
            by: FIRST.to_owned(),
            at: at(),
            exceptions: Vec::new(),
            counts: None,
        })?;
    }
    for n in 0..16 {
        let about = Evidence {
            id: 0,
            name: format!("影像{n}.zip"),
            source: "資訊部".to_owned(),
            acquired_by: "受查單位提供".to_owned(),
            acquired_at: at(),
            format: "zip".to_owned(),
            pages: None,
            sha256: String::new(),
            size: 0,
            kept_at: String::new(),
            confidentiality: Confidentiality::Restricted,
            returned: String::new(),
            clauses: Vec::new(),
            by: FIRST.to_owned(),
            at: at(),
        };
        store.add_evidence(&about, &mut Noise { state: 0x9E37_79B9 + n, left: (mib << 20) / 16 })?;
    }
    Ok(())
}

/// Bytes that nothing compresses (xorshift64*).
struct Noise {
    state: u64,
    left: u64,
}

impl Read for Noise {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        for part in into[..n].chunks_mut(8) {
            self.state ^= self.state >> 12;
            self.state ^= self.state << 25;
            self.state ^= self.state >> 27;
            let word = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes();
            part.copy_from_slice(&word[..part.len()]);
        }
        self.left -= n as u64;
        Ok(n)
    }
}
