//! Which row is the header, and which dataset it speaks of.

mod dataset;
mod header;
mod synonyms;

pub(crate) use dataset::{Hints, recognise};
pub(crate) use header::{HeadRow, Header};
pub(crate) use synonyms::{Synonyms, normal};
