//! The vault that is damaged, as a program that was killed left it; what it said at each step; its files elsewhere and
//! earlier; a copy of it; a checklist package.

use super::{State, copy_folder};
use crate::desk::{FIRST, PASSPHRASE, exam_of, host, import_file, with_exam};
use fieldbook_app::import::SheetOrder;
use fieldbook_app::wire::{
    AnswerRequest, CreateVaultRequest, EvidenceAbout, EvidenceAddRequest, ExamRequest, ExaminerRequest,
    FindingRequest, FindingTypeWord, IdentityRequest, PackageRequest, ResultWord, SettingsView, SeverityWord,
    SignRequest, SignRoleWord, UnlockRequest,
};
use fieldbook_app::{AppError, Desk, checklist, edition, evidence, exam, finding, review, session, settings};
use fieldbook_model::DatasetDef;
use fieldbook_vault::{RecoveryIdentity, Vault};
use secrecy::SecretString;
use std::path::{Path, PathBuf};

/// Answers given one by one before the program was killed.
const LAST: usize = 5;

/// What is damaged, and what is known of it.
pub struct Subject {
    /// Where everything is.
    root: PathBuf,
    /// The vault as the killed program left it.
    pub left: PathBuf,
    /// A copy that `vault backup` made.
    pub copy: PathBuf,
    /// The vault's files some steps earlier.
    pub older: PathBuf,
    /// A signed package.
    pub package: PathBuf,
    /// What the vault said after each of the last steps; the last is what it says.
    pub steps: Vec<State>,
    /// What the copy says.
    pub copied: State,
    /// What the files of [`older`](Self::older) said.
    pub before: State,
    /// The datasets that it is opened with.
    pub defs: Vec<DatasetDef>,
    recovery: SecretString,
}

impl Subject {
    /// Makes it through the use cases.
    ///
    /// # Errors
    /// The use cases'.
    ///
    /// # Panics
    /// When the disk refuses, or an undamaged vault does not say what it said.
    pub fn make(root: &Path) -> Result<Self, AppError> {
        let live = root.join("live");
        std::fs::create_dir_all(&live).expect("a folder");
        let package = packed(root)?;
        let (mut desk, first) = with_exam(&live)?;
        // The recovery identity is shown once, when a vault is made: one is made anew here.
        let vault = live.join("vault");
        let exam = first.head.id;
        filled(&mut desk, root, &package)?;
        session::vault_lock(&mut desk);
        let recovery = renewed(&vault);
        let (older, copy, left) = (root.join("older"), root.join("copy"), root.join("left"));
        copy_folder(&vault, &older);
        unlocked(&mut desk, &vault)?;
        exam_of(&mut desk, "115-期-0002", "is_fcm = true\n")?;
        fieldbook_app::backup::backup(&desk, &copy)?;
        let organisation = settings::settings(&desk)?;
        settings::settings_set(
            &mut desk,
            &SettingsView { organisation: "測試單位".to_owned(), ..organisation },
        )?;
        exam::exam_open(&mut desk, &ExamRequest { exam })?;
        let defs = desk.bundle().datasets.clone();
        let mut subject = Self {
            root: root.to_owned(),
            left: left.clone(),
            copy,
            older,
            package,
            steps: Vec::new(),
            copied: State::default(),
            before: State::default(),
            defs,
            recovery,
        };
        for n in 0..=LAST {
            if n > 0 {
                answered(&mut desk, n, "逐項答復")?;
            }
            let step = root.join(format!("step-{n}"));
            copy_folder(&vault, &step);
            if n == LAST {
                copy_folder(&vault, &left);
            }
            subject.steps.push(subject.said(&step));
        }
        subject.copied = subject.read_aside(&subject.copy);
        subject.before = subject.read_aside(&subject.older);
        Ok(subject)
    }

    /// What an undamaged vault says; it must be found whole.
    fn said(&self, folder: &Path) -> State {
        let vault = self.by_passphrase(folder).expect("an undamaged vault opens");
        let state = State::of(&vault, &self.defs);
        assert!(state.is_readable(), "{state:?}");
        assert_eq!(vault.verify(), Ok(Vec::new()), "an undamaged vault is found whole");
        state
    }

    fn read_aside(&self, folder: &Path) -> State {
        let aside = self.root.join("aside");
        copy_folder(folder, &aside);
        let state = self.said(&aside);
        std::fs::remove_dir_all(&aside).expect("removes");
        state
    }

    /// Opens a vault with the passphrase.
    ///
    /// # Errors
    /// The store's.
    pub fn by_passphrase(&self, folder: &Path) -> Result<Vault, fieldbook_vault::VaultError> {
        Vault::unlock(folder, &SecretString::from(PASSPHRASE))
    }

    /// Opens a vault with the recovery identity.
    ///
    /// # Errors
    /// The store's.
    pub fn by_recovery(&self, folder: &Path) -> Result<Vault, fieldbook_vault::VaultError> {
        Vault::unlock_with_recovery(folder, &RecoveryIdentity::parse(&self.recovery)?)
    }

    /// Folder for a trial.
    #[must_use]
    pub fn trial(&self) -> PathBuf {
        self.root.join("trial")
    }
}

fn unlocked(desk: &mut Desk, vault: &Path) -> Result<(), AppError> {
    let dir = vault.to_string_lossy().into_owned();
    session::vault_unlock(desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() }).map(drop)
}

fn renewed(vault: &Path) -> SecretString {
    let mut vault = Vault::unlock(vault, &SecretString::from(PASSPHRASE)).expect("it opens");
    vault.renew_recovery().expect("a new identity").secret()
}

fn packed(root: &Path) -> Result<PathBuf, AppError> {
    let office = root.join("office");
    std::fs::create_dir_all(&office).expect("a folder");
    let mut desk = Desk::new(host(&office))?;
    let dir = office.join("vault").to_string_lossy().into_owned();
    session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    let out = root.join("own.fbc");
    edition::authoring::pack(
        &mut desk,
        &crate::root().join("assets/sample-checklist"),
        &out,
        "自行查核要點",
        "115.1",
    )?;
    Ok(out)
}

/// Rows, answers, a piece of evidence, a finding, signatures, a package.
fn filled(desk: &mut Desk, root: &Path, package: &Path) -> Result<(), AppError> {
    for file in ["firm/14_防火牆規則.csv", "firm/02_主機帳號清冊.xlsx"] {
        import_file(desk, &crate::sample_folder().join(file), SheetOrder::default())?;
    }
    answered(desk, 0, "訪談資訊主管")?;
    let scan = root.join("掃描.bin");
    std::fs::write(
        &scan,
        (0..300_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect::<Vec<_>>(),
    )
    .expect("a file");
    let path = scan.to_string_lossy().into_owned();
    let about = EvidenceAbout {
        name: "主機設定掃描".to_owned(),
        source: "資訊部".to_owned(),
        acquired_by: "現場取得".to_owned(),
        kept_at: "案卷".to_owned(),
        ..EvidenceAbout::default()
    };
    evidence::evidence_add(desk, &EvidenceAddRequest { path, about, findings: Vec::new() })?;
    finding::save(
        desk,
        &FindingRequest {
            no: 0,
            kind: FindingTypeWord::Deficiency,
            title: "帳號未停用".to_owned(),
            condition: "離職人員之帳號仍啟用。".to_owned(),
            clauses: clauses(desk, 1)?,
            cause: "未定期清查。".to_owned(),
            effect: "可能遭盜用。".to_owned(),
            severity: SeverityWord::Medium,
            category: "存取控制".to_owned(),
            recommendation: "停用。".to_owned(),
            exceptions: Vec::new(),
            objects: Vec::new(),
            evidence: vec![1],
            papers: Vec::new(),
            repeat_of: None,
        },
    )?;
    exam::work_as(desk, &ExaminerRequest { examiner: FIRST.to_owned() })?;
    let passphrase = "簽章用的密語，夠長".to_owned();
    review::identity_make(desk, &IdentityRequest { passphrase: passphrase.clone() })?;
    let papers = review::review(desk)?.papers.iter().take(2).map(|p| p.paper.clone()).collect();
    review::sign(desk, &SignRequest { papers, role: SignRoleWord::Preparer, passphrase })?;
    let path = package.to_string_lossy().into_owned();
    let seen = edition::package_inspect(desk, &fieldbook_app::wire::PathRequest { path: path.clone() })?;
    let fingerprint = seen.fingerprint;
    edition::package_load(desk, &PackageRequest { path, trust_as: "稽核室".to_owned(), fingerprint })
        .map(drop)
}

fn clauses(desk: &Desk, count: usize) -> Result<Vec<String>, AppError> {
    let list = checklist::checklist(desk)?;
    let lines = list.documents.into_iter().flat_map(|d| d.chapters).flat_map(|c| c.items);
    Ok(lines.filter(|l| l.due > 0).map(|l| l.clause).take(count).collect())
}

fn answered(desk: &mut Desk, n: usize, note: &str) -> Result<(), AppError> {
    let clause = clauses(desk, 1)?.pop().unwrap_or_default();
    let request = AnswerRequest {
        clause,
        unit: String::new(),
        system: String::new(),
        result: ResultWord::Compliant,
        method: None,
        mode: None,
        note: format!("{note}，第{n}次"),
        paper_ref: String::new(),
        awaited: None,
    };
    checklist::answer(desk, &request).map(drop)
}
