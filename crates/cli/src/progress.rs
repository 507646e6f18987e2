//! Progress on stderr: a bar that is drawn anew on a terminal, a plain line now and then elsewhere.

use fieldbook_app::wire::ProgressView;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Cells of the bar.
const BAR: usize = 24;

/// What a call says while it works.
pub struct Progress {
    last: Instant,
    terminal: bool,
    /// A bar stands on the terminal's last line.
    drawn: bool,
}

impl Progress {
    /// Nothing is said yet.
    pub fn new() -> Self {
        Self { last: Instant::now(), terminal: std::io::stderr().is_terminal(), drawn: false }
    }

    /// Says how far the import is, if enough time went by.
    pub fn tell(&mut self, view: &ProgressView) {
        self.put(view.fraction, || words(view));
    }

    /// Says how far other work is, in its own words.
    pub fn say(&mut self, fraction: f64, what: &str) {
        self.put(Some(fraction), || what.to_owned());
    }

    fn put(&mut self, fraction: Option<f64>, words: impl Fn() -> String) {
        let every = if self.terminal { Duration::from_millis(200) } else { Duration::from_secs(5) };
        if self.last.elapsed() < every {
            return;
        }
        self.last = Instant::now();
        if self.terminal {
            // The rest of the line before is taken away.
            eprint!("\r\x1b[K{}{}", bar(fraction), words());
            self.drawn = true;
        } else {
            eprintln!("{}", words());
        }
    }

    /// Takes the bar away, so that what follows begins on a line of its own.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.drawn) {
            eprint!("\r\x1b[K");
        }
    }
}

fn bar(fraction: Option<f64>) -> String {
    let Some(fraction) = fraction else { return String::new() };
    let full = ((fraction.clamp(0.0, 1.0) * BAR as f64) as usize).min(BAR);
    format!("[{}{}] ", "█".repeat(full), "·".repeat(BAR - full))
}

/// `（2/12）45%，讀取 120000 列，每秒 98000 列，剩餘約 1 分 05 秒`.
fn words(view: &ProgressView) -> String {
    let mut parts = Vec::new();
    parts.extend(view.fraction.map(|f| format!("{:.0}%", (f * 100.0).floor())));
    parts.push(format!("讀取 {} 列", view.rows));
    if view.rows_per_second > 0.0 {
        parts.push(format!("每秒 {:.0} 列", view.rows_per_second));
    }
    parts.extend(view.seconds_left.map(|seconds| format!("剩餘約 {}", span(seconds))));
    let of = if view.files > 1 { format!("（{}/{}）", view.file, view.files) } else { String::new() };
    format!("{of}{}", parts.join("，"))
}

fn span(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest} 秒"),
        (0, _) => format!("{minutes} 分 {rest:02} 秒"),
        _ => format!("{hours} 時 {minutes:02} 分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(fraction: Option<f64>, rate: f64, left: Option<u32>) -> ProgressView {
        ProgressView {
            path: "D:/收件/帳號清冊.xlsx".to_owned(),
            sheet: String::new(),
            rows: 120_000.0,
            file: 2,
            files: 12,
            fraction,
            rows_per_second: rate,
            seconds_left: left,
        }
    }

    #[test]
    fn rate_and_time_left_are_said_when_they_are_known() {
        let all = view(Some(0.459), 98_000.4, Some(65));
        assert_eq!(words(&all), "（2/12）45%，讀取 120000 列，每秒 98000 列，剩餘約 1 分 05 秒");
        assert_eq!(words(&view(None, 0.0, None)), "（2/12）讀取 120000 列");
        assert_eq!([span(9), span(3_599), span(7_260)], ["9 秒", "59 分 59 秒", "2 時 01 分"]);
    }

    #[test]
    fn the_bar_is_full_at_the_end_only() {
        assert_eq!(bar(Some(0.999)).matches('█').count(), BAR - 1);
        assert_eq!(bar(Some(1.0)).matches('·').count(), 0);
        assert_eq!(bar(None), "");
    }
}
