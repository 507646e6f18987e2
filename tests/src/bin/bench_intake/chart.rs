//! Seconds over rows as a picture, both scales logarithmic: linear growth is a line of one slope.

use std::fmt::Write;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const EDGE: f64 = 60.0;

/// The picture of these points (rows, seconds) and, through the largest, the line of linear growth.
pub fn drawn(points: &[(f64, f64)]) -> String {
    let range = |of: fn(&(f64, f64)) -> f64| {
        let logs = points.iter().map(|p| of(p).max(1e-3).log10());
        let (least, most) = logs.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        (least.floor(), most.ceil().max(least.floor() + 1.0))
    };
    let (across, up) = (range(|p| p.0), range(|p| p.1));
    let x = |rows: f64| EDGE + (rows.log10() - across.0) / (across.1 - across.0) * (WIDTH - 2.0 * EDGE);
    let y = |seconds: f64| {
        HEIGHT - EDGE - (seconds.max(1e-3).log10() - up.0) / (up.1 - up.0) * (HEIGHT - 2.0 * EDGE)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let mut add = |line: std::fmt::Arguments<'_>| {
        // A string takes everything.
        let _ = svg.write_fmt(line);
    };
    for power in across.0 as i32..=across.1 as i32 {
        let at = x(10_f64.powi(power));
        add(format_args!("<path d=\"M{at:.1} {EDGE}V{:.1}\" stroke=\"#ddd\"/>\n", HEIGHT - EDGE));
        add(format_args!(
            "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">10^{power}</text>\n",
            HEIGHT - EDGE + 20.0
        ));
    }
    for power in up.0 as i32..=up.1 as i32 {
        let at = y(10_f64.powi(power));
        add(format_args!("<path d=\"M{EDGE} {at:.1}H{:.1}\" stroke=\"#ddd\"/>\n", WIDTH - EDGE));
        add(format_args!(
            "<text x=\"{:.1}\" y=\"{at:.1}\" text-anchor=\"end\">{} s</text>\n",
            EDGE - 8.0,
            10_f64.powi(power)
        ));
    }
    if let Some((rows, seconds)) = points.last() {
        let from = points.first().map_or(*rows, |p| p.0);
        add(format_args!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#999\" stroke-dasharray=\"5 4\"/>\n",
            x(from),
            y(seconds * from / rows),
            x(*rows),
            y(*seconds)
        ));
    }
    let line: Vec<String> = points.iter().map(|(r, s)| format!("{:.1} {:.1}", x(*r), y(*s))).collect();
    add(format_args!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>\n",
        line.join(" ")
    ));
    for (rows, seconds) in points {
        add(format_args!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"#1f5fa8\"/>\n",
            x(*rows),
            y(*seconds)
        ));
    }
    add(format_args!(
        "<text x=\"{:.1}\" y=\"24\" text-anchor=\"middle\">CSV into the encrypted exam: seconds over rows; dashed: linear</text>\n",
        WIDTH / 2.0
    ));
    svg.push_str("</svg>\n");
    svg
}
