//! The five documents are whole: every sentence of the sources is in the clauses, every clause is in its source,
//! the counts are those of the specification, and nobody's personal data is in them.

use fieldbook_checklist::{Bundle, Misquote, SourceText, bundled_files, load_unlocked};
use fieldbook_model::{Clause, ClauseKind, Document, Strength};
use std::collections::BTreeSet;

fn bundle() -> Bundle {
    load_unlocked(&bundled_files()).expect("the bundled checklists load")
}

/// Ids of the leafs whose path is `section` or begins with it.
fn leafs_below<'a>(bundle: &'a Bundle, section: &str) -> Vec<&'a Clause> {
    let inside = |c: &&Clause| {
        let rest = c.id.as_str().strip_prefix(section);
        c.kind == ClauseKind::Leaf
            && rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('.') || section.ends_with(char::is_alphabetic)
            })
    };
    bundle.clauses().filter(inside).collect()
}

#[test]
fn every_section_has_the_leafs_of_the_specification() {
    let counts = "FCM-1 3, FCM-2 8, FCM-3 4, FCM-4 2, FCM-5 4, FCM-6 3, FCM-7 31, FCM-7.1 18, FCM-7.2 13, FCM-8 27, \
        FCM-8.1 1, FCM-8.2 5, FCM-8.3 7, FCM-8.4 2, FCM-8.5 10, FCM-8.6 2, FCM-9 11, FCM-10 5, FCM-11 2, FCM-12 4, \
        BSL-1 1, BSL-2 7, BSL-3 13, BSL-4 11, BSL-5 8, BSL-6 11, BSL-7 15, BSL-8 8, BSL-9 4, BSL-10 9, BSL-11 1, \
        ASM-1 1, ASM-2 2, ASM-3 5, ASM-4 42, ASM-4.1 6, ASM-4.2 4, ASM-4.3 4, ASM-4.4 5, ASM-4.5 5, ASM-4.6 6, \
        ASM-4.7 11, ASM-4.7.1 6, ASM-4.7.2 3, ASM-4.end 1, ASM-5 1, ASM-6 1, ASM-7 7, ASM-8 4, \
        COL-A 4, COL-B 3, COL-C 8, COL-D 11, COL-E 1, COL-F 4, COL-G 21, COL-G1 1, COL-G2 4, COL-G3 1, COL-G4 4, \
        COL-G5 2, COL-G6 2, COL-G7 2, COL-G8 3, COL-G9 1, COL-G10 1, COL-H 2, \
        EMT-1 1, EMT-2 5, EMT-3 1, EMT-4 2, EMT-5 7, EMT-6 11, EMT-7 8, EMT-8 1, EMT-9 1, EMT-10 1";
    let bundle = bundle();
    for row in counts.split(", ") {
        let (section, count) = row.trim().split_once(' ').expect("section and count");
        assert_eq!(leafs_below(&bundle, section).len().to_string(), count, "{section}");
    }
}

#[test]
fn every_document_has_its_leafs_and_its_items_to_answer() {
    let bundle = bundle();
    let mut all = (0, 0);
    for (code, leafs, examinable) in
        [("FCM", 104, 104), ("BSL", 88, 79), ("ASM", 63, 62), ("COL", 54, 49), ("EMT", 38, 30)]
    {
        let document = bundle.document(code).expect("bundled");
        let found: Vec<&Clause> = document.clauses().filter(|c| c.kind == ClauseKind::Leaf).collect();
        assert_eq!(found.len(), leafs, "{code}");
        assert_eq!(found.iter().filter(|c| c.examinable).count(), examinable, "{code}");
        all = (all.0 + found.len(), all.1 + found.iter().filter(|c| c.examinable).count());
    }
    assert_eq!(all, (347, 324));
    let order: Vec<&str> = bundle.documents.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(order, ["FCM", "BSL", "ASM", "COL", "EMT"]);
}

#[test]
fn the_items_that_are_not_answered_are_the_definitions_and_scopes() {
    let bundle = bundle();
    let silent: Vec<&str> = bundle
        .clauses()
        .filter(|c| c.kind == ClauseKind::Leaf && !c.examinable)
        .map(|c| c.id.as_str())
        .collect();
    let expected = "BSL-1 BSL-2.1 BSL-2.2 BSL-2.3 BSL-2.4 BSL-2.5 BSL-2.6 BSL-2.7 BSL-11 ASM-1 COL-F1 COL-F2 COL-F3 \
        COL-F4 COL-H2 EMT-1 EMT-2.1 EMT-2.2 EMT-2.3 EMT-2.4 EMT-2.5 EMT-9 EMT-10";
    assert_eq!(silent, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn nine_lead_ins_carry_a_duty_of_their_own() {
    let bundle = bundle();
    let chapeaus: Vec<&Clause> = bundle.clauses().filter(|c| c.kind == ClauseKind::Chapeau).collect();
    let ids: Vec<&str> = chapeaus.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(
        ids,
        ["FCM-2.2", "ASM-4.4", "ASM-4.5", "ASM-4.7.1", "ASM-4.7.2", "EMT-4", "EMT-5", "EMT-6", "EMT-7"]
    );
    assert!(chapeaus.iter().all(|c| c.examinable && c.strength == Strength::Must && c.applies.is_some()));
    assert_eq!(bundle.clauses().filter(|c| c.kind != ClauseKind::Leaf).count(), 58);
}

/// Text without tags, blanks and bullets.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if in_tag || c.is_whitespace() || c == '➤' => {}
            c => out.push(c),
        }
    }
    out
}

/// Without the item numbers in front (`(3)`, `十一、`, `a.`, `第八條`, `-`).
fn without_number(piece: &str) -> &str {
    let number = |text: &str| {
        let chinese = text.chars().all(|c| "一二三四五六七八九十".contains(c));
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
        !text.is_empty() && text.chars().count() <= 3 && (chinese || digits || letter)
    };
    let mut rest = piece.trim_start_matches('-');
    loop {
        let inner = rest.trim_start_matches(['(', '（', '第']);
        let Some((head, tail)) = inner.split_once([')', '）', '.', '、', '條']) else { return rest };
        if !number(head) {
            return rest;
        }
        rest = tail;
    }
}

/// Sentences of a source that no clause, heading or title of the document holds.
fn missing_sentences(document: &Document) -> Vec<String> {
    let mut held: Vec<String> =
        [&document.title, &document.issuer, &document.edition].map(|t| bare(t)).to_vec();
    held.extend(document.chapters.iter().map(|c| bare(&c.title)));
    for clause in document.clauses() {
        held.push(bare(&clause.text));
        held.extend(clause.context.iter().map(|t| bare(t)));
    }
    let mut missing = Vec::new();
    for (i, line) in document.source.lines().enumerate() {
        // The letter's head and foot: who sent what to whom.
        if document.code == "COL" && matches!(i + 1, 35..=50 | 55..=62) {
            continue;
        }
        for piece in line.split(['\t', '➤']).flat_map(|cell| cell.split_inclusive('。')) {
            let piece = bare(piece);
            let piece = without_number(&piece).trim_matches(['（', '）']);
            if !piece.is_empty() && !held.iter().any(|text| text.contains(piece)) {
                missing.push(piece.to_owned());
            }
        }
    }
    missing
}

#[test]
fn every_sentence_of_the_sources_is_in_the_clauses() {
    for document in &bundle().documents {
        assert_eq!(missing_sentences(document), Vec::<String>::new(), "{}", document.code);
    }
}

#[test]
fn a_lost_clause_would_be_noticed() {
    let mut unnoticed = Vec::new();
    for document in bundle().documents {
        for clause in document.clauses().filter(|c| c.kind == ClauseKind::Leaf) {
            let mut holed = document.clone();
            for other in holed.chapters.iter_mut().flat_map(|c| c.clauses.iter_mut()) {
                if other.id == clause.id {
                    "？".clone_into(&mut other.text);
                }
            }
            if missing_sentences(&holed).is_empty() {
                unnoticed.push(clause.id.to_string());
            }
        }
    }
    // These sentences stand in two places of the document; the other place still holds them.
    let twice = "COL-C1 COL-C2 COL-C4 COL-C5 COL-C6 COL-C7 COL-C8 COL-D4.1 COL-D4.2 COL-D7.1 COL-D7.3 COL-G2.1 \
        COL-G2.2 COL-G4.3 COL-G6.1 COL-G6.2";
    assert_eq!(unnoticed.join(" "), twice);
}

#[test]
fn the_line_about_the_letter_stands_beside_the_firewall_rows() {
    let bundle = bundle();
    let line = "本公司電腦作業部於107年8月2日發函各證券商，重申透過「TCP/IP證券交易資訊網路」及「主機共置服務網路」連接本公司之設備均應裝置防火牆。";
    for id in ["COL-D4.1", "COL-D4.2", "COL-E1"] {
        let clause = bundle.clauses().find(|c| c.id.as_str() == id).expect("bundled");
        assert!(clause.context.iter().any(|text| text == line), "{id}");
    }
}

#[test]
fn every_clause_is_verbatim_and_one_character_off_would_be_noticed() {
    let mut unnoticed = Vec::new();
    for document in &bundle().documents {
        let source = SourceText::new(&document.source);
        for clause in document.clauses() {
            let quoted = |text: &str| source.quotes(text, clause.source_line);
            assert_eq!(quoted(&clause.text), Ok(()), "{}", clause.id);
            let count = clause.text.chars().count();
            for at in [0, count / 2, count - 1] {
                let off = |c| if c == '應' { '宜' } else { '應' };
                let change = |(i, c): (usize, char)| if i == at { off(c) } else { c };
                let text: String = clause.text.chars().enumerate().map(change).collect();
                let blank = clause.text.chars().nth(at).is_some_and(char::is_whitespace);
                match quoted(&text) {
                    Ok(()) => unnoticed.push(clause.id.to_string()),
                    Err(Misquote::Differs(d)) => {
                        assert!(blank || d.at == at + 1, "{} {text}: {d:?}", clause.id)
                    }
                    Err(Misquote::Elsewhere(line)) => panic!("{} {text} stands on line {line}", clause.id),
                }
            }
        }
    }
    // The next clause begins with the words of this heading and 應.
    assert_eq!(unnoticed, ["FCM-7.2.b"]);
}

#[test]
fn a_clause_begins_where_it_says() {
    for document in &bundle().documents {
        let lines: Vec<&str> = document.source.lines().collect();
        for clause in document.clauses() {
            let from = usize::try_from(clause.source_line).expect("small") - 1;
            let near: String = lines.iter().skip(from).take(3).map(|line| bare(line)).collect();
            let start: String =
                bare(clause.text.rsplit('➤').next().unwrap_or_default()).chars().take(5).collect();
            assert!(near.contains(&start), "{} in line {}", clause.id, clause.source_line);
        }
    }
}

#[test]
fn corrupt_and_ambiguous_places_are_kept_and_noted() {
    let bundle = bundle();
    let noted = "BSL-7.6 COL-G9.1 FCM-8.3.f ASM-3.2 FCM-8.5.e FCM-8.5.g FCM-8.5.h FCM-8.5.i COL-D8.1 COL-G10.1 BSL-2.5 \
        ASM-2.1 ASM-3.1.t1 EMT-6.3.3.3";
    for id in noted.split_whitespace() {
        let clause = bundle.clauses().find(|c| c.id.as_str() == id).expect("bundled");
        assert!(clause.editor_note.is_some(), "{id}");
    }
    let text =
        |id: &str| bundle.clauses().find(|c| c.id.as_str() == id).map(|c| c.text.clone()).unwrap_or_default();
    assert_eq!(
        text("BSL-7.6"),
        "核心系統應針對風險評估用者頁面僅顯示簡短錯誤訊息及代碼，不包含詳細之錯誤訊息。"
    );
    assert!(text("COL-G9.1").starts_with("上線系統之\u{57f7}\u{6267}行程序"));
    assert_eq!(text("BSL-4.1"), "應訂定核心系統電腦稽核紀錄(日誌)之記錄時間週期及保存政策，並至少保存三年。");
    assert_eq!(text("BSL-7.15"), "應儲存與管理資通系統發展生命週期之相關文件。");
    assert_eq!(text("EMT-7.7"), "不具備管理功能之感測器仍應依本條第一、四、五、六款辦理。");
}

#[test]
fn titles_that_the_sources_do_not_state_say_so() {
    let bundle = bundle();
    for (code, inferred) in [("FCM", false), ("BSL", true), ("ASM", false), ("COL", false), ("EMT", true)] {
        let document = bundle.document(code).expect("bundled");
        assert_eq!(document.title_note.is_some(), inferred, "{code}");
        assert!(document.edition.contains("未必為現行") || document.edition.contains("非現行"), "{code}");
    }
}

#[test]
fn editions_are_named_and_only_the_assessment_asks_what_an_answer_rests_on() {
    let bundle = bundle();
    let versions: Vec<&str> = bundle.documents.iter().map(|d| d.version.as_str()).collect();
    assert_eq!(versions, ["未載日期", "未載日期", "未載日期", "109.12.31", "未載日期"]);
    let asking: Vec<&str> =
        bundle.documents.iter().filter(|d| d.asks_mode).map(|d| d.code.as_str()).collect();
    assert_eq!(asking, ["ASM"]);
    assert!(bundle.documents.iter().all(|d| d.effective_from.is_none() && d.effective_to.is_none()));
}

#[test]
fn what_an_exam_pins_of_a_document_changes_with_any_of_its_files_and_with_no_other() {
    let hashes =
        |bundle: &Bundle| bundle.documents.iter().map(|d| d.content_sha256.clone()).collect::<Vec<_>>();
    let before = hashes(&bundle());
    assert!(before.iter().all(|h| h.len() == 64 && h.bytes().all(|b| b.is_ascii_hexdigit())));
    for (path, from, to, changed) in [
        ("taifex-fcm/01-risk.toml", "strength = \"must\"", "strength = \"should\"", &[0][..]),
        ("twse-col/document.toml", "109.12.31", "110.5.11", &[3]),
        ("facts.toml", "[[fact]]", "# x\n[[fact]]", &[]),
    ] {
        let mut files = bundled_files();
        let text = files.get_mut(path).expect(path);
        assert!(text.contains(from), "{path}");
        *text = text.replacen(from, to, 1);
        let after = hashes(&load_unlocked(&files).expect("still loads"));
        let differ: Vec<usize> = (0..5).filter(|i| before.get(*i) != after.get(*i)).collect();
        assert_eq!(differ, changed, "{path}");
    }
}

/// What stood beside names and numbers in the letter.
const LETTER_WORDS: [&str; 8] = ["承辦人", "聯絡人", "電話", "信箱", "@", "傳真", "調閱", "列印人員"];

#[test]
fn no_personal_data_of_the_letter_is_in_the_data() {
    // Spreadsheet headers and queries name such things without holding any; the lock file and the hashes are digits.
    let of_documents = |path: &String| {
        path.contains('/')
            && !["datasets/", "procedures/", "schema/"].iter().any(|folder| path.starts_with(folder))
    };
    for (path, text) in bundled_files().into_iter().filter(|(path, _)| of_documents(path)) {
        let words: &[&str] = if path.starts_with("twse-col/") { &LETTER_WORDS } else { &[] };
        for word in words {
            assert!(!text.contains(word), "{path}: {word}");
        }
        if path.ends_with(".toml") {
            assert!(!text.contains("個人資料已移除"), "{path}");
        }
        if !path.ends_with("document.toml") {
            let phones = text.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|run| is_phone(run));
            assert_eq!(phones.count(), 0, "{path}");
        }
    }
}

/// `02-12345678`, `0912-345-678`, `81013101`: seven to ten digits. The letter's own number is no phone.
fn is_phone(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    (7..=10).contains(&digits) && run != "1070701866"
}

#[test]
fn a_phone_number_would_be_noticed() {
    for phone in ["02-12345678", "0912-345-678", "81013101"] {
        assert!(is_phone(phone), "{phone}");
    }
    assert!(!is_phone("109") && !is_phone("12-31"));
}

#[test]
fn labels_are_the_numbers_a_reader_would_cite() {
    let bundle = bundle();
    for (id, label) in [
        ("FCM-7.1.b.c", "7.(1)b.(c)"),
        ("FCM-12.d", "12.d."),
        ("BSL-6.7", "第六條第七款"),
        ("BSL-10.1.2", "第十條第一款(二)"),
        ("BSL-3.13", "第三條第十三款"),
        ("ASM-4.7.1.6", "4、7、1.(6)"),
        ("EMT-6.3.1.4", "第六條 3、（1）4."),
        ("EMT-7.p2", "第七條第二項"),
        ("COL-C5", "查核缺失態樣 5"),
        ("COL-D5.1", "現行規範 CC-18000 存取控制 (二)權限管理"),
    ] {
        let clause = bundle.clauses().find(|c| c.id.as_str() == id).expect("bundled");
        assert_eq!(clause.label, label, "{id}");
    }
    for document in &bundle.documents {
        let mut seen = BTreeSet::new();
        assert!(document.clauses().all(|c| seen.insert(&c.label)), "{}: a label occurs twice", document.code);
    }
}

#[test]
fn strength_follows_the_words() {
    let bundle = bundle();
    for (id, strength) in [
        ("FCM-3.3", Strength::May),
        ("FCM-10.4", Strength::Should),
        ("FCM-9.10", Strength::Must),
        ("FCM-8.6.a", Strength::Question),
        ("FCM-12.b", Strength::MustNot),
        ("FCM-7.2.b.b", Strength::Declarative),
        ("FCM-2.2.c", Strength::InheritedMust),
        ("BSL-2.7", Strength::Definition),
        ("BSL-6.4", Strength::Declarative),
        ("BSL-8.5", Strength::Should),
        ("ASM-4.1.6", Strength::Procedure),
        ("ASM-7.4", Strength::MustNot),
        ("COL-D2.1", Strength::MustNot),
        ("COL-G5.1", Strength::Must),
        ("EMT-5.4.1", Strength::Should),
        ("EMT-7.3", Strength::InheritedMust),
    ] {
        let clause = bundle.clauses().find(|c| c.id.as_str() == id).expect("bundled");
        assert_eq!(clause.strength, strength, "{id}");
    }
    for clause in bundle.clauses().filter(|c| c.examinable) {
        let says = |words: &[&str]| words.iter().any(|word| clause.text.contains(word));
        match clause.strength {
            Strength::Must => assert!(says(&["應", "須"]), "{}", clause.id),
            Strength::Should => assert!(says(&["宜"]), "{}", clause.id),
            Strength::May => assert!(says(&["得"]), "{}", clause.id),
            Strength::MustNot => assert!(says(&["不得", "不可", "禁止", "勿"]), "{}", clause.id),
            Strength::Question => assert!(says(&["是否"]), "{}", clause.id),
            Strength::InheritedMust => assert!(!clause.context.is_empty(), "{}", clause.id),
            Strength::Declarative | Strength::Procedure | Strength::Definition => {}
        }
    }
}

#[test]
fn headings_are_the_context_of_what_stands_below() {
    let bundle = bundle();
    let context = |id: &str| {
        bundle.clauses().find(|c| c.id.as_str() == id).map(|c| c.context.clone()).unwrap_or_default()
    };
    assert_eq!(
        context("FCM-7.1.b.c"),
        ["通訊與作業管理", "網路安全管理(適用網際網路下單期貨商)", "防火牆之安全管理："]
    );
    assert_eq!(context("FCM-7.1.b"), ["通訊與作業管理", "網路安全管理(適用網際網路下單期貨商)"]);
    assert_eq!(context("COL-G7.1"), ["系統引進", "如應用系統委託專業機構辦理者，應注意下列重點："]);
    assert_eq!(context("COL-H1"), ["現行內控規定：", "CA-11210受託買賣及成交作業"]);
    assert_eq!(context("BSL-10.6.1"), ["資通系統如刪除、停止處理或利用所保有之個人資料後，應留存下列紀錄："]);
}
