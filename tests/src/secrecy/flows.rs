//! What an examiner does from the first day to the last, each step with a canary in it.

use super::canary::Canary;
use super::world::World;
use crate::hostile::{compound, opendocument};
use fieldbook_app::Desk;
use fieldbook_app::session::vault_create;
use fieldbook_app::wire::CreateVaultRequest;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A vault as somebody makes it by hand, and its recovery identity among the canaries.
///
/// # Panics
/// When it cannot be made.
pub fn make_vault_by_hand(world: &mut World) {
    let made = world.call_as(&["vault", "init"], "passphrase of before");
    let identity = made.json["recovery_identity"].as_str().expect("shown once").to_owned();
    world.also(Canary::text("recovery identity", &identity));
    let new = world.place("firm/passphrase");
    let changed = world.call_as(&["vault", "passwd", "--new-passphrase-file", &new], "passphrase of before");
    assert_eq!(changed.code, Some(0), "{}", changed.err);
    know_the_data_key(world, &identity);
}

/// The same with little key stretching, for a test that calls the program dozens of times.
///
/// # Panics
/// When it cannot be made.
pub fn make_vault_quickly(world: &mut World) {
    let passphrase = fs::read_to_string(world.path("firm/passphrase")).expect("a passphrase");
    let mut desk = Desk::new(crate::desk::host(&world.path("vault"))).expect("a desk");
    let made = vault_create(&mut desk, &CreateVaultRequest { dir: world.place("vault"), passphrase });
    let identity = made.expect("a vault").recovery_identity;
    world.also(Canary::text("recovery identity", &identity));
    drop(desk);
    know_the_data_key(world, &identity);
}

/// The key under all keys, unwrapped by Debian's `age`, where there is one.
fn know_the_data_key(world: &mut World, identity: &str) {
    let file = world.path("firm/identity");
    fs::write(&file, identity).expect("written");
    let age =
        Command::new("age").args(["-d", "-i"]).arg(&file).arg(world.path("vault/keys/recovery.age")).output();
    if let Ok(opened) = age
        && opened.status.success()
    {
        world.also(Canary::bytes("data key", &opened.stdout));
    }
}

/// A new exam; gives its id.
///
/// # Panics
/// When a step is refused.
pub fn make_exam(world: &mut World) -> String {
    let systems = format!(
        "is_sec = true\nis_fcm = true\n\n[[system]]\nname = \"{}\"\ncore = true\n",
        world.word("system")
    );
    fs::write(world.path("firm/profile.toml"), systems).expect("written");
    let profile = world.place("firm/profile.toml");
    let [firm, case, first, second] =
        ["firm", "case number", "examiner", "reviewer"].map(|name| world.word(name).to_owned());
    let head =
        ["exam", "new", "--firm", &firm, "--case-no", &case, "--profile", &profile, "--as-of", "2020-12-31"];
    let tail = ["--period", "2020-01-01..2020-12-31", "--examiner", &first, "--examiner", &second];
    let made = world.done(&[&head[..], &tail].concat());
    made["exam"].as_str().expect("an id").to_owned()
}

/// The rows of an account list, the canary among the accounts.
fn accounts(world: &World, account: &str, rows: usize) -> Vec<Vec<String>> {
    let word = |name: &str| world.word(name).to_owned();
    let head = ["系統名稱", "帳號", "使用者姓名", "帳號狀態"].map(str::to_owned).to_vec();
    let row =
        |n: usize| vec![word("system"), format!("{}-{n}", word(account)), word("holder"), "啟用".to_owned()];
    std::iter::once(head).chain((0..rows).map(row)).collect()
}

fn csv(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.join(",") + "\r\n").collect()
}

/// Takes in one file of each kind; old kinds go through the reader in a process of its own. Learns a mapping.
///
/// # Panics
/// When a step is refused.
pub fn import(world: &mut World, exam: &str) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (n, row) in (0..).zip(accounts(world, "account in xlsx", 40)) {
        sheet.write_row(n, 0, row).expect("cells");
    }
    fs::write(world.path("firm/a.xlsx"), book.save_to_buffer().expect("a book")).expect("written");
    fs::write(world.path("firm/b.xls"), compound::of_rows(&accounts(world, "account in xls", 40)))
        .expect("written");
    fs::write(world.path("firm/c.ods"), opendocument::of_rows(&accounts(world, "account in ods", 40)))
        .expect("written");
    let head = world.word("heading of the firm").to_owned();
    let text = csv(&accounts(world, "account in csv", 40)).replacen("帳號", &head, 1);
    fs::write(world.path("firm/d.csv"), text).expect("written");
    fs::write(world.path("firm/m.toml"), format!("[columns]\n\"{head}\" = \"account\"\n")).expect("written");
    fs::write(world.path("firm/big.csv"), csv(&accounts(world, "account in csv", 20_000))).expect("written");
    let files = ["firm/a.xlsx", "firm/b.xls", "firm/c.ods"].map(|name| world.place(name));
    for file in &files {
        let read = world.done(&["import", exam, file, "--dataset", "accounts"]);
        assert_eq!(read["files"][0]["sheets"][0]["rows_stored"], json!(40), "{file}: {read}");
    }
    let (file, mapping) = (world.place("firm/d.csv"), world.place("firm/m.toml"));
    let received = world.word("evidence source").to_owned();
    let more = ["--dataset", "accounts", "--mapping", &mapping, "--received-from", &received];
    world.done(&[&["import", exam, &file, "--preview"][..], &more].concat());
    let read = world.done(&[&["import", exam, &file][..], &more].concat());
    assert_eq!(read["files"][0]["sheets"][0]["rows_stored"], json!(40), "{read}");
    // The same file once more is told by its name.
    world.call(&["import", exam, &file]);
    let broken = world.path("firm/壞檔.xlsx");
    fs::write(&broken, b"PK\x03\x04broken").expect("written");
    world.call(&["import", exam, &broken.to_string_lossy()]);
    let missing = world.place("firm/不存在.csv");
    world.call(&["import", exam, &missing]);
}

/// Runs procedures, judges rows, answers, takes evidence, writes a finding and has it reviewed and answered.
///
/// # Panics
/// When a step is refused.
pub fn examine(world: &mut World, exam: &str) {
    let runs = world.done(&["audit", "run", exam]);
    let found =
        |run: &&Value| run["exceptions"].as_u64().unwrap_or(0) + run["unknown"].as_u64().unwrap_or(0) > 0;
    let run =
        runs["runs"].as_array().into_iter().flatten().find(found).expect("some procedure finds something");
    let procedure = run["procedure"].as_str().expect("an id").to_owned();
    let note = world.word("disposition").to_owned();
    world.done(&["audit", "dispose", exam, "--procedure", &procedure, "--as", "explained", "--note", &note]);
    let note = world.word("answer").to_owned();
    let answer =
        ["answer", exam, "BSL-6.7", "--result", "noncompliant", "--method", "interview", "--note", &note];
    world.done(&answer);
    take_evidence(world, exam, "", 64 << 10);
    let [title, text, first, second, reply] =
        ["finding title", "finding text", "examiner", "reviewer", "reply"]
            .map(|name| world.word(name).to_owned());
    let words = ["finding", "add", exam, "--title", &title, "--clause", "BSL-6.7", "--condition", &text];
    let more = [
        "--effect",
        "易遭冒用。",
        "--recommendation",
        &text,
        "--category",
        "存取控制",
        "--evidence",
        "E-001",
    ];
    world.done(&[&words[..], &more, &["--cause", &text, "--as", &first, "--review"]].concat());
    let note = world.word("review note").to_owned();
    world.done(&["review", "note", exam, "F-00", &note, "--as", &second]);
    world.done(&["review", "reply", exam, "1", &note, "--as", &first]);
    world.done(&["review", "clear", exam, "1", "--as", &second]);
    for (to, name) in [("final", &second), ("sent", &first)] {
        world.done(&["finding", "step", exam, "F01", "--to", to, "--as", name]);
    }
    let words =
        ["finding", "reply", exam, "F01", "--agreement", "agree", "--text", &reply, "--measure", &reply];
    world.done(&[&words[..], &["--owner", &reply, "--due", "2021-06-30", "--signer", &reply]].concat());
    let secret = world.place("firm/passphrase of a signature");
    world.done(&["review", "identity", exam, "--as", &first, "--sign-passphrase-file", &secret]);
}

/// A file into custody: `size` bytes at least, with a canary again and again.
///
/// # Panics
/// When it is refused.
pub fn take_evidence(world: &mut World, exam: &str, more: &str, size: usize) {
    let file = evidence_file(world, more, size);
    let source = world.word("evidence source").to_owned();
    world.done(&["evidence", "add", exam, &file, "--source", &source, "--acquired-by", &source]);
}

/// The file that is taken; gives its path.
///
/// # Panics
/// When it cannot be written.
pub fn evidence_file(world: &World, more: &str, size: usize) -> String {
    let file = world.path("firm").join(format!("{}{more}.txt", world.word("evidence name")));
    let line = format!("{}{more}\n", world.word("evidence bytes"));
    fs::write(&file, line.repeat(size.div_ceil(line.len()))).expect("written");
    file.to_string_lossy().into_owned()
}

/// What only the window does: settings, phrases, an own procedure, a template, looking for words.
///
/// # Panics
/// When a step is refused.
pub fn at_the_window(world: &mut World, me: &Path, exam: &str) {
    let mut template = Workbook::new();
    let sheet = template.add_worksheet();
    sheet.write_string(0, 0, world.word("template")).expect("a cell");
    sheet.write_string(1, 0, "{{受查單位}}").expect("a cell");
    let path = world.place("firm/template.xlsx");
    fs::write(&path, template.save_to_buffer().expect("a book")).expect("written");
    let passphrase = fs::read_to_string(world.path("firm/passphrase")).expect("a passphrase");
    let word = |name: &str| world.word(name).to_owned();
    let sql = format!("SELECT _id, account FROM accounts WHERE account LIKE '{}%'", word("account in ods"));
    let form = json!({
        "title": word("own procedure"), "purpose": word("own procedure"), "subject": "accounts",
        "verdict": "exception", "strength": "must", "clauses": ["BSL-6.7"], "columns": [], "sql": sql,
    });
    let looked = |text: &str| json!({ "dataset": "accounts", "offset": 0, "limit": 50, "sort": [], "filters": [], "find": text });
    let calls = [
        ("vault_unlock", json!({ "dir": world.place("vault"), "passphrase": passphrase })),
        ("exam_open", json!({ "exam": exam })),
        (
            "settings_set",
            json!({
                "organisation": word("setting"), "severity": ["重大", "高", "中", "低"],
                "categories": [word("setting")], "exit_meeting": word("setting"), "mask": true,
            }),
        ),
        ("phrase_keep", json!({ "clause": "BSL-6.7", "text": word("phrase") })),
        ("own_preview", json!({ "subject": "accounts", "sql": sql })),
        ("own_save", json!({ "id": null, "scope": "exam", "form": form })),
        ("own_save", json!({ "id": null, "scope": "organisation", "form": form })),
        ("template_add", json!({ "path": path, "key": "", "title": word("template"), "authority": "" })),
        ("data_rows", looked(&word("searched word"))),
        ("data_rows", looked(&word("account in xls"))),
        ("vault_lock", Value::Null),
        // What cannot be taken is refused without a word of it.
        ("vault_unlock", json!({ "dir": world.place("vault"), "passphrase": [passphrase] })),
        ("exam_open", json!({ "exam": word("firm") })),
    ];
    let lines: String = calls.iter().map(|(name, request)| format!("{name}\t{request}\n")).collect();
    let said = world.feed(me, &["desk"], &lines);
    assert_eq!(
        (said.code, said.json),
        (Some(0), json!({ "done": calls.len() - 2, "refused": 2 })),
        "{}",
        said.err
    );
}

/// Every document into the folder that the examiner chose; a backup; a look at everything.
///
/// # Panics
/// When a step is refused.
pub fn hand_out(world: &mut World, exam: &str) {
    let out = |name: &str| world.place(&format!("out/{name}"));
    let (folder, template) = (out("papers"), world.place("firm/template.xlsx"));
    let named = [
        ("report", out("report.pdf")),
        ("docx", out("report.docx")),
        ("oscal", out("results.json")),
        ("findings", out("findings.csv")),
    ];
    let filled = out("filled.xlsx");
    world.done(&["export", exam, "papers", &folder]);
    world.done(&["export", exam, "receipt", &folder]);
    for (what, path) in &named {
        world.done(&["export", exam, what, path, "--draft"]);
    }
    world.done(&["export", exam, "template", &template, &filled]);
    let backup = world.place("backup");
    world.done(&["vault", "backup", &backup]);
    world.done(&["vault", "info"]);
    world.done(&["vault", "verify"]);
    world.done(&["log", exam]);
    world.call(&["gate", exam]);
    world.call_as(&["vault", "info"], "wrong passphrase");
}
