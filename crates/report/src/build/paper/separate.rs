//! Papers that are handed out by themselves as well: the same sheets, under the head of a working paper.

use super::{Head, workbook};
use crate::build::{count, missing_zh, request, sample};
use crate::doc::{Pair, Workbook};
use crate::{CountPaper, Dossier, SamplePaper};

/// 底稿編號 of the request list within the set.
pub const REQUESTED: &str = "D-01";

/// D-01: what was asked for.
pub fn request(dossier: &Dossier) -> Option<Workbook> {
    let list = dossier.requests.as_ref()?;
    Some(under(dossier, REQUESTED, request::TITLE, "查核項目及測試程序所需資料", request::workbook(list)))
}

/// S-…: a sample that was drawn.
pub fn sample(dossier: &Dossier, paper: &SamplePaper) -> Workbook {
    let basis = format!("母體：{}", missing_zh(dossier, &paper.sample.dataset));
    under(dossier, &paper.number(), sample::TITLE, &basis, sample::workbook(paper))
}

/// The equipment count.
pub fn count(dossier: &Dossier) -> Option<Workbook> {
    let paper = dossier.count.as_ref()?;
    let basis = format!("測試程序 {}", paper.paper);
    Some(under(dossier, &count_number(paper), count::TITLE, &basis, count::workbook(paper)))
}

/// 底稿編號 of the count: a paper below that of the procedure that reads it.
pub fn count_number(paper: &CountPaper) -> String {
    format!("{}/01", paper.paper)
}

/// The same sheets with the head of a working paper in front of what their own head says beyond it.
fn under(dossier: &Dossier, number: &str, title: &str, basis: &str, paper: Workbook) -> Workbook {
    let head = Head::of(dossier, number, title, basis).pairs(dossier);
    let mut sheets = paper.sheets;
    for sheet in &mut sheets {
        let own = sheet.head.iter().filter(|pair| !head.iter().any(|p| p.name == pair.name));
        let own: Vec<Pair> = own.cloned().collect();
        sheet.head = head.iter().cloned().chain(own).collect();
    }
    workbook(dossier, number, title, sheets)
}
