//! A clock that is handed to a program which asks the system for the time. faketime does it from outside: what is shipped has
//! no way to be lied to about the time of an entry.

use std::cell::Cell;
use std::process::Command;

/// Debian's `faketime` keeps it here.
const LIBRARY: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

/// A minute later at each call, so that the same calls are at the same times. During a call it hardly moves: whoever chooses the
/// work of a passphrase measures by it how fast the machine is, and would wait for ever before one that stands still.
#[derive(Default)]
pub struct Clock(Cell<u32>);

impl Clock {
    /// A clock that has shown its first `calls` minutes already.
    pub fn after(calls: u32) -> Self {
        Self(Cell::new(calls))
    }

    /// Hands the next minute to a call.
    pub fn hand(&self, call: &mut Command) {
        let calls = self.0.replace(self.0.get() + 1);
        call.env("LD_PRELOAD", LIBRARY).env("FAKETIME", shown(calls));
        call.env("TZ", "UTC").env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
}

/// The time of a call, as faketime reads it: a second takes hundredths of a millisecond.
fn shown(calls: u32) -> String {
    format!("@2026-10-05 {:02}:{:02}:00 x0.00001", 1 + calls / 60, calls % 60)
}

#[cfg(test)]
mod tests {
    use super::{Clock, shown};
    use std::process::Command;

    #[test]
    fn every_call_has_its_minute() {
        assert_eq!(shown(0), "@2026-10-05 01:00:00 x0.00001");
        assert_eq!(shown(61), "@2026-10-05 02:01:00 x0.00001");
        let (clock, mut call) = (Clock::after(2), Command::new("true"));
        clock.hand(&mut call);
        clock.hand(&mut call);
        let time = call.get_envs().find(|(key, _)| *key == "FAKETIME").and_then(|(_, value)| value);
        assert_eq!(time.and_then(|time| time.to_str()), Some("@2026-10-05 01:03:00 x0.00001"));
    }
}
