//! Which row is the header, and which dataset it speaks of.

mod dataset;
mod header;
mod synonyms;
mod tables;

pub(crate) use dataset::{Hints, Recognised, Search, recognise};
pub(crate) use header::{HeadRow, Header};
pub(crate) use synonyms::{Synonyms, normal};
pub(crate) use tables::HeaderWords;
