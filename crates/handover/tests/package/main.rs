//! A package opens only as it was made, for those whom it was made for, and never gives what nobody signed.

mod bombs;
mod damage;
mod forged;
mod made;
mod writing;

use fieldbook_handover::{Limits, Mode, Package, PackageError, PackageKind};
use made::{Person, SMALL, decrypted, entries, head, open, package_of, person, read_all, small};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[test]
fn what_was_packed_opens_for_each_recipient_and_for_nobody_else() {
    let (one, two, other) = (person(), person(), person());
    let bytes = package_of(head(), &[&one, &two], SMALL);
    for by in [&one, &two] {
        let package = open(&bytes, by).expect("opens");
        assert_eq!(package.contents().head, head());
        assert_eq!(package.contents().recipients, [one.recipient.clone(), two.recipient.clone()]);
        let sizes: Vec<u64> = package.contents().files.iter().map(|file| file.size).collect();
        assert_eq!(sizes, [39, 24, 0]);
        assert!(package.sha256("empty").is_some() && package.sha256("package.json").is_none());
        let wanted = SMALL.iter().map(|(path, _, bytes)| ((*path).to_owned(), bytes.to_vec()));
        assert_eq!(read_all(&bytes, by).expect("is read"), wanted.collect::<Vec<_>>());
    }
    assert_eq!(read_all(&bytes, &other), Err(PackageError::NotForUs));
    let nobody = Person { secret: "AGE-SECRET-KEY-1".to_owned().into(), recipient: String::new() };
    assert_eq!(read_all(&bytes, &nobody), Err(PackageError::NotAnIdentity));
}

#[test]
fn what_was_meant_for_another_is_not_for_us_whoever_encrypts_it_anew() {
    let (meant, us) = (person(), person());
    let container = decrypted(&small(&meant), &meant);
    let ours: age::x25519::Recipient = us.recipient.parse().expect("a recipient");
    let forwarded = age::encrypt(&ours, &container).expect("encrypts");
    assert_eq!(read_all(&forwarded, &us), Err(PackageError::NotForUs));
}

#[test]
fn the_inside_is_a_bag() {
    let me = person();
    let container = decrypted(&small(&me), &me);
    let found = entries(&container);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "fieldbook/data/state.jsonl",
            "fieldbook/data/evidence/E-0001.pdf",
            "fieldbook/data/empty",
            "fieldbook/bagit.txt",
            "fieldbook/bag-info.txt",
            "fieldbook/package.json",
            "fieldbook/manifest-sha256.txt",
            "fieldbook/tagmanifest-sha256.txt",
            "fieldbook/package.sig",
        ]
    );
    let text = |name: &str| {
        let bytes = &found.iter().find(|(found, _)| found.ends_with(name)).expect("there").1;
        String::from_utf8(bytes.clone()).expect("text")
    };
    assert_eq!(text("/bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    assert_eq!(
        text("/bag-info.txt"),
        "Source-Organization: 範例公會\nContact-Name: 王小明\nExternal-Identifier: exam-1\nBagging-Date: 2026-03-02\n\
         Payload-Oxum: 63.3\n"
    );
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/empty";
    assert_eq!(text("/manifest-sha256.txt").lines().next(), Some(empty));
    let tagged = text("/tagmanifest-sha256.txt");
    let tagged: Vec<&str> = tagged.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    assert_eq!(tagged, ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "package.json"]);
    let again = decrypted(&small(&me), &me);
    assert!(again == container, "the same content gives the same bytes");
}

#[test]
fn a_head_keeps_all_that_it_says() {
    let me = person();
    let mut said = head();
    said.kind = PackageKind::Since;
    said.since = Some([("ff".repeat(16), 3)].into());
    said.organisation = String::new();
    let bytes = package_of(said.clone(), &[&me], &[]);
    let package = open(&bytes, &me).expect("opens without any payload");
    assert_eq!(package.contents().head, said);
}

/// Counts what is read.
struct Counted(Cursor<Vec<u8>>, Arc<AtomicU64>);

impl Read for Counted {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buf)?;
        self.1.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn opening_reads_no_payload_and_packing_adds_little() {
    let me = person();
    let noise = noise(6 << 20);
    let bytes = package_of(head(), &[&me], &[("a", Mode::Stored, &noise), ("b", Mode::Deflated, &noise)]);
    assert!(bytes.len() * 100 <= noise.len() * 2 * 102, "{} of {}", bytes.len(), noise.len() * 2);
    let read = Arc::new(AtomicU64::new(0));
    let file = Counted(Cursor::new(bytes), Arc::clone(&read));
    let mut package = Package::open(file, &me.secret, &Limits::default()).expect("opens");
    let opened = read.load(Ordering::Relaxed);
    assert!(opened < 1 << 20, "{opened} bytes were read");
    let mut size = 0;
    let done = package.read("b", &mut |piece| {
        size += piece.len();
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!((done, size), (Ok(()), noise.len()));
    assert!(read.load(Ordering::Relaxed) < opened + (7 << 20), "the other file was read too");
}

/// Bytes that cannot be packed.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..count).map(|_| next()).collect()
}
