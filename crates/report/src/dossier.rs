//! What the papers and the report of one exam say: one value, assembled by whoever owns the exam.

use crate::{CountPaper, ReceivedPaper, RequestList, SamplePaper};
use fieldbook_model::{
    Answer, ChapterFigures, Clause, CustodyEntry, DatasetDef, Decision, EarlierFinding, Evidence, Exam,
    ExceptionRow, Finding, FindingStatus, FindingType, FollowUp, ImportBatch, Moment, Procedure,
    Qualification, Reopening, Reply, ReviewNote, Run, Severity, SeverityScale, SignOff, TeamMember,
};
use jiff::civil::Date;

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
    /// The same as a signed note, line by line; empty where nobody signed it.
    pub checkpoint_note: String,
    /// How the organisation words the grades of 嚴重程度.
    pub scale: SeverityScale,
    /// 離場會議, as the organisation calls it.
    pub exit_meeting: String,
    /// 受查單位概況.
    pub facts: Vec<FactLine>,
    /// 調閱資料清單, as it would be asked for now.
    pub requests: Option<RequestList>,
    /// Files in the order in which they came, those whose import was taken back too.
    pub received: Vec<ReceivedPaper>,
    /// 抽樣工作表, by number.
    pub samples: Vec<SamplePaper>,
    /// 設備盤點; `None` where nothing was counted.
    pub count: Option<CountPaper>,
    /// 證據索引, by number.
    pub evidence: Vec<Evidence>,
    /// 監管鏈 of the evidence, by piece, then in the order of recording.
    pub custody: Vec<CustodyEntry>,
    /// Who examines, and what that asks for.
    pub team: TeamPaper,
    /// 覆核意見, by number.
    pub notes: Vec<ReviewNote>,
    /// Signatures, by paper. Papers that nobody signed are not in it.
    pub signed: Vec<SignedPaper>,
    /// The firm's last exam before this one, where the vault has it.
    pub earlier: Option<EarlierExam>,
    /// The working papers that were made together with the document, by number; empty where none were.
    pub paper_hashes: Vec<PaperHash>,
}

/// The fingerprint of a working paper's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperHash {
    /// 底稿編號.
    pub paper: String,
    /// Title.
    pub title: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
}

/// One fact about the firm, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// Heading of its group.
    pub group: String,
    /// Question.
    pub question: String,
    /// Answer (`是`, `未確認`).
    pub value: String,
    /// 依據／來源.
    pub basis: String,
    /// Who recorded it; empty where nobody did.
    pub by: String,
    /// When.
    pub at: Option<Moment>,
}

/// The team with what it must be able to do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TeamPaper {
    /// The qualifications that are looked at, in order.
    pub kinds: Vec<Qualification>,
    /// Members.
    pub members: Vec<TeamMember>,
    /// What is missing, a sentence each; empty when nothing is.
    pub gaps: Vec<String>,
}

/// The signatures of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPaper {
    /// 底稿編號, or [`fieldbook_model::WHOLE_EXAM`].
    pub paper: String,
    /// Version that it has now, from 1.
    pub version: u32,
    /// Every signature, those of earlier versions too, oldest first.
    pub signatures: Vec<SignOff>,
    /// Why earlier versions were opened again, oldest first.
    pub reopenings: Vec<Reopening>,
}

impl SignedPaper {
    /// The signature in this role over the version of now.
    #[must_use]
    pub fn by(&self, role: fieldbook_model::SignRole) -> Option<&SignOff> {
        self.signatures.iter().rev().find(|s| s.version == self.version && s.role == role)
    }
}

/// What the firm's last exam found.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierExam {
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: Date,
    /// Results by chapter.
    pub chapters: Vec<ChapterFigures>,
    /// Its findings that were not withdrawn.
    pub findings: Vec<FindingFigure>,
}

/// A finding as figures count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingFigure {
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// Type.
    pub kind: FindingType,
    /// Severity.
    pub severity: Severity,
    /// Status.
    pub status: FindingStatus,
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
    /// The pieces of evidence that it rests on.
    pub evidence: Vec<Evidence>,
    /// The firm's latest reply.
    pub reply: Option<Reply>,
    /// Follow-up reviews, oldest first.
    pub follow_ups: Vec<FollowUp>,
    /// The findings that it repeats, the latest first.
    pub chain: Vec<EarlierFinding>,
    /// How a later run differs from the counts in its words: `(exceptions, population)` now.
    pub changed: Option<(u64, u64)>,
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
