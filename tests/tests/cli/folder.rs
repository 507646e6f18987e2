//! The bundled example of an organisation's checklist, as an author would copy and edit it.

use crate::call::{Desk, text};
use std::path::{Path, PathBuf};

/// Chapters of the example.
pub const ACCOUNTS: &str = "internal-audit/01-accounts.toml";
/// As [`ACCOUNTS`].
pub const ORDERS: &str = "internal-audit/02-orders.toml";
/// Its procedure.
pub const PROCEDURE: &str = "procedures/T-SAMPLE-01.toml";

/// The example in the repository.
pub fn example() -> PathBuf {
    fieldbook_tests::root().join("assets/sample-checklist")
}

/// Copies the example into the folder `own` of a desk.
pub fn copy(desk: &Desk) {
    copy_into(&example(), &desk.path("own"));
}

fn copy_into(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(from).expect("the example") {
        let entry = entry.expect("entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Replaces the first `from` after `after` in a file of the copy.
pub fn edit(desk: &Desk, file: &str, after: &str, from: &str, to: &str) {
    let path = desk.path("own").join(file);
    let whole = std::fs::read_to_string(&path).expect("a file of the example");
    let at = whole.find(after).unwrap_or_else(|| panic!("{after} in {file}"));
    let (head, tail) = whole.split_at(at);
    assert!(tail.contains(from), "{from} in {file}");
    std::fs::write(path, format!("{head}{}", tail.replacen(from, to, 1))).expect("written");
}

/// Replaces a text in the first chapter and in the source text that it is quoted from, whose hash the check tells.
pub fn reword(desk: &Desk, clause: &str, from: &str, to: &str) {
    const SOURCE: &str = "internal-audit/source.txt";
    const HEAD: &str = "internal-audit/document.toml";
    edit(desk, ACCOUNTS, clause, from, to);
    edit(desk, SOURCE, "", from, to);
    let refused = desk.refused(&["checklist", "check", "own"], 1, "folder_defective");
    let problem = crate::call::entry(&refused["problems"], "file", HEAD);
    let hash =
        text(&problem["message"]).split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 64);
    let before = std::fs::read_to_string(desk.path("own").join(HEAD)).expect("document");
    let old =
        before.lines().find_map(|l| l.strip_prefix("source_sha256 = ")).expect("a hash").trim_matches('"');
    edit(desk, HEAD, "source_sha256", old, hash.expect("told"));
}

/// Packs the copy, signed in the desk's own vault; gives the fingerprint of the signer.
pub fn pack(desk: &Desk, out: &str, version: &str) -> String {
    let done =
        desk.done(&["checklist", "pack", "own", out, "--name", "自行查核要點", "--package-version", version]);
    assert_eq!(done["package"], out);
    text(&done["fingerprint"]).to_owned()
}

/// A desk with the example packed and loaded.
pub fn loaded() -> Desk {
    let desk = Desk::with_vault();
    copy(&desk);
    let fingerprint = pack(&desk, "own.fbc", "115.1");
    desk.done(&["checklist", "load", "own.fbc", "--trust-as", "稽核室", "--fingerprint", &fingerprint]);
    desk
}
