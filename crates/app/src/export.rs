//! Writing exported files: beside, synced, renamed; an earlier version that differs is kept.

use crate::error::AppError;
use crate::view;
use crate::wire::ExportedFileView;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file so that there is never half of it. What stood there before and differs stays beside it as
/// `名稱（前版1）.xlsx`: somebody may have written into it.
///
/// # Errors
/// `export_failed`.
pub(crate) fn write_beside(path: &Path, bytes: &[u8]) -> Result<ExportedFileView, AppError> {
    write(path, bytes).map_err(|e| export_failed(&e))?;
    Ok(ExportedFileView {
        file: path.to_string_lossy().into_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        size: view::number(bytes.len() as u64),
    })
}

/// Writes a file in place of the one that is there, whose former content stays beside it as `名稱.toml.bak`.
///
/// # Errors
/// `export_failed`.
pub(crate) fn write_over(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let mut backup = path.file_name().unwrap_or_default().to_os_string();
    backup.push(".bak");
    let over = || match fs::copy(path, path.with_file_name(backup)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => write_whole(path, bytes),
    };
    over().map_err(|e| export_failed(&e))
}

/// Makes the folder that a file is to be written into.
///
/// # Errors
/// `export_failed`.
pub(crate) fn make_parent(path: &Path) -> Result<(), AppError> {
    match path.parent() {
        Some(dir) => fs::create_dir_all(dir).map_err(|e| export_failed(&e)),
        None => Ok(()),
    }
}

/// That a file could not be written, with the reason in the examiner's words.
pub(crate) fn export_failed(e: &io::Error) -> AppError {
    AppError::new("export_failed").with("what", io_word(e))
}

/// Why the file system refused; the system's code where there is no word for it.
pub(crate) fn io_word(e: &io::Error) -> String {
    match (io_kind_word(e.kind()), e.raw_os_error()) {
        (Some(word), _) => word.to_owned(),
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, which have no kind of their own.
        (None, Some(32 | 33)) if cfg!(windows) => "檔案使用中".to_owned(),
        (None, Some(code)) => format!("系統代碼 {code}"),
        (None, None) => format!("代碼 {:?}", e.kind()),
    }
}

/// The same, where only the kind is known.
pub(crate) fn io_kind_word(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    Some(match kind {
        Kind::NotFound => "路徑不存在",
        Kind::PermissionDenied => "沒有權限",
        Kind::AlreadyExists => "已有同名檔案",
        Kind::StorageFull | Kind::WriteZero => "磁碟已滿",
        Kind::QuotaExceeded => "磁碟配額已滿",
        Kind::FileTooLarge => "檔案過大",
        Kind::ReadOnlyFilesystem => "磁碟唯讀",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "檔案使用中",
        Kind::NotADirectory => "路徑中有檔案而非資料夾",
        Kind::IsADirectory => "該路徑為資料夾",
        Kind::InvalidFilename | Kind::InvalidInput => "檔名不合規定",
        Kind::TimedOut | Kind::StaleNetworkFileHandle | Kind::HostUnreachable | Kind::NetworkUnreachable => {
            "網路磁碟沒有回應"
        }
        _ => return None,
    })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    let part = beside(path, |file| file.write_all(bytes))?;
    settle(path, &part)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = beside(path, |file| file.write_all(bytes))?;
    fs::rename(&part, path).inspect_err(|_| drop(fs::remove_file(&part)))
}

/// Writes the whole of a file beside its place, and syncs it. What fails leaves nothing behind.
fn beside(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<PathBuf> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part)?;
    match fill(&mut file).and_then(|()| file.sync_all()) {
        Ok(()) => Ok(part),
        Err(e) => {
            drop(file);
            drop(fs::remove_file(&part));
            Err(e)
        }
    }
}

/// Gives a written file its place; what stands there is kept beside it.
fn settle(path: &Path, part: &Path) -> io::Result<()> {
    let make_room = || {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        match fs::rename(path, earlier(path)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    };
    make_room().and_then(|()| fs::rename(part, path)).inspect_err(|_| drop(fs::remove_file(part)))
}

/// Writes what `fill` hands over, a piece at a time, as [`write_beside`] does.
///
/// # Errors
/// `export_failed`, or that of `fill`.
pub(crate) fn write_beside_with(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), AppError>,
) -> Result<ExportedFileView, AppError> {
    let (mut refused, mut size, mut hash) = (None, 0_u64, Sha256::new());
    let part = beside(path, |file| {
        let mut told = Told { file, size: &mut size, hash: &mut hash };
        fill(&mut told).map_err(|e| {
            refused = Some(e);
            io::ErrorKind::Other.into()
        })
    });
    let part = match (part, refused) {
        (Err(_), Some(e)) => return Err(e),
        (part, _) => part.map_err(|e| export_failed(&e))?,
    };
    settle(path, &part).map_err(|e| export_failed(&e))?;
    let file = path.to_string_lossy().into_owned();
    Ok(ExportedFileView { file, sha256: hex::encode(hash.finalize()), size: view::number(size) })
}

/// A file that counts and hashes what passes.
struct Told<'a> {
    file: &'a mut File,
    size: &'a mut u64,
    hash: &'a mut Sha256,
}

impl Write for Told<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hash.update(bytes.get(..n).unwrap_or_default());
        *self.size += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn earlier(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    (1..)
        .map(|n| path.with_file_name(format!("{stem}（前版{n}）{extension}")))
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_file_system_is_told_in_chinese() {
        for (kind, word) in [
            (io::ErrorKind::NotFound, "路徑不存在"),
            (io::ErrorKind::PermissionDenied, "沒有權限"),
            (io::ErrorKind::StorageFull, "磁碟已滿"),
            (io::ErrorKind::ReadOnlyFilesystem, "磁碟唯讀"),
            (io::ErrorKind::ResourceBusy, "檔案使用中"),
        ] {
            let message = export_failed(&kind.into()).view().message;
            assert_eq!(message, format!("無法寫入匯出檔案（{word}）。"));
        }
        assert_eq!(
            io_word(&io::Error::from_raw_os_error(71)),
            "系統代碼 71",
            "no word, but no English either"
        );
    }
}
