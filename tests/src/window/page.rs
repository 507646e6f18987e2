//! What is shown in the window, found by `data-testid`. Every step waits for what it needs, and says what it waited for.

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
pub use fantoccini::key::Key;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a step may take; an unoptimised build derives keys and reads workbooks slowly.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(100);
/// How often a click is tried while the page still moves.
const TRIES: usize = 20;

/// Why a step could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A program beside the window did not start.
    #[error("{0}")]
    Start(String),
    /// The driver refused a command.
    #[error("{what}: {source}")]
    Driver {
        /// What was being done.
        what: String,
        /// What the driver said.
        source: Box<CmdError>,
    },
    /// Something did not happen in time.
    #[error("waited in vain for {0}")]
    Waited(String),
}

impl Fault {
    pub(super) fn start(what: &str, error: &std::io::Error) -> Self {
        Self::Start(format!("{what} does not start: {error}"))
    }

    pub(super) fn silent(what: &str) -> Self {
        Self::Start(format!("{what} ended without a word"))
    }
}

fn driver(what: impl Into<String>) -> impl FnOnce(CmdError) -> Fault {
    let what = what.into();
    move |e| Fault::Driver { what, source: Box::new(e) }
}

/// The page in the window.
pub struct Page(Client);

impl Page {
    /// Waits for the driver and has it open the program.
    pub(super) async fn connect(port: u16, program: &Path, args: &[&str]) -> Result<Self, Fault> {
        let options = json!({ "webkitgtk:browserOptions": { "binary": program, "args": args } });
        let capabilities = options.as_object().cloned().unwrap_or_default();
        let url = format!("http://127.0.0.1:{port}");
        let started = Instant::now();
        loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(capabilities.clone()).connect(&url).await {
                Ok(client) => return Ok(Self(client)),
                // The driver needs a moment until it listens.
                Err(
                    fantoccini::error::NewSessionError::Lost(_)
                    | fantoccini::error::NewSessionError::Failed(_),
                ) if started.elapsed() < PATIENCE => {}
                Err(fantoccini::error::NewSessionError::FailedC(_)) if started.elapsed() < PATIENCE => {}
                Err(e) => return Err(Fault::Start(format!("the driver opens no window: {e}"))),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    pub(super) async fn close(self) -> Result<(), Fault> {
        self.0.close().await.map_err(driver("closing the window"))
    }

    /// Runs a script; `arguments` are given to it.
    ///
    /// # Errors
    /// The driver's.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        self.0.execute(script, arguments).await.map_err(driver(script))
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// The driver's.
    pub(super) async fn go(&self, address: &str) -> Result<(), Fault> {
        self.0.goto(address).await.map_err(driver(address))
    }

    /// Lets scripts that answer later take as long as any other step.
    ///
    /// # Errors
    /// The driver's.
    pub(super) async fn be_patient(&self) -> Result<(), Fault> {
        let patience = TimeoutConfiguration::new(Some(PATIENCE), None, None);
        self.0.update_timeouts(patience).await.map_err(driver("setting the patience"))
    }

    /// Runs a script that answers by calling the last of its arguments.
    ///
    /// # Errors
    /// The driver's, and when no answer comes in time.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        self.0.execute_async(script, arguments).await.map_err(driver("a script that answers later"))
    }

    /// Asks for a size of the window around the page, in whole pixels.
    ///
    /// # Errors
    /// The driver's.
    pub(super) async fn size(&self, width: u32, height: u32) -> Result<(), Fault> {
        self.0.set_window_size(width, height).await.map_err(driver("resizing"))
    }

    /// Waits until an expression over the page is true; `what` says what for.
    ///
    /// # Errors
    /// After two minutes.
    pub async fn until(&self, expression: &str, what: &str) -> Result<(), Fault> {
        let started = Instant::now();
        let script = format!("return Boolean({expression})");
        while started.elapsed() < PATIENCE {
            if self.script(&script, Vec::new()).await? == Value::Bool(true) {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        let errors =
            "return [...document.querySelectorAll('[role=alert]')].map(e => e.innerText).join(' / ')";
        let said = self.script(errors, Vec::new()).await?;
        Err(Fault::Waited(format!("{what} (the window says: {said})")))
    }

    /// Drops files on the window: what the program hears then, without the hand that drags them.
    ///
    /// # Errors
    /// The driver's.
    pub async fn drop_files(&self, paths: &[String]) -> Result<(), Fault> {
        let drop = "const payload = { paths: arguments[0], position: { x: 400, y: 300 } };
            for (const event of ['tauri://drag-enter', 'tauri://drag-drop']) {
                const heard = window['__internal_unstable_listeners_object_id__']?.[event] ?? {};
                const ids = Object.getOwnPropertyNames(heard).map(Number);
                if (ids.length === 0) return false;
                window['__internal_unstable_listeners_function_id__']({ event, payload }, ids);
            }
            return true;";
        match self.script(drop, vec![json!(paths)]).await? {
            Value::Bool(true) => Ok(()),
            _ => Err(Fault::Waited("somebody who takes dropped files".to_owned())),
        }
    }

    /// Waits for the element of this name.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn at(&self, name: &str) -> Result<Element, Fault> {
        let css = selector(name);
        self.until(&format!("document.querySelector({})", quoted(&css)), name).await?;
        self.0.find(Locator::Css(&css)).await.map_err(driver(name))
    }

    /// Whether there is an element of this name now.
    ///
    /// # Errors
    /// The driver's.
    pub async fn has(&self, name: &str) -> Result<bool, Fault> {
        let script = format!("return document.querySelector({}) !== null", quoted(&selector(name)));
        Ok(self.script(&script, Vec::new()).await? == Value::Bool(true))
    }

    /// Clicks the element of this name as soon as it can be clicked.
    ///
    /// # Errors
    /// When it does not come or cannot be clicked.
    pub async fn press(&self, name: &str) -> Result<(), Fault> {
        self.press_css(&selector(name)).await
    }

    /// Clicks the first element of a CSS selector as soon as it can be clicked.
    ///
    /// # Errors
    /// As [`Page::press`].
    pub async fn press_css(&self, css: &str) -> Result<(), Fault> {
        let found = format!("document.querySelector({})", quoted(css));
        self.until(&format!("{found} && !{found}.disabled"), css).await?;
        // In the middle, where no header sticks over it; and again, when the page moved under the pointer.
        let into_sight = format!("{found}?.scrollIntoView({{ block: 'center' }})");
        for _ in 0..TRIES {
            self.script(&into_sight, Vec::new()).await?;
            let element = self.0.find(Locator::Css(css)).await.map_err(driver(css))?;
            if element.click().await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        let at = "const r = document.querySelector(arguments[0]).getBoundingClientRect();
            const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
            return top ? top.outerHTML.slice(0, 120) : 'nothing there'";
        let above = self.script(at, vec![json!(css)]).await?;
        Err(Fault::Waited(format!("{css} to take a click (above it: {above})")))
    }

    /// Writes into the field of this name what it shall hold. Plain letters go in key by key; others, which no
    /// keyboard of the driver has, as an input method would put them in.
    ///
    /// # Errors
    /// When there is no such field, or it does not take the text.
    pub async fn fill(&self, name: &str, text: &str) -> Result<(), Fault> {
        let field = self.at(name).await?;
        let put = "const [css, text] = arguments; const e = document.querySelector(css); e.focus(); e.value = text;
            e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true }));";
        let css = selector(name);
        let keys = text.is_ascii() && !text.contains('\n') && text.len() < 80;
        self.script(put, vec![json!(css), json!(if keys { "" } else { text })]).await?;
        if keys && !text.is_empty() {
            field.send_keys(text).await.map_err(driver(format!("typing into {name}")))?;
        }
        let held = format!("document.querySelector({}).value === {}", quoted(&css), quoted(text));
        self.until(&held, &format!("{name} to hold its text")).await
    }

    /// Chooses an option by its value.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn choose(&self, name: &str, value: &str) -> Result<(), Fault> {
        self.at(name).await?;
        let put = "const [css, value] = arguments; const e = document.querySelector(css); e.value = value;
            e.dispatchEvent(new Event('change', { bubbles: true })); return e.value === value;";
        let taken = self.script(put, vec![json!(selector(name)), json!(value)]).await?;
        if taken == Value::Bool(true) {
            Ok(())
        } else {
            Err(Fault::Waited(format!("{name} to take {value}")))
        }
    }

    /// Presses keys one after the other, wherever the focus is: nothing is clicked.
    ///
    /// # Errors
    /// The driver's.
    pub async fn keys(&self, keys: &str) -> Result<(), Fault> {
        let mut typed = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            typed = typed.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.0.perform_actions(typed).await.map_err(driver(format!("pressing {keys:?}")))
    }

    /// Presses a key while others are held (`[Key::Control, Key::Shift]`).
    ///
    /// # Errors
    /// The driver's.
    pub async fn chord(&self, held: &[Key], key: char) -> Result<(), Fault> {
        let held: Vec<char> = held.iter().map(|k| char::from(*k)).collect();
        let mut typed = KeyActions::new("keyboard".to_owned());
        for value in held.iter().copied().chain([key]) {
            typed = typed.then(KeyAction::Down { value });
        }
        for value in [key].into_iter().chain(held.iter().rev().copied()) {
            typed = typed.then(KeyAction::Up { value });
        }
        self.0.perform_actions(typed).await.map_err(driver(format!("pressing {key:?} with others held")))
    }

    /// Presses the mouse at a place of the window.
    ///
    /// # Errors
    /// The driver's.
    pub async fn press_at(&self, x: i32, y: i32) -> Result<(), Fault> {
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x: f64::from(x), y: f64::from(y) })
            .then(PointerAction::Down { button: 0 })
            .then(PointerAction::Up { button: 0 });
        self.0.perform_actions(mouse).await.map_err(driver(format!("pressing at {x}, {y}")))
    }

    /// Composes a character by its code point through the toolkit's input method, as a real one would: preedit first,
    /// then commit.
    ///
    /// # Errors
    /// The driver's.
    pub async fn compose(&self, code: &str) -> Result<(), Fault> {
        self.chord(&[Key::Control, Key::Shift], 'u').await?;
        self.keys(code).await?;
        self.keys(" ").await
    }

    /// What the field of this name holds, or else the text of the element.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn text(&self, name: &str) -> Result<String, Fault> {
        self.at(name).await?;
        let script = format!(
            "const e = document.querySelector({}); return e.value ?? e.innerText",
            quoted(&selector(name))
        );
        Ok(self.script(&script, Vec::new()).await?.as_str().unwrap_or_default().to_owned())
    }

    /// The shown part of the page as PNG.
    ///
    /// # Errors
    /// The driver's.
    pub async fn picture(&self) -> Result<Vec<u8>, Fault> {
        // The program's window is drawn when something in it changes, and a picture is taken when it is drawn.
        let stir = "
            if (!('__TAURI_INTERNALS__' in window)) return;
            const mote = document.body.appendChild(document.createElement('i'));
            Object.assign(mote.style, { position: 'fixed', right: 0, bottom: 0, width: '1px', height: '1px' });
            let turn = 0;
            const again = () => (mote.style.background = (turn += 1) % 2 ? '#00000001' : '#00000000');
            const stirring = setInterval(again, 20);
            window.still = () => (clearInterval(stirring), mote.remove());";
        self.script(stir, Vec::new()).await?;
        let taken = self.0.screenshot().await.map_err(driver("taking a picture"));
        self.script("window.still?.()", Vec::new()).await?;
        taken
    }

    /// Gives the page exactly this size, if it has not got it already.
    ///
    /// # Errors
    /// When the window does not take it.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), Fault> {
        let size = format!("innerWidth === {width} && innerHeight === {height}");
        if self.script(&format!("return {size}"), Vec::new()).await? == Value::Bool(true) {
            return Ok(());
        }
        // A display without a window manager never answers.
        let asked =
            tokio::time::timeout(Duration::from_secs(10), self.0.set_window_size(width, height)).await;
        asked
            .map_err(|_| Fault::Waited("a new size of the window".to_owned()))?
            .map_err(driver("resizing"))?;
        self.until(&size, "the size of the window").await
    }
}

/// CSS selector of a `data-testid`.
#[must_use]
pub fn selector(name: &str) -> String {
    format!("[data-testid=\"{name}\"]")
}

/// A text as a literal of a script.
fn quoted(text: &str) -> String {
    json!(text).to_string()
}
