//! 查核符號: marks that say what was done about a figure or a row, and the legend that explains them.

use crate::doc::{Align, Cell, Table};
use fieldbook_model::{DispositionKind, ExceptionRow, Method, RuleVerdict, RunVerdict};

/// A tick mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// 與原始憑證相符.
    Agreed,
    /// 加總無誤.
    Footed,
    /// 已檢視文件.
    Inspected,
    /// 例外.
    Exception,
    /// 訪談確認.
    Interview,
    /// 不適用.
    NotApplicable,
    /// 待補資料.
    Awaited,
    /// 重新執行.
    Reperformed,
}

impl Tick {
    /// All marks, in the order of a legend.
    pub const ALL: [Self; 8] = [
        Self::Agreed,
        Self::Footed,
        Self::Inspected,
        Self::Exception,
        Self::Interview,
        Self::NotApplicable,
        Self::Awaited,
        Self::Reperformed,
    ];

    /// The mark as printed.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Agreed => "✓",
            Self::Footed => "∧",
            Self::Inspected => "⊙",
            Self::Exception => "※",
            Self::Interview => "◇",
            Self::NotApplicable => "N/A",
            Self::Awaited => "△",
            Self::Reperformed => "R",
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Agreed => "與原始憑證相符",
            Self::Footed => "加總無誤",
            Self::Inspected => "已檢視文件",
            Self::Exception => "例外（見缺失）",
            Self::Interview => "訪談確認",
            Self::NotApplicable => "不適用",
            Self::Awaited => "待補資料",
            Self::Reperformed => "重新執行",
        }
    }

    /// `R 重新執行`.
    pub fn named(self) -> String {
        format!("{} {}", self.glyph(), self.meaning())
    }

    /// What a method of examination leaves behind; some have no mark of their own.
    pub fn of_method(method: Method) -> Option<Self> {
        match method {
            Method::Interview => Some(Self::Interview),
            Method::Inspection => Some(Self::Inspected),
            Method::Reperformance | Method::Caat => Some(Self::Reperformed),
            Method::Observation | Method::Sampling => None,
        }
    }

    /// What became of an exception: confirmed, or still to be cleared up. Others carry no mark.
    pub fn of_row(row: &ExceptionRow) -> Option<Self> {
        match row.disposition.as_ref().map(|d| d.kind) {
            Some(DispositionKind::Confirmed) => Some(Self::Exception),
            Some(DispositionKind::Open) => Some(Self::Awaited),
            Some(DispositionKind::Explained | DispositionKind::FalsePositive) => None,
            None => (row.verdict == RuleVerdict::Unknown).then_some(Self::Awaited),
        }
    }

    /// What was done by a run.
    pub fn of_run(verdict: RunVerdict) -> Self {
        match verdict {
            RunVerdict::Exceptions | RunVerdict::Pass => Self::Reperformed,
            RunVerdict::Unknown | RunVerdict::NotRunnable => Self::Awaited,
            RunVerdict::NotApplicable => Self::NotApplicable,
        }
    }
}

/// The legend in one line.
pub fn line() -> String {
    let all: Vec<_> = Tick::ALL.iter().map(|t| t.named()).collect();
    format!("查核符號：{}", all.join("　"))
}

/// The legend as a table.
pub fn legend() -> Table {
    table("查核符號", &Tick::ALL.map(|t| (t.glyph(), t.meaning())))
}

/// Marks and their meanings, two a line.
pub fn table(title: &str, marks: &[(&str, &str)]) -> Table {
    let columns = [
        (title, 10, Align::Center),
        ("意義", 36, Align::Left),
        (title, 10, Align::Center),
        ("意義", 36, Align::Left),
    ];
    let rows = marks.chunks(2).map(|pair| {
        let mut cells: Vec<_> =
            pair.iter().flat_map(|(mark, word)| [Cell::text(*mark), Cell::text(*word)]).collect();
        cells.resize(4, Cell::text(""));
        cells
    });
    Table::new(&columns).with_rows(rows)
}
