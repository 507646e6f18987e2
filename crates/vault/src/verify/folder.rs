//! What stands in the folder beside the databases: header, key slots, files that belong to nothing.

use super::{Problem, log};
use crate::backup;
use crate::error::VaultError;
use crate::key::DataKey;
use crate::layout::{self, Layout};
use crate::slot_check::{self, SlotCheck};
use crate::slots::{self, SlotState};
use fieldbook_model::ExamId;
use rusqlite::Connection;
use std::fs;

/// Problems of the files in `keys/`. `recipient` is the vault's own, as `vault.db` has it, and `vault` that database;
/// none when it does not open.
pub(crate) fn keys(
    layout: &Layout,
    key: &DataKey,
    recipient: Option<&str>,
    vault: Option<&Connection>,
) -> Result<Vec<Problem>, VaultError> {
    let mut found = Vec::new();
    match (layout::read_header(&layout.header()), recipient) {
        (Ok((_, said)), Some(own)) if said != own => found.push(Problem::Recipient),
        (Ok((_, said)), Some(_))
            if fs::read(layout.header())? == layout::header_text(&said, &key.check()).as_bytes() => {}
        (Ok(_), None) => found.push(Problem::Recipient),
        _ => found.push(Problem::Header),
    }
    for name in layout::names(&layout.keys())? {
        if let Some(slot) = name.strip_suffix(".age") {
            let path = layout.keys().join(&name);
            match slot_check::look(&path)? {
                SlotCheck::Fits | SlotCheck::Absent if slot_check::looks_like_age(&path)? => {}
                SlotCheck::Damaged if slot_check::looks_like_age(&path)? => {
                    found.push(Problem::SlotCheck { slot: slot.to_owned() });
                }
                _ => found.push(Problem::Slot { slot: slot.to_owned() }),
            }
        }
    }
    // What `vault.db` knows of the slots shows a file of an earlier time as well, whose own check fits.
    for slot in vault.map_or(Ok(Vec::new()), |conn| slots::states(conn, layout))? {
        let problem = Problem::Slot { slot: slot.slot.to_string() };
        if slot.state != SlotState::AsWritten && !found.contains(&problem) {
            found.push(problem);
        }
    }
    // A check is taken away before its slot: one that stands alone tells of a slot that was lost.
    for name in layout::names(&layout.keys())? {
        if let Some(slot) = name.strip_suffix(".sum")
            && !layout.keys().join(format!("{slot}.age")).is_file()
            && !found.contains(&Problem::Slot { slot: slot.to_owned() })
        {
            found.push(Problem::Slot { slot: slot.to_owned() });
        }
    }
    Ok(found)
}

/// Files that belong to no vault. Folders are somebody's own affair.
pub(crate) fn strays(layout: &Layout) -> Result<Vec<Problem>, VaultError> {
    let mut found = Vec::new();
    let exams = layout::names(&layout.exams())?;
    let below = [("keys/", layout.keys()), ("exams/", layout.exams()), ("", layout.dir().to_owned())];
    for (prefix, dir) in below {
        for name in layout::names(&dir)? {
            let known = match prefix {
                "keys/" => of_keys(&name),
                "exams/" => of_exams(&name, &exams),
                _ => of_vault(&name),
            };
            if !known && dir.join(&name).is_file() {
                found.push(Problem::Stray { name: format!("{prefix}{name}") });
            }
        }
    }
    Ok(found)
}

fn of_keys(name: &str) -> bool {
    name == "vault.toml" || [".age", ".sum", ".partial"].iter().any(|end| name.ends_with(end))
}

fn of_vault(name: &str) -> bool {
    ["lock", backup::SHEET].contains(&name) || name.ends_with(".partial") || name.starts_with("vault.db")
}

/// A log belongs to the database beside it; what is being made has `.partial` in its name.
fn of_exams(name: &str, all: &[String]) -> bool {
    let id = [".db", ".key"].iter().find_map(|end| name.strip_suffix(end));
    let own = id.is_some_and(|id| ExamId::parse(id).is_ok());
    let beside = ["-wal", "-shm"].iter().filter_map(|end| name.strip_suffix(end));
    own || name.contains(".partial")
        || log::is_kept(name)
        || beside.into_iter().any(|of| all.iter().any(|n| n == of))
}
