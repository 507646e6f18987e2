//! What a file is, told from its bytes alone.

use crate::IntakeError;
use memchr::memmem;

/// What the reader of a file is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A zip container: perhaps a workbook.
    Zip,
    /// A compound file with the streams of an xls workbook.
    Compound,
    /// Text.
    Text,
}

const HEAD: usize = 1 << 16;
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Beginnings of a workbook's stream, BIFF8 and BIFF5 (MS-XLS 2.4.21), with the bytes of the record.
const BOF: [(&[u8], usize); 2] = [(b"\x09\x08\x10\0\0\x06\x05\0", 20), (b"\x09\x08\x08\0\0\x05\x05\0", 12)];
/// Bytes kept between two chunks of a compound file: names of streams and beginnings lie within.
const KEPT: usize = 64;

/// What was seen while the bytes went by.
#[derive(Default)]
pub(crate) struct Sniff {
    head: Vec<u8>,
    tail: Vec<u8>,
    has_nul: bool,
    utf8_pending: Vec<u8>,
    utf8_errors: u64,
    utf8_wide: u64,
    encrypted: bool,
    biff: bool,
}

impl Sniff {
    /// First bytes of the file.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Invalid UTF-8 sequences in the whole file.
    pub(crate) fn utf8_errors(&self) -> u64 {
        self.utf8_errors
    }

    /// Characters beyond ASCII, where the bytes are UTF-8.
    pub(crate) fn utf8_wide(&self) -> u64 {
        self.utf8_wide
    }

    pub(crate) fn feed(&mut self, chunk: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend(chunk.iter().take(room));
        if self.head.starts_with(COMPOUND) {
            self.feed_compound(chunk);
        } else if !self.head.starts_with(b"PK") {
            self.has_nul |= memchr::memchr(0, chunk).is_some();
            self.feed_utf8(chunk);
        }
    }

    /// Names of streams are UTF-16LE in the directory of a compound file.
    fn feed_compound(&mut self, chunk: &[u8]) {
        self.tail.extend_from_slice(chunk);
        let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        self.encrypted |= memmem::find(&self.tail, &wide("EncryptedPackage")).is_some()
            || BOF.iter().any(|(bof, len)| has_password(&self.tail, bof, *len));
        self.biff |= memmem::find(&self.tail, &wide("Workbook")).is_some()
            || memmem::find(&self.tail, &wide("Book\0")).is_some();
        let keep = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..keep);
    }

    fn feed_utf8(&mut self, chunk: &[u8]) {
        if self.utf8_pending.is_empty() && chunk.is_ascii() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.utf8_pending);
        bytes.extend_from_slice(chunk);
        let mut rest = bytes.as_slice();
        loop {
            let (valid, skip) = match std::str::from_utf8(rest) {
                Ok(all) => {
                    self.utf8_wide += wide_chars(all.as_bytes());
                    return;
                }
                Err(e) => (e.valid_up_to(), e.error_len()),
            };
            self.utf8_wide += wide_chars(rest.get(..valid).unwrap_or_default());
            rest = rest.get(valid..).unwrap_or_default();
            let Some(skip) = skip else {
                self.utf8_pending = rest.to_vec();
                return;
            };
            self.utf8_errors += 1;
            rest = rest.get(skip..).unwrap_or_default();
        }
    }

    pub(crate) fn finish(&mut self) {
        if !self.utf8_pending.is_empty() {
            self.utf8_errors += 1;
        }
    }

    /// # Errors
    /// `Locked`, `Unsupported`, `NotASpreadsheet`.
    pub(crate) fn kind(&self) -> Result<Kind, IntakeError> {
        let head = self.head.as_slice();
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Ok(Kind::Zip);
        }
        if head.starts_with(COMPOUND) {
            return match (self.encrypted, self.biff) {
                (true, _) => Err(IntakeError::Locked),
                (false, true) => Ok(Kind::Compound),
                (false, false) => Err(IntakeError::NotASpreadsheet),
            };
        }
        // BIFF2 to BIFF4 files stand without a compound container.
        if matches!(head, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
            return Err(IntakeError::Unsupported { kind: "xls" });
        }
        if self.has_nul && self.wide_text().is_none() {
            return Err(IntakeError::NotASpreadsheet);
        }
        self.text_kind()
    }

    fn text_kind(&self) -> Result<Kind, IntakeError> {
        let head = self.head.as_slice();
        let start: Vec<u8> = head.iter().copied().filter(|b| *b != 0).take(512).collect();
        let text = String::from_utf8_lossy(&start).to_ascii_lowercase();
        let text = text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
        if text.starts_with("<?xml") || text.starts_with("<workbook") {
            return Err(IntakeError::Unsupported { kind: "xml" });
        }
        if ["<html", "<!doctype html", "<table", "<head", "<meta", "<style"]
            .iter()
            .any(|t| text.starts_with(t))
        {
            return Err(IntakeError::Unsupported { kind: "html" });
        }
        if ["%pdf-", "{\\rtf", "%!ps", "mime-version:"].iter().any(|t| text.starts_with(t)) {
            return Err(IntakeError::NotASpreadsheet);
        }
        let control =
            |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
        if self.wide_text().is_none() && head.iter().filter(control).count() * 50 > head.len() {
            return Err(IntakeError::NotASpreadsheet);
        }
        Ok(Kind::Text)
    }

    /// UTF-16 by its mark, or by the zero bytes that ASCII characters leave on one side.
    pub(crate) fn wide_text(&self) -> Option<&'static encoding_rs::Encoding> {
        if self.head.starts_with(b"\xFF\xFE") {
            return Some(encoding_rs::UTF_16LE);
        }
        if self.head.starts_with(b"\xFE\xFF") {
            return Some(encoding_rs::UTF_16BE);
        }
        let (mut even, mut odd) = (0_usize, 0_usize);
        for pair in self.head.chunks_exact(2) {
            even += usize::from(pair.first() == Some(&0));
            odd += usize::from(pair.last() == Some(&0));
        }
        let pairs = self.head.len() / 2;
        match (even, odd) {
            (0, n) if n * 5 > pairs && pairs > 1 => Some(encoding_rs::UTF_16LE),
            (n, 0) if n * 5 > pairs && pairs > 1 => Some(encoding_rs::UTF_16BE),
            _ => None,
        }
    }
}

/// Whether a workbook's stream that begins with `bof` goes on with a FilePass record (MS-XLS 2.4.117), perhaps behind
/// a WriteProtect one: every record after it is scrambled, by whichever method.
fn has_password(bytes: &[u8], bof: &[u8], len: usize) -> bool {
    memmem::find_iter(bytes, bof).any(|at| {
        let next = bytes.get(at + len..).unwrap_or_default();
        let next = next.strip_prefix(b"\x86\0\0\0").unwrap_or(next);
        next.starts_with(b"\x2F\0") && next.get(3).is_some_and(|high| *high == 0)
    })
}

/// Characters that start with a byte beyond ASCII.
fn wide_chars(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b >= 0xC0).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Result<Kind, IntakeError> {
        let mut sniff = Sniff::default();
        for chunk in bytes.chunks(7) {
            sniff.feed(chunk);
        }
        sniff.finish();
        sniff.kind()
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let mut compound = COMPOUND.to_vec();
        compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(matches!(kind(&compound), Err(IntakeError::Locked)));
        let mut compound = COMPOUND.to_vec();
        compound.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(matches!(kind(&compound), Ok(Kind::Compound)));
        for bof in [
            &b"\x09\x08\x10\0\0\x06\x05\0\xBB\x0D\xCC\x07\0\0\0\0\x06\0\0\0"[..],
            b"\x09\x08\x08\0\0\x05\x05\0\0\0\0\0",
        ] {
            let open = [compound.as_slice(), bof, b"\xE1\0\x02\0\xB0\x04"].concat();
            assert!(matches!(kind(&open), Ok(Kind::Compound)));
            let scrambled = [compound.as_slice(), bof, b"\x2F\0\x06\0\0\0\x59\xB3\x0A\x9A"].concat();
            assert!(matches!(kind(&scrambled), Err(IntakeError::Locked)), "whatever the method");
        }
        assert!(matches!(kind(b"\x09\0\x04\0\x02\0\x10\0"), Err(IntakeError::Unsupported { kind: "xls" })));
        assert!(matches!(kind(b"%PDF-1.7 x"), Err(IntakeError::NotASpreadsheet)));
        assert!(matches!(kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(IntakeError::NotASpreadsheet)));
        assert!(matches!(kind(b"<html><table>"), Err(IntakeError::Unsupported { kind: "html" })));
        assert!(matches!(kind("帳號,姓名\n".as_bytes()), Ok(Kind::Text)));
        assert!(matches!(kind(b"\xFF\xFEa\0,\0b\0"), Ok(Kind::Text)));
        assert!(matches!(kind(b"a\0,\0b\0\n\0"), Ok(Kind::Text)));
    }

    #[test]
    fn invalid_sequences_are_counted_across_chunks() {
        let mut sniff = Sniff::default();
        for byte in "帳號".as_bytes() {
            sniff.feed(std::slice::from_ref(byte));
        }
        sniff.finish();
        assert_eq!((sniff.utf8_errors(), sniff.utf8_wide()), (0, 2));
    }
}
