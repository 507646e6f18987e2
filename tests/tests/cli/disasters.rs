//! Vaults in a bad way: each is told in words, and no byte of what is there changes.

use crate::call::{Desk, Said, list, program, text, word};
use crate::exams::new_exam;
use fieldbook_app::session;
use fieldbook_app::wire::UnlockRequest;
use fieldbook_tests::desk::{PASSPHRASE, host};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A vault with an exam; gives its id.
fn with_exam() -> (Desk, String) {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2025-12-31");
    (desk, exam)
}

fn answer(desk: &Desk, exam: &str, note: &str) {
    desk.done(&[
        "answer",
        exam,
        "BSL-6.7",
        "--result",
        "compliant",
        "--method",
        "inspection",
        "--note",
        note,
    ]);
}

/// The call refused for this reason, nothing changed; a copy may have no lock file, which a call may make.
fn told(desk: &Desk, words: &[&str], code: &str) -> String {
    let document = desk.unchanged(|| desk.refused(words, 1, code));
    text(&document["error"]["message"]).to_owned()
}

#[test]
fn what_a_half_copied_folder_lacks_is_named() {
    let (desk, exam) = with_exam();
    let aside =
        |name: &str| fs::rename(desk.path("vault").join(name), desk.path("aside")).expect("takes it away");
    let back =
        |name: &str| fs::rename(desk.path("aside"), desk.path("vault").join(name)).expect("brings it back");

    aside("vault.db");
    assert!(told(&desk, &["vault", "info"], "vault_incomplete").contains("vault.db"));
    back("vault.db");
    aside("keys/passphrase.age");
    assert!(told(&desk, &["vault", "info"], "slot_missing").contains("通行碼"));
    back("keys/passphrase.age");
    aside("keys/vault.toml");
    told(&desk, &["vault", "info"], "not_a_vault");
    back("keys/vault.toml");
    let file = format!("exams/{exam}.db");
    aside(&file);
    told(&desk, &["exam", "items", &exam], "exam_file_missing");
    let found = desk.call(&["vault", "verify", "--json"]);
    assert_eq!((found.code, found.json()["ok"].as_bool()), (1, Some(false)));
    back(&file);
    desk.done(&["exam", "items", &exam]);
    assert_eq!(desk.done(&["vault", "verify"])["ok"], true, "as it was");
}

#[test]
fn a_vault_of_a_newer_version_is_left_alone() {
    let (desk, _) = with_exam();
    let header = desk.path("vault/keys/vault.toml");
    let newer = fs::read_to_string(&header).expect("reads").replace("format = 1", "format = 99");
    fs::write(&header, newer).expect("writes");
    told(&desk, &["vault", "info"], "newer_format");
}

#[test]
fn a_second_process_is_told_that_the_vault_is_open() {
    let (desk, exam) = with_exam();
    let mut window = fieldbook_app::Desk::new(host(&desk.path("vault"))).expect("a desk");
    let dir = desk.path("vault").to_string_lossy().into_owned();
    session::vault_unlock(&mut window, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })
        .expect("opens");
    told(&desk, &["exam", "items", &exam], "vault_in_use");
    drop(window);
    desk.done(&["exam", "items", &exam]);
}

/// The program under limits that the shell sets.
fn limited(desk: &Desk, limit: &str, words: &[&str]) -> Said {
    let script = format!("trap '' XFSZ; {limit}; exec \"$0\" \"$@\"");
    let done = Command::new("sh")
        .args(["-c", &script])
        .arg(program())
        .args(words)
        .current_dir(&desk.dir)
        .env("FIELDBOOK_VAULT", desk.path("vault"))
        .env("FIELDBOOK_PASSPHRASE", PASSPHRASE)
        .output()
        .expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_told_and_nothing_is_lost() {
    let (desk, exam) = with_exam();
    answer(&desk, &exam, "先前所記");
    let big: Vec<u8> = (0..3_000_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    fs::write(desk.path("畫面.png"), big).expect("writes");
    let before = desk.done(&["log", &exam])["checkpoint"].clone();
    // The log may grow to two megabytes, in blocks of 512 bytes.
    let words = ["evidence", "add", &exam, "畫面.png", "--source", "資訊部", "--json"];
    let said = limited(&desk, "ulimit -f 4096", &words);
    assert_eq!(said.code, 1, "{said:?}");
    let code = text(&said.json()["error"]["code"]).to_owned();
    assert!(["no_room", "disk_failed"].contains(&code.as_str()), "{code}");
    assert!(said.err.starts_with("錯誤：") && said.err.contains("\n建議："), "{said:?}");
    assert_eq!(desk.done(&["log", &exam])["checkpoint"], before, "as it was");
    assert_eq!(desk.done(&["vault", "verify"])["ok"], true);
    // A backup finds no room either, and leaves no copy that could be taken for one.
    let said = limited(&desk, "ulimit -f 64", &["vault", "backup", "copy", "--json"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(!desk.path("copy/keys/vault.toml").exists());
    desk.done(&["evidence", "add", &exam, "畫面.png", "--source", "資訊部"]);
}

/// The program as somebody who may read and not write.
#[cfg(unix)]
fn as_a_reader(desk: &Desk, words: &[&str]) -> Option<Said> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let is_root = fs::metadata("/proc/self").ok()?.uid() == 0;
    // Root may write everywhere: the call is made as nobody.
    let copy = desk.path("program");
    fs::copy(program(), &copy).expect("a copy that everybody may run");
    let mut folders = vec![desk.dir.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("reads") {
            let path = entry.expect("an entry").path();
            let mode = if path.is_dir() || path == copy { 0o555 } else { 0o444 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("sets");
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    fs::set_permissions(&desk.dir, fs::Permissions::from_mode(0o755)).expect("sets");
    let mut call = Command::new(if is_root { Path::new("setpriv") } else { &copy });
    if is_root {
        call.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&copy);
    }
    let done = call
        .args(words)
        .current_dir(&desk.dir)
        .env("FIELDBOOK_VAULT", desk.path("vault"))
        .env("FIELDBOOK_PASSPHRASE", PASSPHRASE)
        .output()
        .ok()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Some(Said { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) })
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, _) = with_exam();
    let before = desk.contents();
    let said = as_a_reader(&desk, &["vault", "info", "--json"]).expect("setpriv, of util-linux");
    assert_eq!(said.code, 1, "{said:?}");
    assert_eq!(said.json()["error"]["code"], "read_only", "{said:?}");
    let mut after = desk.contents();
    after.remove(&desk.path("program"));
    assert_eq!(after, before);
    for folder in ["vault", "vault/keys", "vault/exams"] {
        fs::set_permissions(desk.path(folder), fs::Permissions::from_mode(0o755)).expect("to be removed");
    }
}

#[test]
fn paths_with_chinese_and_blanks_work_everywhere() {
    let (mut desk, exam) = with_exam();
    let odd = desk.path("115 年度 查核（密）");
    fs::create_dir(&odd).expect("a folder");
    fs::rename(desk.path("vault"), odd.join("vault")).expect("moves");
    let home = std::mem::replace(&mut desk.dir, odd);
    answer(&desk, &exam, "在有空白的資料夾");
    let made = desk.done(&["vault", "backup", "備份 隨身碟", "--generations", "2"]);
    let from = text(&made["dest"]).to_owned();
    let restored = desk.done(&["vault", "restore", &from, "--to", "還原 後"]);
    assert_eq!((restored["exams"].as_u64(), restored["verified"].as_bool()), (Some(1), Some(true)));
    let there = desk.done(&["--vault", "還原 後", "log", &exam]);
    assert_eq!(there["checkpoint"], desk.done(&["log", &exam])["checkpoint"]);
    desk.dir = home;
}

#[test]
fn an_exam_put_back_from_an_older_copy_is_told_once_and_kept_in_the_journal() {
    let (desk, exam) = with_exam();
    let file = desk.path("vault/exams").join(format!("{exam}.db"));
    fs::copy(&file, desk.path("older.db")).expect("copies");
    answer(&desk, &exam, "其後所記");
    fs::copy(desk.path("older.db"), &file).expect("puts it back");
    let said = desk.call(&["exam", "items", &exam]);
    assert!(said.code == 0 && said.err.starts_with("注意：此查核案較上次使用時舊"), "{said:?}");
    let said = desk.call(&["log", &exam, "--json"]);
    assert_eq!(said.err, "", "told once");
    let entries = said.json()["entries"].clone();
    assert!(list(&entries).iter().any(|e| e["action"] == "exam.put_back"), "{entries}");
    assert_eq!(desk.done(&["vault", "verify"])["ok"], true);
}

#[test]
fn a_vault_database_older_than_its_exam_is_told() {
    let (desk, exam) = with_exam();
    let db = desk.path("vault/vault.db");
    fs::copy(&db, desk.path("older.db")).expect("copies");
    answer(&desk, &exam, "其後所記");
    fs::copy(desk.path("older.db"), &db).expect("puts it back");
    let said = desk.call(&["exam", "items", &exam]);
    assert!(said.code == 0 && said.err.contains("vault.db"), "{said:?}");
    assert_eq!(desk.call(&["exam", "items", &exam]).err, "", "told once");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|n| n.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_newest_generations_stay_and_what_is_not_ours_is_left_alone() {
    let (desk, exam) = with_exam();
    let folder: PathBuf = desk.path("隨身碟");
    fs::create_dir_all(folder.join("20200101-000000-g0001")).expect("somebody's folder, named alike");
    fs::write(folder.join("20200101-000000-g0001/報告.docx"), "x").expect("writes");
    fs::write(folder.join("照片.png"), "x").expect("writes");
    let backup = || desk.done(&["vault", "backup", "隨身碟", "--generations", "2"]);
    let made: Vec<_> = (0..3)
        .map(|n| {
            answer(&desk, &exam, &format!("第 {n} 次"));
            backup()
        })
        .collect();
    assert_eq!(made[1]["removed"], serde_json::json!([]));
    assert_eq!(list(&made[2]["removed"]).len(), 1);
    let kept = names(&folder);
    assert_eq!(kept.len(), 4, "two of ours, two of somebody's: {kept:?}");
    assert!(folder.join("20200101-000000-g0001/報告.docx").is_file() && folder.join("照片.png").is_file());

    // A flipped byte in the newest, a cut-off making: both are told, neither is restored.
    let newest = PathBuf::from(text(&made[2]["dest"]));
    let db = desk.dir.join(&newest).join("exams").join(format!("{exam}.db"));
    let mut bytes = fs::read(&db).expect("reads");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&db, bytes).expect("writes");
    fs::create_dir(folder.join("20990101-000000-g0099.making")).expect("as if cut off");
    let listed = desk.done(&["vault", "backups", "隨身碟"]);
    let states: Vec<&str> = list(&listed).iter().map(|g| text(&g["state"])).collect();
    assert_eq!(states, ["cut_off", "whole", "damaged", "cut_off"], "{listed}");
    desk.unchanged(|| desk.refused(&["vault", "restore", word(&newest), "--to", "new"], 1, "backup_damaged"));

    // The one before is whole: what it said then is there, in a new folder only.
    let older = text(&made[1]["dest"]).to_owned();
    desk.unchanged(|| desk.refused(&["vault", "restore", &older, "--to", "vault"], 1, "folder_not_empty"));
    desk.done(&["vault", "restore", &older, "--to", "new"]);
    let there = desk.done(&["--vault", "new", "log", &exam]);
    let here = desk.done(&["log", &exam]);
    assert_eq!(there["checkpoint"]["size"].as_u64().map(|n| n + 1), here["checkpoint"]["size"].as_u64());
    assert_eq!(desk.done(&["--vault", "new", "vault", "verify"])["ok"], true);
    desk.unchanged(|| desk.refused(&["vault", "backup", "vault/inside"], 1, "backup_inside"));
    desk.unchanged(|| desk.refused(&["vault", "backup", "x", "--generations", "0"], 1, "bad_generations"));
}
