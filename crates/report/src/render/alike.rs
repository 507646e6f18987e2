//! Packages that are the same bytes on every system.

/// The end of a zip without a comment (APPNOTE 4.3.16), and how it begins.
const END: usize = 22;
const END_MARK: &[u8] = b"PK\x05\x06";
/// A part's entry in the directory before it (APPNOTE 4.3.12), and how it begins.
const ENTRY: usize = 46;
const ENTRY_MARK: &[u8] = b"PK\x01\x02";
/// Where an entry says which system it was made on (APPNOTE 4.4.2), and what Unix is called there.
const MADE_ON: usize = 5;
const UNIX: u8 = 3;

/// The package as Unix would have made it: the writer of workbooks notes the system that it runs on with each part.
pub fn alike(mut zip: Vec<u8>) -> Vec<u8> {
    let mut next = directory(&zip);
    while let Some(at) = next.filter(|&at| zip.get(at..).is_some_and(|rest| rest.starts_with(ENTRY_MARK))) {
        if let Some(made_on) = zip.get_mut(at + MADE_ON) {
            *made_on = UNIX;
        }
        // The name, the extra field and the comment follow the entry.
        let lengths: Option<usize> = [28, 30, 32].iter().map(|of| number(&zip, at + of, 2)).sum();
        next = lengths.map(|more| at + ENTRY + more);
    }
    zip
}

/// Where the directory begins.
fn directory(zip: &[u8]) -> Option<usize> {
    let end =
        zip.len().checked_sub(END).filter(|&end| zip.get(end..).is_some_and(|e| e.starts_with(END_MARK)))?;
    number(zip, end + 16, 4)
}

/// A number of so many bytes, the lowest first.
fn number(zip: &[u8], at: usize, bytes: usize) -> Option<usize> {
    Some(zip.get(at..at + bytes)?.iter().rev().fold(0, |all, &byte| all << 8 | usize::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::{MADE_ON, alike};
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;
    use zip::{System, ZipWriter};

    fn made_on(system: System) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["one.xml", "目錄/two.xml"] {
            zip.start_file(name, SimpleFileOptions::default().system(system)).expect("begun");
            zip.write_all(b"PK\x01\x02 is no entry here").expect("written");
        }
        zip.finish().expect("a package").into_inner()
    }

    #[test]
    fn a_package_of_windows_becomes_that_of_unix() {
        let (windows, unix) = (made_on(System::Dos), made_on(System::Unix));
        assert_ne!(windows, unix);
        assert_eq!(alike(windows), unix);
        assert_eq!(alike(unix.clone()), unix);
    }

    #[test]
    fn what_is_no_package_stays_as_it_is() {
        for bytes in [&b""[..], b"PK", &[b'P'; 30], b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0"]
        {
            assert_eq!(alike(bytes.to_vec()), bytes);
        }
        let mut cut = made_on(System::Dos);
        let begins = cut.windows(4).rposition(|w| w == b"PK\x01\x02").expect("an entry");
        cut.drain(begins + MADE_ON..begins + MADE_ON + 30);
        let _ = alike(cut);
    }
}
