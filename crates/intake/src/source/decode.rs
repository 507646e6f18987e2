//! Delimited text as UTF-8, whatever its encoding: recognised, unpacked as a stream, user-defined characters of
//! code page 950 (造字) kept as the private-use characters that Windows gives them.

use super::shared_file::{FileReader, SharedFile};
use super::sniff::Sniff;
use crate::IntakeError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// The replacement character: bytes that the encoding does not know became this.
pub(crate) const UNDECODABLE: char = '\u{fffd}';

/// Finds the encoding: mark, zero bytes, strict UTF-8, Big5, then a guess.
///
/// # Errors
/// `UnknownEncoding` for a label that is none; `Io`.
pub(crate) fn recognise(
    file: &SharedFile,
    sniff: &Sniff,
    label: Option<&str>,
) -> Result<&'static Encoding, IntakeError> {
    if let Some(label) = label {
        let folded = label.trim().to_ascii_lowercase();
        let folded =
            if matches!(folded.as_str(), "cp950" | "950" | "ms950") { "big5".to_owned() } else { folded };
        return Encoding::for_label(folded.as_bytes()).ok_or(IntakeError::UnknownEncoding);
    }
    if sniff.head().starts_with(b"\xEF\xBB\xBF") {
        return Ok(UTF_8);
    }
    if let Some(wide) = sniff.wide_text() {
        return Ok(wide);
    }
    let broken = sniff.utf8_errors();
    if broken == 0 {
        return Ok(UTF_8);
    }
    let big5 = errors(file, BIG5)?;
    if broken * 10 < sniff.utf8_wide() && broken <= big5 {
        return Ok(UTF_8);
    }
    if big5 > 0 {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sniff.head(), true);
        let guess = detector.guess(Some(b"tw"), Utf8Detection::Deny);
        if guess != BIG5
            && guess.is_single_byte() == big5_is_hopeless(big5, sniff)
            && errors(file, guess)? == 0
        {
            return Ok(guess);
        }
    }
    Ok(BIG5)
}

/// Single-byte encodings accept anything, so they are believed only when Big5 makes no sense at all.
fn big5_is_hopeless(errors: u64, sniff: &Sniff) -> bool {
    let wide = sniff.head().iter().filter(|b| **b >= 0x80).count() as u64;
    errors * 3 > wide.max(1)
}

/// Byte sequences of the whole file that the encoding does not know.
fn errors(file: &SharedFile, encoding: &'static Encoding) -> Result<u64, IntakeError> {
    let mut reader = TextReader::new(file.reader(), encoding);
    let mut buffer = vec![0_u8; 1 << 16];
    while reader.read(&mut buffer)? > 0 {}
    Ok(reader.errors)
}

/// The file's text as UTF-8, without its mark.
pub(crate) struct TextReader {
    file: FileReader,
    decoder: Decoder,
    big5: bool,
    input: Vec<u8>,
    /// Part of `input` that is not decoded yet.
    left: std::ops::Range<usize>,
    /// How far `input` was looked through for characters of users, and the one that follows: a text full of damage is
    /// decoded in many short pieces, and must not be looked through for each.
    looked: Option<(usize, Option<char>)>,
    /// Bytes consumed last, the newest at the end.
    recent: [u8; 8],
    output: Vec<u8>,
    /// Where the decoder writes.
    space: Vec<u8>,
    given: usize,
    ended: bool,
    errors: u64,
}

impl TextReader {
    pub(crate) fn new(file: FileReader, encoding: &'static Encoding) -> Self {
        let removes_mark = encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE;
        let decoder = if removes_mark {
            encoding.new_decoder_with_bom_removal()
        } else {
            encoding.new_decoder_without_bom_handling()
        };
        Self {
            file,
            decoder,
            big5: encoding == BIG5,
            input: vec![0; 1 << 16],
            left: 0..0,
            looked: None,
            recent: [0; 8],
            output: Vec::new(),
            space: vec![0; (1 << 16) * 3 + 16],
            given: 0,
            ended: false,
            errors: 0,
        }
    }

    /// Decodes the next piece into `output`.
    fn refill(&mut self) -> io::Result<()> {
        self.output.clear();
        self.given = 0;
        // Of Big5 the first byte of a character may be left, whose second one is still to come.
        if self.left.len() < 2 {
            let kept = self.left.len();
            self.input.copy_within(self.left.clone(), 0);
            let n = self.file.read(self.input.get_mut(kept..).unwrap_or_default())?;
            self.left = 0..kept + n;
            self.looked = None;
            self.ended = n == 0;
        }
        loop {
            let (end, own) = if self.big5 { self.until_own() } else { (self.left.end, None) };
            let source = self.input.get(self.left.start..end).unwrap_or_default();
            if let (true, Some(own)) = (source.is_empty(), own) {
                self.left.start += 2;
                self.looked = None;
                self.output.extend_from_slice(own.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            let last = self.ended && own.is_none();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(source, &mut self.space, last);
            for byte in source.iter().take(read).skip(read.saturating_sub(8)) {
                self.recent.rotate_left(1);
                self.recent[7] = *byte;
            }
            self.left.start += read;
            self.output.extend_from_slice(self.space.get(..written).unwrap_or_default());
            match result {
                DecoderResult::InputEmpty if own.is_some() => {}
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    // The decoder gives back a second byte that is ASCII; here it may belong to the character.
                    let second = source.get(read).copied().filter(|_| self.big5 && (length, after) == (1, 0));
                    if let Some(second) = second
                        && let Some(own) = user_defined(&[self.recent[7], second])
                    {
                        self.left.start += 1;
                        self.output.extend_from_slice(own.encode_utf8(&mut [0; 4]).as_bytes());
                    } else {
                        self.replace(usize::from(length), usize::from(after));
                    }
                }
            }
        }
    }

    /// Where the next user-defined character stands in `input`, or the end, and that character.
    fn until_own(&mut self) -> (usize, Option<char>) {
        if let Some(known) = self.looked.filter(|(end, _)| *end >= self.left.start) {
            return known;
        }
        let (plain, own) = until_own(self.input.get(self.left.clone()).unwrap_or_default(), self.ended);
        *self.looked.insert((self.left.start + plain.len(), own))
    }

    fn replace(&mut self, length: usize, after: usize) {
        let end = self.recent.len().saturating_sub(after);
        let bytes = self.recent.get(end.saturating_sub(length)..end).unwrap_or_default();
        let known = if self.big5 { user_defined(bytes) } else { None };
        self.errors += u64::from(known.is_none());
        let mut text = [0; 4];
        self.output.extend_from_slice(known.unwrap_or(UNDECODABLE).encode_utf8(&mut text).as_bytes());
    }
}

impl Read for TextReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.output.len() && !(self.ended && self.left.is_empty()) {
            self.refill()?;
        }
        let mut ready = self.output.get(self.given..).unwrap_or_default();
        let n = ready.read(buffer)?;
        self.given += n;
        Ok(n)
    }
}

/// The bytes before the next user-defined character, and that character. The decoder would take its code for a
/// character of Hong Kong's, which is another one than the firm's. A first byte without its second is left.
fn until_own(bytes: &[u8], ended: bool) -> (&[u8], Option<char>) {
    let mut at = 0;
    while let Some(lead) = bytes.get(at) {
        if !matches!(lead, 0x81..=0xFE) {
            at += 1;
            continue;
        }
        let Some(trail) = bytes.get(at + 1) else {
            let end = if ended { bytes.len() } else { at };
            return (bytes.get(..end).unwrap_or_default(), None);
        };
        // Of the third range the decoder knows the signs that everybody uses (①, ぁ).
        if matches!(lead, 0x81..=0xA0 | 0xFA..=0xFE)
            && let Some(own) = user_defined(&[*lead, *trail])
        {
            return (bytes.get(..at).unwrap_or_default(), Some(own));
        }
        at += if matches!(trail, 0x40..=0x7E | 0x80..) { 2 } else { 1 };
    }
    (bytes, None)
}

/// The private-use character of a user-defined code of code page 950: ranges 0xFA40–0xFEFE, 0x8E40–0xA0FE,
/// 0x8140–0x8DFE and 0xC6A1–0xC8FE, 157 characters a row.
fn user_defined(bytes: &[u8]) -> Option<char> {
    let [lead, trail] = *bytes else { return None };
    let column = match trail {
        0x40..=0x7E => trail - 0x40,
        0xA1..=0xFE => trail - 0xA1 + 63,
        _ => return None,
    };
    let (base, first) = match lead {
        0xFA..=0xFE => (0xE000, 0xFA),
        0x8E..=0xA0 => (0xE311, 0x8E),
        0x81..=0x8D => (0xEEB8, 0x81),
        0xC6..=0xC8 => (0xF6B1 - 63, 0xC6),
        _ => return None,
    };
    char::from_u32(base + u32::from(lead - first) * 157 + u32::from(column))
}

/// The beginning of a text, for recognising its separator.
pub(crate) fn beginning(file: &SharedFile, encoding: &'static Encoding) -> Result<String, IntakeError> {
    beginning_to(file, encoding, 1 << 17)
}

/// The first bytes of a text, as UTF-8.
pub(crate) fn beginning_to(
    file: &SharedFile,
    encoding: &'static Encoding,
    most: u64,
) -> Result<String, IntakeError> {
    let mut bytes = Vec::new();
    TextReader::new(file.reader(), encoding).take(most).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, String) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("x.csv");
        std::fs::write(&path, bytes).expect("written");
        let file = SharedFile::open(&path).expect("opened");
        let mut sniff = Sniff::default();
        sniff.feed(bytes);
        sniff.finish();
        let encoding = recognise(&file, &sniff, None).expect("recognised");
        (encoding.name().to_owned(), beginning(&file, encoding).expect("decoded"))
    }

    #[test]
    fn big5_is_recognised_and_user_defined_characters_are_kept() {
        let (mut bytes, _, _) = BIG5.encode("帳號,姓名\r\nroot,王小明\r\n");
        bytes.to_mut().extend_from_slice(b"a1,\xA4\xFD\xFA\x40\xA9\xFA\r\n");
        let (name, text) = decoded(&bytes);
        assert_eq!(name, "Big5");
        assert!(text.starts_with("帳號,姓名\r\nroot,王小明"), "{text}");
        assert!(text.ends_with("a1,王\u{e000}明\r\n"), "{text}");
        assert!(!text.contains(UNDECODABLE), "{text}");
    }

    #[test]
    fn user_defined_characters_are_kept_wherever_a_piece_of_the_file_ends() {
        let line = b"\xA4\xFD\xFA\x40\x8E\x5C\xC6\xA1a\x81\xFE\n";
        let expected = "王\u{e000}\u{e32d}①a\u{ef54}\n";
        // Pieces are of 65,536 bytes: a shift of one moves every character over their ends.
        for shift in 0..3 {
            let bytes = [&b"x"[..shift.min(1)], &b"y"[..shift / 2], line.repeat(12_000).as_slice()].concat();
            let (name, text) = decoded(&bytes);
            assert_eq!(name, "Big5");
            let text: String = text.chars().skip(shift).collect();
            let whole = text.chars().count() / expected.chars().count();
            assert!(whole > 3_000 && text.starts_with(&expected.repeat(whole - 1)), "{shift}");
        }
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(decoded("\u{feff}帳號,a\n".as_bytes()), ("UTF-8".into(), "帳號,a\n".into()));
        let wide: Vec<u8> = "\u{feff}帳號\ta\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&wide), ("UTF-16LE".into(), "帳號\ta\n".into()));
    }

    #[test]
    fn utf8_with_a_few_broken_bytes_stays_utf8() {
        let mut bytes = "帳號,姓名,部門\n員工甲,王小明,資訊部\n".repeat(20).into_bytes();
        bytes.extend_from_slice(b"a,\xA4\xA4,b\n");
        let (name, text) = decoded(&bytes);
        assert_eq!(name, "UTF-8");
        assert!(text.contains("王小明") && text.contains(UNDECODABLE));
    }
}
