//! What a package would hold: the records that are chosen, for whom, and what they should know before.

use super::kinds;
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    EvidenceModeWord, HandoverPlanView, HandoverRequest, HandoverScopeWord, HandoverWarningView,
    HandoverWarningWord, LastExchangeView, RecordKindWord,
};
use fieldbook_handover::{Rules, newer_than};
use fieldbook_model::{ClauseId, ExamState, Held, Record, RecordKey, Seen, THERE};
use fieldbook_vault::{Contact, ExamStore, HandedOver, has_payload, is_recipient, merge_rules};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that a row of a dataset takes in a package, about.
const ROW: u64 = 40;
/// How much smaller records become, about.
const PACKED: u64 = 6;

/// What the vault says of fields that two copies wrote.
pub(super) fn rules() -> Rules {
    let all = merge_rules();
    let rows = all.iter().flat_map(|(table, fields)| {
        fields.iter().map(move |(field, when)| (table.as_str(), field.as_str(), *when))
    });
    Rules::new(rows)
}

/// Somebody for whom a package is made.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    /// `age1…`.
    pub(super) age: String,
    /// Name, or the recipient itself.
    pub(super) name: String,
    /// The contact; `None` for somebody who is none.
    pub(super) contact: Option<Contact>,
}

/// What was chosen.
pub(super) struct Chosen {
    pub(super) state: ExamState,
    /// What the recipient was taken to know.
    pub(super) since: Option<Seen>,
    pub(super) recipients: Vec<Recipient>,
    /// Records whose rows or bytes go along.
    pub(super) payload: Vec<RecordKey>,
    /// Of these, pieces of evidence: how many, their bytes.
    pub(super) pieces: (u64, u64),
    /// Pieces whose bytes stay here.
    pub(super) by_reference: u64,
    warnings: Vec<HandoverWarningView>,
    rows: u64,
}

/// The word of a scope as it is recorded.
pub(super) fn scope_code(request: &HandoverRequest) -> &'static str {
    match (request.deidentified, request.scope) {
        (true, _) => "deidentified",
        (_, HandoverScopeWord::Whole) => "whole",
        (_, HandoverScopeWord::Parts) => "parts",
        (_, HandoverScopeWord::Changes) => "changes",
    }
}

/// What a package would hold.
///
/// # Errors
/// `no_exam`, `unknown_contact`, `bad_recipient`, `never_exchanged` for changes since nothing, or the store's.
pub fn plan(desk: &Desk, request: &HandoverRequest) -> Result<HandoverPlanView, AppError> {
    let chosen = chosen(desk, request)?;
    let mut by_kind: BTreeMap<RecordKindWord, u64> = BTreeMap::new();
    for (key, record) in &chosen.state.records {
        if let Some(kind) = kinds::counted(&key.table).filter(|_| is_there(record)) {
            *by_kind.entry(kind).or_default() += 1;
        }
    }
    by_kind.insert(RecordKindWord::Journal, entries(desk, chosen.since.as_ref(), request)?);
    let records: u64 = chosen.state.records.values().map(|r| r.len() as u64 * 120).sum();
    let (pieces, evidence_bytes) = chosen.pieces;
    let given = desk.exam()?.store.handed_over()?;
    let since = chosen.recipients.iter().map(|r| last(desk, &given, r)).collect::<Result<_, _>>()?;
    Ok(HandoverPlanView {
        counts: kinds::numbers(by_kind),
        pieces: view::small(pieces),
        evidence_bytes: view::number(evidence_bytes),
        bytes: view::number(evidence_bytes + (records + chosen.rows * ROW * 3) / PACKED + 4096),
        warnings: chosen.warnings,
        since,
    })
}

/// Entries of the journals that would go along.
fn entries(desk: &Desk, since: Option<&Seen>, request: &HandoverRequest) -> Result<u64, AppError> {
    if request.deidentified {
        return Ok(0);
    }
    let seen = desk.exam()?.store.seen()?;
    let known = |copy: &String| since.and_then(|s| s.get(copy)).copied().unwrap_or(0);
    Ok(seen.iter().map(|(copy, size)| size.saturating_sub(known(copy))).sum())
}

/// What was exchanged with somebody last.
pub(super) fn last(
    desk: &Desk,
    given: &[HandedOver],
    recipient: &Recipient,
) -> Result<LastExchangeView, AppError> {
    let store = &desk.exam()?.store;
    let own = store.seen()?;
    let given = given.iter().rev().find(|g| g.recipient == recipient.age && g.kind != "deidentified");
    let taken = store.merges()?.into_iter().rev().find(|m| m.sender == recipient.name && m.undone.is_none());
    let new = given.map(|g| {
        own.iter()
            .map(|(copy, size)| size.saturating_sub(g.seen.get(copy).copied().unwrap_or(0)))
            .sum::<u64>()
    });
    Ok(LastExchangeView {
        name: recipient.name.clone(),
        given_at: given.map(|g| dates::moment(g.at)).unwrap_or_default(),
        taken_at: taken.map(|m| dates::moment(m.at)).unwrap_or_default(),
        entries_since: new.map(view::small),
    })
}

pub(super) fn is_there(record: &Record) -> bool {
    record.get(THERE).is_some_and(|f| f.value == Held::Int(1))
}

/// The recipients that were asked for: contacts by their ids, or `age1…`.
fn recipients(desk: &Desk, asked: &[String]) -> Result<Vec<Recipient>, AppError> {
    let contacts = desk.vault()?.vault.contacts()?;
    let own = desk.vault()?.vault.recipient().to_owned();
    let mut out: Vec<Recipient> = Vec::new();
    for text in asked.iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
        let contact = match text.parse::<i64>() {
            Ok(id) => Some(contacts.iter().find(|c| c.id == id).ok_or(AppError::new("unknown_contact"))?),
            Err(_) => contacts.iter().find(|c| c.card.recipient == text),
        };
        let recipient = match contact {
            Some(c) => Recipient {
                age: c.card.recipient.clone(),
                name: c.card.name.clone(),
                contact: Some(c.clone()),
            },
            None if is_recipient(text) => {
                let name = if text == own { "本保管庫".to_owned() } else { text.to_owned() };
                Recipient { age: text.to_owned(), name, contact: None }
            }
            None => return Err(AppError::new("bad_recipient")),
        };
        if !out.iter().any(|r| r.age == recipient.age) {
            out.push(recipient);
        }
    }
    Ok(out)
}

/// What is chosen, looked up.
pub(super) fn chosen(desk: &Desk, request: &HandoverRequest) -> Result<Chosen, AppError> {
    let store = &desk.exam()?.store;
    let recipients = recipients(desk, &request.recipients)?;
    let own = desk.vault()?.vault.recipient();
    let whole = store.exchange_state(None)?;
    let mut warnings = Vec::new();
    let mut warn = |kind, what: &str, n: u64| {
        warnings.push(HandoverWarningView { kind, what: what.to_owned(), n: view::small(n) });
    };
    for r in recipients.iter().filter(|r| r.age != own) {
        match &r.contact {
            Some(c) if c.verified_at.is_some() => {}
            Some(_) => warn(HandoverWarningWord::Unverified, &r.name, 0),
            None => warn(HandoverWarningWord::NotAContact, &r.name, 0),
        }
    }
    let (mut since, mut state) = (None, whole.clone());
    match request.scope {
        HandoverScopeWord::Whole => {}
        HandoverScopeWord::Parts => state.records.retain(|key, record| part(desk, request, key, record)),
        HandoverScopeWord::Changes => {
            let known = known_by(desk, store, request, &recipients)?;
            match known {
                Some(known) => {
                    state = newer_than(&rules(), &whole, &known);
                    since = Some(known);
                }
                None => {
                    let never = recipients.first().map_or("", |r| r.name.as_str());
                    warn(HandoverWarningWord::NeverGot, never, 0);
                    state.records.clear();
                }
            }
        }
    }
    if request.deidentified {
        state.records.retain(|key, _| !key.table.starts_with("evidence"));
        warn(HandoverWarningWord::Masked, "", 0);
    }
    let kept = bytes_here(store)?;
    let mut chosen = Chosen {
        payload: Vec::new(),
        pieces: (0, 0),
        by_reference: 0,
        rows: 0,
        state,
        since,
        recipients,
        warnings: Vec::new(),
    };
    for (key, record) in &chosen.state.records {
        let new = |seen: &Seen| record.get(THERE).is_some_and(|f| !f.stamp.is_seen_by(seen));
        if !has_payload(&key.table) || !is_there(record) || !chosen.since.as_ref().is_none_or(new) {
            continue;
        }
        if key.table == "evidence" {
            match kept.get(&key.key) {
                Some(size) if request.evidence_as == EvidenceModeWord::Included => {
                    chosen.pieces.0 += 1;
                    chosen.pieces.1 += size;
                }
                _ => {
                    chosen.by_reference += 1;
                    continue;
                }
            }
        }
        if let Some(Held::Int(stored)) = record.get("rows_stored").map(|f| &f.value) {
            chosen.rows += stored.unsigned_abs();
        }
        chosen.payload.push(key.clone());
    }
    if chosen.by_reference > 0 {
        warn(HandoverWarningWord::ByReference, "", chosen.by_reference);
    }
    let left_out = left_out(&chosen.state, &whole);
    if left_out > 0 {
        warn(HandoverWarningWord::EvidenceLeftOut, "", left_out);
    }
    if chosen.state.records.is_empty() {
        warn(HandoverWarningWord::Nothing, "", 0);
    }
    chosen.warnings = warnings;
    Ok(chosen)
}

/// Sizes of the pieces whose bytes are here, by the keys of their records.
fn bytes_here(store: &ExamStore) -> Result<BTreeMap<String, u64>, AppError> {
    let elsewhere = store.evidence_elsewhere()?;
    let here = store.evidence()?.into_iter().filter(|e| !elsewhere.contains(&e.sha256));
    Ok(here.map(|e| (Value::from(vec![e.sha256]).to_string(), e.size)).collect())
}

/// How far the contact who is named, or the recipients, know the journals: what they were given last, and what came from
/// them.
fn known_by(
    desk: &Desk,
    store: &ExamStore,
    request: &HandoverRequest,
    recipients: &[Recipient],
) -> Result<Option<Seen>, AppError> {
    let named = match request.since.trim() {
        "" => recipients.to_vec(),
        since => self::recipients(desk, &[since.to_owned()])?,
    };
    let given = store.handed_over()?;
    let mut least: Option<Seen> = None;
    for r in &named {
        let last = given
            .iter()
            .rev()
            .find(|g| g.recipient == r.age && g.kind != "deidentified" && g.kind != "parts");
        let mut known = last.map(|g| g.seen.clone()).unwrap_or_default();
        // What came from them they know.
        for copy in store.known_copies()?.into_iter().filter(|k| k.recipient == r.age && k.seen > 0) {
            let seen = known.entry(copy.copy).or_default();
            *seen = (*seen).max(copy.seen);
        }
        if known.is_empty() {
            return Ok(None);
        }
        least = Some(match least {
            None => known,
            // What all of them know.
            Some(least) => least
                .into_iter()
                .filter_map(|(copy, n)| known.get(&copy).map(|m| (copy, n.min(*m))))
                .collect(),
        });
    }
    Ok(least)
}

/// Pieces on which findings of the package rest and which are no part of it.
fn left_out(state: &ExamState, whole: &ExamState) -> u64 {
    let key =
        |sha256: &str| RecordKey { table: "evidence".to_owned(), key: Value::from(vec![sha256]).to_string() };
    let members = state.records.iter().filter(|(k, _)| k.table == "finding").flat_map(|(_, record)| {
        record.iter().filter_map(|(name, f)| match (name.split_once('/'), &f.value) {
            (Some(("evidence", sha256)), Held::Int(n)) if *n > 0 => Some(sha256.to_owned()),
            _ => None,
        })
    });
    let missing: BTreeSet<String> = members
        .filter(|sha256| {
            let key = key(sha256);
            whole.records.contains_key(&key) && !state.records.contains_key(&key)
        })
        .collect();
    missing.len() as u64
}

/// Whether a record is part of what was chosen.
fn part(desk: &Desk, request: &HandoverRequest, key: &RecordKey, record: &Record) -> bool {
    let names: Vec<Value> = serde_json::from_str(&key.key).unwrap_or_default();
    let first = names.first().and_then(Value::as_str).unwrap_or_default();
    let field = |name: &str| match record.get(name).map(|f| &f.value) {
        Some(Held::Text(text)) => text.as_str(),
        _ => "",
    };
    let procedure = |id: &str| request.procedures.iter().any(|p| p == id);
    match key.table.as_str() {
        "exam" | "fact" | "system" | "system_fact" | "team_member" | "assignment" => true,
        "answer" | "applicability_override" => in_documents(desk, request, first),
        "run" | "own_procedure" => procedure(field("procedure")),
        "disposition" => procedure(first),
        table if table.starts_with("evidence") => request.evidence,
        table if kinds::of(table) == RecordKindWord::Findings => request.findings,
        _ => false,
    }
}

fn in_documents(desk: &Desk, request: &HandoverRequest, clause: &str) -> bool {
    let Ok(id) = ClauseId::parse(clause) else { return false };
    let Some(document) = view::document(&desk.bundle, &id) else { return false };
    let whole = request.documents.contains(&document.code);
    let chapter = document.chapters.iter().find(|c| c.clauses.iter().any(|one| one.id == id));
    whole
        || chapter.is_some_and(|c| {
            request.chapters.iter().any(|asked| asked.document == document.code && asked.chapter == c.number)
        })
}
