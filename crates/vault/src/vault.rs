//! Making and opening a vault; its keys and settings.

use crate::connect;
use crate::error::VaultError;
use crate::exams;
use crate::journal::{Entry, record_vault};
use crate::key::DataKey;
use crate::layout::{self, Layout, VaultState};
use crate::recovery::RecoveryIdentity;
use crate::schema;
use crate::signer;
use crate::slot::{self, Slot};
use crate::table::setting;
use fieldbook_model::Moment;
use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;

/// Key slots are a few hundred bytes; a larger file is none.
const LARGEST_SLOT: u64 = 64 * 1024;

/// An open vault. While it lives nobody else can open it.
pub struct Vault {
    pub(crate) layout: Layout,
    pub(crate) key: DataKey,
    pub(crate) conn: Connection,
    recipient: String,
    /// Held for as long as the vault is open; closing the file lets go of it, after a crash too.
    _lock: File,
}

impl Vault {
    /// Makes a vault in an empty or absent folder, or where making one was cut off. `entropy` fills the data key
    /// and the seed of the signer.
    /// `work_factor` is the base-2 logarithm of scrypt's N. The identity is to be shown once and is kept nowhere.
    ///
    /// # Errors
    /// [`VaultError::AlreadyAVault`], [`VaultError::FolderNotEmpty`], [`VaultError::EmptyPassphrase`],
    /// [`VaultError::WorkFactor`], [`VaultError::InUse`], [`VaultError::NoRoom`], [`VaultError::Io`].
    pub fn create(
        dir: &Path,
        passphrase: &SecretString,
        entropy: &mut dyn FnMut(&mut [u8]),
        work_factor: u8,
        at: Moment,
    ) -> Result<(Self, RecoveryIdentity), VaultError> {
        refuse_occupied(dir)?;
        let (key, recovery) = (DataKey::new(entropy), RecoveryIdentity::generate());
        let passphrase_slot = slot::wrap_for_passphrase(&key, passphrase, work_factor)?;
        let recovery_slot = slot::wrap_for_identity(&key, &recovery.identity().to_public())?;

        let layout = Layout::new(dir);
        layout::make_dir(dir)?;
        let lock = layout::take_lock(&layout.lock(), true)?.ok_or(VaultError::InUse)?;
        refuse_occupied(dir)?;
        clear(&layout)?;
        layout::make_dir(&layout.keys())?;
        layout::make_dir(&layout.exams())?;
        layout::write_atomically(&layout.slot(Slot::Passphrase), &passphrase_slot)?;
        layout::write_atomically(&layout.slot(Slot::Recovery), &recovery_slot)?;

        let mut conn = connect::open(&layout.vault_db(), &key.for_vault(), true)?;
        schema::migrate(&mut conn, schema::VAULT)?;
        let own = age::x25519::Identity::generate();
        setting::set(&conn, setting::IDENTITY, Some(own.to_string().expose_secret()))?;
        signer::make(&conn, entropy)?;
        setting::set(&conn, "vault.created_at", Some(&at.to_string()))?;
        layout::sync_dir(Some(dir))?;

        let recipient = own.to_public().to_string();
        // Last of all: with this file the folder is a vault.
        layout::write_atomically(&layout.header(), layout::header_text(&recipient).as_bytes())?;
        Ok((Self { layout, key, conn, recipient, _lock: lock }, recovery))
    }

    /// Opens a vault with its passphrase.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], and not a byte of the folder has changed; [`VaultError::InUse`],
    /// [`VaultError::NotAVault`], [`VaultError::NewerFormat`], [`VaultError::SlotMissing`],
    /// [`VaultError::SlotDamaged`], [`VaultError::WorkFactor`], [`VaultError::Damaged`].
    pub fn unlock(dir: &Path, passphrase: &SecretString) -> Result<Self, VaultError> {
        Self::unlock_by(dir, Slot::Passphrase, |file| slot::unwrap_with_passphrase(file, passphrase))
    }

    /// Opens a vault with its recovery identity.
    ///
    /// # Errors
    /// [`VaultError::WrongIdentity`] and those of [`unlock`](Self::unlock).
    pub fn unlock_with_recovery(dir: &Path, identity: &RecoveryIdentity) -> Result<Self, VaultError> {
        Self::unlock_by(dir, Slot::Recovery, |file| slot::unwrap_with_identity(file, identity.identity()))
    }

    fn unlock_by(
        dir: &Path,
        by: Slot,
        open: impl FnOnce(&[u8]) -> Result<DataKey, VaultError>,
    ) -> Result<Self, VaultError> {
        let layout = Layout::new(dir);
        let (_, recipient) = layout::read_header(&layout.header())?;
        let held = layout::take_lock(&layout.lock(), false)?;
        let key = open(&read_slot(&layout, by)?)?;
        // A copy of a vault may come without its lock file; it is made only now that the secret proved right.
        let lock = match held {
            Some(lock) => lock,
            None => layout::take_lock(&layout.lock(), true)?.ok_or(VaultError::InUse)?,
        };
        if !layout.vault_db().is_file() {
            return Err(VaultError::Damaged { what: "vault.db is missing" });
        }
        layout::make_dir(&layout.exams())?;
        let mut conn = connect::open(&layout.vault_db(), &key.for_vault(), false)?;
        schema::migrate(&mut conn, schema::VAULT)?;
        let vault = Self { layout, key, conn, recipient, _lock: lock };
        exams::adopt(&vault)?;
        Ok(vault)
    }

    /// The vault's own `age1…`, to which others encrypt packages.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// The secret half of [`recipient`](Self::recipient), to open packages with.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when it is gone.
    pub fn identity(&self) -> Result<SecretString, VaultError> {
        let text = setting::get(&self.conn, setting::IDENTITY)?;
        text.map(SecretString::from).ok_or(VaultError::Damaged { what: "the vault's identity is missing" })
    }

    /// Key slots present.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        Slot::ALL.into_iter().filter(|slot| self.layout.slot(*slot).is_file()).collect()
    }

    /// Wraps the data key for another passphrase. The databases are not touched.
    ///
    /// # Errors
    /// [`VaultError::EmptyPassphrase`], [`VaultError::WorkFactor`], [`VaultError::NoRoom`], [`VaultError::Io`].
    pub fn change_passphrase(&mut self, new: &SecretString, work_factor: u8) -> Result<(), VaultError> {
        let file = slot::wrap_for_passphrase(&self.key, new, work_factor)?;
        layout::write_atomically(&self.layout.slot(Slot::Passphrase), &file)
    }

    /// Replaces the recovery identity, for instance when the first was never written down. The old one opens the
    /// vault no longer.
    ///
    /// # Errors
    /// [`VaultError::NoRoom`], [`VaultError::Io`].
    pub fn renew_recovery(&mut self) -> Result<RecoveryIdentity, VaultError> {
        let recovery = RecoveryIdentity::generate();
        let file = slot::wrap_for_identity(&self.key, &recovery.identity().to_public())?;
        setting::set(&self.conn, setting::RECOVERY_CONFIRMED, None)?;
        layout::write_atomically(&self.layout.slot(Slot::Recovery), &file)?;
        Ok(recovery)
    }

    /// Takes down that the recovery identity was typed back in part, when `typed` are its groups at `positions`.
    ///
    /// # Errors
    /// [`VaultError::WrongIdentity`] when it is not the identity of this vault, [`VaultError::TooFewGroups`].
    pub fn confirm_recovery(
        &mut self,
        identity: &RecoveryIdentity,
        positions: &[usize],
        typed: &[&str],
    ) -> Result<bool, VaultError> {
        slot::unwrap_with_identity(&read_slot(&self.layout, Slot::Recovery)?, identity.identity())?;
        let right = identity.confirms(positions, typed)?;
        if right {
            setting::set(&self.conn, setting::RECOVERY_CONFIRMED, Some("1"))?;
        }
        Ok(right)
    }

    /// Whether the recovery identity was typed back.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn recovery_confirmed(&self) -> Result<bool, VaultError> {
        Ok(setting::get(&self.conn, setting::RECOVERY_CONFIRMED)?.is_some())
    }

    /// A setting's text.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, VaultError> {
        if key.starts_with("internal.") { Ok(None) } else { setting::get(&self.conn, key) }
    }

    /// Writes a setting that what is handed out depends on, with an entry of the vault's journal where it changes.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn decide_setting(&mut self, key: &str, value: &str, by: &str, at: Moment) -> Result<(), VaultError> {
        if key.starts_with("internal.") || self.setting(key)?.as_deref() == Some(value) {
            return Ok(());
        }
        let tx = self.conn.transaction()?;
        setting::set(&tx, key, Some(value))?;
        let (subject, detail) = (format!("setting:{key}"), json!({ "value": value }));
        record_vault(&tx, Entry { at, by, action: "vault.setting", subject, detail })?;
        Ok(tx.commit()?)
    }

    /// Writes a setting; `None` removes it. Keys that begin with `internal.` are the vault's own and left alone.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_setting(&mut self, key: &str, value: Option<&str>) -> Result<(), VaultError> {
        if key.starts_with("internal.") { Ok(()) } else { setting::set(&self.conn, key, value) }
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("recipient", &self.recipient).finish_non_exhaustive()
    }
}

fn refuse_occupied(dir: &Path) -> Result<(), VaultError> {
    match layout::state(dir)? {
        VaultState::Vault => Err(VaultError::AlreadyAVault),
        VaultState::Foreign => Err(VaultError::FolderNotEmpty),
        VaultState::Empty | VaultState::HalfMade => Ok(()),
    }
}

/// Removes what a cut-off making left behind. There is no header and no exam, so nothing recorded is in it.
fn clear(layout: &Layout) -> Result<(), VaultError> {
    for name in layout::names(&layout.keys())? {
        fs::remove_file(layout.keys().join(name))?;
    }
    for name in layout::names(layout.dir())?.iter().filter(|n| n.starts_with("vault.db")) {
        fs::remove_file(layout.dir().join(name))?;
    }
    Ok(())
}

fn read_slot(layout: &Layout, slot: Slot) -> Result<Vec<u8>, VaultError> {
    let path = layout.slot(slot);
    match fs::metadata(&path) {
        Ok(meta) if meta.len() <= LARGEST_SLOT => Ok(fs::read(&path)?),
        Ok(_) => Err(VaultError::SlotDamaged { slot: slot.name() }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(VaultError::SlotMissing { slot: slot.name() })
        }
        Err(e) => Err(e.into()),
    }
}
