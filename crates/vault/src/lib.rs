//! The encrypted store of one examiner: a folder with key slots, `vault.db` and one database for each exam.
//!
//! ```text
//! keys/passphrase.age   the data key, wrapped for a passphrase
//! keys/recovery.age     the same data key, wrapped for an identity that is shown once
//! keys/vault.toml       format and the vault's own recipient; its presence says that the vault was made whole
//! vault.db              settings, mapping memory, index of exams, laws, packages, signers, phrases
//! exams/<id>.db         one exam
//! exams/<id>.key        the random part of its key, of no use without the data key
//! lock                  held by whoever has the vault open
//! ```
//!
//! Both kinds of database are SQLCipher files under raw keys, each derived from the data key. Nothing here looks at
//! a clock or the environment; entropy for the data key, the exams' keys and the signer is handed in. The `age` crate takes its nonces and the two
//! X25519 identities from the operating system by itself.

mod authorize;
mod backup;
mod codes;
mod connect;
mod copy;
mod data;
mod error;
mod exam_key;
mod exam_store;
mod exams;
mod failpoint;
mod functions;
mod generation;
mod import;
mod journal;
mod json;
mod kept;
mod kept_run;
mod key;
mod law;
mod layout;
mod merkle;
mod reader;
mod received;
mod recovery;
mod rehearsal;
mod restore;
mod schema;
mod scope;
mod signer;
mod slot;
mod standing;
mod table;
mod text;
mod upgrade;
mod vault;
mod verify;

pub use backup::Backup;
pub use data::{
    Bin, CellTest, ColumnProfile, DataCell, DataFilter, DataQuery, DataRow, DataView, DataWindow,
    Interrupter, SortOrder, SourceRow,
};
pub use error::VaultError;
pub use exam_store::ExamStore;
#[cfg(feature = "failpoints")]
pub use failpoint::{FAILPOINTS, Plan, arm, reached};
pub use generation::{CopyState, Generation, KeptGenerations, generations};
pub use import::{
    ChangedCell, ChangedRow, Comparison, FileHead, ImportWriter, RowChange, RowCounts, RowShape, Rows,
    SheetHead,
};
pub use journal::{Checkpoint, JournalEntry};
pub use kept_run::{KeptRun, rows_sha256};
pub use law::ExamLaw;
pub use layout::{VaultState, state};
pub use reader::{Canceller, DatasetReader, DatasetState, ReaderScope};
pub use received::{ReceivedFile, ReceivedSheet};
pub use recovery::RecoveryIdentity;
pub use rehearsal::{Reads, Refusal, Rehearsed, rehearse};
pub use restore::restore;
pub use slot::{MAX_WORK_FACTOR, Slot};
pub use standing::Standing;
pub use table::answer::AnswerAction;
pub use table::checklist_package::StoredPackage;
pub use table::exam_index::ExamHead;
pub use table::examiner_identity::ExaminerIdentity;
pub use table::exception_row::{DispositionFilter, ExceptionFilter, ExceptionGroup, GroupBy};
pub use table::finding_index::IndexedFinding;
pub use table::mapping_memory::{RememberedMapping, header_signature};
pub use table::sign_off::sign_off_holds;
pub use table::template::StoredTemplate;
pub use table::trusted_signer::TrustedSigner;
pub use vault::{Secret, Vault};
pub use verify::Problem;
