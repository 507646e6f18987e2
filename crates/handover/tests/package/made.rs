//! Packages to be opened, good ones and others.

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519::Identity;
use ed25519_dalek::{Signer, SigningKey};
use fieldbook_handover::{Head, Limits, Mode, Package, PackageError, PackageKind, PackageWriter, Sender};
use fieldbook_model::{EditionPin, ExamId};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub const COPY: &str = "00112233445566778899aabbccddeeff";

pub fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// Somebody to whom packages can be sent.
pub struct Person {
    pub secret: SecretString,
    pub recipient: String,
}

pub fn person() -> Person {
    let identity = Identity::generate();
    let secret = SecretString::from(identity.to_string().expose_secret().to_owned());
    Person { secret, recipient: identity.to_public().to_string() }
}

pub fn head() -> Head {
    Head {
        kind: PackageKind::Whole,
        sender: Sender { name: "王小明".to_owned(), key: key().verifying_key().to_bytes() },
        organisation: "範例公會".to_owned(),
        exam: ExamId::parse("exam-1").expect("an id"),
        copy: COPY.to_owned(),
        seen: [(COPY.to_owned(), 12)].into(),
        since: None,
        editions: vec![EditionPin {
            document: "COL".to_owned(),
            version: "113".to_owned(),
            content_sha256: "00".repeat(32),
        }],
        made_at: jiff::civil::date(2026, 3, 2).at(9, 30, 0, 0),
    }
}

pub fn sign(message: &[u8]) -> Result<[u8; 64], PackageError> {
    Ok(key().sign(message).to_bytes())
}

pub type Files<'f> = &'f [(&'f str, Mode, &'f [u8])];

pub fn package_of(head: Head, to: &[&Person], files: Files<'_>) -> Vec<u8> {
    let to: Vec<String> = to.iter().map(|person| person.recipient.clone()).collect();
    let mut writer = PackageWriter::new(Vec::new(), &to, head).expect("begins");
    for (path, mode, mut bytes) in files.iter().copied() {
        let sum = writer.add(path, mode, &mut bytes).expect("is added");
        assert_eq!(sum, <[u8; 32]>::from(Sha256::digest(bytes_of(files, path))));
    }
    writer.finish(sign).expect("ends")
}

fn bytes_of<'f>(files: Files<'f>, path: &str) -> &'f [u8] {
    files.iter().find(|(name, ..)| *name == path).expect("of these").2
}

pub const SMALL: Files<'static> = &[
    ("state.jsonl", Mode::Deflated, b"{\"table\":\"answer\"}\n{\"table\":\"finding\"}\n"),
    ("evidence/E-0001.pdf", Mode::Stored, b"%PDF-1.7 not much of one"),
    ("empty", Mode::Stored, b""),
];

pub fn small(to: &Person) -> Vec<u8> {
    package_of(head(), &[to], SMALL)
}

pub fn open(
    bytes: &[u8],
    by: &Person,
) -> Result<Package<fieldbook_handover::Plain<Cursor<Vec<u8>>>>, PackageError> {
    Package::open(Cursor::new(bytes.to_vec()), &by.secret, &Limits::default())
}

/// Opens a package and reads all of it.
pub fn read_all(bytes: &[u8], by: &Person) -> Result<Vec<(String, Vec<u8>)>, PackageError> {
    all_of(&mut open(bytes, by)?)
}

pub fn all_of<R: Read + std::io::Seek>(
    package: &mut Package<R>,
) -> Result<Vec<(String, Vec<u8>)>, PackageError> {
    let paths: Vec<String> = package.contents().files.iter().map(|file| file.path.clone()).collect();
    let mut read = Vec::new();
    for path in paths {
        let mut bytes = Vec::new();
        package.read(&path, &mut |piece| {
            bytes.extend_from_slice(piece);
            ControlFlow::Continue(())
        })?;
        read.push((path, bytes));
    }
    Ok(read)
}

/// What opening the inside of a package, and reading all of it, comes to.
pub fn inside(container: &[u8]) -> Result<Vec<(String, Vec<u8>)>, PackageError> {
    inside_within(container, &Limits::default())
}

pub fn inside_within(container: &[u8], limits: &Limits) -> Result<Vec<(String, Vec<u8>)>, PackageError> {
    all_of(&mut Package::open_container(Cursor::new(container), limits)?)
}

/// The entries of a container in their order.
pub type Entries = Vec<(String, Vec<u8>)>;

pub fn decrypted(bytes: &[u8], by: &Person) -> Vec<u8> {
    let identity: Identity = by.secret.expose_secret().parse().expect("an identity");
    age::decrypt(&identity, bytes).expect("decrypts")
}

pub fn entries(container: &[u8]) -> Entries {
    let mut archive = ZipArchive::new(Cursor::new(container)).expect("a container");
    let mut entries = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("its bytes");
        entries.push((name, bytes));
    }
    entries
}

/// The entries of the small package.
pub fn small_entries() -> Entries {
    let me = person();
    entries(&decrypted(&small(&me), &me))
}

pub fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    packed_as(entries, CompressionMethod::Deflated)
}

pub fn packed_as(entries: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a container").into_inner()
}

pub fn entry<'e>(entries: &'e mut Entries, name: &str) -> &'e mut Vec<u8> {
    &mut entries.iter_mut().find(|(found, _)| found == name).expect("an entry of this name").1
}

/// Makes manifests and signature anew, as a signer would who wants others to read just this.
pub fn signed_anew(mut entries: Entries) -> Entries {
    let line = |(name, bytes): &(String, Vec<u8>)| {
        format!("{}  {}\n", hex::encode(Sha256::digest(bytes)), name.trim_start_matches("fieldbook/"))
    };
    let manifest_of = |entries: &Entries, wanted: &dyn Fn(&str) -> bool| {
        let mut named: Vec<_> = entries.iter().filter(|(name, _)| wanted(name)).collect();
        named.sort();
        named.into_iter().map(line).collect::<String>().into_bytes()
    };
    let is_payload = |name: &str| !TAGS.contains(&name);
    *entry(&mut entries, MANIFEST) = manifest_of(&entries.clone(), &is_payload);
    let tagged =
        manifest_of(&entries, &|name| TAGS.contains(&name) && name != TAG_MANIFEST && name != SIGNATURE);
    let signature = key().sign(&[b"fieldbook-handover/1\n", tagged.as_slice()].concat());
    *entry(&mut entries, SIGNATURE) = format!("{}\n", hex::encode(signature.to_bytes())).into_bytes();
    *entry(&mut entries, TAG_MANIFEST) = tagged;
    entries
}

pub const MANIFEST: &str = "fieldbook/manifest-sha256.txt";
pub const TAG_MANIFEST: &str = "fieldbook/tagmanifest-sha256.txt";
pub const SIGNATURE: &str = "fieldbook/package.sig";
pub const HEAD: &str = "fieldbook/package.json";
const TAGS: [&str; 6] =
    ["fieldbook/bagit.txt", "fieldbook/bag-info.txt", HEAD, MANIFEST, TAG_MANIFEST, SIGNATURE];

/// Changes the text of an entry.
pub fn replaced(entries: &mut Entries, name: &str, from: &str, to: &str) {
    let bytes = entry(entries, name);
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(text.contains(from), "{name} has no {from:?}: {text}");
    *bytes = text.replace(from, to).into_bytes();
}
