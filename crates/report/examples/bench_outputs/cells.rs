//! What our papers hold, as others can write it again: cells with the heights of their rows, and a table for typst.

use super::Outcome;
use calamine::{Data, Reader, Xlsx};
use fieldbook_report::{Dossier, PaperFile};
use std::fmt::Write;
use std::io::Cursor;

/// The cells of every sheet: a line `SHEET name`, a line for each row with its height and cells (`#` before a number,
/// `'` before a text), a line `TABLE top last columns` for a table.
pub fn of(papers: &[PaperFile]) -> Outcome<String> {
    let mut out = String::new();
    for paper in papers {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(paper.bytes.clone()))?;
        for name in book.sheet_names() {
            let number = paper.name.split(' ').next().unwrap_or_default();
            let tab: String = format!("{number} {name}").chars().take(31).collect();
            writeln!(out, "SHEET\t{}", tab.replace('／', "_"))?;
            let range = book.worksheet_range(&name)?;
            let long = range.rows().position(|row| row.iter().filter(|c| **c != Data::Empty).count() > 6);
            for row in range.rows() {
                let tallest = row.iter().map(|cell| cell.to_string().lines().count()).max().unwrap_or(1);
                write!(out, "{}", 15 * tallest.max(1) + 5)?;
                for cell in row {
                    match cell {
                        Data::Float(n) => write!(out, "\t#{n}")?,
                        Data::Int(n) => write!(out, "\t#{n}")?,
                        cell => write!(out, "\t'{}", cell.to_string().replace('\n', "\\n"))?,
                    }
                }
                writeln!(out)?;
            }
            let filled = |row: &[Data]| row.iter().all(|c| *c != Data::Empty);
            if let Some(top) = long.filter(|top| range.rows().nth(*top).is_some_and(filled)) {
                let last = range.height() - 1;
                if last > top {
                    writeln!(out, "TABLE\t{top}\t{last}\t{}", range.width())?;
                }
            }
        }
    }
    Ok(out)
}

/// The rows that the finding rests on, as a table of typst's on the same paper.
pub fn typst(dossier: &Dossier) -> String {
    let mut out = String::from(
        "#set page(paper: \"a4\", margin: 20mm, numbering: \"1 / 1\")\n\
         #set text(font: \"Noto Sans TC\", size: 9pt, lang: \"zh\", region: \"TW\")\n\
         #table(columns: (1fr, 2fr, 2fr, 2fr, 2fr, 2fr, 1fr, 1fr), stroke: 0.3pt, table.header(",
    );
    for title in ["序號", "系統名稱", "帳號", "使用者姓名", "權限等級", "最近登入", "超過日數", "列號"]
    {
        let _ = write!(out, "[*{title}*],");
    }
    out.push_str("),\n");
    for (no, row) in dossier.findings.iter().flat_map(|f| &f.rows).enumerate() {
        let _ = write!(out, "[{}],", no + 1);
        for (_, value) in &row.values {
            let _ = write!(out, "[{}],", value.as_deref().unwrap_or_default());
        }
        let _ = writeln!(out, "[{}],", row.key.source.row);
    }
    out.push_str(")\n");
    out
}
