//! How the time grows with the rows: a table, a picture, and how steep the growth is.

use super::files::{Size, kept};
use super::{Outcome, Verdict, chart, sides};
use std::io::Write;

/// Rows of each step.
const STEPS: [u32; 6] = [10_000, 50_000, 250_000, 1_000_000, 2_500_000, 5_000_000];

/// Times text files of growing length into an exam. The figure is the steepest step from 50,000 rows on: the exponent
/// with which the time grows there, 1 for linear growth.
pub fn measure(out: &mut impl Write, size: Size) -> Outcome<Verdict> {
    let mut points = Vec::new();
    writeln!(out, "\n      rows        s   rows/s   MiB")?;
    for step in STEPS {
        let rows = size.rows(step);
        let file = kept("orders.csv", "orders-csv", rows)?;
        let Some(done) = sides::in_a_process("import", rows, &file)? else { continue };
        let rate = f64::from(rows) / done.seconds;
        writeln!(out, "{rows:>10} {:>8.2} {rate:>8.0} {:>5.0}", done.seconds, done.peak)?;
        points.push((f64::from(rows), done.seconds));
    }
    let picture = fieldbook_tests::target().join("bench/growth.svg");
    std::fs::write(&picture, chart::drawn(&points))?;
    writeln!(out, "drawn in {}", picture.display())?;
    let slope = |pair: &[(f64, f64)]| match pair {
        [(rows, seconds), (more, longer)] => (longer / seconds).ln() / (more / rows).ln(),
        _ => 0.0,
    };
    let steepest = points.windows(2).skip(1).map(slope).fold(0.0, f64::max);
    Ok(Verdict { what: "growth with the rows, steepest exponent", is: steepest, most: 1.15, unit: "" })
}
