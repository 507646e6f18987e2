//! The proof after an export: the written papers are read back, and everything that the dossier says must be found in
//! them. What is missing is an error, never silence.

mod book;
mod claims;

use crate::build::paper::{ROWS_SHEET, checklist_number};
use crate::render::paper_start;
use crate::{Dossier, PaperFile, TestPaper};
use book::{Book, Line};
use claims::{Claim, claims};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What kind of thing is missing from a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingKind {
    /// The paper itself, or it cannot be read.
    Paper,
    /// An item of a checklist with its clause's text.
    Item,
    /// An answer with its note.
    Answer,
    /// An exception with its values, source and disposition.
    Exception,
    /// A finding with its words and criteria.
    Finding,
    /// The firm's reply.
    Reply,
    /// A follow-up review.
    FollowUp,
    /// A piece of evidence.
    Evidence,
    /// A review note with reply and clearance.
    ReviewNote,
}

/// Something that the dossier says and a paper does not. Nothing of the firm's data is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// 底稿編號.
    pub paper: String,
    /// What kind of thing.
    pub kind: MissingKind,
    /// Which one: a clause (`BSL-6.8（a）`), a finding (`F03`), a piece of evidence (`E-012`), or a number in its order.
    pub which: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            MissingKind::Paper => return write!(f, "paper {} is missing or cannot be read", self.paper),
            MissingKind::Item => "item",
            MissingKind::Answer => "answer",
            MissingKind::Exception => "exception",
            MissingKind::Finding => "finding",
            MissingKind::Reply => "reply to",
            MissingKind::FollowUp => "follow-up of",
            MissingKind::Evidence => "evidence",
            MissingKind::ReviewNote => "review note",
        };
        write!(f, "paper {} lacks {kind} {}", self.paper, self.which)
    }
}

/// Reads the written papers back and finds every item, answer, note, exception, finding, reply, follow-up, piece of
/// evidence and review note of the dossier in them.
///
/// # Errors
/// What is not in them, in the order of the papers.
pub fn prove_papers(dossier: &Dossier, files: &[PaperFile]) -> Result<(), Vec<Missing>> {
    let mut missing = BTreeSet::new();
    let claims = claims(dossier);
    let mut papers: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &claims {
        papers.entry(&claim.paper).or_default().push(claim);
    }
    for (paper, claims) in papers {
        match read(files, paper) {
            Some(book) => missing.extend(unfound(&book, &claims).map(|claim| claim.missing.clone())),
            None => drop(missing.insert(no_paper(paper))),
        }
    }
    for test in &dossier.tests {
        missing.extend(of_test(files, test));
    }
    for document in
        dossier.documents.iter().filter(|d| dossier.items.iter().any(|i| i.clause.id.doc() == d.code))
    {
        let paper = checklist_number(&document.code);
        if find(files, &paper).is_none() {
            missing.insert(no_paper(&paper));
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing.into_iter().collect()) }
}

fn no_paper(paper: &str) -> Missing {
    Missing { paper: paper.to_owned(), kind: MissingKind::Paper, which: String::new() }
}

fn find<'a>(files: &'a [PaperFile], paper: &str) -> Option<&'a PaperFile> {
    let start = paper_start(paper);
    files.iter().find(|file| file.name.starts_with(&start))
}

fn read(files: &[PaperFile], paper: &str) -> Option<Book> {
    Book::read(&find(files, paper)?.bytes)
}

/// The claims of one paper that no line of it bears out.
fn unfound<'c>(book: &Book, claims: &[&'c Claim]) -> impl Iterator<Item = &'c Claim> {
    let mut sheets: BTreeMap<&str, Vec<Line<'_>>> = BTreeMap::new();
    for claim in claims {
        sheets.entry(claim.sheet).or_insert_with(|| book.lines(claim.sheet));
    }
    let mut keyed: BTreeMap<(&str, &str), Vec<&Line<'_>>> = BTreeMap::new();
    for (sheet, lines) in &sheets {
        for line in lines {
            let key = line.first().and_then(|cell| cell.lines().next()).unwrap_or_default();
            keyed.entry((sheet, key)).or_default().push(line);
        }
    }
    let found = |claim: &Claim| {
        let lines = claim.keys.iter().filter_map(|key| keyed.get(&(claim.sheet, key.as_str()))).flatten();
        lines.into_iter().any(|line| bears_out(line, claim))
    };
    let unfound: Vec<&Claim> = claims.iter().copied().filter(|claim| !found(claim)).collect();
    unfound.into_iter()
}

fn bears_out(line: &Line<'_>, claim: &Claim) -> bool {
    claim.cells.iter().all(|text| line.iter().any(|cell| cell == text))
        && claim.parts.iter().all(|text| line.iter().any(|cell| cell.contains(text.as_str())))
}

/// The exceptions of a test that its paper does not have; or the paper.
fn of_test(files: &[PaperFile], test: &TestPaper) -> Vec<Missing> {
    let paper = &test.procedure.id;
    let Some(book) = read(files, paper) else { return vec![no_paper(paper)] };
    let lines = book.lines(ROWS_SHEET);
    let number = |line: &Line<'_>| line.first().and_then(|cell| cell.parse::<usize>().ok());
    let mut by_number: Vec<Option<&Line<'_>>> = vec![None; test.exceptions.len()];
    for line in &lines {
        if let Some(slot) = number(line).and_then(|n| by_number.get_mut(n.checked_sub(1)?)) {
            *slot = Some(line);
        }
    }
    let rows = (1..).zip(test.exceptions.iter().zip(by_number));
    let lacks = rows.filter(|(_, (row, line))| !line.is_some_and(|line| claims::says(line, test, row)));
    let missing =
        |n: usize| Missing { paper: paper.clone(), kind: MissingKind::Exception, which: n.to_string() };
    lacks.map(|(n, _)| missing(n)).collect()
}
