//! The programs that a driven window needs beside it. Each is a group of processes of its own, ended on drop.

use super::Fault;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A child and everything that it started.
pub(super) struct Group(Child);

impl Group {
    /// Number of the process that began it.
    pub(super) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // Both may fail only because the group is gone already.
        let _ = Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// Display, session bus and driver.
pub(super) struct Surroundings {
    port: u16,
    display: String,
    // Ended in this order: the driver (and the window with it) first.
    driver: Group,
    _bus: Group,
    _display: Option<Group>,
}

impl Surroundings {
    /// Starts what is missing. A display is only started when there is none.
    pub(super) fn start(vault: &Path, folders: &[(&str, PathBuf)]) -> Result<Self, Fault> {
        let shown = std::env::var("DISPLAY").ok().filter(|d| !d.is_empty());
        let (display, own) = match shown {
            Some(display) => (display, None),
            None => display("1600x1000x24")?,
        };
        Self::on(display, own, vault, folders)
    }

    /// Starts all of it, with a display that nothing else draws on and that takes a window of any size.
    pub(super) fn alone() -> Result<Self, Fault> {
        let (display, own) = display("3840x2260x24")?;
        let taipei = [("TZ", PathBuf::from("Asia/Taipei"))];
        Self::on(display, own, Path::new(""), &taipei)
    }

    fn on(
        display: String,
        own: Option<Group>,
        vault: &Path,
        folders: &[(&str, PathBuf)],
    ) -> Result<Self, Fault> {
        let (bus, address) = bus()?;
        let port = free_port()?;
        let mut driver = bound("WebKitWebDriver");
        driver
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("DISPLAY", &display)
            .env("DBUS_SESSION_BUS_ADDRESS", address)
            .env("FIELDBOOK_VAULT", vault)
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_A11Y", "none")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("LANG", "C.UTF-8")
            .envs(folders.iter().map(|(name, folder)| (name, folder)))
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let driver = begun("WebKitWebDriver", &mut driver)?;
        Ok(Self { port, display, driver, _bus: bus, _display: own })
    }

    /// The display on which the window is.
    pub(super) fn display(&self) -> &str {
        &self.display
    }

    /// Number of the driver's process, whose child the window's program is.
    pub(super) fn driver(&self) -> u32 {
        self.driver.id()
    }

    /// Port of the driver on 127.0.0.1.
    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

/// A session's bus and its address.
pub(super) fn bus() -> Result<(Group, String), Fault> {
    let mut bus = bound("dbus-daemon");
    bus.args(["--session", "--nofork", "--print-address=1"]);
    first_line("dbus-daemon", bus)
}

/// A program in a group of its own.
pub(super) fn begun(name: &str, command: &mut Command) -> Result<Group, Fault> {
    Ok(Group(command.process_group(0).spawn().map_err(|e| Fault::start(name, &e))?))
}

/// A display of its own and the name that it has.
pub(super) fn display(screen: &str) -> Result<(String, Option<Group>), Fault> {
    let mut xvfb = bound("Xvfb");
    xvfb.args(["-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp"]);
    let (group, number) = first_line("Xvfb", xvfb)?;
    Ok((format!(":{number}"), Some(group)))
}

/// A program that ends when this process does, however that ends.
pub(super) fn bound(name: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--", name]);
    command
}

/// Starts a program that says on its first line where it can be reached.
fn first_line(name: &str, mut command: Command) -> Result<(Group, String), Fault> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().map_err(|e| Fault::start(name, &e))?;
    let out = child.stdout.take();
    let group = Group(child);
    let mut line = String::new();
    if let Some(out) = out {
        BufReader::new(out).read_line(&mut line).map_err(|e| Fault::start(name, &e))?;
    }
    if line.trim().is_empty() { Err(Fault::silent(name)) } else { Ok((group, line.trim().to_owned())) }
}

fn free_port() -> Result<u16, Fault> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| Fault::start("a port", &e))?;
    Ok(listener.local_addr().map_err(|e| Fault::start("a port", &e))?.port())
}
