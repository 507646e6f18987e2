//! The committed sample is what its generator writes, and what refers to it refers to rows that are there.

use fieldbook_tests::sample;
use fieldbook_tests::sample::truth::Truth;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/sample")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("folder of the sample");
    entries.map(|e| e.expect("entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn the_generator_writes_the_committed_bytes() {
    let fresh = tempfile::tempdir().expect("temporary folder");
    sample::write(fresh.path()).expect("the sample can be written");
    let (old, new) = (committed().join("firm"), fresh.path().join("firm"));
    assert_eq!(names(&old), names(&new));
    for name in names(&old) {
        let same =
            std::fs::read(old.join(&name)).expect("old") == std::fs::read(new.join(&name)).expect("new");
        assert!(same, "{name} is not what the generator writes: run make-sample");
    }
    let key = |folder: &Path| std::fs::read_to_string(folder.join("planted.toml")).expect("answer key");
    assert_eq!(key(&committed()), key(fresh.path()));
}

#[test]
fn the_demo_names_files_and_rows_that_are_planted() {
    let read = |name: &str| std::fs::read_to_string(committed().join(name)).expect("file of the sample");
    let truth: Truth = toml::from_str(&read("planted.toml")).expect("answer key");
    let demo: toml::Table = read("demo.toml").parse().expect("demo.toml");
    let tables = |key: &str| demo[key].as_array().expect("tables").clone();
    for import in tables("import") {
        let file = import["file"].as_str().expect("file");
        assert!(committed().join(file).is_file(), "{file}");
    }
    for dispose in tables("dispose") {
        let procedure = dispose["procedure"].as_str().expect("procedure");
        let rule = dispose.get("rule").and_then(|r| r.as_str());
        let planted: BTreeSet<String> = truth
            .planted
            .iter()
            .filter(|p| p.procedure == procedure && rule.is_none_or(|r| r == p.rule))
            .map(|p| format!("{}:{}:{}", p.file, p.sheet, p.row))
            .collect();
        assert!(!planted.is_empty(), "{procedure} {rule:?} is planted nowhere");
        for row in dispose.get("rows").and_then(|r| r.as_array()).into_iter().flatten() {
            let row = row.as_str().expect("row");
            assert!(planted.contains(row), "{procedure}: nothing is planted at {row}");
        }
    }
}

#[test]
fn the_key_contradicts_itself_nowhere() {
    let text = std::fs::read_to_string(committed().join("planted.toml")).expect("answer key");
    let truth: Truth = toml::from_str(&text).expect("answer key");
    let listing: BTreeSet<&str> =
        truth.planted.iter().filter(|p| p.verdict != "lead").map(|p| p.procedure.as_str()).collect();
    for procedure in &listing {
        let near = truth.near_miss.iter().any(|n| n.procedure == *procedure);
        assert!(near, "{procedure} has no near miss");
    }
    for procedure in ["T-COL-02", "T-COL-03", "T-COL-05", "T-COL-06", "T-ACC-06", "T-ACC-09"] {
        let planted = truth.planted.iter().any(|p| p.procedure == procedure && p.verdict == "exception");
        assert!(planted, "{procedure} has no exception");
    }
    for stated in &truth.without {
        assert!(!listing.contains(stated.procedure.as_str()), "{} has rows", stated.procedure);
    }
    for near in &truth.near_miss {
        let place = |p: &sample::truth::Planted| {
            (&p.procedure, &p.file, &p.sheet, p.row) == (&near.procedure, &near.file, &near.sheet, near.row)
        };
        let hit = truth.planted.iter().find(|p| p.verdict != "lead" && place(p));
        assert!(hit.is_none(), "planted and a near miss at once: {hit:?}");
    }
}

#[test]
fn rows_of_the_key_are_written_together_and_read_back() {
    let mut truth = Truth::default();
    for row in [7, 4, 8, 9] {
        let at = sample::truth::Place { file: "清冊.xlsx", sheet: "帳號", row };
        truth.exception(("T-ACC-06", "1"), at, "離職");
        truth.near("T-COL-06", at, "客戶");
    }
    truth.without("T-ACC-12", "pass", "無重號");
    truth.sort();
    let text = truth.to_toml().expect("TOML");
    assert_eq!(text.matches("rows = \"4, 7-9\"").count(), 2, "{text}");
    assert_eq!(toml::from_str::<Truth>(&text).expect("answer key"), truth);
    assert!(toml::from_str::<Truth>(&text.replace("7-9", "7-x")).is_err());
}
