//! The machine's side of a call: which vault, which passphrase, an open desk.

use crate::args::Call;
use crate::print::Failure;
use fieldbook_app::wire::{ExamRequest, ExaminerRequest, UnlockRequest};
use fieldbook_app::{AppError, Desk, exam, host, notice, session};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What the call names.
pub struct Machine {
    desk: Desk,
    vault: PathBuf,
    passphrase_file: Option<PathBuf>,
    identity_file: Option<PathBuf>,
}

impl Machine {
    /// Looks at the call; opens nothing.
    pub fn new(call: &Call) -> Result<Self, Failure> {
        let host = host::of_this_machine();
        let vault = call.vault.clone().unwrap_or_else(|| host.suggested_dir.clone());
        Ok(Self {
            desk: Desk::new(host)?,
            vault,
            passphrase_file: call.passphrase_file.clone(),
            identity_file: call.identity_file.clone(),
        })
    }

    /// The desk with the built-in checklists.
    pub fn bundle_desk(&self) -> &Desk {
        &self.desk
    }

    /// Who is at the keyboard, when nobody is named: every record needs a person.
    pub fn operator(&self) -> String {
        self.desk.operator().to_owned()
    }

    /// Folder of the vault, as text.
    pub fn vault_dir(&self) -> String {
        self.vault.to_string_lossy().into_owned()
    }

    /// The passphrase: from the file, the variable, or a terminal.
    pub fn passphrase(&self) -> Result<String, Failure> {
        if let Some(text) = self.unasked()? {
            return Ok(text);
        }
        if std::io::stdin().is_terminal() {
            return rpassword::prompt_password("通行碼：").map_err(|_| AppError::new("no_passphrase").into());
        }
        Err(AppError::new("no_passphrase").into())
    }

    /// The desk with the checklists that new exams get: those of the vault's packages too, where the vault can be
    /// opened without asking anybody. Why it could not is a line on stderr: the built-in ones are shown then.
    pub fn with_packages(mut self) -> Result<Desk, Failure> {
        let Some(passphrase) = self.unasked()?.filter(|_| self.vault.join("vault.db").is_file()) else {
            return Ok(self.desk);
        };
        let request = UnlockRequest { dir: self.vault_dir(), passphrase };
        if let Err(error) = session::vault_unlock(&mut self.desk, &request) {
            eprintln!("注意：{}；只列內建檢查表。", error.view().message.trim_end_matches('。'));
        }
        Ok(self.desk)
    }

    /// What opens the vault: an age identity where the call names its file, else the passphrase.
    fn secret(&self) -> Result<String, Failure> {
        match &self.identity_file {
            Some(file) => read_identity(file),
            None => self.passphrase(),
        }
    }

    /// The passphrase, where the call or the environment names it.
    fn unasked(&self) -> Result<Option<String>, Failure> {
        if let Some(file) = &self.identity_file {
            return read_identity(file).map(Some);
        }
        if let Some(file) = &self.passphrase_file {
            return read_passphrase(file).map(Some);
        }
        Ok(std::env::var("FIELDBOOK_PASSPHRASE").ok().filter(|text| !text.is_empty()))
    }

    /// The desk with nothing open.
    pub fn closed(self) -> Desk {
        self.desk
    }

    /// The desk with the vault open.
    pub fn unlocked(self) -> Result<Desk, Failure> {
        Ok(self.proven()?.0)
    }

    /// The desk with the vault open, and what opened it: acts on keys ask for it once more.
    pub fn proven(mut self) -> Result<(Desk, String), Failure> {
        let request = UnlockRequest { dir: self.vault_dir(), passphrase: self.secret()? };
        session::vault_unlock(&mut self.desk, &request)?;
        Ok((self.desk, request.passphrase))
    }

    /// The desk with an exam open.
    pub fn exam(self, id: &str) -> Result<Desk, Failure> {
        let mut desk = self.unlocked()?;
        let view = exam::exam_open(&mut desk, &ExamRequest { exam: id.to_owned() })?;
        for notice in view.notices {
            eprintln!("注意：{}", notice::text(notice));
        }
        Ok(desk)
    }
}

/// Says who works; nobody named leaves the exam's first examiner at work.
pub fn work_as(desk: &mut Desk, examiner: Option<&str>) -> Result<(), Failure> {
    if let Some(name) = examiner {
        exam::work_as(desk, &ExaminerRequest { examiner: name.to_owned() })?;
    }
    Ok(())
}

/// The identity in a file as `age-keygen` writes it: comments, then `AGE-SECRET-KEY-1…`.
fn read_identity(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|_| AppError::new("no_identity_file"))?;
    let line =
        text.lines().map(str::trim).find(|line| line.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-1"));
    line.map(str::to_owned).ok_or_else(|| AppError::new("no_identity_file").into())
}

/// First line of a passphrase file.
pub fn read_passphrase(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|_| AppError::new("no_passphrase"))?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    if line.is_empty() { Err(AppError::new("no_passphrase").into()) } else { Ok(line) }
}
