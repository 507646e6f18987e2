//! What the papers and the report of one exam say: one value, assembled by whoever owns the exam.

use fieldbook_model::{
    Answer, Clause, DatasetDef, Decision, Exam, ExceptionRow, Finding, ImportBatch, Moment, Procedure, Run,
};

/// Everything that the outputs of one exam say. Nothing else reaches them: no clock, no store.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The exam: firm, case number, as-of date, period, examiners.
    pub exam: Exam,
    /// 查核單位, the authority whose paper it is.
    pub organisation: String,
    /// 編製人.
    pub prepared_by: String,
    /// Print time; also the creation date inside the files.
    pub printed_at: Moment,
    /// Whether it is a draft (草稿 is printed on every page).
    pub draft: bool,
    /// 依據版本: the documents that clauses are quoted from.
    pub documents: Vec<DocumentHead>,
    /// Dataset definitions, for the zh-TW names of datasets and columns; an unknown key is printed as it is.
    pub datasets: Vec<DatasetDef>,
    /// The examined items, in document order.
    pub items: Vec<ItemLine>,
    /// 資料收受清單, in the order of import.
    pub files: Vec<ImportBatch>,
    /// Procedures, each with its latest run.
    pub tests: Vec<TestPaper>,
    /// Findings by number. Withdrawn ones are listed in the working papers and left out of the report.
    pub findings: Vec<FindingPaper>,
    /// The journal's size and root, printed as the report's checkpoint.
    pub checkpoint: Option<(u64, String)>,
}

/// The head of a regulation document: what a citation must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentHead {
    /// Code (`COL`).
    pub code: String,
    /// Full title.
    pub title: String,
    /// Where the title is inferred: says so in zh-TW.
    pub title_note: Option<String>,
    /// Issuing authority.
    pub issuer: String,
    /// 依據版本.
    pub edition: String,
}

/// One clause of the exam with its applicability and the answers given so far.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemLine {
    /// Clause.
    pub clause: Clause,
    /// Whether and why it applies.
    pub decision: Decision,
    /// Answers, by unit and system. Empty: 未查核.
    pub answers: Vec<Answer>,
    /// Title of the clause's chapter.
    pub chapter_title: String,
}

/// A procedure with its latest run.
#[derive(Debug, Clone, PartialEq)]
pub struct TestPaper {
    /// Procedure.
    pub procedure: Procedure,
    /// Latest run.
    pub run: Run,
    /// The run's rows.
    pub exceptions: Vec<ExceptionRow>,
    /// The clauses that the procedure tests, in full.
    pub criteria: Vec<Clause>,
    /// Runs before this one, which stay in the exam.
    pub previous_runs: u64,
    /// SHA-256 over the rows as they are kept, lower-case hex.
    pub rows_sha256: String,
    /// What it takes to run it again from the original files, for a machine; empty where nothing was kept.
    pub record: String,
}

/// A finding with what it quotes and rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingPaper {
    /// Finding.
    pub finding: Finding,
    /// Its clauses in full; their editions are those of [`Dossier::documents`].
    pub criteria: Vec<Clause>,
    /// The linked rows.
    pub rows: Vec<ExceptionRow>,
    /// Working papers that it refers to (`T-COL-05`).
    pub paper_refs: Vec<String>,
}

impl Dossier {
    /// The document of this code.
    #[must_use]
    pub fn document(&self, code: &str) -> Option<&DocumentHead> {
        self.documents.iter().find(|d| d.code == code)
    }

    /// The paper of this procedure.
    #[must_use]
    pub fn test(&self, procedure: &str) -> Option<&TestPaper> {
        self.tests.iter().find(|t| t.procedure.id == procedure)
    }

    /// zh-TW name of a dataset, or its key.
    #[must_use]
    pub fn dataset_zh<'a>(&'a self, key: &'a str) -> &'a str {
        self.datasets.iter().find(|d| d.key == key).map_or(key, |d| &d.zh)
    }
}
