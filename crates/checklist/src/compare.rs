//! What differs between two editions: of one document, or of everything that is loaded.

mod pieces;
mod rules;

pub use pieces::pieces;

use crate::bundle::Bundle;
use fieldbook_model::{Clause, ClauseChange, ClauseId, ClauseKind, Document};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentChange {
    /// Code (`COL`).
    pub code: String,
    /// Title, of the newer edition where there is one.
    pub title: String,
    /// Short name of the older edition; `None` when the document is new.
    pub from: Option<String>,
    /// Short name of the newer edition; `None` when the document is gone.
    pub to: Option<String>,
    /// Clause by clause.
    pub changes: Vec<ClauseChange>,
}

/// Compares two editions of a document, in the newer one's order; what is gone stands after the clause that it
/// followed.
///
/// A text that is found again under another id has moved, also where its old id was given to another text. A text
/// that was moved and altered is one that is gone and one that is new.
#[must_use]
pub fn compare(older: &Document, newer: &Document) -> Vec<ClauseChange> {
    let old = placed(older);
    let new = placed(newer);
    let origins = origins(&old, &new);
    let mut after: BTreeMap<Option<usize>, Vec<ClauseChange>> = BTreeMap::new();
    let mut neighbour = None;
    for (at, gone) in old.iter().enumerate() {
        match origins.iter().position(|origin| *origin == Some(at)) {
            Some(found) => neighbour = Some(found),
            None => after.entry(neighbour).or_default().push(removed(gone.clause)),
        }
    }
    let mut out = after.remove(&None).unwrap_or_default();
    for (at, place) in new.iter().enumerate() {
        match origins.get(at).copied().flatten().and_then(|origin| old.get(origin)) {
            None => out.push(added(place.clause)),
            Some(origin) => changed(origin, place, &mut out),
        }
        out.extend(after.remove(&Some(at)).unwrap_or_default());
    }
    out
}

/// Compares everything that is loaded, document by document: those of the newer set in its order, then those that
/// are gone. Documents without any difference are left out.
#[must_use]
pub fn compare_bundles(older: &Bundle, newer: &Bundle) -> Vec<DocumentChange> {
    let change = |older: Option<&Document>, newer: Option<&Document>| {
        let shown = newer.or(older)?;
        let none = Document { chapters: Vec::new(), ..shown.clone() };
        let changes = compare(older.unwrap_or(&none), newer.unwrap_or(&none));
        let version = |d: &Document| d.version.clone();
        let (from, to) = (older.map(version), newer.map(version));
        (from != to || !changes.is_empty()).then(|| DocumentChange {
            code: shown.code.clone(),
            title: shown.title.clone(),
            from,
            to,
            changes,
        })
    };
    let kept = newer.documents.iter().filter_map(|d| change(older.document(&d.code), Some(d)));
    let gone = older.documents.iter().filter(|d| newer.document(&d.code).is_none());
    kept.chain(gone.filter_map(|d| change(Some(d), None))).collect()
}

/// Whether an answer to the clause can be carried from one edition to the other: it is in both, with the same words,
/// the same headings above and the same units.
#[must_use]
pub fn same_text(older: &Bundle, newer: &Bundle, clause: &ClauseId) -> bool {
    match (older.clause(clause), newer.clause(clause)) {
        (Some(old), Some(new)) => answered_text_sha256(old) == answered_text_sha256(new),
        _ => false,
    }
}

/// SHA-256, lower-case hex, of what an answer to the clause is an answer to: its text, the headings and lead-ins above
/// it and its units. Strength and conditions are not part of it.
#[must_use]
pub fn answered_text_sha256(clause: &Clause) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    add(&clause.text);
    add(&clause.context.len().to_string());
    clause.context.iter().for_each(|text| add(text));
    for unit in &clause.units {
        add(&unit.id);
        add(&unit.text);
    }
    hex::encode(hash.finalize())
}

/// A clause with where it stands.
struct Place<'a> {
    chapter: &'a str,
    clause: &'a Clause,
    /// Context that is stated at the clause itself: texts of headings are compared where the headings are.
    context: &'a [String],
}

fn placed(document: &Document) -> Vec<Place<'_>> {
    let headings: Vec<String> =
        document.clauses().filter(|c| c.kind != ClauseKind::Leaf).map(|c| format!("{}.", c.id)).collect();
    let own = |clause: &Clause| {
        let above = headings.iter().filter(|prefix| clause.id.as_str().starts_with(prefix.as_str())).count();
        above.min(clause.context.len())
    };
    let chapters = document.chapters.iter();
    chapters
        .flat_map(|chapter| chapter.clauses.iter().map(|clause| (chapter.number.as_str(), clause)))
        .map(|(chapter, clause)| Place { chapter, clause, context: clause.context.split_at(own(clause)).1 })
        .collect()
}

/// For each clause of the newer edition the one of the older that it comes from: the same id with the same text, else
/// the same text, else the same id.
fn origins(old: &[Place<'_>], new: &[Place<'_>]) -> Vec<Option<usize>> {
    let mut origins: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    let fits: [fn(&Clause, &Clause) -> bool; 4] = [
        |a, b| a.id == b.id && a.text == b.text,
        |a, b| a.text == b.text && a.context == b.context,
        |a, b| a.text == b.text,
        |a, b| a.id == b.id,
    ];
    for fits in fits {
        for (origin, place) in origins.iter_mut().zip(new).filter(|(origin, _)| origin.is_none()) {
            let mut free = old.iter().zip(&mut taken).enumerate().filter(|(_, (_, taken))| !**taken);
            if let Some((at, (_, taken))) = free.find(|(_, (o, _))| fits(o.clause, place.clause)) {
                *taken = true;
                *origin = Some(at);
            }
        }
    }
    origins
}

/// What differs between a clause and the one that it comes from.
fn changed(old: &Place<'_>, new: &Place<'_>, out: &mut Vec<ClauseChange>) {
    let (clause, label) = (new.clause.id.clone(), new.clause.label.clone());
    let mut what = rules::lines(old.clause, new.clause);
    let other_label = old.clause.label != new.clause.label;
    let other_chapter = old.chapter != new.chapter;
    if old.clause.text != new.clause.text {
        out.push(ClauseChange::Changed {
            clause: clause.clone(),
            label: label.clone(),
            pieces: pieces(&old.clause.text, &new.clause.text),
        });
        if other_label {
            what.insert(0, rules::line("條號", &old.clause.label, &new.clause.label));
        }
        if other_chapter {
            what.insert(0, rules::line("章節", old.chapter, new.chapter));
        }
    } else if old.clause.id != clause || other_label || other_chapter {
        out.push(ClauseChange::Moved {
            from: old.clause.id.clone(),
            from_label: old.clause.label.clone(),
            to: clause.clone(),
            to_label: label.clone(),
        });
    }
    if old.context != new.context {
        what.push(rules::line("上層文字", &old.context.join("／"), &new.context.join("／")));
    }
    if !what.is_empty() {
        out.push(ClauseChange::RuleChanged { clause, label, what });
    }
}

fn added(clause: &Clause) -> ClauseChange {
    let Clause { id, label, text, .. } = clause;
    ClauseChange::Added { clause: id.clone(), label: label.clone(), text: text.clone() }
}

fn removed(clause: &Clause) -> ClauseChange {
    let Clause { id, label, text, .. } = clause;
    ClauseChange::Removed { clause: id.clone(), label: label.clone(), text: text.clone() }
}
