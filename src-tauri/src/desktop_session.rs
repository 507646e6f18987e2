//! What the desktop says about its session: it is being locked, or the machine goes to sleep. On Linux systemd-logind says it
//! on the system bus; without that service only the clocks tell. Windows tells only windows that are subclassed, which takes
//! unsafe code: there a gap of the clocks tells of sleep, and idleness of the rest.

use fieldbook_app::wire::LockedByWord;

/// Calls `told` for every lock of the session and every sleep of the machine; it returns when the vault is locked.
#[cfg(target_os = "linux")]
pub fn listen(told: impl Fn(LockedByWord) + Clone + Send + 'static) {
    let (sleeps, locks, hints) = (told.clone(), told.clone(), told);
    std::thread::spawn(move || logind::sleeps(&sleeps));
    std::thread::spawn(move || logind::locks(&locks));
    std::thread::spawn(move || logind::hints(&hints));
}

/// Nothing to listen to.
#[cfg(not(target_os = "linux"))]
pub fn listen(_told: impl Fn(LockedByWord) + Clone + Send + 'static) {}

#[cfg(target_os = "linux")]
mod logind {
    use super::LockedByWord;
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::{OwnedFd, OwnedObjectPath};

    const NAME: &str = "org.freedesktop.login1";

    fn manager(bus: &Connection) -> zbus::Result<Proxy<'static>> {
        Proxy::new(bus, NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
    }

    /// The session that the examiner sits at.
    fn session(bus: &Connection) -> zbus::Result<Proxy<'static>> {
        let path: OwnedObjectPath = manager(bus)?.call("GetSession", &("auto",))?;
        Proxy::new(bus, NAME, path, "org.freedesktop.login1.Session")
    }

    /// Holds sleep up until it is dropped; the system waits five seconds at most.
    fn delay(manager: &Proxy<'_>) -> Option<OwnedFd> {
        manager.call("Inhibit", &("sleep", "查核簿 Fieldbook", "保管庫上鎖", "delay")).ok()
    }

    /// `PrepareForSleep`: before the machine sleeps (true) and after (false).
    pub fn sleeps(told: &impl Fn(LockedByWord)) {
        let listen = || -> zbus::Result<()> {
            let bus = Connection::system()?;
            let manager = manager(&bus)?;
            let signals = manager.receive_signal("PrepareForSleep")?;
            let mut held = delay(&manager);
            for signal in signals {
                if signal.body().deserialize::<bool>()? {
                    told(LockedByWord::Sleep);
                    drop(held.take());
                } else {
                    held = delay(&manager);
                }
            }
            Ok(())
        };
        // Without the service there is nothing to hear; the clocks still tell.
        let _ = listen();
    }

    /// `Lock`: somebody, or the desktop, asked the session to lock.
    pub fn locks(told: &impl Fn(LockedByWord)) {
        let listen = || -> zbus::Result<()> {
            let bus = Connection::system()?;
            for _ in session(&bus)?.receive_signal("Lock")? {
                told(LockedByWord::Session);
            }
            Ok(())
        };
        let _ = listen();
    }

    /// `LockedHint`: the lock screen that desktops show by themselves.
    pub fn hints(told: &impl Fn(LockedByWord)) {
        let listen = || -> zbus::Result<()> {
            let bus = Connection::system()?;
            for changed in session(&bus)?.receive_property_changed::<bool>("LockedHint") {
                if changed.get()? {
                    told(LockedByWord::Session);
                }
            }
            Ok(())
        };
        let _ = listen();
    }
}
