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
    write(path, bytes).map_err(|e| AppError::new("export_failed").with("what", e.kind()))?;
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
    over().map_err(|e| AppError::new("export_failed").with("what", e.kind()))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::read(path) {
        Ok(before) if before == bytes => return Ok(()),
        Ok(_) => fs::rename(path, earlier(path))?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => return Err(e),
    }
    write_whole(path, bytes)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

fn earlier(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    (1..)
        .map(|n| path.with_file_name(format!("{stem}（前版{n}）{extension}")))
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| path.to_owned())
}
