//! The styles: whoever edits the report changes its look in one place.

use super::xml::{NAMESPACES, Xml};

/// Fonts by script: what every Windows and every desktop of today has or substitutes for.
const LATIN: &str = "Arial";
const HAN: &str = "Microsoft JhengHei";

/// A paragraph style.
struct Look {
    id: &'static str,
    name: &'static str,
    /// Half points.
    size: &'static str,
    bold: bool,
    color: &'static str,
    /// Before, after, in twentieths of a point.
    space: (&'static str, &'static str),
    /// Left indent and how much of it the first line hangs out.
    indent: Option<(&'static str, &'static str)>,
    align: &'static str,
    /// Outline level, from 0.
    outline: Option<&'static str>,
}

const PLAIN: Look = Look {
    id: "",
    name: "",
    size: "21",
    bold: false,
    color: INK,
    space: ("40", "40"),
    indent: None,
    align: "both",
    outline: None,
};
const INK: &str = "1D2630";
const QUIET: &str = "55606C";

const LOOKS: [Look; 23] = [
    Look {
        id: "Heading1",
        name: "heading 1",
        size: "28",
        bold: true,
        space: ("360", "120"),
        align: "left",
        outline: Some("0"),
        ..PLAIN
    },
    Look {
        id: "Heading2",
        name: "heading 2",
        size: "23",
        bold: true,
        space: ("280", "80"),
        align: "left",
        outline: Some("1"),
        ..PLAIN
    },
    Look {
        id: "Heading3",
        name: "heading 3",
        bold: true,
        space: ("200", "60"),
        align: "left",
        outline: Some("2"),
        ..PLAIN
    },
    Look {
        id: "Title",
        name: "Title",
        size: "36",
        bold: true,
        space: ("240", "480"),
        align: "center",
        ..PLAIN
    },
    Look {
        id: "Authority",
        name: "FB Authority",
        size: "28",
        space: ("2400", "240"),
        align: "center",
        ..PLAIN
    },
    Look {
        id: "Subject",
        name: "FB Subject",
        size: "28",
        bold: true,
        space: ("240", "960"),
        align: "center",
        ..PLAIN
    },
    Look {
        id: "TOCHeading",
        name: "TOC Heading",
        size: "28",
        bold: true,
        space: ("0", "240"),
        align: "center",
        ..PLAIN
    },
    Look { id: "TOC1", name: "toc 1", bold: true, space: ("100", "20"), align: "left", ..PLAIN },
    Look {
        id: "TOC2",
        name: "toc 2",
        size: "19",
        space: ("0", "20"),
        indent: Some(("280", "0")),
        align: "left",
        ..PLAIN
    },
    Look {
        id: "Header",
        name: "header",
        size: "17",
        color: QUIET,
        space: ("0", "0"),
        align: "left",
        ..PLAIN
    },
    Look {
        id: "Footer",
        name: "footer",
        size: "17",
        color: QUIET,
        space: ("0", "0"),
        align: "left",
        ..PLAIN
    },
    Look { id: "Note", name: "FB Note", size: "17", color: QUIET, space: ("60", "60"), ..PLAIN },
    Look {
        id: "Source",
        name: "FB Source",
        size: "17",
        bold: true,
        color: QUIET,
        space: ("120", "0"),
        indent: Some(("240", "0")),
        align: "left",
        ..PLAIN
    },
    Look { id: "Quote", name: "Quote", space: ("0", "60"), indent: Some(("240", "0")), ..PLAIN },
    Look {
        id: "Labelled",
        name: "FB Labelled",
        space: ("100", "40"),
        indent: Some(("1320", "1320")),
        ..PLAIN
    },
    Look {
        id: "LabelledMore",
        name: "FB Labelled More",
        space: ("0", "40"),
        indent: Some(("1320", "0")),
        ..PLAIN
    },
    Look { id: "ListNumber", name: "List Number", space: ("20", "20"), ..PLAIN },
    Look { id: "Caption", name: "caption", bold: true, space: ("200", "60"), align: "left", ..PLAIN },
    Look { id: "CellLeft", name: "FB Cell Left", size: "18", space: ("20", "20"), align: "left", ..PLAIN },
    Look {
        id: "CellCenter",
        name: "FB Cell Center",
        size: "18",
        space: ("20", "20"),
        align: "center",
        ..PLAIN
    },
    Look { id: "CellRight", name: "FB Cell Right", size: "18", space: ("20", "20"), align: "right", ..PLAIN },
    Look { id: "PairText", name: "FB Pair", space: ("40", "40"), align: "left", ..PLAIN },
    Look { id: "Fill", name: "FB Fill In", space: ("160", "60"), align: "left", ..PLAIN },
];

/// Character styles: id, name, colour.
const MARKS: [(&str, &str, &str); 4] = [
    ("Fail", "FB Fail", "A3231B"),
    ("Warn", "FB Warn", "8A5A00"),
    ("Ok", "FB Ok", "1D6B45"),
    ("Unknown", "FB Unknown", "6B5B7B"),
];

/// The part.
pub fn styles() -> String {
    let mut xml = Xml::new();
    xml.within("w:styles", &NAMESPACES, |xml| {
        defaults(xml);
        style(xml, "paragraph", "Normal", "Normal", true, |xml| look(xml, &PLAIN));
        for own in &LOOKS {
            style(xml, "paragraph", own.id, own.name, false, |xml| {
                xml.value("w:basedOn", "Normal");
                if own.outline.is_some() {
                    xml.value("w:next", "Normal");
                }
                xml.empty("w:qFormat", &[]);
                look(xml, own);
            });
        }
        for (id, name, color) in MARKS {
            style(xml, "character", id, name, false, |xml| {
                xml.within("w:rPr", &[], |xml| xml.value("w:color", color));
            });
        }
        style(xml, "character", "Strong", "Strong", false, |xml| {
            xml.within("w:rPr", &[], |xml| xml.empty("w:b", &[]));
        });
        style(xml, "character", "Hyperlink", "Hyperlink", false, |_| {});
        tables(xml);
    });
    xml.finish()
}

fn defaults(xml: &mut Xml) {
    xml.within("w:docDefaults", &[], |xml| {
        xml.within("w:rPrDefault", &[], |xml| {
            xml.within("w:rPr", &[], |xml| {
                let fonts = [("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:eastAsia", HAN), ("w:cs", LATIN)];
                xml.empty("w:rFonts", &fonts);
                xml.value("w:sz", PLAIN.size);
                xml.empty("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-TW")]);
            });
        });
        xml.within("w:pPrDefault", &[], |_| {});
    });
}

fn style(xml: &mut Xml, kind: &str, id: &str, name: &str, default: bool, inside: impl FnOnce(&mut Xml)) {
    let mut attributes = vec![("w:type", kind), ("w:styleId", id)];
    if default {
        attributes.push(("w:default", "1"));
    }
    xml.within("w:style", &attributes, |xml| {
        xml.value("w:name", name);
        inside(xml);
    });
}

fn look(xml: &mut Xml, look: &Look) {
    xml.within("w:pPr", &[], |xml| {
        if look.outline.is_some() || matches!(look.id, "Source" | "Caption") {
            xml.empty("w:keepNext", &[]);
        }
        match look.id {
            "Heading1" => border(xml, "w:bottom", "4"),
            "Quote" | "Source" => border(xml, "w:left", "12"),
            _ => {}
        }
        if look.id.starts_with("TOC") && look.id != "TOCHeading" {
            xml.within("w:tabs", &[], |xml| {
                let tab = [("w:val", "right"), ("w:leader", "dot"), ("w:pos", "9638")];
                xml.empty("w:tab", &tab);
            });
        }
        // Strict line breaking, also where the word processor's own default is looser.
        xml.empty("w:kinsoku", &[]);
        xml.empty("w:overflowPunct", &[("w:val", "0")]);
        xml.empty("w:spacing", &[("w:before", look.space.0), ("w:after", look.space.1)]);
        if let Some((left, hanging)) = look.indent {
            xml.empty("w:ind", &[("w:left", left), ("w:hanging", hanging)]);
        }
        xml.value("w:jc", look.align);
        if let Some(level) = look.outline {
            xml.value("w:outlineLvl", level);
        }
    });
    xml.within("w:rPr", &[], |xml| {
        if look.bold {
            xml.empty("w:b", &[]);
        }
        xml.value("w:color", look.color);
        xml.value("w:sz", look.size);
    });
}

fn border(xml: &mut Xml, side: &str, size: &str) {
    xml.within("w:pBdr", &[], |xml| {
        xml.empty(side, &[("w:val", "single"), ("w:sz", size), ("w:space", "4"), ("w:color", "AEA99F")]);
    });
}

/// The table of rows with a shaded head, and the one of names and values.
fn tables(xml: &mut Xml) {
    style(xml, "table", "FbTable", "FB Table", false, |xml| {
        lines(xml, &["top", "bottom", "insideH"]);
        xml.within("w:tblStylePr", &[("w:type", "firstRow")], |xml| {
            xml.within("w:rPr", &[], |xml| xml.empty("w:b", &[]));
            xml.within("w:tcPr", &[], |xml| {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EFEDE8")]);
            });
        });
    });
    style(xml, "table", "FbPairs", "FB Pairs", false, |xml| lines(xml, &["bottom", "insideH"]));
    style(xml, "table", "FbPlain", "FB Plain", false, |xml| lines(xml, &[]));
    style(xml, "table", "FbBlank", "FB Blank", false, |xml| {
        lines(xml, &["top", "left", "bottom", "right", "insideH", "insideV"]);
    });
}

fn lines(xml: &mut Xml, sides: &[&str]) {
    xml.within("w:tblPr", &[], |xml| {
        xml.within("w:tblBorders", &[], |xml| {
            for side in sides {
                let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "AEA99F")];
                xml.empty(&format!("w:{side}"), &line);
            }
        });
        xml.within("w:tblCellMar", &[], |xml| {
            for side in ["left", "right"] {
                xml.empty(&format!("w:{side}"), &[("w:w", "80"), ("w:type", "dxa")]);
            }
        });
    });
}
