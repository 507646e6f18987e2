//! The checklists that new exams get, and those that an exam pins.

use crate::desk::Desk;
use crate::error::{AppError, internal};
use fieldbook_checklist::{
    Bundle, LoadError, bundled, bundled_files, law_files, law_sha256, load_pinned, open_package, overlay,
};
use fieldbook_model::EditionPin;
use fieldbook_vault::{ExamLaw, ExamStore, StoredPackage};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Checklists with what an exam pins of them.
#[derive(Clone)]
pub(crate) struct Law {
    pub(crate) bundle: Arc<Bundle>,
    /// What an exam pins, by path.
    files: Arc<BTreeMap<String, String>>,
    pub(crate) sha256: String,
    /// SHA-256 of the packages that it was made with.
    packages: Vec<String>,
    /// Package name by code of the document that it brought.
    origins: BTreeMap<String, String>,
    /// Why the vault's packages are not in it: they do not fit this program.
    pub(crate) unfit: Vec<LoadError>,
}

impl Law {
    /// The program's own.
    ///
    /// # Errors
    /// `checklist_damaged`.
    pub(crate) fn built_in() -> Result<Self, AppError> {
        let bundle = bundled().map_err(|errors| damaged(&errors))?;
        let files = bundled_files();
        Ok(Self::new(bundle, &files, &files))
    }

    fn new(bundle: Bundle, files: &BTreeMap<String, String>, program: &BTreeMap<String, String>) -> Self {
        let pinned = law_files(files, program);
        Self {
            bundle: Arc::new(bundle),
            sha256: law_sha256(&pinned),
            files: Arc::new(pinned),
            packages: Vec::new(),
            origins: BTreeMap::new(),
            unfit: Vec::new(),
        }
    }

    /// The program's own with packages over it, one after the other. Of those with the same name the last one counts.
    ///
    /// # Errors
    /// Every defect of the first package that does not fit, with its place.
    pub(crate) fn with(packages: &[StoredPackage]) -> Result<Self, Vec<LoadError>> {
        let program = bundled_files();
        let mut files = program.clone();
        let mut law = Self::new(bundled()?, &files, &program);
        let last = |i: usize, p: &StoredPackage| !packages[i + 1..].iter().any(|q| q.name == p.name);
        for (_, stored) in packages.iter().enumerate().filter(|(i, p)| last(*i, p)) {
            // Its signature was checked when it was loaded, and the vault is authenticated.
            let Ok(sealed) = open_package(stored.text.as_bytes()) else { continue };
            let laid = overlay(&files, &sealed.package.files)?;
            let before = std::mem::take(&mut law.packages);
            let mut origins = std::mem::take(&mut law.origins);
            for document in &laid.bundle.documents {
                if law.bundle.document(&document.code) != Some(document) {
                    origins.insert(document.code.clone(), stored.name.clone());
                }
            }
            files = laid.files;
            law = Self::new(laid.bundle, &files, &program);
            law.origins = origins;
            law.packages = before.into_iter().chain([stored.sha256.clone()]).collect();
        }
        Ok(law)
    }

    /// As a new exam pins it.
    pub(crate) fn of_exam(&self) -> ExamLaw {
        let pin = |d: &fieldbook_model::Document| EditionPin {
            document: d.code.clone(),
            version: d.version.clone(),
            content_sha256: d.content_sha256.clone(),
        };
        ExamLaw {
            sha256: self.sha256.clone(),
            files: (*self.files).clone(),
            packages: self.packages.clone(),
            pins: self.bundle.documents.iter().map(pin).collect(),
        }
    }

    /// The package that a document comes from; `None` when it is built in.
    pub(crate) fn origin_of(&self, document: &str) -> Option<&str> {
        self.origins.get(document).map(String::as_str)
    }
}

fn damaged(errors: &[LoadError]) -> AppError {
    let what = errors.first().map(ToString::to_string).unwrap_or_default();
    AppError::new("checklist_damaged").with("what", what)
}

/// Takes the vault's packages into what new exams get. Packages that no longer fit this program keep nobody from the
/// exams that are there, which pin their own law; a new exam is refused until that is settled.
///
/// # Errors
/// `checklist_damaged`, `locked`, or the store's.
pub(crate) fn renew(desk: &mut Desk) -> Result<(), AppError> {
    let packages = desk.vault()?.vault.packages()?;
    let law = match Law::with(&packages) {
        Ok(law) => law,
        Err(unfit) => Law { unfit, ..Law::built_in()? },
    };
    take(desk, law);
    Ok(())
}

/// Refuses a new exam while a package of the vault is left out.
///
/// # Errors
/// `packages_unfit` with the first defect.
pub(crate) fn settled(desk: &Desk) -> Result<(), AppError> {
    match super::authoring::problems(&desk.law.unfit).first() {
        None => Ok(()),
        Some(p) => Err(AppError::new("packages_unfit").with("what", p.message.trim_end_matches('。'))),
    }
}

/// Makes other checklists those of new exams; an open exam keeps its own.
pub(super) fn take(desk: &mut Desk, law: Law) {
    if desk.exam.is_none() {
        desk.bundle = Arc::clone(&law.bundle);
    }
    desk.law = law;
}

/// Goes back to the program's own: the vault is closed.
pub(crate) fn forget_packages(desk: &mut Desk) {
    if desk.law.packages.is_empty() && desk.law.unfit.is_empty() {
        return;
    }
    if let Ok(law) = Law::built_in() {
        take(desk, law);
    }
}

/// The checklists that an exam pins. An exam of a release that did not pin was examined by the program's own.
///
/// # Errors
/// `vault_damaged` when the pinned ones are not stored, `checklist_damaged` when they do not load, or the store's.
pub(crate) fn of_exam(desk: &mut Desk, store: &mut ExamStore) -> Result<Arc<Bundle>, AppError> {
    let pinned = match store.law_sha256()? {
        Some(sha256) => sha256,
        None => {
            let law = if desk.law.packages.is_empty() { desk.law.clone() } else { Law::built_in()? };
            let by = store.exam()?.examiners.first().cloned().unwrap_or_default();
            let at = desk.host.now();
            desk.vault_mut()?.vault.pin_law(store, &law.of_exam(), &by, at)?;
            law.sha256
        }
    };
    by_hash(desk, &pinned)
}

/// The checklists of this hash, which an exam of the vault pins.
pub(super) fn by_hash(desk: &Desk, sha256: &str) -> Result<Arc<Bundle>, AppError> {
    if desk.law.sha256 == sha256 {
        return Ok(Arc::clone(&desk.law.bundle));
    }
    let files = desk.vault()?.vault.law(sha256)?;
    let files = files.ok_or_else(|| AppError::new("vault_damaged").with("what", "pinned checklist"))?;
    if law_sha256(&files) != sha256 {
        return Err(internal("pinned checklist"));
    }
    let (bundle, _) = load_pinned(&files, &bundled_files()).map_err(|errors| damaged(&errors))?;
    Ok(Arc::new(bundle))
}

/// SHA-256 that stands for checklist files.
pub(crate) fn sha256_of(files: &BTreeMap<String, String>) -> String {
    law_sha256(files)
}

/// The checklists of files that came with an exam.
///
/// # Errors
/// `checklist_damaged`.
pub(crate) fn of_files(files: &BTreeMap<String, String>) -> Result<Arc<Bundle>, AppError> {
    let (bundle, _) = load_pinned(files, &bundled_files()).map_err(|errors| damaged(&errors))?;
    Ok(Arc::new(bundle))
}
