//! Bytes from one thread to another, a piece at a time: who has them only writes, who wants them only reads.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes of a piece.
const PIECE: usize = 64 << 10;
/// Pieces on their way at most.
const WAITING: usize = 16;

struct In {
    to: SyncSender<Vec<u8>>,
    piece: Vec<u8>,
}

impl Write for In {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.to.send(piece).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

struct Out {
    from: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Out {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            match self.from.recv() {
                Ok(piece) => (self.piece, self.at) = (piece, 0),
                Err(_) => return Ok(0),
            }
        }
        let rest = self.piece.get(self.at..).unwrap_or_default();
        let n = rest.len().min(into.len());
        if let (Some(into), Some(from)) = (into.get_mut(..n), rest.get(..n)) {
            into.copy_from_slice(from);
        }
        self.at += n;
        Ok(n)
    }
}

/// Lets `write` write what `read` reads, one of them on a thread of its own; gives what both came to. What is read ends
/// where the writing ended, well or not: look at both.
pub(super) fn from_here<A, B: Send>(
    write: impl FnOnce(&mut dyn Write) -> A,
    read: impl FnOnce(&mut dyn Read) -> B + Send,
) -> (A, B) {
    let (to, from) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || read(&mut Out { from, piece: Vec::new(), at: 0 }));
        let written = {
            let mut into = In { to, piece: Vec::with_capacity(PIECE) };
            let written = write(&mut into);
            // A reader that stopped early says why itself.
            let _ = into.flush();
            written
        };
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (written, read)
    })
}

/// As [`from_here`], with the writing on the other thread.
pub(super) fn to_here<A: Send, B>(
    write: impl FnOnce(&mut dyn Write) -> A + Send,
    read: impl FnOnce(&mut dyn Read) -> B,
) -> (A, B) {
    let (to, from) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let writing = scope.spawn(move || {
            let mut into = In { to, piece: Vec::with_capacity(PIECE) };
            let written = write(&mut into);
            let _ = into.flush();
            written
        });
        let read = {
            let mut out = Out { from, piece: Vec::new(), at: 0 };
            read(&mut out)
        };
        let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (written, read)
    })
}
