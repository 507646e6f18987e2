//! `fieldbook contact`.

use crate::args::Contact;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{
    CardNameRequest, CardRequest, ContactKeyRequest, ContactRequest, ContactVerifyRequest, ContactView,
    ContactsView, PathRequest, TypedGroup,
};
use fieldbook_app::{AppError, Desk, contact};
use serde_json::{Value, json};
use std::path::Path;

/// Runs a call.
pub fn run(machine: Machine, call: &Contact) -> Result<Done, Failure> {
    let mut desk = machine.unlocked()?;
    match call {
        Contact::Card { name, unit, out, picture } => {
            if name.is_some() || unit.is_some() {
                let own = contact::contacts(&desk)?.own;
                let name = name.clone().unwrap_or(own.name);
                let unit = unit.clone().unwrap_or(own.unit);
                contact::contact_card_set(&mut desk, &CardNameRequest { name, unit })?;
            }
            card(&desk, out.as_deref(), picture.as_deref())
        }
        Contact::Add { card } => {
            let view = contact::contact_add(&mut desk, &named(card))?;
            let added = view.contacts.iter().max_by_key(|c| c.id);
            let told =
                added.map(|c| format!("已加入：{}（指紋未核對：{}）", c.name, c.fingerprint.join(" ")));
            Ok(listed(&view).lines(told))
        }
        Contact::List => Ok(listed(&contact::contacts(&desk)?)),
        Contact::Verify { contact, fingerprint } => {
            let (contact, fingerprint) = (found(&desk, contact)?, fingerprint.clone());
            let request = ContactVerifyRequest { contact, fingerprint };
            Ok(listed(&contact::contact_verify(&mut desk, &request)?))
        }
        Contact::ChangeKey { contact, card, reason, groups } => {
            let request = ContactKeyRequest {
                contact: found(&desk, contact)?,
                card: named(card),
                reason: reason.clone(),
                typed: groups.iter().map(|text| group(text)).collect::<Result<_, _>>()?,
            };
            let view = contact::contact_change_key(&mut desk, &request)?;
            Ok(listed(&view).line("金鑰已變更；新指紋仍須完整核對（contact verify）。"))
        }
        Contact::Remove { contact } => {
            let request = ContactRequest { contact: found(&desk, contact)? };
            Ok(listed(&contact::contact_remove(&mut desk, &request)?))
        }
    }
}

fn card(desk: &Desk, out: Option<&Path>, picture: Option<&Path>) -> Result<Done, Failure> {
    let own = contact::contacts(desk)?.own;
    let request = |path: &Path| PathRequest { path: path.to_string_lossy().into_owned() };
    let mut files = Vec::new();
    if let Some(path) = out {
        files.extend(contact::contact_card_save(desk, &request(path))?.files);
    }
    if let Some(path) = picture {
        files.extend(contact::contact_picture_save(desk, &request(path))?.files);
    }
    Ok(Done::new(json!({
        "name": own.name, "unit": own.unit, "card": own.text, "fingerprint": own.fingerprint.join(" "), "files": files,
    }))
    .line(own.text)
    .line(format!("{}  {}", own.name, own.unit).trim_end())
    .line(format!("指紋：{}", own.fingerprint.join(" ")))
    .lines(files.iter().map(|f| format!("已存：{}", f.file))))
}

/// A card that a call names: its text, or a file that holds it.
fn named(card: &str) -> CardRequest {
    match Path::new(card).is_file() {
        true => CardRequest { text: String::new(), path: card.to_owned() },
        false => CardRequest { text: card.to_owned(), path: String::new() },
    }
}

/// The number of a contact that is named by it or by the whole name.
fn found(desk: &Desk, text: &str) -> Result<u32, Failure> {
    let all = contact::contacts(desk)?.contacts;
    let found = all.iter().find(|c| c.id.to_string() == text.trim() || c.name == text.trim());
    found.map(|c| c.id).ok_or_else(|| AppError::new("unknown_contact").into())
}

fn group(text: &str) -> Result<TypedGroup, Failure> {
    let parts =
        text.split_once('=').and_then(|(n, digits)| Some((n.trim().parse().ok()?, digits.to_owned())));
    let wrong = || Failure::words(AppError::new("bad_call").with("what", "--group N=DIGITS"));
    parts.map(|(number, digits)| TypedGroup { number, digits }).ok_or_else(wrong)
}

fn listed(view: &ContactsView) -> Done {
    let contacts: Vec<Value> = view
        .contacts
        .iter()
        .map(|c| {
            json!({
                "contact": c.id, "name": c.name, "unit": c.unit, "recipient": c.recipient,
                "fingerprint": c.fingerprint.join(" "), "verified": !c.verified_at.is_empty(),
                "pinned_at": c.pinned_at, "verified_at": c.verified_at, "former_keys": c.former.len(),
            })
        })
        .collect();
    Done::new(json!({ "contacts": contacts })).lines(view.contacts.iter().map(told))
}

fn told(c: &ContactView) -> String {
    let state = if c.verified_at.is_empty() { "○ 指紋未核對" } else { "✓ 已核對" };
    format!("{}  {}  {}  {state}  {}", c.id, c.name, c.unit, c.fingerprint.join(" "))
}
