//! Containers around parts that the fuzzer makes: stored, with true sums, so that every byte that it changes reaches the
//! reader of the part.

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What stands between two parts of an input.
pub const BETWEEN: &[u8] = b"\n--\n";

/// A workbook from an input: the sheet, the shared texts, the formats and the workbook part, each optional.
#[must_use]
pub fn workbook(input: &[u8]) -> Vec<u8> {
    let parts = split(input);
    let part = |at: usize| parts.get(at).copied().filter(|p| !p.is_empty());
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let book = format!(
        r#"<Relationships><Relationship Id="s" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"#
    );
    let list = br#"<workbook><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>"#;
    let parts = [
        ("_rels/.rels", Some(root.as_bytes())),
        ("xl/workbook.xml", Some(part(3).unwrap_or(list))),
        ("xl/_rels/workbook.xml.rels", Some(book.as_bytes())),
        ("xl/worksheets/sheet1.xml", Some(part(0).unwrap_or(b"<worksheet/>"))),
        ("xl/sharedStrings.xml", part(1)),
        ("xl/styles.xml", part(2)),
    ];
    stored(parts.into_iter().filter_map(|(name, bytes)| Some((name, bytes?))))
}

/// An OpenDocument spreadsheet of this content.
#[must_use]
pub fn opendocument(content: &[u8]) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    stored([("mimetype", kind), ("content.xml", content)].into_iter())
}

/// A text document of this main part (ECMA-376, Part 1, 11.3.10).
#[must_use]
pub fn document(content: &[u8]) -> Vec<u8> {
    let types = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"#
    );
    let parts = [
        ("[Content_Types].xml", types.as_slice()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", content),
    ];
    stored(parts.into_iter())
}

/// A package's inside from an input: its head, `bag-info.txt` and one file of payload; manifests and signature fit them.
#[must_use]
pub fn bag(input: &[u8]) -> Vec<u8> {
    let parts = split(input);
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let bagit = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".as_slice();
    let manifest = line("data/state.jsonl", part(2));
    let tags =
        [("bag-info.txt", part(1)), ("bagit.txt", bagit), ("manifest-sha256.txt", manifest.as_bytes())];
    let mut tagged: String = tags.iter().map(|(path, bytes)| line(path, bytes)).collect();
    tagged.push_str(&line("package.json", part(0)));
    let message = [b"fieldbook-handover/1\n", tagged.as_bytes()].concat();
    let signature = hex::encode(SigningKey::from_bytes(&[7; 32]).sign(&message).to_bytes()) + "\n";
    let files = [
        ("fieldbook/data/state.jsonl", part(2)),
        ("fieldbook/bagit.txt", bagit),
        ("fieldbook/bag-info.txt", part(1)),
        ("fieldbook/package.json", part(0)),
        ("fieldbook/manifest-sha256.txt", manifest.as_bytes()),
        ("fieldbook/tagmanifest-sha256.txt", tagged.as_bytes()),
        ("fieldbook/package.sig", signature.as_bytes()),
    ];
    stored(files.into_iter())
}

/// A line of a manifest.
fn line(path: &str, bytes: &[u8]) -> String {
    format!("{}  {path}\n", hex::encode(Sha256::digest(bytes)))
}

/// A container of these parts.
fn stored<'p>(parts: impl Iterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut directory = Vec::new();
    let mut count = 0_u16;
    for (name, bytes) in parts {
        let at = long(zip.len());
        let head = head(name, bytes);
        zip.extend_from_slice(b"PK\x03\x04\x14\0");
        zip.extend_from_slice(&head);
        zip.extend_from_slice(name.as_bytes());
        zip.extend_from_slice(bytes);
        directory.extend_from_slice(b"PK\x01\x02\x14\0\x14\0");
        directory.extend_from_slice(&head);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        count += 1;
    }
    let at = long(zip.len());
    zip.extend_from_slice(&directory);
    zip.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for n in [count, count] {
        zip.extend_from_slice(&n.to_le_bytes());
    }
    zip.extend_from_slice(&long(directory.len()).to_le_bytes());
    zip.extend_from_slice(&at.to_le_bytes());
    zip.extend_from_slice(&[0, 0]);
    zip
}

/// Flags, method, time, sum, sizes and lengths, as both headers of a part have them.
fn head(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut head = vec![0; 8];
    head.extend_from_slice(&sum(bytes).to_le_bytes());
    head.extend_from_slice(&long(bytes.len()).to_le_bytes());
    head.extend_from_slice(&long(bytes.len()).to_le_bytes());
    head.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    head.extend_from_slice(&[0, 0]);
    head
}

fn split(mut input: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(at) = input.windows(BETWEEN.len()).position(|w| w == BETWEEN) {
        let (part, rest) = input.split_at(at);
        parts.push(part);
        input = rest.get(BETWEEN.len()..).unwrap_or_default();
    }
    parts.push(input);
    parts
}

fn long(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// CRC-32 as zip has it.
fn sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |mut sum, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
        sum
    })
}
