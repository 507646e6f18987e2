//! Signed checklist packages: looking into one, loading it, taking it out.

use super::authoring::{defective, problems};
use super::compare::{between, changes_view};
use super::editions;
use super::law::{self, Law};
use super::queries;
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{EditionsView, KeyRequest, PackageInspectView, PackageRequest, PathRequest};
use fieldbook_checklist::{MAX_BYTES, PackageError, SealedPackage, SignerKey, open_package};
use fieldbook_vault::{StoredPackage, TrustedSigner, VaultError};
use std::io::Read;
use std::path::Path;

/// Reads and checks a package file.
pub(super) fn read(path: &str) -> Result<(SealedPackage, String), AppError> {
    let path = Path::new(path.trim());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let of_file = |key| AppError::new(key).with("file", &name);
    let file = std::fs::File::open(path).map_err(|_| of_file("file_unreadable"))?;
    let mut bytes = Vec::new();
    // One byte more than allowed shows that it is too large, without reading all of it.
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|_| of_file("file_unreadable"))?;
    let sealed = open_package(&bytes).map_err(|e| match e {
        PackageError::NotAPackage => of_file("not_a_package"),
        PackageError::NewerFormat => of_file("package_newer"),
        PackageError::BadSignature => of_file("package_bad_signature"),
        PackageError::TooLarge => of_file("package_too_large"),
        PackageError::BadPath(p) | PackageError::DuplicatePath(p) => {
            of_file("package_bad_path").with("what", p)
        }
        PackageError::Malformed(_) => of_file("not_a_package"),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| of_file("not_a_package"))?;
    Ok((sealed, text))
}

fn trusted_as(desk: &Desk, signer: &SignerKey) -> Result<Option<String>, AppError> {
    let key = signer.to_string();
    let signers = desk.vault()?.vault.trusted_signers()?;
    Ok(signers.into_iter().find(|s| s.key == key).map(|s| s.name))
}

/// The packages of the vault with one more, as they would be stored.
fn with_one_more(
    desk: &Desk,
    sealed: &SealedPackage,
    text: String,
    by: &str,
) -> Result<(StoredPackage, Vec<StoredPackage>), AppError> {
    let stored = StoredPackage {
        sha256: sealed.sha256.clone(),
        name: sealed.package.name.clone(),
        version: sealed.package.version.clone(),
        signer: sealed.signer.to_string(),
        text,
        by: by.to_owned(),
        at: desk.host.now(),
    };
    let mut all = desk.vault()?.vault.packages()?;
    all.retain(|p| p.sha256 != stored.sha256);
    all.push(stored.clone());
    Ok((stored, all))
}

/// What a package holds and what it would change; nothing is stored.
///
/// # Errors
/// `file_unreadable`, `not_a_package`, `package_newer`, `package_bad_signature`, `package_too_large`,
/// `package_bad_path`, `locked`, or the store's.
pub fn package_inspect(desk: &Desk, request: &PathRequest) -> Result<PackageInspectView, AppError> {
    let (sealed, text) = read(&request.path)?;
    let signer = trusted_as(desk, &sealed.signer)?;
    let (_, all) = with_one_more(desk, &sealed, text, "")?;
    let mut view = PackageInspectView {
        name: sealed.package.name.clone(),
        version: sealed.package.version.clone(),
        made_on: sealed.package.made_on.to_string(),
        fingerprint: sealed.signer.fingerprint(),
        signer,
        changes: Vec::new(),
        procedures: Vec::new(),
        problems: Vec::new(),
    };
    match Law::with(&all) {
        Ok(after) => {
            let before = &desk.law.bundle;
            view.changes = changes_view(&between(before, &after.bundle));
            let new = after.bundle.procedures.iter().filter(|p| before.procedure(&p.procedure.id).is_none());
            view.problems = problems(&queries::defects(&sealed.package.files, &after.bundle)?);
            view.procedures = new.map(|p| format!("{} {}", p.procedure.id, p.procedure.title)).collect();
        }
        Err(errors) => view.problems = problems(&errors),
    }
    Ok(view)
}

/// Loads a package for exams made from now on. An exam that is there keeps the editions that it pins.
///
/// # Errors
/// As [`package_inspect`]; `unknown_signer` unless the key is trusted or shall be, `fingerprint_mismatch`,
/// `package_defective` with the first defect; nothing is changed then.
pub fn package_load(desk: &mut Desk, request: &PackageRequest) -> Result<EditionsView, AppError> {
    let (sealed, text) = read(&request.path)?;
    let name = request.trust_as.trim();
    let by = desk.person();
    let known = trusted_as(desk, &sealed.signer)?.is_some();
    if !known && name.is_empty() {
        return Err(AppError::new("unknown_signer").with("fingerprint", sealed.signer.fingerprint()));
    }
    if !known && squeezed(&request.fingerprint) != squeezed(&sealed.signer.fingerprint()) {
        return Err(AppError::new("fingerprint_mismatch"));
    }
    let (stored, all) = with_one_more(desk, &sealed, text, &by)?;
    let law = Law::with(&all).map_err(|errors| defective(&errors))?;
    let of_queries = queries::defects(&sealed.package.files, &law.bundle)?;
    if !of_queries.is_empty() {
        return Err(defective(&of_queries));
    }
    let at = desk.host.now();
    let vault = &mut desk.vault_mut()?.vault;
    if !known {
        vault.trust_signer(&TrustedSigner { key: stored.signer.clone(), name: name.to_owned(), by, at })?;
    }
    vault.add_package(&stored)?;
    law::take(desk, law);
    desk.saved();
    editions(desk)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Takes a package out of what new exams get.
///
/// # Errors
/// `package_in_use` while an exam pins an edition of it, `unknown_package`, or the store's.
pub fn package_remove(desk: &mut Desk, request: &KeyRequest) -> Result<EditionsView, AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    let vault = &mut desk.vault_mut()?.vault;
    if !vault.packages()?.iter().any(|p| p.sha256 == request.key) {
        return Err(AppError::new("unknown_package"));
    }
    let cases = vault.exams()?;
    vault.remove_package(&request.key, &by, at).map_err(|e| match &e {
        // Where the index has the exam, its case number says more to people than its id.
        VaultError::PackageInUse { exam } => match cases
            .iter()
            .find(|c| c.id == *exam && !c.case_no.is_empty())
        {
            Some(case) => AppError::new("package_in_use").with("exam", format!("{}（{exam}）", case.case_no)),
            None => e.into(),
        },
        _ => e.into(),
    })?;
    law::renew(desk)?;
    desk.saved();
    editions(desk)
}

/// Stops trusting a signer. Packages that are loaded stay.
///
/// # Errors
/// `unknown_package`, `locked`, or the store's.
pub fn signer_distrust(desk: &mut Desk, request: &KeyRequest) -> Result<EditionsView, AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    if !desk.vault_mut()?.vault.distrust_signer(&request.key, &by, at)? {
        return Err(AppError::new("unknown_signer").with("fingerprint", super::fingerprint(&request.key)));
    }
    desk.saved();
    editions(desk)
}
