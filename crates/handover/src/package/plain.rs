//! What is inside an age file, to be read from any place in it.

use super::PackageError;
use age::stream::StreamReader;
use age::x25519::Identity;
use age::{DecryptError, Decryptor};
use secrecy::{ExposeSecret, SecretString};
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::str::FromStr;

/// First bytes of an age file.
const MAGIC: &[u8] = b"age-encryption.org/";
/// What the last line of its header begins with.
const LAST_LINE: &[u8] = b"\n---";
/// Longest header: well over a hundred recipients.
const MAX_HEADER: u64 = 16 << 10;

/// The content of an age file. What it gives was authenticated, 64 KiB at a time.
///
/// The `age` crate's own reader panics when it is read behind the end, where a hostile directory may well lead. This one
/// keeps the place itself and never asks for anything behind the end.
pub struct Plain<F> {
    stream: StreamReader<BufReader<F>>,
    /// Where the stream is; unknown after an error.
    at: Option<u64>,
    place: u64,
    length: u64,
}

impl<F: Read + Seek> Plain<F> {
    /// Opens an age file by an identity, and authenticates its end. Gives the identity's recipient too.
    ///
    /// # Errors
    /// `NotAnIdentity`, `NotAPackage`, `NotForUs`, `Truncated`, `Tampered`, `TooLarge`, `Io`.
    pub(super) fn open(mut file: F, identity: &SecretString) -> Result<(Self, String), PackageError> {
        let identity = Identity::from_str(identity.expose_secret().trim());
        let identity = identity.map_err(|_| PackageError::NotAnIdentity)?;
        bounded_header(&mut file)?;
        let decryptor = Decryptor::new_buffered(BufReader::new(file)).map_err(refusal)?;
        let ours: &dyn age::Identity = &identity;
        let mut stream = decryptor.decrypt([ours].into_iter()).map_err(refusal)?;
        let length = stream.seek(SeekFrom::End(0)).map_err(cut_off)?;
        let plain = Self { stream, at: Some(length), place: 0, length };
        Ok((plain, identity.to_public().to_string()))
    }
}

/// Refuses what has no header of a bearable size: the header is parsed anew for each of its lines.
fn bounded_header(file: &mut (impl Read + Seek)) -> Result<(), PackageError> {
    file.rewind()?;
    let mut head = Vec::new();
    file.by_ref().take(MAX_HEADER).read_to_end(&mut head)?;
    file.rewind()?;
    if head.is_empty() || !head.iter().zip(MAGIC).all(|(found, wanted)| found == wanted) {
        return Err(PackageError::NotAPackage);
    }
    if head.windows(LAST_LINE.len()).any(|line| line == LAST_LINE) {
        return Ok(());
    }
    let is_long = head.len() as u64 == MAX_HEADER;
    Err(if is_long { PackageError::TooLarge } else { PackageError::Truncated })
}

fn refusal(error: DecryptError) -> PackageError {
    match error {
        DecryptError::NoMatchingKeys
        | DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::ExcessiveWork { .. } => PackageError::NotForUs,
        DecryptError::Io(error) => cut_off(error),
        DecryptError::UnknownFormat => PackageError::NotAPackage,
        _ => PackageError::Tampered,
    }
}

/// Where the end is looked for, anything wrong with the bytes is wrong with the end.
fn cut_off(error: io::Error) -> PackageError {
    match error.into() {
        PackageError::Tampered => PackageError::Truncated,
        other => other,
    }
}

impl<F: Read + Seek> Read for Plain<F> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.place)).unwrap_or(usize::MAX);
        let wanted = left.min(buf.len());
        let Some(buf) = buf.get_mut(..wanted).filter(|buf| !buf.is_empty()) else { return Ok(0) };
        if self.at.take() != Some(self.place) {
            self.stream.seek(SeekFrom::Start(self.place))?;
        }
        let read = self.stream.read(buf)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.place += read as u64;
        self.at = Some(self.place);
        Ok(read)
    }
}

impl<F: Read + Seek> Seek for Plain<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.place.checked_add_signed(by),
        };
        self.place = place.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const CHUNK: usize = 64 << 10;

    /// Reads up to so many bytes from a place.
    fn from(plain: &mut Plain<Cursor<Vec<u8>>>, place: u64, count: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        plain.seek(SeekFrom::Start(place))?;
        plain.take(count).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn any_place_can_be_read_and_none_behind_the_end() {
        let identity = Identity::generate();
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let file = age::encrypt(&identity.to_public(), &content).expect("encrypts");
            let secret = identity.to_string();
            let (mut plain, recipient) = Plain::open(Cursor::new(file), &secret).expect("opens");
            assert_eq!(recipient, identity.to_public().to_string());
            let end = length as u64;
            for place in [end, 0, end / 2, end.saturating_sub(1), end + 1, u64::MAX, 1, end + CHUNK as u64] {
                let at = usize::try_from(place).unwrap_or(usize::MAX).min(length);
                let wanted = &content[at..content.len().min(at + 70_000)];
                assert_eq!(from(&mut plain, place, 70_000).expect("is read"), wanted, "{place} of {length}");
            }
            assert_eq!(plain.seek(SeekFrom::End(0)).expect("the end"), end);
            for beyond in
                [SeekFrom::End(i64::MIN), SeekFrom::Current(-i64::try_from(end).expect("small") - 1)]
            {
                plain.seek(beyond).expect_err("before the beginning");
            }
        }
    }
}
