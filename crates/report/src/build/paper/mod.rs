//! The working papers (查核工作底稿), each a workbook with the same head: A plan, B profile, C checklists, D what was asked
//! for and received, E evidence, F findings, G review, S samples, T tests.

mod checklist;
mod cover;
mod custody;
mod findings;
mod profile;
mod received;
mod review;
mod separate;
mod team;
pub mod tests;

use crate::doc::{Body, Cell, Pair, Sheet, Table, Workbook};
use crate::{Dossier, words};
use fieldbook_model::{ClauseId, Period, RocDate, SignRole, evidence_id};
use jiff::civil::Date;

pub use checklist::{TITLE as CHECKLIST_SHEET, number as checklist_number};
pub use custody::{PAPER as EVIDENCE, SHEET as EVIDENCE_SHEET};
pub use findings::{FOLLOW_UP_SHEET, PAPER as FINDINGS, SHEET as FINDINGS_SHEET};
pub use review::{PAPER as REVIEW, SHEET as REVIEW_SHEET};
pub use tests::ROWS_SHEET;

/// Every working paper, in the order of the paper numbers; the cover lists the others.
pub fn workbooks(dossier: &Dossier) -> Vec<Workbook> {
    let mut papers = checklist::papers(dossier);
    papers.push(team::paper(dossier));
    papers.push(profile::paper(dossier));
    papers.extend(separate::request(dossier));
    papers.push(received::paper(dossier));
    papers.push(custody::paper(dossier));
    papers.push(findings::paper(dossier));
    papers.push(review::paper(dossier));
    papers.extend(dossier.samples.iter().map(|sample| separate::sample(dossier, sample)));
    papers.extend(separate::count(dossier));
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
    /// Who prepared it and when, as long as nobody signed.
    prepared: (&'a str, Date),
}

impl<'a> Head<'a> {
    /// The head of a paper about the exam as a whole.
    fn of(dossier: &'a Dossier, paper: &'a str, item: &'a str, basis: &'a str) -> Self {
        let prepared = (dossier.prepared_by.as_str(), dossier.printed_at.date());
        Self { paper, item, basis, as_of: dossier.exam.as_of, period: dossier.exam.period, prepared }
    }

    fn pairs(&self, dossier: &Dossier) -> Vec<Pair> {
        let signs = signs(dossier, self.paper);
        let (name, day) = self.prepared;
        let prepared = signs.prepared.unwrap_or((name, day));
        vec![
            Pair::new("受查單位", &dossier.exam.firm),
            Pair::new("查核案號", &dossier.exam.case_no),
            Pair::new("底稿編號", self.paper),
            Pair::new("版本", format!("第 {} 版", signs.version)),
            Pair::new("查核項目", self.item),
            Pair::new("查核單位", super::or_dash(&dossier.organisation)),
            Pair::new("查核基準日", RocDate(self.as_of).to_string()),
            Pair::new("查核期間", words::period(self.period)),
            Pair::new("編製人／日期", by(prepared)),
            Pair::new("覆核人／日期", signs.reviewed.map(by).unwrap_or_default()),
            Pair::new("查核依據", self.basis),
        ]
    }
}

/// Who signed the version of now of a paper, and when.
struct Signs<'a> {
    version: u32,
    prepared: Option<(&'a str, Date)>,
    reviewed: Option<(&'a str, Date)>,
}

fn signs<'a>(dossier: &'a Dossier, paper: &str) -> Signs<'a> {
    let signed = dossier.signed.iter().find(|s| s.paper == paper);
    let of = |role| signed.and_then(|s| s.by(role)).map(|s| (s.by.as_str(), s.at.date()));
    Signs {
        version: signed.map_or(1, |s| s.version),
        prepared: of(SignRole::Preparer),
        reviewed: of(SignRole::Reviewer),
    }
}

/// `林查核／民國115年11月21日`.
fn by((name, day): (&str, Date)) -> String {
    format!("{name}／{}", RocDate(day))
}

/// What somebody refers to: a piece of evidence, or a paper. It leads there where there is such a one.
fn reference(dossier: &Dossier, text: &str) -> Cell {
    let id = evidence_id(text).filter(|_| text.trim_start().starts_with(['E', 'e']));
    let at = id.and_then(|id| dossier.evidence.iter().position(|e| e.id == id));
    match at {
        Some(at) => Cell::to_row(text, EVIDENCE, EVIDENCE_SHEET, Some(at)),
        None if text.trim().is_empty() => Cell::text(text),
        None => Cell::to_paper(text, text.trim()),
    }
}

/// A clause, leading to its line of the checklist.
fn clause_cell(dossier: &Dossier, clause: &ClauseId) -> Cell {
    let row = checklist::row_of(dossier, clause);
    Cell::to_row(clause.as_str(), checklist_number(clause.doc()), checklist::TITLE, row)
}

/// A sheet with one long table below the paper's head.
fn list(
    dossier: &Dossier,
    head: &Head<'_>,
    name: &str,
    title: &str,
    (remarks, table): (Vec<String>, Table),
) -> Sheet {
    let title = if name == title { title.to_owned() } else { format!("{title}　{name}") };
    Sheet { name: name.to_owned(), title, head: head.pairs(dossier), body: Body::list(remarks, table) }
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
