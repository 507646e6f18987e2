//! What is told when an exam is opened: a file put back from an older copy, a clock that was set back.

use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::NoticeWord;
use fieldbook_model::Moment;
use fieldbook_vault::{ExamStore, Standing, VaultAct};
use jiff::Span;

/// Minutes by which clocks may differ without a word.
const MINUTES: i64 = 5;

/// Looks at an exam that is being opened. What was found is kept in its journal, and noted as known from now on.
pub(crate) fn on_opening(desk: &mut Desk, store: &mut ExamStore) -> Result<Vec<NoticeWord>, AppError> {
    let (now, by) = (desk.host.now(), desk.host.operator.clone());
    let mut out = Vec::new();
    if store.last_recorded_at()?.is_some_and(|last| is_later(last, now)) {
        out.push(NoticeWord::ClockBack);
    }
    // A journal that does not hold is what verifying tells; the exam opens.
    let vault = &mut desk.vault_mut()?.vault;
    let Ok(standing) = vault.standing(store) else { return Ok(out) };
    out.extend(match standing {
        Standing::AsKnown => None,
        Standing::Older { .. } => Some(NoticeWord::ExamOlder),
        Standing::Forked { .. } => Some(NoticeWord::ExamForked),
        Standing::VaultOlder => Some(NoticeWord::VaultOlder),
    });
    if store.is_sealed() {
        if matches!(standing, Standing::Older { .. } | Standing::Forked { .. }) {
            vault.record_act(&VaultAct::ExamPutBack(store.id()), &by, now)?;
        }
        return Ok(out);
    }
    store.record_standing(&standing, &by, now)?;
    vault.note_standing(store)?;
    Ok(out)
}

fn is_later(last: Moment, now: Moment) -> bool {
    now.checked_add(Span::new().minutes(MINUTES)).is_ok_and(|latest| last > latest)
}

/// The text of a notice, zh-TW.
#[must_use]
pub fn text(notice: NoticeWord) -> &'static str {
    match notice {
        NoticeWord::ExamOlder => "此查核案較上次使用時舊：檔案可能自較早的備份放回，其後所記的內容不在其中。",
        NoticeWord::ExamForked => {
            "此查核案與上次使用時所記的不同：放回較早的檔案後另有紀錄，或內容曾遭變更。"
        }
        NoticeWord::VaultOlder => {
            "保管庫的資料庫（vault.db）較此查核案舊：可能自較早的備份放回，設定與記憶可能不是最新。"
        }
        NoticeWord::ClockBack => "系統時間早於此查核案最後一筆紀錄：請確認電腦的日期與時間。",
    }
}
