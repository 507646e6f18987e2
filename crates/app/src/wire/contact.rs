//! 往來對象: cards, fingerprints, and whom the vault knows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A picture of black and white squares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SquaresView {
    /// Squares on a side, with the white edge that a camera needs.
    pub side: u32,
    /// The black ones, as the path of an SVG picture in which a square is one unit.
    pub path: String,
}

/// This vault's own card.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnCardView {
    /// Name on it.
    pub name: String,
    /// 單位 on it.
    pub unit: String,
    /// Whether somebody chose the name; otherwise it is who is at the keyboard.
    pub chosen: bool,
    /// The card, one line.
    pub text: String,
    /// The same to be taken by a camera.
    pub picture: SquaresView,
    /// Fingerprint, six groups of five digits.
    pub fingerprint: Vec<String>,
}

/// A key that another took the place of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormerKeyView {
    /// Fingerprint, six groups.
    pub fingerprint: Vec<String>,
    /// When it was taken in.
    pub pinned_at: String,
    /// Whether it was compared.
    pub verified: bool,
    /// When another took its place.
    pub ended_at: String,
    /// Why.
    pub reason: String,
}

/// Somebody whose card was taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContactView {
    /// Number; the same when the key changes.
    pub id: u32,
    /// Name.
    pub name: String,
    /// 單位.
    pub unit: String,
    /// `age1…`.
    pub recipient: String,
    /// Fingerprint, six groups.
    pub fingerprint: Vec<String>,
    /// When the card was taken in.
    pub pinned_at: String,
    /// When the fingerprint was compared; empty while it was not.
    pub verified_at: String,
    /// Who took it in.
    pub by: String,
    /// Keys before, the earliest first.
    pub former: Vec<FormerKeyView>,
}

/// Everybody, and the own card.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContactsView {
    /// The own card.
    pub own: OwnCardView,
    /// By name.
    pub contacts: Vec<ContactView>,
}

/// What stands on the own card.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CardNameRequest {
    /// Name.
    pub name: String,
    /// 單位; may be empty.
    pub unit: String,
}

/// A card, pasted or in a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CardRequest {
    /// The text; not looked at where there is a path.
    pub text: String,
    /// A text file; empty: none.
    pub path: String,
}

/// How a card stands to whom the vault knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardStandingWord {
    /// Nobody is known by this name or with one of these keys.
    New,
    /// Known, and compared.
    Verified,
    /// Known, not compared.
    Pinned,
    /// Somebody is known by this name, or with one of these keys, and with another key.
    KeyChanged,
    /// The vault's own.
    Own,
}

/// What a card says; nothing is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CardLookView {
    /// How it stands.
    pub standing: CardStandingWord,
    /// Name.
    pub name: String,
    /// 單位.
    pub unit: String,
    /// Fingerprint, six groups; those that are asked for are empty, so that they can be had from the person only.
    pub fingerprint: Vec<String>,
    /// Numbers, from 1, of the groups to be typed before this key takes the place of the known one; otherwise none.
    pub asked: Vec<u32>,
    /// Who is known.
    pub contact: Option<ContactView>,
}

/// Notes that a fingerprint was compared.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ContactVerifyRequest {
    /// Number of the contact.
    pub contact: u32,
    /// The fingerprint that was compared.
    pub fingerprint: String,
}

/// A group of a fingerprint, as somebody heard it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TypedGroup {
    /// Number, from 1.
    pub number: u32,
    /// Five digits.
    pub digits: String,
}

/// Puts another key in the place of a contact's.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ContactKeyRequest {
    /// Number of the contact.
    pub contact: u32,
    /// The new card.
    pub card: CardRequest,
    /// Why the key changed.
    pub reason: String,
    /// Groups of the new fingerprint, two at least.
    pub typed: Vec<TypedGroup>,
}

/// Names a contact.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ContactRequest {
    /// Number.
    pub contact: u32,
}
