//! The parts beside the text: types and relations, properties, numbering, header and footer.

use super::blocks::{field, run};
use super::chart;
use super::xml::{NAMESPACES, Xml};
use crate::doc::Report;
use fieldbook_model::Moment;

/// Types of the parts beside those of the charts: part and type below `application/vnd.openxmlformats-`.
const TYPES: [(&str, &str); 9] = [
    ("/word/document.xml", "officedocument.wordprocessingml.document.main+xml"),
    ("/word/styles.xml", "officedocument.wordprocessingml.styles+xml"),
    ("/word/numbering.xml", "officedocument.wordprocessingml.numbering+xml"),
    ("/word/settings.xml", "officedocument.wordprocessingml.settings+xml"),
    ("/word/header1.xml", "officedocument.wordprocessingml.header+xml"),
    ("/word/header2.xml", "officedocument.wordprocessingml.header+xml"),
    ("/word/footer1.xml", "officedocument.wordprocessingml.footer+xml"),
    ("/docProps/core.xml", "package.core-properties+xml"),
    ("/docProps/app.xml", "officedocument.extended-properties+xml"),
];

/// What the main part refers to, with the name that the relation is called by.
const RELATIONS: [(&str, &str, &str); 6] = [
    ("rId1", "styles", "styles.xml"),
    ("rId2", "numbering", "numbering.xml"),
    ("rId3", "settings", "settings.xml"),
    ("rId4", "header", "header1.xml"),
    ("rId5", "header", "header2.xml"),
    ("rId6", "footer", "footer1.xml"),
];

/// The types of all parts.
pub fn content_types(charts: usize) -> String {
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")];
    xml.within("Types", &namespace, |xml| {
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", rels)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        let mut one = |part: &str, kind: &str| {
            let kind = format!("application/vnd.openxmlformats-{kind}");
            xml.empty("Override", &[("PartName", part), ("ContentType", &kind)]);
        };
        TYPES.into_iter().for_each(|(part, kind)| one(part, kind));
        for n in 1..=charts {
            one(&format!("/word/{}", chart::name(n)), "officedocument.drawingml.chart+xml");
        }
    });
    xml.finish()
}

/// The relations of the main part.
pub fn relations(charts: usize) -> String {
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")];
    xml.within("Relationships", &namespace, |xml| {
        let mut one = |id: &str, kind: &str, target: &str| {
            let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
            xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
        };
        RELATIONS.into_iter().for_each(|(id, kind, target)| one(id, kind, target));
        for n in 1..=charts {
            one(&chart::relation(n), "chart", &chart::name(n));
        }
    });
    xml.finish()
}

/// Where a reader begins.
pub const ROOT_RELS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>",
);

/// The program.
pub const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>Fieldbook 查核簿</Application></Properties>",
);

/// Settings of the document.
pub const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:defaultTabStop w:val="480"/><w:characterSpacingControl w:val="doNotCompress"/>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    r#"<w:themeFontLang w:val="en-US" w:eastAsia="zh-TW"/>"#,
    "</w:settings>",
);

/// Title, author, language and the time that was handed in.
pub fn core(report: &Report) -> String {
    let mut xml = Xml::new();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.within("cp:coreProperties", &namespaces, |xml| {
        xml.within("dc:title", &[], |xml| xml.text(&report.title));
        xml.within("dc:creator", &[], |xml| xml.text(&report.author));
        xml.within("dc:language", &[], |xml| xml.text("zh-TW"));
        for tag in ["dcterms:created", "dcterms:modified"] {
            xml.within(tag, &[("xsi:type", "dcterms:W3CDTF")], |xml| xml.text(&time(report.printed_at)));
        }
    });
    xml.finish()
}

/// `2026-11-21T14:03:00+08:00`.
fn time(at: Moment) -> String {
    let (day, time) = (at.date(), at.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00",
        day.year(),
        day.month(),
        day.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// One numbering for every list of steps, each beginning with 1.
pub fn numbering(lists: usize) -> String {
    let mut xml = Xml::new();
    xml.within("w:numbering", &NAMESPACES, |xml| {
        xml.within("w:abstractNum", &[("w:abstractNumId", "0")], |xml| {
            xml.value("w:multiLevelType", "singleLevel");
            xml.within("w:lvl", &[("w:ilvl", "0")], |xml| {
                xml.value("w:start", "1");
                xml.value("w:numFmt", "decimal");
                xml.value("w:lvlText", "%1.");
                xml.value("w:lvlJc", "left");
                xml.within("w:pPr", &[], |xml| {
                    xml.empty("w:ind", &[("w:left", "400"), ("w:hanging", "400")]);
                });
            });
        });
        for list in 1..=lists {
            xml.within("w:num", &[("w:numId", &list.to_string())], |xml| {
                xml.value("w:abstractNumId", "0");
                xml.within("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.value("w:startOverride", "1"));
            });
        }
    });
    xml.finish()
}

/// The head band; on the cover of a draft only the word 草稿.
pub fn header(report: &Report, cover: bool) -> String {
    let mut xml = Xml::new();
    xml.within("w:hdr", &NAMESPACES, |xml| {
        paragraph(xml, "Header", !cover, |xml| {
            if !cover {
                run(xml, &report.head.0, None);
                tab(xml);
            }
            if report.draft {
                run(xml, if cover { "草稿" } else { "草稿　" }, Some("Strong"));
            }
            if !cover {
                run(xml, &report.head.1, None);
            }
        });
    });
    xml.finish()
}

/// The foot with the page's number.
pub fn footer(report: &Report) -> String {
    let mut xml = Xml::new();
    xml.within("w:ftr", &NAMESPACES, |xml| {
        paragraph(xml, "Footer", false, |xml| {
            run(xml, &report.foot, None);
            tab(xml);
            run(xml, "第 ", None);
            field(xml, "PAGE", "1");
            run(xml, " 頁／共 ", None);
            field(xml, "NUMPAGES", "1");
            run(xml, " 頁", None);
        });
    });
    xml.finish()
}

fn tab(xml: &mut Xml) {
    xml.within("w:r", &[], |xml| xml.empty("w:tab", &[]));
}

fn paragraph(xml: &mut Xml, style: &str, ruled: bool, inside: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style);
            if ruled {
                xml.within("w:pBdr", &[], |xml| {
                    let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "4"), ("w:color", "AEA99F")];
                    xml.empty("w:bottom", &line);
                });
            }
            xml.within("w:tabs", &[], |xml| xml.empty("w:tab", &[("w:val", "right"), ("w:pos", "9638")]));
        });
        inside(xml);
    });
}
