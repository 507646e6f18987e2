//! The window as it is without a driver: keys go in by the display, and what is seen of it are its processes.

use super::manager::{self, CONTROL, ENTER};
use super::surroundings::{Group, begun, bound, bus, display};
use super::{Fault, Processes, gone, processes, program};
use std::path::Path;
use std::process::Stdio;

/// A running window that nothing drives.
pub struct Bare {
    // Ended in this order.
    program: Group,
    _bus: Group,
    shown_on: (String, Option<Group>),
}

impl Bare {
    /// Opens the window on a display of its own with `vault` as the folder that it offers, and waits for its pages.
    ///
    /// # Errors
    /// When it does not start.
    pub fn open(vault: &Path) -> Result<Self, Fault> {
        let shown_on = display("1600x1000x24")?;
        let (bus, address) = bus()?;
        let mut command = bound(&program().display().to_string());
        command
            .env("DISPLAY", &shown_on.0)
            .env("DBUS_SESSION_BUS_ADDRESS", address)
            .env("FIELDBOOK_VAULT", vault)
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_A11Y", "none")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("LANG", "C.UTF-8")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let opened = Self { program: begun("fieldbook-desktop", &mut command)?, _bus: bus, shown_on };
        processes::within(|| Some(opened.processes().pages).filter(|&pages| pages != 0))
            .ok_or_else(|| Fault::Waited("the pages".to_owned()))?;
        Ok(opened)
    }

    /// The processes of the window as they are now.
    #[must_use]
    pub fn processes(&self) -> Processes {
        Processes { program: self.program.id(), ..Processes::below(self.program.id()) }
    }

    /// Types small letters and signs that need no second key, and Enter.
    ///
    /// # Errors
    /// When there is no window, or no such key.
    pub fn enter(&self, text: &str) -> Result<(), Fault> {
        let names: Vec<[u32; 1]> = text.chars().map(|c| [u32::from(c)]).chain([[ENTER]]).collect();
        let presses: Vec<&[u32]> = names.iter().map(<[u32; 1]>::as_slice).collect();
        manager::keys(&self.shown_on.0, self.program.id(), &presses)
    }

    /// Presses a letter with Control held.
    ///
    /// # Errors
    /// As [`Bare::enter`].
    pub fn control(&self, letter: char) -> Result<(), Fault> {
        manager::keys(&self.shown_on.0, self.program.id(), &[&[CONTROL, u32::from(letter)]])
    }

    /// Tries again and again until the pages run in another process than `before`.
    ///
    /// # Errors
    /// When they never do.
    pub fn until_pages_are_others(
        &self,
        before: u32,
        mut attempt: impl FnMut(&Self) -> Result<(), Fault>,
    ) -> Result<u32, Fault> {
        processes::within(|| {
            if let Err(fault) = attempt(self) {
                return Some(Err(fault));
            }
            Some(self.processes().pages).filter(|&now| now != 0 && now != before).map(Ok)
        })
        .unwrap_or_else(|| Err(Fault::Waited("pages in another process".to_owned())))
    }

    /// Presses the button of the title bar that closes the window, and waits until the program has ended.
    ///
    /// # Errors
    /// When there is no window, or it stays.
    pub fn close_by_button(self) -> Result<(), Fault> {
        let program = self.program.id();
        manager::close(&self.shown_on.0, program)?;
        if gone(program) { Ok(()) } else { Err(Fault::Waited("the program to end".to_owned())) }
    }
}
