//! The encrypted store of one examiner: a folder with key slots, `vault.db` and one database for each exam.
//!
//! ```text
//! keys/passphrase.age   the data key, wrapped for a passphrase
//! keys/recovery.age     the same data key, wrapped for an identity that is shown once
//! keys/keystore.age     the same, for an identity in the operating system's store of secrets; optional
//! keys/escrow-<mark>.age  the same, for somebody else's age identity; any number
//! keys/<slot>.sum       SHA-256 of the slot's file, to tell a damaged slot from a wrong passphrase
//! keys/vault.toml       format and the vault's own recipient; its presence says that the vault was made whole
//! vault.db              settings, mapping memory, index of exams, laws, packages, signers, contacts, phrases
//! exams/<id>.db         one exam
//! exams/<id>.key        the random part of its key, of no use without the data key
//! lock                  held by whoever has the vault open
//! ```
//!
//! Both kinds of database are SQLCipher files under raw keys, each derived from the data key. Nothing here looks at
//! a clock or the environment; entropy for the data key, the exams' keys and the signer is handed in. The `age` crate takes its nonces and the two
//! X25519 identities from the operating system by itself.

mod acts;
mod authorize;
mod backup;
mod card;
mod codes;
mod connect;
mod copy;
mod data;
mod destroy;
mod error;
mod exam_key;
mod exam_store;
mod exams;
mod exchange;
mod failpoint;
mod functions;
mod generation;
mod import;
mod journal;
mod json;
mod kept;
mod kept_run;
mod key;
mod keystore;
mod law;
mod layout;
mod merkle;
mod note;
mod passphrase;
mod reader;
mod received;
mod recovery;
mod rehearsal;
mod restore;
mod retention;
mod schema;
mod scope;
mod signer;
mod slot;
mod slot_check;
mod slot_files;
mod slots;
mod standing;
mod table;
mod text;
mod trail;
mod upgrade;
mod vault;
mod vault_act;
mod verify;
mod writes;

pub use acts::{ACTS, Act};
pub use backup::Backup;
pub use card::{Card, FINGERPRINT_GROUPS, Fingerprint, GROUPS_TYPED};
pub use data::{
    Bin, CellTest, ColumnProfile, DataCell, DataFilter, DataQuery, DataRow, DataView, DataWindow,
    Interrupter, SortOrder, SourceRow,
};
pub use destroy::DestroyOrder;
pub use error::{CardFault, VaultError};
pub use exam_store::ExamStore;
pub use exchange::{
    Blocked, CopyHead, MergeOrder, Payload, ReceivedCopy, Take, UndoBar, has_payload, merge_rule, merge_rules,
};
#[cfg(feature = "failpoints")]
pub use failpoint::{FAILPOINTS, Plan, arm, reached};
pub use generation::{CopyState, Generation, KeptGenerations, generations};
pub use import::{
    ChangedCell, ChangedRow, Comparison, FileHead, ImportWriter, RowChange, RowCounts, RowShape, Rows,
    SheetHead,
};
pub use journal::{Checkpoint, JournalEntry};
pub use kept_run::{KeptRun, rows_sha256};
pub use keystore::Keystore;
pub use law::ExamLaw;
pub use layout::{VaultState, state};
pub use note::{SignedNote, verifier_key};
pub use passphrase::MAX_PASSPHRASE_BYTES;
pub use reader::{Canceller, DatasetReader, DatasetState, ReaderScope};
pub use received::{ReceivedFile, ReceivedSheet};
pub use recovery::RecoveryIdentity;
pub use rehearsal::{Reads, Refusal, Rehearsed, rehearse};
pub use restore::restore;
pub use slot::{MAX_WORK_FACTOR, MIN_WORK_FACTOR, Slot, is_recipient};

pub use slot_files::has_keystore_slot;
pub use slots::{KeySlot, SlotState};
pub use standing::Standing;
pub use table::answer::AnswerAction;
pub use table::checklist_package::StoredPackage;
pub use table::contact::{Acquaintance, Contact, FormerKey};
pub use table::destruction::Destruction;
pub use table::exam_copy::KnownCopy;
pub use table::exam_index::ExamHead;
pub use table::exam_retention::{ExamState, Keeping};
pub use table::examiner_identity::ExaminerIdentity;
pub use table::exception_row::{DispositionFilter, ExceptionFilter, ExceptionGroup, GroupBy};
pub use table::finding_index::IndexedFinding;
pub use table::handed_over::HandedOver;
pub use table::mapping_memory::{RememberedMapping, header_signature};
pub use table::merge::{MergeCount, MergeRecord};
pub use table::sign_off::sign_off_holds;
pub use table::template::StoredTemplate;
pub use table::trusted_signer::TrustedSigner;
pub use trail::{ConsistencyProof, InclusionProof, Trail, TrailEntry, TrailFilter, TrailVerdict};
pub use vault::{Secret, Vault};
pub use vault_act::VaultAct;
pub use verify::{PAGES_NAMED, Problem, Verified, Verifier, Watch};
pub use writes::Writes;
