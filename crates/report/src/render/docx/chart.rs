//! Charts as charts of the word processor (DrawingML), with their figures inside; patterns tell the series apart.

use super::xml::{NAMESPACES, Xml};
use crate::doc::{Block, Chart, Pattern, Series, Tone};

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// Width of a chart, height of a bar and of what is not bars, in English metric units.
const WIDTH: usize = 6_100_000;
const BAR: usize = 230_000;
const FRAME: usize = 900_000;

/// The charts of the blocks in order.
pub fn charts(blocks: &[Block]) -> Vec<&Chart> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Chart(chart) => out.push(chart),
            Block::Together(blocks) => out.extend(charts(blocks)),
            _ => {}
        }
    }
    out
}

/// Name of the part of a chart, from 1.
pub fn name(n: usize) -> String {
    format!("charts/chart{n}.xml")
}

/// Name of the main part's relation to it.
pub fn relation(n: usize) -> String {
    format!("rIdChart{n}")
}

/// The paragraph in which a chart stands.
pub fn drawing(xml: &mut Xml, chart: &Chart, n: usize) {
    let (width, height) = (WIDTH.to_string(), (FRAME + BAR * chart.bars.len()).to_string());
    let id = n.to_string();
    let frame = [("xmlns:wp", WP), ("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.value("w:pStyle", "CellLeft");
            xml.empty("w:keepNext", &[]);
        });
        xml.within("w:r", &[], |xml| {
            xml.within("w:drawing", &[], |xml| {
                xml.within("wp:inline", &frame, |xml| {
                    xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
                    let heading = chart.heading();
                    xml.empty("wp:docPr", &[("id", &id), ("name", &heading), ("descr", &heading)]);
                    xml.within("a:graphic", &[("xmlns:a", A)], |xml| {
                        xml.within("a:graphicData", &[("uri", C)], |xml| {
                            xml.empty("c:chart", &[("xmlns:c", C), ("r:id", &relation(n))]);
                        });
                    });
                });
            });
        });
    });
}

/// The part of a chart.
pub fn part(chart: &Chart) -> String {
    let mut xml = Xml::new();
    xml.within("c:chartSpace", &[("xmlns:c", C), ("xmlns:a", A), NAMESPACES[1]], |xml| {
        value(xml, "c:roundedCorners", "0");
        xml.within("c:chart", &[], |xml| {
            value(xml, "c:autoTitleDeleted", "1");
            xml.within("c:plotArea", &[], |xml| {
                xml.empty("c:layout", &[]);
                bars(xml, chart);
                axes(xml);
            });
            xml.within("c:legend", &[], |xml| {
                value(xml, "c:legendPos", "b");
                value(xml, "c:overlay", "0");
            });
            value(xml, "c:plotVisOnly", "1");
        });
        xml.within("c:txPr", &[], |xml| {
            xml.empty("a:bodyPr", &[]);
            xml.within("a:p", &[], |xml| {
                xml.within("a:pPr", &[], |xml| xml.empty("a:defRPr", &[("sz", "800")]));
                xml.empty("a:endParaRPr", &[("lang", "zh-TW")]);
            });
        });
    });
    xml.finish()
}

fn bars(xml: &mut Xml, chart: &Chart) {
    xml.within("c:barChart", &[], |xml| {
        value(xml, "c:barDir", "bar");
        value(xml, "c:grouping", "stacked");
        value(xml, "c:varyColors", "0");
        for (i, series) in chart.series.iter().enumerate() {
            let at = i.to_string();
            xml.within("c:ser", &[], |xml| {
                value(xml, "c:idx", &at);
                value(xml, "c:order", &at);
                xml.within("c:tx", &[], |xml| {
                    let named = std::iter::once(series.name.clone());
                    xml.within("c:strRef", &[], |xml| {
                        xml.within("c:f", &[], |xml| xml.text(&format!("Series{at}")));
                        points(xml, "c:strCache", None, named);
                    });
                });
                look(xml, series);
                value(xml, "c:invertIfNegative", "0");
                let names = chart.bars.iter().map(|bar| bar.name.clone());
                xml.within("c:cat", &[], |xml| points(xml, "c:strLit", None, names));
                let figure = |bar: &crate::doc::Bar| bar.figures.get(i).copied().unwrap_or_default();
                let figures = chart.bars.iter().map(|bar| figure(bar).to_string());
                xml.within("c:val", &[], |xml| points(xml, "c:numLit", Some("General"), figures));
            });
        }
        value(xml, "c:gapWidth", "60");
        value(xml, "c:overlap", "100");
        value(xml, "c:axId", "1");
        value(xml, "c:axId", "2");
    });
}

fn points(xml: &mut Xml, tag: &str, format: Option<&str>, texts: impl Iterator<Item = String>) {
    let texts: Vec<String> = texts.collect();
    xml.within(tag, &[], |xml| {
        if let Some(format) = format {
            xml.within("c:formatCode", &[], |xml| xml.text(format));
        }
        value(xml, "c:ptCount", &texts.len().to_string());
        for (i, text) in texts.iter().enumerate() {
            xml.within("c:pt", &[("idx", &i.to_string())], |xml| {
                xml.within("c:v", &[], |xml| xml.text(text));
            });
        }
    });
}

/// Names from top to bottom at the left, figures below.
fn axes(xml: &mut Xml) {
    for (tag, id, other, place, order) in
        [("c:catAx", "1", "2", "l", "maxMin"), ("c:valAx", "2", "1", "b", "minMax")]
    {
        xml.within(tag, &[], |xml| {
            value(xml, "c:axId", id);
            xml.within("c:scaling", &[], |xml| value(xml, "c:orientation", order));
            value(xml, "c:delete", "0");
            value(xml, "c:axPos", place);
            if tag == "c:valAx" {
                xml.empty("c:numFmt", &[("formatCode", "0"), ("sourceLinked", "0")]);
            }
            value(xml, "c:majorTickMark", "none");
            value(xml, "c:minorTickMark", "none");
            value(xml, "c:tickLblPos", "nextTo");
            value(xml, "c:crossAx", other);
            value(xml, "c:crosses", if tag == "c:valAx" { "max" } else { "autoZero" });
        });
    }
}

fn look(xml: &mut Xml, series: &Series) {
    let color = match series.tone {
        Some(Tone::Fail) => "A3231B",
        Some(Tone::Warn) => "8A5A00",
        Some(Tone::Ok) => "1D6B45",
        Some(Tone::Unknown) => "6B5B7B",
        None => "55606C",
    };
    let pattern = match series.pattern {
        Pattern::Solid => None,
        Pattern::Crossed => Some("diagCross"),
        Pattern::Slanted => Some("wdUpDiag"),
        Pattern::Dotted => Some("pct10"),
        Pattern::Lined => Some("ltHorz"),
        Pattern::Empty => Some(""),
    };
    xml.within("c:spPr", &[], |xml| {
        match pattern {
            None => solid(xml, color),
            Some("") => solid(xml, "FFFFFF"),
            Some(preset) => xml.within("a:pattFill", &[("prst", preset)], |xml| {
                xml.within("a:fgClr", &[], |xml| xml.empty("a:srgbClr", &[("val", color)]));
                xml.within("a:bgClr", &[], |xml| xml.empty("a:srgbClr", &[("val", "FFFFFF")]));
            }),
        }
        xml.within("a:ln", &[("w", "6350")], |xml| solid(xml, color));
    });
}

fn solid(xml: &mut Xml, color: &str) {
    xml.within("a:solidFill", &[], |xml| xml.empty("a:srgbClr", &[("val", color)]));
}

/// An element of the chart with one value.
fn value(xml: &mut Xml, tag: &str, value: &str) {
    xml.empty(tag, &[("val", value)]);
}
