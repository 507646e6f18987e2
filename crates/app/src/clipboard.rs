//! What the program put on the clipboard, and when it takes it back.

use sha2::{Digest, Sha256};
use std::time::Duration;

/// UTF-8 bytes of the longest text that is copied at once: some thousand rows.
pub const LONGEST_COPY: usize = 16 * 1024 * 1024;

/// The clipboard of the desktop. It belongs to everybody: what is on it may be another program's.
pub trait Clipboard: Send {
    /// Puts a text on it, and asks the system to keep it out of its history; false when it takes none.
    fn put(&mut self, text: &str) -> bool;
    /// The text that is on it.
    fn text(&mut self) -> Option<String>;
    /// Empties it.
    fn clear(&mut self);
}

/// What of ours may be on the clipboard.
#[derive(Default)]
pub(crate) struct Copied(Option<Copy>);

/// Not the text itself: its SHA-256, which is enough to know it again.
struct Copy {
    sha256: [u8; 32],
    until: Duration,
}

fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl Copied {
    /// Puts a text on the clipboard until the ticks say `until`.
    pub(crate) fn put(&mut self, clipboard: &mut dyn Clipboard, text: &str, until: Duration) -> bool {
        let done = clipboard.put(text);
        if done {
            self.0 = Some(Copy { sha256: sha256(text), until });
        }
        done
    }

    /// Takes back what was there long enough.
    pub(crate) fn beat(&mut self, clipboard: &mut dyn Clipboard, ticks: Duration) {
        if self.0.as_ref().is_some_and(|copy| copy.until <= ticks) {
            self.take_back(clipboard);
        }
    }

    /// Takes back what is ours; what another program put there since stays.
    pub(crate) fn take_back(&mut self, clipboard: &mut dyn Clipboard) {
        let Some(copy) = self.0.take() else { return };
        if clipboard.text().is_some_and(|text| sha256(&text) == copy.sha256) {
            clipboard.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Board(Option<String>);

    impl Clipboard for Board {
        fn put(&mut self, text: &str) -> bool {
            self.0 = Some(text.to_owned());
            true
        }
        fn text(&mut self) -> Option<String> {
            self.0.clone()
        }
        fn clear(&mut self) {
            self.0 = None;
        }
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_copy_is_taken_back_when_its_time_is_over() {
        let (mut board, mut copied) = (Board::default(), Copied::default());
        assert!(copied.put(&mut board, "王小明", MINUTE));
        copied.beat(&mut board, MINUTE - Duration::from_millis(1));
        assert_eq!(board.0.as_deref(), Some("王小明"));
        copied.beat(&mut board, MINUTE);
        assert_eq!(board.0, None);
    }

    #[test]
    fn what_another_program_put_there_since_stays() {
        let (mut board, mut copied) = (Board::default(), Copied::default());
        copied.put(&mut board, "王小明", MINUTE);
        board.0 = Some("購物清單".to_owned());
        copied.take_back(&mut board);
        copied.beat(&mut board, MINUTE * 2);
        assert_eq!(board.0.as_deref(), Some("購物清單"));
    }

    #[test]
    fn a_second_copy_has_its_own_time() {
        let (mut board, mut copied) = (Board::default(), Copied::default());
        copied.put(&mut board, "甲", MINUTE);
        copied.put(&mut board, "乙", MINUTE * 2);
        copied.beat(&mut board, MINUTE);
        assert_eq!(board.0.as_deref(), Some("乙"));
        copied.take_back(&mut board);
        assert_eq!(board.0, None);
    }
}
