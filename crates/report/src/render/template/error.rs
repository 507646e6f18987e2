//! Why a template cannot be used, and where.

use std::fmt;

/// A place in a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Name of the sheet, or of the part of a document (`本文`, `頁首`).
    pub part: String,
    /// Cell (`B5`) or paragraph (`第 3 段`); empty for the part as a whole.
    pub at: String,
}

impl Place {
    pub(crate) fn new(part: impl Into<String>, at: impl Into<String>) -> Self {
        Self { part: part.into(), at: at.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.is_empty() { f.write_str(&self.part) } else { write!(f, "{}!{}", self.part, self.at) }
    }
}

/// A template that cannot be filled. What is named in it stands in the template itself; nothing of an exam does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Neither .xlsx nor .docx nor .ods.
    #[error("this is no .xlsx, .docx or .ods file")]
    Unsupported,
    /// A file of the former binary formats, or one with a password: the two look alike from outside.
    #[error("the file has a password, or is of a former binary format")]
    Locked,
    /// The file carries macros.
    #[error("the file carries macros")]
    Macros,
    /// The file is damaged.
    #[error("the file is damaged: {what}")]
    Damaged {
        /// Name of the part, or what is wrong with the container.
        what: String,
    },
    /// The file would unpack to more than a template may take.
    #[error("the file unpacks to more than a template may take")]
    TooLarge,
    /// `{{` without `}}`.
    #[error("a placeholder is not closed at {place}")]
    UnclosedPlaceholder {
        /// Where.
        place: Place,
    },
    /// Braces within braces.
    #[error("a placeholder stands within another at {place}")]
    NestedPlaceholder {
        /// Where.
        place: Place,
    },
    /// A region is opened and not closed in the same sheet or table.
    #[error("region {name} is not closed, opened at {place}")]
    UnclosedRegion {
        /// Name of the region.
        name: String,
        /// Where it is opened.
        place: Place,
    },
    /// A region is closed that is not open.
    #[error("region {name} is closed and not open at {place}")]
    UnopenedRegion {
        /// Name of the region.
        name: String,
        /// Where it is closed.
        place: Place,
    },
    /// A region within another one, or two that cross.
    #[error("region {name} begins within another one at {place}")]
    NestedRegion {
        /// Name of the inner region.
        name: String,
        /// Where it is opened.
        place: Place,
    },
    /// A marker stands where no rows can repeat, or shares its row with another placeholder.
    #[error("the marker of region {name} cannot stand at {place}")]
    MisplacedMarker {
        /// Name of the region.
        name: String,
        /// Where.
        place: Place,
    },
    /// No row stands between the markers of a region.
    #[error("region {name} has no rows, opened at {place}")]
    EmptyRegion {
        /// Name of the region.
        name: String,
        /// Where it is opened.
        place: Place,
    },
    /// The sheet would get more rows than a sheet may have.
    #[error("sheet {sheet} would get more rows than a sheet may have")]
    TooManyRows {
        /// Name of the sheet.
        sheet: String,
    },
}

impl TemplateError {
    /// A part that is not what it should be.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}
