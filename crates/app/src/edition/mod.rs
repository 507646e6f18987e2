//! Editions of the checklists: what new exams get, what an exam pins, signed packages, comparison, carrying answers.

pub mod authoring;
mod carry;
mod compare;
mod folder;
mod law;
mod package;
mod queries;

pub use carry::{carry, carry_preview};
pub use compare::{between, changes_view, editions_compare};
pub use package::{package_inspect, package_load, package_remove, signer_distrust};

pub(crate) use law::{Law, forget_packages, of_exam, of_files, renew, settled, sha256_of};
pub(crate) use queries::{defects, fault};

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{EditionView, EditionsView, PackageView, SignerView};
use fieldbook_checklist::SignerKey;

/// Editions of the documents, loaded packages, trusted signers.
///
/// # Errors
/// `locked`, or the store's.
pub fn editions(desk: &Desk) -> Result<EditionsView, AppError> {
    let vault = &desk.vault()?.vault;
    let pins = match &desk.exam {
        Some(open) => open.store.editions()?,
        None => Vec::new(),
    };
    let signers = vault.trusted_signers()?;
    let packages = vault.packages()?;
    let documents = desk.law.bundle.documents.iter().map(|d| {
        let pin = pins.iter().find(|p| p.document == d.code);
        EditionView {
            document: d.code.clone(),
            title: d.title.clone(),
            version: d.version.clone(),
            edition: d.edition.clone(),
            effective_from: d.effective_from.map(|day| day.to_string()).unwrap_or_default(),
            source_sha256: d.source_sha256.clone(),
            package: desk.law.origin_of(&d.code).unwrap_or_default().to_owned(),
            pinned: pin.map(|p| p.version.clone()),
            same: pin.is_some_and(|p| p.content_sha256 == d.content_sha256),
        }
    });
    Ok(EditionsView {
        documents: documents.collect(),
        packages: packages
            .iter()
            .map(|p| PackageView {
                sha256: p.sha256.clone(),
                name: p.name.clone(),
                version: p.version.clone(),
                signer: signers
                    .iter()
                    .find(|s| s.key == p.signer)
                    .map(|s| s.name.clone())
                    .unwrap_or_default(),
                fingerprint: fingerprint(&p.signer),
                by: p.by.clone(),
                at: dates::moment(p.at),
            })
            .collect(),
        signers: signers
            .iter()
            .map(|s| SignerView {
                key: s.key.clone(),
                name: s.name.clone(),
                fingerprint: fingerprint(&s.key),
                by: s.by.clone(),
                at: dates::moment(s.at),
            })
            .collect(),
        unfit: authoring::problems(&desk.law.unfit),
        own_fingerprint: vault.signer()?.map(|key| SignerKey(key).fingerprint()).unwrap_or_default(),
    })
}

/// What two people compare; empty for a key that is none.
fn fingerprint(key: &str) -> String {
    SignerKey::parse(key).map(|k| k.fingerprint()).unwrap_or_default()
}
