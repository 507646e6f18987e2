//! 文件 and 團隊: the documents with the items counted, and who examines.

use super::{Field, Region, named, record};
use crate::build::tally::Tally;
use crate::doc::Cell;
use crate::{DocumentHead, Dossier};
use fieldbook_model::{ItemResult, RocDate, TeamMember, Tri};

pub(super) const DOCUMENTS: Region = Region {
    name: "文件",
    what: "作為查核依據之規範，及其項目之統計",
    fields: || named(DOCUMENT),
    records: |dossier| dossier.documents.iter().map(|d| record(DOCUMENT, dossier, d)).collect(),
};

const DOCUMENT: &[Field<DocumentHead>] = &[
    Field { name: "文件代碼", what: "代碼", get: |_, h| Cell::text(&h.code) },
    Field { name: "文件名稱", what: "規範名稱", get: |_, h| Cell::text(&h.title) },
    Field { name: "發布單位", what: "發布單位", get: |_, h| Cell::text(&h.issuer) },
    Field { name: "版本", what: "依據版本", get: |_, h| Cell::text(&h.edition) },
    Field { name: "項目數", what: "項目數", get: |d, h| Cell::Count(tally(d, h).items) },
    Field { name: "適用數", what: "適用之項目數", get: |d, h| Cell::Count(tally(d, h).applicable) },
    Field {
        name: "不適用數", what: "不適用之項目數", get: |d, h| Cell::Count(tally(d, h).not_applicable)
    },
    Field {
        name: "待確認數",
        what: "適用性待確認之項目數",
        get: |d, h| Cell::Count(tally(d, h).undetermined),
    },
    Field {
        name: "符合數",
        what: "項目數",
        get: |d, h| Cell::Count(tally(d, h).result(ItemResult::Compliant)),
    },
    Field {
        name: "部分符合數",
        what: "項目數",
        get: |d, h| Cell::Count(tally(d, h).result(ItemResult::Partial)),
    },
    Field {
        name: "不符合數",
        what: "項目數",
        get: |d, h| Cell::Count(tally(d, h).result(ItemResult::Noncompliant)),
    },
    Field {
        name: "無法取得資料數",
        what: "項目數",
        get: |d, h| Cell::Count(tally(d, h).result(ItemResult::NoData)),
    },
    Field {
        name: "未查核數",
        what: "項目數",
        get: |d, h| Cell::Count(tally(d, h).result(ItemResult::NotExamined)),
    },
];

fn tally(dossier: &Dossier, head: &DocumentHead) -> Tally {
    Tally::of(dossier.items.iter().filter(|i| i.clause.id.doc() == head.code))
}

pub(super) const TEAM: Region = Region {
    name: "團隊",
    what: "查核或評估人員及其資格",
    fields: || named(MEMBER),
    records: |dossier| dossier.team.members.iter().map(|m| record(MEMBER, dossier, m)).collect(),
};

const MEMBER: &[Field<TeamMember>] = &[
    Field { name: "姓名", what: "姓名", get: |_, m| Cell::text(&m.name) },
    Field { name: "單位職稱", what: "單位及職稱", get: |_, m| Cell::text(&m.unit) },
    Field {
        name: "資格", what: "各項資格及其證照，每行一項", get: |d, m| Cell::Text(qualifications(d, m))
    },
    Field { name: "資格一", what: "第一項資格之證照", get: |d, m| Cell::text(holds(d, m, 0)) },
    Field { name: "資格二", what: "第二項資格之證照", get: |d, m| Cell::text(holds(d, m, 1)) },
    Field { name: "資格三", what: "第三項資格之證照", get: |d, m| Cell::text(holds(d, m, 2)) },
    Field { name: "資格四", what: "第四項資格之證照", get: |d, m| Cell::text(holds(d, m, 3)) },
    Field { name: "獨立性", what: "是、否或未確認", get: |_, m| Cell::text(tri(m.independent)) },
    Field {
        name: "保密切結", what: "是、否或未確認", get: |_, m| Cell::text(tri(m.confidential))
    },
    Field {
        name: "切結日期",
        what: "民國年月日",
        get: |_, m| Cell::Text(m.signed_on.map_or_else(String::new, |d| RocDate(d).dotted())),
    },
    Field { name: "說明", what: "說明", get: |_, m| Cell::text(&m.note) },
];

fn holds<'a>(dossier: &Dossier, member: &'a TeamMember, at: usize) -> &'a str {
    dossier.team.kinds.get(at).and_then(|k| member.holds.get(&k.key)).map_or("", String::as_str)
}

fn qualifications(dossier: &Dossier, member: &TeamMember) -> String {
    let held = dossier.team.kinds.iter().filter_map(|k| Some((k, member.holds.get(&k.key)?)));
    held.map(|(kind, what)| format!("{}：{what}", kind.zh)).collect::<Vec<_>>().join("\n")
}

fn tri(value: Tri) -> &'static str {
    match value {
        Tri::Yes => "是",
        Tri::No => "否",
        Tri::Unknown => "未確認",
    }
}
