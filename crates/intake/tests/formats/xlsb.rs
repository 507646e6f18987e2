//! The table as xlsb, written record by record (MS-XLSB 2.1.4): no program at hand writes it.

use crate::parts::{self, Records, numbers, wide};
use crate::table::{HIDDEN_COLUMN, HIDDEN_ROW, HIDDEN_SHEET, Held, MERGED, SHEET, rows};

fn workbook() -> Vec<u8> {
    let mut part = Records::default();
    part.push(0x83, &[]);
    part.push(0x99, &[numbers(&[0, 0]), wide("")].concat());
    part.push(0x8F, &[]);
    for (id, state, name) in [(1, 0, SHEET), (2, 2, HIDDEN_SHEET)] {
        part.push(0x9C, &[numbers(&[state, id]), wide(&format!("rId{id}")), wide(name)].concat());
    }
    part.push(0x90, &[]);
    part.push(0x9D, &[0; 26]);
    part.push(0x84, &[]);
    part.0
}

/// Number formats: 0 general, 1 a day, 2 a moment, 3 a time.
fn styles() -> Vec<u8> {
    let mut part = Records::default();
    part.push(0x116, &[]);
    part.push(0x267, &numbers(&[2]));
    part.push(0x2C, &[164_u16.to_le_bytes().to_vec(), wide("yyyy/mm/dd hh:mm:ss")].concat());
    part.push(0x2C, &[165_u16.to_le_bytes().to_vec(), wide("hh:mm:ss")].concat());
    part.push(0x268, &[]);
    part.push(0x269, &numbers(&[4]));
    for format in [0_u16, 14, 164, 165] {
        let mut look = vec![0_u8; 16];
        look[2..4].copy_from_slice(&format.to_le_bytes());
        look[14] = 1;
        part.push(0x2F, &look);
    }
    part.push(0x26A, &[]);
    part.push(0x117, &[]);
    part.0
}

/// A sheet; texts are added to `shared`.
fn sheet(rows: &[(u32, Vec<Held>)], hides: bool, shared: &mut Vec<&'static str>) -> Vec<u8> {
    let mut part = Records::default();
    part.push(0x81, &[]);
    part.push(0x94, &numbers(&[0, 20, 0, 20]));
    if hides {
        part.push(0x186, &[]);
        let column = u32::from(HIDDEN_COLUMN);
        part.push(0x3C, &[numbers(&[column, column, 2000, 0]), vec![1, 0]].concat());
        part.push(0x187, &[]);
    }
    part.push(0x91, &[]);
    for (row, cells) in rows {
        let hidden = if hides && *row == HIDDEN_ROW { 0x10 } else { 0 };
        part.push(0x00, &[numbers(&[*row, 0]), vec![0x2C, 1, 0, hidden, 0], numbers(&[0])].concat());
        for (column, held) in (0..).zip(cells) {
            let (kind, look, value) = match held {
                Held::Empty => continue,
                Held::Text(text) => {
                    shared.push(text);
                    (0x07, 0, numbers(&[u32::try_from(shared.len() - 1).expect("few")]))
                }
                Held::Rich(text) => (0x3E, 0, [vec![0], wide(text)].concat()),
                Held::Number(x) => (0x05, 0, x.to_le_bytes().to_vec()),
                Held::Bool(b) => (0x04, 0, vec![u8::from(*b)]),
                Held::Day(x) => (0x05, 1, x.to_le_bytes().to_vec()),
                Held::Moment(x) => (0x05, 2, x.to_le_bytes().to_vec()),
                Held::Time(x) => (0x05, 3, x.to_le_bytes().to_vec()),
                // The formula itself, the whole number 0, matters to nobody.
                Held::Reckoned(x) => (
                    0x09,
                    1,
                    [x.to_le_bytes().to_vec(), vec![0, 0, 3, 0, 0, 0, 0x1E, 0, 0, 0, 0, 0, 0]].concat(),
                ),
                Held::Broken => (0x0B, 0, vec![0x07, 0, 0, 3, 0, 0, 0, 0x1E, 0, 0, 0, 0, 0, 0]),
            };
            part.push(kind, &[numbers(&[column, look]), value].concat());
        }
    }
    part.push(0x92, &[]);
    if hides {
        part.push(0xB1, &numbers(&[1]));
        part.push(0xB0, &numbers(&[MERGED.0, MERGED.1, 0, 0]));
        part.push(0xB2, &[]);
    }
    part.push(0x82, &[]);
    part.0
}

fn shared_texts(texts: &[&str]) -> Vec<u8> {
    let count = u32::try_from(texts.len()).expect("few");
    let mut part = Records::default();
    part.push(0x9F, &numbers(&[count, count]));
    for text in texts {
        part.push(0x13, &[vec![0], wide(text)].concat());
    }
    part.push(0xA0, &[]);
    part.0
}

/// The whole file.
pub fn xlsb() -> Vec<u8> {
    let mut shared = Vec::new();
    let held: Vec<(u32, Vec<Held>)> = rows()
        .into_iter()
        .map(|(row, cells)| (row, cells.into_iter().map(|(held, _)| held).collect()))
        .collect();
    let first = sheet(&held, true, &mut shared);
    let second = [(0, vec![Held::Text("帳號")]), (1, vec![Held::Text("old01")])];
    let second = sheet(&second, false, &mut shared);
    joined(&[
        ("xl/workbook.bin", &workbook()),
        ("xl/worksheets/sheet1.bin", &first),
        ("xl/worksheets/sheet2.bin", &second),
        ("xl/styles.bin", &styles()),
        ("xl/sharedStrings.bin", &shared_texts(&shared)),
    ])
}

/// The parts with what holds them together.
fn joined(parts: &[(&str, &[u8])]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let relations = |list: &[(&str, &str, &str)]| {
        let one = |(id, kind, target): &(&str, &str, &str)| {
            format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
        };
        let all: String = list.iter().map(one).collect();
        format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{all}</Relationships>"#)
    };
    let kind = "application/vnd.ms-excel";
    let types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="{kind}.worksheet"/><Override PartName="/xl/worksheets/sheet2.bin" ContentType="{kind}.worksheet"/><Override PartName="/xl/styles.bin" ContentType="{kind}.styles"/><Override PartName="/xl/sharedStrings.bin" ContentType="{kind}.sharedStrings"/></Types>"#
    );
    let root = relations(&[("rId1", "officeDocument", "xl/workbook.bin")]);
    let book = relations(&[
        ("rId1", "worksheet", "worksheets/sheet1.bin"),
        ("rId2", "worksheet", "worksheets/sheet2.bin"),
        ("rId3", "styles", "styles.bin"),
        ("rId4", "sharedStrings", "sharedStrings.bin"),
    ]);
    let fixed: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/_rels/workbook.bin.rels", book.as_bytes()),
    ];
    parts::container(&[&fixed, parts].concat())
}
