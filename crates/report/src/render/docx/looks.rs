//! How the paragraphs and marks of the document look: one row a style.

/// A paragraph style.
#[derive(Clone, Copy)]
pub struct Look {
    /// Id.
    pub id: &'static str,
    /// Name that a person sees.
    pub name: &'static str,
    /// Half points.
    pub size: &'static str,
    /// Bold.
    pub bold: bool,
    /// Colour.
    pub color: &'static str,
    /// Before, after, in twentieths of a point.
    pub space: (&'static str, &'static str),
    /// Left indent and how much of it the first line hangs out.
    pub indent: Option<(&'static str, &'static str)>,
    /// Alignment.
    pub align: &'static str,
    /// Outline level, from 0.
    pub outline: Option<&'static str>,
}

/// Body text.
pub const PLAIN: Look = Look {
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

/// Every paragraph style beside body text.
pub const LOOKS: [Look; 23] = [
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
pub const MARKS: [(&str, &str, &str); 4] = [
    ("Fail", "FB Fail", "A3231B"),
    ("Warn", "FB Warn", "8A5A00"),
    ("Ok", "FB Ok", "1D6B45"),
    ("Unknown", "FB Unknown", "6B5B7B"),
];
