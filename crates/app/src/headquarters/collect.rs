//! What the vault knows of its exams, and the part of it that is looked at.

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::HeadquartersRequest;
use fieldbook_checklist::Bundle;
use fieldbook_model::text::norm_firm;
use fieldbook_model::{ClauseId, ExamId, FindingStatus, Severity, SeverityScale};
use fieldbook_report::{
    CollectedExam, CollectedFinding, Collection, KnownExam, finding_status, finding_status_code,
    severity_code,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the vault knows of its exams but those to practise on, in order of their as-of dates. `chapters` asks for the results by chapter
/// too, which only tables for machines show.
pub(super) fn whole(desk: &Desk, chapters: bool) -> Result<Collection, AppError> {
    let vault = &desk.vault()?.vault;
    let (mut kinds, mut clauses) = (vault.all_firm_kinds()?, vault.all_clause_results()?);
    let mut figures = if chapters { vault.all_figures()? } else { BTreeMap::new() };
    let (mut keepings, mut courses) = (vault.keepings()?, vault.all_finding_courses()?);
    let mut heads = vault.exams()?;
    heads.retain(|h| !h.id.is_practice());
    heads.sort_by(|a, b| (a.as_of, a.created_at, &a.id).cmp(&(b.as_of, b.created_at, &b.id)));
    let place: BTreeMap<ExamId, usize> = heads.iter().enumerate().map(|(at, h)| (h.id.clone(), at)).collect();
    let exam = |head: fieldbook_vault::ExamHead| {
        let keeping = keepings.remove(&head.id).unwrap_or_default();
        let known = kinds.remove(&head.id).map(|kind| KnownExam {
            kind,
            chapters: figures.remove(&head.id).unwrap_or_default(),
            clauses: clauses.remove(&head.id).unwrap_or_default(),
        });
        CollectedExam {
            id: head.id,
            firm: head.firm,
            case_no: head.case_no,
            as_of: head.as_of,
            period: head.period,
            state: keeping.state.code(),
            report_on: keeping.report_on,
            known,
        }
    };
    let exams = heads.into_iter().map(exam).collect();
    let mut findings: Vec<CollectedFinding> = Vec::new();
    // A line of an exam that is not listed is of one that is being made or destroyed.
    for f in vault.all_findings()?.into_iter().filter(|f| place.contains_key(&f.exam)) {
        let course = courses.remove(&(f.exam.clone(), f.no)).unwrap_or_default();
        findings.push(CollectedFinding {
            exam: f.exam,
            no: f.no,
            number: f.number,
            title: f.title,
            kind: f.kind,
            severity: f.severity,
            status: f.status,
            clauses: f.clauses,
            due: f.due,
            owner: f.owner,
            last_result: f.last_result,
            repeat_of: f.repeat_of,
            course,
        });
    }
    findings.sort_by_key(|f| (place.get(&f.exam).copied(), f.no));
    Ok(Collection { exams, findings })
}

/// What is looked at, read from a request.
pub(super) struct Choice {
    years: (Option<i16>, Option<i16>),
    firm: String,
    /// Code of a document and title of a chapter; either may be empty.
    place: (String, String),
    severity: Option<Severity>,
    pub(super) status: Option<FindingStatus>,
    pub(super) as_of: Date,
    /// Clauses of the chapter, where one is chosen.
    chapter: Option<BTreeSet<ClauseId>>,
}

impl Choice {
    /// Reads a request.
    ///
    /// # Errors
    /// `bad_date`, `bad_years` when they end before they begin, `unknown_document`, `unknown_chapter`.
    pub(super) fn of(desk: &Desk, request: &HeadquartersRequest) -> Result<Self, AppError> {
        let bundle = &desk.law.bundle;
        let text = |t: &str| t.trim().to_owned();
        let (document, chapter) = (text(&request.document), text(&request.chapter));
        let as_of = dates::read_optional("計算逾期之基準日", &request.as_of)?;
        if let (Some(from), Some(to)) = (request.from_year, request.to_year)
            && from > to
        {
            return Err(AppError::new("bad_years"));
        }
        if !document.is_empty() && bundle.document(&document).is_none() {
            return Err(AppError::new("unknown_document").with("field", document));
        }
        let within = (!chapter.is_empty()).then(|| clauses_of(bundle, &document, &chapter));
        if within.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(AppError::new("unknown_chapter").with("field", chapter));
        }
        Ok(Self {
            years: (request.from_year, request.to_year),
            firm: text(&request.firm),
            place: (document, chapter),
            severity: request.severity.map(Into::into),
            status: request.status.map(Into::into),
            as_of: as_of.unwrap_or_else(|| desk.host.now().date()),
            chapter: within,
        })
    }

    /// What was chosen, for machines; what was not is not said.
    pub(super) fn in_codes(&self) -> Vec<(String, String)> {
        let year = |y: Option<i16>| y.map(|y| y.to_string()).unwrap_or_default();
        let codes = [
            ("from_year", year(self.years.0)),
            ("to_year", year(self.years.1)),
            ("firm", self.firm.clone()),
            ("document", self.place.0.clone()),
            ("chapter", self.place.1.clone()),
            ("severity", self.severity.map_or("", severity_code).to_owned()),
            ("status", self.status.map_or("", finding_status_code).to_owned()),
        ];
        said(codes)
    }

    /// What was chosen, in words; what was not is not said.
    pub(super) fn in_words(&self, bundle: &Bundle, scale: &SeverityScale) -> Vec<(String, String)> {
        let roc = |y: Option<i16>| y.map_or_else(String::new, |y| format!("民國{}年", i32::from(y) - 1911));
        let years = match self.years {
            (None, None) => String::new(),
            (from, to) => format!("{}至{}", roc(from), roc(to)),
        };
        let title = bundle.document(&self.place.0).map_or("", |d| &d.title);
        let words = [
            ("年度", years),
            ("受查單位名稱含", self.firm.clone()),
            ("規範", title.to_owned()),
            ("章節", self.place.1.clone()),
            ("嚴重程度", self.severity.map_or("", |s| scale.word(s)).to_owned()),
            ("狀態", self.status.map_or("", finding_status).to_owned()),
        ];
        said(words)
    }

    /// Whether a clause belongs to what is looked at.
    fn takes(&self, clause: &ClauseId) -> bool {
        (self.place.0.is_empty() || clause.doc() == self.place.0)
            && self.chapter.as_ref().is_none_or(|within| within.contains(clause))
    }

    fn takes_exam(&self, exam: &CollectedExam) -> bool {
        let year = exam.as_of.year();
        self.years.0.is_none_or(|from| from <= year)
            && self.years.1.is_none_or(|to| year <= to)
            && norm_firm(&exam.firm).contains(&norm_firm(&self.firm))
    }

    fn takes_finding(&self, f: &CollectedFinding) -> bool {
        self.severity.is_none_or(|s| f.severity == s) && self.status.is_none_or(|s| f.status == s)
    }

    /// Whether it is narrower than a whole exam.
    fn is_narrow(&self) -> bool {
        !self.place.0.is_empty() || self.chapter.is_some()
    }

    /// The part of a collection that is looked at. Of a finding only the clauses that belong to it are left.
    pub(super) fn part_of(&self, whole: Collection) -> Part {
        let Collection { mut exams, findings: all } = whole;
        exams.retain(|e| self.takes_exam(e));
        let ids: BTreeSet<&ExamId> = exams.iter().map(|e| &e.id).collect();
        let mut findings: Vec<CollectedFinding> =
            all.iter().filter(|f| ids.contains(&f.exam) && self.takes_finding(f)).cloned().collect();
        if self.is_narrow() {
            for known in exams.iter_mut().filter_map(|e| e.known.as_mut()) {
                let (document, chapter) = (&self.place.0, &self.place.1);
                known.chapters.retain(|c| {
                    (document.is_empty() || c.document == *document)
                        && (chapter.is_empty() || c.chapter == *chapter)
                });
                known.clauses.values_mut().for_each(|clauses| clauses.retain(|c| self.takes(c)));
                known.clauses.retain(|_, clauses| !clauses.is_empty());
            }
            findings.iter_mut().for_each(|f| f.clauses.retain(|c| self.takes(c)));
            findings.retain(|f| !f.clauses.is_empty());
        }
        Part { looked_at: Collection { exams, findings }, all }
    }
}

/// What is looked at, and every finding of the vault: what one of them repeats may lie outside.
pub(super) struct Part {
    pub(super) looked_at: Collection,
    pub(super) all: Vec<CollectedFinding>,
}

fn said<const N: usize>(pairs: [(&str, String); N]) -> Vec<(String, String)> {
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(n, value)| (n.to_owned(), value)).collect()
}

fn clauses_of(bundle: &Bundle, document: &str, chapter: &str) -> BTreeSet<ClauseId> {
    let documents = bundle.documents.iter().filter(|d| document.is_empty() || d.code == document);
    let chapters = documents.flat_map(|d| &d.chapters).filter(|c| c.title == chapter);
    chapters.flat_map(|c| c.clauses.iter().map(|k| k.id.clone())).collect()
}
