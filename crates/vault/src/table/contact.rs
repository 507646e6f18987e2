//! `contact` of `vault.db`: 往來對象, whom packages come from and go to, each with the keys of their card and whether their
//! fingerprint was compared. A key that another took the place of stays, so that it is told when it comes again; so does
//! what is known of a contact who was removed.

use crate::card::{Card, Fingerprint};
use crate::error::VaultError;
use crate::exam_store::named;
use crate::journal::{Entry, record_vault};
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::Moment;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

/// A row for each card; the rows of one person have a number in common, and one of them at most has no end.
pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE contact (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person INTEGER NOT NULL,
        name TEXT NOT NULL,
        unit TEXT NOT NULL,
        recipient TEXT NOT NULL,
        signer TEXT NOT NULL,
        pinned_at TEXT NOT NULL,
        verified_at TEXT,
        by TEXT NOT NULL,
        ended_at TEXT,
        ended_why TEXT
    ) STRICT;
    CREATE UNIQUE INDEX contact_in_use ON contact (person) WHERE ended_at IS NULL;",
)];

/// Somebody whose card was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Number, the same when the key changes.
    pub id: i64,
    /// The card in use.
    pub card: Card,
    /// When it was taken in.
    pub pinned_at: Moment,
    /// When its fingerprint was compared; `None` while it was not.
    pub verified_at: Option<Moment>,
    /// Who took it in.
    pub by: String,
    /// Cards before, the earliest first.
    pub former: Vec<FormerKey>,
}

/// A card that another took the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerKey {
    /// The card.
    pub card: Card,
    /// When it was taken in.
    pub pinned_at: Moment,
    /// Whether its fingerprint was compared.
    pub verified: bool,
    /// When another took its place.
    pub ended_at: Moment,
    /// Why, in the examiner's words.
    pub reason: String,
}

/// What is known of who a card says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acquaintance {
    /// Known by both keys, and their fingerprint was compared.
    Verified(Contact),
    /// Known by both keys; their fingerprint was not compared.
    Pinned(Contact),
    /// Somebody of the same name, or with one of the keys now or before, is known, and with another key.
    KeyChanged(Contact),
    /// Nobody.
    Unknown,
}

/// A card of a person, in use or not.
struct Kept {
    person: i64,
    card: Card,
    pinned_at: Moment,
    verified_at: Option<Moment>,
    by: String,
    ended: Option<(Moment, String)>,
}

fn read(row: &Row<'_>) -> Result<Kept, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    let some = |i: usize| row.get::<_, Option<String>>(i);
    let mut signer = [0; 32];
    hex::decode_to_slice(t(4)?, &mut signer).map_err(|_| VaultError::Damaged { what: "a contact's key" })?;
    let ended_at = some(8)?.as_deref().map(text::moment).transpose()?;
    Ok(Kept {
        person: row.get(0)?,
        card: Card { name: t(1)?, unit: t(2)?, recipient: t(3)?, signer },
        pinned_at: text::moment(&t(5)?)?,
        verified_at: some(6)?.as_deref().map(text::moment).transpose()?,
        by: t(7)?,
        ended: ended_at.map(|at| Ok::<_, VaultError>((at, some(9)?.unwrap_or_default()))).transpose()?,
    })
}

/// Everybody who was not removed, in the order of taking in.
fn all(conn: &Connection) -> Result<Vec<Contact>, VaultError> {
    // Within a person what ended comes first: the card in use is the last.
    let mut every = conn.prepare(
        "SELECT person, name, unit, recipient, signer, pinned_at, verified_at, by, ended_at, ended_why
         FROM contact WHERE person IN (SELECT person FROM contact WHERE ended_at IS NULL) ORDER BY person, id",
    )?;
    let mut rows = every.query([])?;
    let (mut out, mut former) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let Kept { person, card, pinned_at, verified_at, by, ended } = read(row)?;
        match ended {
            Some((ended_at, reason)) => {
                former.push(FormerKey { card, pinned_at, verified: verified_at.is_some(), ended_at, reason });
            }
            None => {
                let former = std::mem::take(&mut former);
                out.push(Contact { id: person, card, pinned_at, verified_at, by, former });
            }
        }
    }
    Ok(out)
}

/// Puts a card in use.
fn put(conn: &Connection, person: i64, card: &Card, by: &str, at: Moment) -> Result<(), VaultError> {
    conn.execute(
        "INSERT INTO contact (person, name, unit, recipient, signer, pinned_at, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![person, card.name, card.unit, card.recipient, hex::encode(card.signer), at.to_string(), by],
    )?;
    Ok(())
}

/// Ends the card in use.
fn end(conn: &Connection, person: i64, why: Option<&str>, at: Moment) -> Result<(), VaultError> {
    conn.execute(
        "UPDATE contact SET ended_at = ?2, ended_why = ?3 WHERE person = ?1 AND ended_at IS NULL",
        params![person, at.to_string(), why],
    )?;
    Ok(())
}

/// A contact as the journal records it.
fn detail(card: &Card, verified: bool) -> Value {
    json!({ "name": card.name, "unit": card.unit, "fingerprint": card.fingerprint().to_string(),
            "recipient": card.recipient, "signer": hex::encode(card.signer), "verified": verified })
}

fn subject(person: i64) -> String {
    format!("contact:{person}")
}

impl Contact {
    /// Whether a card that has not the keys in use claims to be this contact's: by the name, or by a key that is or was
    /// theirs.
    fn is_meant_by(&self, card: &Card) -> bool {
        let cards = || self.former.iter().map(|f| &f.card).chain([&self.card]);
        self.card.folded_name() == card.folded_name()
            || cards().any(|c| c.signer == card.signer || c.recipient == card.recipient)
    }
}

impl Vault {
    /// Contacts, by name.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn contacts(&self) -> Result<Vec<Contact>, VaultError> {
        let mut contacts = all(&self.conn)?;
        contacts.sort_by(|a, b| a.card.name.cmp(&b.card.name).then(a.id.cmp(&b.id)));
        Ok(contacts)
    }

    /// The contact whose key in use this is; `None` for nobody's, or a key of theirs that another took the place of.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn contact_by_signer(&self, signer: &[u8; 32]) -> Result<Option<Contact>, VaultError> {
        Ok(all(&self.conn)?.into_iter().find(|c| c.card.signer == *signer))
    }

    /// What is known of who a card, or the head of a package, says it is.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn acquaintance(&self, card: &Card) -> Result<Acquaintance, VaultError> {
        let all = all(&self.conn)?;
        if let Some(known) = all.iter().find(|c| c.card.has_keys_of(card)) {
            let known = known.clone();
            return Ok(match known.verified_at {
                Some(_) => Acquaintance::Verified(known),
                None => Acquaintance::Pinned(known),
            });
        }
        let meant = all.into_iter().find(|c| c.is_meant_by(card));
        Ok(meant.map_or(Acquaintance::Unknown, Acquaintance::KeyChanged))
    }

    fn contact(&self, id: i64) -> Result<Contact, VaultError> {
        all(&self.conn)?.into_iter().find(|c| c.id == id).ok_or(VaultError::UnknownContact)
    }

    /// Takes somebody's card in. Their fingerprint is still to be compared.
    ///
    /// # Errors
    /// [`VaultError::OwnCard`], [`VaultError::ContactKnown`], [`VaultError::KeyChanged`] (nothing is replaced),
    /// [`VaultError::NoPerson`].
    pub fn add_contact(&mut self, card: &Card, by: &str, at: Moment) -> Result<Contact, VaultError> {
        named(by)?;
        if self.is_own(card)? {
            return Err(VaultError::OwnCard);
        }
        match self.acquaintance(card)? {
            Acquaintance::Unknown => {}
            Acquaintance::KeyChanged(_) => return Err(VaultError::KeyChanged),
            Acquaintance::Verified(_) | Acquaintance::Pinned(_) => return Err(VaultError::ContactKnown),
        }
        let tx = self.conn.transaction()?;
        let person =
            tx.query_row("SELECT coalesce(max(person), 0) + 1 FROM contact", [], |row| row.get(0))?;
        put(&tx, person, card, by, at)?;
        let (subject, detail) = (subject(person), detail(card, false));
        record_vault(&tx, Entry { at, by, action: "vault.contact_added", subject, detail })?;
        tx.commit()?;
        self.contact(person)
    }

    /// Notes that the fingerprint of a contact was compared, and was this one.
    ///
    /// # Errors
    /// [`VaultError::UnknownContact`], [`VaultError::OtherFingerprint`] when it is not that of the keys in use,
    /// [`VaultError::NoPerson`].
    pub fn verify_contact(
        &mut self,
        id: i64,
        compared: &str,
        by: &str,
        at: Moment,
    ) -> Result<Contact, VaultError> {
        named(by)?;
        let contact = self.contact(id)?;
        if contact.card.fingerprint() != Fingerprint::read(compared)? {
            return Err(VaultError::OtherFingerprint);
        }
        let tx = self.conn.transaction()?;
        tx.execute(
            "UPDATE contact SET verified_at = ?2 WHERE person = ?1 AND ended_at IS NULL",
            params![id, at.to_string()],
        )?;
        let (subject, detail) = (subject(id), detail(&contact.card, true));
        record_vault(&tx, Entry { at, by, action: "vault.contact_verified", subject, detail })?;
        tx.commit()?;
        self.contact(id)
    }

    /// Puts another card in the place of a contact's. `typed` are groups of the new fingerprint, numbered from 1, as the
    /// contact read them out. The new one still counts as not compared.
    ///
    /// # Errors
    /// [`VaultError::UnknownContact`], [`VaultError::OwnCard`], [`VaultError::KeyUnchanged`] when the card is not about
    /// this contact or has the keys in use, [`VaultError::OtherFingerprint`] when the groups are too few or wrong,
    /// [`VaultError::NoReason`], [`VaultError::NoPerson`].
    pub fn change_contact_key(
        &mut self,
        id: i64,
        card: &Card,
        typed: &[(usize, String)],
        reason: &str,
        by: &str,
        at: Moment,
    ) -> Result<Contact, VaultError> {
        named(by)?;
        self.contact(id)?;
        if self.is_own(card)? {
            return Err(VaultError::OwnCard);
        }
        if !matches!(self.acquaintance(card)?, Acquaintance::KeyChanged(meant) if meant.id == id) {
            return Err(VaultError::KeyUnchanged);
        }
        if reason.trim().is_empty() {
            return Err(VaultError::NoReason);
        }
        if !card.fingerprint().is_typed(typed) {
            return Err(VaultError::OtherFingerprint);
        }
        let tx = self.conn.transaction()?;
        end(&tx, id, Some(reason.trim()), at)?;
        put(&tx, id, card, by, at)?;
        let (subject, mut detail) = (subject(id), detail(card, false));
        detail["reason"] = json!(reason.trim());
        record_vault(&tx, Entry { at, by, action: "vault.contact_key_changed", subject, detail })?;
        tx.commit()?;
        self.contact(id)
    }

    /// Takes a contact off the list; the journal and the table keep who it was.
    ///
    /// # Errors
    /// [`VaultError::UnknownContact`], [`VaultError::NoPerson`].
    pub fn remove_contact(&mut self, id: i64, by: &str, at: Moment) -> Result<(), VaultError> {
        named(by)?;
        self.contact(id)?;
        let tx = self.conn.transaction()?;
        end(&tx, id, None, at)?;
        let (subject, detail) = (subject(id), json!({}));
        record_vault(&tx, Entry { at, by, action: "vault.contact_removed", subject, detail })?;
        Ok(tx.commit()?)
    }
}
