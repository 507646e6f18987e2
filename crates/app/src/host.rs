//! What a use case may not reach for itself: the clock, randomness, paths. Handed in by the shells.

use fieldbook_model::Moment;
use std::path::PathBuf;
use std::sync::Arc;

/// Tells the time in Asia/Taipei.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;
/// Fills a buffer from a secure source of randomness.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The outside world, as far as the use cases may see it.
#[derive(Clone)]
pub struct Host {
    /// The time in Asia/Taipei.
    pub clock: Clock,
    /// Fills a buffer from the system's secure source.
    pub entropy: Entropy,
    /// Folder offered for a vault.
    pub suggested_dir: PathBuf,
    /// Who is at the keyboard, for records that are made while no exam is open; never empty.
    pub operator: String,
    /// log2 of scrypt's work for new key slots (18 on a laptop ≈ 1 s; tests use little).
    pub work_factor: u8,
}

impl Host {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.clock)()
    }
}

/// The machine that the program runs on: its clock read as Asia/Taipei (+08:00, no daylight saving), its secure
/// random source, the platform's data folder.
#[must_use]
pub fn of_this_machine() -> Host {
    let clock = || jiff::tz::Offset::constant(8).to_datetime(jiff::Timestamp::now());
    let entropy = |buffer: &mut [u8]| {
        // Without randomness no key may be made: ending the program is the only safe answer.
        getrandom::fill(buffer).expect("the operating system has a random source");
    };
    Host {
        clock: Arc::new(clock),
        entropy: Arc::new(entropy),
        suggested_dir: data_dir(),
        operator: operator(),
        work_factor: 18,
    }
}

/// The name that the system has for who is at the keyboard: every record needs a person.
fn operator() -> String {
    let named =
        ["USERNAME", "USER", "LOGNAME"].iter().filter_map(|v| std::env::var(v).ok()).find(|v| !v.is_empty());
    named.unwrap_or_else(|| "查核人員".to_owned())
}

fn data_dir() -> PathBuf {
    let var = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(named) = var("FIELDBOOK_VAULT") {
        return named;
    }
    let base = if cfg!(windows) {
        var("LOCALAPPDATA")
    } else {
        var("XDG_DATA_HOME").or_else(|| var("HOME").map(|h| h.join(".local").join("share")))
    };
    base.unwrap_or_default().join("fieldbook").join("vault")
}
