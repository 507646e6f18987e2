//! What a child wrote, call by call, as strace tells it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One thing that happened, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A file was opened.
    Open {
        /// Which.
        file: PathBuf,
        /// Whether the call may have made it.
        made: bool,
        /// Whether the call emptied it.
        cut: bool,
    },
    /// Bytes were written.
    Write {
        /// Where to.
        file: PathBuf,
        /// Offset.
        at: u64,
        /// What.
        bytes: Vec<u8>,
    },
    /// A file was cut or made longer.
    Length {
        /// Which.
        file: PathBuf,
        /// Its bytes now.
        length: u64,
    },
    /// A file's bytes are durable, or a folder's names.
    Sync {
        /// Which.
        file: PathBuf,
    },
    /// A file or folder has another name.
    Rename {
        /// Before.
        from: PathBuf,
        /// Now.
        to: PathBuf,
    },
    /// A file or folder is gone.
    Remove {
        /// Which.
        file: PathBuf,
    },
    /// A folder was made.
    MakeDir {
        /// Which.
        dir: PathBuf,
    },
    /// A line on standard output.
    Said(String),
}

const CALLS: &str = "openat,open,creat,close,write,pwrite64,writev,lseek,ftruncate,fsync,fdatasync,rename,renameat,\
    renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,dup,dup2,dup3,fcntl,copy_file_range,sendfile,fallocate";

/// Whether strace is there and may look at a child.
#[must_use]
pub fn is_possible() -> bool {
    Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|s| s.success())
}

/// The call `inner` under strace, which writes to `log`.
#[must_use]
pub fn traced(inner: &Command, log: &Path) -> Command {
    let mut outer = Command::new("strace");
    outer.args(["-f", "-xx", "-s", "40000000", "-e", "signal=none", "-e"]).arg(format!("trace={CALLS}"));
    outer.arg("-o").arg(log).arg(inner.get_program()).args(inner.get_args());
    outer
}

/// Reads what strace wrote about files below `folder`.
///
/// # Panics
/// When a call is none that is understood: a guess would be a hole.
#[must_use]
pub fn read(log: &str, folder: &Path) -> Vec<Event> {
    let mut reader = Reader { folder, open: BTreeMap::new(), out: Vec::new() };
    let mut unfinished: BTreeMap<&str, &str> = BTreeMap::new();
    for line in log.lines() {
        let Some((pid, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix("<unfinished ...>") {
            unfinished.insert(pid, begun);
        } else if let Some(end) = rest.strip_prefix("<... ") {
            let end = end.split_once("resumed>").map_or("", |(_, end)| end);
            if let Some(begun) = unfinished.remove(pid) {
                reader.call(&format!("{begun}{end}"));
            }
        } else {
            reader.call(rest);
        }
    }
    reader.out
}

struct Reader<'a> {
    folder: &'a Path,
    /// Open files: path, and where the next `write` goes.
    open: BTreeMap<i64, (PathBuf, u64)>,
    out: Vec<Event>,
}

impl Reader<'_> {
    fn call(&mut self, line: &str) {
        let Some((name, rest)) = line.split_once('(') else { return };
        let Some((inside, result)) = rest.rsplit_once(" = ") else { return };
        let inside = inside.trim_end();
        let words = words(inside.strip_suffix(')').unwrap_or(inside));
        let result: i64 = result.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(-1);
        if result < 0 {
            return;
        }
        let number = |n: usize| words.get(n).and_then(|w| w.parse::<i64>().ok()).unwrap_or(-1);
        let text = |n: usize| words.get(n).map(|w| bytes(w)).unwrap_or_default();
        let path = |n: usize| PathBuf::from(String::from_utf8_lossy(&text(n)).into_owned());
        match name {
            "openat" | "open" => {
                let n = usize::from(name == "openat");
                let flags = words.get(n + 1).copied().unwrap_or_default();
                let file = path(n);
                if file.starts_with(self.folder) {
                    let (made, cut) = (flags.contains("O_CREAT"), flags.contains("O_TRUNC"));
                    self.out.push(Event::Open { file: file.clone(), made, cut });
                    self.open.insert(result, (file, 0));
                } else {
                    self.open.remove(&result);
                }
            }
            "close" => {
                self.open.remove(&number(0));
            }
            "write" if number(0) == 1 => {
                self.out.push(Event::Said(String::from_utf8_lossy(&text(1)).trim().to_owned()));
            }
            "write" => {
                let mut written = text(1);
                written.truncate(usize::try_from(result).unwrap_or(0));
                if let Some((file, at)) = self.open.get_mut(&number(0)) {
                    self.out.push(Event::Write { file: file.clone(), at: *at, bytes: written });
                    *at += result.unsigned_abs();
                }
            }
            "pwrite64" => {
                let mut written = text(1);
                written.truncate(usize::try_from(result).unwrap_or(0));
                if let Some((file, _)) = self.open.get(&number(0)) {
                    let at = number(3).unsigned_abs();
                    self.out.push(Event::Write { file: file.clone(), at, bytes: written });
                }
            }
            "lseek" => {
                if let Some((_, at)) = self.open.get_mut(&number(0)) {
                    *at = result.unsigned_abs();
                }
            }
            "ftruncate" => {
                self.of_open(number(0), |file| Event::Length { file, length: number(1).unsigned_abs() })
            }
            "fsync" | "fdatasync" => self.of_open(number(0), |file| Event::Sync { file }),
            "rename" => self.below(Event::Rename { from: path(0), to: path(1) }),
            "renameat" | "renameat2" => self.below(Event::Rename { from: path(1), to: path(3) }),
            "unlink" | "rmdir" => self.below(Event::Remove { file: path(0) }),
            // What is removed below an open folder is told by its own name only.
            "unlinkat" => {
                let dir = self.open.get(&number(0)).map(|(dir, _)| dir.clone()).unwrap_or_default();
                self.below(Event::Remove { file: dir.join(path(1)) });
            }
            "mkdir" => self.below(Event::MakeDir { dir: path(0) }),
            "mkdirat" => self.below(Event::MakeDir { dir: path(1) }),
            "writev" | "copy_file_range" | "sendfile" | "fallocate" | "dup" | "dup2" | "dup3" | "creat" => {
                let ours = (0..2).any(|n| self.open.contains_key(&number(n)));
                assert!(!ours, "{name} on a file of the vault is not understood");
            }
            "fcntl" if words.get(1).is_some_and(|w| w.starts_with("F_DUPFD")) => {
                if let Some(open) = self.open.get(&number(0)).cloned() {
                    self.open.insert(result, open);
                }
            }
            _ => {}
        }
    }

    fn of_open(&mut self, fd: i64, event: impl FnOnce(PathBuf) -> Event) {
        if let Some((file, _)) = self.open.get(&fd) {
            self.out.push(event(file.clone()));
        }
    }

    fn below(&mut self, event: Event) {
        let (Event::Rename { to: file, .. } | Event::Remove { file } | Event::MakeDir { dir: file }) = &event
        else {
            return;
        };
        if file.starts_with(self.folder) {
            self.out.push(event);
        }
    }
}

/// Splits a call's words at commas outside of texts and braces.
fn words(inside: &str) -> Vec<&str> {
    let (mut out, mut begin, mut quoted, mut deep) = (Vec::new(), 0, false, 0_i32);
    for (i, byte) in inside.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => deep += 1,
            b'}' | b']' if !quoted => deep -= 1,
            b',' if !quoted && deep == 0 => {
                out.push(inside.get(begin..i).unwrap_or_default().trim());
                begin = i + 1;
            }
            _ => {}
        }
    }
    out.push(inside.get(begin..).unwrap_or_default().trim());
    out
}

/// The bytes of a text that strace printed in hex (`"\x41\x42"`).
fn bytes(word: &str) -> Vec<u8> {
    assert!(!word.ends_with("..."), "a text that strace cut");
    let digits = word.trim_matches('"');
    digits.split("\\x").skip(1).filter_map(|hex| u8::from_str_radix(hex, 16).ok()).collect()
}
