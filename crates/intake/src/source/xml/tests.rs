//! Sheets of every kind of cell, written in every way, cut anywhere: what is read is what calamine reads.

use super::cells::{Cells, Values};
use super::formats::Formats;
use super::pieces::Pieces;
use super::shared::Texts;
use crate::source::batch::{channel, consume};
use crate::source::package::Skeleton;
use crate::source::workbook::{guarded, raw};
use crate::source::{Cell, Flow, SheetScan};
use crate::{IntakeError, Limits};
use calamine::Xlsx;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

type Found = Vec<(u32, u32, Cell<'static>)>;

fn relation(kind: &str, target: &str) -> String {
    format!(
        r#"<Relationships><Relationship Id="s" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>"#
    )
}

fn skeleton() -> Skeleton {
    let parts = [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="a" r:id="s"/></sheets></workbook>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "sheet.xml")),
    ];
    Skeleton {
        parts: parts.into_iter().map(|(name, xml)| (name.to_owned(), xml.into_bytes())).collect(),
        styles: Some(("xl/styles.xml".to_owned(), STYLES.as_bytes().to_vec())),
        shared_texts: "xl/sharedStrings.xml".to_owned(),
    }
}

/// What calamine reads.
fn known(sheet: &str, shared: &str) -> Result<Found, IntakeError> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let Skeleton { parts, styles, shared_texts } = skeleton();
    let more =
        [(shared_texts, shared.as_bytes().to_vec()), ("xl/sheet.xml".to_owned(), sheet.as_bytes().to_vec())];
    for (name, bytes) in parts.into_iter().chain(styles).chain(more) {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(&bytes).expect("written");
    }
    let bytes = zip.finish().expect("a container").into_inner();
    let mut book: Xlsx<_> = guarded(|| calamine::Reader::new(Cursor::new(bytes)))?;
    guarded(|| {
        let mut cells = book.worksheet_cells_reader("a")?;
        let mut found = Vec::new();
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            found.push((row, column, raw(cell.get_value()).to_static()));
        }
        found.retain(|(_, _, cell)| *cell != Cell::Empty);
        Ok::<_, calamine::XlsxError>(found)
    })
}

/// What is read here, in pieces of this length.
fn own(sheet: &str, shared: &str, piece: usize) -> Result<Found, IntakeError> {
    let limits = Limits::default();
    let formats = Formats::of(&skeleton(), Some(("a", "xl/sheet.xml")), &limits)?;
    let texts = Texts::load(shared.as_bytes(), &limits)?;
    let (mut to, rows) = channel(limits.max_columns);
    let mut cells = Cells::new(Values { texts: &texts, formats: &formats });
    let mut pieces = Pieces::new(sheet.as_bytes(), 1 << 20, b"row", b"sheetData", &limits).of(piece);
    let mut read = || {
        while let Some(piece) = pieces.next(Vec::new())? {
            cells.piece(&piece, &mut to)?;
            if cells.is_done() {
                return Ok(());
            }
        }
        Err(IntakeError::Damaged { what: "sheet" })
    };
    let read = read();
    to.finish(read);
    let mut found = Vec::new();
    consume(rows, &SheetScan::default(), &mut |row| {
        found.extend(row.cells.iter().map(|(at, cell)| (row.number - 1, *at, cell.to_static())));
        Ok(Flow::Go)
    })?;
    Ok(found)
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

const SHARED: &str = "<sst><si><t>零</t></si><si><t>一</t></si></sst>";

fn one(cell: &str) -> Result<Cell<'static>, IntakeError> {
    let found = own(&sheet(&format!("<row>{cell}</row>")), SHARED, 1 << 18)?;
    assert!(found.len() < 2);
    Ok(found.into_iter().next().map_or(Cell::Empty, |(_, _, cell)| cell))
}

#[test]
fn nothing_of_a_value_is_lost() {
    let text = |t: &str| Cell::Text(t.to_owned().into());
    let cases = [
        ("<c><v>1&#48;</v></c>", Cell::Number(10.0)),
        ("<c><v><![CDATA[12]]></v></c>", Cell::Number(12.0)),
        ("<c><v>1<!-- and -->2</v></c>", Cell::Number(12.0)),
        ("<c t='str'><v>a<![CDATA[&b]]></v></c>", text("a&b")),
        ("<c><v>12</v><f>6*2</f></c>", Cell::Number(12.0)),
        ("<c t=\"inlineStr\"><is><t>一</t></is><v>0</v></c>", text("一")),
        ("<c t=\"s\"><v> 1 </v></c>", text("一")),
        ("<c t=\"e\"><v>#GETTING_DATA</v></c>", Cell::Error("#GETTING_DATA")),
        ("<c s=\"1\"><v>1</v></c>", Cell::Serial(1.0)),
        ("<c s=\"2\"><v>1</v></c>", Cell::Span(1.0)),
        ("<c s=\"9\"><v>1</v></c>", Cell::Number(1.0)),
    ];
    for (written, meant) in cases {
        assert_eq!(one(written).expect("read"), meant, "{written}");
    }
}

#[test]
fn what_is_not_sure_is_refused() {
    for cell in [
        "<c t=\"s\"><v>2</v></c>",
        "<c t=\"s\"><v>-1</v></c>",
        "<c t=\"s\"><v>x</v></c>",
        "<c><v>1</v><v>2</v></c>",
        "<c t=\"n\"><v>x</v></c>",
        "<c t=\"b\"><v>2</v></c>",
        "<c t=\"e\"><v>x</v></c>",
        "<c t=\"x\"><v>1</v></c>",
        "<c t=\"str\"><v>&what;</v></c>",
        "<c t=\"str\"><v>a & b</v></c>",
        "<c r=\"A\"><v>1</v></c>",
        "<c r=\"1\"><v>1</v></c>",
        "<c r=\"A0\"><v>1</v></c>",
        "<c r=\"AAAAAAAA1\"><v>1</v></c>",
        "<c r=\"A99999999999\"><v>1</v></c>",
        "<c r=A1><v>1</v></c>",
        "<c><x>1</x></c>",
        "<c><v>1</v>",
        "<c><v>1</c>",
        "<c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>",
        "</row></row></row></row></row>",
    ] {
        assert!(matches!(one(cell), Err(IntakeError::Damaged { .. })), "{cell}");
    }
    for part in
        ["", "<a/>", "<worksheet>", "<worksheet><sheetData>", "<worksheet><sheetData><row>", "\u{feff}x"]
    {
        assert!(matches!(own(part, SHARED, 9), Err(IntakeError::Damaged { .. })), "{part}");
        assert!(known(part, SHARED).is_err(), "{part}");
    }
}

/// A text as XML: some characters by reference.
fn written(text: &str, how: usize) -> String {
    let reference = |(at, c): (usize, char)| match c {
        '<' => "&lt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '>' if at % 2 == how % 2 => "&gt;".to_owned(),
        '"' if at % 2 == how % 2 => "&quot;".to_owned(),
        c if how % 5 == 1 && at % 3 == 0 => format!("&#{};", u32::from(c)),
        c if how % 5 == 2 && at % 3 == 0 => format!("&#x{:x};", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().enumerate().map(reference).collect()
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9 _<>&\"'!?;=/-]{0,6}",
        3 => "[一-龥，。　]{0,4}",
        1 => "(\r\n|\r|\n|\t| ){1,2}",
        1 => "_x[0-9a-fA-FxX]{3,5}_",
        1 => Just("_xD83D__xDCF7_".to_owned()),
        1 => Just("<row r=\"1\">".to_owned()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

/// What stands in `si` and `is`.
fn rich_text() -> impl Strategy<Value = String> {
    let run = (words(), 0..20_usize).prop_map(|(text, how)| {
        let text = written(&text, how);
        match how % 4 {
            0 => format!("<t xml:space=\"preserve\">{text}</t>"),
            1 => format!("<t xml:space='default'>{text}</t>"),
            2 if how > 9 => format!("<t ><![CDATA[{}]]></t>", text.replace(']', "")),
            _ => format!("<t>{text}</t>"),
        }
    });
    let run = run.boxed();
    let one = run.clone();
    prop_oneof![
        6 => one,
        2 => prop::collection::vec(run.clone(), 0..4).prop_map(|runs| {
            runs.into_iter().map(|r| format!("<r><rPr><b/></rPr>{r}</r>")).collect::<String>()
        }),
        1 => (run.clone(), run).prop_map(|(text, guide)| format!("{text}<rPh sb=\"0\" eb=\"1\">{guide}</rPh><phoneticPr fontId=\"1\"/>")),
        1 => Just("<t/>".to_owned()),
        1 => Just(String::new()),
    ]
}

/// Type and content of a cell.
fn content() -> impl Strategy<Value = (Option<&'static str>, String)> {
    let v = |text: &str| format!("<v>{text}</v>");
    let number = prop_oneof![
        "-?[0-9]{1,18}",
        "[+-]?[0-9]{0,6}\\.[0-9]{1,17}",
        "-?[0-9]{1,3}\\.?[0-9]{0,3}[eE][+-]?[0-9]{1,3}",
        "45[0-9]{3}(\\.[0-9]{1,12})?"
    ];
    let odd = "(|\\.|-|1e|0x1|inf|NaN|-Infinity|1 | 1|1,000|１|--1|1_0)";
    prop_oneof![
        6 => (prop::option::of(Just("n")), number).prop_map(move |(t, n)| (t, v(&n))),
        2 => odd.prop_map(move |n| (None, v(&n))),
        6 => (0..5_usize).prop_map(move |n| (Some("s"), v(&n.to_string()))),
        2 => "(0|1|true|FALSE| 1 |)".prop_map(move |b| (Some("b"), v(&b))),
        2 => "(#DIV/0!|#N/A|#NAME\\?|#NULL!|#NUM!|#REF!|#VALUE!)".prop_map(move |e| (Some("e"), v(&e))),
        1 => "20[0-9]{2}-[01][0-9]-[0-3][0-9](T10:00:00)?".prop_map(move |d| (Some("d"), v(&d))),
        4 => (words(), 0..20_usize).prop_map(move |(t, how)| (Some("str"), v(&written(&t, how)))),
        4 => rich_text().prop_map(|t| (Some("inlineStr"), format!("<is>{t}</is>"))),
        1 => (prop::option::of(Just("n"))).prop_map(|t| (t, "<v/>".to_owned())),
        1 => Just((None, String::new())),
        1 => Just((Some("s"), "<v></v>".to_owned())),
    ]
}

/// Stands for where a cell is.
const PLACE: &str = "@";

prop_compose! {
    /// A cell with the columns that it leaves free before it; -1: it does not say where it is. Where is put in later.
    fn cell()((ty, value) in content(), free in -1_i32..3, format in prop::option::of(0..5_u32), how in 0..720_usize,
        formula in prop_oneof![8 => Just(""), 1 => Just("<f>SUM(A1:B2)&amp;\"&gt;\"</f>"), 1 => Just("<f t=\"shared\" si=\"0\"/>"),
            1 => Just("<f t='shared' ref='A1:B2' si='0'>1</f>"), 1 => Just("<f/>")])
        -> (i32, String)
    {
        let value = format!("{formula}{value}");
        let quote = if how % 7 == 0 { '\'' } else { '"' };
        let mut attributes = Vec::new();
        if free >= 0 {
            attributes.push(format!("r={quote}{PLACE}{quote}"));
        }
        attributes.extend(format.map(|s| format!("s={quote}{s}{quote}")));
        attributes.extend(ty.map(|t| format!("t={quote}{t}{quote}")));
        match how % 11 {
            0 => attributes.insert(0, "cm=\"1\"".to_owned()),
            1 => attributes.push("x=\"a>b\"".to_owned()),
            _ => {}
        }
        if how % 5 == 0 {
            attributes.reverse();
        }
        let blank = if how % 13 == 0 { "\n  " } else { " " };
        let attributes: String = attributes.iter().map(|a| format!("{blank}{a}")).collect();
        let end = if how % 17 == 0 { " " } else { "" };
        let xml = if value.is_empty() && how % 2 == 0 {
            format!("<c{attributes}{end}/>")
        } else {
            format!("<c{attributes}{end}>{value}</c>")
        };
        (free, xml)
    }
}

fn letters(column: u32) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).expect("a letter"));
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

prop_compose! {
    fn part()(rows in prop::collection::vec((prop::collection::vec(cell(), 0..6), -1_i32..3, 0..60_usize), 0..8), how in 0..60_usize) -> String {
        let between = |how: usize| match how % 10 {
            0 => "\n   ",
            1 => "<!-- <row r=\"1\"><c r=\"A1\"><v>7</v></c></row> -->",
            2 => "<?row <row ?>",
            _ => "",
        };
        let (mut xml, mut number) = (String::new(), 0_u32);
        for (cells, free, how) in &rows {
            let said = *free >= 0;
            number += u32::try_from(*free).unwrap_or(0);
            let mut attributes = if said { format!(" r=\"{}\"", number + 1) } else { String::new() };
            attributes.push_str(["", " spans=\"1:9\" x14ac:dyDescent=\"0.25\"", " hidden='1'", " ht=\"15\""][how % 4]);
            if how % 6 == 5 {
                attributes = attributes.replace('"', "'");
            }
            if cells.is_empty() && how % 2 == 0 {
                xml.push_str(&format!("<row{attributes}/>"));
            } else {
                xml.push_str(&format!("<row{attributes}>"));
                let mut column = 0_u32;
                for (at, (free, cell)) in cells.iter().enumerate() {
                    xml.push_str(between(how + at));
                    column += u32::try_from(*free).unwrap_or(0) * 13;
                    xml.push_str(&cell.replace(PLACE, &format!("{}{}", letters(column), number + 1)));
                    column += 1;
                }
                xml.push_str(between(*how));
                xml.push_str("</row>");
            }
            number += 1;
        }
        let xml = format!("<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1:B2\"/><cols><col min=\"1\"/></cols><sheetData>{xml}</sheetData><rowBreaks/></worksheet>");
        prefixed(xml, how)
    }
}

/// Some parts carry a prefix on every element.
fn prefixed(xml: String, how: usize) -> String {
    let names = [
        "worksheet",
        "dimension",
        "cols",
        "col",
        "sheetData",
        "row",
        "c",
        "v",
        "f",
        "is",
        "t",
        "r",
        "rPr",
        "b",
        "rPh",
        "phoneticPr",
        "sst",
        "si",
    ];
    if !how.is_multiple_of(6) {
        return xml;
    }
    names.iter().fold(xml, |xml, name| {
        [" ", ">", "/"].iter().fold(xml, |xml, end| {
            xml.replace(&format!("<{name}{end}"), &format!("<x:{name}{end}"))
                .replace(&format!("</{name}{end}"), &format!("</x:{name}{end}"))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_sheet_is_read_as_calamine_reads_it(
        sheet in part(),
        texts in prop::collection::vec(rich_text(), 4..9),
        how in 0..60_usize,
        piece in prop_oneof![Just(1_usize << 18), 1..2000_usize],
    ) {
        let texts: String = texts.iter().map(|t| if t.is_empty() { "<si/>".to_owned() } else { format!("<si>{t}</si>") }).collect();
        let shared = prefixed(format!("<sst count=\"9\" uniqueCount=\"9\">{texts}</sst>"), how);
        match (known(&sheet, &shared), own(&sheet, &shared, piece)) {
            (Ok(known), Ok(own)) => prop_assert_eq!(format!("{known:?}"), format!("{own:?}")),
            (known, own) => prop_assert_eq!(known.is_err(), own.is_err(), "{:?} {:?}", known, own),
        }
    }
}
