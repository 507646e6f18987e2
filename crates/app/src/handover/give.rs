//! 交出: writing a package.

use super::lines::{self, CopyLine, ExamLine, LawLine};
use super::masked::{mask_state, masked_rows};
use super::plan::{self, Chosen};
use super::{pipe, refusal};
use crate::contact;
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::export::write_beside_with;
use crate::mask;
use crate::view;
use crate::wire::{
    HandoverContactView, HandoverCreateRequest, HandoverMadeView, HandoverProgressView, HandoverRequest,
    HandoverScopeWord, HandoverStepWord, HandoverView,
};
use fieldbook_handover::{Head, Mode, PackageKind, PackageWriter, Sender};
use fieldbook_model::{Moment, RecordKey};
use fieldbook_vault::{Card, CopyHead, ExamStore, HandedOver};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the name of every package ends with.
const ENDING: &str = ".fieldbook.age";
/// Entries of a journal that are read at a time.
const ENTRIES: u64 = 4096;

/// What handing the open exam over begins with.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn handover(desk: &Desk) -> Result<HandoverView, AppError> {
    let vault = &desk.vault()?.vault;
    let store = &desk.exam()?.store;
    let given = store.handed_over()?;
    let contacts = vault.contacts()?;
    let one = |c: &fieldbook_vault::Contact| {
        let recipient = plan::Recipient {
            age: c.card.recipient.clone(),
            name: c.card.name.clone(),
            contact: Some(c.clone()),
        };
        Ok::<_, AppError>(HandoverContactView {
            id: c.id.to_string(),
            name: c.card.name.clone(),
            unit: c.card.unit.clone(),
            fingerprint: c.card.fingerprint().groups().join(" "),
            trust: super::trust_of(c),
            last: plan::last(desk, &given, &recipient)?,
        })
    };
    let exam = store.exam()?;
    let name = if exam.case_no.is_empty() { exam.id.to_string() } else { exam.case_no };
    let name: String = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    Ok(HandoverView {
        contacts: contacts.iter().map(one).collect::<Result<_, _>>()?,
        fingerprint: vault.fingerprint()?.groups().join(" "),
        file: format!("{name}{ENDING}"),
    })
}

/// Writes a package.
///
/// # Errors
/// As [`plan`](super::plan()); `no_recipient`, `nothing_to_hand_over`, `never_exchanged`, `cancelled`, `export_failed`,
/// `no_signer`. Nothing stays of what fails.
pub fn create(
    desk: &mut Desk,
    request: &HandoverCreateRequest,
    progress: &mut dyn FnMut(HandoverProgressView),
) -> Result<HandoverMadeView, AppError> {
    let cancel = desk.cancel_flag();
    cancel.store(false, Ordering::Relaxed);
    let what = &request.what;
    let path = Path::new(request.path.trim());
    if path.as_os_str().is_empty() {
        return Err(AppError::new("required").with("field", "交接檔"));
    }
    progress(HandoverProgressView { step: HandoverStepWord::Gathering, done: 0.0, of: 0.0 });
    let chosen = plan::chosen(desk, what)?;
    if chosen.recipients.is_empty() {
        return Err(AppError::new("no_recipient"));
    }
    if what.scope == HandoverScopeWord::Changes && chosen.since.is_none() {
        return Err(AppError::new("never_exchanged"));
    }
    if chosen.state.records.is_empty() {
        return Err(AppError::new("nothing_to_hand_over"));
    }
    let made_at = desk.host.now();
    let blocks = blocks(desk, what, &chosen)?;
    let copies = if what.deidentified { Vec::new() } else { copies(&desk.exam()?.store, &chosen)? };
    let head = head(desk, what, &chosen, made_at)?;
    let seen = head.seen.clone();
    let recipients: Vec<String> = chosen.recipients.iter().map(|r| r.age.clone()).collect();
    let of = view::number(chosen.pieces.1);
    let mut told = Told { progress, cancel: &cancel, done: 0, of };
    let exam = exam_line(desk, what, &blocks, &copies)?;
    let file = write_beside_with(path, |to| {
        let mut writer = PackageWriter::new(to, &recipients, head).map_err(refusal)?;
        let mut small = |path: &str, bytes: &[u8]| {
            let mut bytes = bytes;
            writer.add(path, Mode::Deflated, &mut bytes).map(|_| ()).map_err(refusal)
        };
        small(lines::EXAM, &serde_json::to_vec(&exam).map_err(internal)?)?;
        if what.scope == HandoverScopeWord::Whole {
            small(lines::LAW, &serde_json::to_vec(&law_line(desk)?).map_err(internal)?)?;
        }
        let masked = |state| if what.deidentified { mask_state(state) } else { state };
        let state = masked(chosen.state.clone());
        told.add(&mut writer, lines::RECORDS, Mode::Deflated, |to| lines::write_records(&state, to))?;
        let store = &desk.exam()?.store;
        for copy in &copies {
            let write = |to: &mut dyn Write| write_journal(store, copy, to);
            told.add(&mut writer, &lines::journal(&copy.copy), Mode::Deflated, write)?;
        }
        for record in &chosen.payload {
            let path = lines::payload(record).ok_or_else(|| internal("a record without a place"))?;
            if record.table == "evidence" {
                let (id, mode) = piece(store, record)?;
                let write = |to: &mut dyn Write| Ok(store.evidence_bytes(id, to)?);
                told.add(&mut writer, &path, mode, write)?;
            } else if what.deidentified {
                let write = |to: &mut dyn Write| masked_rows(desk, store, record, to);
                told.add(&mut writer, &path, Mode::Deflated, write)?;
            } else {
                let write = |to: &mut dyn Write| Ok(store.write_rows(record, to)?);
                told.add(&mut writer, &path, Mode::Deflated, write)?;
            }
        }
        let vault = &desk.vault()?.vault;
        writer.finish(|message| vault.sign(message).map_err(Failed::from)).map_err(|e| e.0)?;
        Ok(())
    })?;
    let by = desk.exam()?.examiner.clone();
    let given: Vec<HandedOver> = chosen
        .recipients
        .iter()
        .map(|r| HandedOver {
            at: made_at,
            by: by.clone(),
            recipient: r.age.clone(),
            kind: plan::scope_code(what).to_owned(),
            package_sha256: file.sha256.clone(),
            block: blocks.get(&r.age).copied(),
            seen: seen.clone(),
        })
        .collect();
    desk.exam_mut()?.store.record_handover(&given)?;
    desk.saved();
    Ok(HandoverMadeView {
        path: file.file,
        sha256: file.sha256,
        bytes: file.size,
        recipients: chosen.recipients.iter().map(|r| r.name.clone()).collect(),
    })
}

/// The error of a signature or of the package that it is for.
struct Failed(AppError);

impl From<fieldbook_vault::VaultError> for Failed {
    fn from(e: fieldbook_vault::VaultError) -> Self {
        Self(e.into())
    }
}

impl From<fieldbook_handover::PackageError> for Failed {
    fn from(e: fieldbook_handover::PackageError) -> Self {
        Self(refusal(e))
    }
}

fn head(desk: &Desk, what: &HandoverRequest, chosen: &Chosen, made_at: Moment) -> Result<Head, AppError> {
    let store = &desk.exam()?.store;
    let card = Card::read(&contact::own_text(desk)?.0)?;
    Ok(Head {
        kind: match what.scope {
            HandoverScopeWord::Whole => PackageKind::Whole,
            HandoverScopeWord::Parts => PackageKind::Part,
            HandoverScopeWord::Changes => PackageKind::Since,
        },
        sender: Sender { name: card.name, key: card.signer },
        organisation: card.unit,
        exam: store.id().clone(),
        copy: store.own_copy()?.copy,
        seen: chosen.state.seen.clone(),
        since: chosen.since.clone(),
        editions: store.editions()?,
        made_at,
    })
}

fn exam_line(
    desk: &Desk,
    what: &HandoverRequest,
    blocks: &BTreeMap<String, i64>,
    copies: &[CopyLine],
) -> Result<ExamLine, AppError> {
    let store = &desk.exam()?.store;
    let exam = store.exam()?;
    let named = |text: String| if what.deidentified { mask::masked_name(&text) } else { text };
    Ok(ExamLine {
        firm: named(exam.firm),
        case_no: named(exam.case_no),
        as_of: exam.as_of.to_string(),
        law: store.law_sha256()?.unwrap_or_default(),
        card: contact::own_text(desk)?.0,
        deidentified: what.deidentified,
        evidence_included: what.evidence_as == crate::wire::EvidenceModeWord::Included && !what.deidentified,
        copies: copies.to_vec(),
        blocks: blocks.clone(),
    })
}

/// The checklists as a receiver who has others needs them.
fn law_line(desk: &Desk) -> Result<LawLine, AppError> {
    let store = &desk.exam()?.store;
    let sha256 = store.law_sha256()?.unwrap_or_default();
    let files = desk.vault()?.vault.law(&sha256)?.unwrap_or_default();
    let pins = store.editions()?;
    let pins = pins.into_iter().map(|p| [p.document, p.version, p.content_sha256]).collect();
    Ok(LawLine { sha256, files, pins })
}

/// Every copy, with where its journal begins in the package.
fn copies(store: &ExamStore, chosen: &Chosen) -> Result<Vec<CopyLine>, AppError> {
    let own = CopyHead { label: String::new(), ..store.own_copy()? };
    let others = store.other_copies()?;
    let line = |head: CopyHead| CopyLine {
        after: chosen.since.as_ref().and_then(|s| s.get(&head.copy)).copied().unwrap_or(0),
        copy: head.copy,
        block: head.block,
        label: head.label,
        recipient: head.recipient,
        size: head.checkpoint.size,
        root: head.checkpoint.root,
    };
    Ok(std::iter::once(own).chain(others).map(line).collect())
}

/// A block of numbers for each recipient who may make a copy of a whole exam.
fn blocks(desk: &Desk, what: &HandoverRequest, chosen: &Chosen) -> Result<BTreeMap<String, i64>, AppError> {
    if what.scope != HandoverScopeWord::Whole {
        return Ok(BTreeMap::new());
    }
    let entropy = std::sync::Arc::clone(&desk.host.entropy);
    let mut taken = Vec::new();
    for _ in &chosen.recipients {
        let next = desk.exam()?.store.next_block(&taken, &mut |bytes| entropy(bytes))?;
        taken.push(next);
    }
    Ok(chosen.recipients.iter().map(|r| r.age.clone()).zip(taken).collect())
}

fn write_journal(store: &ExamStore, copy: &CopyLine, to: &mut dyn Write) -> Result<(), AppError> {
    let mut after = copy.after;
    while after < copy.size {
        let some = store.copy_entries(&copy.copy, after, ENTRIES.min(copy.size - after))?;
        if some.is_empty() {
            return Ok(());
        }
        after += some.len() as u64;
        some.iter().try_for_each(|e| lines::write_entry(e, to))?;
    }
    Ok(())
}

/// The number of a piece, and whether it is worth packing.
fn piece(store: &ExamStore, record: &RecordKey) -> Result<(i64, Mode), AppError> {
    const PACKED: [&str; 12] =
        ["zip", "xlsx", "docx", "pptx", "png", "jpg", "jpeg", "gz", "7z", "mp4", "pdf", "webp"];
    let key: Vec<String> = serde_json::from_str(&record.key).map_err(internal)?;
    let found = store.evidence()?.into_iter().find(|e| Some(&e.sha256) == key.first());
    let found = found.ok_or_else(|| internal("a piece that is gone"))?;
    let packed = PACKED.contains(&found.format.to_ascii_lowercase().as_str());
    Ok((found.id, if packed { Mode::Stored } else { Mode::Deflated }))
}

/// Tells how far it is, and stops what was cancelled.
struct Told<'a> {
    progress: &'a mut dyn FnMut(HandoverProgressView),
    cancel: &'a AtomicBool,
    done: u64,
    of: f64,
}

impl Told<'_> {
    fn add<W: Write + Send>(
        &mut self,
        writer: &mut PackageWriter<W>,
        path: &str,
        mode: Mode,
        write: impl FnOnce(&mut dyn Write) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let cancel = self.cancel;
        let (written, added) = pipe::from_here(
            |to| write(&mut Counted { to, told: self }),
            |from| writer.add(path, mode, &mut Stoppable { from, cancel }),
        );
        if cancel.load(Ordering::Relaxed) {
            return Err(AppError::new("cancelled"));
        }
        added.map_err(refusal)?;
        written
    }
}

/// Counts what passes.
struct Counted<'a, 'b> {
    to: &'a mut dyn Write,
    told: &'a mut Told<'b>,
}

impl Write for Counted<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        const STEP: u64 = 8 << 20;
        let before = self.told.done / STEP;
        self.told.done += bytes.len() as u64;
        if self.told.done / STEP > before {
            let done = view::number(self.told.done).min(self.told.of);
            (self.told.progress)(HandoverProgressView {
                step: HandoverStepWord::Writing,
                done,
                of: self.told.of,
            });
        }
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Ends with an error once it was cancelled.
struct Stoppable<'a> {
    from: &'a mut dyn Read,
    cancel: &'a AtomicBool,
}

impl Read for Stoppable<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        self.from.read(into)
    }
}
