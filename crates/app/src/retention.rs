//! 保存與銷毀: exams are sealed, archived, opened again, and after their time destroyed. Nothing is ever destroyed by itself.

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::exam;
use crate::export::{make_parent, write_beside};
use crate::output::target;
use crate::view;
use crate::wire::{
    DestroyRequest, DestructionExportRequest, DestructionView, ExamHeadView, ExamStateWord, ExportView,
    PutAwayRequest,
};
use fieldbook_model::{ExamId, RocDate, keep_until};
use fieldbook_vault::{DestroyOrder, Destruction, ExamHead, ExamState, Keeping};
use jiff::civil::Date;

impl From<ExamState> for ExamStateWord {
    fn from(state: ExamState) -> Self {
        match state {
            ExamState::Open => Self::Open,
            ExamState::Sealed => Self::Sealed,
            ExamState::Archived => Self::Archived,
        }
    }
}

impl From<ExamStateWord> for ExamState {
    fn from(word: ExamStateWord) -> Self {
        match word {
            ExamStateWord::Open => Self::Open,
            ExamStateWord::Sealed => Self::Sealed,
            ExamStateWord::Archived => Self::Archived,
        }
    }
}

/// Last day of keeping, by the rules of the program's own checklists; `None` while it is not known.
pub(crate) fn due(desk: &Desk, keeping: &Keeping) -> Option<Date> {
    keep_until(&desk.law.bundle.retention, keeping.report_on)
}

/// Whether a last day of keeping is over today; what is not known is not.
pub(crate) fn over(desk: &Desk, due: Option<Date>) -> bool {
    due.is_some_and(|due| desk.host.now().date() > due)
}

fn listed(desk: &Desk, id: &str) -> Result<ExamHead, AppError> {
    let unknown = || AppError::new("unknown_exam");
    let id = ExamId::parse(id).map_err(|_| unknown())?;
    // A destroyed exam is told as such.
    desk.vault()?.vault.keeping(&id)?;
    desk.vault()?.vault.exams()?.into_iter().find(|h| h.id == id).ok_or_else(unknown)
}

/// Closes the exam where it is the open one: its file is about to change.
fn close(desk: &mut Desk, id: &ExamId) {
    if desk.exam.as_ref().is_some_and(|open| open.store.id() == id) {
        desk.close_exam();
    }
}

/// Seals or archives an exam, or opens it again, with a reason. Gives the list of exams.
///
/// # Errors
/// `note_required` without a reason, `bad_exam_state`, `unknown_exam`, `locked`, or the store's.
pub fn put_away(desk: &mut Desk, request: &PutAwayRequest) -> Result<Vec<ExamHeadView>, AppError> {
    let head = listed(desk, &request.exam)?;
    let by = desk.person();
    close(desk, &head.id);
    let at = desk.host.now();
    desk.vault_mut()?.vault.put_away(&head.id, request.to.into(), &request.reason, &by, at)?;
    desk.saved();
    exam::exams(desk)
}

/// Destroys an exam for good: its key first, then its files. Its record stays.
///
/// # Errors
/// `not_typed` unless the case number or the firm's name was typed, `note_required` without a reason, `still_kept` before
/// its last day of keeping without a reason for that, `unknown_exam`, `exam_destroyed`, `locked`, or the store's.
pub fn destroy(desk: &mut Desk, request: &DestroyRequest) -> Result<DestructionView, AppError> {
    let head = listed(desk, &request.exam)?;
    let typed = request.typed.trim();
    if typed.is_empty() || (typed != head.case_no.trim() && typed != head.firm.trim()) {
        return Err(AppError::new("not_typed"));
    }
    let by = desk.person();
    close(desk, &head.id);
    let keeping = desk.vault()?.vault.keeping(&head.id)?;
    let order = DestroyOrder {
        by,
        witness: request.witness.clone(),
        reason: request.reason.clone(),
        before_due: request.before_due.clone(),
        due: due(desk, &keeping),
    };
    let at = desk.host.now();
    let record = desk.vault_mut()?.vault.destroy_exam(&head.id, &order, at)?;
    desk.saved();
    Ok(shown(&record))
}

/// Records of destroyed exams, the latest first.
///
/// # Errors
/// `locked`, or the store's.
pub fn destructions(desk: &Desk) -> Result<Vec<DestructionView>, AppError> {
    Ok(desk.vault()?.vault.destructions()?.iter().rev().map(shown).collect())
}

fn shown(d: &Destruction) -> DestructionView {
    let checkpoint = match d.journal.root.as_str() {
        "" => String::new(),
        root => format!("{}:{root}", d.journal.size),
    };
    DestructionView {
        exam: d.exam.to_string(),
        firm: d.firm.clone(),
        case_no: d.case_no.clone(),
        as_of: d.as_of.to_string(),
        period_from: d.period.from.to_string(),
        period_to: d.period.to.to_string(),
        report_on: dates::optional(d.report_on),
        keep_until: dates::optional(d.due),
        by: d.by.clone(),
        witness: d.witness.clone(),
        reason: d.reason.clone(),
        before_due: d.before_due.clone(),
        at: dates::moment(d.at),
        finished_at: d.finished_at.map(dates::moment).unwrap_or_default(),
        checkpoint,
        file_sha256: d.file_sha256.clone(),
        own_key: d.own_key,
        copies: view::small(d.copies),
    }
}

/// Writes the certificate of a destruction, a text file (UTF-8 with a byte order mark, so that every editor knows it).
///
/// # Errors
/// `required`, `unknown_exam` when there is no such record, `export_failed`, `locked`.
pub fn export(desk: &Desk, request: &DestructionExportRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let all = desk.vault()?.vault.destructions()?;
    let record = all.iter().find(|d| d.exam.as_str() == request.exam);
    let text = certificate(record.ok_or_else(|| AppError::new("unknown_exam"))?);
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, text.as_bytes())?] })
}

/// 銷毀紀錄, line by line.
fn certificate(d: &Destruction) -> String {
    let day = |date: Option<Date>| date.map_or("未定".to_owned(), |date| RocDate(date).dotted());
    let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let method = match d.own_key {
        true => "銷毀該案金鑰之隨機值（保管庫與案卷檔旁兩處），並刪除案卷檔；僅有案卷檔之複本均無法再解密。",
        false => "本案由舊版建立，金鑰無獨立之隨機值；案卷檔已覆寫一次後刪除。其他複本仍須另行銷毀。",
    };
    let finished = d.finished_at.map_or("尚未完成".to_owned(), |at| dates::moment(at).replace('T', " "));
    let lines = [
        ("受查單位", d.firm.clone()),
        ("查核案號", or(&d.case_no, "（無）")),
        ("案卷代號", d.exam.to_string()),
        ("查核基準日", day(Some(d.as_of))),
        ("查核期間", format!("{}至{}", RocDate(d.period.from).dotted(), RocDate(d.period.to).dotted())),
        ("報告日", day(d.report_on)),
        ("保存期限", day(d.due)),
        ("銷毀理由", d.reason.clone()),
        ("期前銷毀理由", or(&d.before_due, "（已逾保存期限）")),
        ("銷毀人員", d.by.clone()),
        ("會同人員", or(&d.witness, "（無）")),
        ("開始時間", dates::moment(d.at).replace('T', " ")),
        ("完成時間", finished),
        ("銷毀方式", method.to_owned()),
        ("案卷檔大小", format!("{} 位元組", d.file_bytes)),
        ("案卷檔 SHA-256", or(&d.file_sha256, "（銷毀時已無檔案）")),
        (
            "案卷日誌檢查點",
            match d.journal.root.as_str() {
                "" => "（銷毀時無法讀取）".to_owned(),
                root => format!("{}:{root}", d.journal.size),
            },
        ),
        (
            "備份",
            format!(
                "保管庫內備份之複本 {} 份已一併銷毀；保管庫以外之整庫備份可能仍含該案及其金鑰，備份另行處理。",
                d.copies
            ),
        ),
    ];
    let body: String = lines.iter().map(|(name, text)| format!("{name}：{text}\n")).collect();
    format!(
        "\u{feff}查核案銷毀紀錄\n\n{body}\n銷毀人員簽章：＿＿＿＿＿＿＿＿　會同人員簽章：＿＿＿＿＿＿＿＿\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldbook_model::Period;
    use fieldbook_vault::Checkpoint;
    use jiff::civil::date;

    #[test]
    fn the_certificate_says_what_was_known_and_what_was_not() {
        let day = date(2020, 12, 31);
        let record = Destruction {
            exam: ExamId::parse("e1").unwrap(),
            firm: "甲乙證券".into(),
            case_no: String::new(),
            as_of: day,
            period: Period::new(date(2020, 1, 1), day).unwrap(),
            report_on: None,
            due: None,
            by: "王查核".into(),
            witness: String::new(),
            reason: "合併".into(),
            before_due: "奉核定".into(),
            at: day.at(9, 0, 0, 0),
            journal: Checkpoint { size: 0, root: String::new() },
            file_sha256: String::new(),
            file_bytes: 0,
            own_key: false,
            finished_at: None,
            copies: 2,
        };
        let text = certificate(&record);
        for said in [
            "保存期限：未定",
            "期前銷毀理由：奉核定",
            "完成時間：尚未完成",
            "覆寫一次",
            "複本 2 份",
            "備份另行處理",
            "（銷毀時無法讀取）",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
        let known = Destruction { due: Some(date(2025, 12, 31)), own_key: true, ..record };
        assert!(
            certificate(&known).contains("保存期限：114.12.31") && certificate(&known).contains("隨機值")
        );
    }
}
