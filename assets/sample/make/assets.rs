//! `09`, `10`, `11`: the equipment of the co-location cabinets three times: as filed with the exchange, as the ledger has it,
//! and as counted on site.

use super::SampleError;
use super::book::{Cell, CsvEncoding, Sheet, write_csv, write_xlsx};
use super::days::{dotted, slashed, wide};
use super::truth::{Place, Truth};
use super::{FIRM, days::AS_OF};
use crate::cells;
use jiff::civil::date;
use std::path::Path;

const FILED: &str = "09_主機共置設備申報清單.xlsx";
const LEDGER: &str = "10_資訊設備財產帳.xlsx";
const ONSITE: &str = "11_機房實地盤點表.csv";
const TEST: &str = "T-COL-02";
const COUNT: &str = "T-AST-02";
const LEASED_FROM: &str = "子丑租賃股份有限公司";
const THIRD_PARTY: &str = "寅卯資產管理有限公司";

/// Where a device is listed.
#[derive(Clone, Copy)]
struct Listed {
    filed: bool,
    ledger: bool,
    onsite: bool,
}

const EVERYWHERE: Listed = Listed { filed: true, ledger: true, onsite: true };

struct Device {
    no: usize,
    name: &'static str,
    model: &'static str,
    serial: String,
    rack: &'static str,
    u: u8,
    usage: &'static str,
    listed: Listed,
}

fn devices() -> Vec<Device> {
    let kinds = [
        ("gw01", "伺服器 X100", "委託閘道"),
        ("gw02", "伺服器 X100", "委託閘道備援"),
        ("md01", "伺服器 X200", "行情接收"),
        ("md02", "伺服器 X200", "行情接收備援"),
        ("FW-COLO-1", "防火牆 F50", "交易線路防火牆"),
        ("FW-COLO-2", "防火牆 F50", "交易線路防火牆備援"),
        ("SW-COLO-1", "交換器 S24", "櫃內交換器"),
        ("SW-COLO-2", "交換器 S24", "櫃內交換器"),
        ("time01", "校時主機 T1", "校時"),
        ("log01", "伺服器 X100", "日誌收容"),
        ("risk01", "伺服器 X200", "風控檢核"),
        ("lease01", "伺服器 X300", "委託閘道（租賃）"),
        ("gone01", "伺服器 X100", "測試機"),
        ("moved01", "伺服器 X100", "行情備援"),
        ("new01", "伺服器 X400", "委託閘道擴充"),
        ("guest01", "伺服器 Z9", "不明"),
    ];
    kinds
        .into_iter()
        .enumerate()
        .map(|(no, (name, model, usage))| Device {
            no,
            name,
            model,
            serial: format!("SN20{:02}0{:03}", no + 1, 117 * (no + 3) % 997),
            rack: if no < 8 { "A07" } else { "A08" },
            u: u8::try_from(2 + (no % 8) * 3).unwrap_or(2),
            usage,
            listed: match name {
                "gone01" => Listed { onsite: false, ..EVERYWHERE },
                "new01" => Listed { filed: false, ..EVERYWHERE },
                "guest01" => Listed { filed: false, ledger: false, onsite: true },
                _ => EVERYWHERE,
            },
        })
        .collect()
}

/// Writes the three files.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let devices = devices();
    write_xlsx(&folder.join(FILED), "主機共置設備申報清單", &[filed(&devices, truth)])?;
    write_xlsx(&folder.join(LEDGER), "資訊設備財產帳", &[ledger(&devices, truth), office(truth)])?;
    write_csv(&folder.join(ONSITE), ONSITE, &onsite(&devices, truth), CsvEncoding::Cp950)
}

fn filed(devices: &[Device], truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("申報清單");
    sheet.title(FIRM, 9);
    sheet.title("主機共置服務設備清單（申報證交所）", 9);
    sheet.note("申報日期：109年7月15日");
    sheet.header(&[
        "項次",
        "設備名稱",
        "廠牌型號",
        "設備序號",
        "機櫃編號",
        "起訖U",
        "所屬公司",
        "用途",
        "管理IP",
    ]);
    for (index, d) in devices.iter().filter(|d| d.listed.filed).enumerate() {
        let owner = if d.name == "lease01" { LEASED_FROM } else { FIRM };
        let u = if d.name == "moved01" { d.u + 3 } else { d.u };
        let row = sheet.row(cells![
            (index + 1) as f64,
            d.name,
            d.model,
            d.serial.as_str(),
            d.rack.replace('A', "A-"),
            format!("U{u:02}"),
            owner,
            d.usage,
            format!("192.0.2.{}", 10 + d.no),
        ]);
        let at = Place { file: FILED, sheet: "申報清單", row };
        match d.name {
            "lease01" => truth.exception((TEST, "2"), at, "擁有者為租賃公司"),
            "gone01" => truth.exception((TEST, "4"), at, "申報清單有、盤點無"),
            "md01" => truth.near(TEST, at, "序號之 0 於盤點表誤植為 O"),
            _ => {}
        }
    }
    sheet.note("以下空白");
    sheet
}

fn ledger(devices: &[Device], truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("機房設備");
    sheet.title("資訊設備財產帳", 11);
    sheet.note("製表日期：109.12.31");
    sheet.header(&[
        "財產編號",
        "資產名稱",
        "型號",
        "製造序號",
        "櫃位",
        "U位",
        "存放處所",
        "財產權",
        "保管單位",
        "軟體授權",
        "更新日",
    ]);
    for d in devices.iter().filter(|d| d.listed.ledger) {
        let owner = match d.name {
            "lease01" => "子丑租賃（股）公司",
            "time01" => "資訊部",
            _ => "本公司",
        };
        let software = match d.name {
            "risk01" => THIRD_PARTY,
            "log01" => "Microsoft",
            "lease01" => "",
            _ => "甲乙綜合證券",
        };
        let serial = if d.name == "SW-COLO-1" { wide(&d.serial) } else { d.serial.clone() };
        let row = sheet.row(cells![
            format!("IT-{:05}", 3100 + d.no * 7),
            d.name,
            d.model,
            serial,
            d.rack,
            f64::from(d.u),
            "證交所主機共置機房",
            owner,
            "資訊部",
            software,
            dotted(date(2020, 12, 15)),
        ]);
        let at = Place { file: LEDGER, sheet: "機房設備", row };
        match d.name {
            "lease01" => truth.exception((TEST, "2"), at, "擁有者為租賃公司"),
            "gone01" => {
                truth.exception((TEST, "4"), at, "財產帳有、盤點無");
                truth.exception((COUNT, "1c"), at, "財產帳有、盤點無");
            }
            "risk01" => truth.exception((TEST, "5"), at, "軟體授權所有人為第三人"),
            "SW-COLO-1" => {
                truth.near(TEST, at, "序號以全形輸入");
                truth.near(COUNT, at, "序號以全形輸入");
            }
            "log01" => truth.near(TEST, at, "套裝軟體授權廠商"),
            "time01" => truth.near(TEST, at, "擁有者載公司部門"),
            _ => {}
        }
    }
    sheet.note("合計 15 項");
    sheet
}

fn office(truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("辦公室設備");
    sheet.title("資訊設備財產帳（辦公室）", 7);
    sheet.header(&["財產編號", "資產名稱", "型號", "製造序號", "存放處所", "財產權", "保管人"]);
    for no in 0..12u32 {
        let row = sheet.row(cells![
            format!("IT-{:05}", 5200 + no * 3),
            format!("筆記型電腦{:02}", no + 1),
            "N14",
            format!("NB7{:04}", 1200 + no * 31),
            "總公司八樓",
            "本公司",
            "資訊部",
        ]);
        let at = Place { file: LEDGER, sheet: "辦公室設備", row };
        if no == 0 {
            truth.near(TEST, at, "不在主機共置機櫃");
        }
        truth.unknown((COUNT, "5u"), at, "盤點表僅載機櫃而無地點，無從對照是否在盤點範圍");
    }
    sheet.note("合計 12 項");
    sheet
}

fn onsite(devices: &[Device], truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("");
    sheet.note(&format!("{FIRM}　主機共置機櫃實地盤點表"));
    sheet.note(&format!("盤點日：{}　盤點人：查核人員及資訊部", slashed(AS_OF)));
    sheet.header(&["盤點日期", "機櫃", "U數", "設備名稱", "型號", "SN", "財編", "所有人", "說明"]);
    for d in devices.iter().filter(|d| d.listed.onsite) {
        let row = sheet.row(onsite_line(d));
        let at = Place { file: ONSITE, sheet: "", row };
        match d.name {
            "lease01" => truth.exception((TEST, "2"), at, "擁有者為租賃公司"),
            "guest01" => {
                truth.exception((TEST, "1"), at, "盤點有、財產帳無");
                truth.exception((COUNT, "1c"), at, "申報之機櫃內盤點有、財產帳無");
                truth.exception((TEST, "2"), at, "擁有者為第三人");
                truth.exception((TEST, "3a"), at, "盤點有、申報清單無");
            }
            "new01" => {
                truth.exception((TEST, "3a"), at, "新增設備未申報");
                truth.near(COUNT, at, "未申報而財產帳已列");
            }
            "moved01" => {
                truth.exception((TEST, "3b"), at, "U 位與申報不符");
                truth.near(COUNT, at, "僅 U 位與申報不符");
            }
            "md02" => truth.unknown((TEST, "7"), at, "擁有者空白"),
            "md01" => {
                truth.near(TEST, at, "序號之 0 誤植為 O");
                truth.near(COUNT, at, "序號之 0 誤植為 O");
            }
            "gw01" => truth.near(TEST, at, "機櫃及 U 位寫法不同"),
            _ => {}
        }
    }
    sheet.note("盤點人簽章：　　　　　會同人員：");
    sheet
}

fn onsite_line(d: &Device) -> Vec<Cell> {
    let owner = match d.name {
        "lease01" => LEASED_FROM,
        "guest01" => THIRD_PARTY,
        "md02" => "",
        _ => "甲乙綜合證券(股)公司",
    };
    let serial = if d.name == "md01" { d.serial.replace('0', "O") } else { d.serial.clone() };
    let property = if d.listed.ledger { format!("IT-{:05}", 3100 + d.no * 7) } else { String::new() };
    cells![
        slashed(AS_OF),
        format!("{}櫃", d.rack),
        format!("{}U", d.u),
        d.name,
        d.model,
        serial,
        property,
        owner,
        d.usage,
    ]
}
