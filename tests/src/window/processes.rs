//! The processes of a driven window: the program and what its web view started. What ends them, stops them, or weighs them.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a process may take to be gone.
const PATIENCE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(20);

/// Processes by number.
#[derive(Debug, Clone, Default)]
pub struct Processes {
    /// The window's program; 0 when it is gone.
    pub program: u32,
    /// The web view's process that runs the pages; 0 when it is gone.
    pub pages: u32,
    /// All of them.
    pub all: Vec<u32>,
}

/// Number, parent, name and state of every process.
fn table() -> BTreeMap<u32, (u32, String, char)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    let numbers = entries.filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok());
    numbers.filter_map(|pid| Some((pid, of(pid)?))).collect()
}

/// Parent, name and state; the name stands in brackets and may hold any character.
fn of(pid: u32) -> Option<(u32, String, char)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (head, rest) = stat.rsplit_once(") ")?;
    let name = head.split_once('(')?.1.to_owned();
    let mut words = rest.split(' ');
    let state = words.next()?.chars().next()?;
    Some((words.next()?.parse().ok()?, name, state))
}

impl Processes {
    /// Those that the driver started.
    #[must_use]
    pub fn below(driver: u32) -> Self {
        let table = table();
        let mut found = Self::default();
        let mut parents = vec![driver];
        while let Some(parent) = parents.pop() {
            for (&pid, (_, name, state)) in table.iter().filter(|(_, (of, _, _))| *of == parent) {
                parents.push(pid);
                if *state == 'Z' {
                    continue;
                }
                match name.as_str() {
                    name if name.starts_with("fieldbook-deskt") => found.program = pid,
                    name if name.starts_with("WebKitWebProces") => found.pages = pid,
                    _ => {}
                }
                found.all.push(pid);
            }
        }
        found
    }

    /// Memory of all of them in bytes; what several share is counted once.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let of = |pid: &u32| {
            let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        self.all.iter().filter_map(of).sum::<u64>() * 1024
    }
}

/// Sends a signal (`KILL`, `STOP`, `CONT`) to one process. Number 0 is nobody.
pub fn signal(pid: u32, name: &str) {
    if pid != 0 {
        // It fails only because the process is gone already.
        let call = [format!("-{name}"), pid.to_string()];
        let _ = Command::new("kill").args(call).stderr(Stdio::null()).status();
    }
}

/// Waits until there is something.
pub(super) fn within<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(found) = look() {
            return Some(found);
        }
        std::thread::sleep(PAUSE);
    }
    None
}

/// Waits until a process is gone; whether it is.
#[must_use]
pub fn gone(pid: u32) -> bool {
    within(|| of(pid).is_none_or(|(_, _, state)| state == 'Z').then_some(())).is_some()
}
