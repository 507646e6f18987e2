//! An organisation's own folder: what is wrong in it is said with file and line, and nothing is changed.

use crate::folder::{CHAPTER, append, contents, edit, line_of, newer_edition, of_futures};
use crate::items::refused;
use fieldbook_app::edition::authoring::{check, pack};
use fieldbook_tests::desk::with_vault;
use std::path::Path;

/// The only defect of a folder: file, line, what happened.
fn only_defect(dir: &Path) -> (String, Option<u32>, String) {
    let before = contents(dir);
    let checked = check(dir).expect("a folder that can be read");
    assert_eq!(contents(dir), before, "checking writes nothing");
    assert!(checked.bundle.is_none(), "a folder with a defect defines nothing");
    let [problem] = checked.problems.as_slice() else { panic!("one defect: {:?}", checked.problems) };
    assert!(problem.hint.chars().count() > 5, "what to do: {problem:?}");
    (problem.file.clone(), problem.line, problem.message.clone())
}

#[test]
fn a_folder_without_defects_is_counted_with_the_built_in_ones() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = newer_edition(folder.path());
    let checked = check(&dir).expect("a folder");
    assert_eq!(checked.problems, []);
    let bundle = checked.bundle.expect("it loads");
    assert_eq!(bundle.documents.len(), 5);
    assert_eq!(bundle.document("FCM").expect("FCM").version, "115.1");
}

#[test]
fn an_id_that_is_there_twice() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    edit(&dir, CHAPTER, "id = \"FCM-3.4\"", "id = \"FCM-3.3\"");
    let (file, line, message) = only_defect(&dir);
    assert_eq!(file, CHAPTER);
    let first = line_of(&dir, CHAPTER, "id = \"FCM-3.3\"");
    assert!(line.is_some_and(|l| l > first), "the second one, not line {first}: {line:?}");
    assert!(message.contains("「FCM-3.3」重複定義"), "{message}");
    assert!(message.starts_with(&format!("{CHAPTER} 第 {} 行：", line.unwrap_or_default())), "{message}");
}

#[test]
fn a_condition_on_a_fact_that_nobody_asks_for() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    let last = "label = \"3.(4)\"";
    edit(&dir, CHAPTER, last, &format!("{last}\nnote = \"試\""));
    let text = std::fs::read_to_string(dir.join(CHAPTER)).expect("chapter");
    let (head, tail) = text.split_once("note = \"試\"").expect("3.4");
    let tail = tail.replace("applies = \"is_fcm\"", "applies = \"is_fcm & has_blockchain\"");
    std::fs::write(dir.join(CHAPTER), format!("{head}note = \"試\"{tail}")).expect("chapter");
    let (file, line, message) = only_defect(&dir);
    assert_eq!((file.as_str(), line), (CHAPTER, Some(line_of(&dir, CHAPTER, "has_blockchain"))));
    assert!(message.contains("條件引用了不存在的事實「has_blockchain」"), "{message}");
}

#[test]
fn an_id_that_was_given_up_once() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = newer_edition(folder.path());
    append(&dir, "ids.lock", &format!("FCM-3.5 {} retired\n", "0".repeat(64)));
    let (file, line, message) = only_defect(&dir);
    assert_eq!((file.as_str(), line), ("ids.lock", Some(1)));
    assert!(message.contains("FCM-3.5"), "{message}");
}

#[test]
fn text_that_is_no_toml() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    edit(&dir, CHAPTER, "label = \"3.(4)\"", "label = \"3.(4)");
    let (file, line, message) = only_defect(&dir);
    assert_eq!((file.as_str(), line), (CHAPTER, Some(line_of(&dir, CHAPTER, "label = \"3.(4)"))));
    assert!(message.contains("檔案格式無法讀取"), "{message}");
}

#[test]
fn a_citation_that_is_one_character_off() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    edit(&dir, CHAPTER, "應明確劃分。", "宜明確劃分。");
    let (file, line, message) = only_defect(&dir);
    assert_eq!((file.as_str(), line), (CHAPTER, Some(line_of(&dir, CHAPTER, "宜明確劃分。"))));
    assert!(message.contains("「FCM-3.4」的條文與原文不同：第 16 個字元「宜」，原文為「應」"), "{message}");
    edit(&dir, CHAPTER, "宜明確劃分。", "應明確\\n　劃分。");
    assert_eq!(check(&dir).expect("a folder").problems, [], "layout is no character");
}

#[test]
fn a_chapter_that_cannot_be_read_is_the_only_defect() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    let procedure = |clause: &str| {
        let text = &fieldbook_checklist::bundled_files()["procedures/T-ACC-09.toml"];
        let text = text.replace("T-ACC-09", "T-OWN-01");
        let (head, tail) = text.split_once("clauses = [").expect("clauses");
        format!("{head}clauses = [\"{clause}\", {tail}")
    };
    std::fs::create_dir(dir.join("procedures")).expect("folder");
    append(&dir, "procedures/T-OWN-01.toml", &procedure("FCM-3.4"));
    assert_eq!(check(&dir).expect("a folder").problems, []);
    edit(&dir, CHAPTER, "label = \"3.(4)\"", "label = \"3.(4)");
    let (file, _, message) = only_defect(&dir);
    assert!(file == CHAPTER && message.contains("檔案格式無法讀取"), "{message}");
}

#[test]
fn a_file_that_cannot_be_taken_is_named_with_its_folder_and_the_reason() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    let told = |key: &str| {
        let outcome = check(&dir).map(|_| ());
        let view = outcome.as_ref().expect_err("refused").view();
        assert_eq!(refused(outcome), key);
        assert!(view.message.contains(&format!("「{CHAPTER}」")), "{}", view.message);
        view.message
    };
    let text = std::fs::read(dir.join(CHAPTER)).expect("chapter");
    // 「應」 in Big5, behind three lines.
    std::fs::write(
        dir.join(CHAPTER),
        [b"# a\n# b\n\ntitle = \"".as_slice(), &[0xC0, 0xB3], b"\"\n"].concat(),
    )
    .expect("file");
    assert!(told("folder_file_not_utf8").contains("第 4 行之編碼不是 UTF-8"));
    std::fs::write(dir.join(CHAPTER), text.repeat(5 * 1024 * 1024 / text.len() + 1)).expect("file");
    assert!(
        told("folder_file_too_large").contains("檔案「") && told("folder_file_too_large").contains("過大")
    );
}

#[test]
fn every_defect_of_a_folder_is_told_at_once() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(folder.path());
    edit(&dir, CHAPTER, "id = \"FCM-3.4\"", "id = \"FCM-3.3\"");
    edit(&dir, "taifex-fcm/02-policy.toml", "id = \"FCM-2.5\"", "id = \"BSL-2.5\"");
    let problems = check(&dir).expect("a folder").problems;
    let files: Vec<&str> = problems.iter().map(|p| p.file.as_str()).collect();
    assert!(files.contains(&CHAPTER) && files.contains(&"taifex-fcm/02-policy.toml"), "{problems:?}");
}

#[test]
fn a_folder_with_a_defect_is_not_packed() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(&folder.path().join("folder"));
    edit(&dir, CHAPTER, "id = \"FCM-3.4\"", "id = \"FCM-3.3\"");
    let mut desk = with_vault(folder.path()).expect("vault");
    let out = folder.path().join("套件.fbc");
    let outcome = pack(&mut desk, &dir, &out, "期貨商檢查機制", "115.1").map(|_| ());
    let message = outcome.as_ref().expect_err("refused").view().message;
    assert!(message.contains(CHAPTER) && message.contains('1'), "how many, and the first one: {message}");
    assert_eq!(refused(outcome), "package_defective");
    assert!(!out.exists());
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("folder");
    assert_eq!(refused(check(&empty).map(|_| ())), "folder_empty");
    assert_eq!(refused(check(&folder.path().join("沒有")).map(|_| ())), "folder_unreadable");
}
