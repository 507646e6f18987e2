//! What can go wrong with a vault. No variant carries firm data, a path or a secret.

use fieldbook_model::ExamId;
use rusqlite::ErrorCode;
use std::io;

/// An error of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The folder holds no vault.
    #[error("the folder holds no vault")]
    NotAVault,
    /// The folder already holds a vault.
    #[error("the folder already holds a vault")]
    AlreadyAVault,
    /// The folder holds something that is not a vault.
    #[error("the folder is not empty and holds no vault")]
    FolderNotEmpty,
    /// A newer release wrote this vault or exam.
    #[error("written by a newer release (format {found})")]
    NewerFormat {
        /// The format found.
        found: u32,
    },
    /// The passphrase does not open the vault. Nothing was touched.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The recovery identity does not open the vault. Nothing was touched.
    #[error("this recovery identity does not open the vault")]
    WrongIdentity,
    /// The text is not a recovery identity at all.
    #[error("not a recovery identity")]
    NotAnIdentity,
    /// The passphrase is empty.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The passphrase has more bytes than one may have.
    #[error("the passphrase is too long")]
    LongPassphrase,
    /// A work factor outside 10–20, asked for or found in a key slot.
    #[error("scrypt work factor {found} is outside 10 to 20")]
    WorkFactor {
        /// Base-2 logarithm of scrypt's N.
        found: u8,
    },
    /// No key slot of this name.
    #[error("no such key slot")]
    UnknownSlot,
    /// The recipient has an escrow slot.
    #[error("the recipient has an escrow slot")]
    SlotExists,
    /// The text is no `age1…`, or it is the vault's own.
    #[error("not a recipient for an escrow slot")]
    NotARecipient,
    /// The label of an escrow slot is empty, too long or has control characters.
    #[error("the label cannot be taken")]
    BadLabel,
    /// Without this slot nobody could open the vault by what they know or have written down.
    #[error("the last way in stays")]
    LastWayIn,
    /// The slot opens, but to the key of another vault.
    #[error("key slot {slot} is that of another vault")]
    SlotForeign {
        /// Kind of the slot.
        slot: &'static str,
    },
    /// The operating system's store of secrets does not answer, or there is none.
    #[error("the system's store of secrets refused")]
    Keystore,
    /// The operating system's store of secrets has lost what the keystore slot needs.
    #[error("the system's store of secrets has lost the vault's entry")]
    KeystoreLost,
    /// A key slot's file is missing.
    #[error("key slot {slot} is missing")]
    SlotMissing {
        /// Kind of the slot.
        slot: &'static str,
    },
    /// A key slot's file is damaged.
    #[error("key slot {slot} is damaged")]
    SlotDamaged {
        /// Kind of the slot.
        slot: &'static str,
    },
    /// Another window or program has the vault open.
    #[error("the vault is open elsewhere")]
    InUse,
    /// Stored bytes are not what was written.
    #[error("damaged: {what}")]
    Damaged {
        /// What is damaged.
        what: &'static str,
    },
    /// A database whose pages are not what was written. `vault` or an exam's id.
    #[error("damaged: database {database}")]
    DamagedDatabase {
        /// Which.
        database: String,
    },
    /// No piece of evidence of this number.
    #[error("no evidence {id}")]
    UnknownEvidence {
        /// The number asked for.
        id: i64,
    },
    /// The same bytes are in custody.
    #[error("the same bytes are kept as evidence {id}")]
    EvidenceKept {
        /// The piece that has them.
        id: i64,
    },
    /// The bytes of a piece stayed where it was taken in.
    #[error("the bytes of evidence {id} are elsewhere")]
    EvidenceElsewhere {
        /// The piece.
        id: i64,
    },
    /// A journal is not the one that is known of its copy, or two copies have one block of numbers.
    #[error("another journal under the name of a known copy")]
    OtherJournal,
    /// A journal has a gap: what came in between was in a package that did not come here.
    #[error("an exchange is missing in between")]
    MissingExchange,
    /// A merge cannot be taken back.
    #[error("the merge cannot be taken back")]
    CannotUndo {
        /// What stands in the way.
        bar: crate::exchange::UndoBar,
    },
    /// The original of a piece went back or was destroyed.
    #[error("evidence {id} is out of custody")]
    OutOfCustody {
        /// The piece.
        id: i64,
    },
    /// The words of a finding that is no draft any more.
    #[error("finding {no} is no draft")]
    NotADraft {
        /// The finding.
        no: i64,
    },
    /// A step that a finding's life does not have from where it stands.
    #[error("finding {no} cannot take this step")]
    BadStep {
        /// The finding.
        no: i64,
    },
    /// Who prepared something would review it.
    #[error("preparer and reviewer are the same person")]
    SamePerson,
    /// No review note of this number.
    #[error("no review note {id}")]
    UnknownNote {
        /// The number asked for.
        id: i64,
    },
    /// The review note was cleared.
    #[error("review note {id} was cleared")]
    NoteCleared {
        /// The note.
        id: i64,
    },
    /// What would change is signed.
    #[error("{paper} is signed off")]
    SignedOff {
        /// Number of the paper, or that of the exam as a whole.
        paper: String,
    },
    /// Nobody signed the paper as its preparer.
    #[error("{paper} was not signed by a preparer")]
    NotPrepared {
        /// Number of the paper.
        paper: String,
    },
    /// The paper has a later version than the one that was signed.
    #[error("{paper} has another version")]
    OldVersion {
        /// Number of the paper.
        paper: String,
    },
    /// The signature is not that of its key over what it says.
    #[error("the signature does not hold")]
    BadSignature,
    /// The examiner has an identity.
    #[error("the examiner has an identity")]
    IdentityExists,
    /// No identity of this name.
    #[error("no identity of this name")]
    UnknownIdentity,
    /// No template of this key.
    #[error("no template of this key")]
    UnknownTemplate,
    /// An exam of this id exists.
    #[error("an exam of this id exists")]
    ExamExists,
    /// No exam of this id.
    #[error("no such exam")]
    UnknownExam,
    /// The exam is in the index, its file is gone.
    #[error("the exam's file is missing")]
    ExamFileMissing,
    /// This sheet of this file was imported and not undone.
    #[error("already imported as batch {batch}")]
    AlreadyImported {
        /// The batch that holds it.
        batch: i64,
    },
    /// No import of this number.
    #[error("no import {batch}")]
    UnknownBatch {
        /// The number asked for.
        batch: i64,
    },
    /// The import was undone before.
    #[error("import {batch} was undone before")]
    AlreadyUndone {
        /// The batch.
        batch: i64,
    },
    /// The exam was opened without this dataset.
    #[error("no dataset of this key")]
    UnknownDataset,
    /// A mapping names a column that the dataset has not.
    #[error("the dataset has no column {column}")]
    UnknownColumn {
        /// Key of the column.
        column: String,
    },
    /// A remembered mapping that cannot be taken over.
    #[error("a remembered mapping is not one")]
    BadMapping,
    /// A bound of a filter is not a value of its column.
    #[error("the filter of column {column} is not a value of it")]
    BadFilter {
        /// Key of the column.
        column: String,
    },
    /// A mapping names a column twice.
    #[error("column {column} is mapped twice")]
    ColumnMappedTwice {
        /// Key of the column.
        column: String,
    },
    /// A dataset definition whose keys cannot be table or column names.
    #[error("dataset definition {key} cannot be stored")]
    BadDefinition {
        /// Key of the dataset or column.
        key: String,
    },
    /// No sheet of this id feeds a dataset.
    #[error("no sheet {id} in the datasets")]
    UnknownSheet {
        /// The id asked for.
        id: i64,
    },
    /// A newer import replaced a sheet of this one; it must be undone first.
    #[error("superseded by import {batch}")]
    Superseded {
        /// The newer import.
        batch: i64,
    },
    /// The rows read are not those stored and those rejected.
    #[error("{read} rows read, but {stored} stored and {rejected} rejected")]
    DoesNotReconcile {
        /// Rows read.
        read: u64,
        /// Rows stored.
        stored: u64,
        /// Rows rejected.
        rejected: u64,
    },
    /// The rows handed over are not as many as the record says.
    #[error("{stored} rows stored, the record says {said}")]
    CountMismatch {
        /// Rows pushed.
        stored: u64,
        /// Rows of the record.
        said: u64,
    },
    /// A row has another number of values than the mapping has columns.
    #[error("a row does not fit the mapping")]
    RowShape,
    /// The writer's calls came in an order that makes no sense (a row without a sheet).
    #[error("import calls out of order: {what}")]
    ImportOrder {
        /// What was missing.
        what: &'static str,
    },
    /// The statement does something that a procedure may not do.
    #[error("the statement is not permitted")]
    NotPermitted,
    /// The statement is wrong.
    #[error("the statement is wrong: {message}")]
    Statement {
        /// SQLite's words about names and syntax.
        message: String,
    },
    /// The statement names a parameter that was not given.
    #[error("parameter {name} is not given")]
    MissingParameter {
        /// Key of the parameter.
        name: String,
    },
    /// The statement does not return what was asked for (one number; a column `_id`).
    #[error("the statement returns no {what}")]
    ResultShape {
        /// What is missing.
        what: &'static str,
    },
    /// The time allowed for the statement is over.
    #[error("the statement took too long")]
    OutOfTime,
    /// Somebody cancelled the statement.
    #[error("cancelled")]
    Cancelled,
    /// No entry of a journal, or no tree of this many entries.
    #[error("no entry {seq} of the journal")]
    UnknownEntry {
        /// The number asked for.
        seq: u64,
    },
    /// The exam is sealed: nothing of it is written.
    #[error("the exam is sealed")]
    Sealed,
    /// The exam has no such step from where it stands (opening one that is open, archiving one that is not sealed).
    #[error("the exam cannot take this step")]
    BadState,
    /// The exam was destroyed; its record is kept.
    #[error("the exam was destroyed")]
    Destroyed,
    /// The exam's time of keeping is not over, or nobody knows when it is.
    #[error("the exam must still be kept")]
    StillKept,
    /// A writer changed something and left no entry of the journal.
    #[error("a change was not recorded")]
    NotRecorded,
    /// No run of this number.
    #[error("no run {id}")]
    UnknownRun {
        /// The number asked for.
        id: i64,
    },
    /// No stored exception of this number.
    #[error("no exception {id}")]
    UnknownException {
        /// The number asked for.
        id: i64,
    },
    /// No finding of this number.
    #[error("no finding {no}")]
    UnknownFinding {
        /// The number asked for.
        no: i64,
    },
    /// A package that an exam's law was made with cannot be taken out.
    #[error("exam {exam} is examined by a law made with this package")]
    PackageInUse {
        /// An exam that uses it.
        exam: ExamId,
    },
    /// No package of this hash.
    #[error("no such package")]
    UnknownPackage,
    /// The vault has no signer yet.
    #[error("the vault has no signer")]
    NoSigner,
    /// A decision on applicability without a reason.
    #[error("no reason is given")]
    NoReason,
    /// A finding, answer or disposition without a person who made it.
    #[error("nobody is named as the author")]
    NoPerson,
    /// The recovery identity must be typed back in at least two places.
    #[error("too few groups of the recovery identity")]
    TooFewGroups,
    /// The text holds no card that can be taken.
    #[error("card: {0:?}")]
    Card(CardFault),
    /// The card names a key of this vault itself.
    #[error("the card is this vault's own")]
    OwnCard,
    /// Both keys of the card are known.
    #[error("the contact is known")]
    ContactKnown,
    /// Somebody of this name, or with one of these keys, is known with another key.
    #[error("the contact is known with another key")]
    KeyChanged,
    /// The card is not that of the contact, or has the keys that are known.
    #[error("no other key of this contact")]
    KeyUnchanged,
    /// No contact of this number.
    #[error("no such contact")]
    UnknownContact,
    /// The fingerprint that was compared, or the groups that were typed, are not those of the keys.
    #[error("the fingerprint is another")]
    OtherFingerprint,
    /// A backup would be made inside the vault that it is of.
    #[error("a backup inside the vault itself")]
    BackupInside,
    /// A backup is not what was verified when it was made.
    #[error("the backup is not whole")]
    BackupDamaged,
    /// The folder or the disk cannot be written.
    #[error("read-only")]
    ReadOnly,
    /// A file of the vault is missing.
    #[error("{what} is missing")]
    FileMissing {
        /// Its name, or what it is.
        what: &'static str,
    },
    /// The disk failed, or is not there any more.
    #[error("the disk failed")]
    DiskFailed,
    /// No room on the disk.
    #[error("no room on the disk")]
    NoRoom,
    /// The file system refused.
    #[error("file system: {0}")]
    Io(io::ErrorKind),
    /// The database refused.
    #[error("database error {code}")]
    Database {
        /// SQLite's extended result code.
        code: i32,
    },
}

/// Why a text is no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardFault {
    /// There is none in it.
    None,
    /// It is not whole, or a character of it was changed.
    Damaged,
    /// A later release made it.
    Newer,
    /// Its signature is not that of its key.
    Unsigned,
    /// Its name or unit is empty, too long, or has characters that nobody sees.
    Name,
}

impl From<CardFault> for VaultError {
    fn from(fault: CardFault) -> Self {
        Self::Card(fault)
    }
}

impl VaultError {
    /// Names the database whose pages are damaged.
    pub(crate) fn of(self, database: &str) -> Self {
        match self {
            Self::Damaged { what: PAGE } => Self::DamagedDatabase { database: database.to_owned() },
            other => other,
        }
    }
}

/// What is damaged when the cipher or SQLite refuses a page.
const PAGE: &str = "database page";

impl From<io::Error> for VaultError {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::NoRoom
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            kind => Self::Io(kind),
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(e: rusqlite::Error) -> Self {
        match e {
            rusqlite::Error::SqliteFailure(f, _) => from_code(f),
            rusqlite::Error::SqlInputError { error, .. } => from_code(error),
            rusqlite::Error::QueryReturnedNoRows => Self::Damaged { what: "a row is missing" },
            _ => Self::Damaged { what: "a stored value has another type" },
        }
    }
}

fn from_code(f: rusqlite::ffi::Error) -> VaultError {
    match f.code {
        ErrorCode::DiskFull => VaultError::NoRoom,
        ErrorCode::ReadOnly => VaultError::ReadOnly,
        ErrorCode::SystemIoFailure => VaultError::DiskFailed,
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => VaultError::Damaged { what: PAGE },
        ErrorCode::OperationInterrupted => VaultError::Cancelled,
        ErrorCode::AuthorizationForStatementDenied => VaultError::NotPermitted,
        _ => VaultError::Database { code: f.extended_code },
    }
}
