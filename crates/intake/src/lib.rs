//! Bytes to sheets to mapped, typed rows and a list of what could not be read.
//!
//! One way, four rooms: [`source`](open) opens a file by its content and streams rows of raw cells; `recognise` finds the
//! header rows and the datasets; [`plans`] maps the columns of each table to ours, decides how each date column is read,
//! and says how sure it is and what must be asked; [`read`] turns cells into typed values, one row at a time, and lists
//! what it could not.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod child;
mod coerce;
mod error;
mod limits;
mod mapping;
mod preview;
mod recognise;
mod source;
#[cfg(test)]
mod testing;

pub use coerce::read::{Passthrough, RowSink, SinkClosed, read};
pub use coerce::sentinels::{Sentinels, sentinels};
pub use error::{Excess, IntakeError};
pub use limits::Limits;
pub use mapping::{
    Ask, ColumnSample, ForcedColumn, Light, Locator, PlanRequest, PreviewRow, ReadingSample, SheetColumn,
    SheetPlan, SheetProfile, plan, plan_at, plans, profile_from_text, profile_text, reading_of, reading_word,
};
pub use preview::{
    Exif, Feeder, GridView, MAX_PREVIEW_BYTES, Picture, Preview, PreviewFacts, PreviewKind, TextView,
    serve_preview,
};
pub use source::{
    BookReader, Gauge, OpenOptions, SheetInfo, Source, TextLine, open, open_bytes, open_with, serve_book,
    text_table,
};
