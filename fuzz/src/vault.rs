//! A vault with one exam, whose files in the clear an input may take the place of.

use fieldbook_app::wire::{CreateVaultRequest, ExamNewRequest};
use fieldbook_app::{Desk, Host, exam, session};
use fieldbook_vault::{RecoveryIdentity, Vault};
use jiff::civil::date;
use secrecy::SecretString;
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const PASSPHRASE: &str = "nothing-but-invented-data";

thread_local! {
    static KEPT: OnceCell<Kept> = const { OnceCell::new() };
}

struct Kept {
    folder: TempDir,
    identity: String,
    exam: String,
}

/// A folder in shared memory where there is any: files there cost little.
///
/// # Panics
/// When there is no temporary folder.
#[must_use]
pub fn folder() -> TempDir {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a temporary folder")
}

/// A world that stands still; key stretching kept short.
#[must_use]
pub fn host(suggested: &Path) -> Host {
    Host {
        clock: Arc::new(|| date(2021, 1, 5).at(9, 30, 0, 0)),
        ticks: Arc::new(|| Duration::ZERO),
        entropy: Arc::new(|buffer: &mut [u8]| buffer.fill(0xA5)),
        suggested_dir: suggested.to_path_buf(),
        operator: "操作者".to_owned(),
        fonts: Vec::new(),
        work_factor: 10,
        keystore: None,
        book_reader: None,
    }
}

/// A desk with a new vault and an exam open; the recovery identity and the exam's id.
///
/// # Panics
/// When one of them cannot be made.
#[must_use]
pub fn desk(folder: &Path) -> (Desk, String, String) {
    let dir = folder.join("vault");
    let mut desk = Desk::new(host(&dir)).expect("a desk");
    let dir = dir.to_string_lossy().into_owned();
    let made =
        session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() });
    let identity = made.expect("a vault").recovery_identity;
    let request = ExamNewRequest {
        firm: "丙丁期貨股份有限公司".to_owned(),
        case_no: "109-期-0001".to_owned(),
        as_of: "2020-12-31".to_owned(),
        period_from: "2020-01-01".to_owned(),
        period_to: "2020-12-31".to_owned(),
        examiners: vec!["查核員甲".to_owned(), "查核員乙".to_owned()],
    };
    let exam = exam::exam_create(&mut desk, &request).expect("an exam").head.id;
    (desk, identity, exam)
}

/// Puts the bytes in the place of one file, opens the vault, and puts the file back.
///
/// # Panics
/// When a vault opens that is not the one that was made: that is a finding.
pub fn opened_with(kind: u8, bytes: &[u8]) {
    KEPT.with(|kept| {
        let kept = kept.get_or_init(|| {
            let folder = folder();
            let (desk, identity, exam) = desk(folder.path());
            drop(desk);
            Kept { folder, identity, exam }
        });
        let dir = kept.folder.path().join("vault");
        let names = [
            "keys/passphrase.age",
            "keys/recovery.age",
            "keys/vault.toml",
            &format!("exams/{}.key", kept.exam),
        ];
        let path = dir.join(names[usize::from(kind) % names.len()]);
        let whole = fs::read(&path).expect("the file is there");
        fs::write(&path, bytes).expect("written");
        let opened = if kind % 4 == 1 {
            let identity = RecoveryIdentity::parse(&SecretString::from(kept.identity.clone()));
            Vault::unlock_with_recovery(&dir, &identity.expect("an identity"))
        } else {
            Vault::unlock(&dir, &SecretString::from(PASSPHRASE))
        };
        if let Ok(vault) = opened {
            let exams = vault.exams().expect("the exams are listed");
            assert_eq!(exams.len(), 1, "it is the vault that was made");
        }
        fs::write(&path, &whole).expect("written");
    });
}
