//! The dossier with the UUID of everything in it.

use super::ids::{self, uuid};
use super::value::{line, list};
use crate::Dossier;
use fieldbook_model::{Answer, Evidence, FollowUp, Run, text::norm_firm};
use serde_json::{Value, json};

/// What one document is made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Everything that the document says.
    pub dossier: &'a Dossier,
}

impl<'a> Context<'a> {
    /// UUID of a thing of this exam.
    pub fn id(self, kind: &str, parts: &[&str]) -> String {
        let head = ["fieldbook/1/oscal", self.dossier.exam.id.as_str(), kind];
        uuid(&[&head[..], parts].concat())
    }

    /// 查核單位.
    pub fn authority(self) -> String {
        self.id("authority", &[])
    }

    /// 受查單位.
    pub fn firm(self) -> String {
        self.id("firm", &[])
    }

    /// The same for every exam of the firm.
    pub fn system_id(self) -> String {
        uuid(&["fieldbook/1/oscal", "system", &norm_firm(&self.dossier.exam.firm)])
    }

    /// A person; where nobody is named, the authority.
    pub fn person(self, name: &str) -> String {
        let name = line(name);
        if name.is_empty() { self.authority() } else { self.id("person", &[&name]) }
    }

    /// The program.
    pub fn tool(self) -> String {
        self.id("tool", &[])
    }

    /// A system of the register.
    pub fn system(self, name: &str) -> String {
        self.id("system", &[name])
    }

    /// A regulation document.
    pub fn document(self, code: &str) -> String {
        self.id("document", &[code])
    }

    /// A file that was received.
    pub fn file(self, sha256: &str) -> String {
        self.id("file", &[sha256])
    }

    /// A piece of evidence.
    pub fn evidence(self, evidence: &Evidence) -> String {
        self.id("evidence", &[&evidence.number()])
    }

    /// The observation of an answer.
    pub fn answer(self, answer: &Answer) -> String {
        let key = &answer.key;
        self.id("answer", &[key.clause.as_str(), &key.unit, &key.system])
    }

    /// The observation of a run.
    pub fn run(self, run: &Run) -> String {
        self.id("run", &[&run.procedure, &run.id.to_string()])
    }

    /// The observation of a rule's rows.
    pub fn group(self, procedure: &str, rule: &str) -> String {
        self.id("group", &[procedure, rule])
    }

    /// The finding about an item.
    pub fn item(self, clause: &fieldbook_model::ClauseId) -> String {
        self.id("item", &[&ids::control(clause)])
    }

    /// An examiner's finding.
    pub fn finding(self, no: i64) -> String {
        self.id("finding", &[&no.to_string()])
    }

    /// The risk of an examiner's finding.
    pub fn risk(self, no: i64) -> String {
        self.id("risk", &[&no.to_string()])
    }

    /// The observation of a follow-up review, the `at`th of its finding.
    pub fn follow_up(self, no: i64, at: usize, review: &FollowUp) -> String {
        self.id("follow-up", &[&no.to_string(), &at.to_string(), &review.on.to_string()])
    }

    /// Whom something is from.
    pub fn origins(self, names: &[&str]) -> Value {
        json!([self.origin(names)])
    }

    /// Whom something is from, each once.
    pub fn origin(self, names: &[&str]) -> Value {
        let mut people: Vec<String> = Vec::new();
        for person in names.iter().map(|name| self.person(name)) {
            if !people.contains(&person) {
                people.push(person);
            }
        }
        json!({ "actors": list(people.iter().map(|uuid| json!({ "type": "party", "actor-uuid": uuid }))) })
    }

    /// The pieces of evidence with these numbers, those that the exam has.
    pub fn pieces(self, numbers: &[i64]) -> impl Iterator<Item = &'a Evidence> {
        self.dossier.evidence.iter().filter(move |piece| numbers.contains(&piece.id))
    }
}
