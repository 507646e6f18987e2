//! One exam on several laptops: what this copy holds, and what a merge brings into it.
//!
//! Every field of every record knows the entry of a journal that wrote it ([`stamp`]), and every copy knows how far it has
//! seen the journals of the others. What another copy holds is compared with that outside of here; what came of it is
//! brought in by [`bring`] and can be taken back by [`undo`].

mod ancestor;
mod blocked;
mod bring;
mod fields;
mod place;
mod received;
mod row;
mod rows;
mod rules;
pub(crate) mod stamp;
mod state;
mod told;
mod undo;

pub use blocked::Blocked;
pub use bring::{MergeOrder, Payload, ReceivedCopy, Take};
pub use state::{CopyHead, has_payload, merge_rule, merge_rules};
pub use undo::UndoBar;
