//! How an open vault guards itself: when it locks, how long a copy stays on the clipboard, whether the window may be captured.

use crate::desk::Desk;
use crate::error::AppError;
use crate::watch::USUAL_MINUTES;
use crate::wire::SecurityView;

const IDLE: &str = "idle_minutes";
const CLIPBOARD: &str = "clipboard_seconds";
const PROTECTED: &str = "content_protected";
/// Idle minutes that may be set.
const MINUTES: std::ops::RangeInclusive<u32> = 1..=60;
/// Seconds that a copy may stay on the clipboard.
const SECONDS: std::ops::RangeInclusive<u32> = 10..=600;
const USUAL_SECONDS: u32 = 60;

/// What holds as long as nobody chose otherwise.
pub(crate) fn usual() -> SecurityView {
    SecurityView { idle_minutes: USUAL_MINUTES, clipboard_seconds: USUAL_SECONDS, content_protected: false }
}

/// How the open vault guards itself. A number that nobody could have set counts as the usual one.
///
/// # Errors
/// `locked`, or the store's.
pub fn security(desk: &Desk) -> Result<SecurityView, AppError> {
    let vault = &desk.vault()?.vault;
    let number = |key: &str, range: std::ops::RangeInclusive<u32>, usual: u32| {
        let stored = vault.setting(key)?.and_then(|text| text.parse().ok());
        Ok::<u32, AppError>(stored.filter(|n| range.contains(n)).unwrap_or(usual))
    };
    Ok(SecurityView {
        idle_minutes: number(IDLE, MINUTES, USUAL_MINUTES)?,
        clipboard_seconds: number(CLIPBOARD, SECONDS, USUAL_SECONDS)?,
        content_protected: vault.setting(PROTECTED)?.as_deref() == Some("yes"),
    })
}

/// Changes how the vault guards itself.
///
/// # Errors
/// `bad_minutes`, `bad_seconds`, `locked`, or the store's.
pub fn security_set(desk: &mut Desk, request: &SecurityView) -> Result<SecurityView, AppError> {
    if !MINUTES.contains(&request.idle_minutes) {
        return Err(AppError::new("bad_minutes").with("from", MINUTES.start()).with("to", MINUTES.end()));
    }
    if !SECONDS.contains(&request.clipboard_seconds) {
        return Err(AppError::new("bad_seconds").with("from", SECONDS.start()).with("to", SECONDS.end()));
    }
    let vault = &mut desk.vault_mut()?.vault;
    for (key, text) in [
        (IDLE, request.idle_minutes.to_string()),
        (CLIPBOARD, request.clipboard_seconds.to_string()),
        (PROTECTED, if request.content_protected { "yes" } else { "no" }.to_owned()),
    ] {
        vault.set_setting(key, Some(&text))?;
    }
    desk.saved();
    security(desk)
}
