//! How far the reading of a sheet has come, for whoever looks from another place meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The whole, in the gauge's own measure.
const WHOLE: u32 = 1_000_000;

/// The part of a sheet that was read, from 0 to 1; it begins again with every reading. A text is measured in the bytes
/// of the file, a workbook in rows.
#[derive(Debug, Clone, Default)]
pub struct Gauge(Arc<AtomicU32>);

impl Gauge {
    /// The part that was read.
    #[must_use]
    pub fn part(&self) -> f64 {
        f64::from(self.0.load(Ordering::Relaxed)) / f64::from(WHOLE)
    }

    /// So many of all were read; nothing is told where it is not known how many there are.
    pub(crate) fn set(&self, read: u64, all: u64) {
        if let Some(part) = (read.min(all) * u64::from(WHOLE)).checked_div(all) {
            self.0.store(u32::try_from(part).unwrap_or(WHOLE), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Gauge;

    #[test]
    fn it_never_tells_more_than_the_whole_and_nothing_without_one() {
        let gauge = Gauge::default();
        for (read, all, part) in
            [(0, 0, 0.0), (3, 0, 0.0), (1, 4, 0.25), (4, 4, 1.0), (9, 4, 1.0), (5, 0, 1.0)]
        {
            gauge.set(read, all);
            assert!((gauge.part() - part).abs() < 1e-9, "{read} of {all}");
        }
    }
}
