//! Frames: what the two processes say to one another, each behind its length; and why something cannot be done.

use crate::{Excess, IntakeError, Limits};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// Bytes of the longest frame.
pub(crate) const FRAME_MAX: u32 = 64 << 20;

/// An answer of the other process.
pub(crate) trait Reply: DeserializeOwned + Send + 'static {
    /// Why it could not do what it was asked.
    fn fault(&self) -> Option<Fault>;
}

/// Why it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fault {
    /// Another file has the name by now, or it cannot be read.
    Gone,
    Locked,
    Damaged,
    Parts(u64),
    Unpacked(u64),
    Ratio(u64),
    Merges(u64),
    Line(u64),
    Memory,
    Pixels(u64),
    Empty,
}

impl Fault {
    /// What is told of an error on the other side.
    pub(crate) fn of(error: &IntakeError) -> Self {
        match error {
            IntakeError::Io(_) => Self::Gone,
            IntakeError::Locked => Self::Locked,
            IntakeError::Empty => Self::Empty,
            IntakeError::TooLarge { what, limit } => match what {
                Excess::Parts => Self::Parts(*limit),
                Excess::Ratio => Self::Ratio(*limit),
                Excess::Merges => Self::Merges(*limit),
                Excess::Memory => Self::Memory,
                Excess::Pixels => Self::Pixels(*limit),
                _ => Self::Unpacked(*limit),
            },
            _ => Self::Damaged,
        }
    }

    /// The error that it stands for.
    pub(crate) fn error(self, limits: &Limits) -> IntakeError {
        let (what, limit) = match self {
            Self::Gone => return IntakeError::Damaged { what: "file that changes while it is read" },
            Self::Locked => return IntakeError::Locked,
            Self::Empty => return IntakeError::Empty,
            Self::Damaged => return IntakeError::Damaged { what: "file" },
            Self::Parts(limit) => (Excess::Parts, limit),
            Self::Unpacked(limit) => (Excess::Unpacked, limit),
            Self::Ratio(limit) => (Excess::Ratio, limit),
            Self::Merges(limit) => (Excess::Merges, limit),
            Self::Line(limit) => (Excess::Line, limit),
            Self::Memory => (Excess::Memory, limits.max_reader_memory),
            Self::Pixels(limit) => (Excess::Pixels, limit),
        };
        IntakeError::TooLarge { what, limit }
    }
}

/// Writes a frame and sends it off.
///
/// # Errors
/// The writer's; `InvalidData` for a frame that is too long, of which nothing is written.
pub(crate) fn write<T: Serialize>(to: &mut impl Write, what: &T) -> io::Result<()> {
    let body = postcard::to_allocvec(what).map_err(io::Error::other)?;
    let length = u32::try_from(body.len()).ok().filter(|n| *n <= FRAME_MAX);
    let length = length.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&body)?;
    to.flush()
}

/// Reads a frame; none at the end of the stream.
///
/// # Errors
/// The reader's; `InvalidData` for what is no frame; `UnexpectedEof` for one that is cut off.
pub(crate) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length = length.first_chunk().ok_or(io::ErrorKind::UnexpectedEof)?;
    let length = u32::from_le_bytes(*length);
    if length > FRAME_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // What comes decides how much memory is taken, not what was promised.
    let mut body = Vec::new();
    from.by_ref().take(u64::from(length)).read_to_end(&mut body)?;
    if body.len() as u64 != u64::from(length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    match postcard::take_from_bytes(&body) {
        Ok((what, [])) => Ok(Some(what)),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}
