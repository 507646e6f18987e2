//! Errors of the rooms below as error pairs. Nothing of a file's content reaches them.

use crate::error::{AppError, internal};
use crate::export::io_word;
use fieldbook_checklist::Bundle;
use fieldbook_intake::{Excess, IntakeError};
use fieldbook_vault::VaultError;

impl From<VaultError> for AppError {
    fn from(e: VaultError) -> Self {
        match &e {
            VaultError::NotAVault => Self::new("not_a_vault"),
            VaultError::AlreadyAVault => Self::new("vault_exists"),
            VaultError::FolderNotEmpty => Self::new("folder_not_empty"),
            VaultError::WrongPassphrase | VaultError::WrongIdentity | VaultError::NotAnIdentity => {
                Self::new("wrong_passphrase")
            }
            VaultError::InUse => Self::new("vault_in_use"),
            VaultError::NewerFormat { .. } => Self::new("newer_format"),
            VaultError::SlotMissing { .. }
            | VaultError::SlotDamaged { .. }
            | VaultError::Damaged { .. }
            | VaultError::WorkFactor { .. }
            | VaultError::ExamFileMissing => Self::new("vault_damaged").with("what", &e),
            VaultError::UnknownExam => Self::new("unknown_exam"),
            VaultError::UnknownBatch { .. } | VaultError::AlreadyUndone { .. } => Self::new("unknown_batch"),
            VaultError::UnknownException { .. } => Self::new("unknown_exception"),
            VaultError::UnknownFinding { .. } => Self::new("unknown_finding"),
            VaultError::PackageInUse { exam } => Self::new("package_in_use").with("exam", exam),
            VaultError::UnknownPackage => Self::new("unknown_package"),
            VaultError::BadFilter { column } => Self::new("bad_filter").with("what", column),
            VaultError::NoReason => Self::new("note_required"),
            VaultError::NoPerson => Self::new("no_examiner"),
            VaultError::Cancelled => Self::new("cancelled"),
            VaultError::NoRoom => Self::new("io").with("what", "磁碟已滿"),
            VaultError::Io(kind) => Self::new("io").with("what", io_word(&(*kind).into())),
            _ => internal(&e),
        }
    }
}

/// An error of intake about the file of this name.
pub(crate) fn intake(bundle: &Bundle, dataset: Option<&str>, file: &str, e: &IntakeError) -> AppError {
    let of_file = |key| AppError::new(key).with("file", file);
    match e {
        IntakeError::Io(_) => of_file("file_unreadable"),
        IntakeError::Empty => of_file("file_empty"),
        IntakeError::NotASpreadsheet => of_file("not_a_spreadsheet"),
        IntakeError::Unsupported { kind } => of_file("unsupported_spreadsheet").with("kind", kind),
        IntakeError::Locked => of_file("file_locked"),
        IntakeError::Damaged { .. } => of_file("file_damaged"),
        IntakeError::TooLarge { what, limit } => {
            of_file("file_too_large").with("what", format!("{}超過 {limit}", excess(*what)))
        }
        IntakeError::UnknownEncoding => AppError::new("bad_encoding").with("field", "encoding"),
        IntakeError::NoSuchSheet => of_file("unknown_sheet"),
        IntakeError::NoSuchDataset => {
            AppError::new("unknown_dataset").with("field", dataset.unwrap_or_default())
        }
        IntakeError::NoDataset => of_file("no_dataset"),
        IntakeError::MissingRequired { columns } => {
            of_file("missing_required").with("columns", column_names(bundle, dataset, columns))
        }
        IntakeError::BadProfile { line } => {
            let line = line.map(|l| l.to_string()).unwrap_or_default();
            AppError::new("bad_mapping").with("what", line)
        }
        IntakeError::Cancelled => AppError::new("cancelled"),
        IntakeError::SinkClosed | IntakeError::NoReader(_) => internal(e),
    }
}

/// zh-TW names of columns.
pub(crate) fn column_names(bundle: &Bundle, dataset: Option<&str>, keys: &[String]) -> String {
    let def = dataset.and_then(|d| bundle.dataset(d));
    let names = keys.iter().map(|k| def.and_then(|d| d.column(k)).map_or(k.as_str(), |c| c.zh.as_str()));
    names.collect::<Vec<_>>().join("、")
}

fn excess(what: Excess) -> &'static str {
    match what {
        Excess::Bytes => "檔案大小",
        Excess::Parts => "內部檔案數",
        Excess::Unpacked => "解壓縮後大小",
        Excess::Ratio => "壓縮比",
        Excess::SharedStrings => "共用字串數",
        Excess::Styles => "儲存格格式數",
        Excess::Merges => "合併儲存格數",
        Excess::Rows => "列數",
        Excess::Columns => "欄數",
        Excess::Line => "單行長度",
        Excess::Memory => "讀取所需的記憶體位元組數",
        Excess::Seconds => "讀取秒數",
    }
}
