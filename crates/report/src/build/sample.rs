//! The sampling sheet: what was drawn and how, with empty columns for what is found. It is imported again as it is.

use crate::SamplePaper;
use crate::doc::{Align, Body, Cell, Pair, Sheet, Table, Workbook};
use fieldbook_model::RocDate;

/// Title.
pub const TITLE: &str = "抽樣工作表";

/// The workbook.
pub fn workbook(paper: &SamplePaper) -> Workbook {
    let sample = &paper.sample;
    let head = &paper.head;
    let option = |name: &str, value: &Option<String>| value.as_ref().map(|v| Pair::new(name, v));
    let mut pairs = vec![
        Pair::new("受查單位", &head.firm),
        Pair::new("查核基準日", RocDate(head.as_of).to_string()),
        Pair::new("抽樣編號", paper.number()),
        Pair::new("母體", format!("{}，{} 列", paper.dataset, sample.population)),
        Pair::new("抽樣方法", &paper.method),
        Pair::new("樣本數", sample.rows.len().to_string()),
        Pair::new("種子", sample.seed.to_string()),
        Pair::new("演算法", format!("{}：{}", sample.algorithm, paper.recipe)),
        Pair::new("母體雜湊", &sample.population_sha256),
    ];
    pairs.extend(option("分層欄位", &paper.stratum));
    pairs.extend(option("金額欄位", &paper.amount));
    if !sample.purpose.is_empty() {
        pairs.push(Pair::new("抽樣目的", &sample.purpose));
    }
    pairs.push(Pair::new("抽樣人員", &sample.by));
    let remarks = vec![
        "請於「查核結果」填 符合、不符 或 無法查核，並填說明、佐證、查核人員及查核日期；填妥後整張匯入。"
            .to_owned(),
        "判斷抽樣之結果不得推論至母體。".to_owned(),
    ];
    Workbook {
        paper: paper.number(),
        title: TITLE.to_owned(),
        authority: head.organisation.clone(),
        subject: head.firm.clone(),
        printed_at: paper.printed_at,
        draft: false,
        sheets: vec![Sheet {
            name: TITLE.to_owned(),
            title: TITLE.to_owned(),
            head: pairs,
            body: Body::list(remarks, table(paper)),
        }],
    }
}

fn table(paper: &SamplePaper) -> Table {
    let sample = &paper.sample;
    let rows = sample.rows.iter().zip(&paper.contents).map(|(row, content)| {
        let empty = || Cell::text("");
        vec![
            Cell::text(paper.number()),
            Cell::Ordinal(u64::from(row.no)),
            Cell::text(&row.source.file),
            Cell::text(&row.source.sheet),
            Cell::Ordinal(u64::from(row.source.row)),
            Cell::text(content),
            Cell::text(&row.why),
            Cell::text(&paper.method),
            Cell::Ordinal(sample.rows.len() as u64),
            Cell::Ordinal(sample.population),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
        ]
    });
    let (left, right) = (Align::Left, Align::Right);
    Table::new(&[
        ("抽樣編號", 10, left),
        ("序號", 6, right),
        ("來源檔案", 28, left),
        ("來源工作表", 14, left),
        ("來源列號", 9, right),
        ("樣本內容", 44, left),
        ("抽取理由", 22, left),
        ("抽樣方法", 10, left),
        ("樣本數", 8, right),
        ("母體數", 10, right),
        ("查核結果", 12, left),
        ("說明", 30, left),
        ("佐證", 16, left),
        ("查核人員", 12, left),
        ("查核日期", 12, left),
    ])
    .with_rows(rows)
}
