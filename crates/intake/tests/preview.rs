//! Files shown by a process of their own: what is seen of good ones, and that bad ones do no harm.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use fieldbook_intake::{BookReader, Excess, Feeder, IntakeError, Limits, Preview, PreviewKind};
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::{Cursor, Write};
use std::path::Path;

fn reader() -> BookReader {
    let own = std::env::current_exe().unwrap();
    let built = own.parent().and_then(Path::parent).unwrap();
    let program = built.join("examples").join(format!("read_preview{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "cargo builds {} with the tests", program.display());
    BookReader { program, args: Vec::new() }
}

fn shown(name: &str, bytes: &[u8]) -> Result<Preview, IntakeError> {
    let mut feeder = Feeder::start(&reader(), &Limits::default()).unwrap();
    feeder.write_all(bytes).unwrap();
    feeder.look(name)
}

fn image(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let plain =
        RgbImage::from_fn(width, height, |x, _| image::Rgb([if x * 2 < width { 250 } else { 5 }, 0, 0]));
    DynamicImage::ImageRgb8(plain).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG as a camera held upright writes it.
fn photograph() -> Vec<u8> {
    let text = |tag, text: &str| Field {
        tag,
        ifd_num: In::PRIMARY,
        value: Value::Ascii(vec![text.as_bytes().to_vec()]),
    };
    let fields = [
        text(Tag::Make, "Canon"),
        text(Tag::Model, "Canon EOS R8"),
        text(Tag::DateTimeOriginal, "2026:11:20 14:03:05"),
        Field { tag: Tag::Orientation, ifd_num: In::PRIMARY, value: Value::Short(vec![6]) },
        Field {
            tag: Tag::GPSLatitude,
            ifd_num: In::PRIMARY,
            value: Value::Rational(vec![Rational { num: 25, denom: 1 }; 3]),
        },
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|f| writer.push_field(f));
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    let body = [b"Exif\0\0".as_slice(), tiff.get_ref()].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    let plain = image(400, 300, ImageFormat::Jpeg);
    [&plain[..2], b"\xff\xe1", &length, &body, &plain[2..]].concat()
}

fn pdf(trailer: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 5 0 R /Resources << >> >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 200] /Resources << >> >>",
        "<< /Length 25 >>\nstream\n1 0 0 rg 0 0 100 100 re f\nendstream",
        "<< /Filter /Standard /V 1 /R 2 /P -4 /O <28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A> \
         /U <00000000000000000000000000000000000000000000000000000000000000FF> >>",
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, n) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend_from_slice(format!("{n} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let at = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|p| out.extend_from_slice(format!("{p:010} 00000 n \n").as_bytes()));
    let trailer = format!("trailer << /Root 1 0 R /Size {} {trailer} >>\n", objects.len() + 1);
    out.extend_from_slice(format!("{trailer}startxref\n{at}\n%%EOF\n").as_bytes());
    out
}

#[test]
fn a_large_picture_comes_as_a_small_one() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Bmp,
        ImageFormat::Gif,
        ImageFormat::Tiff,
        ImageFormat::WebP,
    ] {
        let mut preview = shown("甲.bin", &image(320, 160, format)).unwrap();
        let facts = preview.facts();
        assert_eq!((facts.kind, facts.size), (PreviewKind::Image, Some((320, 160))), "{format:?}");
        assert_eq!(facts.exif, None, "a picture that says nothing of itself");
        let thumbnail = preview.picture(0, 160).unwrap();
        let drawn = image::load_from_memory_with_format(&thumbnail.png, ImageFormat::Png).unwrap().to_rgb8();
        assert_eq!(drawn.dimensions(), (160, 80));
        assert!(drawn.get_pixel(10, 40)[0] > 200 && drawn.get_pixel(150, 40)[0] < 60);
        assert!(preview.picture(1, 160).is_err(), "it has one page");
    }
    let page = shown("甲.bmp", &image(2000, 1000, ImageFormat::Bmp)).unwrap().picture(0, 9_999).unwrap();
    assert_eq!((page.width, page.height), (1600, 800));
}

#[test]
fn a_photograph_tells_when_and_with_what_it_was_taken_and_stands_upright() {
    let mut preview = shown("IMG_1.JPG", &photograph()).unwrap();
    let exif = preview.facts().exif.clone().expect("what the camera wrote");
    assert_eq!(exif.taken_at.as_deref(), Some("2026-11-20T14:03:05"));
    assert_eq!((exif.camera.as_str(), exif.has_place, exif.offset), ("Canon EOS R8", true, None));
    let page = preview.picture(0, 1600).unwrap();
    assert_eq!((page.width, page.height), (300, 400), "turned as the camera was held");
}

#[test]
fn a_heic_is_named_and_not_drawn() {
    let bytes = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".repeat(4);
    let mut preview = shown("IMG_2.HEIC", &bytes).unwrap();
    assert_eq!((preview.facts().kind, preview.facts().pages), (PreviewKind::Heic, 0));
    assert!(preview.picture(0, 160).is_err());
}

#[test]
fn pages_of_a_pdf_are_drawn_one_by_one() {
    let mut preview = shown("報告.pdf", &pdf("")).unwrap();
    assert_eq!((preview.facts().kind, preview.facts().pages), (PreviewKind::Pdf, 2));
    let first = preview.picture(0, 400).unwrap();
    assert_eq!((first.width, first.height), (400, 200));
    let drawn = image::load_from_memory(&first.png).unwrap().to_rgb8();
    assert_eq!((drawn.get_pixel(50, 100).0, drawn.get_pixel(350, 100).0), ([255, 0, 0], [255; 3]));
    let second = preview.picture(1, 100).unwrap();
    assert_eq!((second.width, second.height), (100, 200));
    assert!(preview.picture(2, 100).is_err());
    assert!(preview.picture(0, 50).is_ok(), "a page that is not there does not end it");
}

#[test]
fn a_text_of_any_encoding_is_read_and_cut_where_it_is_long() {
    let (big5, _, _) = encoding_rs::BIG5.encode("系統日誌：登入成功\n");
    let mut preview = shown("a.log", &big5).unwrap();
    assert_eq!(preview.facts().kind, PreviewKind::Text);
    let text = preview.text().unwrap();
    assert_eq!(
        (text.text.as_str(), text.encoding.as_str(), text.cut),
        ("系統日誌：登入成功\n", "Big5", false)
    );
    let long = "日誌一行\n".repeat(60_000);
    let text = shown("a.log", long.as_bytes()).unwrap().text().unwrap();
    assert!(text.cut && text.text.len() <= 200 << 10 && long.starts_with(&text.text));
}

#[test]
fn sheets_come_as_a_plain_grid() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("帳號").unwrap();
    for row in 0..300 {
        sheet.write(row, 0, format!("帳號{row}")).unwrap();
        sheet.write(row, 2, row).unwrap();
    }
    book.add_worksheet().set_name("空").unwrap();
    let mut preview = shown("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!((preview.facts().kind, preview.facts().pages), (PreviewKind::Sheets, 2));
    assert_eq!(preview.facts().sheets, ["帳號", "空"]);
    let grid = preview.grid(0).unwrap();
    assert_eq!((grid.rows.len(), grid.cut), (200, true));
    assert_eq!(grid.rows[3], (4, ["帳號3", "", "3"].map(str::to_owned).to_vec()));
    assert_eq!(preview.grid(1).unwrap().rows, []);
    assert!(preview.grid(2).is_err());
    for name in ["table.xls", "table.ods"] {
        let bytes =
            std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap();
        let mut preview = shown(name, &bytes).unwrap();
        assert_eq!(preview.facts().kind, PreviewKind::Sheets, "{name}");
        assert!(!preview.grid(0).unwrap().rows.is_empty(), "{name}");
    }
    let mut table = shown("a.csv", "帳號,姓名\r\nroot,王小明\r\n".as_bytes()).unwrap();
    assert_eq!(table.grid(0).unwrap().rows[1].1, ["root", "王小明"]);
}

/// A container of Office Open XML with a main part.
fn container(main: &str, body: &[u8]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, body: &[u8]| {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(body).unwrap();
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let relations =
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{kind}\" Target=\"{main}\"/></Relationships>");
    put("[Content_Types].xml", b"<Types/>");
    put("_rels/.rels", relations.as_bytes());
    put(main, body);
    out.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    container("word/document.xml", text.as_bytes())
}

#[test]
fn of_a_document_its_texts_and_tables_are_shown() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("帳號"), cell("root"));
    let mut preview =
        shown("說明.docx", &document(&format!("<w:p><w:r><w:t>申請單</w:t></w:r></w:p>{table}"))).unwrap();
    assert_eq!((preview.facts().kind, preview.facts().pages), (PreviewKind::Text, 1));
    let text = preview.text().unwrap();
    assert_eq!((text.text.as_str(), text.cut), ("申請單\n帳號｜root", false));
    assert!(preview.grid(0).is_err() && preview.picture(0, 400).is_err());
    assert!(preview.text().is_ok(), "a question that it has no answer to does not end it");
}

#[test]
fn a_hostile_document_is_refused_or_cut() {
    // What an entity of its own stands for is not looked up; what unpacks without end is not unpacked.
    let entity = b"<!DOCTYPE d [<!ENTITY a \"aa\">]><w:document><w:p><w:t>&a;</w:t></w:p></w:document>";
    let refused = |bytes: &[u8]| shown("a.docx", bytes).err();
    assert!(matches!(refused(&container("word/document.xml", entity)), Some(IntakeError::Damaged { .. })));
    let long = vec![b' '; 64 << 20];
    assert!(matches!(refused(&container("word/document.xml", &long)), Some(IntakeError::TooLarge { .. })));
    let deep = document(&"<w:tbl><w:tr><w:tc>".repeat(200_000));
    assert_eq!(shown("a.docx", &deep).unwrap().text().unwrap().text, "");
    let wide = document(&format!("<w:p><w:t>{}</w:t></w:p>", "字".repeat(1 << 20)));
    let text = shown("a.docx", &wide).unwrap().text().unwrap();
    assert!(text.cut && text.text.len() <= 200 << 10);
}

/// Why it is not shown.
fn refusal(name: &str, bytes: &[u8]) -> IntakeError {
    let looked = shown(name, bytes).and_then(|mut preview| preview.picture(0, 400).map(|_| ()));
    looked.expect_err("is not shown")
}

#[test]
fn hostile_files_are_refused_and_nothing_else_happens() {
    assert!(matches!(refusal("a.pdf", b""), IntakeError::Empty));
    let whole = pdf("");
    // Where the end of a PDF is missing what is left of it may still be shown; nothing may fall over.
    for end in [9, 60, 200, whole.len() / 2] {
        let _ = shown("a.pdf", &whole[..end]).and_then(|mut p| p.picture(0, 400).map(|_| ()));
    }
    assert!(matches!(refusal("a.pdf", b"%PDF-1.7\nnothing"), IntakeError::Damaged { .. }));
    let id = "/Encrypt 6 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";
    assert!(matches!(refusal("a.pdf", &pdf(id)), IntakeError::Locked));
    // A picture that claims 60,000 pixels a side in 60 bytes.
    let mut bomb = image(1, 1, ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let refused = refusal("a.png", &bomb);
    assert!(
        matches!(refused, IntakeError::TooLarge { what: Excess::Pixels, .. } | IntakeError::Damaged { .. }),
        "{refused:?}"
    );
    let cut = image(600, 400, ImageFormat::Png);
    assert!(matches!(refusal("a.png", &cut[..cut.len() / 2]), IntakeError::Damaged { .. }));
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "甲").unwrap();
    let book = book.save_to_buffer().unwrap();
    assert!(shown("a.xlsx", &book[..book.len() / 2]).and_then(|mut p| p.grid(0)).is_err());
}

#[test]
fn a_sheet_that_unpacks_without_end_is_refused() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    let mut put = |name: &str, body: &[u8]| {
        out.start_file(name, plain).unwrap();
        out.write_all(body).unwrap();
    };
    put("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
    put("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    put("xl/_rels/workbook.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
    put("xl/workbook.xml", b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
    put("xl/worksheets/sheet1.xml", &vec![b' '; 64 << 20]);
    let bytes = out.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let refused = shown("a.xlsx", &bytes).and_then(|mut p| p.grid(0)).expect_err("is refused");
    assert!(matches!(refused, IntakeError::TooLarge { .. }), "{refused:?}");
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let none = BookReader { program: "/nowhere/at/all".into(), args: Vec::new() };
    assert!(matches!(Feeder::start(&none, &Limits::default()).err(), Some(IntakeError::NoReader(_))));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn a_flipped_byte_never_ends_the_program_that_asks(
        which in 0_usize..4, at in proptest::prelude::any::<proptest::sample::Index>(), bit in 0_u8..8
    ) {
        let said = document("<w:p><w:r><w:t>一</w:t></w:r></w:p>");
        let mut bytes = [photograph(), pdf(""), image(40, 30, ImageFormat::Gif), said][which].clone();
        let place = at.index(bytes.len());
        bytes[place] ^= 1 << bit;
        if let Ok(mut preview) = shown("a", &bytes) {
            let _ = preview.picture(0, 200);
        }
    }
}
