//! What was received, for lists of imports and for the receipt 資料收受清單: every file of every batch, those taken
//! back marked.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::{import_batch, import_file, import_issue, import_sheet};
use fieldbook_model::{Moment, SheetRecord};

/// One file that was received.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedFile {
    /// Batch that it came with.
    pub batch: i64,
    /// Who handed it over; empty where nobody was named.
    pub received_from: String,
    /// Who imported it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// The batch was taken back.
    pub undone: bool,
    /// Id of the file within the exam.
    pub id: i64,
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Encoding for CSV, empty else.
    pub encoding: String,
    /// Its sheets in file order.
    pub sheets: Vec<ReceivedSheet>,
}

/// One table of a sheet of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedSheet {
    /// Id within the exam, by which its rows and issues are asked for.
    pub id: i64,
    /// Batch that replaced it.
    pub superseded_by: Option<i64>,
    /// Number of issues.
    pub issues: u64,
    /// What it became, **without** the issues.
    pub record: SheetRecord,
}

impl ExamStore {
    /// The files of one batch, or of all of them, oldest first.
    ///
    /// # Errors
    /// [`VaultError::UnknownBatch`].
    pub fn received_files(&self, batch: Option<i64>) -> Result<Vec<ReceivedFile>, VaultError> {
        let batches = match batch {
            Some(batch) => vec![import_batch::find(&self.conn, batch)?],
            None => import_batch::all(&self.conn)?,
        };
        let issues = import_issue::counts(&self.conn, "")?;
        let mut out = Vec::new();
        for batch in batches {
            for (id, file) in import_file::of_batch(&self.conn, batch.batch)? {
                let sheets = import_sheet::of_file(&self.conn, id)?.into_iter().map(|sheet| ReceivedSheet {
                    id: sheet.id,
                    superseded_by: sheet.superseded_by,
                    issues: issues.get(&sheet.id).copied().unwrap_or(0),
                    record: sheet.record,
                });
                out.push(ReceivedFile {
                    batch: batch.batch,
                    received_from: batch.received_from.clone(),
                    by: batch.by.clone(),
                    at: batch.at,
                    undone: batch.undone,
                    id,
                    file: file.file,
                    sha256: file.sha256,
                    size: file.size,
                    encoding: file.encoding,
                    sheets: sheets.collect(),
                });
            }
        }
        Ok(out)
    }
}
