//! Nothing readable at rest: canaries are carried through everything that the program does, and then looked for in
//! every place where a program could leave something, in every shape in which it could lie there.

mod canary;
mod flows;
mod scan;
mod violence;
mod watch;
mod window;
mod world;

pub use canary::{Canary, Needle};
pub use scan::{Hit, Scanner, Searched};
pub use world::World;

use crate::window::Fault;
use fieldbook_app::{Desk, host};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use violence::Struck;

/// How much is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// A vault with little key stretching.
    Short,
    /// A vault made and its passphrase changed by hand, and all places of the machine.
    Whole,
}

/// What was looked at and what was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Canaries.
    pub canaries: usize,
    /// Shapes of all canaries.
    pub shapes: usize,
    /// Stages of the window that were visited.
    pub stages: usize,
    /// Files that the web view kept.
    pub profile_files: u64,
    /// Searches.
    pub searches: usize,
    /// Files looked at, each time that they were.
    pub files: u64,
    /// Bytes likewise.
    pub bytes: u64,
    /// Canaries that stand in the exports, where they belong: what was looked for was there to be found.
    pub carried: BTreeSet<String>,
    /// What was cut off.
    pub struck: Vec<Struck>,
    /// Every canary that was found: each is a defect.
    pub hits: BTreeSet<Hit>,
    /// Files that were made where none should be: in the home, the temporary and the working folder.
    pub strays: BTreeSet<PathBuf>,
    /// Exports that a killed program left half made in the folder that the examiner chose.
    pub half_exports: BTreeSet<PathBuf>,
    /// Half made exports that an error left, or that the next export did not replace: each is a defect.
    pub lasting_half_exports: BTreeSet<PathBuf>,
    /// What `vault verify` says at the end, when it is not content.
    pub problems: Vec<String>,
}

impl Report {
    fn take(&mut self, searched: Searched) {
        self.searches += 1;
        self.files += searched.files;
        self.bytes += searched.bytes;
        self.hits.extend(searched.hits);
    }

    /// Searches everything after something was cut off.
    fn after(&mut self, world: &World, struck: &Struck) {
        let scanner = Scanner::new(world.canaries());
        self.take(world.search(&scanner).expect("everything can be read"));
        let strays = world.strays().expect("told").into_iter();
        self.strays.extend(strays.map(|path| Path::new(&struck.what).join(path)));
        let half = world.half_exports().expect("the folder can be read");
        if struck.what.contains("killed") || struck.what.contains("interrupted") {
            self.half_exports.extend(half);
        } else {
            self.lasting_half_exports.extend(half);
        }
        self.struck.push(struck.clone());
    }

    /// What is wrong, a line each.
    #[must_use]
    pub fn defects(&self) -> Vec<String> {
        let hits = self.hits.iter().map(|h| format!("{} as {} in {}", h.canary, h.encoding, h.place));
        let strays = self.strays.iter().map(|path| format!("made: {}", path.display()));
        let half = self.lasting_half_exports.iter().map(|path| format!("left: {}", path.display()));
        let problems = self.problems.iter().map(|problem| format!("verify: {problem}"));
        hits.chain(strays).chain(half).chain(problems).collect()
    }
}

/// Carries the canaries through everything and looks for them. `cli` is the command line's program, `me` the program
/// that serves [`serve_desk`] when its first word is `desk`.
///
/// # Panics
/// When a step is refused that should be done.
#[must_use]
pub fn run(cli: &Path, me: &Path, depth: Depth) -> Report {
    let mut world = World::new(cli).expect("folders");
    let (mut report, _) = carried_through(&mut world, me, depth);
    finish(&world, &mut report);
    report
}

/// The same, and then a visit in the real window, whose web view keeps a profile of its own: what the pages show, what is
/// typed and what is looked for may not be in it. A driven window keeps a profile on disk, which one that a person opens does
/// not; so what is found nowhere here is nowhere there.
///
/// # Errors
/// When the window, or a step in it, fails.
///
/// # Panics
/// As [`run`].
pub async fn run_with_window(cli: &Path, me: &Path) -> Result<Report, Fault> {
    let mut world = World::new(cli).expect("folders");
    let (mut report, exam) = carried_through(&mut world, me, Depth::Whole);
    report.stages = window::visit(&world, &exam).await?;
    let scanner = Scanner::new(world.canaries());
    let profile = scanner.folder(&world.path("home"), &|_| true).expect("everything can be read");
    report.profile_files = profile.files;
    report.take(profile);
    report.take(world.search_machine(&scanner).expect("everything can be read"));
    finish(&world, &mut report);
    Ok(report)
}

fn finish(world: &World, report: &mut Report) {
    let scanner = Scanner::new(world.canaries());
    report.take(world.search(&scanner).expect("everything can be read"));
    let exported = scanner.folder(&world.path("out"), &|_| true).expect("everything can be read");
    report.carried = exported.hits.into_iter().map(|hit| hit.canary).collect();
    report.hits.extend(world.said.iter().cloned());
    (report.canaries, report.shapes) = (world.canaries().len(), scanner.shapes());
}

fn carried_through(world: &mut World, me: &Path, depth: Depth) -> (Report, String) {
    let mut report = Report::default();
    match depth {
        Depth::Short => flows::make_vault_quickly(world),
        Depth::Whole => flows::make_vault_by_hand(world),
    }
    let exam = flows::make_exam(world);
    flows::import(world, &exam);
    flows::examine(world, &exam);
    flows::at_the_window(world, me, &exam);
    flows::hand_out(world, &exam);
    let ordinary = Struck { what: "ordinary work".to_owned(), in_the_middle: true };
    report.after(world, &ordinary);
    violence::cut_off(world, &exam, &mut |world, struck| report.after(world, struck));
    let verified = world.call(&["vault", "verify"]);
    if verified.json["ok"] != json!(true) {
        report.problems.push(verified.json.to_string());
    }
    if depth == Depth::Whole {
        let scanner = Scanner::new(world.canaries());
        report.take(world.search_machine(&scanner).expect("everything can be read"));
    }
    (report, exam)
}

/// Runs the commands on standard input as the window would, `name`, a tabulator and the request as JSON on each line;
/// says how many were done and how many refused.
///
/// # Errors
/// When standard input ends badly.
pub fn serve_desk() -> io::Result<String> {
    let mut desk = Desk::new(host::of_this_machine()).map_err(|e| io::Error::other(e.view().message))?;
    let (mut done, mut refused) = (0, 0);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let Some((name, request)) = line.split_once('\t') else { continue };
        match fieldbook_app::call(&mut desk, name, serde_json::from_str(request)?) {
            Ok(_) => done += 1,
            Err(error) => {
                refused += 1;
                eprintln!("{name}: {} {}", error.message, error.hint);
            }
        }
    }
    Ok(json!({ "done": done, "refused": refused }).to_string())
}
