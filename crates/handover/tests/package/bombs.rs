//! Containers whose directories lie.

use super::made::{Entries, head, inside, inside_within, packed, packed_as, person, small_entries};
use super::made::{decrypted, package_of};
use fieldbook_handover::{Limits, Mode, PackageError};
use zip::CompressionMethod;

/// Where the directory's entries begin.
fn directory(container: &[u8]) -> Vec<usize> {
    container.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(at, _)| at).collect()
}

fn put(container: &mut [u8], at: usize, bytes: &[u8]) {
    container[at..at + bytes.len()].copy_from_slice(bytes);
}

fn refused(container: &[u8]) -> PackageError {
    inside(container).expect_err("refused")
}

#[test]
fn ten_gigabytes_in_a_small_file_are_not_believed() {
    let good = packed(&small_entries());
    for entry in directory(&good) {
        let mut bomb = good.clone();
        put(&mut bomb, entry + 24, &0xFFFF_FFF0_u32.to_le_bytes());
        assert_eq!(refused(&bomb), PackageError::TooLarge);
    }
    // All together are too large for the file, though each alone is not for its entry.
    let mut bomb = good.clone();
    for entry in directory(&good) {
        put(&mut bomb, entry + 24, &1_000_000_u32.to_le_bytes());
    }
    assert_eq!(refused(&bomb), PackageError::TooLarge);
}

#[test]
fn more_than_the_limits_is_refused_before_it_is_unpacked() {
    let me = person();
    let zeros = vec![0; 3 << 20];
    let bytes = package_of(head(), &[&me], &[("zeros", Mode::Deflated, &zeros)]);
    let container = decrypted(&bytes, &me);
    assert!(container.len() < 10_000, "packed a thousand times tighter");
    inside(&container).expect("what deflate can do is believed");
    let within = |limits: Limits| inside_within(&container, &limits).map(|_| ());
    assert_eq!(within(Limits { total: 3 << 20, ..Limits::default() }), Err(PackageError::TooLarge));
    assert_eq!(within(Limits { ratio: 500, ..Limits::default() }), Err(PackageError::TooLarge));
    assert_eq!(within(Limits { entries: 6, ..Limits::default() }), Err(PackageError::TooLarge));
    assert_eq!(within(Limits { head: 100, ..Limits::default() }), Err(PackageError::TooLarge));
}

#[test]
fn a_size_that_is_not_true_is_found() {
    let stored = packed_as(&small_entries(), CompressionMethod::Stored);
    let deflated = packed(&small_entries());
    for good in [&stored, &deflated] {
        for entry in directory(good) {
            for size in [0_u32, 1, 30, 70_000] {
                let mut lie = good.clone();
                put(&mut lie, entry + 24, &size.to_le_bytes());
                if lie != *good {
                    inside(&lie).expect_err("another size than it has");
                }
            }
        }
    }
}

#[test]
fn entries_that_share_bytes_are_refused() {
    let good = packed(&small_entries());
    let entries = directory(&good);
    let mut shared = good.clone();
    let first = good[entries[1] + 42..entries[1] + 46].to_vec();
    put(&mut shared, entries[2] + 42, &first);
    assert_eq!(refused(&shared), PackageError::Malformed("container"));
    // One that reaches into the next.
    let mut long = packed_as(&small_entries(), CompressionMethod::Stored);
    let entry = directory(&long)[0];
    put(&mut long, entry + 20, &200_u32.to_le_bytes());
    put(&mut long, entry + 24, &200_u32.to_le_bytes());
    assert_eq!(refused(&long), PackageError::Malformed("container"));
}

#[test]
fn nothing_stands_before_behind_or_beside_what_is_packed() {
    let good = packed(&small_entries());
    let malformed = PackageError::Malformed("container");
    assert_eq!(refused(&[b"MZ".as_slice(), &good].concat()), malformed);
    assert_eq!(refused(&[&good, b"x".as_slice()].concat()), PackageError::NotAPackage);
    let mut commented = good.clone();
    let end = good.len() - 2;
    put(&mut commented, end, &1_u16.to_le_bytes());
    commented.push(b'x');
    assert_eq!(refused(&commented), PackageError::NotAPackage);
    let mut fewer = good.clone();
    let count = good.len() - 14;
    put(&mut fewer, count, &[8, 0, 8, 0]);
    refused(&fewer);
}

#[test]
fn a_name_given_twice_or_packed_otherwise_is_refused() {
    let good = packed_as(&small_entries(), CompressionMethod::Stored);
    let mut entries: Entries = small_entries();
    entries.push(("fieldbook/data/empth".to_owned(), b"other".to_vec()));
    let twice = packed(&entries);
    let twice: Vec<u8> = replace(&twice, b"fieldbook/data/empth", b"fieldbook/data/empty");
    assert_eq!(refused(&twice), PackageError::UnsafeName);
    for (at, value, wanted) in [
        (10, 14_u16, PackageError::Malformed("container")), // LZMA
        (10, 99, PackageError::Malformed("container")),     // AES
        (8, 1, PackageError::Malformed("container")),       // encrypted
    ] {
        let mut other = good.clone();
        put(&mut other, directory(&good)[0] + at, &value.to_le_bytes());
        assert_eq!(refused(&other), wanted, "{at} {value}");
    }
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for at in 0..out.len() - from.len() {
        if out[at..].starts_with(from) {
            put(&mut out, at, to);
        }
    }
    out
}

#[test]
fn no_changed_byte_of_a_container_makes_the_reader_panic_or_give_other_bytes() {
    let good = packed(&small_entries());
    let content = inside(&good).expect("opens");
    for at in 0..good.len() {
        for bit in [0, 3, 7] {
            let mut changed = good.clone();
            changed[at] ^= 1 << bit;
            // Times and attributes of entries are nobody's; all else is.
            if let Ok(read) = inside(&changed) {
                assert_eq!(read, content, "{at}");
            }
        }
    }
    for end in 0..good.len() {
        inside(&good[..end]).expect_err("cut off");
    }
}
