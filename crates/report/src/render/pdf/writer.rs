//! The seam between layout and file format.

use super::page::Page;
use crate::ReportError;
use fieldbook_model::Moment;

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Issuing authority.
    pub author: String,
    /// Creation time, on the clock of Asia/Taipei.
    pub created: Moment,
}

/// Writes laid-out pages. The same pages give the same bytes.
pub trait PageWriter {
    /// The file.
    ///
    /// # Errors
    /// When the format's writer fails.
    fn write(&self, pages: &[Page], meta: &Meta) -> Result<Vec<u8>, ReportError>;
}
