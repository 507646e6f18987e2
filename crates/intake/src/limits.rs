//! How much a file may ask for before it is refused.

/// Upper bounds; a file beyond one of them is refused with [`crate::IntakeError::TooLarge`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub max_bytes: u64,
    /// Parts of a workbook's container.
    pub max_parts: u64,
    /// Bytes of all parts unpacked.
    pub max_unpacked: u64,
    /// Unpacked bytes for each packed byte of a part above 16 MiB.
    pub max_ratio: u64,
    /// Texts in the table of shared texts.
    pub max_shared_strings: u64,
    /// Unpacked bytes of the table of shared texts.
    pub max_shared_bytes: u64,
    /// Unpacked bytes of every other part that is read whole.
    pub max_part_bytes: u64,
    /// Cell formats.
    pub max_styles: u64,
    /// Merged ranges of a sheet.
    pub max_merges: u64,
    /// Rows below the header.
    pub max_rows: u64,
    /// Cells that hold something in one row.
    pub max_columns: u32,
    /// Characters of a cell; longer texts are cut, with an issue.
    pub max_cell_chars: usize,
    /// Bytes of one line of delimited text.
    pub max_line_bytes: usize,
    /// Issues kept for a sheet; the rest are counted.
    pub max_issues: usize,
    /// Bytes of memory that a process which reads a whole workbook may take beyond what it has when it starts. It
    /// keeps them itself ([`crate::serve_book`]); here they are told.
    pub max_reader_memory: u64,
    /// Seconds that such a process may take for one answer.
    pub max_reader_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 2 << 30,
            max_parts: 10_000,
            max_unpacked: 8 << 30,
            max_ratio: 400,
            max_shared_strings: 8_000_000,
            max_shared_bytes: 768 << 20,
            max_part_bytes: 32 << 20,
            max_styles: 100_000,
            max_merges: 200_000,
            max_rows: 5_000_000,
            max_columns: 16_384,
            max_cell_chars: 32_767,
            max_line_bytes: 16 << 20,
            max_issues: 10_000,
            max_reader_memory: 448 << 20,
            max_reader_seconds: 15,
        }
    }
}
