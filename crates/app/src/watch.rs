//! When an open vault is locked without being asked: nobody touched anything for a while, the machine slept, or the session
//! was locked. A state machine that is handed the time; it asks no clock and locks nothing itself.

use crate::wire::LockedByWord;
use fieldbook_model::Moment;
use std::time::Duration;

/// Idle minutes after which a vault is locked, until an examiner says otherwise.
pub const USUAL_MINUTES: u32 = 10;
/// Seconds before an idle lock in which the window counts down and any key stops it.
pub const COUNTDOWN: u64 = 30;
/// Time that passes outside the program's sight, in seconds, before the machine is taken to have slept.
const GAP: u64 = 30;

/// The two clocks at one moment: the one on the wall, which goes on while the machine sleeps, and one that never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beat {
    /// Time in Asia/Taipei.
    pub wall: Moment,
    /// Time since some moment before.
    pub ticks: Duration,
}

/// What a beat comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nothing is due.
    Rest,
    /// So many seconds until the lock; any key stops it.
    Soon(u64),
    /// Somebody came back during the countdown.
    Stay,
    /// The vault is locked now.
    Lock(LockedByWord),
}

/// The watch over one vault.
#[derive(Debug, Clone)]
pub struct Watch {
    idle: Duration,
    /// Ticks of the last sign of somebody; `None` while no vault is open.
    last_sign: Option<Duration>,
    last_beat: Option<Beat>,
    counting: bool,
}

impl Default for Watch {
    fn default() -> Self {
        Self { idle: minutes(USUAL_MINUTES), last_sign: None, last_beat: None, counting: false }
    }
}

fn minutes(n: u32) -> Duration {
    Duration::from_secs(u64::from(n) * 60)
}

impl Watch {
    /// A vault is open from now on.
    pub fn opened(&mut self, ticks: Duration, idle_minutes: u32) {
        self.last_sign = Some(ticks);
        self.last_beat = None;
        self.counting = false;
        self.set_idle(idle_minutes);
    }

    /// Changes how long nobody may be there.
    pub fn set_idle(&mut self, idle_minutes: u32) {
        self.idle = minutes(idle_minutes.max(1));
    }

    /// The vault was locked.
    pub fn closed(&mut self) {
        self.last_sign = None;
        self.counting = false;
    }

    /// Whether a vault is watched over.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.last_sign.is_some()
    }

    /// Somebody pressed a key or moved the mouse.
    pub fn touched(&mut self, ticks: Duration) {
        if let Some(sign) = &mut self.last_sign {
            *sign = (*sign).max(ticks);
        }
    }

    /// Looks at the clocks; called about once a second, and it does not matter how late.
    pub fn beat(&mut self, now: Beat) -> Turn {
        let before = self.last_beat.replace(now);
        let Some(sign) = self.last_sign else { return Turn::Rest };
        if before.is_some_and(|before| slept(before, now)) {
            return Turn::Lock(LockedByWord::Sleep);
        }
        let left = self.idle.saturating_sub(now.ticks.saturating_sub(sign));
        if left.is_zero() {
            return Turn::Lock(LockedByWord::Idle);
        }
        let counting = left <= Duration::from_secs(COUNTDOWN);
        let was = std::mem::replace(&mut self.counting, counting);
        match (was, counting) {
            (_, true) => Turn::Soon(left.as_secs() + u64::from(left.subsec_nanos() > 0)),
            (true, false) => Turn::Stay,
            (false, false) => Turn::Rest,
        }
    }
}

/// Whether the machine slept between two beats. Some systems stop the ticks meanwhile, and only the wall clock jumps; on
/// others both do. A wall clock set ahead by hand looks the same, which costs a passphrase; one set back does not.
fn slept(before: Beat, now: Beat) -> bool {
    let ticks = now.ticks.saturating_sub(before.ticks);
    let wall = now.wall.duration_since(before.wall);
    let wall = Duration::try_from(wall).unwrap_or_default();
    wall.saturating_sub(ticks).as_secs() >= GAP || ticks.as_secs() >= GAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::{SignedDuration, ToSpan};
    use proptest::prelude::*;

    fn at(wall: i64, ticks: u64) -> Beat {
        let start = date(2026, 3, 2).at(9, 0, 0, 0);
        Beat { wall: start + SignedDuration::from_secs(wall), ticks: Duration::from_secs(ticks) }
    }

    /// Beats of an awake machine, one a second, from `from` up to and with `to`.
    fn awake(watch: &mut Watch, from: u64, to: u64) -> Turn {
        let mut turn = Turn::Rest;
        for n in from..=to {
            turn = watch.beat(at(i64::try_from(n).expect("small"), n));
        }
        turn
    }

    fn open(idle: u32) -> Watch {
        let mut watch = Watch::default();
        watch.opened(Duration::ZERO, idle);
        watch
    }

    #[test]
    fn nobody_there_for_the_set_minutes_locks_after_a_countdown() {
        let mut watch = open(10);
        assert_eq!(awake(&mut watch, 0, 569), Turn::Rest);
        assert_eq!(awake(&mut watch, 570, 570), Turn::Soon(30));
        assert_eq!(awake(&mut watch, 571, 599), Turn::Soon(1));
        assert_eq!(awake(&mut watch, 600, 600), Turn::Lock(LockedByWord::Idle));
    }

    #[test]
    fn a_key_during_the_countdown_stops_it_and_the_minutes_begin_anew() {
        let mut watch = open(1);
        assert_eq!(awake(&mut watch, 0, 40), Turn::Soon(20));
        watch.touched(Duration::from_secs(40));
        assert_eq!(awake(&mut watch, 41, 41), Turn::Stay);
        assert_eq!(awake(&mut watch, 42, 69), Turn::Rest);
        assert_eq!(awake(&mut watch, 70, 99), Turn::Soon(1));
        assert_eq!(awake(&mut watch, 100, 100), Turn::Lock(LockedByWord::Idle));
    }

    #[test]
    fn a_machine_that_slept_locks_at_the_first_beat_whichever_clocks_went_on() {
        for (wall, ticks) in [(3600, 11), (3600, 3600), (41, 11)] {
            let mut watch = open(60);
            assert_eq!(awake(&mut watch, 0, 10), Turn::Rest);
            assert_eq!(watch.beat(at(wall, ticks)), Turn::Lock(LockedByWord::Sleep), "{wall} {ticks}");
        }
    }

    #[test]
    fn a_busy_machine_and_a_clock_set_back_do_not_lock() {
        let mut watch = open(60);
        assert_eq!(awake(&mut watch, 0, 10), Turn::Rest);
        assert_eq!(watch.beat(at(30, 30)), Turn::Rest);
        assert_eq!(watch.beat(at(-86_400, 31)), Turn::Rest);
        assert_eq!(watch.beat(at(-86_399, 32)), Turn::Rest);
    }

    #[test]
    fn what_is_locked_is_not_watched_and_time_before_the_opening_does_not_count() {
        let mut watch = Watch::default();
        assert_eq!(awake(&mut watch, 0, 9_000), Turn::Rest);
        watch.opened(Duration::from_secs(9_000), 1);
        assert_eq!(awake(&mut watch, 9_001, 9_020), Turn::Rest);
        watch.closed();
        assert_eq!(awake(&mut watch, 9_021, 20_000), Turn::Rest);
        assert_eq!(watch.beat(at(40_000, 20_001)), Turn::Rest);
    }

    proptest! {
        /// However the touches and the beats fall, a vault is never open longer than the limit after the last sign.
        #[test]
        fn it_locks_at_the_first_beat_past_the_limit_and_never_before(
            idle in 1_u32..60,
            steps in prop::collection::vec((1_u64..29, prop::bool::weighted(0.05)), 1..400),
        ) {
            let mut watch = open(idle);
            let limit = u64::from(idle) * 60;
            let (mut now, mut sign) = (0, 0);
            for (step, touch) in steps {
                now += step;
                if touch {
                    watch.touched(Duration::from_secs(now));
                    sign = now;
                }
                let turn = watch.beat(at(i64::try_from(now).expect("small"), now));
                prop_assert_eq!(turn == Turn::Lock(LockedByWord::Idle), now - sign >= limit);
                if turn == Turn::Lock(LockedByWord::Idle) { break }
            }
        }
    }

    #[test]
    fn beats_are_moments_of_the_calendar() {
        let before = Beat { wall: date(2026, 12, 31).at(23, 59, 59, 0), ticks: Duration::ZERO };
        let now = Beat { wall: before.wall + 1.second(), ticks: Duration::from_secs(1) };
        assert!(!slept(before, now));
    }
}
