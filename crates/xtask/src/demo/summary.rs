//! What the demo tells at its end, in zh-TW.

use super::{Made, PASSPHRASE};
use crate::demo::plan::Plan;
use crate::shell::root;
use crate::table::{Side, render};
use anyhow::Result;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// The whole summary.
///
/// # Errors
/// When the repository's root is not to be found.
pub fn text(plan: &Plan, made: &Made, folder: &Path) -> Result<String> {
    let mut text = String::from("\n查核簿 Fieldbook 示範：由受查單位的試算表到工作底稿與查核報告\n\n");
    head(&mut text, plan, made)?;
    text.push_str("\n匯入資料\n");
    text.push_str(&imports(made));
    text.push_str("\n測試結果\n");
    text.push_str(&runs(made));
    text.push_str("\n缺失與建議\n");
    text.push_str(&findings(made));
    text.push_str("\n產出檔案\n");
    outputs(&mut text, made, folder)?;
    Ok(text)
}

fn head(text: &mut String, plan: &Plan, made: &Made) -> Result<()> {
    let items = &made.exam["items"];
    let rows = [
        ("受查單位", plan.head("firm").to_owned()),
        ("查核基準日", plan.head("as_of").to_owned()),
        ("查核期間", plan.head("period").replace("..", " 至 ")),
        (
            "查核項目",
            format!(
                "適用 {}、不適用 {}、待確認 {}",
                items["applicable"], items["not_applicable"], items["undetermined"]
            ),
        ),
        ("查核結果", format!("已填 {} 項", made.answers)),
        ("例外處置", format!("已處置 {} 筆", made.disposed)),
        ("所需時間", format!("{:.1} 秒（不含編譯）", made.took.as_secs_f64())),
    ];
    for (name, value) in rows {
        writeln!(text, "  {name}{}  {value}", " ".repeat(12 - crate::table::width(name).min(12)))?;
    }
    Ok(())
}

fn imports(made: &Made) -> String {
    let files = made.imports.iter().flat_map(|import| list(&import["files"]));
    let rows: Vec<Vec<String>> = files
        .flat_map(|file| {
            let name = base_name(&file["file"]);
            let sheets: Vec<Vec<String>> = list(&file["sheets"])
                .map(|sheet| {
                    vec![
                        name.clone(),
                        word(&sheet["sheet"]),
                        dataset_name(&word(&sheet["dataset"])),
                        word(&sheet["rows_read"]),
                        word(&sheet["rows_stored"]),
                        word(&sheet["rows_rejected"]),
                        list(&sheet["issues"]).count().to_string(),
                    ]
                })
                .collect();
            let not_read = vec![name, "（未能讀取）".to_owned(), word(&file["error"]["message"])];
            if sheets.is_empty() { vec![not_read] } else { sheets }
        })
        .collect();
    let heads = [
        ("檔案", Side::Left),
        ("工作表", Side::Left),
        ("資料集", Side::Left),
        ("讀入列", Side::Right),
        ("存入列", Side::Right),
        ("剔除列", Side::Right),
        ("問題", Side::Right),
    ];
    render(&heads, &rows)
}

fn runs(made: &Made) -> String {
    let title = |id: &Value| list(&made.procedures).find(|p| &p["id"] == id).map(|p| word(&p["title"]));
    let rows: Vec<Vec<String>> = list(&made.runs["runs"])
        .map(|run| {
            vec![
                word(&run["procedure"]),
                title(&run["procedure"]).unwrap_or_default(),
                verdict(&word(&run["verdict"])).to_owned(),
                word(&run["population"]),
                word(&run["exceptions"]),
                word(&run["unknown"]),
            ]
        })
        .collect();
    let heads = [
        ("測試", Side::Left),
        ("名稱", Side::Left),
        ("結論", Side::Left),
        ("母體", Side::Right),
        ("例外", Side::Right),
        ("待確認", Side::Right),
    ];
    render(&heads, &rows)
}

fn verdict(word: &str) -> &'static str {
    match word {
        "exceptions" => "有例外",
        "pass" => "通過",
        "unknown" => "資料不足以判斷",
        "not_applicable" => "不適用",
        "not_runnable" => "缺資料，未執行",
        _ => "？",
    }
}

fn findings(made: &Made) -> String {
    let rows: Vec<Vec<String>> = list(&made.findings)
        .map(|finding| {
            let clauses = list(&finding["clauses"]).map(word).collect::<Vec<_>>().join("、");
            vec![
                word(&finding["finding"]),
                word(&finding["title"]),
                severity(&word(&finding["severity"])),
                clauses,
            ]
        })
        .collect();
    let heads = [("編號", Side::Left), ("標題", Side::Left), ("嚴重程度", Side::Left), ("條次", Side::Left)];
    render(&heads, &rows)
}

fn severity(word: &str) -> String {
    let zh = match word {
        "critical" => "重大",
        "high" => "高",
        "medium" => "中",
        "low" => "低",
        own_scale => own_scale,
    };
    zh.to_owned()
}

fn outputs(text: &mut String, made: &Made, folder: &Path) -> Result<()> {
    let root = root()?;
    let shown = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
    let report = if made.draft { "查核報告（草稿）" } else { "查核報告" };
    writeln!(text, "  {report}")?;
    writeln!(text, "    {}", shown(&folder.join("report.pdf")))?;
    let papers: Vec<String> = list(&made.papers["files"]).map(|file| base_name(&file["file"])).collect();
    writeln!(text, "  工作底稿（{} 份）", papers.len())?;
    for paper in papers {
        writeln!(text, "    {}", shown(&folder.join("papers").join(paper)))?;
    }
    writeln!(text, "  保管庫（加密；示範用通行碼：{PASSPHRASE}）")?;
    writeln!(text, "    {}", shown(&folder.join("vault")))?;
    let made_nothing = list(&made.report["files"]).count() == 0;
    anyhow::ensure!(!made_nothing, "the report was not written");
    text.push('\n');
    Ok(())
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn base_name(path: &Value) -> String {
    let path = word(path);
    Path::new(&path).file_name().map_or(path.clone(), |name| name.to_string_lossy().into_owned())
}

/// The dataset's zh-TW name, from its definition.
fn dataset_name(key: &str) -> String {
    let file = root().map(|root| root.join(format!("checklists/datasets/{key}.toml")));
    let definition = file.ok().and_then(|file| std::fs::read_to_string(file).ok());
    let table = definition.and_then(|text| text.parse::<toml::Table>().ok());
    let name = table.and_then(|table| table.get("zh").and_then(toml::Value::as_str).map(str::to_owned));
    name.unwrap_or_else(|| key.to_owned())
}
