//! Files that are cut off or changed on their way.

use super::made::{head, package_of, person, read_all, small};
use super::noise;
use fieldbook_handover::{Mode, PackageError};

#[test]
fn a_package_that_ends_early_says_so_wherever_it_ends() {
    let me = person();
    for bytes in [small(&me), package_of(head(), &[&me], &[("a", Mode::Stored, &noise(300_000))])] {
        for part in 0..64 {
            let cut = &bytes[..bytes.len() * part / 64];
            let wanted = if part == 0 { PackageError::NotAPackage } else { PackageError::Truncated };
            assert_eq!(read_all(cut, &me), Err(wanted), "{part}/64");
        }
        assert_eq!(read_all(&bytes[..bytes.len() - 1], &me), Err(PackageError::Truncated));
        for more in [b"\0".as_slice(), &bytes] {
            read_all(&[&bytes, more].concat(), &me).expect_err("longer than it was");
        }
        read_all(&bytes, &me).expect("whole");
    }
}

#[test]
fn no_byte_of_a_package_can_be_changed() {
    let me = person();
    let bytes = small(&me);
    for at in (0..bytes.len()).step_by(5) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        let error = read_all(&changed, &me).expect_err("changed");
        assert!(!matches!(error, PackageError::Io(_) | PackageError::Malformed(_)), "{at}: {error:?}");
    }
}

#[test]
fn a_change_in_the_middle_is_found_when_it_is_read() {
    let me = person();
    let bytes =
        package_of(head(), &[&me], &[("a", Mode::Stored, &noise(500_000)), ("b", Mode::Deflated, b"b")]);
    for at in [100_000, 200_000, 300_000] {
        let mut changed = bytes.clone();
        changed[at] ^= 0x80;
        assert_eq!(read_all(&changed, &me), Err(PackageError::Tampered), "{at}");
    }
}

#[test]
fn parts_of_a_package_cannot_change_places() {
    let me = person();
    let bytes = package_of(head(), &[&me], &[("a", Mode::Stored, &noise(500_000))]);
    let header = bytes.windows(4).position(|w| w == b"\n---").expect("a header") + 49 + 16;
    let chunk = (64 << 10) + 16;
    let mut swapped = bytes.clone();
    let (first, second) = (header..header + chunk, header + chunk..header + 2 * chunk);
    swapped.splice(first.clone(), bytes[second.clone()].iter().copied());
    swapped.splice(second, bytes[first].iter().copied());
    assert_eq!(read_all(&swapped, &me), Err(PackageError::Tampered));
}

#[test]
fn what_is_no_package_is_none() {
    let me = person();
    for foreign in
        [b"".as_slice(), b"PK\x03\x04", b"age", b"-----BEGIN AGE ENCRYPTED FILE-----\n", &[0; 4096]]
    {
        let error = read_all(foreign, &me).expect_err("no package");
        assert!(matches!(error, PackageError::NotAPackage | PackageError::Truncated), "{error:?}");
    }
    let recipient: age::x25519::Recipient = me.recipient.parse().expect("a recipient");
    for inside in [b"".as_slice(), b"text", &[0; 100], &[0; 70_000]] {
        let file = age::encrypt(&recipient, inside).expect("encrypts");
        assert_eq!(read_all(&file, &me), Err(PackageError::NotAPackage));
    }
    let endless = [b"age-encryption.org/v1\n".as_slice(), &b"-> X25519 a\nb\n".repeat(10_000)].concat();
    assert_eq!(read_all(&endless, &me), Err(PackageError::TooLarge));
}
