//! What was planted where: the answer key of the sample.

use serde::{Deserialize, Serialize};

/// One row that a procedure must list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// Everything that was planted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Truth {
    /// Rows to be found.
    #[serde(default)]
    pub planted: Vec<Planted>,
    /// Rows not to be found.
    #[serde(default)]
    pub near_miss: Vec<NearMiss>,
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
