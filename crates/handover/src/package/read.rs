//! Opening a package and reading its files.

use super::PackageError;
use super::bag::{
    BAGIT, DECLARATION, HEAD, INFO, MANIFEST, PAYLOAD, SIGNATURE, Sums, TAG_MANIFEST, TAGGED, TAGS, info,
    read_manifest,
};
use super::container::{Container, Limits};
use super::head::{Contents, PackageFile};
use super::plain::Plain;
use ed25519_dalek::{Signature, VerifyingKey};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Seek};
use std::ops::ControlFlow;

/// Bytes that are given at a time.
const PIECE: usize = 64 << 10;

/// A package that was judged: whole, signed by the key that it names, with the files that it names and no others.
pub struct Package<R> {
    container: Container<R>,
    contents: Contents,
    /// Hashes of the payload by path from the bag's folder.
    sums: Sums,
}

impl<F: Read + Seek> Package<Plain<F>> {
    /// Opens a package by the recipient's identity (`AGE-SECRET-KEY-1…`). Reads its header, its end, its directory and the
    /// files that say what the others are; no payload.
    ///
    /// # Errors
    /// Every case of [`PackageError`] but `NotARecipient`.
    pub fn open(file: F, identity: &SecretString, limits: &Limits) -> Result<Self, PackageError> {
        let (plain, recipient) = Plain::open(file, identity)?;
        let package = Self::open_container(plain, limits)?;
        // Somebody may have opened it and encrypted it anew, so that it seems to come from its maker to us.
        let meant = package.contents.recipients.contains(&recipient);
        if meant { Ok(package) } else { Err(PackageError::NotForUs) }
    }
}

impl<R: Read + Seek> Package<R> {
    /// Opens what is inside the age file.
    ///
    /// # Errors
    /// As [`Package::open`].
    pub fn open_container(reader: R, limits: &Limits) -> Result<Self, PackageError> {
        let mut container = Container::open(reader, limits)?;
        let head = container.small(HEAD, limits)?.ok_or(PackageError::NotAPackage)?;
        let contents = Contents::read(&head)?;
        let signature = container.small(SIGNATURE, limits)?.ok_or(PackageError::NotSigned)?;
        let mut tag = |path| container.small(path, limits)?.ok_or(PackageError::MissingFile);
        let tag_manifest = tag(TAG_MANIFEST)?;
        verify(&contents.head.sender.key, &tag_manifest, &signature)?;
        let (bagit, about, manifest) = (tag(BAGIT)?, tag(INFO)?, tag(MANIFEST)?);
        let found = TAGGED.map(|path| match path {
            BAGIT => (path, &bagit),
            INFO => (path, &about),
            MANIFEST => (path, &manifest),
            _ => (path, &head),
        });
        let found: Sums = found.into_iter().map(|(path, bytes)| (path.to_owned(), sha256(bytes))).collect();
        if read_manifest(&tag_manifest)? != found {
            return Err(PackageError::Tampered);
        }
        if bagit != DECLARATION.as_bytes() || about != info(&contents).as_bytes() {
            return Err(PackageError::Malformed("bag"));
        }
        let sums = read_manifest(&manifest)?;
        agree(&container, &contents, &sums)?;
        Ok(Self { container, contents, sums })
    }

    /// What the package says of itself.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// SHA-256 of a payload file, by its path below `data/`.
    #[must_use]
    pub fn sha256(&self, path: &str) -> Option<[u8; 32]> {
        self.sums.get(&format!("{PAYLOAD}{path}")).copied()
    }

    /// Gives a payload file, by its path below `data/`, a piece at a time. What was given is good when this ends well, and
    /// not before.
    ///
    /// # Errors
    /// `MissingFile`, `Tampered` when its bytes are not those that were signed, `Io`: of kind `Interrupted` when whoever takes
    /// the pieces wants no more.
    pub fn read(
        &mut self,
        path: &str,
        take: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<(), PackageError> {
        let path = format!("{PAYLOAD}{path}");
        let wanted = self.sums.get(&path).copied().ok_or(PackageError::MissingFile)?;
        let (mut reader, size) = self.container.file(&path)?;
        let (mut hash, mut read, mut piece) = (Sha256::new(), 0_u64, vec![0; PIECE]);
        loop {
            let count = match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            let bytes = piece.get(..count).unwrap_or_default();
            read += count as u64;
            if read > size {
                break;
            }
            hash.update(bytes);
            if take(bytes).is_break() {
                return Err(PackageError::Io(ErrorKind::Interrupted));
            }
        }
        let is_good = read == size && <[u8; 32]>::from(hash.finalize()) == wanted;
        if is_good { Ok(()) } else { Err(PackageError::Tampered) }
    }
}

fn verify(key: &[u8; 32], tag_manifest: &[u8], signature: &[u8]) -> Result<(), PackageError> {
    let text = std::str::from_utf8(signature).ok().and_then(|text| text.strip_suffix('\n'));
    let signature = text.and_then(super::read_hex).ok_or(PackageError::WrongSignature)?;
    VerifyingKey::from_bytes(key)
        .and_then(|key| {
            key.verify_strict(&super::signing_bytes(tag_manifest), &Signature::from_bytes(&signature))
        })
        .map_err(|_| PackageError::WrongSignature)
}

/// The container, the head and the manifest name the same files, and those that every package has.
fn agree<R>(container: &Container<R>, contents: &Contents, sums: &Sums) -> Result<(), PackageError>
where
    R: Read + Seek,
{
    let payload = |file: &PackageFile| (format!("{PAYLOAD}{}", file.path), file.size);
    let named: BTreeMap<String, u64> = contents.files.iter().map(payload).collect();
    if !named.keys().eq(sums.keys()) {
        return Err(PackageError::Malformed("manifest"));
    }
    let packed: BTreeMap<&str, u64> = container.files().filter(|(path, _)| !TAGS.contains(path)).collect();
    if packed.keys().any(|path| !named.contains_key(*path)) {
        return Err(PackageError::ExtraFile);
    }
    for (path, size) in &named {
        match packed.get(path.as_str()) {
            None => return Err(PackageError::MissingFile),
            Some(packed) if packed != size => return Err(PackageError::Tampered),
            Some(_) => {}
        }
    }
    Ok(())
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
