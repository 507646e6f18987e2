//! Cells to typed values: dates by the calendar of their column, words by tables, texts as given.

pub(crate) mod calendar;
pub(crate) mod cell;
pub(crate) mod clock;
pub(crate) mod date;
mod fold;
pub(crate) mod footer;
mod memo;
mod number;
pub(crate) mod read;
#[cfg(test)]
mod round_trip;
mod row;
pub(crate) mod sentinels;
pub(crate) mod serial;
pub(crate) mod text;
mod words;
