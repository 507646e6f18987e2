//! What a window manager would do for the person at the screen: give the window another size, or close
//! it by the button of its title bar.

use super::Fault;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::protocol::xproto::{InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Keys by the names that the display has for them.
pub(super) const ENTER: u32 = 0xff0d;
pub(super) const CONTROL: u32 = 0xffe3;

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::Start(format!("the display does not answer: {error}"))
}

/// A display, and the windows of one program on it.
struct Desktop {
    x: RustConnection,
    windows: Vec<Window>,
    protocols: u32,
    delete: u32,
}

impl Desktop {
    fn of(display: &str, program: u32) -> Result<Self, Fault> {
        let (x, screen) = RustConnection::connect(Some(display)).map_err(fault)?;
        let root = x.setup().roots.get(screen).map(|s| s.root).unwrap_or_default();
        let atom = |name: &str| -> Result<u32, Fault> {
            Ok(x.intern_atom(false, name.as_bytes()).map_err(fault)?.reply().map_err(fault)?.atom)
        };
        let (protocols, delete, owner) =
            (atom("WM_PROTOCOLS")?, atom("WM_DELETE_WINDOW")?, atom("_NET_WM_PID")?);
        let values = |window: Window, property: u32, of: AtomEnum| -> Vec<u32> {
            let asked = x.get_property(false, window, property, of, 0, 64).ok();
            let reply = asked.and_then(|asked| asked.reply().ok());
            reply.and_then(|reply| reply.value32().map(Iterator::collect)).unwrap_or_default()
        };
        let seen = |window: Window| {
            let asked = x.get_window_attributes(window).ok();
            asked.and_then(|asked| asked.reply().ok()).is_some_and(|a| a.map_state == MapState::VIEWABLE)
        };
        let all = x.query_tree(root).map_err(fault)?.reply().map_err(fault)?.children;
        let windows: Vec<Window> = all
            .into_iter()
            .filter(|&window| values(window, owner, AtomEnum::CARDINAL).contains(&program))
            .filter(|&window| values(window, protocols, AtomEnum::ATOM).contains(&delete) && seen(window))
            .collect();
        if windows.is_empty() {
            return Err(Fault::Waited("a window of the program".to_owned()));
        }
        Ok(Self { x, windows, protocols, delete })
    }

    /// Waits until the display has done what it was asked: what is under way goes with the connection.
    fn done(self) -> Result<(), Fault> {
        self.x.get_input_focus().map_err(fault)?.reply().map(|_| ()).map_err(fault)
    }
}

/// Presses keys, given by their names, on the keyboard of the display: those of one press together. The first window of the
/// program has the focus.
pub(super) fn keys(display: &str, program: u32, presses: &[&[u32]]) -> Result<(), Fault> {
    let desktop = Desktop::of(display, program)?;
    let x = &desktop.x;
    for &window in desktop.windows.iter().take(1) {
        x.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).map_err(fault)?;
    }
    let (first, last) = (x.setup().min_keycode, x.setup().max_keycode);
    let names = x.get_keyboard_mapping(first, last - first + 1).map_err(fault)?.reply().map_err(fault)?;
    let each = usize::from(names.keysyms_per_keycode).max(1);
    let code = |name: u32| -> Result<u8, Fault> {
        let at = names.keysyms.chunks(each).position(|key| key.first() == Some(&name));
        let code = at.and_then(|at| u8::try_from(at).ok()).map(|at| first + at);
        code.ok_or_else(|| Fault::Waited(format!("a key of the name {name:#x}")))
    };
    for press in presses {
        let codes = press.iter().map(|&name| code(name)).collect::<Result<Vec<_>, _>>()?;
        let down = codes.iter().map(|&code| (KEY_PRESS_EVENT, code));
        let up = codes.iter().rev().map(|&code| (KEY_RELEASE_EVENT, code));
        for (kind, code) in down.chain(up) {
            x.xtest_fake_input(kind, code, x11rb::CURRENT_TIME, 0, 0, 0, 0).map_err(fault)?;
        }
    }
    desktop.done()
}

/// Asks the windows of a program to close, as the button of their title bar does.
pub(super) fn close(display: &str, program: u32) -> Result<(), Fault> {
    let desktop = Desktop::of(display, program)?;
    for &window in &desktop.windows {
        let told = [desktop.delete, x11rb::CURRENT_TIME, 0, 0, 0];
        let event = ClientMessageEvent::new(32, window, desktop.protocols, told);
        desktop.x.send_event(false, window, EventMask::NO_EVENT, event).map_err(fault)?;
    }
    desktop.done()
}

/// Gives the windows of a program this size, as dragging their corner does.
pub(super) fn resize(display: &str, program: u32, width: u32, height: u32) -> Result<(), Fault> {
    let desktop = Desktop::of(display, program)?;
    for &window in &desktop.windows {
        let size = ConfigureWindowAux::new().width(width).height(height);
        desktop.x.configure_window(window, &size).map_err(fault)?;
    }
    desktop.done()
}
