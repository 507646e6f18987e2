//! Names that OSCAL gives to things: UUIDs from what the things are, control and objective ids from clauses.

use fieldbook_model::ClauseId;
use sha2::{Digest, Sha256};

/// Between a control's id and what marks an objective of it; no clause has it.
const OBJECTIVE: &str = "_obj";

/// A UUID of the shape of version 5 (RFC 9562, 5.5) from the SHA-256 over these parts, each behind its length.
/// The same parts give the same UUID in every document and at every time.
pub fn uuid(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes: [u8; 16] = std::array::from_fn(|_| 0);
    bytes.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Control id of a clause. A clause's id begins with a letter and has only letters, digits, dots and one hyphen, so
/// it is a token of OSCAL as it stands.
pub fn control(clause: &ClauseId) -> String {
    clause.as_str().to_owned()
}

/// Id of the objective that a clause (`COL-D5.1_obj`) or one of its units (`BSL-6.8_obj.a`) be met.
pub fn objective(clause: &ClauseId, unit: &str) -> String {
    if unit.is_empty() { format!("{clause}{OBJECTIVE}") } else { format!("{clause}{OBJECTIVE}.{unit}") }
}

/// The clause and the unit (or nothing) that a control's or an objective's id is made of.
pub fn clause_of(id: &str) -> Option<(ClauseId, &str)> {
    let (clause, unit) = match id.split_once(OBJECTIVE) {
        Some((clause, "")) => (clause, ""),
        Some((clause, unit)) => (clause, unit.strip_prefix('.').filter(|unit| !unit.is_empty())?),
        None => (id, ""),
    };
    Some((ClauseId::parse(clause).ok()?, unit))
}
