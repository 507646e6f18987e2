//! The styles: whoever edits the report changes its look in one place.

use super::looks::{LOOKS, Look, MARKS, PLAIN};
use super::xml::{NAMESPACES, Xml};

/// Fonts by script: what every Windows and every desktop of today has or substitutes for.
const LATIN: &str = "Arial";
const HAN: &str = "Microsoft JhengHei";

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
