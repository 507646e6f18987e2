//! Key slots, and how strong a passphrase is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A passphrase to judge. Never logged, never kept.
#[derive(Deserialize, TS)]
pub struct StrengthRequest {
    /// As typed.
    pub passphrase: String,
}

/// How strong a passphrase is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StrengthView {
    /// 0 (guessed at once) to 4.
    pub score: u8,
    /// Characters that are missing.
    pub missing: u32,
    /// Longer than a passphrase may be.
    pub too_long: bool,
    /// Whether a vault takes it.
    pub taken: bool,
    /// What makes it weak.
    pub warning: Option<StrengthWarning>,
    /// What would make it stronger.
    pub advice: Vec<StrengthAdvice>,
}

/// What makes a passphrase weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StrengthWarning {
    /// Neighbours on the keyboard.
    Keys,
    /// The same again and again.
    Repeats,
    /// Letters or digits in their order.
    Sequence,
    /// Years and dates.
    Dates,
    /// Names.
    Names,
    /// Among the first that anybody tries.
    Common,
}

/// What would make a passphrase stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StrengthAdvice {
    /// Another word or two.
    MoreWords,
    /// Capitals, reversing and look-alikes help little.
    NoTricks,
    /// No repetition, order or row of keys.
    NoPatterns,
    /// No dates.
    NoDates,
}

/// What stands of a slot's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SlotStateWord {
    /// As it was written.
    AsWritten,
    /// Another file stands in its place.
    Changed,
    /// Gone.
    Missing,
}

/// A way to open the vault.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeySlotView {
    /// Name, by which it is taken away: `passphrase`, `recovery`, `keystore`, `escrow-…`.
    pub slot: String,
    /// `passphrase`, `recovery`, `keystore` or `escrow`.
    pub kind: String,
    /// What stands of its file.
    pub state: SlotStateWord,
    /// `age1…` of an escrow slot's holder.
    pub recipient: Option<String>,
    /// What that holder is called.
    pub label: Option<String>,
    /// Whether it may be taken away: somebody must still be able to open the vault by what they know or wrote down.
    pub removable: bool,
}

/// Every way to open the vault.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeySlotsView {
    /// The slots.
    pub slots: Vec<KeySlotView>,
    /// Whether this system has a store of secrets that a slot can use.
    pub keystore_offered: bool,
    /// Whether the recovery identity was typed back.
    pub recovery_confirmed: bool,
}

/// An act on the keys that asks who is there once more. Never logged, never kept.
#[derive(Deserialize, TS)]
pub struct ProofRequest {
    /// The passphrase of now, or the recovery identity.
    pub proof: String,
}

/// Changes the passphrase. Never logged, never kept.
#[derive(Deserialize, TS)]
pub struct PassphraseChangeRequest {
    /// The passphrase of now, or the recovery identity.
    pub proof: String,
    /// The new one.
    pub passphrase: String,
}

/// Lets somebody else's age identity open the vault.
#[derive(Deserialize, TS)]
pub struct EscrowRequest {
    /// The passphrase of now, or the recovery identity.
    pub proof: String,
    /// `age1…`.
    pub recipient: String,
    /// Who holds the identity.
    pub label: String,
}

/// Takes a slot away.
#[derive(Deserialize, TS)]
pub struct SlotRequest {
    /// The passphrase of now, or the recovery identity.
    pub proof: String,
    /// Name of the slot.
    pub slot: String,
}

/// A folder with a vault.
#[derive(Deserialize, TS)]
pub struct VaultDirRequest {
    /// Folder.
    pub dir: String,
}
