//! `examiner_identity` of `vault.db`: an Ed25519 key for each examiner who signs here. Its seed is wrapped for the
//! examiner's own passphrase, so that who has the vault open cannot sign for another.

use crate::error::VaultError;
use crate::exam_store::named;
use crate::journal::{Entry, record_vault};
use crate::key::DataKey;
use crate::schema::Migration;
use crate::slot;
use crate::text;
use crate::vault::Vault;
use ed25519_dalek::{Signer, SigningKey};
use fieldbook_model::Moment;
use rusqlite::{OptionalExtension, params};
use secrecy::SecretString;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE examiner_identity (
        name TEXT PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        seed BLOB NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// An examiner who can sign here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExaminerIdentity {
    /// Name.
    pub name: String,
    /// Ed25519 public key, lower-case hex.
    pub key: String,
    /// When it was made.
    pub at: Moment,
}

fn signing_key(seed: &DataKey) -> Result<SigningKey, VaultError> {
    let bytes =
        seed.expose().try_into().map_err(|_| VaultError::Damaged { what: "an examiner's identity" })?;
    Ok(SigningKey::from_bytes(bytes))
}

impl Vault {
    /// Makes the identity of an examiner; `entropy` fills its seed. `work_factor` as for key slots.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::IdentityExists`], [`VaultError::EmptyPassphrase`],
    /// [`VaultError::WorkFactor`].
    pub fn make_identity(
        &mut self,
        name: &str,
        passphrase: &SecretString,
        entropy: &mut dyn FnMut(&mut [u8]),
        work_factor: u8,
        at: Moment,
    ) -> Result<ExaminerIdentity, VaultError> {
        named(name)?;
        if self.identities()?.iter().any(|i| i.name == name) {
            return Err(VaultError::IdentityExists);
        }
        let seed = DataKey::new(entropy);
        let key = hex::encode(signing_key(&seed)?.verifying_key().to_bytes());
        let wrapped = slot::wrap_for_passphrase(&seed, passphrase, work_factor)?;
        let tx = self.conn.transaction()?;
        tx.execute(
            "INSERT INTO examiner_identity VALUES (?1, ?2, ?3, ?4)",
            params![name, key, wrapped, at.to_string()],
        )?;
        let (subject, detail) = (format!("identity:{name}"), json!({ "key": key }));
        record_vault(&tx, Entry { at, by: name, action: "vault.identity_made", subject, detail })?;
        tx.commit()?;
        Ok(ExaminerIdentity { name: name.to_owned(), key, at })
    }

    /// The examiners who can sign here, by name.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn identities(&self) -> Result<Vec<ExaminerIdentity>, VaultError> {
        let mut every = self.conn.prepare("SELECT name, key, at FROM examiner_identity ORDER BY name")?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let at = text::moment(&row.get::<_, String>(2)?)?;
            out.push(ExaminerIdentity { name: row.get(0)?, key: row.get(1)?, at });
        }
        Ok(out)
    }

    /// Wraps an examiner's key for another passphrase of the examiner's.
    ///
    /// # Errors
    /// As [`sign_as`](Self::sign_as), [`VaultError::EmptyPassphrase`], [`VaultError::WorkFactor`].
    pub fn change_identity_passphrase(
        &mut self,
        name: &str,
        old: &SecretString,
        new: &SecretString,
        work_factor: u8,
        at: Moment,
    ) -> Result<(), VaultError> {
        let seed = self.seed(name, old)?;
        let wrapped = slot::wrap_for_passphrase(&seed, new, work_factor)?;
        let tx = self.conn.transaction()?;
        tx.execute("UPDATE examiner_identity SET seed = ?2 WHERE name = ?1", params![name, wrapped])?;
        let (subject, detail) = (format!("identity:{name}"), json!({}));
        record_vault(&tx, Entry { at, by: name, action: "vault.identity_passphrase", subject, detail })?;
        Ok(tx.commit()?)
    }

    /// Signs messages with an examiner's key (Ed25519, RFC 8032): its public half in lower-case hex, and a signature of
    /// 64 bytes for each.
    ///
    /// # Errors
    /// [`VaultError::UnknownIdentity`], [`VaultError::WrongPassphrase`], [`VaultError::Damaged`].
    pub fn sign_as(
        &self,
        name: &str,
        passphrase: &SecretString,
        messages: &[String],
    ) -> Result<Vec<[u8; 64]>, VaultError> {
        let key = signing_key(&self.seed(name, passphrase)?)?;
        Ok(messages.iter().map(|m| key.sign(m.as_bytes()).to_bytes()).collect())
    }

    fn seed(&self, name: &str, passphrase: &SecretString) -> Result<DataKey, VaultError> {
        let wrapped: Option<Vec<u8>> = self
            .conn
            .query_row("SELECT seed FROM examiner_identity WHERE name = ?1", [name], |r| r.get(0))
            .optional()?;
        slot::unwrap_with_passphrase(&wrapped.ok_or(VaultError::UnknownIdentity)?, passphrase)
    }
}
