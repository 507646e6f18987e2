//! Errors of the rooms below as error pairs. Nothing of a file's content reaches them.

use crate::error::{AppError, internal};
use crate::export::io_word;
use crate::passphrase::MIN_PASSPHRASE;
use fieldbook_checklist::Bundle;
use fieldbook_intake::{Excess, IntakeError};
use fieldbook_model::number_text;
use fieldbook_vault::{CardFault, UndoBar, VaultError};

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
            VaultError::DamagedDatabase { database } if database == "vault" => {
                Self::new("vault_damaged").with("what", "vault.db")
            }
            VaultError::DamagedDatabase { database } => {
                Self::new("vault_damaged").with("what", format!("exams/{database}.db"))
            }
            VaultError::Damaged { .. } => Self::new("vault_damaged").with("what", &e),
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
            VaultError::Io(kind) => Self::new("io").with("what", io_word(&(*kind).into())),
            VaultError::Database { code } => Self::new("database_refused").with("code", code),
            VaultError::EmptyPassphrase => Self::new("weak_passphrase").with("min", MIN_PASSPHRASE),
            VaultError::TooFewGroups => Self::new("recovery_mismatch"),
            VaultError::NoSigner => Self::new("no_signer"),
            VaultError::ExamExists => Self::new("exam_exists"),
            VaultError::UnknownEntry { seq } => Self::new("unknown_entry").with("seq", seq),
            VaultError::Sealed => Self::new("exam_sealed"),
            VaultError::BadState => Self::new("bad_exam_state"),
            VaultError::Destroyed => Self::new("exam_destroyed"),
            VaultError::StillKept => Self::new("still_kept"),
            VaultError::NotRecorded => Self::new("not_recorded"),
            VaultError::UnknownRun { .. } => Self::new("unknown_run"),
            _ => of_keys(&e)
                .or_else(|| of_disk(&e))
                .or_else(|| of_import(&e))
                .or_else(|| of_review(&e))
                .or_else(|| of_merge(&e))
                .or_else(|| of_statement(&e))
                .or_else(|| of_contact(&e))
                .unwrap_or_else(|| internal(&e)),
        }
    }
}

/// Key slots.
fn of_keys(e: &VaultError) -> Option<AppError> {
    let of_slot = |key, slot: &str| AppError::new(key).with("slot", slot_word(slot));
    Some(match e {
        VaultError::SlotMissing { slot } => of_slot("slot_missing", slot),
        VaultError::SlotDamaged { slot } => of_slot("slot_damaged", slot),
        VaultError::SlotForeign { slot } => of_slot("slot_foreign", slot),
        VaultError::WorkFactor { found } => AppError::new("work_factor").with("found", found),
        VaultError::LongPassphrase => {
            AppError::new("long_passphrase").with("max", fieldbook_vault::MAX_PASSPHRASE_BYTES)
        }
        VaultError::UnknownSlot => AppError::new("unknown_slot"),
        VaultError::SlotExists => AppError::new("slot_exists"),
        VaultError::NotARecipient => AppError::new("not_a_recipient"),
        VaultError::BadLabel => AppError::new("bad_label"),
        VaultError::LastWayIn => AppError::new("last_way_in"),
        VaultError::Keystore => AppError::new("keystore_refused"),
        VaultError::KeystoreLost => AppError::new("keystore_lost"),
        _ => return None,
    })
}

/// Cards and contacts.
fn of_contact(e: &VaultError) -> Option<AppError> {
    Some(match e {
        VaultError::Card(CardFault::None) => AppError::new("card_none"),
        VaultError::Card(CardFault::Damaged) => AppError::new("card_damaged"),
        VaultError::Card(CardFault::Newer) => AppError::new("card_newer"),
        VaultError::Card(CardFault::Unsigned) => AppError::new("card_unsigned"),
        VaultError::Card(CardFault::Name) => AppError::new("card_name"),
        VaultError::OwnCard => AppError::new("card_own"),
        VaultError::ContactKnown => AppError::new("contact_known"),
        VaultError::KeyChanged => AppError::new("contact_key_changed"),
        VaultError::KeyUnchanged => AppError::new("contact_key_unchanged"),
        VaultError::UnknownContact => AppError::new("unknown_contact"),
        VaultError::OtherFingerprint => AppError::new("other_fingerprint"),
        _ => return None,
    })
}

/// Files and disks.
fn of_disk(e: &VaultError) -> Option<AppError> {
    Some(match e {
        VaultError::NoRoom => AppError::new("no_room"),
        VaultError::ReadOnly => AppError::new("read_only"),
        VaultError::DiskFailed => AppError::new("disk_failed"),
        VaultError::FileMissing { what } => AppError::new("vault_incomplete").with("what", what),
        VaultError::ExamFileMissing => AppError::new("exam_file_missing"),
        VaultError::BackupInside => AppError::new("backup_inside"),
        VaultError::BackupDamaged => AppError::new("backup_damaged"),
        _ => return None,
    })
}

fn slot_word(slot: &str) -> &'static str {
    match slot {
        "recovery" => "復原金鑰",
        "escrow" => "託管鑰匙",
        "keystore" => "本機登入鑰匙",
        _ => "通行碼",
    }
}

/// An error of making a vault from a copy: what is damaged then is the copy.
pub(crate) fn of_copy(e: VaultError) -> AppError {
    match e {
        VaultError::Damaged { .. }
        | VaultError::DamagedDatabase { .. }
        | VaultError::SlotDamaged { .. }
        | VaultError::FileMissing { .. } => AppError::new("backup_damaged"),
        VaultError::NotAVault => AppError::new("not_a_backup"),
        other => other.into(),
    }
}

/// Findings, evidence and review.
fn of_review(e: &VaultError) -> Option<AppError> {
    Some(match e {
        VaultError::UnknownEvidence { id } => {
            AppError::new("unknown_evidence").with("number", fieldbook_model::evidence_number(*id))
        }
        VaultError::EvidenceKept { id } => {
            AppError::new("evidence_kept").with("number", fieldbook_model::evidence_number(*id))
        }
        VaultError::EvidenceElsewhere { id } => {
            AppError::new("evidence_elsewhere").with("number", fieldbook_model::evidence_number(*id))
        }
        VaultError::OutOfCustody { id } => {
            AppError::new("out_of_custody").with("number", fieldbook_model::evidence_number(*id))
        }
        VaultError::NotADraft { .. } => AppError::new("not_a_draft"),
        VaultError::BadStep { .. } => AppError::new("bad_step"),
        VaultError::SamePerson => AppError::new("same_person"),
        VaultError::UnknownNote { .. } => AppError::new("unknown_note"),
        VaultError::NoteCleared { .. } => AppError::new("note_cleared"),
        VaultError::SignedOff { paper } => AppError::new("signed_off").with("paper", paper_word(paper)),
        VaultError::NotPrepared { paper } => AppError::new("not_prepared").with("paper", paper_word(paper)),
        VaultError::OldVersion { paper } => AppError::new("old_version").with("paper", paper_word(paper)),
        VaultError::BadSignature => AppError::new("bad_signature"),
        VaultError::IdentityExists => AppError::new("identity_exists"),
        VaultError::UnknownIdentity => AppError::new("no_identity"),
        VaultError::UnknownTemplate => AppError::new("unknown_template"),
        _ => return None,
    })
}

fn paper_word(paper: &str) -> String {
    match paper {
        fieldbook_model::WHOLE_EXAM => "全案".to_owned(),
        paper => format!("底稿 {paper} "),
    }
}

/// Copies of an exam that meet.
fn of_merge(e: &VaultError) -> Option<AppError> {
    Some(match e {
        VaultError::OtherJournal => AppError::new("handover_forked"),
        VaultError::MissingExchange => AppError::new("handover_gap"),
        VaultError::CannotUndo { bar } => AppError::new(match bar {
            UndoBar::Unknown => "unknown_merge",
            UndoBar::Done => "merge_undone",
            UndoBar::Later => "merge_under_later",
            UndoBar::Changed => "merge_changed_since",
            UndoBar::HandedOver => "merge_handed_over",
        }),
        _ => return None,
    })
}

/// Received files and what is made of them.
fn of_import(e: &VaultError) -> Option<AppError> {
    let broken = |what: &str| AppError::new("import_broken").with("what", what);
    Some(match e {
        VaultError::AlreadyImported { batch } => {
            AppError::new("table_imported").with("batch", number_text(*batch, 1))
        }
        VaultError::UnknownSheet { .. } => AppError::new("unknown_table"),
        VaultError::Superseded { batch } => AppError::new("superseded").with("batch", number_text(*batch, 1)),
        VaultError::DoesNotReconcile { read, stored, rejected } => AppError::new("does_not_reconcile")
            .with("read", read)
            .with("stored", stored)
            .with("rejected", rejected),
        VaultError::CountMismatch { stored, said } => {
            AppError::new("count_mismatch").with("stored", stored).with("said", said)
        }
        VaultError::BadMapping => AppError::new("bad_memory"),
        VaultError::ColumnMappedTwice { column } => AppError::new("bad_mapping").with("what", column),
        VaultError::UnknownColumn { column } => AppError::new("unknown_column").with("column", column),
        VaultError::UnknownDataset => AppError::new("dataset_not_kept"),
        VaultError::BadDefinition { key } => AppError::new("definition_unfit").with("key", key),
        VaultError::RowShape => broken("列與欄位對應不符"),
        VaultError::ImportOrder { .. } => broken("寫入順序不符"),
        _ => return None,
    })
}

/// Queries of procedures.
fn of_statement(e: &VaultError) -> Option<AppError> {
    Some(match e {
        VaultError::NotPermitted => AppError::new("statement_not_permitted"),
        VaultError::Statement { message } => AppError::new("statement_wrong").with("what", message),
        VaultError::MissingParameter { name } => AppError::new("parameter_missing").with("name", name),
        VaultError::ResultShape { what } => AppError::new("statement_shape").with("what", what),
        VaultError::OutOfTime => AppError::new("out_of_time"),
        _ => return None,
    })
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
        IntakeError::NoReader(e) => AppError::new("no_book_reader").with("what", io_word(e)),
        IntakeError::SinkClosed => AppError::new("import_broken").with("what", "寫入已中斷"),
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
        Excess::Pixels => "影像邊長像素",
        Excess::Seconds => "讀取秒數",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldbook_model::ExamId;

    /// One of every variant.
    fn vault_errors() -> Vec<VaultError> {
        let column = || "account".to_owned();
        let all = vec![
            VaultError::NotAVault,
            VaultError::AlreadyAVault,
            VaultError::FolderNotEmpty,
            VaultError::NewerFormat { found: 9 },
            VaultError::WrongPassphrase,
            VaultError::WrongIdentity,
            VaultError::NotAnIdentity,
            VaultError::EmptyPassphrase,
            VaultError::WorkFactor { found: 99 },
            VaultError::SlotMissing { slot: "recovery" },
            VaultError::SlotDamaged { slot: "recovery" },
            VaultError::SlotForeign { slot: "passphrase" },
            VaultError::LongPassphrase,
            VaultError::UnknownSlot,
            VaultError::SlotExists,
            VaultError::NotARecipient,
            VaultError::BadLabel,
            VaultError::LastWayIn,
            VaultError::Keystore,
            VaultError::KeystoreLost,
            VaultError::InUse,
            VaultError::Damaged { what: "page" },
            VaultError::ExamExists,
            VaultError::UnknownExam,
            VaultError::ExamFileMissing,
            VaultError::AlreadyImported { batch: 3 },
            VaultError::UnknownBatch { batch: 3 },
            VaultError::AlreadyUndone { batch: 3 },
            VaultError::UnknownDataset,
            VaultError::UnknownColumn { column: column() },
            VaultError::BadMapping,
            VaultError::BadFilter { column: column() },
            VaultError::ColumnMappedTwice { column: column() },
            VaultError::BadDefinition { key: column() },
            VaultError::UnknownSheet { id: 7 },
            VaultError::Superseded { batch: 4 },
            VaultError::DoesNotReconcile { read: 10, stored: 7, rejected: 2 },
            VaultError::CountMismatch { stored: 7, said: 8 },
            VaultError::RowShape,
            VaultError::ImportOrder { what: "sheet" },
            VaultError::NotPermitted,
            VaultError::Statement { message: "no such column: x".to_owned() },
            VaultError::MissingParameter { name: "days".to_owned() },
            VaultError::ResultShape { what: "_id" },
            VaultError::OutOfTime,
            VaultError::Cancelled,
            VaultError::UnknownRun { id: 1 },
            VaultError::UnknownException { id: 1 },
            VaultError::UnknownFinding { no: 1 },
            VaultError::PackageInUse { exam: ExamId::parse("e1").expect("an id") },
            VaultError::UnknownPackage,
            VaultError::NoSigner,
            VaultError::NoReason,
            VaultError::NoPerson,
            VaultError::TooFewGroups,
            VaultError::NoRoom,
            VaultError::ReadOnly,
            VaultError::DiskFailed,
            VaultError::FileMissing { what: "vault.db" },
            VaultError::BackupInside,
            VaultError::BackupDamaged,
            VaultError::Io(std::io::ErrorKind::PermissionDenied),
            VaultError::Database { code: 5 },
            VaultError::UnknownEntry { seq: 9 },
            VaultError::Sealed,
            VaultError::BadState,
            VaultError::Destroyed,
            VaultError::StillKept,
            VaultError::NotRecorded,
            VaultError::Card(CardFault::None),
            VaultError::Card(CardFault::Damaged),
            VaultError::Card(CardFault::Newer),
            VaultError::Card(CardFault::Unsigned),
            VaultError::Card(CardFault::Name),
            VaultError::OwnCard,
            VaultError::ContactKnown,
            VaultError::KeyChanged,
            VaultError::KeyUnchanged,
            VaultError::UnknownContact,
            VaultError::OtherFingerprint,
        ];
        assert_eq!(all.len(), 80, "each once");
        all
    }

    fn told(error: &AppError, what: &dyn std::fmt::Debug) {
        assert_ne!(error.key(), "internal", "{what:?} has words of its own");
        let view = error.view();
        for text in [&view.message, &view.hint] {
            assert!(!text.is_empty() && !text.contains(['{', '}']), "{what:?}: {text}");
        }
    }

    #[test]
    fn every_error_of_the_vault_is_told_in_words_of_its_own() {
        for error in vault_errors() {
            told(&AppError::from(error.clone()), &error);
        }
    }

    #[test]
    fn every_error_of_a_file_is_told_in_words_of_its_own() {
        let desk = crate::desk::Desk::new(crate::host::of_this_machine()).expect("a desk");
        let limit = |what| IntakeError::TooLarge { what, limit: 9 };
        let refused = || std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let errors = [
            IntakeError::Io(refused()),
            IntakeError::Empty,
            IntakeError::NotASpreadsheet,
            IntakeError::Unsupported { kind: "html" },
            IntakeError::NoReader(refused()),
            IntakeError::Locked,
            IntakeError::Damaged { what: "sheet" },
            limit(Excess::Bytes),
            limit(Excess::Seconds),
            IntakeError::UnknownEncoding,
            IntakeError::NoSuchSheet,
            IntakeError::NoSuchDataset,
            IntakeError::NoDataset,
            IntakeError::MissingRequired { columns: vec!["account".to_owned()] },
            IntakeError::BadProfile { line: Some(3) },
            IntakeError::SinkClosed,
            IntakeError::Cancelled,
        ];
        for error in errors {
            told(&intake(desk.bundle(), Some("accounts"), "帳號清冊.xlsx", &error), &error);
        }
    }

    #[test]
    fn a_batch_that_was_superseded_names_the_one_to_take_back_first() {
        let view = AppError::from(VaultError::Superseded { batch: 4 }).view();
        assert!(view.message.contains("第 4 批") && view.hint.contains("第 4 批"), "{view:?}");
        let view = AppError::from(VaultError::DoesNotReconcile { read: 10, stored: 7, rejected: 2 }).view();
        assert!(["10", "7", "2"].iter().all(|n| view.message.contains(n)), "{view:?}");
    }
}
