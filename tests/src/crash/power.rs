//! Power loss: of what a child wrote, only what was made durable before a moment is there, and any part of the rest.
//!
//! The model is the one of ALICE (Pillai et al., OSDI 2014): bytes are durable once their file was synced, names once
//! their folder was; without that any subset of the writes may have come to the disk, whole or in sectors of 512 bytes,
//! and the changes of a folder's names up to any point, in their order.

use super::kill::{self, Heard, Tally};
use super::reference::{self, Reference};
use super::trace::{self, Event};
use super::world::World;
use super::{Dice, victim};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

const SECTOR: usize = 512;

/// Bytes of one file: what is durable, and what was written since.
#[derive(Clone, Default)]
struct Body {
    durable: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(u64, Vec<u8>),
    Length(u64),
}

#[derive(Clone)]
enum Naming {
    Make(PathBuf, usize),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Dir(PathBuf),
}

/// A disk: bodies, and names of them.
#[derive(Clone, Default)]
struct Disk {
    bodies: Vec<Body>,
    /// Names as a running program sees them.
    names: BTreeMap<PathBuf, usize>,
    /// Names as they would be found, and the changes since.
    durable: BTreeMap<PathBuf, usize>,
    dirs: Vec<PathBuf>,
    since: Vec<Naming>,
}

impl Disk {
    /// The files of a folder, all durable.
    fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(dir) = folders.pop() {
            for entry in fs::read_dir(&dir).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    disk.bodies.push(Body { durable: fs::read(&path).expect("a file"), since: Vec::new() });
                    disk.names.insert(path, disk.bodies.len() - 1);
                }
            }
            disk.dirs.push(dir);
        }
        disk.durable.clone_from(&disk.names);
        disk
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Open { file, made, cut } => {
                if !self.names.contains_key(file) && *made {
                    self.bodies.push(Body::default());
                    self.names.insert(file.clone(), self.bodies.len() - 1);
                    self.since.push(Naming::Make(file.clone(), self.bodies.len() - 1));
                } else if *cut {
                    self.change(file, Change::Length(0));
                }
            }
            Event::Write { file, at, bytes } => self.change(file, Change::Write(*at, bytes.clone())),
            Event::Length { file, length } => self.change(file, Change::Length(*length)),
            Event::Sync { file } => match self.names.get(file).copied() {
                Some(body) => {
                    let body = &mut self.bodies[body];
                    for change in std::mem::take(&mut body.since) {
                        apply(&mut body.durable, &change);
                    }
                }
                None => self.sync_dir(file),
            },
            Event::Rename { from, to } => {
                self.since.push(Naming::Rename(from.clone(), to.clone()));
                rename(&mut self.names, from, to);
            }
            Event::Remove { file } => {
                self.since.push(Naming::Remove(file.clone()));
                self.names.remove(file);
            }
            Event::MakeDir { dir } => self.since.push(Naming::Dir(dir.clone())),
            Event::Said(_) => {}
        }
    }

    fn change(&mut self, file: &Path, change: Change) {
        if let Some(body) = self.names.get(file) {
            self.bodies[*body].since.push(change);
        }
    }

    /// Makes the names of one folder durable.
    fn sync_dir(&mut self, dir: &Path) {
        let of = |path: &Path| path.parent() == Some(dir);
        let (now, later) = std::mem::take(&mut self.since).into_iter().partition(|naming| match naming {
            Naming::Make(p, _) | Naming::Remove(p) | Naming::Dir(p) => of(p),
            Naming::Rename(from, to) => of(from) || of(to),
        });
        self.since = later;
        let now: Vec<Naming> = now;
        now.iter().for_each(|naming| self.name(naming));
    }

    fn name(&mut self, naming: &Naming) {
        match naming {
            Naming::Make(path, body) => drop(self.durable.insert(path.clone(), *body)),
            Naming::Rename(from, to) => {
                rename(&mut self.durable, from, to);
                let moved: Vec<PathBuf> = self
                    .dirs
                    .iter()
                    .filter_map(|d| d.strip_prefix(from).ok())
                    .map(|below| to.join(below))
                    .collect();
                self.dirs.extend(moved);
            }
            Naming::Remove(path) => drop(self.durable.remove(path)),
            Naming::Dir(dir) => self.dirs.push(dir.clone()),
        }
    }

    /// The disk after the power failed: some of what was not durable is there.
    fn fail(mut self, dice: &mut Dice) -> Self {
        let kept = dice.below(self.since.len() as u64 + 1);
        for naming in std::mem::take(&mut self.since).iter().take(usize::try_from(kept).unwrap_or(0)) {
            self.name(naming);
        }
        for body in &mut self.bodies {
            let torn = dice.below(3);
            for change in std::mem::take(&mut body.since) {
                match (torn, dice.below(2)) {
                    (0, _) | (1, 0) => {}
                    (1, _) => apply(&mut body.durable, &change),
                    _ => apply_torn(&mut body.durable, &change, dice),
                }
            }
        }
        self
    }

    /// Writes what is on the disk. What programs share in memory (`-shm`) is gone with the power.
    fn put(&self, from: &Path, to: &Path) {
        let _ = fs::remove_dir_all(to);
        let place = |path: &Path| path.strip_prefix(from).ok().map(|below| to.join(below));
        for dir in self.dirs.iter().filter_map(|d| place(d)) {
            fs::create_dir_all(dir).expect("a folder");
        }
        for (path, body) in &self.durable {
            let shared = path.to_string_lossy().ends_with("-shm");
            if let Some(there) = place(path).filter(|p| !shared && p.parent().is_some_and(Path::is_dir)) {
                fs::write(there, &self.bodies[*body].durable).expect("a file");
            }
        }
    }
}

/// Gives another name to a file, or to every file of a folder.
fn rename(names: &mut BTreeMap<PathBuf, usize>, from: &Path, to: &Path) {
    let moved: Vec<PathBuf> = names.keys().filter(|path| path.starts_with(from)).cloned().collect();
    for path in moved {
        let body = names.remove(&path).expect("it was there");
        let below = path.strip_prefix(from).expect("below");
        names.insert(if below.as_os_str().is_empty() { to.to_path_buf() } else { to.join(below) }, body);
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Length(length) => bytes.resize(usize::try_from(*length).expect("a small file"), 0),
        Change::Write(at, written) => {
            let at = usize::try_from(*at).expect("a small file");
            if bytes.len() < at + written.len() {
                bytes.resize(at + written.len(), 0);
            }
            bytes[at..at + written.len()].copy_from_slice(written);
        }
    }
}

/// Some sectors of a write.
fn apply_torn(bytes: &mut Vec<u8>, change: &Change, dice: &mut Dice) {
    let Change::Write(at, written) = change else { return apply(bytes, change) };
    for (i, sector) in written.chunks(SECTOR).enumerate() {
        if dice.below(2) == 0 {
            apply(bytes, &Change::Write(at + (i * SECTOR) as u64, sector.to_vec()));
        }
    }
}

/// What the disk makes of being asked to make something durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    /// It does so.
    Hold,
    /// It only says so: what such a disk loses has to be found.
    Lie,
}

/// Records a child that does `acts` acts, and lets the power fail at `points` moments of it.
///
/// # Panics
/// When strace is not there, or the child does not do its acts.
pub fn lose(program: &Path, folder: &Path, acts: u64, points: u64, seed: u64, syncs: Syncs) -> Tally {
    let mut reference = Reference::new(&folder.join("undisturbed"), seed);
    let (start, lost) = (folder.join("start"), folder.join("lost"));
    let at = reference.copy_to(&start);
    // The child works on a copy: the files from before are durable.
    let working = World::new(&folder.join("recorded"), seed);
    reference::copy(&start, &working.folder);
    let before = Disk::of(&working.folder);
    let log = folder.join("calls");
    let mut call = trace::traced(&victim::call(program, &working, at, at + acts, 0), &log);
    let done = call.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("strace runs");
    assert!(done.success(), "the child under strace");
    let text = fs::read_to_string(&log).expect("what strace wrote");
    let events = trace::read(&text, &working.folder);
    let said = events.iter().filter(|e| matches!(e, Event::Said(line) if line.starts_with("told "))).count();
    assert_eq!(said as u64, acts, "the child did its acts");
    let mut tally = Tally::default();
    for point in 0..points {
        let mut dice = Dice::new(seed, point | 1 << 51);
        let end = usize::try_from(dice.below(events.len() as u64 + 1)).expect("few");
        let mut disk = before.clone();
        let mut lines = Vec::new();
        for event in &events[..end] {
            if syncs == Syncs::Hold || !matches!(event, Event::Sync { .. }) {
                disk.take(event);
            }
            if let Event::Said(line) = event {
                lines.push(line.as_str());
            }
        }
        disk.fail(&mut dice).put(&working.folder, &lost);
        let heard: Heard = kill::heard(lines.into_iter());
        let world = World::new(&lost, seed);
        tally.kills += 1;
        tally.while_opening += u64::from(!heard.open);
        let wrong = tally.wrong.len();
        kill::judge(&mut reference, &world, at, &heard, None, &mut tally);
        for line in tally.wrong.iter_mut().skip(wrong) {
            *line = format!("power lost at call {end} of {} (point {point}): {line}", events.len());
        }
    }
    tally
}
