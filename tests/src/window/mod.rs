//! The real window, driven over WebDriver: a display, a session bus and the driver are started for it and ended with it.

#[cfg(target_os = "linux")]
mod bare;
#[cfg(target_os = "linux")]
mod manager;
mod page;
mod processes;
mod surroundings;
mod tab;

#[cfg(target_os = "linux")]
pub use bare::Bare;
pub use page::{Fault, Key, Page, selector};
pub use processes::{Processes, gone, signal};
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
    surroundings: Surroundings,
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
        Ok(Self { page, surroundings })
    }

    /// The processes of the window as they are now.
    #[must_use]
    pub fn processes(&self) -> Processes {
        Processes::below(self.surroundings.driver())
    }

    /// Waits until the web view has begun its pages again in another process than this one.
    ///
    /// # Errors
    /// When it does not.
    pub fn pages_again(&self, before: u32) -> Result<Processes, Fault> {
        processes::within(|| Some(self.processes()).filter(|now| now.pages != 0 && now.pages != before))
            .ok_or_else(|| Fault::Waited("pages that begin again".to_owned()))
    }

    /// Ends the program at once, as a loss of power would.
    ///
    /// # Panics
    /// When it does not end.
    pub fn kill(self) {
        let program = self.processes().program;
        signal(program, "KILL");
        assert!(gone(program), "the program ends");
    }

    /// Presses the button of the title bar that closes the window, and waits until the program has ended.
    ///
    /// # Errors
    /// When there is no window, or it stays.
    #[cfg(target_os = "linux")]
    pub fn close_by_button(self) -> Result<(), Fault> {
        let program = self.processes().program;
        manager::close(self.surroundings.display(), program)?;
        if gone(program) { Ok(()) } else { Err(Fault::Waited("the program to end".to_owned())) }
    }

    /// Drags the window's corner until its page has this size.
    ///
    /// # Errors
    /// When it does not take it.
    #[cfg(target_os = "linux")]
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), Fault> {
        manager::resize(self.surroundings.display(), self.processes().program, width, height)?;
        self.page
            .until(&format!("innerWidth === {width} && innerHeight === {height}"), "the window's size")
            .await
    }

    /// Closes the window and waits until the program has ended.
    ///
    /// # Errors
    /// When the driver refuses, or the program stays.
    pub async fn close(self) -> Result<(), Fault> {
        let program = self.processes().program;
        self.page.close().await?;
        if gone(program) { Ok(()) } else { Err(Fault::Waited("the program to end".to_owned())) }
    }
}
