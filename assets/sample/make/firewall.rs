//! `14_防火牆規則.csv`: the rules of the two firewalls on the co-location lines, in the order in which they apply.

use super::SampleError;
use super::book::{CsvEncoding, Sheet, write_csv};
use super::days::slashed;
use super::truth::{Place, Truth};
use crate::cells;
use jiff::civil::{Date, date};
use std::path::Path;

const FILE: &str = "14_防火牆規則.csv";
const TEST: &str = "T-FW-01";

/// One rule, approved and allowing unless it says otherwise.
struct Rule {
    device: &'static str,
    name: &'static str,
    from: &'static str,
    to: &'static str,
    service: &'static str,
    allows: bool,
    enabled: bool,
    approved: bool,
    expires: Option<Date>,
    told: Told,
}

enum Told {
    Exception(&'static str, &'static str),
    Unknown(&'static str, &'static str),
    Near(&'static str),
    Nothing,
}

fn rule(
    device: &'static str,
    name: &'static str,
    [from, to, service]: [&'static str; 3],
    told: Told,
) -> Rule {
    Rule { device, name, from, to, service, allows: true, enabled: true, approved: true, expires: None, told }
}

fn rules() -> [Rule; 15] {
    let one = |name, way, told| rule("FW-COLO-1", name, way, told);
    let two = |name, way, told| rule("FW-COLO-2", name, way, told);
    [
        one("委託傳送", ["10.20.7.11", "198.51.100.10", "tcp/8001"], Told::Nothing),
        one(
            "行情接收",
            ["198.51.100.20", "10.20.7.21", "udp/10000-10010"],
            Told::Near("來源為公開位址，通訊埠非具風險者"),
        ),
        one("系統維護", ["203.0.113.45", "10.20.7.11", "tcp/22"], Told::Near("22 埠限定單一公開位址")),
        one("遠端桌面", ["any", "10.20.7.31", "tcp/3389"], Told::Exception("2", "自任意來源開放 3389 埠")),
        Rule {
            expires: Some(date(2020, 6, 30)),
            ..one(
                "上線測試",
                ["10.20.9.5", "10.20.7.12", "tcp/8080"],
                Told::Exception("3", "109年6月30日到期而仍啟用"),
            )
        },
        Rule {
            expires: Some(date(2020, 12, 31)),
            ..one("版本更新", ["10.20.9.6", "10.20.7.12", "https"], Told::Near("到期日即查核基準日"))
        },
        Rule {
            approved: false,
            ..one(
                "資料庫同步",
                ["10.20.7.41", "10.20.8.41", "tcp/1521"],
                Told::Near("內部來源；規則須經核准之條文僅及於期貨商"),
            )
        },
        one(
            "臨時開放連線",
            ["10.20.9.9", "10.20.7.13", "https"],
            Told::Unknown("3u", "載為臨時規則而無到期日"),
        ),
        one(
            "效能監看",
            ["監看群組", "10.20.7.0/24", "GRP_MON"],
            Told::Unknown("2u", "來源及服務為物件名稱，未展開"),
        ),
        Rule { enabled: false, ..one("舊規則", ["any", "any", "any"], Told::Near("規則已停用")) },
        Rule {
            allows: false,
            approved: false,
            ..one("預設拒絕", ["any", "any", "any"], Told::Near("預設全部拒絕規則"))
        },
        two("委託傳送備援", ["10.20.7.12", "198.51.100.10", "tcp/8001"], Told::Nothing),
        two("校時", ["10.20.7.0/24", "198.51.100.30", "udp/123"], Told::Nothing),
        two("除錯", ["any", "any", "any"], Told::Exception("1", "來源、目的及服務均為任意")),
        Rule {
            allows: false,
            approved: false,
            ..two("預設拒絕", ["any", "any", "any"], Told::Exception("5", "前面之規則已允許任意來源及目的"))
        },
    ]
}

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new("");
    sheet.header(&[
        "防火牆名稱",
        "政策編號",
        "規則名稱",
        "來源位址",
        "目的位址",
        "通訊埠",
        "動作",
        "是否啟用",
        "命中次數",
        "申請單號",
        "有效期限",
        "備註",
    ]);
    for (index, r) in rules().into_iter().enumerate() {
        let row = sheet.row(cells![
            r.device,
            (index + 1) as f64,
            r.name,
            r.from,
            r.to,
            r.service,
            if r.allows { "允許" } else { "拒絕" },
            if r.enabled { "是" } else { "否" },
            (4096 + index * 331) as f64,
            if r.approved { format!("FW109{:03}", index + 1) } else { String::new() },
            r.expires.map(slashed).unwrap_or_default(),
            "交易線路",
        ]);
        let at = Place { file: FILE, sheet: "", row };
        match r.told {
            Told::Exception(rule, why) => truth.exception((TEST, rule), at, why),
            Told::Unknown(rule, why) => truth.unknown((TEST, rule), at, why),
            Told::Near(why) => truth.near(TEST, at, why),
            Told::Nothing => {}
        }
    }
    write_csv(&folder.join(FILE), FILE, &sheet, CsvEncoding::Utf8Bom)
}
