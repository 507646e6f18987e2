//! Taking files into custody. A file is only read: it is neither locked nor changed, and one that somebody else changes
//! meanwhile is refused.

use super::preview::exif_view;
use super::{described, one};
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::io_word;
use crate::view;
use crate::wire::{
    EvidenceAbout, EvidenceAddRequest, EvidenceFile, EvidenceLookRequest, EvidenceLookView,
    EvidenceProgressView, EvidenceRefusedView, EvidenceTakeRequest, EvidenceTakenView, EvidenceView,
};
use fieldbook_intake::{Feeder, Limits};
use fieldbook_model::{Confidentiality, Evidence, Finding};
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Room that must be left beside the bytes themselves: the write-ahead log, and what other programs need.
const SPARE: u64 = 128 << 20;
/// Bytes between two reports of progress.
const TOLD: u64 = 16 << 20;

/// Takes a file into custody; draft findings may rest on it at once.
///
/// # Errors
/// `required` without a source, `file_not_read`, `file_changed`, `disk_short`, `evidence_kept`, `unknown_clause`,
/// `unknown_finding`, `not_a_draft`, `signed_off`, or the store's.
pub fn evidence_add(desk: &mut Desk, request: &EvidenceAddRequest) -> Result<EvidenceView, AppError> {
    desk.cancel_flag().store(false, Ordering::Relaxed);
    take_one(desk, &request.path, &request.about, &request.findings, &mut |_, _| {})
}

/// Takes files into custody, one after the other; what cannot be taken is said, and the others are taken. Cancelling
/// leaves those that were taken, and nothing of the one under way.
///
/// # Errors
/// `required` without a source, `unknown_clause`, `bad_date`, `unknown_finding`, `not_a_draft`.
pub fn evidence_take(
    desk: &mut Desk,
    request: &EvidenceTakeRequest,
    progress: &mut dyn FnMut(EvidenceProgressView),
) -> Result<EvidenceTakenView, AppError> {
    desk.cancel_flag().store(false, Ordering::Relaxed);
    described(desk, &request.about, blank(desk, "")?)?;
    resting(desk, &request.findings)?;
    let mut view = EvidenceTakenView { taken: Vec::new(), refused: Vec::new(), cancelled: false };
    let files = u32::try_from(request.files.len()).unwrap_or(u32::MAX);
    for (EvidenceFile { path, acquired_at }, no) in request.files.iter().zip(1_u32..) {
        let acquired_at =
            Some(acquired_at).filter(|at| !at.trim().is_empty()).unwrap_or(&request.about.acquired_at);
        let about =
            EvidenceAbout { name: String::new(), acquired_at: acquired_at.clone(), ..request.about.clone() };
        let file = name_of(path);
        let mut tell = |bytes: u64, size: u64| {
            let (bytes, size) = (view::number(bytes), view::number(size));
            progress(EvidenceProgressView { file: file.clone(), no, files, bytes, size });
        };
        match take_one(desk, path, &about, &request.findings, &mut tell) {
            Ok(kept) => view.taken.push(kept),
            Err(error) if error.key() == "cancelled" => {
                view.cancelled = true;
                break;
            }
            Err(error) => view.refused.push(EvidenceRefusedView { path: path.clone(), error: error.view() }),
        }
    }
    // What the index says of a finding changes with each piece.
    view.taken = view.taken.iter().map(|e| one(desk, e.id)).collect::<Result<_, _>>()?;
    Ok(view)
}

/// Looks at files before they are taken in: how large they are, and what a camera wrote into them.
///
/// # Errors
/// `locked`, `no_exam`.
pub fn evidence_look(desk: &Desk, request: &EvidenceLookRequest) -> Result<Vec<EvidenceLookView>, AppError> {
    desk.exam()?;
    Ok(request.paths.iter().map(|path| look(desk, path)).collect())
}

fn look(desk: &Desk, path: &str) -> EvidenceLookView {
    let opened = open(Path::new(path.trim())).ok();
    let size = opened.as_ref().map_or(0, |(_, meta)| meta.len());
    let exif = opened.filter(|_| is_picture(path)).and_then(|(mut file, _)| {
        let mut feeder = Feeder::start(&desk.host.previewer()?, &Limits::default()).ok()?;
        // What does not come to its end is looked at as far as it came.
        let _ = io::copy(&mut file, &mut feeder);
        feeder.look(path).ok()?.facts().exif.clone()
    });
    let exif = exif.map(exif_view);
    EvidenceLookView { path: path.to_owned(), name: name_of(path), size: view::number(size), exif }
}

fn is_picture(path: &str) -> bool {
    const ENDINGS: [&str; 9] = ["jpg", "jpeg", "heic", "heif", "avif", "png", "tif", "tiff", "webp"];
    let ending = Path::new(path).extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| ENDINGS.contains(&e.as_str()))
}

fn name_of(path: &str) -> String {
    Path::new(path.trim()).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn blank(desk: &Desk, name: &str) -> Result<Evidence, AppError> {
    let now = desk.host.now();
    let format =
        Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    Ok(Evidence {
        id: 0,
        name: name.to_owned(),
        source: String::new(),
        acquired_by: String::new(),
        acquired_at: now,
        format,
        pages: None,
        sha256: String::new(),
        size: 0,
        kept_at: String::new(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: Vec::new(),
        by: desk.exam()?.examiner.clone(),
        at: now,
    })
}

/// The drafts of these numbers.
fn resting(desk: &Desk, wanted: &[i64]) -> Result<Vec<Finding>, AppError> {
    let mut findings = desk.exam()?.store.findings()?;
    if wanted.iter().any(|no| !findings.iter().any(|f| f.no == *no)) {
        return Err(AppError::new("unknown_finding"));
    }
    findings.retain(|f| wanted.contains(&f.no));
    if findings.iter().any(|f| !f.status.is_open()) {
        return Err(AppError::new("not_a_draft"));
    }
    Ok(findings)
}

fn take_one(
    desk: &mut Desk,
    path: &str,
    about: &EvidenceAbout,
    findings: &[i64],
    tell: &mut dyn FnMut(u64, u64),
) -> Result<EvidenceView, AppError> {
    let name = name_of(path);
    let about = described(desk, about, blank(desk, &name)?)?;
    let not_read = |what: String| AppError::new("file_not_read").with("file", &name).with("what", what);
    let (file, before) = open(Path::new(path.trim())).map_err(|e| match e.kind() {
        io::ErrorKind::Unsupported => not_read("不是檔案".to_owned()),
        _ => not_read(io_word(&e)),
    })?;
    has_room(&desk.vault()?.dir, before.len())?;
    let findings = resting(desk, findings)?;
    let (cancel, now) = (desk.cancel_flag(), desk.host.now());
    let open = desk.exam_mut()?;
    let mut watched = Watched { file, before, read: 0, told: 0, cancel: &cancel, tell, end: None };
    let kept = open.store.add_evidence(&about, &mut watched);
    let kept = match (kept, watched.end) {
        (Err(_), Some(End::Cancelled)) => return Err(AppError::new("cancelled")),
        (Err(_), Some(End::Changed)) => return Err(AppError::new("file_changed").with("file", &name)),
        (Err(_), Some(End::Broken(what))) => return Err(not_read(what)),
        (kept, _) => kept?,
    };
    for mut finding in findings {
        finding.evidence.push(kept.id);
        finding.by.clone_from(&open.examiner);
        finding.at = now;
        open.store.save_finding(&finding)?;
    }
    desk.saved();
    one(desk, kept.id)
}

/// Opens a file for reading only; `Unsupported` for what is none.
fn open(path: &Path) -> io::Result<(File, Metadata)> {
    // Looked at first: opening a pipe would wait for somebody to write into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let file = File::open(path)?;
    let meta = file.metadata()?;
    Ok((file, meta))
}

/// Refuses what the disk of the vault has no room for. A disk that does not say how much it has is tried.
fn has_room(dir: &Path, size: u64) -> Result<(), AppError> {
    let needed = size.saturating_add(size / 50).saturating_add(SPARE);
    match fs4::available_space(dir) {
        Ok(free) if free < needed => Err(AppError::new("disk_short")
            .with("needed", format!("{} MB", needed.div_ceil(1_000_000)))
            .with("free", format!("{} MB", free / 1_000_000))),
        _ => Ok(()),
    }
}

enum End {
    Cancelled,
    Changed,
    /// The system's word.
    Broken(String),
}

/// A file that is read to its end and must be the same file then.
struct Watched<'a> {
    file: File,
    before: Metadata,
    read: u64,
    told: u64,
    cancel: &'a AtomicBool,
    tell: &'a mut dyn FnMut(u64, u64),
    end: Option<End>,
}

impl Watched<'_> {
    fn changed(&self) -> io::Result<bool> {
        let now = self.file.metadata()?;
        let same_time = now.modified().ok() == self.before.modified().ok();
        Ok(!same_time || now.len() != self.before.len() || self.read != now.len())
    }

    fn ended(&mut self, end: End) -> io::Error {
        self.end = Some(end);
        io::ErrorKind::Other.into()
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(self.ended(End::Cancelled));
        }
        let n = match self.file.read(to) {
            Err(e) if e.kind() != io::ErrorKind::Interrupted => {
                return Err(self.ended(End::Broken(io_word(&e))));
            }
            read => read?,
        };
        self.read += n as u64;
        if n == 0 && !to.is_empty() && self.changed()? {
            return Err(self.ended(End::Changed));
        }
        if self.read - self.told >= TOLD || n == 0 {
            self.told = self.read;
            (self.tell)(self.read, self.before.len());
        }
        Ok(n)
    }
}
