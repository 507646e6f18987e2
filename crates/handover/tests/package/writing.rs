//! What is refused, and what happens when writing does not end well.

use super::made::{head, key, open, person, read_all, sign};
use ed25519_dalek::{Signer, SigningKey};
use fieldbook_handover::{Head, Mode, PackageError, PackageKind, PackageWriter};
use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Arc, Mutex};

fn begun(to: &[String]) -> Result<PackageWriter<Vec<u8>>, PackageError> {
    PackageWriter::new(Vec::new(), to, head())
}

#[test]
fn only_recipients_get_a_package() {
    let good = person().recipient;
    for bad in [vec![], vec!["age1".to_owned()], vec![good.clone(), "王".to_owned()]] {
        assert_eq!(begun(&bad).map(|_| ()).expect_err("refused"), PackageError::NotARecipient);
    }
    begun(&[good]).expect("begins");
}

#[test]
fn a_head_that_nobody_could_read_is_not_written() {
    let to = [person().recipient];
    let without_since = Head { kind: PackageKind::Since, ..head() };
    let no_copy = Head { copy: "A".repeat(32), ..head() };
    let early = Head { made_at: jiff::civil::date(1979, 12, 31).at(0, 0, 0, 0), ..head() };
    let mut lines = head();
    lines.organisation = "a\nb".to_owned();
    for bad in [without_since, no_copy, early, lines] {
        let error = PackageWriter::new(Vec::new(), &to, bad).map(|_| ()).expect_err("refused");
        assert_eq!(error, PackageError::Malformed("head"));
    }
}

#[test]
fn only_safe_names_are_added_and_none_twice() {
    for (path, again) in
        [("a/../b", false), ("/a", false), ("a b", false), ("a", true), ("A", true), ("a/b", true)]
    {
        let mut writer = begun(&[person().recipient]).expect("begins");
        if again {
            writer.add("a", Mode::Stored, &mut b"".as_slice()).expect("is added");
        }
        let error = writer.add(path, Mode::Stored, &mut b"".as_slice()).expect_err("refused");
        assert_eq!(error, PackageError::UnsafeName, "{path}");
        let error = writer.finish(sign).expect_err("no package with a hole");
        assert_eq!(error, PackageError::Io(ErrorKind::BrokenPipe));
    }
}

#[test]
fn another_key_than_the_heads_signs_nothing() {
    let writer = begun(&[person().recipient]).expect("begins");
    let other = SigningKey::from_bytes(&[8; 32]);
    let done = writer.finish(|message| Ok::<_, PackageError>(other.sign(message).to_bytes()));
    assert_eq!(done, Err(PackageError::WrongSignature));
    let writer = begun(&[person().recipient]).expect("begins");
    assert_eq!(writer.finish(|_| Err(PackageError::NotSigned)), Err(PackageError::NotSigned));
    assert_eq!(hex::encode(head().sender.key), hex::encode(key().verifying_key()));
}

#[test]
fn what_is_signed_is_text() {
    let writer = begun(&[person().recipient]).expect("begins");
    let mut signed = Vec::new();
    let done = writer.finish(|message| {
        signed = message.to_vec();
        sign(message)
    });
    done.expect("ends");
    let text = String::from_utf8(signed).expect("text");
    assert!(text.starts_with("fieldbook-handover/1\n") && text.ends_with("  package.json\n"), "{text}");
}

/// Gives some bytes, then stops.
struct Stopped(usize);

impl Read for Stopped {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.0.min(buf.len());
        self.0 -= count;
        if count == 0 { Err(ErrorKind::ConnectionAborted.into()) } else { Ok(count) }
    }
}

/// Takes some bytes, then is full; what it took can be looked at.
struct Full(usize, Arc<Mutex<Vec<u8>>>);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(ErrorKind::StorageFull.into());
        }
        // A piece at a time, as files may.
        let count = self.0.min(bytes.len()).min(9_999);
        self.0 -= count;
        self.1.lock().expect("ours alone").extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_was_stopped_leaves_nothing_that_opens() {
    let me = person();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let out = Full(usize::MAX, Arc::clone(&taken));
    let mut writer = PackageWriter::new(out, std::slice::from_ref(&me.recipient), head()).expect("begins");
    let error = writer.add("a", Mode::Deflated, &mut Stopped(300_000)).expect_err("stopped");
    assert_eq!(error, PackageError::Io(ErrorKind::ConnectionAborted));
    let size = taken.lock().expect("ours alone").len();
    drop(writer);
    let left = taken.lock().expect("ours alone").clone();
    assert_eq!(left.len(), size, "nothing is written on the way out");
    open(&left, &me).map(|_| ()).expect_err("no package");
}

#[test]
fn a_full_disk_is_told_wherever_it_is_full() {
    let me = person();
    let to = [me.recipient.clone()];
    let write = |room: usize| {
        let taken = Arc::new(Mutex::new(Vec::new()));
        let done = PackageWriter::new(Full(room, Arc::clone(&taken)), &to, head()).and_then(|mut writer| {
            let noise = super::noise(150_000);
            writer.add("a", Mode::Stored, &mut noise.as_slice())?;
            writer.finish(sign)
        });
        let taken = taken.lock().expect("ours alone").clone();
        (done.map(|_| ()), taken)
    };
    let (done, whole) = write(usize::MAX);
    assert_eq!(done, Ok(()));
    read_all(&whole, &me).expect("opens");
    // The header differs by some bytes from one package to another.
    for room in [0, 10, 300, 70_000, 140_000, whole.len() - 200] {
        let (done, left) = write(room);
        assert_eq!(done, Err(PackageError::Io(ErrorKind::StorageFull)), "{room}");
        read_all(&left, &me).expect_err("no package");
    }
}
