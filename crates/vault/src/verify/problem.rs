//! What can be found wrong, and where.

use fieldbook_model::ExamId;

/// Something that is not as it was written. `database` is `vault` or an exam's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The file does not open, or a part of it cannot be read.
    Unreadable {
        /// Which.
        database: String,
    },
    /// Pages whose authentication code does not fit.
    Pages {
        /// Which.
        database: String,
        /// Numbers from 1, ascending; the first [`PAGES_NAMED`] of them.
        pages: Vec<u64>,
        /// How many there are.
        count: usize,
        /// Tables and datasets that cannot be read to their end because of it; none when the damage is in unused pages.
        tables: Vec<String>,
    },
    /// The file is not a whole number of pages: it was cut off, or something stands behind its end.
    Length {
        /// Which.
        database: String,
        /// Its length in bytes.
        bytes: u64,
    },
    /// The database's own structure is broken.
    Structure {
        /// Which.
        database: String,
        /// The tables concerned; none when the structure as a whole is.
        tables: Vec<String>,
    },
    /// Rows refer to others that are not there.
    Reference {
        /// Which.
        database: String,
        /// Table with the rows.
        table: String,
        /// How many.
        rows: usize,
    },
    /// A dataset has other rows than its imports recorded.
    RowCount {
        /// Which.
        database: String,
        /// Dataset key.
        dataset: String,
    },
    /// An entry of the journal is not what was recorded, or one is missing.
    Journal {
        /// Which.
        database: String,
        /// Number of the first entry that is wrong, from 1; `None` when the entries are right but what stands over them is not.
        seq: Option<u64>,
    },
    /// The write-ahead log was damaged when the vault was opened: changes behind the damage were dropped. What was found
    /// is kept beside the database.
    Log {
        /// Which.
        database: String,
        /// Name of the file that is kept.
        kept: String,
    },
    /// An exam is listed, its file is gone.
    ExamFileMissing {
        /// Id.
        exam: ExamId,
    },
    /// The law that an exam is examined by is not stored.
    LawMissing {
        /// Id.
        exam: ExamId,
    },
    /// The bytes of a piece of evidence are not those that were taken in.
    Evidence {
        /// The database.
        database: String,
        /// Number of the piece.
        id: i64,
    },
    /// A signature is not that of its key over what it says.
    Signature {
        /// The database.
        database: String,
        /// Number of the paper.
        paper: String,
    },
    /// The random part of an exam's key is damaged in one of its two places, or they differ.
    ExamKey {
        /// Which.
        exam: ExamId,
    },
    /// The recipient in the header is not the vault's.
    Recipient,
    /// `keys/vault.toml` is not as it was written.
    Header,
    /// A key slot is gone, no age file, or not the one that was written.
    Slot {
        /// Its name.
        slot: String,
    },
    /// The check beside a key slot is damaged; the slot itself is not concerned.
    SlotCheck {
        /// Name of the slot.
        slot: String,
    },
    /// A file that does not belong to a vault.
    Stray {
        /// Its name, below the vault's folder.
        name: String,
    },
}

/// Page numbers that a [`Problem::Pages`] names at most.
pub const PAGES_NAMED: usize = 64;
