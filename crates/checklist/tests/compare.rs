//! Two editions compared: what was added, removed, changed, moved, and whose rule is another one.

mod editions;

use editions::{base, edition, quote, replace};
use fieldbook_checklist::{
    Bundle, Files, compare, compare_bundles, load_unlocked, overlay, pieces, same_text,
};
use fieldbook_model::{ClauseChange, ClauseId, Piece};
use proptest::prelude::*;

fn older() -> Bundle {
    load_unlocked(&base()).expect("consistent")
}

fn newer() -> Bundle {
    overlay(&base(), &edition("newer", "example-2")).expect("consistent").bundle
}

fn id(text: &str) -> ClauseId {
    ClauseId::parse(text).expect("an id")
}

fn moved(from: [&str; 2], to: [&str; 2]) -> ClauseChange {
    ClauseChange::Moved {
        from: id(from[0]),
        from_label: from[1].to_owned(),
        to: id(to[0]),
        to_label: to[1].to_owned(),
    }
}

fn rule(clause: &str, label: &str, what: &[&str]) -> ClauseChange {
    let what = what.iter().map(|line| (*line).to_owned()).collect();
    ClauseChange::RuleChanged { clause: id(clause), label: label.to_owned(), what }
}

/// The older edition after its files were edited.
fn edited(edit: impl Fn(&mut Files)) -> Bundle {
    let mut files = base();
    for aid in ["crosswalk.toml", "patterns.toml", "phrases.toml"] {
        files.remove(aid);
    }
    edit(&mut files);
    quote(&mut files, "example", &["密碼與識別".to_owned(), "範例公司應備新款。".to_owned()]);
    load_unlocked(&files).expect("consistent")
}

fn changes(older: &Bundle, newer: &Bundle) -> Vec<ClauseChange> {
    compare(&older.documents[0], &newer.documents[0])
}

#[test]
fn two_editions_differ_in_what_was_made_to_differ() {
    let removed = |clause, label: &str, text: &str| ClauseChange::Removed {
        clause: id(clause),
        label: label.to_owned(),
        text: text.to_owned(),
    };
    let expected = vec![
        removed("TST-1.2", "第一條第二款", "範例公司宜每月檢視登入紀錄。"),
        moved(["TST-1.4", "第一條第四款"], ["TST-1.4", "第一條第二款"]),
        rule(
            "TST-1.4",
            "第一條第二款",
            &[
                "性質：「宜」改為「應」",
                "適用條件：「is_sec」改為「is_sec & grade in [\"1\"]」",
                "系統條件：新增「core」",
                "參數：新增「backup.site=other」",
            ],
        ),
        ClauseChange::Added {
            clause: id("TST-1.5"),
            label: "第一條第三款".to_owned(),
            text: "範例公司應於事故後保全紀錄。".to_owned(),
        },
        ClauseChange::Changed {
            clause: id("TST-2.1"),
            label: "第二條第一款".to_owned(),
            pieces: vec![
                Piece::Kept("範例公司之密碼長度應為".to_owned()),
                Piece::Removed("六".to_owned()),
                Piece::Added("十二".to_owned()),
                Piece::Kept("個字元以上，並定期更新。".to_owned()),
            ],
        },
        rule(
            "TST-2.1",
            "第二條第一款",
            &["義務 a：「（應）密碼長度應為六個字元以上」改為「（應）密碼長度應為十二個字元以上」"],
        ),
        moved(["TST-1.3", "第一條第三款"], ["TST-2.3", "第二條第三款"]),
    ];
    assert_eq!(changes(&older(), &newer()), expected);
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    assert_eq!(changes(&newer(), &newer()), []);
    assert_eq!(compare_bundles(&newer(), &newer()), []);
}

#[test]
fn bundles_are_compared_document_by_document() {
    let changes = compare_bundles(&older(), &newer());
    let [change] = changes.as_slice() else { panic!("one document differs: {changes:?}") };
    assert_eq!((change.code.as_str(), change.title.as_str()), ("TST", "範例規則（虛構，僅供測試）"));
    assert_eq!((change.from.as_deref(), change.to.as_deref()), (Some("1.0"), Some("2.0")));
    assert_eq!(change.changes.len(), 7);

    let with_own = overlay(&base(), &editions::own_folder()).expect("consistent").bundle;
    let [new] = compare_bundles(&older(), &with_own).try_into().expect("one new document");
    assert_eq!((new.code.as_str(), new.from, new.to.as_deref()), ("ORG", None, Some("1")));
    assert!(matches!(new.changes.as_slice(), [ClauseChange::Added { .. }]));
    let [gone] = compare_bundles(&with_own, &older()).try_into().expect("one document is gone");
    assert_eq!((gone.code.as_str(), gone.from.as_deref(), gone.to), ("ORG", Some("1"), None));
    assert!(matches!(gone.changes.as_slice(), [ClauseChange::Removed { .. }]));
}

#[test]
fn renumbered_clauses_have_moved_and_are_not_rewritten() {
    // A clause is put before the second one: each later text stands under the next id.
    let newer = edited(|files| {
        let text = files.get_mut("example/01-records.toml").expect("there");
        *text =
            text.replace("TST-1.4", "TST-1.5").replace("TST-1.3", "TST-1.4").replace("TST-1.2", "TST-1.3");
        text.push_str(
            "\n[[clause]]\nid = \"TST-1.2\"\nkind = \"leaf\"\nlabel = \"第一條第二款\"\ntext = \"範例公司應備新款。\"\n\
             strength = \"must\"\napplies = \"is_sec\"\nline = 11\n",
        );
        files.remove("procedures/T-TST-01.toml");
    });
    let told = changes(&edited(|_| ()), &newer);
    let added = ClauseChange::Added {
        clause: id("TST-1.2"),
        label: "第一條第二款".to_owned(),
        text: "範例公司應備新款。".to_owned(),
    };
    assert_eq!(
        told,
        [
            moved(["TST-1.2", "第一條第二款"], ["TST-1.3", "第一條第二款"]),
            moved(["TST-1.3", "第一條第三款"], ["TST-1.4", "第一條第三款"]),
            moved(["TST-1.4", "第一條第四款"], ["TST-1.5", "第一條第四款"]),
            added,
        ]
    );
}

#[test]
fn headings_and_definitions_are_compared_too() {
    let newer = edited(|files| {
        let heading = ["text = \"密碼\"\nline = 7", "text = \"密碼與識別\"\nline = 10"];
        replace(files, "example/02-passwords.toml", heading[0], heading[1]);
        replace(
            files,
            "example/01-records.toml",
            "strength = \"should\"\napplies = \"is_sec\"\nline = 4",
            "strength = \"definition\"\nexaminable = false\nline = 4",
        );
    });
    let told = changes(&edited(|_| ()), &newer);
    assert_eq!(
        told,
        [
            rule(
                "TST-1.2",
                "第一條第二款",
                &["性質：「宜」改為「定義」", "是否作答：「是」改為「否」", "適用條件：刪除「is_sec」"]
            ),
            ClauseChange::Changed {
                clause: id("TST-2"),
                label: "第二條".to_owned(),
                pieces: vec![Piece::Kept("密碼".to_owned()), Piece::Added("與識別".to_owned())],
            },
        ]
    );
}

#[test]
fn an_answer_is_carried_only_to_the_same_words_under_the_same_headings() {
    let (older, newer) = (older(), newer());
    for (clause, same) in [
        ("TST-1.1", true),
        ("TST-1.4", true),
        ("TST-2.2", true),
        ("TST-2.1", false),
        ("TST-1.2", false),
        ("TST-1.3", false),
        ("TST-1.5", false),
        ("TST-9.9", false),
    ] {
        assert_eq!(same_text(&older, &newer, &id(clause)), same, "{clause}");
    }
    let heading = edited(|files| {
        let heading = ["text = \"密碼\"\nline = 7", "text = \"密碼與識別\"\nline = 10"];
        replace(files, "example/02-passwords.toml", heading[0], heading[1]);
    });
    assert!(!same_text(&edited(|_| ()), &heading, &id("TST-2.2")), "the heading above is another one");
    assert!(same_text(&edited(|_| ()), &heading, &id("TST-1.1")));
    let unit = edited(|files| {
        replace(files, "example/02-passwords.toml", "text = \"定期更新\"", "text = \"並定期更新\"")
    });
    assert!(!same_text(&edited(|_| ()), &unit, &id("TST-2.1")), "an answer to a unit is one to its words");
}

#[test]
fn runs_are_readable() {
    let show = |older: &str, newer: &str| {
        let pieces = pieces(older, newer).into_iter().map(|piece| match piece {
            Piece::Kept(text) => text,
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("[+{text}+]"),
        });
        pieces.collect::<String>()
    };
    assert_eq!(show("至少保存兩個月。", "至少保存三年。"), "至少保存[-兩個月-][+三年+]。");
    assert_eq!(show("甲乙丙丁", "子乙丑丁"), "[-甲乙丙-][+子乙丑+]丁");
    assert_eq!(show("", "新"), "[+新+]");
    assert_eq!(show("同", "同"), "同");
}

proptest! {
    #[test]
    fn pieces_give_both_texts_back(older in "[甲乙丙丁，。a-c\u{301}]{0,40}", newer in "[甲乙丙丁，。a-c\u{301}]{0,40}") {
        let pieces = pieces(&older, &newer);
        let text = |drop: fn(&Piece) -> bool| -> String {
            let kept = pieces.iter().filter(|piece| !drop(piece));
            kept.map(|piece| match piece { Piece::Kept(t) | Piece::Removed(t) | Piece::Added(t) => t.as_str() }).collect()
        };
        prop_assert_eq!(text(|piece| matches!(piece, Piece::Added(_))), older);
        prop_assert_eq!(text(|piece| matches!(piece, Piece::Removed(_))), newer);
        let orderly = pieces.windows(2).all(|pair| match (&pair[0], &pair[1]) {
            (Piece::Kept(_), Piece::Kept(_)) | (Piece::Removed(_), Piece::Removed(_)) => false,
            (Piece::Added(_), next) => matches!(next, Piece::Kept(_)),
            _ => true,
        });
        prop_assert!(orderly);
    }
}
