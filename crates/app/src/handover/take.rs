//! 收進: looking at a package, and what it would change here. Nothing is written.

use super::changes::{Row, rows};
use super::lanes::lanes;
use super::lines::{self, ExamLine, LawLine};
use super::{kinds, plan, refusal, trust_of, words};
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    BlockedView, ConflictView, EvidenceModeWord, HandoverProgressView, HandoverScopeWord, HandoverStepWord,
    HeldView, PathRequest, SenderView, StandingWord, TakeInExamView, TakeInView, TrustWord,
};
use fieldbook_handover::{Contents, Limits, Merged, Offer, Package, PackageKind, Plain, merge};
use fieldbook_model::{ExamState, Field, FieldChange, FieldConflict, Held, Record, THERE, WHOLE_EXAM};
use fieldbook_vault::{Acquaintance, Blocked, Card, ReceivedCopy};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Most bytes of a file of a package that is held in memory: records or a journal of years.
const LARGEST: u64 = 512 << 20;

/// A package that was looked at.
pub(crate) struct Looked {
    pub(super) path: PathBuf,
    pub(super) sha256: String,
    pub(super) contents: Contents,
    pub(super) exam: ExamLine,
    pub(super) state: ExamState,
    pub(super) copies: Vec<ReceivedCopy>,
    pub(super) law: Option<LawLine>,
    pub(super) sender: SenderView,
    pub(super) standing: StandingWord,
    /// What it comes to here; of a new exam, all of it.
    pub(super) merged: Merged,
    pub(super) blocked: Vec<Blocked>,
    pub(super) rows: Vec<Row>,
}

/// The package's file, opened with the vault's identity.
pub(super) type Opened = Package<Plain<BufReader<File>>>;

/// Opens a package with the vault's identity.
pub(super) fn open(desk: &Desk, path: &Path) -> Result<Opened, AppError> {
    let file = File::open(path).map_err(|_| AppError::new("handover_unreadable"))?;
    let identity = desk.vault()?.vault.identity()?;
    Package::open(BufReader::new(file), &identity, &Limits::default()).map_err(refusal)
}

/// A small file of a package, whole.
fn small(package: &mut Opened, path: &str) -> Result<Option<Vec<u8>>, AppError> {
    let Some(size) = package.contents().files.iter().find(|f| f.path == path).map(|f| f.size) else {
        return Ok(None);
    };
    if size > LARGEST {
        return Err(AppError::new("handover_too_large"));
    }
    let mut bytes = Vec::new();
    let mut take = |piece: &[u8]| {
        bytes.extend_from_slice(piece);
        ControlFlow::Continue(())
    };
    package.read(path, &mut take).map_err(refusal)?;
    Ok(Some(bytes))
}

fn needed(package: &mut Opened, path: &str) -> Result<Vec<u8>, AppError> {
    small(package, path)?.ok_or_else(|| AppError::new("handover_unreadable"))
}

/// SHA-256 of a file, lower-case hex.
pub(super) fn sha256_of(
    desk: &Desk,
    path: &Path,
    progress: &mut dyn FnMut(HandoverProgressView),
) -> Result<(String, u64), AppError> {
    const STEP: u64 = 64 << 20;
    let cancel = desk.cancel_flag();
    let unreadable = |_| AppError::new("handover_unreadable");
    let mut file = File::open(path).map_err(unreadable)?;
    let of = file.seek(std::io::SeekFrom::End(0)).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    let (mut hash, mut done, mut piece) = (Sha256::new(), 0_u64, vec![0; 1 << 20]);
    loop {
        if cancel.load(Ordering::Relaxed) {
            return Err(AppError::new("cancelled"));
        }
        let n = file.read(&mut piece).map_err(unreadable)?;
        if n == 0 {
            return Ok((hex::encode(hash.finalize()), done));
        }
        hash.update(piece.get(..n).unwrap_or_default());
        if (done + n as u64) / STEP > done / STEP {
            let (done, of) = (view::number(done), view::number(of));
            progress(HandoverProgressView { step: HandoverStepWord::Checking, done, of });
        }
        done += n as u64;
    }
}

/// Looks at a package. What cannot be taken in is told as a refusal within the view.
///
/// # Errors
/// `handover_unreadable` when there is no such file, `cancelled`, `locked`, or the store's.
pub fn inspect(
    desk: &mut Desk,
    request: &PathRequest,
    progress: &mut dyn FnMut(HandoverProgressView),
) -> Result<TakeInView, AppError> {
    desk.package = None;
    desk.cancel_flag().store(false, Ordering::Relaxed);
    let path = PathBuf::from(request.path.trim());
    let (sha256, bytes) = sha256_of(desk, &path, progress)?;
    let bytes = view::number(bytes);
    match looked(desk, &path, sha256.clone(), progress) {
        Ok(looked) => {
            let view = view_of(desk, &looked, bytes)?;
            desk.package = Some(looked);
            Ok(view)
        }
        Err((known, error)) => {
            let (sender, contents, exam) = match known {
                Some(k) => (Some(k.sender), Some(k.contents), Some(k.exam)),
                None => (None, None, None),
            };
            let exam_view = contents.as_ref().zip(exam.as_ref()).map(|(c, e)| exam_view(desk, c, e));
            Ok(TakeInView {
                path: path.to_string_lossy().into_owned(),
                sha256,
                bytes,
                sender,
                made_at: contents.as_ref().map(|c| dates::moment(c.head.made_at)).unwrap_or_default(),
                exam: exam_view,
                scope: contents.as_ref().map_or(HandoverScopeWord::Whole, scope),
                evidence_as: EvidenceModeWord::ByReference,
                deidentified: exam.is_some_and(|e| e.deidentified),
                standing: StandingWord::Refused,
                refusal: Some(error.view()),
                counts: Vec::new(),
                changes: 0,
                conflicts: Vec::new(),
                blocked: Vec::new(),
                lanes: Vec::new(),
            })
        }
    }
}

/// What is known of a package before it is compared.
struct Known {
    sender: SenderView,
    contents: Contents,
    exam: ExamLine,
}

type Refused = (Option<Box<Known>>, AppError);

fn looked(
    desk: &Desk,
    path: &Path,
    sha256: String,
    progress: &mut dyn FnMut(HandoverProgressView),
) -> Result<Looked, Refused> {
    let none = |e: AppError| (None, e);
    let mut package = open(desk, path).map_err(none)?;
    let contents = package.contents().clone();
    let bytes = needed(&mut package, lines::EXAM).map_err(none)?;
    let unreadable = || AppError::new("handover_unreadable");
    let exam: ExamLine = serde_json::from_slice(&bytes).map_err(|_| none(unreadable()))?;
    let card = Card::read(&exam.card).map_err(|e| none(e.into()))?;
    if card.signer != contents.head.sender.key {
        return Err(none(AppError::new("handover_wrong_signature")));
    }
    let sender = sender(desk, &card).map_err(none)?;
    progress(HandoverProgressView { step: HandoverStepWord::Comparing, done: 0.0, of: 0.0 });
    let known = || Box::new(Known { sender: sender.clone(), contents: contents.clone(), exam: exam.clone() });
    let rest = compared(desk, &mut package, &contents, &exam, &card).map_err(|e| (Some(known()), e))?;
    let Compared { state, copies, law, standing, merged, blocked } = rest;
    let ours = match desk.exam.as_ref().filter(|_| standing != StandingWord::NewExam) {
        Some(open) => open.store.exchange_state(None).map_err(|e| (Some(known()), e.into()))?,
        None => ExamState::default(),
    };
    let rows = rows(&merged, &ours);
    let path = path.to_owned();
    Ok(Looked { path, sha256, contents, exam, state, copies, law, sender, standing, merged, blocked, rows })
}

struct Compared {
    state: ExamState,
    copies: Vec<ReceivedCopy>,
    law: Option<LawLine>,
    standing: StandingWord,
    merged: Merged,
    blocked: Vec<Blocked>,
}

fn compared(
    desk: &Desk,
    package: &mut Opened,
    contents: &Contents,
    exam: &ExamLine,
    card: &Card,
) -> Result<Compared, AppError> {
    let head = &contents.head;
    let records = needed(package, lines::RECORDS)?;
    let state = lines::read_records(&mut records.as_slice(), &head.seen)?;
    drop(records);
    let mut copies = Vec::new();
    for copy in &exam.copies {
        let entries = match small(package, &lines::journal(&copy.copy))? {
            Some(bytes) => lines::read_journal(&mut bytes.as_slice())?,
            None => Vec::new(),
        };
        let (label, recipient) = match copy.copy == head.copy {
            true => (head.sender.name.clone(), card.recipient.clone()),
            false => (copy.label.clone(), copy.recipient.clone()),
        };
        let checkpoint = copy.checkpoint();
        copies.push(ReceivedCopy {
            copy: copy.copy.clone(),
            block: copy.block,
            label,
            recipient,
            checkpoint,
            entries,
        });
    }
    let law: Option<LawLine> = match small(package, lines::LAW)? {
        Some(bytes) => {
            Some(serde_json::from_slice(&bytes).map_err(|_| AppError::new("handover_unreadable"))?)
        }
        None => None,
    };
    let vault = &desk.vault()?.vault;
    let here = vault.exams()?.iter().any(|e| e.id == head.exam) && !exam.deidentified;
    let mut out = Compared {
        state,
        copies,
        law,
        standing: StandingWord::NewExam,
        merged: Merged::default(),
        blocked: Vec::new(),
    };
    if !here {
        if head.kind != PackageKind::Whole {
            return Err(AppError::new("handover_needs_exam"));
        }
        let law = out.law.as_ref().ok_or_else(|| AppError::new("handover_unreadable"))?;
        if crate::edition::sha256_of(&law.files) != law.sha256 || law.sha256 != exam.law {
            return Err(AppError::new("handover_unreadable"));
        }
        let mine = exam.deidentified || exam.blocks.contains_key(vault.recipient());
        if !mine {
            return Err(AppError::new("handover_not_for_us"));
        }
        out.merged = merge(&plan::rules(), &ExamState::default(), Offer::whole(&out.state));
        return Ok(out);
    }
    out.standing = StandingWord::Mergeable;
    let Some(open) = desk.exam.as_ref().filter(|open| *open.store.id() == head.exam) else {
        return Ok(out);
    };
    let store = &open.store;
    if store.is_sealed() {
        return Err(AppError::new("exam_sealed"));
    }
    let mut pinned = store.editions()?;
    let mut theirs = head.editions.clone();
    pinned.sort_by(|a, b| a.document.cmp(&b.document));
    theirs.sort_by(|a, b| a.document.cmp(&b.document));
    if pinned != theirs {
        let differ = theirs.iter().filter(|p| !pinned.contains(p)).map(|p| p.document.as_str());
        let differ: Vec<&str> = differ.collect();
        return Err(AppError::new("handover_other_law").with("what", differ.join("、")));
    }
    store.check_copies(&out.copies)?;
    let ours = store.exchange_state(None)?;
    let offer = match (head.kind, &head.since) {
        (PackageKind::Whole, _) => Offer::whole(&out.state),
        (PackageKind::Since, Some(since)) => {
            let offer = Offer::since(&out.state, since, &ours.seen);
            if !offer.is_complete() {
                return Err(AppError::new("handover_gap"));
            }
            offer
        }
        _ => Offer::part(&out.state),
    };
    out.merged = merge(&plan::rules(), &ours, offer);
    let nothing = out.merged.changes.is_empty() && out.merged.open().next().is_none();
    if nothing && (out.merged.seen == ours.seen || head.kind == PackageKind::Part) {
        out.standing = StandingWord::NothingNew;
    }
    let mut would = out.merged.changes.clone();
    would.extend(out.merged.conflicts.iter().map(|c| FieldChange {
        record: c.record.clone(),
        field: c.field.clone(),
        before: Some(c.ours.clone()),
        after: c.theirs.clone(),
    }));
    out.blocked = store.merge_blocked(&would, &head.seen)?;
    Ok(out)
}

fn sender(desk: &Desk, card: &Card) -> Result<SenderView, AppError> {
    let vault = &desk.vault()?.vault;
    let own = vault.recipient() == card.recipient;
    let mut known = card.clone();
    let trust = match vault.acquaintance(card)? {
        _ if own => TrustWord::Verified,
        // Under the name by which they are known here.
        Acquaintance::Verified(c) | Acquaintance::Pinned(c) => {
            let trust = trust_of(&c);
            known = c.card;
            trust
        }
        Acquaintance::KeyChanged(_) => TrustWord::KeyChanged,
        Acquaintance::Unknown => TrustWord::Unknown,
    };
    Ok(SenderView {
        name: known.name,
        unit: known.unit,
        fingerprint: card.fingerprint().groups().join(" "),
        trust,
    })
}

fn scope(contents: &Contents) -> HandoverScopeWord {
    match contents.head.kind {
        PackageKind::Whole => HandoverScopeWord::Whole,
        PackageKind::Since => HandoverScopeWord::Changes,
        PackageKind::Part => HandoverScopeWord::Parts,
    }
}

fn exam_view(desk: &Desk, contents: &Contents, exam: &ExamLine) -> TakeInExamView {
    TakeInExamView {
        id: contents.head.exam.to_string(),
        firm: exam.firm.clone(),
        case_no: exam.case_no.clone(),
        as_of: exam.as_of.clone(),
        open: desk.exam.as_ref().is_some_and(|open| *open.store.id() == contents.head.exam),
    }
}

/// Names a conflict: the same whenever this package meets this exam.
pub(super) fn conflict_id(c: &FieldConflict) -> String {
    let name = format!("{}\n{}\n{}", c.record.table, c.record.key, c.field);
    hex::encode(Sha256::digest(name)).chars().take(24).collect()
}

fn view_of(desk: &Desk, looked: &Looked, bytes: f64) -> Result<TakeInView, AppError> {
    let ours = match &desk.exam {
        Some(open) if looked.standing != StandingWord::NewExam => open.store.exchange_state(None)?,
        _ => ExamState::default(),
    };
    let counts =
        looked.merged.counts(&ours).into_iter().map(|(table, c)| {
            (table, [c.added as u64, c.changed as u64, c.taken_away as u64, c.united as u64])
        });
    let conflicts = looked.merged.open().map(|c| conflict(desk, looked, &ours, c));
    let conflicts = conflicts.collect::<Result<_, _>>()?;
    let blocked = looked.blocked.iter().map(|b| blocked(desk, b)).collect::<Result<_, _>>()?;
    Ok(TakeInView {
        path: looked.path.to_string_lossy().into_owned(),
        sha256: looked.sha256.clone(),
        bytes,
        sender: Some(looked.sender.clone()),
        made_at: dates::moment(looked.contents.head.made_at),
        exam: Some(exam_view(desk, &looked.contents, &looked.exam)),
        scope: scope(&looked.contents),
        evidence_as: match looked.exam.evidence_included {
            true => EvidenceModeWord::Included,
            false => EvidenceModeWord::ByReference,
        },
        deidentified: looked.exam.deidentified,
        standing: looked.standing,
        refusal: None,
        counts: kinds::merged(counts),
        changes: view::small(looked.rows.len()),
        conflicts,
        blocked,
        lanes: lanes(desk, looked)?,
    })
}

fn held(table: &str, field: &str, f: &Field) -> HeldView {
    HeldView { value: words::value(table, field, &f.value), by: f.by.clone(), at: dates::moment(f.at) }
}

fn conflict(
    desk: &Desk,
    looked: &Looked,
    ours: &ExamState,
    c: &FieldConflict,
) -> Result<ConflictView, AppError> {
    let (table, key) = (c.record.table.as_str(), &c.record);
    let record = ours.records.get(key).or_else(|| looked.state.records.get(key));
    let there = c.field == THERE;
    let side = |f: &Field| match there {
        // Whether the record is there: gone is nothing, else the record itself.
        true => HeldView {
            value: (f.value == Held::Int(1)).then(|| "保留".to_owned()),
            by: f.by.clone(),
            at: dates::moment(f.at),
        },
        false => held(table, &c.field, f),
    };
    Ok(ConflictView {
        id: conflict_id(c),
        kind: kinds::of(table),
        what: words::what(&desk.bundle, key, record.unwrap_or(&Record::new()), &looked.exam.case_no),
        field: if there { String::new() } else { words::field(&desk.bundle, table, &c.field) },
        ours: side(&c.ours),
        theirs: side(&c.theirs),
        ancestor: ancestor(desk, looked, c)?,
        text: words::is_free_text(table, &c.field),
    })
}

/// What both began with, as far as the journals say.
fn ancestor(desk: &Desk, looked: &Looked, c: &FieldConflict) -> Result<Option<String>, AppError> {
    if c.field == THERE {
        return Ok(None);
    }
    let held = desk.exam()?.store.ancestor(&c.record, &c.field, &looked.contents.head.seen)?;
    Ok(held.and_then(|held| words::value(&c.record.table, &c.field, &held)))
}

fn blocked(desk: &Desk, b: &Blocked) -> Result<BlockedView, AppError> {
    let signed = desk.exam()?.store.sign_offs()?;
    let last = signed.iter().rev().find(|s| s.paper == b.paper);
    Ok(BlockedView {
        paper: b.paper.clone(),
        title: if b.paper == WHOLE_EXAM { "全案".to_owned() } else { format!("底稿 {}", b.paper) },
        by: last.map(|s| s.by.clone()).unwrap_or_default(),
        at: last.map(|s| dates::moment(s.at)).unwrap_or_default(),
        changes: view::small(b.records),
    })
}

/// The package that was looked at last, if it is this one.
pub(super) fn looked_at<'a>(desk: &'a Desk, sha256: &str) -> Result<&'a Looked, AppError> {
    let looked = desk.package.as_ref().filter(|looked| looked.sha256 == sha256);
    looked.ok_or_else(|| AppError::new("handover_not_looked_at"))
}
