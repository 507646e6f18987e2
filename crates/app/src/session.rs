//! Making, opening and closing a vault.

use crate::desk::{Desk, OpenVault};
use crate::error::AppError;
use crate::wire::{
    CreateVaultRequest, RecoveryChallengeView, RecoveryConfirmRequest, SessionView, UnlockRequest,
    VaultCreatedView, VaultView,
};
use fieldbook_vault::{RecoveryIdentity, Vault, VaultState};
use secrecy::{ExposeSecret, SecretString};
use std::path::{Path, PathBuf};

/// Characters that a passphrase needs at least.
pub const MIN_PASSPHRASE: usize = 12;
/// Groups of the recovery identity that must be typed back.
const CHALLENGE: usize = 3;

/// What there is before anything is open.
///
/// # Errors
/// The store's.
pub fn session(desk: &Desk) -> Result<SessionView, AppError> {
    let dir = &desk.host.suggested_dir;
    Ok(SessionView {
        version: env!("CARGO_PKG_VERSION").into(),
        suggested_dir: dir.to_string_lossy().into_owned(),
        vault_exists: matches!(fieldbook_vault::state(dir), Ok(VaultState::Vault)),
        vault: desk.vault.as_ref().map(vault_view).transpose()?,
        locked_by: desk.locked_by,
    })
}

/// Makes a vault and opens it. The recovery identity is in the answer and nowhere else.
///
/// # Errors
/// `weak_passphrase`, `vault_exists`, `folder_not_empty`, `required`, or the store's.
pub fn vault_create(desk: &mut Desk, request: &CreateVaultRequest) -> Result<VaultCreatedView, AppError> {
    let dir = folder(&request.dir)?;
    if request.passphrase.chars().count() < MIN_PASSPHRASE {
        return Err(AppError::new("weak_passphrase").with("min", MIN_PASSPHRASE));
    }
    vault_lock(desk);
    let passphrase = SecretString::from(request.passphrase.clone());
    let entropy = std::sync::Arc::clone(&desk.host.entropy);
    let mut fill = |buffer: &mut [u8]| entropy(buffer);
    let (vault, identity) =
        Vault::create(&dir, &passphrase, &mut fill, desk.host.work_factor, desk.host.now())?;
    let positions = identity.challenge(CHALLENGE, &mut fill);
    let (recovery_identity, groups) = (identity.secret(), identity.groups());
    let challenge = positions.iter().map(|p| crate::view::small(*p + 1)).collect();
    desk.vault = Some(OpenVault { vault, dir, pending_recovery: Some((identity, positions)) });
    desk.saved();
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

/// Opens a vault with its passphrase, or with the recovery identity typed in its place (any case, blanks anywhere).
///
/// # Errors
/// `wrong_passphrase`, `not_a_vault`, `vault_in_use`, `vault_damaged`.
pub fn vault_unlock(desk: &mut Desk, request: &UnlockRequest) -> Result<VaultView, AppError> {
    let dir = folder(&request.dir)?;
    vault_lock(desk);
    let secret = SecretString::from(request.passphrase.clone());
    let vault = match RecoveryIdentity::parse(&secret) {
        Ok(identity) => Vault::unlock_with_recovery(&dir, &identity)?,
        Err(_) => Vault::unlock(&dir, &secret)?,
    };
    desk.vault = Some(OpenVault { vault, dir, pending_recovery: None });
    if let Err(e) = crate::edition::renew(desk) {
        vault_lock(desk);
        return Err(e);
    }
    vault_view(desk.vault()?)
}

/// Closes everything; keys are wiped from memory.
pub fn vault_lock(desk: &mut Desk) {
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
/// `weak_passphrase`, `locked`, or the store's.
pub fn change_passphrase(desk: &mut Desk, new: String) -> Result<VaultView, AppError> {
    if new.chars().count() < MIN_PASSPHRASE {
        return Err(AppError::new("weak_passphrase").with("min", MIN_PASSPHRASE));
    }
    let work_factor = desk.host.work_factor;
    desk.vault_mut()?.vault.change_passphrase(&SecretString::from(new), work_factor)?;
    vault_view(desk.vault()?)
}

/// Looks at every page, reference and journal entry; each problem is one line.
///
/// # Errors
/// `locked`, or the store's.
pub fn verify(desk: &Desk) -> Result<Vec<String>, AppError> {
    Ok(desk.vault()?.vault.verify()?.iter().map(|p| format!("{p:?}")).collect())
}

/// Makes a verified copy; gives its SHA-256.
///
/// # Errors
/// `folder_not_empty`, `locked`, or the store's.
pub fn backup(desk: &Desk, dest: &Path) -> Result<String, AppError> {
    Ok(desk.vault()?.vault.backup(dest)?.sha256)
}

fn folder(text: &str) -> Result<PathBuf, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::new("required").with("field", "保管庫資料夾"));
    }
    Ok(Path::new(text).to_owned())
}

fn vault_view(open: &OpenVault) -> Result<VaultView, AppError> {
    Ok(VaultView {
        name: open.dir.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        dir: open.dir.to_string_lossy().into_owned(),
        slots: open.vault.slots().iter().map(|s| s.name().to_owned()).collect(),
        recipient: open.vault.recipient().to_owned(),
        recovery_confirmed: open.vault.recovery_confirmed()?,
    })
}
