//! Making and opening a vault; its keys and settings.

use crate::connect;
use crate::error::VaultError;
use crate::exams;
use crate::failpoint;
use crate::journal::{Entry, record_vault};
use crate::key::DataKey;
use crate::keystore::Keystore;
use crate::layout::{self, Layout, VaultState};
use crate::recovery::RecoveryIdentity;
use crate::schema;
use crate::signer;
use crate::slot::{self, Slot};
use crate::slot_files;
use crate::table::setting;
use crate::upgrade;
use crate::verify::log;
use fieldbook_model::Moment;
use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;

/// What opens a vault.
pub enum Secret<'a> {
    /// The passphrase.
    Passphrase(&'a SecretString),
    /// The identity of the recovery sheet, or of the holder of an escrow slot.
    Identity(&'a RecoveryIdentity),
}

impl Secret<'_> {
    /// The data key of a vault or of a copy of one.
    pub(crate) fn open(&self, of: &Layout) -> Result<DataKey, VaultError> {
        match self {
            Self::Passphrase(text) => {
                slot::unwrap_with_passphrase(&slot_files::read(of, Slot::Passphrase)?, text)
            }
            Self::Identity(id) => slot_files::open_by_identity(of, id.identity()).map(|(_, key)| key),
        }
    }
}

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
    /// [`VaultError::LongPassphrase`],
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
        for (slot, file) in [(Slot::Passphrase, &passphrase_slot), (Slot::Recovery, &recovery_slot)] {
            layout::write_atomically(&layout.slot(slot), file)?;
        }

        failpoint::reach("vault.slots")?;
        let mut conn = connect::open(&layout.vault_db(), &key.for_vault(), true)?;
        schema::migrate(&mut conn, schema::VAULT)?;
        let own = age::x25519::Identity::generate();
        setting::set(&conn, setting::IDENTITY, Some(own.to_string().expose_secret()))?;
        signer::make(&conn, entropy)?;
        setting::set(&conn, setting::HEADER_CHECKED, Some("1"))?;
        setting::set(&conn, "vault.created_at", Some(&at.to_string()))?;
        slot_files::settle(&conn, &layout)?;
        layout::sync_dir(Some(dir))?;

        let recipient = own.to_public().to_string();
        failpoint::reach("vault.database")?;
        // Last of all: with this file the folder is a vault.
        layout::write_atomically(&layout.header(), layout::header_text(&recipient, &key.check()).as_bytes())?;
        Ok((Self { layout, key, conn, recipient, _lock: lock }, recovery))
    }

    /// Opens a vault with its passphrase.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], and not a byte of the folder has changed; [`VaultError::InUse`],
    /// [`VaultError::NotAVault`], [`VaultError::NewerFormat`], [`VaultError::SlotMissing`],
    /// [`VaultError::SlotDamaged`], [`VaultError::WorkFactor`], [`VaultError::SlotForeign`], [`VaultError::Damaged`].
    pub fn unlock(dir: &Path, passphrase: &SecretString) -> Result<Self, VaultError> {
        Self::unlock_by(dir, Slot::Passphrase, |layout| {
            let file = slot_files::read(layout, Slot::Passphrase)?;
            Ok((Slot::Passphrase, slot::unwrap_with_passphrase(&file, passphrase)?))
        })
    }

    /// Opens a vault with its recovery identity.
    ///
    /// # Errors
    /// [`VaultError::WrongIdentity`] and those of [`unlock`](Self::unlock).
    pub fn unlock_with_recovery(dir: &Path, identity: &RecoveryIdentity) -> Result<Self, VaultError> {
        Self::unlock_by(dir, Slot::Recovery, |layout| {
            let file = slot_files::read(layout, Slot::Recovery)?;
            let key = slot::unwrap_with_identity(&file, identity.identity(), Slot::Recovery)?;
            Ok((Slot::Recovery, key))
        })
    }

    /// Opens a vault with its recovery identity or that of the holder of an escrow slot.
    ///
    /// # Errors
    /// [`VaultError::WrongIdentity`] and those of [`unlock`](Self::unlock).
    pub fn unlock_with_identity(dir: &Path, identity: &RecoveryIdentity) -> Result<Self, VaultError> {
        Self::unlock_by(dir, Slot::Recovery, |layout| {
            slot_files::open_by_identity(layout, identity.identity())
        })
    }

    /// Opens a vault with what the operating system's store of secrets keeps.
    ///
    /// # Errors
    /// [`VaultError::SlotMissing`] without such a slot, [`VaultError::KeystoreLost`], [`VaultError::Keystore`], and
    /// those of [`unlock`](Self::unlock).
    pub fn unlock_with_keystore(dir: &Path, store: &dyn Keystore) -> Result<Self, VaultError> {
        Self::unlock_by(dir, Slot::Keystore, |layout| {
            let file = slot_files::read(layout, Slot::Keystore)?;
            Ok((Slot::Keystore, slot_files::open_by_keystore(&file, store)?))
        })
    }

    /// A vault of parts that were opened one by one.
    pub(crate) fn from_parts(
        layout: Layout,
        key: DataKey,
        conn: Connection,
        recipient: String,
        lock: File,
    ) -> Self {
        Self { layout, key, conn, recipient, _lock: lock }
    }

    fn unlock_by(
        dir: &Path,
        with: Slot,
        open: impl FnOnce(&Layout) -> Result<(Slot, DataKey), VaultError>,
    ) -> Result<Self, VaultError> {
        let layout = Layout::new(dir);
        let (_, recipient) = layout::read_header(&layout.header())?;
        let held = layout::take_lock(&layout.lock(), false)?;
        let (by, key) = open(&layout).map_err(|e| slot_files::damaged_or(e, &layout, with))?;
        // A copy of a vault may come without its lock file; it is made only now that the secret proved right.
        let lock = match held {
            Some(lock) => lock,
            None => layout::take_lock(&layout.lock(), true)?.ok_or(VaultError::InUse)?,
        };
        if !layout.vault_db().is_file() {
            return Err(VaultError::FileMissing { what: "vault.db" });
        }
        layout::make_dir(&layout.exams())?;
        // Nobody has the vault open: what the last program left in its logs is looked at before SQLite takes it over.
        log::secure(&layout)?;
        let opened = connect::open(&layout.vault_db(), &key.for_vault(), false);
        let conn = opened.map_err(|error| told_apart(error, &layout, &key, by))?;
        Self::brought_up(layout, key, conn, recipient, lock).map_err(|error| error.of("vault"))
    }

    /// The vault, its tables and files as this release has them.
    fn brought_up(
        layout: Layout,
        key: DataKey,
        mut conn: Connection,
        recipient: String,
        lock: File,
    ) -> Result<Self, VaultError> {
        upgrade::bring_up(&layout, "vault", &mut conn, &key.for_vault(), schema::VAULT)?;
        slot_files::settle(&conn, &layout)?;
        // An earlier release wrote a header without a check. One that lost its check is left for `verify` to name.
        if setting::get(&conn, setting::HEADER_CHECKED)?.is_none() {
            let text = layout::header_text(&recipient, &key.check());
            layout::write_atomically(&layout.header(), text.as_bytes())?;
            setting::set(&conn, setting::HEADER_CHECKED, Some("1"))?;
        }
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

    /// A setting's text.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, VaultError> {
        if key.starts_with("internal.") { Ok(None) } else { setting::get(&self.conn, key) }
    }

    /// Writes settings, all of them or none. Keys that begin with `internal.` are the vault's own and left alone.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_settings(&mut self, settings: &[(&str, &str)]) -> Result<(), VaultError> {
        let tx = self.conn.transaction()?;
        for (key, value) in settings.iter().filter(|(key, _)| !key.starts_with("internal.")) {
            setting::set(&tx, key, Some(value))?;
        }
        Ok(tx.commit()?)
    }

    /// Writes a setting that what is handed out depends on, with an entry of the vault's journal where it changes.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn decide_setting(&mut self, key: &str, value: &str, by: &str, at: Moment) -> Result<(), VaultError> {
        self.decide_settings(&[(key, value)], by, at)
    }

    /// Writes such settings, all of them or none. Keys that begin with `internal.` are the vault's own and left alone.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn decide_settings(
        &mut self,
        settings: &[(&str, &str)],
        by: &str,
        at: Moment,
    ) -> Result<(), VaultError> {
        let tx = self.conn.transaction()?;
        for (key, value) in settings.iter().filter(|(key, _)| !key.starts_with("internal.")) {
            if setting::get(&tx, key)?.as_deref() == Some(*value) {
                continue;
            }
            setting::set(&tx, key, Some(value))?;
            let (subject, detail) = (format!("setting:{key}"), json!({ "value": value }));
            record_vault(&tx, Entry { at, by, action: "vault.setting", subject, detail })?;
        }
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

/// A slot that opens to a key which opens no database is not the vault's, unless the header knows the key.
fn told_apart(error: VaultError, layout: &Layout, key: &DataKey, by: Slot) -> VaultError {
    if !matches!(error, VaultError::Damaged { .. }) {
        return error;
    }
    match layout::header_check(&layout.header()) {
        Some(check) if check != key.check() => VaultError::SlotForeign { slot: by.name() },
        _ => error.of("vault"),
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
