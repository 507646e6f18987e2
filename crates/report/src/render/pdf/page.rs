//! A page as marks, in points from the upper left corner of an A4 sheet.

/// Width of A4.
pub const WIDTH: f32 = 595.28;
/// Height of A4.
pub const HEIGHT: f32 = 841.89;
/// 20 mm.
pub const MARGIN: f32 = 56.69;
/// Width between the margins.
pub const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Upper edge of the text, below the head band.
pub const TOP: f32 = MARGIN + 10.0;
/// Lower edge of the text.
pub const BOTTOM: f32 = HEIGHT - MARGIN;
/// Height of the text area.
pub const DEPTH: f32 = BOTTOM - TOP;

/// Weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

/// Colours, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Most text.
    Text,
    /// Labels, remarks.
    Quiet,
    /// Hairlines.
    Line,
    /// Ground of table heads.
    Sunken,
    /// The word 草稿 behind the text.
    Stamp,
    /// 不符合.
    Fail,
    /// 部分符合.
    Warn,
    /// 符合.
    Ok,
    /// 待確認.
    Unknown,
}

impl Ink {
    /// Red, green, blue, 0–255.
    pub fn rgb(self) -> [u8; 3] {
        match self {
            Self::Text => [0x1d, 0x26, 0x30],
            Self::Quiet => [0x55, 0x60, 0x6c],
            Self::Line => [0xae, 0xa9, 0x9f],
            Self::Sunken => [0xef, 0xed, 0xe8],
            Self::Stamp => [0xf3, 0xf1, 0xed],
            Self::Fail => [0xa3, 0x23, 0x1b],
            Self::Warn => [0x8a, 0x5a, 0x00],
            Self::Ok => [0x1d, 0x6b, 0x45],
            Self::Unknown => [0x6b, 0x5b, 0x7b],
        }
    }
}

/// Size, weight and colour of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f32,
    /// Distance of two base lines.
    pub leading: f32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub ink: Ink,
}

impl Style {
    /// A style.
    pub const fn new(size: f32, leading: f32, weight: Weight, ink: Ink) -> Self {
        Self { size, leading, weight, ink }
    }

    /// Distance from the upper edge of a line to its base line; 0.88 em is the ascent of Han type.
    pub fn baseline(&self) -> f32 {
        (self.leading - self.size) / 2.0 + 0.88 * self.size
    }
}

/// One thing on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line of text; `y` is the base line.
    Text {
        /// Left end.
        x: f32,
        /// Base line.
        y: f32,
        /// Style.
        style: Style,
        /// Extra space between characters.
        spacing: f32,
        /// The characters.
        text: String,
    },
    /// A straight line.
    Rule {
        /// From.
        from: (f32, f32),
        /// To.
        to: (f32, f32),
        /// Thickness.
        thick: f32,
        /// Colour.
        ink: Ink,
    },
    /// A filled rectangle.
    Fill {
        /// Left, top.
        at: (f32, f32),
        /// Width, height.
        size: (f32, f32),
        /// Colour.
        ink: Ink,
    },
    /// Large slanted text behind everything.
    Stamp(String),
}

impl Mark {
    /// The same mark, moved.
    pub fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Self::Text { x, y, .. } => (*x, *y) = (*x + dx, *y + dy),
            Self::Rule { from, to, .. } => {
                *from = (from.0 + dx, from.1 + dy);
                *to = (to.0 + dx, to.1 + dy);
            }
            Self::Fill { at, .. } => *at = (at.0 + dx, at.1 + dy),
            Self::Stamp(_) => {}
        }
        self
    }

    /// A hairline from left to right.
    pub fn hairline(x: f32, y: f32, width: f32) -> Self {
        Self::Rule { from: (x, y), to: (x + width, y), thick: 0.5, ink: Ink::Line }
    }
}

/// A place that a bookmark leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// 1 for a part, 2 for what is inside one.
    pub level: u8,
    /// Title.
    pub title: String,
    /// Distance from the page's upper edge.
    pub y: f32,
}

/// A rectangle that leads to a place on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Left, top.
    pub at: (f32, f32),
    /// Width, height.
    pub size: (f32, f32),
    /// Index of the page, from 0.
    pub page: usize,
    /// Distance of the place from that page's upper edge.
    pub y: f32,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Marks, from back to front.
    pub marks: Vec<Mark>,
    /// Bookmarks, from top to bottom.
    pub anchors: Vec<Anchor>,
    /// Links, from top to bottom.
    pub links: Vec<Link>,
}
