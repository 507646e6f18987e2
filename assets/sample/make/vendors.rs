//! `05_委外廠商契約清冊.xlsx`: one contract expired, one renewed under a new number, one ending on the as-of date.

use super::book::{Sheet, write_xlsx};
use super::days::{long, long_bare};
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::civil::{Date, date};
use std::path::Path;

const FILE: &str = "05_委外廠商契約清冊.xlsx";
const SHEET: &str = "契約清冊";
const TEST: &str = "T-VEN-01";

struct Contract {
    vendor: &'static str,
    tax_id: &'static str,
    no: &'static str,
    subject: &'static str,
    from: Date,
    to: Date,
    audit_right: &'static str,
}

fn contracts() -> [Contract; 8] {
    let contract = |vendor, tax_id, no, subject, from, to, audit_right| Contract {
        vendor,
        tax_id,
        no,
        subject,
        from,
        to,
        audit_right,
    };
    [
        contract(
            "丙丁資訊服務股份有限公司",
            "00000011",
            "IT-109-001",
            "主機維運",
            date(2020, 1, 1),
            date(2020, 12, 31),
            "有",
        ),
        contract(
            "戊己系統整合有限公司",
            "00000022",
            "IT-108-007",
            "下單系統建置",
            date(2019, 7, 1),
            date(2020, 6, 30),
            "有",
        ),
        contract(
            "庚辛網路科技股份有限公司",
            "00000033",
            "IT-108-011",
            "網路設備維護",
            date(2019, 10, 1),
            date(2020, 9, 30),
            "有",
        ),
        contract(
            "庚辛網路科技（股）公司",
            "00000033",
            "IT-109-015",
            "網路設備維護",
            date(2020, 10, 1),
            date(2021, 9, 30),
            "有",
        ),
        contract(
            "壬癸軟體股份有限公司",
            "00000044",
            "IT-109-004",
            "資料庫維護",
            date(2020, 4, 1),
            date(2023, 3, 31),
            "無",
        ),
        contract(
            "子丑租賃股份有限公司",
            "00000055",
            "AD-107-020",
            "伺服器租賃",
            date(2018, 7, 1),
            date(2021, 6, 30),
            "無",
        ),
        contract(
            "辰巳清潔股份有限公司",
            "00000066",
            "AD-109-002",
            "辦公室清潔",
            date(2020, 1, 1),
            date(2020, 12, 31),
            "無",
        ),
        contract(
            "午未保全股份有限公司",
            "00000077",
            "AD-109-003",
            "門禁保全",
            date(2020, 3, 1),
            date(2022, 2, 28),
            "無",
        ),
    ]
}

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 13);
    sheet.title("委外廠商及契約清冊", 13);
    sheet.note("更新日期：民國109年12月31日");
    sheet.header(&[
        "項次",
        "承商",
        "統編",
        "合約編號",
        "委外項目",
        "合約起始日",
        "合約到期日",
        "資安條款",
        "稽核權",
        "保密協定",
        "罰則",
        "是否駐點",
        "承辦單位",
    ]);
    let all = contracts();
    for (index, c) in all.iter().enumerate() {
        let yes = if c.no.starts_with("IT") { "V" } else { "" };
        let owner = if c.no.starts_with("IT") { "資訊部" } else { "總務部" };
        let row = sheet.row(cells![
            (index + 1) as f64,
            c.vendor,
            c.tax_id,
            c.no,
            c.subject,
            long(c.from),
            long_bare(c.to),
            yes,
            c.audit_right,
            "V",
            "V",
            if index == 0 { "是" } else { "否" },
            owner,
        ]);
        tell(c, truth, Place { file: FILE, sheet: SHEET, row });
    }
    sheet.blank();
    sheet.note(&format!("合計 {} 件", all.len()));
    sheet.note("製表：　　　覆核：　　　核准：");
    write_xlsx(&folder.join(FILE), "委外廠商及契約清冊", &[sheet])
}

fn tell(c: &Contract, truth: &mut Truth, at: Place<'_>) {
    match c.no {
        "IT-109-004" => truth.exception((TEST, "2"), at, "資料庫維護契約無資安稽核權"),
        "IT-108-007" => truth.unknown((TEST, "8c"), at, "下單系統建置契約，清冊無安全需求條款欄"),
        "AD-109-002" | "AD-109-003" => {
            truth.unknown((TEST, "8s"), at, "無資安條款及稽核權，服務內容未載明是否涉及資訊作業");
        }
        "AD-107-020" => {
            truth.lead((TEST, "12"), at, "硬體租賃契約無資安條款及稽核權");
            truth.near(TEST, at, "硬體設備契約，資安條款及稽核權非必備");
        }
        "IT-108-011" => truth.near(TEST, at, "期間內到期而要素齊備，另有續約"),
        _ => {}
    }
}
