//! All files through the command line: exit codes, a pair of lines for each that is refused, time and memory, and a vault
//! that is whole afterwards and holds exactly what was said to be stored.

use fieldbook_tests::cli_program;
use fieldbook_tests::desk::{PASSPHRASE, with_exam};
use fieldbook_tests::hostile::{Case, Verdict, all};
use fieldbook_tests::peak::peak_of;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What any file may take.
const LONGEST: Duration = Duration::from_secs(20);
const MOST_MIB: f64 = 512.0;

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
    took: Duration,
    peak: f64,
}

struct Desk {
    folder: tempfile::TempDir,
    exam: String,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, exam) = with_exam(folder.path()).expect("an exam");
        Self { folder, exam: exam.head.id }
    }

    fn call(&self, words: &[&str]) -> Said {
        let (out, err) = (self.folder.path().join("out"), self.folder.path().join("err"));
        let start = Instant::now();
        let mut child = Command::new(cli_program())
            .args(words)
            .current_dir(self.folder.path())
            .env("FIELDBOOK_VAULT", self.folder.path().join("vault"))
            .env("FIELDBOOK_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(&out).expect("a file"))
            .stderr(std::fs::File::create(&err).expect("a file"))
            .spawn()
            .expect("the program starts");
        let mut peak = 0.0_f64;
        let code = loop {
            peak = peak.max(peak_of(child.id()).unwrap_or(0.0));
            if let Some(status) = child.try_wait().expect("the program is ours") {
                break status.code();
            }
            std::thread::sleep(Duration::from_millis(4));
        };
        let text = |path: &Path| std::fs::read_to_string(path).expect("UTF-8");
        Said { code, out: text(&out), err: text(&err), took: start.elapsed(), peak }
    }

    /// Imports files in one call.
    fn import(&self, files: &[&str]) -> Said {
        let mut words = vec!["import", self.exam.as_str()];
        // A name that begins with a dash is a file all the same.
        let paths: Vec<String> = files.iter().map(|f| format!("./{f}")).collect();
        words.extend(paths.iter().map(String::as_str));
        words.push("--json");
        self.call(&words)
    }
}

/// What the pair of lines says of each reason.
const WORDS: [(&str, &str); 8] = [
    ("Empty", "沒有"),
    ("NotASpreadsheet", "不是"),
    ("Damaged", "損壞"),
    ("TooLarge", "過大"),
    ("Locked", "密碼"),
    ("Unsupported", "格式"),
    ("NoDataset", "無法對應"),
    ("MissingRequired", "必要欄位"),
];

/// What is wrong with what the program says of a file.
fn complaints(case: &Case, file: &Value) -> Option<String> {
    let sheets = file["sheets"].as_array().cloned().unwrap_or_default();
    let read: Vec<&Value> = sheets.iter().filter(|s| s["error"].is_null()).collect();
    if case.verdict() == Verdict::Error {
        let word = WORDS.iter().find(|(start, _)| case.says.starts_with(start)).map_or("", |(_, word)| *word);
        let message = file["error"]["message"].as_str().unwrap_or_default();
        let good = message.contains(word) && message.contains(&case.name) && read.is_empty();
        return (!good).then(|| format!("{}: {message:?} says nothing of {word}", case.name));
    }
    let sum = |key: &str| read.iter().map(|s| s[key].as_u64().unwrap_or_default()).sum::<u64>();
    let mut issues: BTreeMap<String, u64> = BTreeMap::new();
    for issue in read.iter().flat_map(|s| s["issues"].as_array().into_iter().flatten()) {
        *issues.entry(issue["code"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let issues: String = issues.iter().map(|(code, n)| format!(", {code} {n}")).collect();
    let said = format!("stored {}, rejected {}{issues}", sum("rows_stored"), sum("rows_rejected"));
    let good = said == case.says
        && file["error"].is_null()
        && sum("rows_read") == sum("rows_stored") + sum("rows_rejected");
    (!good).then(|| format!("{}: {said} {}, not: {}", case.name, file["error"], case.says))
}

/// Cases that one call imports: those of a verdict, or one alone where it takes long by itself.
fn calls(cases: &[Case]) -> Vec<(i32, Vec<&Case>)> {
    let of = |verdict: Verdict| cases.iter().filter(|c| c.verdict() == verdict).collect::<Vec<_>>();
    vec![(1, of(Verdict::Error)), (3, of(Verdict::Partial)), (0, of(Verdict::Fine))]
}

#[test]
fn every_hostile_file_gets_its_verdict_and_the_vault_stays_whole() {
    let cases: Vec<Case> = all().into_iter().flat_map(|(_, cases)| cases).collect();
    assert!(cases.len() >= 80, "only {} files", cases.len());
    let desk = Desk::new();
    let before: Vec<String> = names(desk.folder.path());
    for case in &cases {
        std::fs::write(desk.folder.path().join(&case.name), (case.bytes)()).expect("the file is written");
    }
    let mut wrong = Vec::new();
    let mut stored = 0;
    for (code, group) in calls(&cases) {
        let files: Vec<&str> = group.iter().map(|c| c.name.as_str()).collect();
        let said = desk.import(&files);
        if said.code != Some(code) {
            wrong.push(format!("exit {:?}, not {code}", said.code));
        }
        // What one call takes for all of them is at least what any of them takes.
        let most = LONGEST * u32::try_from(group.len()).unwrap_or(1).min(3);
        if said.took > most || said.peak > MOST_MIB {
            wrong.push(format!("{} files: {:.1?}, {:.0} MiB", group.len(), said.took, said.peak));
        }
        assert!(said.peak > 5.0, "the memory of the program can be seen");
        let document: Value = serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {}", said.out));
        let told = document["files"].as_array().cloned().unwrap_or_default();
        assert_eq!(told.len(), group.len(), "every file is told");
        for (case, file) in group.iter().zip(&told) {
            wrong.extend(complaints(case, file));
        }
        if code == 1 {
            wrong.extend(pairs(&said.err, group.len()));
        } else {
            stored += group.len();
        }
    }
    wrong.extend(left_behind(&desk, &before, &cases, stored));
    assert!(wrong.is_empty(), "{} of {}:\n  {}\n", wrong.len(), cases.len(), wrong.join("\n  "));
}

/// Texts that stand in the files and nowhere else.
const CONTENTS: [&str; 4] = ["王小明", "交易主機", "user1", "湯麵"];

/// What is wrong with the lines on stderr: two for each file, and nothing of what the files hold.
fn pairs(err: &str, files: usize) -> Vec<String> {
    // How far it is stands on lines of its own.
    let lines: Vec<&str> = err.lines().filter(|l| !l.starts_with('（')).collect();
    let mut wrong = Vec::new();
    for pair in lines.chunks(2) {
        let [message, hint] = pair else { continue };
        if !message.starts_with("錯誤：") || !hint.starts_with("建議：") {
            wrong.push(format!("no pair: {pair:?}"));
        }
    }
    if lines.len() != files * 2 {
        wrong.push(format!("{} lines for {files} files", lines.len()));
    }
    wrong.extend(
        CONTENTS.iter().filter(|text| err.contains(**text)).map(|text| format!("stderr holds {text}")),
    );
    wrong
}

/// What is wrong with what is left in the folder and in the vault.
fn left_behind(desk: &Desk, before: &[String], cases: &[Case], stored: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let verified = desk.call(&["vault", "verify", "--json"]);
    if verified.code != Some(0)
        || !verified.out.contains("\"ok\":true") && !verified.out.contains("\"ok\": true")
    {
        wrong.push(format!("vault verify: {:?} {} {}", verified.code, verified.out, verified.err));
    }
    let known = |name: &String| before.contains(name) || cases.iter().any(|c| c.name == *name);
    let left: Vec<String> =
        names(desk.folder.path()).into_iter().filter(|n| !known(n) && n != "out" && n != "err").collect();
    wrong.extend(left.iter().map(|name| format!("{name} was left behind")));
    for evil in [desk.folder.path().join("../evil.txt"), Path::new("/tmp/evil.txt").to_path_buf()] {
        if evil.exists() {
            wrong.push(format!("{} was unpacked", evil.display()));
        }
    }
    let log = desk.call(&["log", &desk.exam, "--json"]);
    let entries: Value = serde_json::from_str(&log.out).unwrap_or_default();
    let imports = entries["entries"].as_array().into_iter().flatten();
    let imported =
        imports.filter(|e| e["action"].as_str().is_some_and(|action| action.contains("import"))).count();
    if imported == 0 || imported > stored {
        wrong.push(format!("{imported} imports in the journal, {stored} files stored: {}", log.out));
    }
    wrong
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> =
        entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
