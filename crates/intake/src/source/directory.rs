//! How many parts a container's directory lists. The library that reads it keeps one of those that share a name, and
//! another program may keep another one.

use std::io::{self, Read, Seek, SeekFrom};

/// An entry's fixed part; the lengths of what follows it stand at 28, 30 and 32.
const HEADER: usize = 46;

/// Counts the entries of the directory that begins at `start`.
///
/// # Errors
/// The reader's; a directory that is cut off.
pub(crate) fn entries(mut bytes: impl Read + Seek, start: u64) -> io::Result<u64> {
    bytes.seek(SeekFrom::Start(start))?;
    let mut header = [0_u8; HEADER];
    let mut count = 0;
    loop {
        let [first, rest @ ..] = &mut header;
        if bytes.read(std::slice::from_mut(first))? == 0 || *first != b'P' {
            return Ok(count);
        }
        let (signature, rest) = rest.split_at_mut(3);
        bytes.read_exact(signature)?;
        if signature != b"K\x01\x02" {
            return Ok(count);
        }
        bytes.read_exact(rest)?;
        let length = |at: usize| {
            i64::from(u16::from_le_bytes(
                [header.get(at).copied(), header.get(at + 1).copied()].map(Option::unwrap_or_default),
            ))
        };
        bytes.seek_relative(length(28) + length(30) + length(32))?;
        count += 1;
    }
}
