//! 往來對象: the own card, whose cards were taken in, and what is done when a known person comes with another key.

use crate::dates;
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::export::{make_parent, write_beside};
use crate::output::target;
use crate::settings::Settings;
use crate::view;
use crate::wire::{
    CardLookView, CardNameRequest, CardRequest, CardStandingWord, ContactKeyRequest, ContactRequest,
    ContactVerifyRequest, ContactView, ContactsView, ExportView, FormerKeyView, OwnCardView, PathRequest,
    SquaresView,
};
use fieldbook_vault::{
    Acquaintance, Card, Contact, FINGERPRINT_GROUPS, FormerKey, GROUPS_TYPED, Vault, VaultError,
};
use qrcode::{Color, QrCode};
use std::io::Read;
use std::path::Path;

const NAME: &str = "card_name";
const UNIT: &str = "card_unit";
/// Most bytes of a file in which a card is looked for.
const LARGEST_FILE: u64 = 64 * 1024;
/// Before what is signed to draw groups.
const ASKED: &[u8] = b"fieldbook/1/asked-groups\0";
/// White squares around a code (ISO/IEC 18004: four).
const EDGE: usize = 4;

/// The own card and everybody who is known.
///
/// # Errors
/// `locked`, `no_signer`, or the store's.
pub fn contacts(desk: &Desk) -> Result<ContactsView, AppError> {
    let contacts = desk.vault()?.vault.contacts()?;
    Ok(ContactsView { own: own(desk)?, contacts: contacts.iter().map(contact_view).collect() })
}

/// The own card: under the name that was chosen, or that of who is at the keyboard.
fn own(desk: &Desk) -> Result<OwnCardView, AppError> {
    let (text, chosen) = own_text(desk)?;
    let card = Card::read(&text)?;
    let (picture, fingerprint) = (squares(&text)?, card.fingerprint().groups().to_vec());
    Ok(OwnCardView { name: card.name, unit: card.unit, chosen, text, picture, fingerprint })
}

/// The own card as it is handed out, and whether its name was chosen.
pub(crate) fn own_text(desk: &Desk) -> Result<(String, bool), AppError> {
    let vault = &desk.vault()?.vault;
    let set = vault.setting(NAME)?.filter(|name| !name.is_empty());
    let unit = match vault.setting(UNIT)? {
        Some(unit) => unit,
        None => Settings::of(desk)?.organisation,
    };
    let chosen = set.is_some();
    let person = set.unwrap_or_else(|| desk.person());
    // What the system calls its user need not be fit for a card.
    match vault.card(&person, &unit) {
        Ok(text) => Ok((text, chosen)),
        Err(VaultError::Card(_)) => Ok((vault.card("查核人員", "")?, chosen)),
        Err(e) => Err(e.into()),
    }
}

/// A text as a QR code.
fn squares(text: &str) -> Result<SquaresView, AppError> {
    let code = QrCode::new(text).map_err(|_| internal("a card does not fit into a code"))?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + EDGE, at / width + EDGE));
        }
    }
    Ok(SquaresView { side: view::small(width + 2 * EDGE), path })
}

/// The picture as a file of its own.
#[must_use]
pub fn svg(picture: &SquaresView) -> String {
    let SquaresView { side, path } = picture;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>\n"
    )
}

fn contact_view(c: &Contact) -> ContactView {
    ContactView {
        id: view::small(c.id),
        name: c.card.name.clone(),
        unit: c.card.unit.clone(),
        recipient: c.card.recipient.clone(),
        fingerprint: c.card.fingerprint().groups().to_vec(),
        pinned_at: dates::moment(c.pinned_at),
        verified_at: c.verified_at.map(dates::moment).unwrap_or_default(),
        by: c.by.clone(),
        former: c.former.iter().map(former).collect(),
    }
}

fn former(f: &FormerKey) -> FormerKeyView {
    FormerKeyView {
        fingerprint: f.card.fingerprint().groups().to_vec(),
        pinned_at: dates::moment(f.pinned_at),
        verified: f.verified,
        ended_at: dates::moment(f.ended_at),
        reason: f.reason.clone(),
    }
}

/// Chooses what stands on the own card.
///
/// # Errors
/// `card_name`, `locked`, `no_signer`, or the store's.
pub fn contact_card_set(desk: &mut Desk, request: &CardNameRequest) -> Result<ContactsView, AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    let (name, unit) = (request.name.trim(), request.unit.trim());
    let vault = &mut desk.vault_mut()?.vault;
    vault.card(name, unit)?;
    vault.decide_settings(&[(NAME, name), (UNIT, unit)], &by, at)?;
    desk.saved();
    contacts(desk)
}

/// Writes the own card as a text file.
///
/// # Errors
/// `required`, `export_failed`, and those of [`contacts`].
pub fn contact_card_save(desk: &Desk, request: &PathRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let own = own(desk)?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, format!("{}\n", own.text).as_bytes())?] })
}

/// Writes the own card as a picture (SVG).
///
/// # Errors
/// As [`contact_card_save`].
pub fn contact_picture_save(desk: &Desk, request: &PathRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let own = own(desk)?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, svg(&own.picture).as_bytes())?] })
}

/// The card of a request.
fn card_of(request: &CardRequest) -> Result<Card, AppError> {
    match request.path.trim() {
        "" => Ok(Card::read(&request.text)?),
        path => Ok(Card::read(&file_text(Path::new(path))?)?),
    }
}

/// A file's text. A card has letters of ASCII only, so whatever else the file holds may be read amiss.
fn file_text(path: &Path) -> Result<String, AppError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unreadable = |_| AppError::new("file_unreadable").with("file", &name);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let units = |of: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
        String::from_utf16_lossy(&pairs.collect::<Vec<u16>>())
    };
    // Editors of Windows write UTF-16 when they are asked for 「Unicode」.
    Ok(match bytes.get(..2) {
        Some([0xff, 0xfe]) => units(u16::from_le_bytes),
        Some([0xfe, 0xff]) => units(u16::from_be_bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    })
}

/// What a card says and how it stands to whom is known; nothing is stored.
///
/// # Errors
/// `card_none`, `card_damaged`, `card_newer`, `card_unsigned`, `card_name`, `file_unreadable`, `locked`, or the store's.
pub fn contact_look(desk: &Desk, request: &CardRequest) -> Result<CardLookView, AppError> {
    let card = card_of(request)?;
    let vault = &desk.vault()?.vault;
    let (standing, known) = match vault.acquaintance(&card)? {
        _ if is_own(vault, &card)? => (CardStandingWord::Own, None),
        Acquaintance::Verified(known) => (CardStandingWord::Verified, Some(known)),
        Acquaintance::Pinned(known) => (CardStandingWord::Pinned, Some(known)),
        Acquaintance::KeyChanged(known) => (CardStandingWord::KeyChanged, Some(known)),
        Acquaintance::Unknown => (CardStandingWord::New, None),
    };
    let asked = if standing == CardStandingWord::KeyChanged { asked(vault, &card)? } else { Vec::new() };
    let mut fingerprint = card.fingerprint().groups().to_vec();
    for (number, group) in (1..).zip(&mut fingerprint) {
        if asked.contains(&number) {
            group.clear();
        }
    }
    Ok(CardLookView {
        standing,
        name: card.name,
        unit: card.unit,
        fingerprint,
        asked: asked.into_iter().map(view::small).collect(),
        contact: known.as_ref().map(contact_view),
    })
}

fn is_own(vault: &Vault, card: &Card) -> Result<bool, AppError> {
    Ok(vault.signer()? == Some(card.signer) || vault.recipient() == card.recipient)
}

/// Groups to be typed: the same whenever this vault looks at this card, so that looking again shows none of them, and known
/// to nobody else, so that no card can be made to fit. (A signature of Ed25519 follows from key and message.)
fn asked(vault: &Vault, card: &Card) -> Result<Vec<usize>, AppError> {
    let drawn = vault.sign(&[ASKED, &card.signer, card.recipient.as_bytes()].concat())?;
    let mut numbers: Vec<usize> = (1..=FINGERPRINT_GROUPS).collect();
    for byte in drawn.into_iter().take(FINGERPRINT_GROUPS - GROUPS_TYPED) {
        numbers.remove(usize::from(byte) % numbers.len());
    }
    Ok(numbers)
}

/// Takes somebody's card in.
///
/// # Errors
/// Those of [`contact_look`]; `card_own`, `contact_known`, `contact_key_changed`.
pub fn contact_add(desk: &mut Desk, request: &CardRequest) -> Result<ContactsView, AppError> {
    let card = card_of(request)?;
    let (by, at) = (desk.person(), desk.host.now());
    desk.vault_mut()?.vault.add_contact(&card, &by, at)?;
    desk.saved();
    contacts(desk)
}

/// Notes that a contact's fingerprint was compared.
///
/// # Errors
/// `unknown_contact`, `other_fingerprint`, `locked`, or the store's.
pub fn contact_verify(desk: &mut Desk, request: &ContactVerifyRequest) -> Result<ContactsView, AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    let vault = &mut desk.vault_mut()?.vault;
    vault.verify_contact(i64::from(request.contact), &request.fingerprint, &by, at)?;
    desk.saved();
    contacts(desk)
}

/// Puts another key in the place of a contact's, which is an act of its own: with a reason, and with groups of the new
/// fingerprint as the contact reads them out.
///
/// # Errors
/// Those of [`contact_look`]; `unknown_contact`, `card_own`, `key_unchanged`, `note_required`, `other_fingerprint`.
pub fn contact_change_key(desk: &mut Desk, request: &ContactKeyRequest) -> Result<ContactsView, AppError> {
    let card = card_of(&request.card)?;
    let (by, at) = (desk.person(), desk.host.now());
    let typed = request.typed.iter().map(|g| (usize::try_from(g.number).unwrap_or(0), g.digits.clone()));
    let typed: Vec<(usize, String)> = typed.collect();
    let vault = &mut desk.vault_mut()?.vault;
    vault.change_contact_key(i64::from(request.contact), &card, &typed, &request.reason, &by, at)?;
    desk.saved();
    contacts(desk)
}

/// Takes a contact off the list.
///
/// # Errors
/// `unknown_contact`, `locked`, or the store's.
pub fn contact_remove(desk: &mut Desk, request: &ContactRequest) -> Result<ContactsView, AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    desk.vault_mut()?.vault.remove_contact(i64::from(request.contact), &by, at)?;
    desk.saved();
    contacts(desk)
}
