//! The working papers (查核工作底稿): A-01, C-…, D-01, T-…, F-01, each a workbook with the same head.

mod checklist;
mod cover;
mod findings;
mod received;
pub mod tests;

use crate::doc::{Pair, Sheet, Workbook};
use crate::{Dossier, words};
use fieldbook_model::{Period, RocDate};
use jiff::civil::Date;

/// Every working paper, in the order of the paper numbers; the cover lists the others.
pub fn workbooks(dossier: &Dossier) -> Vec<Workbook> {
    let mut papers = checklist::papers(dossier);
    papers.push(received::paper(dossier));
    papers.push(findings::paper(dossier));
    papers.extend(dossier.tests.iter().map(|test| tests::paper(dossier, test)));
    papers.sort_by(|a, b| a.paper.cmp(&b.paper));
    papers.insert(0, cover::paper(dossier, &papers));
    papers
}

/// What the head of one paper says beyond the exam's own data.
struct Head<'a> {
    paper: &'a str,
    item: &'a str,
    basis: &'a str,
    as_of: Date,
    period: Period,
}

impl<'a> Head<'a> {
    /// The head of a paper about the exam as a whole.
    fn of(dossier: &Dossier, paper: &'a str, item: &'a str, basis: &'a str) -> Self {
        Self { paper, item, basis, as_of: dossier.exam.as_of, period: dossier.exam.period }
    }

    fn pairs(&self, dossier: &Dossier) -> Vec<Pair> {
        let printed = RocDate(dossier.printed_at.date());
        vec![
            Pair::new("受查單位", &dossier.exam.firm),
            Pair::new("查核案號", &dossier.exam.case_no),
            Pair::new("底稿編號", self.paper),
            Pair::new("查核項目", self.item),
            Pair::new("查核基準日", RocDate(self.as_of).to_string()),
            Pair::new("查核期間", words::period(self.period)),
            Pair::new("編製人／日期", format!("{}／{printed}", dossier.prepared_by)),
            Pair::new("覆核人／日期", ""),
            Pair::new("查核依據", self.basis),
        ]
    }
}

/// A workbook with the exam's head and foot.
fn workbook(dossier: &Dossier, paper: &str, title: &str, sheets: Vec<Sheet>) -> Workbook {
    Workbook {
        paper: paper.to_owned(),
        title: title.to_owned(),
        authority: dossier.organisation.clone(),
        subject: format!("{} {}", dossier.exam.firm, dossier.exam.case_no).trim_end().to_owned(),
        printed_at: dossier.printed_at,
        draft: dossier.draft,
        sheets,
    }
}
