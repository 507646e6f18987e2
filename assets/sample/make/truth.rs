//! What was planted where: the answer key of the sample.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One row that a procedure must list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// Procedure id.
    pub procedure: String,
    /// Rule id.
    pub rule: String,
    /// `exception`, `unknown` or `lead`.
    pub verdict: String,
    /// File name.
    pub file: String,
    /// Sheet; empty for CSV.
    pub sheet: String,
    /// Row as a spreadsheet shows it; for CSV the line.
    pub row: u32,
    /// Why, zh-TW.
    pub why: String,
}

/// One row that looks like an exception of a procedure and is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NearMiss {
    /// Procedure id.
    pub procedure: String,
    /// File name.
    pub file: String,
    /// Sheet; empty for CSV.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Why not, zh-TW.
    pub why: String,
}

/// A procedure that runs on the sample and must list no exception and no unknown row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Without {
    /// Procedure id.
    pub procedure: String,
    /// What the run must come to: `pass`, or `unknown` where something was not handed over.
    pub verdict: String,
    /// Why, zh-TW.
    pub why: String,
}

/// The answer key: of every procedure that runs on the sample, what it must list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "Page", try_from = "Page")]
pub struct Truth {
    /// Procedures without a row to be found.
    pub without: Vec<Without>,
    /// Rows to be found.
    pub planted: Vec<Planted>,
    /// Rows not to be found.
    pub near_miss: Vec<NearMiss>,
}

/// The answer key as it is written: rows of one rule that are listed for one reason stand together.
#[derive(Clone, Serialize, Deserialize)]
struct Page {
    #[serde(default)]
    without: Vec<Without>,
    #[serde(default)]
    planted: Vec<PlantedRows>,
    #[serde(default)]
    near_miss: Vec<NearMissRows>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct PlantedRows {
    procedure: String,
    rule: String,
    verdict: String,
    file: String,
    sheet: String,
    why: String,
    #[serde(default)]
    rows: String,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct NearMissRows {
    procedure: String,
    file: String,
    sheet: String,
    why: String,
    #[serde(default)]
    rows: String,
}

/// `4, 7-12`.
fn written(rows: &BTreeSet<u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let run = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

/// The rows of `4, 7-12`.
fn read(rows: &str) -> Result<Vec<u32>, String> {
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| format!("{rows:?} are no rows"));
    let mut all = Vec::new();
    for run in rows.split(',') {
        let (first, last) = run.split_once('-').unwrap_or((run, run));
        all.extend(number(first)?..=number(last)?);
    }
    Ok(all)
}

impl From<Truth> for Page {
    fn from(truth: Truth) -> Self {
        let mut planted: BTreeMap<PlantedRows, BTreeSet<u32>> = BTreeMap::new();
        for p in truth.planted {
            let Planted { procedure, rule, verdict, file, sheet, row, why } = p;
            let group = PlantedRows { procedure, rule, verdict, file, sheet, why, rows: String::new() };
            planted.entry(group).or_default().insert(row);
        }
        let mut near_miss: BTreeMap<NearMissRows, BTreeSet<u32>> = BTreeMap::new();
        for n in truth.near_miss {
            let NearMiss { procedure, file, sheet, row, why } = n;
            let group = NearMissRows { procedure, file, sheet, why, rows: String::new() };
            near_miss.entry(group).or_default().insert(row);
        }
        Self {
            without: truth.without,
            planted: planted.into_iter().map(|(g, rows)| PlantedRows { rows: written(&rows), ..g }).collect(),
            near_miss: near_miss
                .into_iter()
                .map(|(g, rows)| NearMissRows { rows: written(&rows), ..g })
                .collect(),
        }
    }
}

impl TryFrom<Page> for Truth {
    type Error = String;

    fn try_from(page: Page) -> Result<Self, String> {
        let mut truth = Self { without: page.without, ..Self::default() };
        for group in page.planted {
            let PlantedRows { procedure, rule, verdict, file, sheet, why, rows } = group;
            for row in read(&rows)? {
                truth.plant(&verdict, (&procedure, &rule), Place { file: &file, sheet: &sheet, row }, &why);
            }
        }
        for group in page.near_miss {
            for row in read(&group.rows)? {
                let at = Place { file: &group.file, sheet: &group.sheet, row };
                truth.near(&group.procedure, at, &group.why);
            }
        }
        truth.sort();
        Ok(truth)
    }
}

/// A place in one of the sample's files.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// File name.
    pub file: &'a str,
    /// Sheet; empty for CSV.
    pub sheet: &'a str,
    /// Row.
    pub row: u32,
}

/// A rule and what its rows are.
pub type RuleOf<'a> = (&'a str, &'a str);

impl Truth {
    /// Notes an exception of `(procedure, rule)`.
    pub fn exception(&mut self, rule: RuleOf<'_>, at: Place<'_>, why: &str) {
        self.plant("exception", rule, at, why);
    }

    /// Notes a row that the data cannot decide.
    pub fn unknown(&mut self, rule: RuleOf<'_>, at: Place<'_>, why: &str) {
        self.plant("unknown", rule, at, why);
    }

    /// Notes a row worth a look.
    pub fn lead(&mut self, rule: RuleOf<'_>, at: Place<'_>, why: &str) {
        self.plant("lead", rule, at, why);
    }

    fn plant(&mut self, verdict: &str, (procedure, rule): RuleOf<'_>, at: Place<'_>, why: &str) {
        self.planted.push(Planted {
            procedure: procedure.to_owned(),
            rule: rule.to_owned(),
            verdict: verdict.to_owned(),
            file: at.file.to_owned(),
            sheet: at.sheet.to_owned(),
            row: at.row,
            why: why.to_owned(),
        });
    }

    /// Notes that a run of `procedure` comes to this verdict without a row.
    pub fn without(&mut self, procedure: &str, verdict: &str, why: &str) {
        self.without.push(Without {
            procedure: procedure.to_owned(),
            verdict: verdict.to_owned(),
            why: why.to_owned(),
        });
    }

    /// Notes a row that `procedure` must not list.
    pub fn near(&mut self, procedure: &str, at: Place<'_>, why: &str) {
        self.near_miss.push(NearMiss {
            procedure: procedure.to_owned(),
            file: at.file.to_owned(),
            sheet: at.sheet.to_owned(),
            row: at.row,
            why: why.to_owned(),
        });
    }

    /// Brings the lists into the order of procedure, rule, place.
    pub fn sort(&mut self) {
        self.without.sort();
        self.planted.sort();
        self.near_miss.sort();
    }

    /// Text of `planted.toml`.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let head = "# Written by make-sample together with the files; do not edit.\n\n";
        Ok(format!("{head}{}", toml::to_string(self)?))
    }
}
