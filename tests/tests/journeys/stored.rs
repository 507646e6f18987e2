//! What a vault holds after a journey, read by another desk.

use fieldbook_app::wire::{ClauseRequest, ExamRequest, ImportView, ItemView, UnlockRequest};
use fieldbook_app::{AppError, Desk, checklist, exam, import, session};
use fieldbook_tests::desk::{PASSPHRASE, host};
use fieldbook_tests::journey;
use fieldbook_tests::window::{Fault, Page};
use std::path::Path;

fn read<T>(done: Result<T, AppError>) -> T {
    done.map_err(|e| e.view().message).expect("what is stored can be read")
}

/// The vault of a folder with this exam open.
pub fn opened(folder: &Path, exam: &str) -> Desk {
    let mut desk = read(Desk::new(host(&folder.join("vault"))));
    let dir = folder.join("vault").to_string_lossy().into_owned();
    read(session::vault_unlock(&mut desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() }));
    read(exam::exam_open(&mut desk, &ExamRequest { exam: exam.to_owned() }));
    desk
}

/// An item with its answers.
pub fn item(desk: &Desk, clause: &str) -> ItemView {
    read(checklist::item(desk, &ClauseRequest { clause: clause.to_owned() }))
}

/// The note of an item's first answer; empty where there is none.
pub fn note(desk: &Desk, clause: &str) -> String {
    item(desk, clause).answers.first().map(|a| a.note.clone()).unwrap_or_default()
}

/// The batches that are stored and were not taken back.
pub fn batches(desk: &Desk) -> Vec<ImportView> {
    read(import::imports(desk)).into_iter().filter(|batch| !batch.undone).collect()
}

/// Unlocks the vault in the window and opens the exam.
pub async fn open(page: &Page, exam: &str) -> Result<(), Fault> {
    journey::unlock(page, PASSPHRASE).await?;
    page.press(&format!("exam-open-{exam}")).await?;
    page.at("stage-items").await.map(|_| ())
}
