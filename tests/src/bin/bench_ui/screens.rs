//! Start, unlocking, every screen from every kind of neighbour, and the keys of the checklist.

use super::frames::timed;
use super::{Line, Outcome, middle_and_worst};
use fieldbook_tests::desk::{PASSPHRASE, import_sample, run_all, with_exam};
use fieldbook_tests::journey::{self, PROCEDURE};
use fieldbook_tests::window::{Fault, Page, Processes, Window};
use std::path::Path;
use std::time::{Duration, Instant};

/// Ticks of `/proc/<pid>/stat` in a second.
const TICKS: f64 = 100.0;
const STARTS: usize = 5;
const ROUNDS: usize = 4;
const KEYS: usize = 30;

/// The screens by their key, and what shows that their content is there.
const SCREENS: [(&str, &str, &str); 12] = [
    ("dashboard", "alt:Digit0", "dashboard-answered"),
    ("profile", "alt:Digit1", "count-applicable"),
    ("items", "alt:Digit2", "item-text"),
    ("data", "alt:Digit3", "imports"),
    ("tests", "alt:Digit4", "procedure-T-COL-05"),
    ("findings", "alt:Digit5", "finding-condition"),
    ("evidence", "alt:Digit6", "evidence-none"),
    ("review", "alt:Digit7", "paper-EXAM"),
    ("outputs", "alt:Digit8", "document-report"),
    ("patterns", "alt:KeyP", "pattern-pane"),
    ("count", "alt:KeyC", "count-list"),
    ("handover", "alt:KeyH", "handover-scope-whole"),
];

/// Measures on the sample exam.
pub async fn measure(folder: &Path) -> Outcome<Vec<Line>> {
    let (mut desk, exam) = with_exam(folder).map_err(|e| e.view().message)?;
    import_sample(&mut desk).map_err(|e| e.view().message)?;
    run_all(&mut desk).map_err(|e| e.view().message)?;
    drop(desk);
    let vault = folder.join("vault");
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(start(&vault).await?);
    }
    let (middle, worst) = middle_and_worst(&starts);
    let mut lines =
        vec![Line::of("start to the unlock screen", middle, 1_200.0, "ms", format!("worst {worst:.0}"))];
    let window = Window::open(&vault).await?;
    lines.extend(unlocking(&window.page, &exam.head.id).await?);
    lines.extend(changes(&window.page).await?);
    lines.extend(keys(&window.page).await?);
    window.close().await?;
    Ok(lines)
}

/// Milliseconds since a process began.
fn age(pid: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let begun: f64 = stat.rsplit_once(") ")?.1.split(' ').nth(19)?.parse().ok()?;
    let up = std::fs::read_to_string("/proc/uptime").ok()?;
    let up: f64 = up.split(' ').next()?.parse().ok()?;
    Some((up - begun / TICKS) * 1_000.0)
}

/// From the start of the program to the frame in which the passphrase can be typed; the driver's own way is in it.
async fn start(vault: &Path) -> Result<f64, Fault> {
    let window = Window::open(vault).await?;
    let Processes { program, .. } = window.processes();
    let shown = "return document.activeElement?.dataset.testid === 'vault-passphrase'";
    let begun = Instant::now();
    while window.page.script(shown, Vec::new()).await? != true {
        if begun.elapsed() > Duration::from_secs(30) {
            return Err(Fault::Waited("the unlock screen".to_owned()));
        }
    }
    let age = age(program).ok_or_else(|| Fault::Waited("the age of the program".to_owned()));
    window.close().await?;
    age
}

/// The vault of this measurement has a key derivation of no length: what is left is the window's own.
async fn unlocking(page: &Page, exam: &str) -> Result<Vec<Line>, Fault> {
    page.fill("vault-passphrase", PASSPHRASE).await?;
    let list = timed(page, "[data-testid=vault-unlock]", &at(&format!("exam-open-{exam}")), "").await?;
    let open =
        timed(page, &at(&format!("exam-open-{exam}")), "main[data-stage] :is(h1, h2)", "[aria-busy=true]")
            .await?;
    Ok(vec![
        Line::of("unlock to the list of exams, without the derivation", list, 500.0, "ms", String::new()),
        Line::of("list of exams to the exam's first screen", open, 500.0, "ms", String::new()),
    ])
}

fn at(name: &str) -> String {
    format!("[data-testid=\"{name}\"]")
}

/// Every screen from every other, some rounds.
async fn changes(page: &Page) -> Result<Vec<Line>, Fault> {
    page.press("stage-tests").await?;
    page.press(&format!("procedure-{PROCEDURE}")).await?;
    page.until("document.querySelector('[data-testid=select-all][data-rule=\"1\"]')", "the rows").await?;
    journey::confirm(page).await?;
    journey::finding(page).await?;
    page.press("stage-dashboard").await?;
    page.at("dashboard-answered").await?;
    let mut all = Vec::new();
    let mut by_screen = vec![Vec::new(); SCREENS.len()];
    for round in 0..ROUNDS {
        // Steps that share no divisor with the number of screens lead from each to each.
        let step = [1, 5, 7, 11][round % 4];
        for n in 0..SCREENS.len() {
            let to = (n * step + step) % SCREENS.len();
            let (stage, key, content) = SCREENS[to];
            if page.has(content).await? {
                continue;
            }
            let wanted = format!("main[data-stage={stage}] {}", at(content));
            let took = timed(page, key, &wanted, "main [aria-busy=true]").await?;
            all.push(took);
            by_screen[to].push(took);
        }
    }
    let (middle, worst) = middle_and_worst(&all);
    let of = |at: usize| format!("{} {:.0}", SCREENS[at].0, middle_and_worst(&by_screen[at]).0);
    let each: Vec<String> = (0..SCREENS.len()).map(of).collect();
    Ok(vec![
        Line::of("any screen change, median", middle, 100.0, "ms", each.join(", ")),
        Line::of("any screen change, worst", worst, 100.0, "ms", format!("of {}", all.len())),
    ])
}

/// From a key to the frame with its mark, and to the next item.
async fn keys(page: &Page) -> Result<Vec<Line>, Fault> {
    page.press("stage-items").await?;
    page.at("item-text").await?;
    let (mut marks, mut items) = (Vec::new(), Vec::new());
    for n in 0..KEYS {
        let result = if n % 2 == 0 { ("key:1", "compliant") } else { ("key:5", "no_data") };
        let pressed = format!("[data-testid=result-{}][aria-pressed=true]", result.1);
        let on = "return document.querySelector('[data-testid=item-pane]').dataset.clause";
        marks.push(timed(page, result.0, &pressed, "").await?);
        let clause = page.script(on, Vec::new()).await?;
        let next = format!("[data-testid=item-pane]:not([data-clause={clause}])");
        items.push(timed(page, "key:j", &next, "").await?);
    }
    let line = |what: &str, all: &[f64]| {
        let (middle, worst) = middle_and_worst(all);
        Line::of(what, middle, 50.0, "ms", format!("worst {worst:.0}"))
    };
    Ok(vec![line("key to the mark of a result", &marks), line("key to the next item", &items)])
}
