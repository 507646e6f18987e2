//! 覆核: notes on papers, signatures over what they say, and opening them again.

use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::dossier::dossier;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    IdentityRequest, IdentityView, NoteAnswerRequest, NoteRequest, NoteView, PaperView, ReopenRequest,
    ReopeningView, ReviewView, SaidView, SignRequest, SignatureView,
};
use fieldbook_model::{Reopening, ReviewNote, Said, SignOff, SignRole, WHOLE_EXAM};
use fieldbook_report::{Dossier, PaperContent, SignedPaper};
use fieldbook_vault::{VaultError, sign_off_holds};
use secrecy::SecretString;

/// Characters that the passphrase of an identity needs at least.
pub const MIN_SIGN_PASSPHRASE: usize = 8;
/// What stands for the exam as a whole where papers are listed.
const WHOLE: &str = "全案";

/// The signatures of every paper that somebody signed, by paper.
pub(crate) fn signed(open: &OpenExam) -> Result<Vec<SignedPaper>, AppError> {
    let (sign_offs, reopenings) = (open.store.sign_offs()?, open.store.reopenings()?);
    let mut out: Vec<SignedPaper> = Vec::new();
    for sign_off in sign_offs {
        match out.iter_mut().find(|p| p.paper == sign_off.paper) {
            Some(paper) => paper.signatures.push(sign_off),
            None => {
                let own: Vec<Reopening> =
                    reopenings.iter().filter(|r| r.paper == sign_off.paper).cloned().collect();
                out.push(SignedPaper {
                    paper: sign_off.paper.clone(),
                    version: view::small(own.len() + 1),
                    signatures: vec![sign_off],
                    reopenings: own,
                });
            }
        }
    }
    Ok(out)
}

/// What every paper says now, the exam as a whole first.
pub(crate) fn contents(desk: &Desk) -> Result<Vec<PaperContent>, AppError> {
    desk.exam()?.contents.or(desk, || Ok(said_by(&dossier(desk, true)?)))
}

/// [`contents`] of an exam that was read already.
pub(crate) fn contents_of(desk: &Desk, dossier: &Dossier) -> Result<Vec<PaperContent>, AppError> {
    desk.exam()?.contents.or(desk, || Ok(said_by(dossier)))
}

fn said_by(dossier: &Dossier) -> Vec<PaperContent> {
    let papers = fieldbook_report::paper_contents(dossier);
    let sha256 = fieldbook_report::exam_content_sha256(&papers);
    let whole = PaperContent { paper: WHOLE_EXAM.to_owned(), title: WHOLE.to_owned(), sha256 };
    std::iter::once(whole).chain(papers).collect()
}

/// The state of the review.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn review(desk: &Desk) -> Result<ReviewView, AppError> {
    let open = desk.exam()?;
    let (signed, notes) = (signed(open)?, open.store.notes()?);
    let exam = open.store.id().to_string();
    let mut papers: Vec<PaperView> =
        contents(desk)?.iter().map(|c| paper_view(&exam, c, &signed, &notes)).collect();
    let whole = papers.remove(0);
    let identities = desk.vault()?.vault.identities()?;
    Ok(ReviewView {
        exam: whole,
        papers,
        notes: notes.iter().map(note_view).collect(),
        identities: identities
            .into_iter()
            .map(|i| IdentityView { fingerprint: fingerprint(&i.key), name: i.name, key: i.key })
            .collect(),
    })
}

/// First sixteen digits of a key in groups of four: short enough to be read aloud.
pub(crate) fn fingerprint(key: &str) -> String {
    let digits: Vec<char> = key.chars().take(16).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn paper_view(exam: &str, content: &PaperContent, signed: &[SignedPaper], notes: &[ReviewNote]) -> PaperView {
    let own = signed.iter().find(|p| p.paper == content.paper);
    let version = own.map_or(1, |p| p.version);
    let of = |s: &SignOff| signature(exam, content, s);
    let by = |role| own.and_then(|p| p.by(role)).map(of);
    let earlier = own.map(|p| p.signatures.iter().filter(|s| s.version != version).map(of).collect());
    let reopenings = own.map(|p| p.reopenings.iter().map(reopening).collect());
    let open = notes.iter().filter(|n| n.paper == content.paper && n.clearance.is_none()).count();
    PaperView {
        paper: content.paper.clone(),
        title: content.title.clone(),
        sha256: content.sha256.clone(),
        version,
        prepared: by(SignRole::Preparer),
        reviewed: by(SignRole::Reviewer),
        earlier: earlier.unwrap_or_default(),
        reopenings: reopenings.unwrap_or_default(),
        notes_open: view::small(open),
    }
}

fn signature(exam: &str, content: &PaperContent, s: &SignOff) -> SignatureView {
    SignatureView {
        role: s.role.into(),
        version: s.version,
        by: s.by.clone(),
        at: dates::moment(s.at),
        fingerprint: fingerprint(&s.key),
        holds: sign_off_holds(exam, s),
        current: s.content_sha256 == content.sha256,
    }
}

fn reopening(r: &Reopening) -> ReopeningView {
    ReopeningView { version: r.version, reason: r.reason.clone(), by: r.by.clone(), at: dates::moment(r.at) }
}

fn note_view(n: &ReviewNote) -> NoteView {
    let said = |s: &Said| SaidView { text: s.text.clone(), by: s.by.clone(), at: dates::moment(s.at) };
    NoteView {
        id: n.id,
        paper: n.paper.clone(),
        note: said(&n.note),
        reply: n.reply.as_ref().map(said),
        clearance: n.clearance.as_ref().map(said),
    }
}

/// Makes the signing identity of the examiner who works now.
///
/// # Errors
/// `weak_passphrase`, `no_examiner`, `identity_exists`, or the store's.
pub fn identity_make(desk: &mut Desk, request: &IdentityRequest) -> Result<ReviewView, AppError> {
    if request.passphrase.chars().count() < MIN_SIGN_PASSPHRASE {
        return Err(AppError::new("weak_passphrase").with("min", MIN_SIGN_PASSPHRASE));
    }
    let name = desk.exam()?.examiner.clone();
    let entropy = std::sync::Arc::clone(&desk.host.entropy);
    let mut fill = |buffer: &mut [u8]| entropy(buffer);
    let (work_factor, now) = (desk.host.work_factor, desk.host.now());
    let passphrase = SecretString::from(request.passphrase.clone());
    desk.vault_mut()?.vault.make_identity(&name, &passphrase, &mut fill, work_factor, now)?;
    desk.saved();
    review(desk)
}

/// Signs what papers say now, as the examiner who works now: all of them or none.
///
/// # Errors
/// `no_identity`, `wrong_sign_passphrase`, `unknown_paper`, `paper_changed` when a reviewer would sign another content than
/// the preparer did, `same_person`, `not_prepared`, `signed_off`, or the store's.
pub fn sign(desk: &mut Desk, request: &SignRequest) -> Result<ReviewView, AppError> {
    let role: SignRole = request.role.into();
    // Nobody signs what was remembered: this is read anew.
    let contents = said_by(&dossier(desk, true)?);
    let open = desk.exam()?;
    let (signed, exam, by) = (signed(open)?, open.store.id().to_string(), open.examiner.clone());
    let vault = &desk.vault()?.vault;
    let identity = vault.identities()?.into_iter().find(|i| i.name == by);
    let identity = identity.ok_or_else(|| AppError::new("no_identity"))?;
    let mut sign_offs = Vec::new();
    for paper in &request.papers {
        let content = contents.iter().find(|c| c.paper == *paper);
        let content = content.ok_or_else(|| AppError::new("unknown_paper").with("paper", paper))?;
        let own = signed.iter().find(|p| p.paper == *paper);
        let prepared = own.and_then(|p| p.by(SignRole::Preparer));
        if role == SignRole::Reviewer && prepared.is_some_and(|s| s.content_sha256 != content.sha256) {
            return Err(AppError::new("paper_changed").with("paper", paper));
        }
        sign_offs.push(SignOff {
            paper: paper.clone(),
            version: own.map_or(1, |p| p.version),
            role,
            by: by.clone(),
            at: desk.host.now(),
            content_sha256: content.sha256.clone(),
            key: identity.key.clone(),
            signature: String::new(),
        });
    }
    let messages: Vec<String> = sign_offs.iter().map(|s| s.message(&exam)).collect();
    let passphrase = SecretString::from(request.passphrase.clone());
    let signatures = vault.sign_as(&by, &passphrase, &messages).map_err(|e| match e {
        VaultError::WrongPassphrase => AppError::new("wrong_sign_passphrase"),
        e => e.into(),
    })?;
    for (sign_off, signature) in sign_offs.iter_mut().zip(signatures) {
        sign_off.signature = hex::encode(signature);
    }
    desk.exam_mut()?.store.sign(&sign_offs)?;
    desk.saved();
    review(desk)
}

/// Opens a signed paper again; what follows is its next version.
///
/// # Errors
/// `note_required`, `not_prepared`, or the store's.
pub fn reopen(desk: &mut Desk, request: &ReopenRequest) -> Result<ReviewView, AppError> {
    let open = desk.exam()?;
    let version = signed(open)?.iter().find(|p| p.paper == request.paper).map_or(1, |p| p.version);
    let (paper, reason) = (request.paper.clone(), request.reason.trim().to_owned());
    let (by, at) = (open.examiner.clone(), desk.host.now());
    desk.exam_mut()?.store.reopen(&Reopening { paper, version, reason, by, at })?;
    desk.saved();
    review(desk)
}

fn said(desk: &Desk, text: &str) -> Result<Said, AppError> {
    let by = desk.exam()?.examiner.clone();
    Ok(Said { text: text.trim().to_owned(), by, at: desk.host.now() })
}

/// Notes something on a paper.
///
/// # Errors
/// `note_required`, `unknown_paper`, or the store's.
pub fn note_add(desk: &mut Desk, request: &NoteRequest) -> Result<ReviewView, AppError> {
    let note = said(desk, &request.text)?;
    if note.text.is_empty() {
        return Err(AppError::new("note_required"));
    }
    if !contents(desk)?.iter().any(|c| c.paper == request.paper) {
        return Err(AppError::new("unknown_paper").with("paper", &request.paper));
    }
    desk.exam_mut()?.store.add_note(&request.paper, &note)?;
    desk.saved();
    review(desk)
}

/// Replies to a note.
///
/// # Errors
/// `note_required`, `unknown_note`, `note_cleared`, or the store's.
pub fn note_reply(desk: &mut Desk, request: &NoteAnswerRequest) -> Result<ReviewView, AppError> {
    let reply = said(desk, &request.text)?;
    if reply.text.is_empty() {
        return Err(AppError::new("note_required"));
    }
    desk.exam_mut()?.store.reply_to_note(request.id, &reply)?;
    desk.saved();
    review(desk)
}

/// Clears a note.
///
/// # Errors
/// `unknown_note`, `note_cleared`, `same_person`, or the store's.
pub fn note_clear(desk: &mut Desk, request: &NoteAnswerRequest) -> Result<ReviewView, AppError> {
    let clearance = said(desk, &request.text)?;
    desk.exam_mut()?.store.clear_note(request.id, &clearance)?;
    desk.saved();
    review(desk)
}
