//! Every screen and window in the engine of the shipped one, light and dark, at two sizes: axe-core finds nothing in the
//! way of anybody, nothing is wider than the window, and each looks as the picture that was accepted of it.
//!
//! `cargo xtask looks` runs it; `cargo xtask looks --accept` keeps the pictures as they are now. What differs is in
//! `target/screens/`, what axe said of each screen in `target/axe.txt`.
#![cfg(target_os = "linux")]

mod list;
mod picture;
mod served;

use fieldbook_tests::window::{Fault, Key, Tab};
use fieldbook_tests::{root, target};
use list::{Screen, screens};
use picture::{Difference, Picture};
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Windows that work side by side.
const WINDOWS: usize = 3;
/// A laptop's screen, and the same at 125 %.
const SIZES: [(u32, u32); 2] = [(1366, 768), (1093, 614)];
/// Where the pages must fit as well, without pictures: an old projector, 4K, and a laptop's screen at 200 % (WCAG 1.4.4).
const FITTING: [(u32, u32); 3] = [(1024, 600), (3840, 2160), (683, 384)];
/// How far the Tab key walks through a screen.
const TABS: usize = 30;
/// The themes that have pictures.
const THEMES: [&str; 2] = ["light", "dark"];

/// What was seen of one screen in one theme at one size.
struct Seen {
    screen: String,
    /// How many rules axe looked at.
    judged: u64,
    faults: Vec<String>,
}

/// The scripts that run in the page.
struct Scripts {
    drive: String,
    judge: String,
    layout: String,
    walk: String,
}

impl Scripts {
    fn read() -> Self {
        let of = |name: &str| {
            fs::read_to_string(root().join("tests/tests/screens/page").join(name))
                .expect("a script of the test")
        };
        Self { drive: of("drive.js"), judge: of("judge.js"), layout: of("layout.js"), walk: of("walk.js") }
    }
}

fn accepted(screen: &str) -> PathBuf {
    root().join("tests/screens").join(format!("{screen}.png"))
}

fn looked_at(screen: &str) -> PathBuf {
    target().join("screens").join(format!("{screen}.png"))
}

fn said(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// Whether pictures are held against the accepted ones: letters are smoothed otherwise on another machine, so that this
/// is asked for.
fn comparing() -> bool {
    !said("FIELDBOOK_PICTURES").is_empty()
}

/// Whether the pictures are to be kept as they are now.
fn accepting() -> bool {
    !said("FIELDBOOK_ACCEPT").is_empty()
}

/// Whether the themes with more contrast are looked at instead, by axe alone and at 7 : 1.
fn contrast() -> bool {
    !said("FIELDBOOK_CONTRAST").is_empty()
}

/// The screens that were asked for (`FIELDBOOK_SCREENS=items,trail`), or all.
fn wanted() -> Vec<Screen> {
    let named = said("FIELDBOOK_SCREENS");
    screens()
        .into_iter()
        .filter(|screen| named.is_empty() || named.split(',').any(|name| screen.name.starts_with(name)))
        .collect()
}

#[test]
fn a_visit_to_every_screen_finds_nothing_in_the_way_and_nothing_moved() {
    for folder in [target().join("screens"), root().join("tests/screens")] {
        fs::create_dir_all(folder).expect("a folder for pictures");
    }
    let address = served::serve();
    let all = wanted().into_iter().flat_map(|screen| THEMES.map(|theme| (screen.clone(), theme)));
    let queue: Arc<Mutex<VecDeque<(Screen, &'static str)>>> = Arc::new(Mutex::new(all.collect()));
    let workers: Vec<_> = (0..WINDOWS)
        .map(|_| {
            let (queue, address) = (Arc::clone(&queue), address.clone());
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(work(&queue, &address))
            })
        })
        .collect();
    let seen =
        workers.into_iter().map(|worker| worker.join().expect("a worker ends").expect("a window opens"));
    let mut seen: Vec<Seen> = seen.flatten().collect();
    seen.sort_by(|a, b| a.screen.cmp(&b.screen));
    report(&seen);
    let faults: Vec<String> =
        seen.iter().flat_map(|s| s.faults.iter().map(|f| format!("{}: {f}", s.screen))).collect();
    assert!(
        faults.is_empty(),
        "{} faults in {} views\n  {}\n",
        faults.len(),
        seen.len(),
        faults.join("\n  ")
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_visit_notices_what_moved_what_is_gone_what_is_pale_and_what_is_too_wide() {
    let (scripts, address) = (Scripts::read(), served::serve());
    let tab = Tab::open().await.expect("a window");
    let unlock =
        screens().into_iter().find(|screen| screen.name == "vault-unlock").expect("the first screen");
    reach(&tab, &scripts, &address, &unlock, "light").await.expect("the first screen");
    let picture = async || Picture::read(&tab.page.picture().await.expect("a picture")).halved();
    let does = async |script: &str| {
        tab.page.script(script, Vec::new()).await.expect("a script");
        tab.ask(&scripts.drive, vec![json!([])]).await.expect("a still page");
    };
    let before = picture().await;
    assert_eq!(before.difference(&picture().await), None, "the same page twice");
    let button = "document.querySelector('[data-testid=vault-unlock]').style";
    let title = "document.querySelector('main h1').style";
    does(&format!("{button}.translate = '8px 0'")).await;
    assert_ne!(before.difference(&picture().await), None, "the button moved");
    does(&format!("{button}.translate = ''; {button}.visibility = 'hidden'")).await;
    assert_ne!(before.difference(&picture().await), None, "the button is gone");
    does(&format!("{button}.visibility = ''")).await;
    assert_eq!(before.difference(&picture().await), None, "everything is as it was");
    does(&format!("{title}.color = '#999'")).await;
    let found = tab.ask(&scripts.judge, vec![json!(false), json!(true)]).await.expect("axe");
    assert!(
        faults_of(&found).iter().any(|f| f.starts_with("axe color-contrast")),
        "the title is pale: {found}"
    );
    does("document.querySelector('main').firstChild.style.minWidth = '2000px'").await;
    let wide = tab.page.script(&scripts.layout, Vec::new()).await.expect("the layout");
    assert_ne!(texts(&wide).count(), 0, "the sheet is wider than the window");
    tab.close().await.expect("the window closes");
}

/// Takes screens from the queue until none is left.
async fn work(queue: &Mutex<VecDeque<(Screen, &str)>>, address: &str) -> Result<Vec<Seen>, Fault> {
    let scripts = Scripts::read();
    let tab = Tab::open().await?;
    let mut seen = Vec::new();
    loop {
        let next = queue.lock().expect("the queue").pop_front();
        let Some((screen, theme)) = next else { break };
        match look(&tab, &scripts, address, &screen, theme).await {
            Ok(views) => seen.extend(views),
            // The other screens can still be looked at.
            Err(fault) => seen.push(Seen {
                screen: format!("{}-{theme}", screen.name),
                judged: 0,
                faults: vec![fault.to_string()],
            }),
        }
    }
    tab.close().await?;
    Ok(seen)
}

/// Goes to a screen; gives what was waited for in vain.
async fn reach(
    tab: &Tab,
    scripts: &Scripts,
    address: &str,
    screen: &Screen,
    theme: &str,
) -> Result<Value, Fault> {
    let [(width, height), _] = SIZES;
    tab.resize(width, height).await?;
    let contrast = if contrast() { "&contrast=more" } else { "" };
    // The theme stands before the hash too, for another hash alone would load nothing.
    tab.go(&format!("{address}/?{}&{theme}#theme={theme}{contrast}", screen.host)).await?;
    tab.ask(&scripts.drive, vec![json!(screen.steps)]).await
}

/// Goes to a screen and looks at it in every size.
async fn look(
    tab: &Tab,
    scripts: &Scripts,
    address: &str,
    screen: &Screen,
    theme: &str,
) -> Result<Vec<Seen>, Fault> {
    let led = reach(tab, scripts, address, screen, theme).await?;
    let mut all = Vec::new();
    for (n, (width, height)) in SIZES.into_iter().enumerate() {
        let name = format!("{}-{theme}-{width}", screen.name);
        if led != json!("") {
            let faults = vec![format!("cannot be reached: {led}")];
            all.push(Seen { screen: name, judged: 0, faults });
            break;
        }
        tab.resize(width, height).await?;
        tab.ask(&scripts.drive, vec![json!([])]).await?;
        // Most rules cannot change with a theme or a size.
        let again = n > 0 || theme != THEMES[0] || contrast();
        let found = tab.ask(&scripts.judge, vec![json!(contrast()), json!(again)]).await?;
        let mut faults = faults_of(&found);
        let wide = tab.page.script(&scripts.layout, Vec::new()).await?;
        faults.extend(texts(&wide).map(|what| format!("layout: {what}")));
        if comparing() && !contrast() {
            let now = Picture::read(&tab.page.picture().await?).halved();
            faults.extend(compared(&name, &now));
        }
        all.push(Seen { screen: name, judged: found["judged"].as_u64().unwrap_or(0), faults });
    }
    if let (Some(last), true) = (all.last_mut().filter(|seen| seen.judged > 0), theme == THEMES[0]) {
        last.faults.extend(fits(tab, scripts).await?);
        last.faults.extend(walked(tab, scripts).await?);
    }
    Ok(all)
}

/// What is too wide in the other sizes.
async fn fits(tab: &Tab, scripts: &Scripts) -> Result<Vec<String>, Fault> {
    let mut faults = Vec::new();
    for (width, height) in FITTING {
        tab.resize(width, height).await?;
        tab.ask(&scripts.drive, vec![json!([])]).await?;
        let wide = tab.page.script(&scripts.layout, Vec::new()).await?;
        faults.extend(texts(&wide).map(|what| format!("layout at {width}×{height}: {what}")));
    }
    Ok(faults)
}

/// What is wrong for somebody without a mouse: walks with Tab, and leaves what floats with Escape.
async fn walked(tab: &Tab, scripts: &Scripts) -> Result<Vec<String>, Fault> {
    let [(width, height), _] = SIZES;
    tab.resize(width, height).await?;
    tab.page.script(&scripts.walk, vec![json!(0)]).await?;
    tab.page.keys(&char::from(Key::Tab).to_string().repeat(TABS)).await?;
    let found = tab.page.script(&scripts.walk, vec![json!(TABS)]).await?;
    let mut faults: Vec<String> = texts(&found).map(|what| format!("keys: {what}")).collect();
    // Closed, or a step back within the same window.
    let open =
        "return [...document.querySelectorAll('dialog[open]')].reduce((n, e) => n + e.innerText.length, 0)";
    let before = tab.page.script(open, Vec::new()).await?.as_u64().unwrap_or(0);
    tab.page.keys(&char::from(Key::Escape).to_string()).await?;
    tab.ask(&scripts.drive, vec![json!([])]).await?;
    if before > 0 && tab.page.script(open, Vec::new()).await?.as_u64() == Some(before) {
        faults.push("keys: Escape does not close what floats".to_owned());
    }
    Ok(faults)
}

/// The rules that are broken, each with its places.
fn faults_of(found: &Value) -> Vec<String> {
    let rules = found["faults"].as_array().into_iter().flatten();
    rules
        .map(|one| {
            let places: Vec<String> = texts(&one["at"]).collect();
            format!("axe {} {}", one["rule"].as_str().unwrap_or_default(), places.join("\n      "))
        })
        .collect()
}

fn texts(list: &Value) -> impl Iterator<Item = String> + '_ {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
}

/// Holds a picture against the accepted one, or accepts it where it is wanted.
fn compared(name: &str, now: &Picture) -> Option<String> {
    let before = Picture::kept(&accepted(name));
    let different = before.as_ref().map(|before| now.in_colours_of(before).difference(before));
    // What looks the same is not written again, so that no commit has pictures in which nobody sees a change.
    if different == Some(None) {
        return None;
    }
    if accepting() {
        now.keep(&accepted(name));
        return None;
    }
    now.keep(&looked_at(name));
    Some(match different.flatten() {
        None => "picture: none was accepted".to_owned(),
        Some(Difference::Size) => "picture: another size".to_owned(),
        Some(Difference::Squares { many, x, y }) => {
            format!("picture: {many} squares differ, the first at {x},{y}: {}", looked_at(name).display())
        }
    })
}

/// What axe looked at and found, screen by screen.
fn report(seen: &[Seen]) {
    let mut text = String::from("screen                                    rules judged  broken\n");
    for one in seen {
        let broken: Vec<&str> = one
            .faults
            .iter()
            .filter_map(|f| f.strip_prefix("axe ")?.split(' ').next())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let broken = if broken.is_empty() { "none".to_owned() } else { broken.join(" ") };
        let _ = writeln!(text, "{:<42} {:>11}  {broken}", one.screen, one.judged);
    }
    let _ = writeln!(text, "\n{} views", seen.len());
    fs::write(target().join("axe.txt"), text).expect("the report is written");
}
