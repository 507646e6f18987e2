//! A vault that was made through the use cases, what is done to its files, and what comes of it: whatever is changed
//! is found and named, or was of no use, or cannot be told by anybody and leaves an earlier state that is whole.

mod damage;
mod state;
mod subject;
mod trial;

pub use damage::{Chance, Damage, Kind};
pub use state::State;
pub use subject::Subject;
pub use trial::{Outcome, Trial};

use std::path::Path;

/// Copies a folder, without the shared-memory files that belong to a running program only.
///
/// # Panics
/// When the disk refuses.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder that is read") {
        let path = entry.expect("an entry").path();
        let dest = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &dest);
        } else if path.extension().is_none_or(|ext| ext != "db-shm") {
            std::fs::copy(&path, &dest).expect("copies");
        }
    }
}
