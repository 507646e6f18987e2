//! The window of Fieldbook.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;

use commands::Shared;
use fieldbook_app::Desk;
use std::process::ExitCode;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> ExitCode {
    match fieldbook_app::host::read_book() {
        Some(code) => code,
        None => window(),
    }
}

fn window() -> ExitCode {
    let desk = match Desk::new(fieldbook_app::host::of_this_machine()) {
        Ok(desk) => desk,
        Err(error) => return fail(&error),
    };
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(Shared::new(desk))
        .invoke_handler(tauri::generate_handler![
            commands::session,
            commands::vault_create,
            commands::vault_confirm_recovery,
            commands::vault_unlock,
            commands::vault_lock,
            commands::vault_unlock_keystore,
            commands::passphrase_strength,
            commands::key_slots,
            commands::passphrase_change,
            commands::recovery_renew,
            commands::escrow_add,
            commands::keystore_add,
            commands::slot_remove,
            commands::integrity,
            commands::integrity_start,
            commands::status,
            commands::exams,
            commands::exam_create,
            commands::exam_open,
            commands::exam_close,
            commands::exam_work_as,
            commands::profile,
            commands::profile_preview,
            commands::profile_set,
            commands::checklist,
            commands::item,
            commands::answer,
            commands::answers_bulk,
            commands::answer_undo,
            commands::answer_redo,
            commands::answer_copy_preview,
            commands::answer_copy,
            commands::applicability_set,
            commands::phrase_keep,
            commands::phrase_drop,
            commands::source_text,
            commands::patterns,
            commands::editions,
            commands::package_inspect,
            commands::package_load,
            commands::package_remove,
            commands::signer_distrust,
            commands::editions_compare,
            commands::carry_preview,
            commands::carry,
            commands::field_sheets,
            commands::export_sheet,
            commands::export_requests,
            commands::datasets,
            commands::import_inspect,
            commands::import_look,
            commands::import_run,
            commands::import_cancel,
            commands::mappings,
            commands::mappings_export,
            commands::mappings_import,
            commands::mapping_forget,
            commands::imports,
            commands::import_issues,
            commands::import_rows,
            commands::import_undo,
            commands::import_compare,
            commands::export_receipt,
            commands::export_dictionary,
            commands::data_sets,
            commands::data_rows,
            commands::data_find,
            commands::data_copy,
            commands::data_profile,
            commands::data_cancel,
            commands::procedures,
            commands::audit_run,
            commands::audit_cancel,
            commands::audit_reperform,
            commands::audit_change,
            commands::undispose,
            commands::derived_rows,
            commands::derived_correct,
            commands::samples,
            commands::sample_draw,
            commands::sample_sheet,
            commands::sample_size,
            commands::sample_evaluate,
            commands::own_schema,
            commands::own_procedures,
            commands::own_preview,
            commands::own_save,
            commands::own_withdraw,
            commands::count,
            commands::count_mark,
            commands::count_undo,
            commands::count_feed,
            commands::count_sheet,
            commands::analysis,
            commands::exception_groups,
            commands::exceptions,
            commands::exception_source,
            commands::dispose,
            commands::finding_draft,
            commands::finding_save,
            commands::finding_withdraw,
            commands::finding_step,
            commands::finding_rebind,
            commands::finding_repeats,
            commands::finding_phrases,
            commands::finding_reply,
            commands::finding_follow_up,
            commands::findings,
            commands::due,
            commands::evidence,
            commands::evidence_add,
            commands::evidence_change,
            commands::evidence_export,
            commands::evidence_look,
            commands::evidence_take,
            commands::evidence_cancel,
            commands::evidence_custody,
            commands::evidence_record,
            commands::evidence_preview,
            commands::evidence_page,
            commands::evidence_text,
            commands::evidence_grid,
            commands::evidence_thumbnail,
            commands::review,
            commands::identity_make,
            commands::review_sign,
            commands::review_reopen,
            commands::note_add,
            commands::note_reply,
            commands::note_clear,
            commands::team,
            commands::team_save,
            commands::settings,
            commands::settings_set,
            commands::backups,
            commands::backup_make,
            commands::dashboard,
            commands::gate,
            commands::export_papers,
            commands::export_report,
            commands::export_document,
            commands::templates,
            commands::template_check,
            commands::template_add,
            commands::template_drop,
            commands::template_save,
            commands::template_fill,
            commands::placeholders,
            commands::trail,
            commands::trail_entry,
            commands::trail_checkpoint,
            commands::trail_verify,
            commands::exam_put_away,
            commands::exam_destroy,
            commands::destructions,
            commands::destruction_export,
        ])
        .setup(|app| {
            // The driver of a test cannot see into a private context; everybody else gets one: nothing of an exam
            // is kept by the web view.
            let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("查核簿 Fieldbook")
                .inner_size(1366.0, 768.0)
                .min_inner_size(1024.0, 640.0)
                .incognito(!driven)
                .general_autofill_enabled(false)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// Says why there is no window.
fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("錯誤：{error}");
    ExitCode::FAILURE
}
