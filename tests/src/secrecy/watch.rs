//! Sees every file that is made in a folder, also those that are gone a moment later.

use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
use rustix::io::Errno;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Watches some folders, without the folders in them.
pub struct Watch {
    queue: OwnedFd,
    folders: BTreeMap<i32, PathBuf>,
}

impl Watch {
    /// From now on.
    ///
    /// # Errors
    /// When the system does not let us.
    pub fn new<'a>(folders: impl IntoIterator<Item = &'a Path>) -> io::Result<Self> {
        let queue = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        let made = WatchFlags::CREATE | WatchFlags::MOVED_TO;
        let mut known = BTreeMap::new();
        for folder in folders {
            known.insert(inotify::add_watch(&queue, folder, made)?, folder.to_path_buf());
        }
        Ok(Self { queue, folders: known })
    }

    /// What was made since the last call.
    ///
    /// # Errors
    /// When the system lost count.
    pub fn made(&self) -> io::Result<BTreeSet<PathBuf>> {
        let mut made = BTreeSet::new();
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(&self.queue, &mut buffer);
        loop {
            match reader.next() {
                Ok(event) => {
                    let folder = self.folders.get(&event.wd()).cloned().unwrap_or_default();
                    let name = event.file_name().map(|n| n.to_string_lossy().into_owned());
                    made.insert(folder.join(name.unwrap_or_default()));
                }
                Err(Errno::AGAIN) => return Ok(made),
                Err(e) => return Err(e.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_there_for_a_moment_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let watch = Watch::new([folder.path()]).expect("watched");
        let path = folder.path().join("等一下就不見");
        std::fs::write(&path, b"x").expect("written");
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(watch.made().expect("told"), BTreeSet::from([path]));
        assert!(watch.made().expect("told").is_empty(), "each once");
    }
}
