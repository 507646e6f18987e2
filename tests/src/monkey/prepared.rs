//! The exam that the monkey gets, and what of it must be there afterwards.

use crate::desk::{PASSPHRASE, host, import_sample, run_all, with_exam};
use fieldbook_app::wire::{
    AnswerRequest, ClauseRequest, ExamRequest, MethodWord, ResultWord, TrailRequest, UnlockRequest,
};
use fieldbook_app::{AppError, Desk, checklist, exam, session, trail};
use std::collections::BTreeSet;
use std::path::Path;

const ANSWERS: usize = 80;

/// A sample exam with answers.
pub struct Prepared {
    /// The exam's id.
    pub exam: String,
    /// Clause and note of each answer.
    answers: Vec<(String, String)>,
    /// The journal's size when the monkey came.
    entries: u32,
}

fn journal(action: &str, offset: u32) -> TrailRequest {
    let none = String::new;
    TrailRequest {
        vault: false,
        by: none(),
        action: action.to_owned(),
        subject: none(),
        text: none(),
        from: none(),
        to: none(),
        offset,
        limit: 500,
    }
}

impl Prepared {
    /// Makes the exam in a folder: the sample's files, its runs, and answers with notes of their own.
    ///
    /// # Errors
    /// The use cases'.
    pub fn new(folder: &Path) -> Result<Self, AppError> {
        let (mut desk, view) = with_exam(folder)?;
        import_sample(&mut desk)?;
        run_all(&mut desk)?;
        let list = checklist::checklist(&desk)?;
        let lines = list.documents.into_iter().flat_map(|d| d.chapters).flat_map(|c| c.items);
        let clauses: Vec<String> = lines.filter(|l| l.due > 0).map(|l| l.clause).take(ANSWERS).collect();
        let mut answers = Vec::new();
        for clause in clauses {
            let note = format!("已抽查 {clause}，與清冊相符。");
            let request = AnswerRequest {
                clause: clause.clone(),
                unit: String::new(),
                system: String::new(),
                result: ResultWord::Compliant,
                method: Some(MethodWord::Inspection),
                mode: None,
                note: note.clone(),
                paper_ref: String::new(),
                awaited: None,
            };
            checklist::answer(&mut desk, &request)?;
            answers.push((clause, note));
        }
        let entries = trail::page(&desk, &journal("", 0))?.total;
        Ok(Self { exam: view.head.id, answers, entries })
    }

    /// Clauses whose answer is another than before though no entry of the journal says that it was changed, and the
    /// journal itself when it has fewer entries.
    ///
    /// # Errors
    /// The use cases'.
    pub fn lost(&self, folder: &Path) -> Result<Vec<String>, AppError> {
        let mut desk = Desk::new(host(&folder.join("vault")))?;
        let dir = folder.join("vault").to_string_lossy().into_owned();
        session::vault_unlock(&mut desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
        exam::exam_open(&mut desk, &ExamRequest { exam: self.exam.clone() })?;
        let changed = self.changed(&desk)?;
        let mut lost = Vec::new();
        if trail::page(&desk, &journal("", 0))?.total < self.entries {
            lost.push("journal".to_owned());
        }
        for (clause, note) in &self.answers {
            let item = checklist::item(&desk, &ClauseRequest { clause: clause.clone() })?;
            let held = item.answers.iter().any(|a| a.note == *note);
            if !held && !changed.iter().any(|subject| subject.contains(clause.as_str())) {
                lost.push(clause.clone());
            }
        }
        Ok(lost)
    }

    /// Subjects of the entries about answers that the monkey left.
    fn changed(&self, desk: &Desk) -> Result<BTreeSet<String>, AppError> {
        let mut subjects = BTreeSet::new();
        let mut offset = 0;
        loop {
            let page = trail::page(desk, &journal("answer", offset))?;
            let new = page.lines.iter().filter(|line| line.seq > self.entries);
            subjects.extend(new.map(|line| line.subject.clone()));
            offset += u32::try_from(page.lines.len()).unwrap_or(u32::MAX);
            if page.lines.is_empty() || offset >= page.total {
                return Ok(subjects);
            }
        }
    }
}
