//! Rewrites `checklists/ids.lock` to fit the data, keeping retired ids:
//! `cargo run -p fieldbook-checklist --example lock`. The change belongs in the review of the data.

use fieldbook_checklist::{load_unlocked, lock_text};
use std::collections::BTreeMap;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../checklists");
    let mut files = BTreeMap::new();
    read_into(&root, "", &mut files)?;
    let bundle = load_unlocked(&files).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        std::io::Error::other(lines.join("\n"))
    })?;
    let retired: String = files
        .get("ids.lock")
        .map(|old| {
            old.lines().filter(|line| line.ends_with(" retired")).map(|line| format!("{line}\n")).collect()
        })
        .unwrap_or_default();
    std::fs::write(root.join("ids.lock"), lock_text(&bundle) + &retired)
}

fn read_into(dir: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_into(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}
