//! An organisation's own files over the built-in ones: what fits is added or takes a document's place, what does not is
//! told at the line of the author's own file.

mod editions;

use editions::{base, edition, own_folder, quote, replace, sha256};
use fieldbook_checklist::{
    Files, LoadError, bundled, bundled_files, check_folder, law_files, law_sha256, load, load_pinned, overlay,
};
use fieldbook_model::ClauseId;

fn told(errors: &[LoadError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

fn defects(folder: &Files) -> Vec<String> {
    told(&check_folder(&base(), folder).expect_err("a defect"))
}

/// What is told after a text in one file of the organisation's folder is replaced.
fn after(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut folder = own_folder();
    replace(&mut folder, path, from, to);
    defects(&folder)
}

fn clause(text: &str) -> ClauseId {
    ClauseId::parse(text).expect("an id")
}

#[test]
fn an_own_folder_is_added() {
    let overlaid = overlay(&base(), &own_folder()).expect("fits");
    let bundle = &overlaid.bundle;
    assert_eq!(bundle.documents.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["TST", "ORG"]);
    assert!(bundle.fact("has_drill").is_some() && bundle.fact("is_sec").is_some());
    assert!(bundle.procedure("T-ORG-01").is_some() && bundle.procedure("T-TST-01").is_some());
    assert_eq!(bundle.crosswalk.topics_of(&clause("ORG-1")).count(), 1);
    assert_eq!(bundle.crosswalk.topics_of(&clause("TST-1.1")).count(), 2);
    assert!(overlaid.left_out.is_empty());
    assert_eq!(load(&overlaid.files).as_ref(), Ok(bundle), "with the lock file that was made");
    let lock = &overlaid.files["ids.lock"];
    assert!(lock.contains(&format!("ORG-1 {}\n", sha256("應每季演練。"))));
    assert!(lock.contains("TST-1.9 ") && lock.contains(" retired\n"));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let folder = own_folder().into_iter().map(|(path, text)| (path, text.replace('\n', "\r\n"))).collect();
    assert_eq!(check_folder(&base(), &folder), check_folder(&base(), &own_folder()));
}

#[test]
fn a_new_edition_takes_the_place_of_the_old_one() {
    let overlaid = overlay(&base(), &edition("newer", "example-2")).expect("fits");
    let bundle = &overlaid.bundle;
    assert_eq!(bundle.documents.len(), 1);
    assert_eq!(bundle.documents[0].version, "2.0");
    assert!(bundle.clause(&clause("TST-1.5")).is_some() && bundle.clause(&clause("TST-1.2")).is_none());
    assert!(!overlaid.files.keys().any(|path| path.starts_with("example/")));
    assert_eq!(load(&overlaid.files).as_ref(), Ok(bundle));
}

#[test]
fn what_the_base_says_about_clauses_that_are_gone_is_left_out() {
    let overlaid = overlay(&base(), &edition("newer", "example-2")).expect("fits");
    let bundle = &overlaid.bundle;
    assert_eq!(overlaid.left_out, ["T-TST-01"], "it tests TST-1.2");
    assert!(bundle.procedure("T-TST-02").is_some());
    let [topic] = bundle.crosswalk.topics.as_slice() else { panic!("X02 had no other clause") };
    assert_eq!(topic.clauses, [clause("TST-1.1"), clause("TST-2.1")]);
    let governing: Vec<&str> = topic.governing.iter().map(|g| g.subject.as_str()).collect();
    assert_eq!(governing, ["紀錄保存"], "the length of passwords is another one now");
    assert!(bundle.crosswalk.pairs.is_empty());
    let [pattern] = bundle.patterns.as_slice() else { panic!("C2 had no other criterion") };
    assert_eq!(pattern.procedures, ["T-TST-02"]);
    let phrases: Vec<&str> = bundle.phrases.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(phrases, ["已抽核○筆。"], "phrases of a clause do not become phrases for all");
    assert!(overlaid.files["crosswalk.toml"].contains("# Invented topics"), "comments stay");
}

#[test]
fn a_new_edition_of_any_built_in_document_fits() {
    let program = bundled_files();
    for document in bundled().expect("loads").documents {
        let marker = format!("code = \"{}\"", document.code);
        let (path, _) = program
            .iter()
            .find(|(path, text)| path.ends_with("/document.toml") && text.contains(&marker))
            .expect("its folder");
        let prefix = path.replace("document.toml", "");
        let mut folder: Files = program
            .iter()
            .filter(|(path, _)| path.starts_with(&prefix))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect();
        let (gone, texts) = rewrite(&mut folder);
        quote(&mut folder, prefix.trim_end_matches('/'), &texts);
        let overlaid = overlay(&program, &folder).map_err(|errors| told(&errors)).expect("fits");
        assert!(gone.len() > 3, "{}", document.code);
        for id in gone {
            assert!(overlaid.bundle.clause(&clause(&id)).is_none());
            assert!(overlaid.bundle.crosswalk.topics_of(&clause(&id)).next().is_none());
        }
    }
}

/// Makes another edition of a document: every fifth leaf is gone, every other text is longer. Tells what is gone, and the
/// texts.
fn rewrite(folder: &mut Files) -> (Vec<String>, Vec<String>) {
    let mut gone = Vec::new();
    let mut texts = Vec::new();
    let mut count = 0;
    let source = folder.iter().find(|(path, _)| path.ends_with("/source.txt")).expect("a source text");
    let lines = source.1.lines().count();
    for (_, text) in folder.iter_mut().filter(|(path, _)| path.contains("/0") || path.contains("/1")) {
        let mut chapter: toml_edit::DocumentMut = text.parse().expect("a chapter");
        let clauses = chapter["clause"].as_array_of_tables_mut().expect("clauses");
        clauses.retain(|clause| {
            let leaf = clause["kind"].as_str() == Some("leaf");
            count += usize::from(leaf);
            let goes = leaf && count % 5 == 0;
            if goes {
                gone.push(clause["id"].as_str().expect("an id").to_owned());
            }
            !goes
        });
        for clause in clauses.iter_mut() {
            let longer = format!("{}（修）", clause["text"].as_str().expect("a text"));
            texts.push(longer.clone());
            clause["text"] = toml_edit::value(longer);
            clause["line"] = toml_edit::value(i64::try_from(lines + texts.len()).expect("short"));
        }
        *text = chapter.to_string();
    }
    (gone, texts)
}

#[test]
fn unknown_fact() {
    let told = after("own/01-drills.toml", "has_drill", "has_dril");
    assert_eq!(told, ["own/01-drills.toml:10: `has_dril` is not a known fact"]);
}

#[test]
fn bad_condition() {
    let told = after("own/01-drills.toml", "is_sec & has_drill", "is_sec &");
    assert_eq!(told, ["own/01-drills.toml:10: condition: expected a fact at character 9"]);
}

#[test]
fn duplicate_id() {
    let mut folder = own_folder();
    let text = folder.get_mut("own/01-drills.toml").expect("there");
    let again = text.split_once("\n\n").expect("two parts").1.to_owned();
    text.push_str(&format!("\n{again}"));
    assert_eq!(defects(&folder), ["own/01-drills.toml:14: `ORG-1` is defined twice"]);
}

#[test]
fn id_of_another_document() {
    let told = after("own/01-drills.toml", "\"ORG-1\"", "\"TST-1.1\"");
    assert!(
        told.contains(&"own/01-drills.toml:5: `TST-1.1` does not belong in this file".to_owned()),
        "{told:?}"
    );
}

#[test]
fn retired_id_reused() {
    let mut folder = edition("newer", "example-2");
    replace(&mut folder, "example-2/01-records.toml", "\"TST-1.5\"", "\"TST-1.9\"");
    let told = defects(&folder);
    assert_eq!(told, ["example-2/01-records.toml:33: `TST-1.9` was retired and cannot be used again"]);
}

#[test]
fn entries_put_after_the_base_are_told_at_their_own_line() {
    let code = after("facts.toml", "code = \"has_drill\"", "code = \"is_sec\"");
    assert!(code.contains(&"facts.toml:3: `is_sec` is defined twice".to_owned()), "{code:?}");
    let kind = after("facts.toml", "kind = \"yes_no\"", "kind = \"maybe\"");
    assert_eq!(kind.len(), 1, "not what follows from it: {kind:?}");
    assert!(kind[0].starts_with("facts.toml:5: cannot be read: unknown variant `maybe`"), "{kind:?}");
    let topic = after("crosswalk.toml", "\"X90\"", "\"X01\"");
    assert_eq!(topic, ["crosswalk.toml:3: `X01` is defined twice"]);
    let cited = after("crosswalk.toml", "\"ORG-1\"", "\"ORG-7\"");
    assert_eq!(cited, ["crosswalk.toml:6: clause `ORG-7` does not exist"]);
    let broken = after("crosswalk.toml", "title = \"演練\"", "title = ");
    assert!(broken[0].starts_with("crosswalk.toml:4: cannot be read"), "{broken:?}");
}

#[test]
fn what_would_become_part_of_a_built_in_entry_is_refused() {
    for (text, line) in [
        ("title = \"改\"\n", 1),
        ("# x\n[topic]\ncode = \"X90\"\n", 2),
        ("\n\n[[topic.governing]]\nlicence = \"both\"\n", 3),
        ("topic = [{ code = \"X90\" }]\n", 1),
    ] {
        let mut folder = own_folder();
        folder.insert("crosswalk.toml".to_owned(), text.to_owned());
        let told = defects(&folder);
        assert!(told[0].starts_with(&format!("crosswalk.toml:{line}: cannot be read")), "{text}: {told:?}");
    }
}

#[test]
fn built_in_paths_are_not_taken() {
    let mut folder = own_folder();
    let procedure = folder.remove("procedures/T-ORG-01.toml").expect("there");
    folder.insert("procedures/T-TST-01.toml".to_owned(), procedure.replace("T-ORG-01", "T-TST-01"));
    assert_eq!(defects(&folder), ["procedures/T-TST-01.toml: a built-in file has this path"]);

    let foreign: Files =
        own_folder().into_iter().map(|(path, text)| (path.replace("own/", "example/"), text)).collect();
    let told = defects(&foreign);
    assert!(told.contains(&"example/document.toml: a built-in file has this path".to_owned()), "{told:?}");
}

#[test]
fn a_document_comes_whole() {
    let mut folder = own_folder();
    folder.remove("own/document.toml");
    assert_eq!(defects(&folder), ["own/document.toml: the file is missing"]);
    let chapter: Files =
        [("example/03-more.toml".to_owned(), own_folder()["own/01-drills.toml"].clone())].into();
    assert_eq!(defects(&chapter), ["example/document.toml: the file is missing"]);
}

#[test]
fn a_broken_document_of_a_built_in_folder_is_told_itself() {
    let mut folder = edition("newer", "example");
    replace(&mut folder, "example/document.toml", "code = \"TST\"", "code = ");
    let told = defects(&folder);
    assert!(told[0].starts_with("example/document.toml:2: cannot be read"), "{told:?}");
}

#[test]
fn an_own_lock_file_is_held_to() {
    let with_lock = |lock: String| {
        let mut folder = own_folder();
        folder.insert("ids.lock".to_owned(), lock);
        folder
    };
    let good = format!("ORG-1 {}\n", sha256("應每季演練。"));
    assert!(check_folder(&base(), &with_lock(good.clone())).is_ok());
    let zero = "0".repeat(64);
    for (lock, expected) in [
        (format!("\nORG-1 {zero}\n"), "ids.lock:2: the text of `ORG-1` differs from the one in ids.lock"),
        (format!("{good}ORG-2 {zero}\n"), "ids.lock:2: `ORG-2` is in ids.lock but nowhere defined"),
        (format!("{} retired\n", good.trim()), "ids.lock:1: `ORG-1` was retired and cannot be used again"),
        (format!("{good}{good}"), "ids.lock:2: `ORG-1` is defined twice"),
        (format!("{good}ORG-2\n"), "ids.lock:2: `2` is not a valid line of the lock file"),
    ] {
        assert_eq!(defects(&with_lock(lock)), [expected]);
    }
    let retired = overlay(&base(), &with_lock(format!("{good}ORG-2 {zero} retired\n"))).expect("fits");
    assert!(retired.files["ids.lock"].contains(&format!("ORG-2 {zero} retired\n")));
    let mut again = own_folder();
    replace(&mut again, "own/document.toml", "order = 9", "order = 8");
    replace(&mut again, "own/01-drills.toml", "\"ORG-1\"", "\"ORG-2\"");
    again.retain(|path, _| path.starts_with("own/"));
    replace(&mut again, "own/01-drills.toml", "is_sec & has_drill", "is_sec");
    let told = told(&check_folder(&retired.files, &again).expect_err("retired by the edition before"));
    assert_eq!(told, ["own/01-drills.toml:5: `ORG-2` was retired and cannot be used again"]);
}

#[test]
fn defects_are_told_in_the_authors_words() {
    let mut folder = own_folder();
    replace(&mut folder, "own/01-drills.toml", "has_drill", "has_dril");
    let errors = check_folder(&base(), &folder).expect_err("a defect");
    let (what, hint) = errors[0].zh();
    assert_eq!(what, "own/01-drills.toml 第 10 行：條件引用了不存在的事實「has_dril」");
    assert_eq!(hint, "請改用 facts.toml 已有之事實，或先在 facts.toml 增列");
}

#[test]
fn an_exam_pins_the_law_and_what_is_not_the_programs() {
    let program = base();
    let all = overlay(&program, &own_folder()).expect("fits").files;
    let law = law_files(&all, &program);
    for path in [
        "facts.toml",
        "crosswalk.toml",
        "example/01-records.toml",
        "own/source.txt",
        "procedures/T-ORG-01.toml",
    ] {
        assert!(law.contains_key(path), "{path}");
    }
    for path in ["ids.lock", "procedures/T-TST-01.toml", "datasets/logs.toml"] {
        assert!(!law.contains_key(path), "{path}");
    }
    let (bundle, left_out) = load_pinned(&law, &program).expect("loads");
    assert_eq!(Ok(bundle), check_folder(&program, &own_folder()));
    assert!(left_out.is_empty());
}

#[test]
fn a_pin_of_the_programs_own_law_is_what_is_built_in() {
    let program = bundled_files();
    let law = law_files(&program, &program);
    let (bundle, left_out) = load_pinned(&law, &program).expect("loads");
    assert_eq!(Ok(bundle), bundled());
    assert!(left_out.is_empty());
}

#[test]
fn an_old_pin_leaves_out_what_a_later_program_has_for_newer_law() {
    let law = law_files(&base(), &base());
    let mut program = base();
    let newer =
        program["procedures/T-TST-01.toml"].replace("TST-1.2", "TST-1.5").replace("T-TST-01", "T-TST-03");
    program.insert("procedures/T-TST-03.toml".to_owned(), newer);
    let fact = program["procedures/T-TST-02.toml"]
        .replace("\"is_sec\"", "\"new_fact\"")
        .replace("T-TST-02", "T-TST-04");
    program.insert("procedures/T-TST-04.toml".to_owned(), fact);
    program.remove("procedures/T-TST-01.toml");
    let (bundle, left_out) = load_pinned(&law, &program).expect("loads");
    assert_eq!(left_out, ["T-TST-03", "T-TST-04"]);
    assert_eq!(bundle.procedures.len(), 1);
    assert_eq!(bundle.patterns[0].procedures, ["T-TST-02"], "what the program no longer has is not named");
    assert!(bundle.clause(&clause("TST-1.2")).is_some());
}

#[test]
fn an_own_procedure_whose_columns_are_gone_does_not_keep_the_exam_shut() {
    let law = law_files(&overlay(&base(), &own_folder()).expect("fits").files, &base());
    let mut program = base();
    replace(&mut program, "datasets/logs.toml", "key = \"file\"", "key = \"name\"");
    let (bundle, left_out) = load_pinned(&law, &program).expect("opens");
    assert_eq!(left_out, ["T-ORG-01", "T-TST-01", "T-TST-02"]);
    assert_eq!(bundle.documents.len(), 2);
}

#[test]
fn a_defect_of_the_pin_itself_is_told() {
    let mut law = law_files(&base(), &base());
    replace(&mut law, "example/02-passwords.toml", "\"TST-2.2\"", "\"TST-2.1\"");
    let told = told(&load_pinned(&law, &base()).expect_err("a defect"));
    assert!(told[0].starts_with("example/02-passwords.toml:"), "{told:?}");
}

#[test]
fn the_hash_of_a_law_is_of_paths_and_texts() {
    let files = |pairs: &[(&str, &str)]| -> Files {
        pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let one = law_sha256(&files(&[("a", "bc"), ("d", "")]));
    assert_eq!(one.len(), 64);
    for other in [files(&[("ab", "c"), ("d", "")]), files(&[("a", "bc")]), files(&[("a", "b"), ("d", "c")])] {
        assert_ne!(law_sha256(&other), one);
    }
    assert_eq!(one, law_sha256(&files(&[("d", ""), ("a", "bc")])));
}
