//! Making, opening and closing a vault.

use crate::desk::{Desk, OpenVault};
use crate::error::AppError;
use crate::exam::exam_view;
use crate::wire::{
    CreateVaultRequest, RecoveryChallengeView, RecoveryConfirmRequest, SessionView, UnlockRequest,
    VaultCreatedView, VaultDirRequest, VaultView,
};
use crate::{keys, passphrase};
use fieldbook_vault::{RecoveryIdentity, Slot, Vault, VaultAct, VaultState};
use secrecy::{ExposeSecret, SecretString};
use std::path::{Path, PathBuf};

/// Groups of the recovery identity that must be typed back.
const CHALLENGE: usize = 3;

/// What the folder of a vault is called.
const DIR: &str = "保管庫資料夾";

/// The program's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Setting: the version whose news somebody looked at last.
const NEWS_OF: &str = "news_of";

/// What there is when the pages begin: nothing is open then, unless they begin again in the middle of the work.
///
/// # Errors
/// The store's.
pub fn session(desk: &Desk) -> Result<SessionView, AppError> {
    let dir = &desk.host.suggested_dir;
    Ok(SessionView {
        version: VERSION.into(),
        suggested_dir: dir.to_string_lossy().into_owned(),
        keystore_opens: keys::keystore_opens(desk),
        vault_exists: matches!(fieldbook_vault::state(dir), Ok(VaultState::Vault)),
        vault: desk.vault.as_ref().map(vault_view).transpose()?,
        exam: desk.exam.as_ref().map(|_| exam_view(desk)).transpose()?,
        locked_by: desk.locked_by,
    })
}

/// Makes a vault and opens it. The recovery identity is in the answer and nowhere else.
///
/// # Errors
/// `weak_passphrase`, `long_passphrase`, `guessable_passphrase`, `vault_exists`, `folder_not_empty`, `required`, or the
/// store's.
pub fn vault_create(desk: &mut Desk, request: &CreateVaultRequest) -> Result<VaultCreatedView, AppError> {
    let dir = folder(DIR, &request.dir)?;
    passphrase::taken(&request.passphrase)?;
    vault_lock(desk);
    let passphrase = SecretString::from(request.passphrase.clone());
    let entropy = std::sync::Arc::clone(&desk.host.entropy);
    let mut fill = |buffer: &mut [u8]| entropy(buffer);
    let (vault, identity) =
        Vault::create(&dir, &passphrase, &mut fill, desk.host.work_factor, desk.host.now())?;
    desk.vault = Some(OpenVault { vault, dir, pending_recovery: None });
    // To somebody who begins, everything is new.
    news_seen(desk)?;
    desk.saved();
    created_view(desk, identity)
}

/// A recovery identity to be shown once, of which some groups are to be typed back.
pub(crate) fn created_view(
    desk: &mut Desk,
    identity: RecoveryIdentity,
) -> Result<VaultCreatedView, AppError> {
    let entropy = std::sync::Arc::clone(&desk.host.entropy);
    let positions = identity.challenge(CHALLENGE, &mut |buffer| entropy(buffer));
    let (recovery_identity, groups) = (identity.secret(), identity.groups());
    let challenge = positions.iter().map(|p| crate::view::small(*p + 1)).collect();
    desk.vault_mut()?.pending_recovery = Some((identity, positions));
    Ok(VaultCreatedView {
        recovery_identity: recovery_identity.expose_secret().to_owned(),
        recovery_groups: groups.iter().map(|g| g.expose_secret().to_owned()).collect(),
        challenge: RecoveryChallengeView { groups: challenge },
        vault: vault_view(desk.vault()?)?,
    })
}

/// Takes the groups of the recovery identity that were typed back.
///
/// # Errors
/// `recovery_mismatch`, `locked`, or the store's.
pub fn vault_confirm_recovery(
    desk: &mut Desk,
    request: &RecoveryConfirmRequest,
) -> Result<VaultView, AppError> {
    let open = desk.vault_mut()?;
    if let Some((identity, positions)) = &open.pending_recovery {
        let typed: Vec<&str> = request.typed.iter().map(String::as_str).collect();
        if !open.vault.confirm_recovery(identity, positions, &typed).unwrap_or(false) {
            return Err(AppError::new("recovery_mismatch"));
        }
    }
    open.pending_recovery = None;
    desk.saved();
    vault_view(desk.vault()?)
}

/// Opens a vault with its passphrase, or with an age identity typed in its place (any case, blanks anywhere): the recovery
/// identity or that of the holder of an escrow slot.
///
/// # Errors
/// `wrong_passphrase`, `not_a_vault`, `vault_in_use`, `vault_damaged`.
pub fn vault_unlock(desk: &mut Desk, request: &UnlockRequest) -> Result<VaultView, AppError> {
    let dir = folder(DIR, &request.dir)?;
    vault_lock(desk);
    let secret = SecretString::from(request.passphrase.clone());
    let vault = match RecoveryIdentity::parse(&secret) {
        Ok(identity) => Vault::unlock_with_identity(&dir, &identity)?,
        Err(_) => Vault::unlock(&dir, &secret)?,
    };
    opened(desk, vault, dir)
}

/// Opens a vault with what the system's store of secrets keeps.
///
/// # Errors
/// `keystore_lost`, `keystore_refused`, and those of [`vault_unlock`].
pub fn vault_unlock_keystore(desk: &mut Desk, request: &VaultDirRequest) -> Result<VaultView, AppError> {
    let dir = folder(DIR, &request.dir)?;
    vault_lock(desk);
    let store = desk.host.keystore.clone().ok_or_else(|| AppError::new("keystore_refused"))?;
    let vault = Vault::unlock_with_keystore(&dir, store.as_ref())?;
    opened(desk, vault, dir)
}

fn opened(desk: &mut Desk, vault: Vault, dir: PathBuf) -> Result<VaultView, AppError> {
    desk.vault = Some(OpenVault { vault, dir, pending_recovery: None });
    settle(desk);
    if let Err(e) = crate::edition::renew(desk) {
        vault_lock(desk);
        return Err(e);
    }
    vault_view(desk.vault()?)
}

/// What a vault lacks that was made by an earlier release, or left half done by a crash. Opening it does not hang on it: a
/// destruction that cannot be finished now stays begun, and a checkpoint without a signature is still one.
fn settle(desk: &mut Desk) {
    let (entropy, at) = (std::sync::Arc::clone(&desk.host.entropy), desk.host.now());
    if let Some(open) = desk.vault.as_mut() {
        let _ = open.vault.finish_destructions(at);
        let _ = open.vault.ensure_signer(&mut |buffer| entropy(buffer));
    }
}

/// Closes everything; keys are wiped from memory.
pub fn vault_lock(desk: &mut Desk) {
    desk.integrity.end();
    desk.close_exam();
    desk.vault = None;
    desk.saved_at = None;
    crate::edition::forget_packages(desk);
}

/// The open vault.
///
/// # Errors
/// `locked`, or the store's.
pub fn vault(desk: &Desk) -> Result<VaultView, AppError> {
    vault_view(desk.vault()?)
}

/// Wraps the key for another passphrase.
///
/// # Errors
/// `weak_passphrase`, `long_passphrase`, `guessable_passphrase`, `locked`, or the store's.
pub fn change_passphrase(desk: &mut Desk, new: String) -> Result<VaultView, AppError> {
    passphrase::taken(&new)?;
    let work_factor = desk.host.work_factor;
    desk.vault_mut()?.vault.change_passphrase(&SecretString::from(new), work_factor)?;
    crate::keys::recorded(desk, &VaultAct::SlotChanged(Slot::Passphrase))?;
    vault_view(desk.vault()?)
}

/// The folder that somebody typed for `field`.
pub(crate) fn folder(field: &'static str, text: &str) -> Result<PathBuf, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::new("required").with("field", field));
    }
    Ok(Path::new(text).to_owned())
}

pub(crate) fn vault_view(open: &OpenVault) -> Result<VaultView, AppError> {
    Ok(VaultView {
        name: open.dir.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        dir: open.dir.to_string_lossy().into_owned(),
        slots: open.vault.slots().iter().map(|s| s.to_string()).collect(),
        recipient: open.vault.recipient().to_owned(),
        recovery_confirmed: open.vault.recovery_confirmed()?,
        news: open.vault.setting(NEWS_OF)?.as_deref() != Some(VERSION),
    })
}

/// Notes that somebody looked at what is new in this version.
///
/// # Errors
/// `locked`, or the store's.
pub fn news_seen(desk: &mut Desk) -> Result<VaultView, AppError> {
    desk.vault_mut()?.vault.set_setting(NEWS_OF, Some(VERSION))?;
    vault_view(desk.vault()?)
}
