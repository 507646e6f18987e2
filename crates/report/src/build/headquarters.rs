//! 總部: exams of many firms compared, a sheet for each table.

use super::{ids, or_dash};
use crate::doc::{Align, Block, Body, Cell, Pair, Sheet, Table, Tone, Workbook};
use crate::headquarters::{
    ClauseFigures, FirmFigures, Headquarters, HeadquartersHead, Overdue, Repeated, Results, Share,
    YearFigures,
};
use crate::words;
use fieldbook_model::{FirmClass, FirmGrade, FirmKind, FirmLine, ItemResult, RocDate, Severity};
use jiff::civil::Date;

/// Title.
pub const TITLE: &str = "總部彙整";

/// How a share is reckoned, said wherever one stands.
const BASE: &str = "符合率＝符合 ÷（符合＋部分符合＋不符合）；無法取得資料、不適用及未查核之項目不計入，另列於「無資料或未查核」。";
/// Which findings count.
const COUNTED: &str = "查核發現以已定稿且未撤銷者計；尚未結案及逾期以缺失及建議事項計。";

/// The workbook.
pub fn workbook(figures: &Headquarters, head: &HeadquartersHead) -> Workbook {
    let sheet = |name: &str, body| Sheet {
        name: name.to_owned(),
        title: format!("{TITLE}　{name}"),
        head: chosen(head),
        body,
    };
    let list = |name: &str, remarks: &[&str], table| {
        sheet(name, Body::list(remarks.iter().map(|r| (*r).to_owned()).collect(), table))
    };
    Workbook {
        paper: String::new(),
        title: TITLE.to_owned(),
        authority: head.organisation.clone(),
        subject: TITLE.to_owned(),
        printed_at: head.printed_at,
        draft: false,
        sheets: vec![
            sheet("總覽", Body::Form(overview(figures, head))),
            list(
                "受查單位比較",
                &["項目數及符合率為各受查單位最近一案之結果；查核發現為各案合計。", BASE, COUNTED],
                firms(figures, head),
            ),
            list(
                "常見缺失條文",
                &[
                    "年度為查核基準日之年度；「未完全符合」為該年度判定該條文之查核案中，部分符合或不符合者。",
                    COUNTED,
                ],
                clauses(figures),
            ),
            list("重複缺失", &["由最近一次發現起，依序列出其所重複之前次發現。"], repeats(figures, head)),
            list(
                "逾期改善措施",
                &["受查單位已回覆、預計完成日早於基準日而尚未改善者。"],
                overdue(figures, head),
            ),
            list("年度趨勢", &["年度為查核基準日之年度。", BASE, COUNTED], years(figures, head)),
        ],
    }
}

fn chosen(head: &HeadquartersHead) -> Vec<Pair> {
    let day = Pair::new("計算逾期之基準日", RocDate(head.as_of).to_string());
    let organisation = Pair::new("查核單位", or_dash(&head.organisation));
    [organisation, day]
        .into_iter()
        .chain(head.chosen.iter().map(|(name, value)| Pair::new(name, value)))
        .collect()
}

fn overview(figures: &Headquarters, head: &HeadquartersHead) -> Vec<Block> {
    let t = &figures.totals;
    let count =
        |name: &str, n: u64, unit: &str| Pair::new(name, format!("{} {unit}", Cell::Count(n).printed()));
    let pairs = vec![
        count("查核案", t.exams, "案"),
        count("受查單位", t.firms, "家"),
        count("尚未彙整結果之查核案", t.unknown_exams, "案"),
        Pair::new("已查核項目", of(t.results.examined())),
        Pair::new("符合率", percent_of(t.results.compliant())),
        count("無資料或未查核", t.results.unknown(), "項"),
        count("查核發現", t.findings, "則"),
        count("未定稿、未計入之發現", t.drafts, "則"),
        count("尚未結案", t.open, "則"),
        count("逾期改善措施", t.overdue, "則"),
        count("未定預計完成日", t.undated, "則"),
        count("重複缺失", t.repeats, "則"),
    ];
    let left = Align::Left;
    let right = Align::Right;
    let rows = figures.grades.iter().map(|g| {
        vec![
            words::severity(&head.scale, g.severity),
            Cell::Count(g.findings),
            Cell::Count(g.closed),
            Cell::Count(g.open),
            Cell::Count(g.overdue),
        ]
    });
    let table = Table::new(&[
        ("嚴重程度", 16, left),
        ("缺失及建議", 14, right),
        ("結案", 14, right),
        ("未結案、未逾期", 16, right),
        ("逾期", 14, right),
    ]);
    vec![
        Block::Pairs(pairs),
        Block::paragraph(BASE),
        Block::paragraph(COUNTED),
        Block::heading(3, "改善情形"),
        Block::Table(table.with_rows(rows)),
    ]
}

/// 業別、類別與級別 in one cell.
pub fn kind(kind: FirmKind) -> String {
    let line = kind.line.map_or("業別未確認", |line| match line {
        FirmLine::Securities => "證券商",
        FirmLine::Futures => "期貨商",
        FirmLine::Both => "證券及期貨",
        FirmLine::OtherFutures => "其他期貨業",
        FirmLine::Neither => "其他",
    });
    let class = kind.class.map(|class| match class {
        FirmClass::First => "第一類",
        FirmClass::Other => "非第一類",
    });
    let grade = kind.grade.map(|grade| match grade {
        FirmGrade::First => "第一級",
        FirmGrade::Second => "第二級",
        FirmGrade::Third => "第三級",
        FirmGrade::Fourth => "第四級",
        FirmGrade::Fifth => "第五級",
    });
    [Some(line), class, grade].into_iter().flatten().collect::<Vec<_>>().join("、")
}

fn of(share: Share) -> String {
    format!("{}／{}", Cell::Count(share.n).printed(), Cell::Count(share.of).printed())
}

/// `80.0%`; of nothing a dash.
fn percent(share: Share) -> String {
    share.permille().map_or_else(|| "–".to_owned(), |p| format!("{}.{}%", p / 10, p % 10))
}

fn percent_of(share: Share) -> String {
    match share.of {
        0 => "–（無已判定之項目）".to_owned(),
        _ => format!("{}（{}）", percent(share), of(share)),
    }
}

fn roc_year(year: i16) -> Cell {
    Cell::Ordinal(u64::try_from(year - 1911).unwrap_or_default())
}

fn grades(head: &HeadquartersHead) -> Vec<String> {
    Severity::ALL.iter().map(|s| head.scale.word(*s).to_owned()).collect()
}

/// Columns and cells of results: examined, met, judged, their share, unknown. What was not collected is said to be so.
const RESULTS: [(&str, u16, Align); 6] = [
    ("適用及待確認", 12, Align::Right),
    ("已查核", 10, Align::Right),
    ("符合", 10, Align::Right),
    ("已判定", 10, Align::Right),
    ("符合率", 10, Align::Right),
    ("無資料或未查核", 12, Align::Right),
];

fn results(of: Option<&Results>) -> Vec<Cell> {
    let Some(r) = of else {
        let unknown = || Cell::Mark("? 未彙整".to_owned(), Tone::Unknown);
        return std::iter::repeat_with(unknown).take(RESULTS.len()).collect();
    };
    vec![
        Cell::Count(r.items()),
        Cell::Count(r.examined().n),
        Cell::Count(r.having(ItemResult::Compliant)),
        Cell::Count(r.compliant().of),
        Cell::text(percent(r.compliant())),
        Cell::Count(r.unknown()),
    ]
}

fn firms(figures: &Headquarters, head: &HeadquartersHead) -> Table {
    let grades = grades(head);
    let mut columns = vec![
        ("受查單位", 26, Align::Left),
        ("業別、類別、級別", 22, Align::Left),
        ("查核案", 8, Align::Right),
    ];
    columns.extend([("最近一案", 18, Align::Left), ("基準日", 12, Align::Left)]);
    columns.extend(RESULTS);
    columns.extend(grades.iter().map(|word| (word.as_str(), 8, Align::Right)));
    columns.extend([("未結案", 8, Align::Right), ("逾期", 8, Align::Right), ("重複", 8, Align::Right)]);
    let row = |f: &FirmFigures| {
        let mut cells = vec![
            Cell::text(&f.firm),
            Cell::text(kind(f.kind)),
            Cell::Count(f.exams),
            Cell::text(or_dash(&f.last_case_no)),
            day(f.last_as_of),
        ];
        cells.extend(results(f.results.as_ref()));
        cells.extend(f.by_severity.map(Cell::Count));
        cells.extend([f.open, f.overdue, f.repeats].map(Cell::Count));
        cells
    };
    Table::new(&columns).with_rows(figures.firms.iter().map(row))
}

fn day(date: Date) -> Cell {
    Cell::text(RocDate(date).dotted())
}

fn clauses(figures: &Headquarters) -> Table {
    let (left, right) = (Align::Left, Align::Right);
    let row = |c: &ClauseFigures| {
        vec![
            roc_year(c.year),
            Cell::text(c.clause.as_str()),
            Cell::text(or_dash(&c.label)),
            Cell::text(&c.document),
            Cell::Count(c.firms),
            Cell::Count(c.exams),
            Cell::Count(c.findings),
            Cell::Count(c.failed.n),
            Cell::Count(c.failed.of),
            Cell::text(percent(c.failed)),
        ]
    };
    Table::new(&[
        ("年度", 8, right),
        ("條文", 14, left),
        ("條次", 20, left),
        ("規範", 40, left),
        ("受查單位", 10, right),
        ("查核案", 10, right),
        ("發現", 10, right),
        ("未完全符合", 12, right),
        ("已判定", 10, right),
        ("比率", 10, right),
    ])
    .with_rows(figures.clauses.iter().map(row))
}

fn repeats(figures: &Headquarters, head: &HeadquartersHead) -> Table {
    let left = Align::Left;
    let row = |r: &Repeated| {
        let said = |e: &fieldbook_model::EarlierFinding| {
            let on = e.found_on.map_or_else(|| "日期不詳".to_owned(), |d| RocDate(d).dotted());
            format!("{}　{}（{on}）", e.number, e.title)
        };
        vec![
            Cell::text(&r.firm),
            Cell::Count(r.chain.len() as u64),
            words::severity(&head.scale, r.severity),
            Cell::text(words::finding_status(r.status)),
            Cell::text(ids(&r.clauses)),
            Cell::text(r.chain.iter().map(said).collect::<Vec<_>>().join("\n")),
        ]
    };
    Table::new(&[
        ("受查單位", 26, left),
        ("次數", 8, Align::Right),
        ("嚴重程度", 12, left),
        ("狀態", 12, left),
        ("條文", 24, left),
        ("各次發現", 70, left),
    ])
    .with_rows(figures.repeats.iter().map(row))
}

fn overdue(figures: &Headquarters, head: &HeadquartersHead) -> Table {
    let left = Align::Left;
    let row = |o: &Overdue| {
        vec![
            Cell::Count(u64::from(o.days)),
            day(o.due),
            Cell::text(&o.firm),
            Cell::text(&o.number),
            Cell::text(&o.title),
            words::severity(&head.scale, o.severity),
            Cell::text(words::finding_status(o.status)),
            Cell::text(or_dash(&o.owner)),
        ]
    };
    Table::new(&[
        ("逾期日數", 10, Align::Right),
        ("預計完成日", 14, left),
        ("受查單位", 26, left),
        ("缺失編號", 22, left),
        ("標題", 44, left),
        ("嚴重程度", 12, left),
        ("狀態", 12, left),
        ("負責人", 16, left),
    ])
    .with_rows(figures.overdue.iter().map(row))
}

fn years(figures: &Headquarters, head: &HeadquartersHead) -> Table {
    let (grades, right) = (grades(head), Align::Right);
    let mut columns =
        vec![("年度", 8, right), ("查核案", 8, right), ("受查單位", 10, right), ("未彙整之案", 12, right)];
    columns.extend(RESULTS);
    columns.extend(grades.iter().map(|word| (word.as_str(), 8, right)));
    columns.extend([("缺失及建議", 12, right), ("結案", 8, right), ("結案率", 10, right)]);
    columns.extend([("逾期", 8, right), ("重複", 8, right)]);
    let row = |y: &YearFigures| {
        let mut cells =
            vec![roc_year(y.year), Cell::Count(y.exams), Cell::Count(y.firms), Cell::Count(y.unknown_exams)];
        cells.extend(results((y.unknown_exams < y.exams).then_some(&y.results)));
        cells.extend(y.by_severity.map(Cell::Count));
        cells.extend([Cell::Count(y.closed.of), Cell::Count(y.closed.n), Cell::text(percent(y.closed))]);
        cells.extend([y.overdue, y.repeats].map(Cell::Count));
        cells
    };
    Table::new(&columns).with_rows(figures.years.iter().map(row))
}
