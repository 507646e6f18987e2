//! What the acts may ask for: a clock and a source of randomness that depend on the number of the act alone.

use super::acts;
use crate::desk::host;
use fieldbook_app::wire::{CreateVaultRequest, ExamRequest, UnlockRequest};
use fieldbook_app::{AppError, Desk, Host, exam, session};
use jiff::Span;
use jiff::civil::date;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder with a vault in it, and where the acts have come to.
pub struct World {
    /// The folder; the vault is `vault` in it.
    pub folder: PathBuf,
    /// What every act follows from.
    pub seed: u64,
    /// Number of the act under way.
    act: Arc<AtomicU64>,
    drawn: Arc<AtomicU64>,
}

/// The seed whose acts are one of each kind.
pub const PLANNED: u64 = 0;

/// Kinds of the planned acts, as [`acts::Actor`] numbers them: an answer, an import, evidence, settings, a passphrase,
/// four backups (the third removes the first), an exam, its first answer.
pub const PLAN: [u64; 11] = [0, 14, 25, 28, 36, 39, 39, 39, 35, 0, 30];

/// Words that become the passphrase after that many changes.
#[must_use]
pub fn passphrase(changes: u64) -> String {
    format!("只有虛構資料的通行碼第 {changes} 號")
}

impl World {
    /// A world in a folder.
    #[must_use]
    pub fn new(folder: &Path, seed: u64) -> Self {
        Self { folder: folder.to_path_buf(), seed, act: Arc::default(), drawn: Arc::default() }
    }

    /// The vault's folder.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.folder.join("vault")
    }

    /// What kind of act comes: by chance, or for the seed [`PLANNED`] one of each, so that every place is reached.
    #[must_use]
    pub fn kind(&self, act: u64, dice: &mut super::Dice) -> u64 {
        if self.seed != PLANNED {
            return dice.below(40);
        }
        PLAN.get(usize::try_from(act - 1).unwrap_or(0) % PLAN.len()).copied().unwrap_or(0)
    }

    /// Sets clock and randomness for an act.
    pub fn begin(&self, act: u64) {
        self.act.store(act, Ordering::SeqCst);
        self.drawn.store(act << 24, Ordering::SeqCst);
    }

    fn host(&self) -> Host {
        let (act, drawn, seed) = (Arc::clone(&self.act), Arc::clone(&self.drawn), self.seed);
        let start = date(2021, 1, 5).at(9, 30, 0, 0);
        let clock = move || {
            let minutes = i64::try_from(act.load(Ordering::SeqCst)).unwrap_or(0);
            start.checked_add(Span::new().minutes(minutes)).expect("some years at most")
        };
        let entropy = move |buffer: &mut [u8]| {
            for byte in buffer {
                let n = drawn.fetch_add(1, Ordering::SeqCst) ^ seed.rotate_left(17);
                *byte = n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()[0] ^ n.to_be_bytes()[7];
            }
        };
        Host { clock: Arc::new(clock), entropy: Arc::new(entropy), ..host(&self.vault()) }
    }

    /// The data key of a vault made here: the first bytes that it asks for.
    #[must_use]
    pub fn data_key(&self) -> [u8; 32] {
        self.begin(0);
        let mut key = [0; 32];
        (self.host().entropy)(&mut key);
        key
    }

    /// A desk with nothing open.
    ///
    /// # Errors
    /// The use cases'.
    pub fn desk(&self) -> Result<Desk, AppError> {
        Desk::new(self.host())
    }

    /// Makes the vault and its first exam.
    ///
    /// # Errors
    /// The use cases'.
    pub fn make(&self) -> Result<Desk, AppError> {
        self.begin(0);
        let mut desk = self.desk()?;
        let dir = self.vault().to_string_lossy().into_owned();
        session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: passphrase(0) })?;
        acts::new_exam(&mut desk, 0)?;
        Ok(desk)
    }

    /// Opens the vault with one of these passphrases; gives which.
    ///
    /// # Errors
    /// The last refusal.
    pub fn unlock(&self, desk: &mut Desk, changes: &[u64]) -> Result<u64, AppError> {
        let mut last = AppError::new("wrong_passphrase");
        for n in changes {
            let dir = self.vault().to_string_lossy().into_owned();
            match session::vault_unlock(desk, &UnlockRequest { dir, passphrase: passphrase(*n) }) {
                Ok(_) => return Ok(*n),
                Err(e) => last = e,
            }
        }
        Err(last)
    }

    /// Opens the exam that an act works on; the oldest exams come round.
    ///
    /// # Errors
    /// The use cases'.
    pub fn open_exam_of(&self, desk: &mut Desk, act: u64, open: &mut Option<String>) -> Result<(), AppError> {
        let mut exams = exam::exams(desk)?;
        exams.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
        let n = super::Dice::new(self.seed, (act / 6) | 1 << 40).below(exams.len().max(1) as u64);
        let Some(wanted) = usize::try_from(n).ok().and_then(|n| exams.get(n)) else { return Ok(()) };
        if open.as_ref() != Some(&wanted.id) {
            exam::exam_close(desk);
            exam::exam_open(desk, &ExamRequest { exam: wanted.id.clone() })?;
            *open = Some(wanted.id.clone());
        }
        Ok(())
    }
}
