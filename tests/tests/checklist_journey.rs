//! Forty items answered in the real window by keyboard alone, with Chinese composed in a note by an input method, and
//! what of it is stored.

#![cfg(target_os = "linux")]

use fieldbook_app::wire::{ClauseRequest, ExamRequest, ItemView, ResultWord, UnlockRequest};
use fieldbook_app::{Desk, checklist, exam, session};
use fieldbook_tests::desk::{PASSPHRASE, host, with_every_document};
use fieldbook_tests::window::{Fault, Key, Page, Window};
use std::path::Path;

const ITEMS: usize = 40;
/// The item whose note is composed, and another whose note is typed around a command's letters.
const COMPOSED: usize = 3;

/// Results by key, as they are pressed in turn.
const PRESSED: [(&str, ResultWord); 4] = [
    ("1", ResultWord::Compliant),
    ("2", ResultWord::Partial),
    ("3", ResultWord::Noncompliant),
    ("5", ResultWord::NoData),
];

/// Composes a character by its code point through the toolkit's input method, as a real one would: preedit first, then
/// commit.
async fn compose(page: &Page, code: &str) -> Result<(), Fault> {
    page.chord(&[Key::Control, Key::Shift], 'u').await?;
    page.keys(code).await?;
    page.keys(" ").await
}

async fn answer_by_keyboard(vault: &Path) -> Result<Vec<(String, ResultWord)>, Fault> {
    let window = Window::open(vault).await?;
    let page = &window.page;
    page.at("vault-passphrase").await?;
    page.until(
        "document.activeElement?.dataset.testid === 'vault-passphrase'",
        "the passphrase to have the focus",
    )
    .await?;
    page.keys(PASSPHRASE).await?;
    page.keys(&char::from(Key::Enter).to_string()).await?;
    page.until("document.querySelector('[data-testid^=\"exam-open-\"]')", "the exam in the list").await?;
    to_the_exam(page).await?;
    page.chord(&[Key::Alt], '2').await?;
    page.at("item-text").await?;
    let mut answered = Vec::new();
    for n in 0..ITEMS {
        answered.push(one(page, n).await?);
        page.keys("j").await?;
        let before = &answered[n].0;
        page.until(
            &format!("document.querySelector('[data-testid=item-pane]')?.dataset.clause !== {before:?}"),
            "the next item",
        )
        .await?;
    }
    window.close().await?;
    Ok(answered)
}

/// Goes through the page with the tab key until an exam has the focus, and opens it.
async fn to_the_exam(page: &Page) -> Result<(), Fault> {
    for _ in 0..30 {
        let there = "return document.activeElement?.dataset.testid?.startsWith('exam-open-') ?? false";
        if page.script(there, Vec::new()).await? == true {
            break;
        }
        page.keys(&char::from(Key::Tab).to_string()).await?;
    }
    page.keys(&char::from(Key::Enter).to_string()).await?;
    page.at("stage-items").await.map(|_| ())
}

/// Answers the item in hand; gives its clause and the result.
async fn one(page: &Page, n: usize) -> Result<(String, ResultWord), Fault> {
    let clause = "return document.querySelector('[data-testid=item-pane]').dataset.clause";
    let clause = page.script(clause, Vec::new()).await?.as_str().unwrap_or_default().to_owned();
    let permits =
        page.script("return document.querySelector('[data-testid=result-partial]').disabled", Vec::new());
    let (key, result) = if permits.await? == true { PRESSED[0] } else { PRESSED[n % PRESSED.len()] };
    page.keys(key).await?;
    page.at("answer-saved").await?;
    if n == COMPOSED {
        page.keys("n").await?;
        page.until("document.activeElement?.dataset.testid === 'item-note'", "the note to have the focus")
            .await?;
        page.script(
            "window.composed = []; for (const kind of ['compositionstart', 'compositionend'])
                document.addEventListener(kind, e => window.composed.push(kind))",
            Vec::new(),
        )
        .await?;
        // 抽查: letters of the code are commands of this screen (e, f, 1 … 6), and must not be taken for them.
        for code in ["62bd", "67e5"] {
            compose(page, code).await?;
        }
        page.keys("25").await?;
        page.until(
            "document.querySelector('[data-testid=item-note]').value === '抽查25'",
            "what was composed",
        )
        .await?;
        let begun = "return window.composed.filter(kind => kind === 'compositionstart').length";
        assert_eq!(page.script(begun, Vec::new()).await?, 2, "the input method composed both");
        page.keys(&char::from(Key::Escape).to_string()).await?;
    }
    Ok((clause, result))
}

/// The items as they are stored, read by another desk.
fn stored(folder: &Path, exam: &str, clauses: &[String]) -> Vec<ItemView> {
    let mut desk = Desk::new(host(folder)).expect("a desk");
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_unlock(&mut desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })
        .expect("unlocks");
    exam::exam_open(&mut desk, &ExamRequest { exam: exam.to_owned() }).expect("opens");
    let item =
        |clause: &String| checklist::item(&desk, &ClauseRequest { clause: clause.clone() }).expect("an item");
    clauses.iter().map(item).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_forty_items_by_keyboard_alone() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    let answered =
        answer_by_keyboard(&folder.path().join("vault")).await.unwrap_or_else(|fault| panic!("{fault}"));
    let clauses: Vec<String> = answered.iter().map(|(clause, _)| clause.clone()).collect();
    let mut distinct = clauses.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), ITEMS, "forty different items");
    for ((clause, result), item) in answered.iter().zip(stored(folder.path(), &exam, &clauses)) {
        let results: Vec<ResultWord> = item.answers.iter().map(|a| a.result).collect();
        assert_eq!(results, [*result], "{clause}");
        assert!(item.answers[0].by == "查核人員甲" && !item.answers[0].at.is_empty(), "{clause}");
        let note = if *clause == clauses[COMPOSED] { "抽查25" } else { "" };
        assert_eq!(item.answers[0].note, note, "{clause}");
    }
}
