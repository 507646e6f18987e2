//! What the printed documents of a dossier share: head, foot and cover.

use crate::doc::{Block, Cover, Pair, Report};
use crate::{Dossier, words};
use fieldbook_model::RocDate;

/// Which document it is.
pub struct Print<'a> {
    /// 底稿編號 (`R-01`).
    pub paper: &'a str,
    /// Title (`查核報告`).
    pub title: &'a str,
    /// Line at the foot of its cover; without one it has no cover.
    pub note: Option<&'a str>,
}

impl Print<'_> {
    /// The document with these blocks.
    pub fn of(&self, dossier: &Dossier, blocks: Vec<Block>) -> Report {
        let exam = &dossier.exam;
        Report {
            title: format!("{}{}", exam.firm, self.title),
            author: dossier.organisation.clone(),
            head: (
                format!("{}　{}", exam.firm, exam.case_no).trim_end().to_owned(),
                format!("{}　{}", dossier.organisation, self.title).trim_start().to_owned(),
            ),
            foot: format!("底稿編號 {}　列印時間 {}", self.paper, words::moment(dossier.printed_at)),
            draft: dossier.draft,
            printed_at: dossier.printed_at,
            cover: self.note.map(|note| self.cover(dossier, note)),
            blocks,
        }
    }

    fn cover(&self, dossier: &Dossier, note: &str) -> Cover {
        let exam = &dossier.exam;
        let case_no = if exam.case_no.is_empty() { "（未編）" } else { &exam.case_no };
        Cover {
            authority: dossier.organisation.clone(),
            title: self.title.to_owned(),
            subject: exam.firm.clone(),
            pairs: vec![
                Pair::new("查核案號", case_no),
                Pair::new("查核基準日", RocDate(exam.as_of).to_string()),
                Pair::new("查核期間", words::period(exam.period)),
                Pair::new("查核人員", exam.examiners.join("、")),
                Pair::new("編製人", &dossier.prepared_by),
                Pair::new("列印日期", RocDate(dossier.printed_at.date()).to_string()),
                Pair::new("報告狀態", state(dossier)),
            ],
            note: note.to_owned(),
        }
    }

    /// The head of a document without a cover: title and the exam's names.
    pub fn head(&self, dossier: &Dossier) -> Vec<Block> {
        let exam = &dossier.exam;
        let pairs = vec![
            Pair::new("受查單位", &exam.firm),
            Pair::new("查核案號", super::or_dash(&exam.case_no)),
            Pair::new("查核基準日", RocDate(exam.as_of).to_string()),
            Pair::new("查核人員", exam.examiners.join("、")),
            Pair::new("查核單位", super::or_dash(&dossier.organisation)),
            Pair::new("列印日期", RocDate(dossier.printed_at.date()).to_string()),
        ];
        vec![Block::Title(self.title.to_owned()), Block::Pairs(pairs)]
    }
}

/// What the report is: one of an exam to practise on is none, however far it came.
fn state(dossier: &Dossier) -> &'static str {
    match (dossier.exam.id.is_practice(), dossier.draft) {
        (true, _) => "範例資料，非實際查核",
        (false, true) => "草稿，未經覆核定稿",
        (false, false) => "定稿",
    }
}
