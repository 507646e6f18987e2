//! 缺失: the findings that were not withdrawn, with what became of them.

use super::{Field, Record, Region, named, record, word};
use crate::build::{citation, clause_text, ids};
use crate::doc::{Cell, grouped};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::{FindingStatus, FollowUp, Reply, RocDate};

pub(super) const REGION: Region = Region {
    name: "缺失",
    what: "缺失、建議事項、觀察事項及良好作為，依編號，不含撤銷者",
    fields: || named(FIELDS),
    records,
};

const FIELDS: &[Field<FindingPaper>] = &[
    Field { name: "缺失編號", what: "編號", get: |d, p| Cell::Text(p.finding.number(&d.exam.case_no)) },
    Field {
        name: "類型",
        what: "缺失、建議事項、觀察事項、良好作為",
        get: |_, p| Cell::text(words::finding_type(p.finding.kind)),
    },
    Field { name: "標題", what: "標題", get: |_, p| Cell::text(&p.finding.title) },
    Field { name: "查核發現", what: "事實", get: |_, p| Cell::text(&p.finding.condition) },
    Field {
        name: "現行規範", what: "條次、版本及規範原文", get: |d, p| Cell::Text(criteria(d, p))
    },
    Field { name: "條次", what: "以頓號分隔", get: |_, p| Cell::Text(ids(&p.finding.clauses)) },
    Field { name: "原因", what: "原因", get: |_, p| Cell::text(&p.finding.cause) },
    Field { name: "風險影響", what: "風險影響", get: |_, p| Cell::text(&p.finding.effect) },
    Field {
        name: "嚴重程度",
        what: "依機構所定等級",
        get: |d, p| word(&words::severity(&d.scale, p.finding.severity)),
    },
    Field { name: "類別", what: "缺失類別", get: |_, p| Cell::text(&p.finding.category) },
    Field {
        name: "改善建議", what: "具體改善建議", get: |_, p| Cell::text(&p.finding.recommendation)
    },
    Field {
        name: "涉及對象",
        what: "涉及之系統或帳號",
        get: |_, p| Cell::Text(p.finding.objects.join("\n")),
    },
    Field { name: "例外數", what: "例外筆數", get: |_, p| count(p.finding.counts.map(|c| c.0)) },
    Field { name: "母體數", what: "母體筆數", get: |_, p| count(p.finding.counts.map(|c| c.1)) },
    Field { name: "例外母體", what: "例外筆數／母體筆數", get: |_, p| Cell::Text(ratio(p)) },
    Field { name: "底稿", what: "底稿編號", get: |_, p| Cell::Text(p.paper_refs.join("、")) },
    Field { name: "證據", what: "證據編號", get: |_, p| Cell::Text(evidence(p)) },
    Field {
        name: "狀態",
        what: "草稿至結案",
        get: |_, p| Cell::text(words::finding_status(p.finding.status)),
    },
    Field { name: "編製人", what: "最後編修之人", get: |_, p| Cell::text(&p.finding.by) },
    Field {
        name: "受查單位回覆",
        what: "同意、部分同意或不同意，及回覆意見",
        get: |_, p| Cell::Text(reply(p)),
    },
    Field {
        name: "改善措施",
        what: "受查單位所提改善措施",
        get: |_, p| Cell::text(of_reply(p, |r| &r.measure)),
    },
    Field {
        name: "負責人", what: "改善措施之負責人", get: |_, p| Cell::text(of_reply(p, |r| &r.owner))
    },
    Field { name: "預計完成日", what: "民國年月日", get: |_, p| Cell::Text(due(p)) },
    Field {
        name: "追蹤結果",
        what: "最近一次覆查之結果",
        get: |_, p| follow_up(p, |f| word(&words::follow_up(f.result))),
    },
    Field {
        name: "追蹤日期",
        what: "最近一次覆查之日期",
        get: |_, p| follow_up(p, |f| Cell::Text(RocDate(f.on).dotted())),
    },
    Field {
        name: "追蹤人員",
        what: "最近一次覆查之人員",
        get: |_, p| follow_up(p, |f| Cell::text(&f.reviewer)),
    },
    Field {
        name: "追蹤說明", what: "最近一次覆查之說明", get: |_, p| follow_up(p, |f| Cell::text(&f.note))
    },
    Field {
        name: "重複缺失",
        what: "前次缺失之編號",
        get: |_, p| Cell::text(p.finding.repeat_of.as_ref().map_or("", |e| &e.number)),
    },
];

/// The findings that outputs carry.
pub(super) fn standing(dossier: &Dossier) -> impl Iterator<Item = &FindingPaper> {
    dossier.findings.iter().filter(|f| f.finding.status != FindingStatus::Withdrawn)
}

fn records(dossier: &Dossier) -> Vec<Record> {
    standing(dossier).map(|paper| record(FIELDS, dossier, paper)).collect()
}

fn criteria(dossier: &Dossier, paper: &FindingPaper) -> String {
    let quoted = |clause| format!("{}\n{}", citation(dossier, clause), clause_text(clause));
    paper.criteria.iter().map(quoted).collect::<Vec<_>>().join("\n\n")
}

fn count(n: Option<u64>) -> Cell {
    n.map_or_else(|| Cell::text(""), Cell::Count)
}

fn ratio(paper: &FindingPaper) -> String {
    let both = |(some, all)| format!("{}／{}", grouped(some), grouped(all));
    paper.finding.counts.map_or_else(String::new, both)
}

fn evidence(paper: &FindingPaper) -> String {
    paper.evidence.iter().map(fieldbook_model::Evidence::number).collect::<Vec<_>>().join("、")
}

fn reply(paper: &FindingPaper) -> String {
    let Some(reply) = &paper.reply else { return String::new() };
    let word = words::agreement(reply.agreement);
    if reply.text.trim().is_empty() { word.to_owned() } else { format!("{word}。{}", reply.text) }
}

fn of_reply(paper: &FindingPaper, part: fn(&Reply) -> &String) -> &str {
    paper.reply.as_ref().map_or("", |r| part(r))
}

fn due(paper: &FindingPaper) -> String {
    let due = paper.reply.as_ref().and_then(|r| r.due);
    due.map_or_else(String::new, |d| RocDate(d).dotted())
}

fn follow_up(paper: &FindingPaper, part: fn(&FollowUp) -> Cell) -> Cell {
    paper.follow_ups.last().map_or_else(|| Cell::text(""), part)
}
