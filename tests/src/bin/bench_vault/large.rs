//! A large vault: filling, unlocking and verifying it.

use super::Outcome;
use fieldbook_model::{Confidentiality, Evidence, Exam, ExamId, Moment, Period, Profile};
use fieldbook_vault::{ExamLaw, RecoveryIdentity, Vault, Watch};
use jiff::civil::date;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

const PASSPHRASE: &str = "only-invented-data-in-here";
const WORK: u8 = 18;
/// Pieces of evidence, and the bytes of each.
const PIECES: u64 = 8;
const PIECE: u64 = 128 << 20;

/// A filled vault.
pub struct Filled {
    pub bytes: u64,
    pub seconds: f64,
    recovery: RecoveryIdentity,
}

/// Seconds that unlocking took.
pub struct Unlocked {
    pub passphrase: f64,
    pub recovery: f64,
}

/// Seconds until half of the pages, all pages and everything was looked at.
pub struct Verified {
    pub half: f64,
    pub pages: f64,
    pub seconds: f64,
}

/// Bytes that no compression and no shortcut could make less.
struct Noise {
    state: u64,
    left: u64,
}

impl Read for Noise {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        for word in buffer.iter_mut().take(length) {
            self.state =
                self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *word = self.state.to_be_bytes()[1];
        }
        self.left -= length as u64;
        Ok(length)
    }
}

fn now() -> Moment {
    date(2021, 1, 5).at(9, 30, 0, 0)
}

fn pass() -> SecretString {
    SecretString::from(PASSPHRASE)
}

fn exam() -> Outcome<Exam> {
    let day = date(2020, 12, 31);
    Ok(Exam {
        id: ExamId::parse("large")?,
        firm: "丙丁期貨".to_owned(),
        case_no: String::new(),
        as_of: day,
        period: Period { from: date(2020, 1, 1), to: day },
        examiners: vec!["查核員甲".to_owned()],
        profile: Profile::default(),
        systems: Vec::new(),
        created_at: now(),
    })
}

/// Makes a vault with `1 / part` of a gigabyte of evidence in one exam.
pub fn fill(dir: &Path, part: u64) -> Outcome<Filled> {
    let begun = Instant::now();
    let mut state = 7_u64;
    let mut entropy = |bytes: &mut [u8]| {
        bytes.iter_mut().for_each(|b| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *b = state.to_be_bytes()[0];
        });
    };
    let (mut vault, recovery) = Vault::create(dir, &pass(), &mut entropy, WORK, now())?;
    let files = BTreeMap::from([("facts.toml".to_owned(), "# none\n".to_owned())]);
    let law = ExamLaw { sha256: "0".repeat(64), files, packages: Vec::new(), pins: Vec::new() };
    let exam = exam()?;
    vault.create_exam(&exam, "查核員甲", &law, &mut entropy)?;
    let mut store = vault.open_exam(&exam.id, &[])?;
    for n in 0..PIECES {
        store.add_evidence(&about(n), &mut Noise { state: n, left: PIECE / part })?;
    }
    drop((store, vault));
    let bytes = dir.join("exams/large.db").metadata()?.len();
    Ok(Filled { bytes, seconds: begun.elapsed().as_secs_f64(), recovery })
}

fn about(n: u64) -> Evidence {
    Evidence {
        id: 0,
        name: format!("映像檔{n}"),
        source: "資訊部".to_owned(),
        acquired_by: "現場取得".to_owned(),
        acquired_at: now(),
        format: "bin".to_owned(),
        pages: None,
        sha256: String::new(),
        size: 0,
        kept_at: String::new(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: Vec::new(),
        by: "查核員甲".to_owned(),
        at: now(),
    }
}

/// Unlocks both ways; the least of three.
pub fn unlock(dir: &Path, filled: &Filled) -> Outcome<Unlocked> {
    let mut least = Unlocked { passphrase: f64::MAX, recovery: f64::MAX };
    for _ in 0..3 {
        let begun = Instant::now();
        drop(Vault::unlock(dir, &pass())?);
        least.passphrase = least.passphrase.min(begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        drop(Vault::unlock_with_recovery(dir, &filled.recovery)?);
        least.recovery = least.recovery.min(begun.elapsed().as_secs_f64());
    }
    Ok(least)
}

/// Verifies everything, as after unlocking.
pub fn verify(dir: &Path, filled: &Filled) -> Outcome<Verified> {
    let vault = Vault::unlock_with_recovery(dir, &filled.recovery)?;
    let begun = Instant::now();
    let (mut half, mut pages) = (0.0, 0.0);
    let found = vault.verifier(&Watch::default()).run(&mut |at| {
        pages = begun.elapsed().as_secs_f64();
        if at.done * 2 <= at.total {
            half = pages;
        }
    })?;
    if !found.is_empty() {
        return Err(format!("{found:?}").into());
    }
    Ok(Verified { half, pages, seconds: begun.elapsed().as_secs_f64() })
}
