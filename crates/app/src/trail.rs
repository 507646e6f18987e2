//! 軌跡: the journal of the open exam or of the vault, looked at, compared with a checkpoint, proved to others.

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    CheckpointRequest, CheckpointView, ProofView, ProvedEntry, TrailEntryRequest, TrailEntryView,
    TrailFieldView, TrailLineView, TrailPageView, TrailRequest, TrailVerdictView, TrailVerdictWord,
    TrailVerifyRequest,
};
use fieldbook_vault::{
    ACTS, Checkpoint, ConsistencyProof, InclusionProof, JournalEntry, SignedNote, Trail, TrailFilter,
    TrailVerdict, VaultError, verifier_key,
};
use serde_json::Value;

/// Entries that are given at once at most.
const MOST: u32 = 500;

fn journal(desk: &Desk, vault: bool) -> Result<Trail<'_>, AppError> {
    Ok(if vault { desk.vault()?.vault.trail() } else { desk.exam()?.store.trail() })
}

/// Some entries, the newest first.
///
/// # Errors
/// `bad_date`, `locked`, `no_exam`, or the store's.
pub fn page(desk: &Desk, request: &TrailRequest) -> Result<TrailPageView, AppError> {
    let trail = journal(desk, request.vault)?;
    let limit = u64::from(request.limit.min(MOST));
    let (total, entries) = trail.page(&filter(request)?, u64::from(request.offset), limit)?;
    let mut families: Vec<String> = Vec::new();
    for (family, _) in ACTS.iter().filter_map(|act| act.code.split_once('.')) {
        if (family == "vault") == request.vault && families.last().is_none_or(|last| last != family) {
            families.push(family.to_owned());
        }
    }
    Ok(TrailPageView {
        total: view::small(total),
        lines: entries.iter().map(line).collect(),
        people: trail.people()?.into_iter().filter(|name| !name.is_empty()).collect(),
        families,
    })
}

/// All entries that pass a filter, oldest first, with what was recorded.
///
/// # Errors
/// As [`page`].
pub fn all(desk: &Desk, request: &TrailRequest) -> Result<Vec<TrailLineView>, AppError> {
    let (_, entries) = journal(desk, request.vault)?.page(&filter(request)?, 0, i64::MAX as u64)?;
    Ok(entries.iter().rev().map(line).collect())
}

fn filter(request: &TrailRequest) -> Result<TrailFilter, AppError> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    Ok(TrailFilter {
        by: some(&request.by),
        action: some(&request.action),
        subject: some(&request.subject),
        text: some(&request.text),
        from: dates::read_optional("起日", &request.from)?,
        to: dates::read_optional("迄日", &request.to)?,
    })
}

fn line(e: &JournalEntry) -> TrailLineView {
    TrailLineView {
        seq: view::small(e.seq),
        at: dates::moment(e.at),
        by: e.by.clone(),
        action: e.action.clone(),
        subject: e.subject.clone(),
    }
}

/// One entry with what it replaced.
///
/// # Errors
/// `unknown_entry`, `locked`, `no_exam`, or the store's.
pub fn entry(desk: &Desk, request: &TrailEntryRequest) -> Result<TrailEntryView, AppError> {
    let looked = journal(desk, request.vault)?.look(u64::from(request.seq))?;
    let before = looked.before.as_deref().map(parts).unwrap_or_default();
    let after = parts(&looked.after);
    let mut fields: Vec<TrailFieldView> = Vec::new();
    for (key, _) in after.iter().chain(&before) {
        if fields.iter().any(|f| f.key == *key) {
            continue;
        }
        let of =
            |side: &[(String, String)]| side.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone());
        fields.push(TrailFieldView { key: key.clone(), before: of(&before), after: of(&after) });
    }
    Ok(TrailEntryView { line: line(&looked.entry), replaced: looked.before.is_some(), fields })
}

/// A state's parts by key, in their order; what is empty is left out.
fn parts(state: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    match serde_json::from_str::<Value>(state) {
        Ok(Value::Object(parts)) => parts.iter().for_each(|(key, value)| part(key, value, &mut out)),
        Ok(value) => part("", &value, &mut out),
        Err(_) => out.push((String::new(), state.to_owned())),
    }
    out
}

fn part(key: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(parts) => parts.iter().for_each(|(k, v)| part(&format!("{key}.{k}"), v, out)),
        Value::Array(all) if all.iter().all(|v| !v.is_object() && !v.is_array()) => {
            let words: Vec<String> = all.iter().map(plain).filter(|w| !w.is_empty()).collect();
            if !words.is_empty() {
                out.push((key.to_owned(), words.join("、")));
            }
        }
        Value::Array(all) => {
            for (n, value) in (1..).zip(all) {
                part(&format!("{key}.{n}"), value, out);
            }
        }
        value => {
            let text = plain(value);
            if !text.is_empty() {
                out.push((key.to_owned(), text));
            }
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The journal's size and root now, every entry checked, and as a signed note where the vault has a signer.
///
/// # Errors
/// `vault_damaged` when an entry is not what was recorded, `locked`, `no_exam`.
pub fn checkpoint(desk: &Desk, request: &CheckpointRequest) -> Result<CheckpointView, AppError> {
    let trail = journal(desk, request.vault)?;
    let at = trail.checkpoint()?;
    let vault = &desk.vault()?.vault;
    let (note, key) = match vault.signer()? {
        Some(key) => (vault.signed_note(trail.origin(), &at)?, verifier_key(trail.origin(), &key)),
        None => (String::new(), String::new()),
    };
    Ok(CheckpointView {
        origin: trail.origin().to_owned(),
        size: view::small(at.size),
        root: at.root,
        note,
        key,
    })
}

/// Compares the journal with a checkpoint, `size:root` or a signed note.
///
/// # Errors
/// `bad_call` when the text is neither, `other_journal` when the note is of another journal, `note_unsigned` when no
/// signature of this vault's signer is under it, `locked`, `no_exam`, or the store's.
pub fn verify(desk: &Desk, request: &TrailVerifyRequest) -> Result<TrailVerdictView, AppError> {
    let trail = journal(desk, request.vault)?;
    let text = request.checkpoint.trim();
    let (earlier, signed) = match SignedNote::read(&format!("{text}\n")) {
        None => (plain_checkpoint(text)?, false),
        Some(note) if note.origin != trail.origin() => return Err(AppError::new("other_journal")),
        Some(note) => match desk.vault()?.vault.signer()? {
            Some(key) if note.signed_by(&key) => (note.checkpoint, true),
            _ => return Err(AppError::new("note_unsigned")),
        },
    };
    let (verdict, number) = match trail.compare(&earlier)? {
        TrailVerdict::Holds { added } => (TrailVerdictWord::Holds, added),
        TrailVerdict::Edited { seq } => (TrailVerdictWord::Edited, seq),
        TrailVerdict::Cut { size } => (TrailVerdictWord::Cut, size),
        TrailVerdict::Fork => (TrailVerdictWord::Fork, 0),
    };
    Ok(TrailVerdictView { verdict, number: view::small(number), size: view::small(earlier.size), signed })
}

fn plain_checkpoint(text: &str) -> Result<Checkpoint, AppError> {
    let bad = || AppError::new("bad_checkpoint");
    let (size, root) = text.split_once(':').ok_or_else(bad)?;
    let root = root.trim();
    if root.len() != 64 || !root.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(bad());
    }
    Ok(Checkpoint { size: size.trim().parse().map_err(|_| bad())?, root: root.to_owned() })
}

/// What a verdict that does not hold says, as an error pair; `None` where it holds.
#[must_use]
pub fn refusal(verdict: &TrailVerdictView) -> Option<AppError> {
    let told = |key| AppError::new(key).with("number", verdict.number).with("size", verdict.size);
    match verdict.verdict {
        TrailVerdictWord::Holds => None,
        TrailVerdictWord::Edited => Some(told("journal_edited")),
        TrailVerdictWord::Cut => Some(told("journal_cut")),
        TrailVerdictWord::Fork => Some(told("journal_fork")),
    }
}

/// Proves that entry `seq` is in the journal of `size` entries (all for `None`).
///
/// # Errors
/// `unknown_entry`, `vault_damaged`, `locked`, `no_exam`.
pub fn prove(desk: &Desk, vault: bool, seq: u64, size: Option<u64>) -> Result<ProofView, AppError> {
    let trail = journal(desk, vault)?;
    let proof = trail.prove(seq, size)?;
    let e = proof.entry;
    Ok(ProofView::Inclusion {
        origin: trail.origin().to_owned(),
        entry: ProvedEntry {
            seq: e.seq,
            at: e.at.to_string(),
            by: e.by,
            action: e.action,
            subject: e.subject,
            detail: e.detail,
        },
        size: proof.tree.size,
        root: proof.tree.root,
        path: proof.path,
    })
}

/// Proves that the journal of `first` entries is the beginning of that of `second` (all for `None`).
///
/// # Errors
/// `unknown_entry`, `vault_damaged`, `locked`, `no_exam`.
pub fn prove_consistency(
    desk: &Desk,
    vault: bool,
    first: u64,
    second: Option<u64>,
) -> Result<ProofView, AppError> {
    let trail = journal(desk, vault)?;
    let proof = trail.prove_consistency(first, second)?;
    Ok(ProofView::Consistency {
        origin: trail.origin().to_owned(),
        first: proof.first.size,
        second: proof.second.size,
        roots: [proof.first.root, proof.second.root],
        path: proof.path,
    })
}

/// Whether a proof, read from its text, proves what it says. Needs no vault.
///
/// # Errors
/// `bad_proof` when the text is none.
pub fn check_proof(text: &str) -> Result<bool, AppError> {
    let proof: ProofView = serde_json::from_str(text).map_err(|_| AppError::new("bad_proof"))?;
    Ok(match proof {
        ProofView::Inclusion { entry: e, size, root, path, .. } => {
            let at = e.at.parse().map_err(|_| AppError::new("bad_proof"))?;
            let entry = JournalEntry {
                seq: e.seq,
                at,
                by: e.by,
                action: e.action,
                subject: e.subject,
                detail: e.detail,
            };
            InclusionProof { entry, tree: Checkpoint { size, root }, path }.holds()
        }
        ProofView::Consistency { first, second, roots: [before, after], path, .. } => ConsistencyProof {
            first: Checkpoint { size: first, root: before },
            second: Checkpoint { size: second, root: after },
            path,
        }
        .holds(),
    })
}

/// The signed note of the open exam's journal at this checkpoint, for what is printed; empty without a signer.
pub(crate) fn note(desk: &Desk, at: &Checkpoint) -> Result<String, AppError> {
    match desk.vault()?.vault.signed_note(desk.exam()?.store.trail().origin(), at) {
        Err(VaultError::NoSigner) => Ok(String::new()),
        note => Ok(note?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_and_family_has_a_word_in_every_language() {
        let messages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/i18n/messages");
        let mut languages = 0;
        for locale in std::fs::read_dir(messages).expect("the window's messages") {
            let file = locale.expect("an entry").path().join("trail.json");
            let words: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
            for act in ACTS {
                let family = act.code.split('.').next().unwrap_or_default();
                for key in [format!("act_{}", act.code.replace('.', "_")), format!("family_{family}")] {
                    assert!(
                        words[&key].as_str().is_some_and(|w| !w.is_empty()),
                        "{key} in {}",
                        file.display()
                    );
                }
            }
            languages += 1;
        }
        assert!(languages >= 2);
    }

    #[test]
    fn a_state_is_taken_apart_and_what_is_empty_is_left_out() {
        let state = r#"{"result":"partial","awaited":null,"note":"","clauses":["A","B"],"files":[{"row":3}],"o":{"x":true}}"#;
        let shown: Vec<String> =
            parts(state).into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(shown, ["result=partial", "clauses=A、B", "files.1.row=3", "o.x=true"]);
        assert_eq!(parts("no json"), [(String::new(), "no json".to_owned())]);
    }

    #[test]
    fn a_proof_is_checked_from_its_text_alone() {
        assert_eq!(check_proof("{}"), Err(AppError::new("bad_proof")));
        // A tree of one entry: its leaf is the root, and no path leads there.
        let empty = r#"{"origin":"x","first":1,"second":1,"roots":["ROOT","ROOT"],"path":[]}"#;
        assert_eq!(check_proof(&empty.replace("ROOT", &"ab".repeat(32))), Ok(true));
        assert_eq!(
            check_proof(&empty.replacen("ROOT", &"ab".repeat(32), 1).replace("ROOT", &"cd".repeat(32))),
            Ok(false)
        );
    }
}
