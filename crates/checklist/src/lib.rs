//! Loads and validates the checklists; decides applicability in three values.
//!
//! The checklists are data (`checklists/`): documents clause by clause, the facts that decide applicability, the
//! datasets, the audit procedures, and what helps with the clauses: the crosswalk between the documents, deficiency
//! patterns, periods, sheets and phrases. [`load`] takes their texts by path, [`bundled`] the ones that are built in.
//! Nothing that is inconsistent gets loaded, and every inconsistency is reported with its file and line.
//!
//! An organisation's own files come as a folder or as a signed package ([`open_package`]), are laid over the built-in
//! ones ([`overlay`]) and compared with them ([`compare`]); an exam keeps what it was made with ([`load_pinned`]).

mod aid;
mod applicability;
mod bundle;
mod cite;
mod clause;
mod compare;
mod crosswalk;
mod dataset;
mod document;
mod duty;
mod error;
mod facts;
mod fragment;
mod load;
mod lock;
mod overlay;
mod own;
mod package;
mod period;
mod predicate;
mod procedure;
mod profile;
mod query;
mod reader;
mod reason;
mod retention;
pub mod round_trip;
mod team;
mod verbatim;
mod words;

pub use applicability::{decide, evaluate, items};
pub use bundle::{Bundle, LoadedProcedure, bundled, bundled_files};
pub use compare::{DocumentChange, answered_text_sha256, compare, compare_bundles, pieces, same_text};
pub use error::{ChecklistError, LoadError, QueryFault};
pub use facts::value_allowed;
pub use load::{load, load_unlocked};
pub use lock::lock_text;
pub use overlay::{Overlaid, Relocked, check_folder, law_files, law_sha256, load_pinned, overlay, relock};
pub use own::{OwnForm, own_file, own_form, read_own};
pub use package::{
    Files, MAX_BYTES, MAX_FILES, Package, PackageError, SealedPackage, SignerKey, open_package, seal,
    signing_bytes,
};
pub use predicate::{PredicateError, parse_predicate, predicate_text};
pub use profile::profile_from_toml;
pub use query::{Query, QueryFile, QueryOf, queries};
pub use team::Qualifications;
pub use verbatim::{Difference, Misquote, SourceText};
