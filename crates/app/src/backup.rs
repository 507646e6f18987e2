//! Backups: a plain copy, generations of copies, and a vault made from one.

use crate::desk::Desk;
use crate::error::AppError;
use crate::session::folder;
use crate::view;
use crate::wire::{BackupRequest, BackupsView, CopyStateWord, GenerationView, RestoreRequest, RestoredView};
use crate::{dates, failure};
use fieldbook_vault::{CopyState, Generation, KeptGenerations, RecoveryIdentity, Secret};
use secrecy::SecretString;
use std::path::Path;

const FOLDER: &str = "backup.folder";
const KEEP: &str = "backup.keep";
const LAST: &str = "backup.last";
/// Generations that are kept unless somebody asks for another number.
const USUAL: u32 = 5;
/// Generations that can be kept at most.
const MOST: u32 = 99;

/// Makes a verified copy in an empty folder; gives its SHA-256.
///
/// # Errors
/// `folder_not_empty`, `backup_inside`, `locked`, or the store's.
pub fn backup(desk: &Desk, dest: &Path) -> Result<String, AppError> {
    Ok(desk.vault()?.vault.backup(dest, desk.host.now())?.sha256)
}

/// Makes one more generation in a folder and keeps the newest `keep`; the folder and the number are offered the next time.
///
/// # Errors
/// `bad_generations`, `backup_inside`, `folder_not_empty` when the folder is a vault, `locked`, or the store's.
pub fn generation(desk: &mut Desk, dir: &Path, keep: u32) -> Result<KeptGenerations, AppError> {
    if !(1..=MOST).contains(&keep) {
        return Err(AppError::new("bad_generations").with("max", MOST));
    }
    let now = desk.host.now();
    let vault = &mut desk.vault_mut()?.vault;
    let kept = vault.backup_generation(dir, keep as usize, now)?;
    let texts =
        [(FOLDER, dir.to_string_lossy().into_owned()), (KEEP, keep.to_string()), (LAST, dates::moment(now))];
    vault.set_settings(&texts.each_ref().map(|(key, text)| (*key, text.as_str())))?;
    Ok(kept)
}

/// As [`generation`], for the window.
///
/// # Errors
/// As [`generation`]; `required` without a folder.
pub fn backup_make(desk: &mut Desk, request: &BackupRequest) -> Result<BackupsView, AppError> {
    generation(desk, &folder("備份資料夾", &request.folder)?, request.keep)?;
    backups(desk)
}

/// What is known of the open vault's backups. Every file of the last folder is read.
///
/// # Errors
/// `locked`, or the store's.
pub fn backups(desk: &Desk) -> Result<BackupsView, AppError> {
    let vault = &desk.vault()?.vault;
    let text = |key| Ok::<_, AppError>(vault.setting(key)?.unwrap_or_default());
    let dir = text(FOLDER)?;
    let found = !dir.is_empty() && Path::new(&dir).is_dir();
    let generations = if found { generations(Path::new(&dir)).unwrap_or_default() } else { Vec::new() };
    Ok(BackupsView {
        folder: dir,
        keep: text(KEEP)?.parse().unwrap_or(USUAL),
        last: text(LAST)?,
        generations,
        found,
    })
}

/// The generations of a folder, the oldest first; no vault has to be open.
///
/// # Errors
/// `folder_unreadable`.
pub fn generations(dir: &Path) -> Result<Vec<GenerationView>, AppError> {
    if !dir.is_dir() {
        return Err(AppError::new("folder_unreadable"));
    }
    let all = fieldbook_vault::generations(dir).map_err(|_| AppError::new("folder_unreadable"))?;
    Ok(all.iter().map(generation_view).collect())
}

/// Makes a vault from a copy, in a folder that is empty or absent.
///
/// # Errors
/// `folder_not_empty`, `not_a_vault`, `wrong_passphrase`, `backup_damaged`, or the store's; then there is no new vault.
pub fn restore(request: &RestoreRequest) -> Result<RestoredView, AppError> {
    let from = folder("備份資料夾", &request.from)?;
    let to = folder("新資料夾", &request.to)?;
    let typed = SecretString::from(request.passphrase.clone());
    let identity = RecoveryIdentity::parse(&typed).ok();
    let secret = identity.as_ref().map_or(Secret::Passphrase(&typed), Secret::Identity);
    let made = fieldbook_vault::restore(&from, &to, &secret).map_err(failure::of_copy)?;
    let exams = u32::try_from(made.exams).unwrap_or(u32::MAX);
    Ok(RestoredView { vault: shown(&to), sha256: made.sha256, exams })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn generation_view(one: &Generation) -> GenerationView {
    GenerationView {
        generation: one.number,
        name: one.name.clone(),
        made_at: dates::moment(one.made_at),
        state: match one.state {
            CopyState::Whole => CopyStateWord::Whole,
            CopyState::CutOff => CopyStateWord::CutOff,
            CopyState::Damaged => CopyStateWord::Damaged,
        },
        sha256: one.sha256.clone(),
        bytes: view::number(one.bytes),
    }
}
