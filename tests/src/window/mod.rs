//! The real window, driven over WebDriver: a display, a session bus and the driver are started for it and ended with it.

mod page;
mod surroundings;
mod tab;

pub use page::{Fault, Key, Page};
pub use tab::Tab;

use std::path::{Path, PathBuf};
use surroundings::Surroundings;

/// The window's program, as the workspace build leaves it.
///
/// # Panics
/// When it is not built.
#[must_use]
pub fn program() -> PathBuf {
    let named = std::env::var_os("FIELDBOOK_DESKTOP").map(PathBuf::from);
    let path = named.unwrap_or_else(|| crate::target().join("debug/fieldbook-desktop"));
    assert!(path.is_file(), "{} is not built: cargo build -p fieldbook-desktop", path.display());
    path
}

/// A running window.
pub struct Window {
    /// What is shown in it.
    pub page: Page,
    // After the page, so that the session ends before the driver does.
    _surroundings: Surroundings,
}

impl Window {
    /// Opens the window with `vault` as the folder that it offers.
    ///
    /// # Errors
    /// When the driver, or the window in it, does not start.
    pub async fn open(vault: &Path) -> Result<Self, Fault> {
        Self::open_in(vault, &[]).await
    }

    /// The same with folders of its own under these variables (`HOME`, `TMPDIR` …).
    ///
    /// # Errors
    /// As [`Window::open`].
    pub async fn open_in(vault: &Path, folders: &[(&str, PathBuf)]) -> Result<Self, Fault> {
        let surroundings = Surroundings::start(vault, folders)?;
        let page = Page::connect(surroundings.port(), &program(), &[]).await?;
        Ok(Self { page, _surroundings: surroundings })
    }

    /// Closes the window and waits for it.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn close(self) -> Result<(), Fault> {
        self.page.close().await
    }
}
