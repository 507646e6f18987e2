//! How far XML goes on without a tag beginning or ending: a reader holds all of it at once.

use crate::{Excess, IntakeError};

/// Bytes that no text of a cell and no tag of a workbook reaches, with every character written as an entity.
const LONGEST: u64 = 1 << 20;

/// Watches bytes that go by in pieces.
#[derive(Default)]
pub(crate) struct Stretch {
    /// Bytes since the last `<`, since the last `>`.
    since: [u64; 2],
}

impl Stretch {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `TooLarge` when more than a mebibyte came without a tag's beginning, or without its end.
    pub(crate) fn see(&mut self, bytes: &[u8]) -> Result<(), IntakeError> {
        for (since, mark) in self.since.iter_mut().zip(*b"<>") {
            *since = match memchr::memrchr(mark, bytes) {
                Some(at) => (bytes.len() - at) as u64,
                None => *since + bytes.len() as u64,
            };
            if *since > LONGEST {
                return Err(IntakeError::TooLarge { what: Excess::Line, limit: LONGEST });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_followed_over_pieces() {
        let piece = vec![b'a'; 1 << 19];
        let mut stretch = Stretch::default();
        assert!(stretch.see(b"<t>").is_ok());
        assert!(stretch.see(&piece).is_ok());
        assert!(stretch.see(b"</t>").is_ok() && stretch.see(&piece).is_ok() && stretch.see(b"<t").is_ok());
        assert!(matches!(stretch.see(&piece), Err(IntakeError::TooLarge { what: Excess::Line, .. })));
    }
}
