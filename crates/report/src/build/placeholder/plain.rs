//! The fields that are known everywhere in a template.

use super::Field;
use crate::build::tally::Tally;
use crate::doc::Cell;
use crate::{Dossier, words};
use fieldbook_model::{FindingType, ItemResult, RocDate, SignOff, SignRole, WHOLE_EXAM};

pub(super) const FIELDS: &[Field<()>] = &[
    Field { name: "受查單位", what: "受查單位全名", get: |d, ()| Cell::text(&d.exam.firm) },
    Field { name: "查核案號", what: "查核案號", get: |d, ()| Cell::text(&d.exam.case_no) },
    Field {
        name: "查核案名", what: "受查單位、查核基準日之年度及查核", get: |d, ()| Cell::Text(title(d))
    },
    Field { name: "查核單位", what: "辦理查核之單位", get: |d, ()| Cell::text(&d.organisation) },
    Field {
        name: "查核基準日",
        what: "民國年月日",
        get: |d, ()| Cell::Text(RocDate(d.exam.as_of).to_string()),
    },
    Field {
        name: "查核期間",
        what: "起迄日，含首尾日",
        get: |d, ()| Cell::Text(words::period(d.exam.period)),
    },
    Field {
        name: "查核人員", what: "以頓號分隔", get: |d, ()| Cell::Text(d.exam.examiners.join("、"))
    },
    Field { name: "底稿編號", what: "輸出時給定之底稿編號", get: |_, ()| Cell::text("") },
    Field {
        name: "編製人",
        what: "於全案簽署之編製人；未簽署者為輸出之人",
        get: |d, ()| Cell::text(signed(d, SignRole::Preparer).map_or(&d.prepared_by, |s| &s.by)),
    },
    Field {
        name: "編製日期",
        what: "編製人簽署日；未簽署者為列印日期",
        get: |d, ()| Cell::Text(prepared_on(d)),
    },
    Field {
        name: "覆核人",
        what: "於全案簽署之覆核人；未簽署者空白",
        get: |d, ()| Cell::text(signed(d, SignRole::Reviewer).map_or("", |s| &s.by)),
    },
    Field {
        name: "覆核日期",
        what: "覆核人簽署日；未簽署者空白",
        get: |d, ()| Cell::Text(signed(d, SignRole::Reviewer).map_or_else(String::new, day)),
    },
    Field {
        name: "依據版本", what: "各規範名稱及版本，每行一件", get: |d, ()| Cell::Text(editions(d))
    },
    Field {
        name: "缺失數", what: "缺失件數，不含撤銷者", get: |d, ()| findings(d, FindingType::Deficiency)
    },
    Field {
        name: "建議數",
        what: "建議事項件數，不含撤銷者",
        get: |d, ()| findings(d, FindingType::Recommendation),
    },
    Field {
        name: "列印日期",
        what: "民國年月日",
        get: |d, ()| Cell::Text(RocDate(d.printed_at.date()).to_string()),
    },
    Field {
        name: "列印時間",
        what: "民國年月日及時分",
        get: |d, ()| Cell::Text(words::moment(d.printed_at)),
    },
    Field {
        name: "報告狀態",
        what: "草稿或定稿",
        get: |d, ()| Cell::text(if d.draft { "草稿" } else { "定稿" }),
    },
    Field { name: "會議名稱", what: "離場會議之名稱", get: |d, ()| Cell::text(&d.exit_meeting) },
    Field {
        name: "資通系統", what: "系統名稱，以頓號分隔", get: |d, ()| Cell::Text(systems(d))
    },
    Field {
        name: "系統數", what: "資通系統數", get: |d, ()| Cell::Count(d.exam.systems.len() as u64)
    },
    Field { name: "項目數", what: "查核項目數", get: |d, ()| Cell::Count(tally(d).items) },
    Field { name: "適用數", what: "適用之項目數", get: |d, ()| Cell::Count(tally(d).applicable) },
    Field {
        name: "待確認數", what: "適用性待確認之項目數", get: |d, ()| Cell::Count(tally(d).undetermined)
    },
    Field { name: "符合數", what: "項目數", get: |d, ()| results(d, ItemResult::Compliant) },
    Field { name: "部分符合數", what: "項目數", get: |d, ()| results(d, ItemResult::Partial) },
    Field { name: "不符合數", what: "項目數", get: |d, ()| results(d, ItemResult::Noncompliant) },
    Field {
        name: "未查核數",
        what: "應查核而未查核之項目數",
        get: |d, ()| results(d, ItemResult::NotExamined),
    },
    Field { name: "無法取得資料數", what: "項目數", get: |d, ()| results(d, ItemResult::NoData) },
    Field {
        name: "不適用數", what: "不適用之項目數", get: |d, ()| Cell::Count(tally(d).not_applicable)
    },
    Field {
        name: "測試數", what: "已執行之測試程序數", get: |d, ()| Cell::Count(d.tests.len() as u64)
    },
    Field { name: "例外數", what: "各測試例外列數合計", get: |d, ()| Cell::Count(exceptions(d)) },
    Field {
        name: "檔案數", what: "收受檔案數，不含已復原者", get: |d, ()| Cell::Count(files(d))
    },
    Field { name: "提供期限", what: "調閱資料之提供期限", get: |d, ()| Cell::Text(due(d)) },
    Field {
        name: "日誌筆數",
        what: "案卷日誌筆數",
        get: |d, ()| Cell::count(d.checkpoint.as_ref().map(|c| c.0)),
    },
    Field {
        name: "日誌雜湊值",
        what: "案卷日誌之根雜湊值（SHA-256）",
        get: |d, ()| Cell::text(d.checkpoint.as_ref().map_or("", |c| &c.1)),
    },
];

/// `甲乙綜合證券股份有限公司109年度查核`.
fn title(dossier: &Dossier) -> String {
    format!("{}{}年度查核", dossier.exam.firm, RocDate(dossier.exam.as_of).year())
}

/// The signature over the exam as a whole.
fn signed(dossier: &Dossier, role: SignRole) -> Option<&SignOff> {
    dossier.signed.iter().find(|p| p.paper == WHOLE_EXAM)?.by(role)
}

fn day(signature: &SignOff) -> String {
    RocDate(signature.at.date()).to_string()
}

fn prepared_on(dossier: &Dossier) -> String {
    signed(dossier, SignRole::Preparer).map_or_else(|| RocDate(dossier.printed_at.date()).to_string(), day)
}

fn editions(dossier: &Dossier) -> String {
    let line = |d: &crate::DocumentHead| format!("{}（{}）", d.title, d.edition);
    dossier.documents.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn findings(dossier: &Dossier, kind: FindingType) -> Cell {
    Cell::Count(super::findings::standing(dossier).filter(|f| f.finding.kind == kind).count() as u64)
}

fn systems(dossier: &Dossier) -> String {
    dossier.exam.systems.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("、")
}

fn tally(dossier: &Dossier) -> Tally {
    Tally::of(dossier.items.iter())
}

fn results(dossier: &Dossier, result: ItemResult) -> Cell {
    Cell::Count(tally(dossier).result(result))
}

fn exceptions(dossier: &Dossier) -> u64 {
    dossier.tests.iter().map(|t| t.run.exceptions).sum()
}

fn files(dossier: &Dossier) -> u64 {
    if dossier.received.is_empty() {
        return dossier.files.iter().filter(|b| !b.undone).map(|b| b.files.len() as u64).sum();
    }
    dossier.received.iter().filter(|f| !f.undone).count() as u64
}

fn due(dossier: &Dossier) -> String {
    let due = dossier.requests.as_ref().map(|list| list.due);
    due.map_or_else(String::new, |due| due.map_or("另行通知".to_owned(), |d| RocDate(d).to_string()))
}
