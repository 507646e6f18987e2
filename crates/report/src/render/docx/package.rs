//! The parts as one zip, in order and without a clock, so that the same parts give the same bytes.

use crate::ReportError;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The file.
///
/// # Errors
/// When the zip cannot be written.
pub fn zip(parts: &[(String, String)]) -> Result<Vec<u8>, ReportError> {
    let failed = |_| ReportError::Docx { what: "package" };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .system(System::Unix)
        .last_modified_time(DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        file.start_file(name.as_str(), options).map_err(failed)?;
        file.write_all(content.as_bytes()).map_err(|_| ReportError::Docx { what: "part" })?;
    }
    Ok(file.finish().map_err(failed)?.into_inner())
}
