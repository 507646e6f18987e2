//! The desktop's clipboard. Copies ask to be kept out of its history, and of what Windows sends to other machines.

use arboard::Clipboard as Board;
use fieldbook_app::Clipboard;

/// The clipboard, taken hold of when it is first needed: on X11 the program that put something there answers for it.
#[derive(Default)]
pub struct DesktopClipboard(Option<Board>);

impl DesktopClipboard {
    fn board(&mut self) -> Option<&mut Board> {
        if self.0.is_none() {
            self.0 = Board::new().ok();
        }
        self.0.as_mut()
    }
}

impl Clipboard for DesktopClipboard {
    fn put(&mut self, text: &str) -> bool {
        self.board().is_some_and(|board| unkept(board.set()).text(text).is_ok())
    }

    fn text(&mut self) -> Option<String> {
        self.board()?.get_text().ok()
    }

    fn clear(&mut self) {
        if let Some(board) = self.board() {
            // A clipboard that cannot be emptied belongs to somebody else by now.
            let _ = board.clear();
        }
    }
}

#[cfg(target_os = "linux")]
fn unkept(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(windows)]
fn unkept(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
}

#[cfg(not(any(target_os = "linux", windows)))]
fn unkept(set: arboard::Set<'_>) -> arboard::Set<'_> {
    set
}
