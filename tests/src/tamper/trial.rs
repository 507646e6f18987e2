//! One trial: a damage, and what a person gets who opens the vault then.

use super::damage::{Chance, Damage, Kind};
use super::{State, Subject, copy_folder};
use fieldbook_checklist::open_package;
use fieldbook_vault::{Problem, VaultError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What came of a damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was found, and the file was named.
    Named,
    /// Nothing that was said is other than before, or what cannot be told was lost, for one of the [`reasons`].
    ByDesign(&'static str),
    /// Everything else: not found, not named, other data, a panic.
    Missed(String),
}

/// Why a damage may remain without a word.
pub mod reasons {
    /// The lock file.
    pub const LOCK: &str = "the lock's content is never read";
    /// A log that ends early.
    pub const CUT: &str =
        "a log that was cut off looks like one that never was longer: an earlier state, whole";
    /// A log's last two transactions, damaged together.
    pub const LAST_TWO: &str =
        "the border between the last two transactions is gone: to power that fails, they are one";
    /// A log's last transaction.
    pub const LAST: &str =
        "the last transaction is damaged as after a loss of power: the state before it, whole";
    /// A log's unused part.
    pub const UNUSED: &str = "no transaction stands there: nothing is lost";
    /// A page that the log has anew.
    pub const ANEW: &str =
        "the page stands anew in the log, which is written over it on opening: the file is whole again";
    /// A whole file from earlier.
    pub const OLDER: &str =
        "a whole file of this vault from earlier: told by the checkpoints printed in papers";
    /// Something that is kept twice.
    pub const BACK: &str = "kept in two places and brought back from the other";
    /// A check that is gone.
    pub const NO_CHECK: &str = "a slot without its check, as an earlier release wrote it";
}

/// A damage and what came of it.
#[derive(Debug)]
pub struct Trial {
    /// What was done.
    pub damage: Damage,
    /// Kind of file, for the table.
    pub file: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// How long the looking took.
    pub took: Duration,
}

/// Kinds of files, how often each is damaged (of a hundred), and how their names begin and end.
const FILES: [(&str, usize, &str, &str); 12] = [
    ("vault.db", 17, "left/vault.db", ".db"),
    ("exam database", 24, "left/exams/", ".db"),
    ("vault's log", 8, "left/vault.db-wal", "-wal"),
    ("exam's log", 14, "left/exams/", "-wal"),
    ("key slot", 10, "left/keys/", ".age"),
    ("check of a slot", 3, "left/keys/", ".sum"),
    ("header", 4, "left/keys/vault", ".toml"),
    ("exam key", 6, "left/exams/", ".key"),
    ("lock", 1, "left/lock", "lock"),
    ("copy: databases", 6, "copy/", ".db"),
    ("copy: keys", 3, "copy/keys/", ""),
    ("package", 4, "own.fbc", ".fbc"),
];

impl Trial {
    /// Draws a damage, inflicts it and looks.
    ///
    /// # Panics
    /// When the disk refuses.
    pub fn run(subject: &Subject, chance: &mut Chance) -> Self {
        loop {
            let (kind_of_file, name) = drawn(subject, chance);
            let kind = Damage::kind(chance);
            let folder = subject.trial();
            if folder.exists() {
                std::fs::remove_dir_all(&folder).expect("removes");
            }
            std::fs::create_dir_all(&folder).expect("a folder");
            let (source, below) = name.split_once('/').unwrap_or(("", &name));
            match source {
                "left" => copy_folder(&subject.left, &folder),
                "copy" => copy_folder(&subject.copy, &folder),
                _ => drop(std::fs::copy(&subject.package, folder.join(below)).expect("copies")),
            }
            let elsewhere = elsewhere(subject, source, below, kind);
            let damage = Damage::inflict(kind, &folder, below, elsewhere, chance).expect("inflicts");
            let Some(damage) = damage else { continue };
            let begun = Instant::now();
            let looked = catch_unwind(AssertUnwindSafe(|| match source {
                "left" => look(subject, &folder, &damage, &subject.steps, Some(&subject.before)),
                "copy" => look(subject, &folder, &damage, std::slice::from_ref(&subject.copied), None),
                _ => package(&subject.package, &folder.join(below)),
            }));
            let outcome = looked.unwrap_or_else(|_| Outcome::Missed("a panic".to_owned()));
            return Self { damage, file: kind_of_file, outcome, took: begun.elapsed() };
        }
    }
}

/// A kind of file and one of its files, below the subject's folder.
fn drawn(subject: &Subject, chance: &mut Chance) -> (&'static str, String) {
    loop {
        let mut left = chance.below(100);
        for (kind, share, start, end) in FILES {
            if left < share {
                let all = files(subject);
                let fitting: Vec<&String> =
                    all.iter().filter(|n| n.starts_with(start) && n.ends_with(end)).collect();
                if let Some(name) = fitting.get(chance.below(fitting.len())) {
                    return (kind, (*name).clone());
                }
                break;
            }
            left -= share;
        }
    }
}

/// Every file with bytes in it.
fn files(subject: &Subject) -> Vec<String> {
    let mut out = vec!["own.fbc".to_owned()];
    for (name, folder) in [("left", &subject.left), ("copy", &subject.copy)] {
        for below in ["", "keys/", "exams/"] {
            let Ok(entries) = std::fs::read_dir(folder.join(below)) else { continue };
            for entry in entries.flatten().filter(|e| e.metadata().is_ok_and(|m| m.is_file())) {
                let file = entry.file_name().to_string_lossy().into_owned();
                if entry.metadata().is_ok_and(|m| m.len() > 0) || file == "lock" {
                    out.push(format!("{name}/{below}{file}"));
                }
            }
        }
    }
    out.sort();
    out
}

/// What takes a file's place: the same file from earlier, or another of its kind.
fn elsewhere(subject: &Subject, source: &str, below: &str, kind: Kind) -> Option<PathBuf> {
    let folder = if source == "copy" { &subject.copy } else { &subject.left };
    if kind == Kind::Older {
        return (source == "left").then(|| subject.older.join(below));
    }
    let (dir, name) = below.rsplit_once('/').unwrap_or(("", below));
    let end = name.split_once('.').map_or("", |(_, end)| end);
    let mut others: Vec<String> = std::fs::read_dir(folder.join(dir))
        .ok()?
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|other| other != name && other.split_once('.').is_some_and(|(_, e)| e == end))
        .collect();
    others.sort();
    match others.first() {
        Some(other) => Some(folder.join(dir).join(other)),
        // A vault has one vault.db: the database of an exam stands in.
        None => files(subject)
            .iter()
            .find(|n| n.starts_with("left/exams/") && n.ends_with(&format!(".{end}")))
            .map(|n| subject.left.join(n.trim_start_matches("left/"))),
    }
}

fn package(whole: &Path, damaged: &Path) -> Outcome {
    let Ok(bytes) = std::fs::read(damaged) else { return Outcome::Named };
    match (open_package(&bytes), open_package(&std::fs::read(whole).expect("reads"))) {
        // The file that one chose is the file that is named.
        (Err(_), Ok(_)) => Outcome::Named,
        (Ok(read), Ok(right)) if read == right => Outcome::Missed("opens as before".to_owned()),
        _ => Outcome::Missed("another package opens".to_owned()),
    }
}

/// Opens with the passphrase, and with the recovery identity where that does not open; reads and verifies.
fn look(
    subject: &Subject,
    folder: &Path,
    damage: &Damage,
    steps: &[State],
    before: Option<&State>,
) -> Outcome {
    let log = folder.join(format!("{}-wal", damage.file));
    let with_log = log.metadata().is_ok_and(|log| log.len() > 0);
    let mut named = false;
    let mut refused = Vec::new();
    let mut opened = None;
    for open in [Subject::by_passphrase, Subject::by_recovery] {
        match open(subject, folder) {
            Ok(vault) => {
                opened = Some(vault);
                break;
            }
            Err(e) => {
                named |= names(&e, &damage.file);
                refused.push(e);
            }
        }
    }
    let Some(vault) = opened else {
        return if named { Outcome::Named } else { Outcome::Missed(format!("not named: {refused:?}")) };
    };
    let state = State::of(&vault, &subject.defs);
    let found = match vault.verify() {
        Ok(found) => found,
        Err(e) => return Outcome::Missed(format!("verification fell: {e:?}")),
    };
    named |= found.iter().any(|p| concerns(p, &damage.file));
    named |= state.0.values().any(|said| said.as_ref().is_err_and(|e| names(e, &damage.file)));
    judged(&Judged { state, found, refused, named, with_log }, damage, steps, before)
}

struct Judged {
    state: State,
    found: Vec<Problem>,
    refused: Vec<VaultError>,
    named: bool,
    /// Whether a log with something in it stood beside the file.
    with_log: bool,
}

fn judged(got: &Judged, damage: &Damage, steps: &[State], before: Option<&State>) -> Outcome {
    let (file, kind) = (damage.file.as_str(), damage.kind);
    let Some((right, earlier)) = steps.split_last() else { return Outcome::Missed("no steps".to_owned()) };
    let differing = got.state.differing(right);
    let told = !got.found.is_empty() || !got.refused.is_empty();
    if !differing.is_empty() {
        // Other data than before: only a state that once was, and with a word about it where that is possible.
        let of_log = file.ends_with("-wal");
        let at = earlier.iter().rposition(|step| got.state.differing(step).is_empty());
        let older = matches!(kind, Kind::Older | Kind::Other);
        return match at {
            _ if got.named && (of_log || older) => Outcome::Named,
            Some(_) if of_log && matches!(kind, Kind::Cut | Kind::Gone) => Outcome::ByDesign(reasons::CUT),
            Some(at) if of_log && at + 1 == earlier.len() => Outcome::ByDesign(reasons::LAST),
            // Places on both sides of the border between the last two transactions.
            Some(at) if of_log && kind == Kind::Swap && at + 2 == earlier.len() => {
                Outcome::ByDesign(reasons::LAST_TWO)
            }
            _ if older
                && before.is_some_and(|before| {
                    parts_once_were(&got.state, &[steps, std::slice::from_ref(before)].concat())
                }) =>
            {
                Outcome::ByDesign(reasons::OLDER)
            }
            _ => Outcome::Missed(format!("other data in {differing:?}; {:?} {:?}", got.found, got.refused)),
        };
    }
    match (got.named, told || !got.state.is_readable()) {
        (true, _) => Outcome::Named,
        (false, true) => {
            Outcome::Missed(format!("not named: {:?} {:?} {:?}", got.found, got.refused, errors(&got.state)))
        }
        (false, false) => unsaid(file, kind, got.with_log),
    }
}

/// Nothing was said, and nothing is other than before.
fn unsaid(file: &str, kind: Kind, with_log: bool) -> Outcome {
    match (file, kind) {
        ("lock", _) => Outcome::ByDesign(reasons::LOCK),
        (f, Kind::Gone) if f.ends_with(".key") => Outcome::ByDesign(reasons::BACK),
        (f, Kind::Gone) if f.ends_with(".sum") => Outcome::ByDesign(reasons::NO_CHECK),
        (f, _) if f.ends_with(".db") && with_log => Outcome::ByDesign(reasons::ANEW),
        (f, _) if f.ends_with("-wal") => Outcome::ByDesign(reasons::UNUSED),
        _ => Outcome::Missed("nothing was said".to_owned()),
    }
}

/// Whether every part that was read said the same at one of these times.
fn parts_once_were(state: &State, times: &[State]) -> bool {
    let read = state.0.iter().filter(|(_, said)| said.is_ok());
    read.into_iter().all(|(part, said)| times.iter().any(|time| time.0.get(part) == Some(said)))
}

fn errors(state: &State) -> Vec<(&String, &VaultError)> {
    state.0.iter().filter_map(|(part, said)| Some((part, said.as_ref().err()?))).collect()
}

/// The database that a file is, or whose log or key it is.
fn database(file: &str) -> String {
    let name = file.trim_start_matches("exams/");
    let id = name.split_once('.').map_or(name, |(id, _)| id);
    if file.starts_with("vault.db") { "vault".to_owned() } else { id.to_owned() }
}

fn names(e: &VaultError, file: &str) -> bool {
    match e {
        VaultError::DamagedDatabase { database: of } => !file.starts_with("keys/") && *of == database(file),
        VaultError::SlotDamaged { slot }
        | VaultError::SlotMissing { slot }
        | VaultError::SlotForeign { slot } => file == format!("keys/{slot}.age"),
        VaultError::Damaged { what: "vault header" }
        | VaultError::NewerFormat { .. }
        | VaultError::NotAVault => file == "keys/vault.toml",
        VaultError::FileMissing { what } => file == *what,
        VaultError::ExamFileMissing => file.starts_with("exams/"),
        _ => false,
    }
}

fn concerns(problem: &Problem, file: &str) -> bool {
    match problem {
        Problem::Unreadable { database: of }
        | Problem::Pages { database: of, .. }
        | Problem::Length { database: of, .. }
        | Problem::Structure { database: of, .. }
        | Problem::Reference { database: of, .. }
        | Problem::RowCount { database: of, .. }
        | Problem::Journal { database: of, .. }
        | Problem::Log { database: of, .. }
        | Problem::Evidence { database: of, .. }
        | Problem::Signature { database: of, .. } => *of == database(file) && !file.ends_with(".key"),
        Problem::ExamFileMissing { exam } => file == format!("exams/{exam}.db"),
        Problem::ExamKey { exam } => file == format!("exams/{exam}.key"),
        // A law that an older vault.db does not have.
        Problem::LawMissing { exam } => {
            file.starts_with("vault.db") || file.starts_with(&format!("exams/{exam}"))
        }
        Problem::Recipient | Problem::Header => file == "keys/vault.toml",
        Problem::Slot { slot } => file == format!("keys/{slot}.age"),
        Problem::SlotCheck { slot } => file == format!("keys/{slot}.sum"),
        Problem::Stray { name } => name == file,
    }
}
