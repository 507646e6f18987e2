//! Taking a package in, and taking a merge back.

use super::lines;
use super::take::{self, Looked, Opened, conflict_id};
use super::{kinds, pipe, plan};
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::exam::exam_open;
use crate::view;
use crate::wire::{
    ChoiceWord, ExamRequest, HandoverProgressView, HandoverStepWord, MergeApplyRequest, MergeChoice,
    MergeDoneView, MergeUndoRequest, MergeView, MergesView, StandingWord, TrustWord,
};
use fieldbook_handover::{Choice, Offer, PackageKind, merge, resolve};
use fieldbook_model::{EditionPin, ExamId, ExamState, FieldConflict, Held, Moment, RecordKey, Stamp, THERE};
use fieldbook_vault::{
    ExamLaw, ExamStore, MergeCount, MergeOrder, MergeRecord, Payload, Take, UndoBar, VaultError,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What belongs to records, from the package. Its reading is on a thread of its own.
struct FromPackage<'a> {
    package: Opened,
    cancel: Arc<AtomicBool>,
    progress: &'a mut dyn FnMut(HandoverProgressView),
    done: f64,
    of: f64,
}

impl Payload for FromPackage<'_> {
    fn give(&mut self, record: &RecordKey, take: Take<'_>) -> Result<(), VaultError> {
        const PACKAGE: VaultError = VaultError::Damaged { what: "package" };
        let path = lines::payload(record).ok_or(PACKAGE)?;
        let (package, cancel) = (&mut self.package, Arc::clone(&self.cancel));
        let size = package.contents().files.iter().find(|f| f.path == path).map_or(0, |f| f.size);
        let (read, taken) = pipe::to_here(
            |to| {
                package.read(&path, &mut |bytes| {
                    if cancel.load(Ordering::Relaxed) || to.write_all(bytes).is_err() {
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                })
            },
            take,
        );
        if self.cancel.load(Ordering::Relaxed) {
            return Err(VaultError::Cancelled);
        }
        taken?;
        read.map_err(|_| PACKAGE)?;
        self.done += view::number(size);
        let (done, of) = (self.done, self.of);
        (self.progress)(HandoverProgressView { step: HandoverStepWord::Merging, done, of });
        Ok(())
    }
}

/// Takes a package in: merges it into the open exam, or makes the exam that is not here.
///
/// # Errors
/// `handover_not_looked_at`, `handover_replaced` when the file is another one now, `sender_unanswered`, `sender_key_changed`,
/// `handover_refused_here`, `conflicts_open`, `unfit_choice`, `signed_off`, `cancelled`, or the store's. Nothing has changed
/// then.
pub fn apply(
    desk: &mut Desk,
    request: &MergeApplyRequest,
    progress: &mut dyn FnMut(HandoverProgressView),
) -> Result<MergeDoneView, AppError> {
    desk.cancel_flag().store(false, Ordering::Relaxed);
    let looked = desk.package.take().filter(|l| l.sha256 == request.sha256);
    let looked = looked.ok_or_else(|| AppError::new("handover_not_looked_at"))?;
    let done = applied(desk, &looked, request, progress);
    if done.is_err() {
        desk.package = Some(looked);
    }
    done
}

fn applied(
    desk: &mut Desk,
    looked: &Looked,
    request: &MergeApplyRequest,
    progress: &mut dyn FnMut(HandoverProgressView),
) -> Result<MergeDoneView, AppError> {
    if looked.sender.trust == TrustWord::KeyChanged {
        return Err(AppError::new("sender_key_changed"));
    }
    if looked.sender.trust != TrustWord::Verified && !request.sender_accepted {
        return Err(AppError::new("sender_unanswered"));
    }
    let path = Path::new(request.path.trim());
    if take::sha256_of(desk, path, progress)?.0 != looked.sha256 {
        return Err(AppError::new("handover_replaced"));
    }
    let of = looked.contents.files.iter().map(|f| f.size).sum();
    let mut payload = FromPackage {
        package: take::open(desk, path)?,
        cancel: desk.cancel_flag(),
        progress,
        done: 0.0,
        of: view::number(of),
    };
    match looked.standing {
        StandingWord::NewExam => received(desk, looked, &mut payload),
        StandingWord::Mergeable | StandingWord::NothingNew => {
            merged(desk, looked, &request.choices, &mut payload)
        }
        StandingWord::Refused => Err(AppError::new("handover_refused_here")),
    }
}

/// Pieces of evidence, by SHA-256, whose bytes are not in the package.
fn elsewhere(looked: &Looked) -> Vec<String> {
    let held: BTreeSet<&str> =
        looked.contents.files.iter().filter_map(|f| f.path.strip_prefix("evidence/")).collect();
    let pieces = looked.state.records.keys().filter(|k| k.table == "evidence");
    let names = pieces.filter_map(|k| serde_json::from_str::<Vec<String>>(&k.key).ok()?.pop());
    names.filter(|sha256| !held.contains(sha256.as_str())).collect()
}

fn order(looked: &Looked, by: &str, at: Moment) -> MergeOrder {
    MergeOrder {
        at,
        by: by.to_owned(),
        sender: looked.sender.name.clone(),
        package_sha256: looked.sha256.clone(),
        copies: looked.copies.clone(),
        seen: looked.contents.head.seen.clone(),
        changes: Vec::new(),
        conflicts: Vec::new(),
        elsewhere: elsewhere(looked),
    }
}

fn merged(
    desk: &mut Desk,
    looked: &Looked,
    choices: &[MergeChoice],
    payload: &mut FromPackage<'_>,
) -> Result<MergeDoneView, AppError> {
    let now = desk.host.now();
    let open = desk.exam_mut()?;
    if *open.store.id() != looked.contents.head.exam {
        return Err(AppError::new("handover_other_exam"));
    }
    let examiner = open.examiner.clone();
    // Compared anew: the exam may have gone on since the package was looked at.
    let ours = open.store.exchange_state(None)?;
    let offer = match (looked.contents.head.kind, &looked.contents.head.since) {
        (PackageKind::Whole, _) => Offer::whole(&looked.state),
        (PackageKind::Since, Some(since)) => Offer::since(&looked.state, since, &ours.seen),
        _ => Offer::part(&looked.state),
    };
    let found = merge(&plan::rules(), &ours, offer);
    let mut decided = BTreeMap::new();
    for choice in choices {
        let conflict = found.conflicts.iter().find(|c| conflict_id(c) == choice.id);
        let conflict = conflict.ok_or_else(|| AppError::new("unfit_choice"))?;
        decided.insert((conflict.record.clone(), conflict.field.clone()), chosen(conflict, choice)?);
    }
    let stamp = open.store.merge_stamp()?;
    let changes = resolve(&found, &decided, &stamp, &examiner, now).map_err(|e| {
        AppError::new(if e.open.is_empty() { "unfit_choice" } else { "conflicts_open" })
            .with("n", e.open.len())
    })?;
    let blocked = open.store.merge_blocked(&changes, &looked.contents.head.seen)?;
    if let Some(first) = blocked.first() {
        return Err(AppError::new("merge_blocked").with("paper", &first.paper));
    }
    let conflicts = found.open().cloned().collect();
    let order = MergeOrder { changes, conflicts, seen: found.seen.clone(), ..order(looked, &examiner, now) };
    let id = open.store.merge(&order, payload)?;
    let exam = open.store.id().to_string();
    reopened(desk, &exam, examiner)?;
    desk.saved();
    let record = desk.exam()?.store.merges()?.into_iter().find(|m| m.id == id);
    let counts = record.map(|m| m.counts).unwrap_or_default();
    Ok(MergeDoneView {
        exam,
        merge: view::small(id),
        counts: kinds::merged(counts_of(&counts)),
        undo_possible: true,
    })
}

fn counts_of(counts: &BTreeMap<String, MergeCount>) -> Vec<(String, [u64; 4])> {
    counts.iter().map(|(t, n)| (t.clone(), [n.added, n.changed, n.taken_away, 0])).collect()
}

/// Opens the exam anew: everything that was derived from it may have changed.
fn reopened(desk: &mut Desk, exam: &str, examiner: String) -> Result<(), AppError> {
    desk.close_exam();
    exam_open(desk, &ExamRequest { exam: exam.to_owned() })?;
    desk.exam_mut()?.examiner = examiner;
    Ok(())
}

fn chosen(conflict: &FieldConflict, choice: &MergeChoice) -> Result<Choice, AppError> {
    Ok(match choice.choice {
        ChoiceWord::Ours => Choice::Ours,
        ChoiceWord::Theirs => Choice::Theirs,
        ChoiceWord::Both | ChoiceWord::Text => {
            if !super::words::is_free_text(&conflict.record.table, &conflict.field) {
                return Err(AppError::new("unfit_choice"));
            }
            Choice::Other(Held::Text(choice.text.trim().to_owned()))
        }
    })
}

fn received(
    desk: &mut Desk,
    looked: &Looked,
    payload: &mut FromPackage<'_>,
) -> Result<MergeDoneView, AppError> {
    let law = looked.law.as_ref().ok_or_else(|| AppError::new("handover_unreadable"))?;
    let pin = |p: &[String; 3]| EditionPin {
        document: p[0].clone(),
        version: p[1].clone(),
        content_sha256: p[2].clone(),
    };
    let law = ExamLaw {
        sha256: law.sha256.clone(),
        files: law.files.clone(),
        packages: Vec::new(),
        pins: law.pins.iter().map(pin).collect(),
    };
    let bundle = crate::edition::of_files(&law.files)?;
    let now = desk.host.now();
    let by = desk.person();
    let entropy = Arc::clone(&desk.host.entropy);
    let head = &looked.contents.head;
    let (id, block) = if looked.exam.deidentified {
        let mut random = [0_u8; 6];
        entropy(&mut random);
        (ExamId::drawn(random, head.exam.is_practice()), 0)
    } else {
        let own = desk.vault()?.vault.recipient();
        let block = looked.exam.blocks.get(own).copied();
        (head.exam.clone(), block.ok_or_else(|| AppError::new("handover_not_for_us"))?)
    };
    let order = |store: &ExamStore| {
        let state = match looked.exam.deidentified {
            true => anew(&looked.state, &id, &store.merge_stamp()?, &looked.sender.name, now),
            false => looked.state.clone(),
        };
        let found = merge(&plan::rules(), &ExamState::default(), Offer::whole(&state));
        let mut order = MergeOrder { changes: found.changes, ..order(looked, &by, now) };
        if looked.exam.deidentified {
            (order.copies, order.seen) = (Vec::new(), store.seen()?);
        }
        Ok::<_, VaultError>(order)
    };
    desk.vault_mut()?.vault.receive_exam(
        &id,
        block,
        &law,
        &bundle.datasets,
        &order,
        payload,
        &mut |bytes| entropy(bytes),
        (&by, now),
    )?;
    desk.saved();
    if desk.exam.is_none() {
        // What lists over all exams know of it is found out on opening.
        exam_open(desk, &ExamRequest { exam: id.to_string() })?;
        desk.close_exam();
    }
    let counts = looked.merged.counts(&ExamState::default()).into_iter();
    let counts = counts.map(|(table, c)| (table, [c.added as u64, 0, 0, 0]));
    Ok(MergeDoneView { exam: id.to_string(), merge: 0, counts: kinds::merged(counts), undo_possible: false })
}

/// The records of a de-identified exam as if they were written here: an exam of its own, which never meets the one that it
/// was made from.
fn anew(state: &ExamState, id: &ExamId, stamp: &Stamp, by: &str, at: Moment) -> ExamState {
    let mut state = state.clone();
    for (key, record) in &mut state.records {
        for (name, field) in record.iter_mut() {
            field.stamp = stamp.clone();
            (field.by, field.at) = (by.to_owned(), at);
            if key.table == "exam" && name == "id" {
                field.value = Held::Text(id.to_string());
            }
        }
    }
    state.records.retain(|_, record| record.get(THERE).is_some_and(|f| f.value == Held::Int(1)));
    state
}

/// The merges of the open exam, the newest first.
///
/// # Errors
/// `no_exam`, or the store's.
pub fn merges(desk: &Desk) -> Result<MergesView, AppError> {
    let store = &desk.exam()?.store;
    let all = store.merges()?;
    let views = all.iter().rev().map(|m| merge_view(store, m));
    Ok(MergesView { merges: views.collect::<Result<_, _>>()? })
}

fn merge_view(store: &ExamStore, m: &MergeRecord) -> Result<MergeView, AppError> {
    let bar = store.merge_undo_bar(m.id)?;
    let (undone_by, undone_at, undone_reason) = match &m.undone {
        Some((by, at, reason)) => (by.clone(), dates::moment(*at), reason.clone()),
        None => Default::default(),
    };
    let why_not = bar.filter(|bar| *bar != UndoBar::Done);
    Ok(MergeView {
        merge: view::small(m.id),
        at: dates::moment(m.at),
        by: m.by.clone(),
        sender: m.sender.clone(),
        made_at: String::new(),
        sha256: m.package_sha256.clone(),
        counts: kinds::merged(counts_of(&m.counts)),
        conflicts: view::small(m.resolved),
        undone_at,
        undone_by,
        undone_reason,
        undo_possible: bar.is_none() && !store.is_sealed(),
        why_not: why_not.map(|bar| AppError::from(VaultError::CannotUndo { bar }).view()),
    })
}

/// Takes a merge back whole.
///
/// # Errors
/// `note_required` without a reason; `unknown_merge`, `merge_undone`, `merge_under_later`, `merge_changed_since`,
/// `merge_handed_over`, or the store's.
pub fn undo(desk: &mut Desk, request: &MergeUndoRequest) -> Result<MergesView, AppError> {
    let now = desk.host.now();
    let open = desk.exam_mut()?;
    let examiner = open.examiner.clone();
    open.store.undo_merge(i64::from(request.merge), &examiner, now, &request.reason)?;
    let exam = open.store.id().to_string();
    reopened(desk, &exam, examiner)?;
    desk.saved();
    merges(desk)
}
