//! Hand-over between two copies of an exam: what becomes of them when they meet ([`merge`](merge())), and the one file in which a
//! copy travels ([`Package`]). Nothing here reads a database or knows a clock; what a copy holds comes in as values.

mod merge;
mod package;

pub use merge::{Choice, Counts, Merged, Offer, Rules, Unresolved, applied, merge, newer_than, resolve};
pub use package::{
    Contents, Head, Limits, Mode, Package, PackageError, PackageFile, PackageKind, PackageWriter, Plain,
    Sender,
};
