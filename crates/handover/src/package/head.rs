//! `package.json`: what a package is, who made it and for whom.

use super::PackageError;
use super::bag::PAYLOAD;
use super::name::Names;
use fieldbook_model::{EditionPin, ExamId, Moment, Seen};
use serde::{Deserialize, Serialize};

/// The format that this release writes, and the latest that it reads.
const FORMAT: u32 = 1;
/// Longest name in characters.
const MAX_WORDS: usize = 200;

const HEAD: PackageError = PackageError::Malformed("head");

/// How much of an exam is in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageKind {
    /// All that the copy holds.
    Whole,
    /// What the copy holds beyond what another knows.
    Since,
    /// Some of it.
    Part,
}

/// Who signs a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The name that they give themselves.
    pub name: String,
    /// Their Ed25519 public key. Whose it is, the recipient must know from elsewhere.
    pub key: [u8; 32],
}

/// What a package says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How much is in it.
    pub kind: PackageKind,
    /// Who made it.
    pub sender: Sender,
    /// The organisation of the sender; may be empty.
    pub organisation: String,
    /// The exam.
    pub exam: ExamId,
    /// The copy that it comes from.
    pub copy: String,
    /// How far that copy knows every journal.
    pub seen: Seen,
    /// What the recipient was taken to know; for [`PackageKind::Since`] alone.
    pub since: Option<Seen>,
    /// The editions by which the exam is examined.
    pub editions: Vec<EditionPin>,
    /// When it was made.
    pub made_at: Moment,
}

/// A payload file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    /// Its path below `data/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
}

/// What a package that was opened says of itself, all of it signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What its maker said.
    pub head: Head,
    /// Whom it was encrypted for: `age1…`.
    pub recipients: Vec<String>,
    /// Its files, in their order.
    pub files: Vec<PackageFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u32,
    kind: PackageKind,
    exam: String,
    copy: String,
    made_at: String,
    organisation: String,
    sender: WrittenSender,
    recipients: Vec<String>,
    seen: Seen,
    since: Option<Seen>,
    editions: Vec<WrittenEdition>,
    files: Vec<PackageFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSender {
    name: String,
    key: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEdition {
    document: String,
    version: String,
    sha256: String,
}

/// What every version of the format has.
#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

impl Contents {
    /// The bytes of `package.json`.
    pub(super) fn write(&self) -> Result<Vec<u8>, PackageError> {
        self.check()?;
        let head = &self.head;
        let editions = head.editions.iter().map(|pin| WrittenEdition {
            document: pin.document.clone(),
            version: pin.version.clone(),
            sha256: pin.content_sha256.clone(),
        });
        let written = Written {
            format: FORMAT,
            kind: head.kind,
            exam: head.exam.to_string(),
            copy: head.copy.clone(),
            made_at: head.made_at.to_string(),
            organisation: head.organisation.clone(),
            sender: WrittenSender { name: head.sender.name.clone(), key: hex::encode(head.sender.key) },
            recipients: self.recipients.clone(),
            seen: head.seen.clone(),
            since: head.since.clone(),
            editions: editions.collect(),
            files: self.files.clone(),
        };
        let mut bytes = serde_json::to_vec_pretty(&written).map_err(|_| HEAD)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads `package.json`.
    ///
    /// # Errors
    /// `NewerFormat`, `UnsafeName`, `Malformed`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        let Versioned { format } = serde_json::from_slice(bytes).map_err(|_| HEAD)?;
        if format > FORMAT {
            return Err(PackageError::NewerFormat);
        }
        let written: Written = serde_json::from_slice(bytes).map_err(|_| HEAD)?;
        let editions = written.editions.into_iter().map(|edition| EditionPin {
            document: edition.document,
            version: edition.version,
            content_sha256: edition.sha256,
        });
        let head = Head {
            kind: written.kind,
            sender: Sender {
                name: written.sender.name,
                key: super::read_hex(&written.sender.key).ok_or(HEAD)?,
            },
            organisation: written.organisation,
            exam: ExamId::parse(&written.exam).map_err(|_| HEAD)?,
            copy: written.copy,
            seen: written.seen,
            since: written.since,
            editions: editions.collect(),
            made_at: written.made_at.parse().map_err(|_| HEAD)?,
        };
        let contents = Self { head, recipients: written.recipients, files: written.files };
        if format != FORMAT || written.made_at != contents.head.made_at.to_string() {
            return Err(HEAD);
        }
        contents.check()?;
        Ok(contents)
    }

    /// What holds of every head.
    fn check(&self) -> Result<(), PackageError> {
        let head = &self.head;
        let mut words = vec![&head.sender.name, &head.organisation];
        words.extend(head.editions.iter().flat_map(|pin| [&pin.document, &pin.version, &pin.content_sha256]));
        let is_short =
            |text: &&String| text.chars().count() <= MAX_WORDS && !text.chars().any(char::is_control);
        let mut copies = head.seen.keys().chain(head.since.iter().flat_map(Seen::keys)).chain([&head.copy]);
        let good = words.iter().all(is_short)
            && !head.sender.name.trim().is_empty()
            && copies.all(|copy| super::read_hex::<16>(copy).is_some())
            && head.since.is_some() == (head.kind == PackageKind::Since)
            && !self.recipients.is_empty();
        if !good {
            return Err(HEAD);
        }
        let mut names = Names::default();
        let safe = self.files.iter().all(|file| names.take(&format!("{PAYLOAD}{}", file.path)));
        if safe { Ok(()) } else { Err(PackageError::UnsafeName) }
    }
}
