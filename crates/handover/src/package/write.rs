//! Writing a package, from the first byte to the last: nothing is written twice, and nothing beside it.

use super::PackageError;
use super::bag::{
    BAGIT, BASE, DECLARATION, HEAD, INFO, MANIFEST, PAYLOAD, SIGNATURE, Sums, TAG_MANIFEST, info, manifest,
};
use super::head::{Contents, Head, PackageFile};
use super::name::Names;
use age::x25519::Recipient;
use age::{EncryptError, Encryptor};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind, Read, Write};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Bytes that are read at a time.
const PIECE: usize = 64 << 10;

/// Most payload files, so that every package that is written can be read.
const MAX_FILES: usize = 19_990;

/// How a file lies in the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// As it is: for what is packed already.
    Stored,
    /// Deflated.
    Deflated,
}

/// A package that is being written. One that is dropped before [`finish`](Self::finish) leaves a file that does not open.
pub struct PackageWriter<W: Write> {
    /// Dropped before the container, which would write its directory on the way out.
    _last: Last,
    closed: Closed,
    zip: Zip<W>,
    contents: Contents,
    sums: Sums,
    names: Names,
    options: SimpleFileOptions,
}

type Zip<W> = ZipWriter<StreamWriter<age::stream::StreamWriter<Out<W>>>>;

impl<W: Write> PackageWriter<W> {
    /// Begins a package for recipients (`age1…`); each of them opens it alone.
    ///
    /// # Errors
    /// `NotARecipient`, `Malformed` when the head has what no head may have, `Io`.
    pub fn new(out: W, recipients: &[String], head: Head) -> Result<Self, PackageError> {
        let parsed: Result<Vec<Recipient>, _> =
            recipients.iter().map(|text| Recipient::from_str(text)).collect();
        let parsed = parsed.ok().filter(|to| !to.is_empty()).ok_or(PackageError::NotARecipient)?;
        let recipients = parsed.iter().map(Recipient::to_string).collect();
        let contents = Contents { head, recipients, files: Vec::new() };
        contents.write()?;
        let encryptor = Encryptor::with_recipients(parsed.iter().map(|one| one as &dyn age::Recipient));
        let encryptor = encryptor.map_err(|error| match error {
            EncryptError::Io(error) => failed(&error),
            _ => PackageError::NotARecipient,
        })?;
        let closed = Closed::default();
        let out = Out { inner: out, closed: closed.clone() };
        let sealed = encryptor.wrap_output(out).map_err(|error| closed.why(&error))?;
        let options = options(&contents.head)?;
        let zip = ZipWriter::new_stream(sealed);
        let (sums, names) = (Sums::new(), Names::default());
        Ok(Self { _last: Last(closed.clone()), closed, zip, contents, sums, names, options })
    }

    /// Adds a payload file, by its path below `data/`; gives its SHA-256. After an error nothing more can be added.
    ///
    /// # Errors
    /// `UnsafeName`, `TooLarge` when there are too many, `Io`: also the reader's, which so can put an end to it.
    pub fn add(&mut self, path: &str, mode: Mode, from: &mut dyn Read) -> Result<[u8; 32], PackageError> {
        let full = format!("{PAYLOAD}{path}");
        let is_full = self.contents.files.len() >= MAX_FILES;
        let written = match self.names.take(&full) {
            _ if is_full => Err(PackageError::TooLarge),
            true => self.put(&full, mode, from),
            false => Err(PackageError::UnsafeName),
        };
        let (size, sum) = written.inspect_err(|_| self.closed.set(ErrorKind::BrokenPipe))?;
        self.sums.insert(full, sum);
        self.contents.files.push(PackageFile { path: path.to_owned(), size });
        Ok(sum)
    }

    /// Writes what says what the package is, has it signed, and ends it. Gives back what it was written to, for the caller to
    /// make durable.
    ///
    /// `sign` gets the bytes to sign, all of them text, and must sign with the key that the head names.
    ///
    /// # Errors
    /// What `sign` says; `WrongSignature` when it signed with another key; `Io`.
    pub fn finish<E: From<PackageError>>(
        mut self,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<W, E> {
        let head = self.contents.write()?;
        let about = info(&self.contents).into_bytes();
        let listed = manifest(&self.sums).into_bytes();
        let mut tags = Sums::new();
        for (path, bytes) in
            [(BAGIT, DECLARATION.as_bytes()), (INFO, &about), (HEAD, &head), (MANIFEST, &listed)]
        {
            tags.insert(path.to_owned(), self.tag(path, bytes)?);
        }
        let tag_manifest = manifest(&tags).into_bytes();
        self.tag(TAG_MANIFEST, &tag_manifest)?;
        let message = super::signing_bytes(&tag_manifest);
        let signature = sign(&message)?;
        VerifyingKey::from_bytes(&self.contents.head.sender.key)
            .and_then(|key| key.verify_strict(&message, &Signature::from_bytes(&signature)))
            .map_err(|_| PackageError::WrongSignature)?;
        self.tag(SIGNATURE, format!("{}\n", hex::encode(signature)).as_bytes())?;
        Ok(self.end()?)
    }

    fn end(self) -> Result<W, PackageError> {
        let Self { _last, closed, zip, .. } = self;
        let sealed = zip.finish().map_err(|error| closed.why(&error.into()))?.into_inner();
        let out = sealed.finish().map_err(|error| closed.why(&error))?;
        closed.check()?;
        Ok(out.inner)
    }

    fn tag(&mut self, path: &str, mut bytes: &[u8]) -> Result<[u8; 32], PackageError> {
        Ok(self.put(path, Mode::Deflated, &mut bytes)?.1)
    }

    /// Writes an entry; gives its size and SHA-256.
    fn put(&mut self, path: &str, mode: Mode, from: &mut dyn Read) -> Result<(u64, [u8; 32]), PackageError> {
        self.closed.check()?;
        let method = match mode {
            Mode::Stored => CompressionMethod::Stored,
            Mode::Deflated => CompressionMethod::Deflated,
        };
        let started = self.zip.start_file(format!("{BASE}{path}"), self.options.compression_method(method));
        started.map_err(|error| self.closed.why(&error.into()))?;
        let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
        loop {
            let count = match from.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(&error)),
            };
            let bytes = piece.get(..count).unwrap_or_default();
            hash.update(bytes);
            size += count as u64;
            self.zip.write_all(bytes).map_err(|error| self.closed.why(&error))?;
        }
        Ok((size, hash.finalize().into()))
    }
}

/// The same for every entry on every machine.
fn options(head: &Head) -> Result<SimpleFileOptions, PackageError> {
    let at = head.made_at;
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    let time = DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or_default(),
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
    );
    let time = time.map_err(|_| PackageError::Malformed("head"))?;
    let options = SimpleFileOptions::default().last_modified_time(time).unix_permissions(0o600);
    // How large an entry will be is not known when it begins, so each has room for more than 4 GiB (ZIP64).
    Ok(options.system(System::Unix).large_file(true))
}

fn failed(error: &io::Error) -> PackageError {
    PackageError::Io(error.kind())
}

/// Where the bytes go, until something went wrong. From then on they go nowhere, whoever still writes.
struct Out<W> {
    inner: W,
    closed: Closed,
}

impl<W: Write> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed.check().is_err() {
            return Ok(bytes.len());
        }
        // The `age` crate takes a header that was written in part for one that cannot be.
        self.inner.write_all(bytes).inspect_err(|error| self.closed.set(error.kind()))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed.check().is_ok() { self.inner.flush() } else { Ok(()) }
    }
}

/// Whether, and by what, [`Out`] was closed.
#[derive(Clone, Default)]
struct Closed(Arc<OnceLock<ErrorKind>>);

impl Closed {
    fn set(&self, kind: ErrorKind) {
        self.0.get_or_init(|| kind);
    }

    fn check(&self) -> Result<(), PackageError> {
        self.0.get().map_or(Ok(()), |kind| Err(PackageError::Io(*kind)))
    }

    /// What went wrong, though a layer between may have called it something else.
    fn why(&self, error: &io::Error) -> PackageError {
        self.check().err().unwrap_or_else(|| failed(error))
    }
}

/// Closes the package when it is dropped.
struct Last(Closed);

impl Drop for Last {
    fn drop(&mut self) {
        self.0.set(ErrorKind::BrokenPipe);
    }
}
