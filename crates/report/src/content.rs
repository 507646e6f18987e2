//! What each working paper says, as one hash: what is signed, and whether it still holds.

use crate::doc::said;
use crate::{Dossier, build};
use fieldbook_model::FindingStatus;
use jiff::civil::date;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What one working paper says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperContent {
    /// 底稿編號 (`T-COL-05`).
    pub paper: String,
    /// Title.
    pub title: String,
    /// SHA-256 over what it says, lower-case hex.
    pub sha256: String,
}

/// What each working paper says, in their order. Print time, draft mark, who prints it, signatures, the state of the
/// journal, and what comes after the report (the firm's replies, follow-up reviews) are no part of it: a paper that is printed again has the same hash, one that says anything else another.
#[must_use]
pub fn paper_contents(dossier: &Dossier) -> Vec<PaperContent> {
    let books = build::workbooks(&unsigned(dossier));
    let content = |book: &crate::doc::Workbook| {
        let mut hash = Sha256::new();
        said(book, &mut |bytes| hash.update(bytes));
        PaperContent { paper: book.paper.clone(), title: book.title.clone(), sha256: hex(&hash.finalize()) }
    };
    books.iter().map(content).collect()
}

/// SHA-256 over the numbers and hashes of all papers, lower-case hex: what the signature over a whole exam is about.
#[must_use]
pub fn exam_content_sha256(papers: &[PaperContent]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"fieldbook/1/exam-content\n");
    for content in papers {
        hash.update(format!("{}\n{}\n", content.paper, content.sha256));
    }
    hex(&hash.finalize())
}

/// The dossier without anything that signing, printing or handing it out changes, and without what the firm answers
/// and what becomes of the evidence afterwards.
fn unsigned(dossier: &Dossier) -> Dossier {
    let mut findings = dossier.findings.clone();
    for paper in &mut findings {
        paper.reply = None;
        paper.follow_ups.clear();
        if paper.finding.status.is_settled() {
            paper.finding.status = FindingStatus::Final;
        }
    }
    Dossier {
        findings,
        prepared_by: String::new(),
        printed_at: date(2000, 1, 1).at(0, 0, 0, 0),
        draft: false,
        checkpoint: None,
        checkpoint_note: String::new(),
        signed: Vec::new(),
        custody: Vec::new(),
        ..dossier.clone()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
