//! Adds up what the test runners say at their ends, so that one line can close the whole run.

/// Tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed, timed out or crashed.
    pub failed: u64,
}

impl Tally {
    /// Takes in one line of a runner's output; lines that are no totals change nothing.
    pub fn see(&mut self, line: &str) {
        let line = without_colours(line);
        let line = line.trim();
        // nextest; cargo test; vitest.
        let totals = if line.starts_with("Summary [") && line.contains(" run: ") {
            line.split_once(" run: ").map(|(_, rest)| rest)
        } else if let Some(rest) = line.strip_prefix("test result: ") {
            Some(rest)
        } else {
            line.strip_prefix("Tests  ")
        };
        let Some(totals) = totals else { return };
        self.passed += count_before(totals, "passed");
        self.failed +=
            ["failed", "timed out", "exec failed"].map(|word| count_before(totals, word)).iter().sum::<u64>();
    }
}

/// The number that stands right before `word`, or 0.
fn count_before(totals: &str, word: &str) -> u64 {
    let counts = totals.split([',', ';', '|', '.']).filter_map(|part| part.trim().strip_suffix(word));
    let after_words = |part: &str| part.split_whitespace().last().and_then(|n| n.parse::<u64>().ok());
    // vitest's line ends with the total in brackets.
    let bracketed = totals.split([',', ';', '|']).filter_map(|part| part.trim().split_once(" ("));
    let bracketed = bracketed.filter_map(|(part, _)| part.trim().strip_suffix(word));
    counts.chain(bracketed).find_map(after_words).unwrap_or(0)
}

fn without_colours(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            // A colour is ESC [ … m.
            for c in rest.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn of(lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        for line in lines {
            tally.see(line);
        }
        (tally.passed, tally.failed)
    }

    #[test]
    fn totals_of_each_runner_are_read() {
        let nextest =
            "     Summary [   2.013s] 61 tests run: 58 passed (1 slow), 2 failed, 1 timed out, 4 skipped";
        assert_eq!(of(&[nextest]), (58, 3));
        assert_eq!(of(&["     Summary [   0.013s] 1 test run: 1 passed, 0 skipped"]), (1, 0));
        assert_eq!(
            of(&["test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; finished in 0.10s"]),
            (3, 0)
        );
        assert_eq!(of(&["test result: FAILED. 3 passed; 2 failed; 0 ignored"]), (3, 2));
        assert_eq!(of(&["      Tests  2 failed | 10 passed (12)"]), (10, 2));
        assert_eq!(
            of(&["\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m12 passed\u{1b}[39m (12)"]),
            (12, 0)
        );
    }

    #[test]
    fn totals_add_up_and_other_lines_count_nothing() {
        assert_eq!(of(&["test a ... ok", "2 passed the gate", " Test Files  3 passed (3)"]), (0, 0));
        assert_eq!(of(&["      Tests  4 passed (4)", "test result: ok. 3 passed; 0 failed"]), (7, 0));
    }
}
