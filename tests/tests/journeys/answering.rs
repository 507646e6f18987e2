//! Forty items answered in the real window by keyboard alone, with Chinese composed in a note by an input method, and
//! what of it is stored; and every dialog of the checklist opened, left and accepted without the mouse.

use fieldbook_app::wire::{ClauseRequest, ExamRequest, ItemView, ResultWord, UnlockRequest};
use fieldbook_app::{Desk, checklist, exam, session};
use fieldbook_tests::desk::{PASSPHRASE, host, with_every_document};
use fieldbook_tests::journey;
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

async fn press(page: &Page, key: Key) -> Result<(), Fault> {
    page.keys(&char::from(key).to_string()).await
}

/// Unlocks the vault, opens its exam and goes to its items.
async fn to_the_items(page: &Page) -> Result<(), Fault> {
    page.at("vault-passphrase").await?;
    page.until(
        "document.activeElement?.dataset.testid === 'vault-passphrase'",
        "the passphrase to have the focus",
    )
    .await?;
    page.keys(PASSPHRASE).await?;
    press(page, Key::Enter).await?;
    page.until("document.querySelector('[data-testid^=\"exam-open-\"]')", "the exam in the list").await?;
    to_the_exam(page).await?;
    page.chord(&[Key::Alt], '2').await?;
    page.at("item-text").await.map(|_| ())
}

async fn answer_by_keyboard(vault: &Path) -> Result<Vec<(String, ResultWord)>, Fault> {
    let window = Window::open(vault).await?;
    let page = &window.page;
    to_the_items(page).await?;
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
    // The vault is free when the window says so; the program itself may take a moment longer to end.
    journey::lock(page).await?;
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
        press(page, Key::Tab).await?;
    }
    press(page, Key::Enter).await?;
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
            page.compose(code).await?;
        }
        page.keys("25").await?;
        page.until(
            "document.querySelector('[data-testid=item-note]').value === '抽查25'",
            "what was composed",
        )
        .await?;
        let begun = "return window.composed.filter(kind => kind === 'compositionstart').length";
        assert_eq!(page.script(begun, Vec::new()).await?, 2, "the input method composed both");
        press(page, Key::Escape).await?;
    }
    Ok((clause, result))
}

/// Opens an item by searching for it, as an examiner would who never leaves the keys.
async fn find(page: &Page, clause: &str) -> Result<(), Fault> {
    page.keys("/").await?;
    page.until("document.activeElement?.id === 'item-search'", "the search to have the focus").await?;
    page.keys(clause).await?;
    press(page, Key::Enter).await?;
    in_hand(page, clause).await?;
    page.keys("/").await?;
    press(page, Key::Escape).await?;
    press(page, Key::Escape).await?;
    in_hand(page, clause).await
}

async fn in_hand(page: &Page, clause: &str) -> Result<(), Fault> {
    let there = format!("document.querySelector('[data-testid=item-pane]')?.dataset.clause === '{clause}'");
    page.until(&there, clause).await
}

/// Goes on with the tab key until the element of this name has the focus.
async fn tab_to(page: &Page, name: &str) -> Result<(), Fault> {
    for _ in 0..40 {
        let there = format!("return document.activeElement?.dataset.testid === '{name}'");
        if page.script(&there, Vec::new()).await? == true {
            return Ok(());
        }
        press(page, Key::Tab).await?;
    }
    Err(Fault::Waited(format!("the tab key to reach {name}")))
}

async fn nothing_floats(page: &Page) -> Result<(), Fault> {
    page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await
}

/// Leaves what floats by Escape. The next key means the item again.
async fn leave(page: &Page, clause: &str, next: &str) -> Result<(), Fault> {
    press(page, Key::Escape).await?;
    nothing_floats(page).await?;
    in_hand(page, clause).await?;
    page.keys("j").await?;
    in_hand(page, next).await?;
    page.keys("k").await?;
    in_hand(page, clause).await
}

const HERE: &str = "COL-D4.1";
const NEXT: &str = "COL-D4.2";

/// What each dialog does when it is accepted.
async fn accept_each(page: &Page) -> Result<(), Fault> {
    page.keys("p").await?;
    page.at("phrases").await?;
    press(page, Key::Enter).await?;
    nothing_floats(page).await?;
    page.until("document.querySelector('[data-testid=item-note]').value !== ''", "a phrase in the note")
        .await?;
    page.until("document.activeElement?.dataset.testid === 'item-note'", "the note to have the focus")
        .await?;
    press(page, Key::Escape).await?;

    page.keys("t").await?;
    page.until("document.activeElement?.type === 'checkbox'", "the first clause to have the focus").await?;
    press(page, Key::Space).await?;
    press(page, Key::Enter).await?;
    nothing_floats(page).await?;
    page.at("notice").await?;

    page.keys("a").await?;
    page.at("override").await?;
    press(page, Key::Enter).await?;
    tab_to(page, "override-reason").await?;
    page.keys("home rule").await?;
    tab_to(page, "override-apply").await?;
    press(page, Key::Enter).await?;
    nothing_floats(page).await?;
    page.until(
        "document.querySelector('[data-testid=item-head]').innerText.includes('改判')",
        "the mark of the override",
    )
    .await?;

    find(page, "FCM-2.1").await?;
    page.keys("x").await?;
    page.chord(&[Key::Shift], 'J').await?;
    page.keys("b").await?;
    page.at("bulk").await?;
    press(page, Key::Enter).await?;
    tab_to(page, "bulk-apply").await?;
    press(page, Key::Enter).await?;
    nothing_floats(page).await?;
    in_hand(page, "FCM-2.2").await
}

async fn through_every_dialog(vault: &Path) -> Result<(), Fault> {
    let window = Window::open(vault).await?;
    let page = &window.page;
    to_the_items(page).await?;
    find(page, HERE).await?;
    page.keys("3").await?;
    page.at("answer-saved").await?;
    for (key, floats) in [("p", "phrases"), ("a", "override"), ("?", "keys"), ("t", "copy"), ("xb", "bulk")] {
        page.keys(key).await?;
        page.at(floats).await?;
        leave(page, HERE, NEXT).await?;
    }
    page.keys("x").await?;
    for word in ["editions", "carry", "request list"] {
        journey::command(page, word).await?;
        page.until(
            "document.querySelector('dialog[open]:not([data-testid=palette])')",
            &format!("the window of {word}"),
        )
        .await?;
        leave(page, HERE, NEXT).await?;
    }
    tab_to(page, "filter-open").await?;
    press(page, Key::Enter).await?;
    page.at("filter-close").await?;
    press(page, Key::Escape).await?;
    page.until("document.activeElement?.dataset.testid === 'filter-open'", "the focus to be given back")
        .await?;
    page.keys("g").await?;
    page.at("source-line-31").await?;
    page.keys("g").await?;
    accept_each(page).await?;
    journey::lock(page).await?;
    window.close().await
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

#[tokio::test(flavor = "current_thread")]
async fn journey_through_every_dialog_by_keyboard_alone() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    through_every_dialog(&folder.path().join("vault")).await.unwrap_or_else(|fault| panic!("{fault}"));
    let clauses: Vec<String> =
        [HERE, "FCM-7.1.b.a", "FCM-2.1", "FCM-2.2"].iter().map(|&c| c.to_owned()).collect();
    let items = stored(folder.path(), &exam, &clauses);
    let note = &items[0].answers[0].note;
    assert!(!note.is_empty(), "the phrase");
    assert_eq!(items[0].overridden.as_ref().map(|o| o.reason.as_str()), Some("home rule"));
    assert_eq!(items[1].answers[0].result, ResultWord::Noncompliant, "taken over");
    assert!(items[1].answers[0].origin.is_some(), "from where is kept");
    for item in &items[2..] {
        assert_eq!(item.answers[0].result, ResultWord::Compliant, "{}", item.line.clause);
    }
}
