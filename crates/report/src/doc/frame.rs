//! Frames: tables for machines, column by column, every column of one type.

use jiff::civil::Date;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Name (`exams`).
    pub name: &'static str,
    /// Columns, all of one length.
    pub columns: Vec<(&'static str, Values)>,
}

/// The values of a column. One of the types that are `Some` can also hold nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Texts.
    Text(Vec<String>),
    /// Texts, or none.
    SomeText(Vec<Option<String>>),
    /// Numbers.
    Int(Vec<i64>),
    /// Numbers, or none.
    SomeInt(Vec<Option<i64>>),
    /// Days.
    Day(Vec<Date>),
    /// Days, or none.
    SomeDay(Vec<Option<Date>>),
    /// Yes or no.
    Flag(Vec<bool>),
}

impl Values {
    /// The type's name, as SQL has it.
    #[must_use]
    pub fn ty(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::SomeText(_) => "VARCHAR",
            Self::Int(_) | Self::SomeInt(_) => "BIGINT",
            Self::Day(_) | Self::SomeDay(_) => "DATE",
            Self::Flag(_) => "BOOLEAN",
        }
    }

    /// Whether a value can be missing.
    #[must_use]
    pub fn may_lack(&self) -> bool {
        matches!(self, Self::SomeText(_) | Self::SomeInt(_) | Self::SomeDay(_))
    }
}
