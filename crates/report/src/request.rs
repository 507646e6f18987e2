//! What is asked of a firm, and what an examiner takes along: the values of papers that are made before there is
//! anything to report.

use crate::{DocumentHead, ItemLine};
use fieldbook_model::{
    ClauseId, CountState, DatasetDef, Device, DrawnSample, FieldSheet, FileRecord, Moment, Period,
};
use jiff::civil::Date;

/// The head that these papers share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamHead {
    /// 受查單位.
    pub firm: String,
    /// 查核案號, may be empty.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: Date,
    /// 查核期間.
    pub period: Period,
    /// 查核人員.
    pub examiners: Vec<String>,
    /// 查核單位.
    pub organisation: String,
}

/// The sampling sheet (抽樣工作表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePaper {
    /// Head.
    pub head: ExamHead,
    /// The sample.
    pub sample: DrawnSample,
    /// Name of the dataset.
    pub dataset: String,
    /// Name of the method.
    pub method: String,
    /// How to draw it again, in words.
    pub recipe: String,
    /// Name of the column of the strata.
    pub stratum: Option<String>,
    /// Name of the column of the amounts.
    pub amount: Option<String>,
    /// What tells each row from others, in the order of the rows.
    pub contents: Vec<String>,
    /// Print time.
    pub printed_at: Moment,
}

impl SamplePaper {
    /// 抽樣編號 (`S-001`).
    #[must_use]
    pub fn number(&self) -> String {
        format!("S-{:03}", self.sample.id)
    }
}

/// A device of the equipment count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountLine {
    /// As it was seen, else as the lists have it.
    pub device: Device,
    /// As filed.
    pub filed: Option<Device>,
    /// As the ledger has it.
    pub ledger: Option<Device>,
    /// What was seen; `None` so far.
    pub state: Option<CountState>,
    /// Where it is not as filed: `rack`, `u_pos`, `owner`.
    pub differs: Vec<String>,
    /// 備註.
    pub note: String,
}

impl CountLine {
    /// The note with what differs in front of it.
    #[must_use]
    pub fn remarks(&self) -> String {
        let word = |key: &String| match key.as_str() {
            "rack" => "機櫃與申報不符",
            "u_pos" => "U 位與申報不符",
            _ => "擁有者與申報不符",
        };
        let mut parts: Vec<&str> = self.differs.iter().map(word).collect();
        parts.extend((!self.note.is_empty()).then_some(self.note.as_str()));
        parts.join("；")
    }
}

/// The sheet of the equipment count (主機共置設備盤點表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountPaper {
    /// 底稿編號: the procedure that reads the count.
    pub paper: String,
    /// Head.
    pub head: ExamHead,
    /// Rows of the list that was filed.
    pub filed: u64,
    /// Rows of the ledger.
    pub ledger: u64,
    /// The devices in their order.
    pub lines: Vec<CountLine>,
    /// Print time.
    pub printed_at: Moment,
}

/// The request list (調閱資料清單).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestList {
    /// Head.
    pub head: ExamHead,
    /// 提供期限; `None` where it is told separately.
    pub due: Option<Date>,
    /// Print time.
    pub printed_at: Moment,
    /// 依據版本 of the documents that are cited.
    pub documents: Vec<DocumentHead>,
    /// What is asked for, in order.
    pub lines: Vec<RequestLine>,
    /// 待補資料: what is still awaited from earlier requests.
    pub awaited: Vec<AwaitedLine>,
}

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// 編號.
    pub no: u32,
    /// 資料名稱.
    pub name: String,
    /// Dataset key; empty where it is no dataset.
    pub dataset: String,
    /// 對應條文: id and label.
    pub clauses: Vec<(ClauseId, String)>,
    /// Ids of the procedures that read it.
    pub procedures: Vec<String>,
    /// 期間, in words.
    pub period: String,
    /// 格式要求 (`可用欄位範本：D01 帳號清冊.xlsx`).
    pub format: String,
    /// zh-TW names of the columns that are required.
    pub columns: Vec<String>,
    /// 備註.
    pub remark: String,
}

/// The receipt for what the firm handed over (資料收受清單).
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Head.
    pub head: ExamHead,
    /// Dataset definitions, for their zh-TW names.
    pub datasets: Vec<DatasetDef>,
    /// Files in the order in which they came, those whose import was taken back too.
    pub files: Vec<ReceivedPaper>,
    /// Print time.
    pub printed_at: Moment,
}

/// A file that the firm handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedPaper {
    /// The file with what was read of its sheets.
    pub file: FileRecord,
    /// Who handed it over; empty where nobody was named.
    pub received_from: String,
    /// When it was taken in.
    pub at: Moment,
    /// Whether its import was taken back.
    pub undone: bool,
    /// For each of its sheets the number of the batch that replaced its rows.
    pub replaced_by: Vec<Option<i64>>,
}

/// Something that the firm still owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedLine {
    /// Label of the clause.
    pub label: String,
    /// Clause.
    pub clause: ClauseId,
    /// System, or empty.
    pub system: String,
    /// What is awaited.
    pub what: String,
    /// Examiner who awaits it.
    pub by: String,
}

/// A sheet for the machine room, to be printed and filled in by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldSheetPaper {
    /// Head.
    pub head: ExamHead,
    /// The sheet.
    pub sheet: FieldSheet,
    /// The exam's items; those of the sheet's clauses are printed, in its order.
    pub lines: Vec<ItemLine>,
    /// Print time.
    pub printed_at: Moment,
    /// 草稿.
    pub draft: bool,
}

/// Whom a blank dataset workbook is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateHead {
    /// 受查單位, may be empty.
    pub firm: String,
    /// 查核案號, may be empty.
    pub case_no: String,
    /// 查核單位.
    pub organisation: String,
    /// Time that the file says it was made at.
    pub printed_at: Moment,
}

/// What the data dictionary (資料字典) is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Dictionary {
    /// Every dataset, in the order in which it is listed.
    pub datasets: Vec<DatasetDef>,
    /// Texts that are read as nothing.
    pub missing: Vec<String>,
    /// Texts that are read as never, in columns of dates.
    pub never: Vec<String>,
    /// What the definitions are part of (`查核簿 0.1.0`).
    pub made_from: String,
    /// Print time.
    pub printed_at: Moment,
}
