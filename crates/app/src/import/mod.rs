//! Received files: looked at, compared with what is there, stored as one batch, taken back.

mod again;
mod compare;
mod inspect;
mod memory;
mod order;
mod pace;
mod plan;
mod pump;
mod recall;
mod register;
mod store;
mod stored;
mod take;
mod views;

pub use again::look;
pub use compare::compare;
pub use fieldbook_intake::{ForcedColumn, SheetProfile};
pub use inspect::inspect;
pub use memory::{mapping_forget, mappings, mappings_export, mappings_import};
pub use order::{ImportJob, ImportOrder, SheetOrder, TableOrder, profiles_from_text};
pub use store::{ImportDone, run, run_job};
pub use stored::{imports, issues, rows, undo};
pub use views::datasets;

pub(crate) use views::cell_text;

use crate::host::Host;
use fieldbook_intake::{IntakeError, Limits, OpenOptions, Source};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Opens a received file.
pub(crate) fn open(
    host: &Host,
    path: &str,
    encoding: Option<&str>,
    cancel: &AtomicBool,
) -> Result<Source, IntakeError> {
    let options = OpenOptions {
        limits: &Limits::default(),
        encoding,
        reader: host.book_reader.as_ref(),
        cancel: Some(cancel),
    };
    fieldbook_intake::open_with(Path::new(path), &options)
}

/// File name without folders.
fn file_name(path: &str) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// File and sheet, as messages name them.
fn label(file: &str, sheet: &str) -> String {
    if sheet.is_empty() { file.to_owned() } else { format!("{file}－{sheet}") }
}
