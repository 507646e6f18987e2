//! 伍、資料收受清單: what was received, how much of it could be read, and the hash that proves which file it was.

use crate::Dossier;
use crate::doc::{Align, Block, Cell, Table};

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    vec![Block::heading(1, "伍、資料收受清單"), Block::Table(files(dossier))]
}

fn files(dossier: &Dossier) -> Table {
    let columns = [
        ("編號", 5, Align::Right),
        ("檔名／工作表", 26, Align::Left),
        ("辨識為", 14, Align::Left),
        ("讀入", 8, Align::Right),
        ("存入", 8, Align::Right),
        ("剔除", 8, Align::Right),
        ("SHA-256", 34, Align::Left),
    ];
    let mut rows = Vec::new();
    for (batch, file) in dossier.files.iter().flat_map(|b| b.files.iter().map(move |f| (b, f))) {
        let sheets = &file.sheets;
        for (i, sheet) in sheets.iter().enumerate() {
            let mut name = file.file.clone();
            if !sheet.sheet.is_empty() {
                name.push_str(&format!("\n工作表：{}", sheet.sheet));
            }
            if batch.undone {
                name.push_str("（已撤回）");
            }
            let dataset = sheet.dataset.as_deref().map_or("（未採用）", |key| dossier.dataset_zh(key));
            let hash = if i == 0 { file.sha256.as_str() } else { "同上" };
            rows.push(vec![
                Cell::text(batch.batch.to_string()),
                Cell::text(name),
                Cell::text(dataset),
                Cell::Count(sheet.rows_read),
                Cell::Count(sheet.rows_stored),
                Cell::Count(sheet.rows_rejected),
                Cell::text(hash),
            ]);
        }
        if sheets.is_empty() {
            let mut cells =
                vec![Cell::text(batch.batch.to_string()), Cell::text(&file.file), Cell::text("（未採用）")];
            cells.extend([0; 3].map(Cell::Count));
            cells.push(Cell::text(&file.sha256));
            rows.push(cells);
        }
    }
    Table::new(&columns).with_rows(rows)
}
