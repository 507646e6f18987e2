//! Reads a document that was made and proves that what the dossier says is in it.

use super::context::Context;
use super::findings::{risky, standing};
use super::ids::clause_of;
use super::runs::{Group, ROW_NUMBERS, groups};
use super::value::{line, prose};
use crate::ReportError;
use fieldbook_model::{FindingStatus, ItemResult};
use serde_json::Value;
use std::collections::BTreeMap;

/// A document's things by their UUIDs.
pub struct Proof<'v> {
    things: BTreeMap<&'v str, &'v Value>,
    twice: bool,
}

type Proved = Result<(), ReportError>;

impl<'v> Proof<'v> {
    /// Looks through a document.
    pub fn of(document: &'v Value) -> Self {
        let mut proof = Self { things: BTreeMap::new(), twice: false };
        let mut rest = vec![document];
        while let Some(value) = rest.pop() {
            if let Some(uuid) = value.get("uuid").and_then(Value::as_str) {
                proof.twice |= proof.things.insert(uuid, value).is_some();
            }
            match value {
                Value::Array(list) => rest.extend(list),
                Value::Object(members) => rest.extend(members.values()),
                _ => {}
            }
        }
        proof
    }

    /// The assessment results have every answer with its note, every item with an answer, every run, every row,
    /// every finding and every signature.
    ///
    /// # Errors
    /// Names the kind of thing that is missing.
    pub fn results(&self, ctx: Context<'_>) -> Proved {
        self.once()?;
        let d = ctx.dossier;
        let answers = || d.items.iter().flat_map(|item| &item.answers);
        let noted = answers().all(|a| a.note.trim().is_empty() || self.says(&ctx.answer(a), &a.note));
        proved("an answer", noted && answers().all(|a| self.has(&ctx.answer(a))))?;
        let given = answers().filter(|a| a.result != ItemResult::NotExamined);
        proved("the finding of an item", given.map(|a| &a.key.clause).all(|c| self.targets(ctx, c)))?;
        proved("a run", d.tests.iter().all(|t| self.has(&ctx.run(&t.run))))?;
        let whole = |g: &Group<'_>| self.rows(&ctx.group(g.procedure, g.rule)) == numbers(g);
        proved("a row of a run", groups(d).iter().all(whole))?;
        proved(
            "a finding",
            standing(d).all(|p| self.says(&ctx.finding(p.finding.no), &p.finding.condition)),
        )?;
        let gone = d.findings.iter().filter(|p| p.finding.status == FindingStatus::Withdrawn);
        let logged = |no: i64| self.has(&ctx.id("withdrawn", &[&no.to_string()]));
        proved("a withdrawn finding", gone.map(|p| p.finding.no).all(logged))?;
        let signed = d.signed.iter().flat_map(|paper| &paper.signatures);
        let kept = |s: &fieldbook_model::SignOff| {
            line(&s.signature).is_empty()
                || self.things.values().any(|t| has_prop(t, "signature", &s.signature))
        };
        proved("a signature", signed.into_iter().all(kept))
    }

    /// The plan has every finding that asks something, its risk, and what the firm says that it does.
    ///
    /// # Errors
    /// As [`Proof::results`].
    pub fn plan(&self, ctx: Context<'_>) -> Proved {
        self.once()?;
        for paper in risky(ctx.dossier) {
            let (no, condition) = (paper.finding.no, &paper.finding.condition);
            let item = ctx.id("poam-item", &[&no.to_string()]);
            let told = [item, ctx.risk(no), ctx.finding(no)].iter().all(|id| self.says(id, condition));
            proved("a finding", told)?;
            let measure = paper.reply.as_ref().map_or("", |reply| reply.measure.as_str());
            let milestone = ctx.id("milestone", &[&no.to_string()]);
            proved("a measure", measure.trim().is_empty() || self.says(&milestone, measure))?;
            let seen = super::findings::seen(ctx, paper);
            proved("an observation", seen.iter().all(|uuid| self.has(uuid)))?;
        }
        Ok(())
    }

    fn once(&self) -> Proved {
        proved("an id of its own for everything", !self.twice)
    }

    fn has(&self, uuid: &str) -> bool {
        self.things.contains_key(uuid)
    }

    fn says(&self, uuid: &str, text: &str) -> bool {
        self.things.get(uuid).is_some_and(|thing| thing.get("description") == Some(&prose(text)))
    }

    fn targets(&self, ctx: Context<'_>, clause: &fieldbook_model::ClauseId) -> bool {
        let target = self.things.get(ctx.item(clause).as_str()).and_then(|f| f.pointer("/target/target-id"));
        target
            .and_then(Value::as_str)
            .and_then(clause_of)
            .is_some_and(|(of, unit)| of == *clause && unit.is_empty())
    }

    /// The numbers of the rows that the evidence of an observation lists, in order.
    fn rows(&self, uuid: &str) -> Vec<u32> {
        let evidence = self.things.get(uuid).and_then(|thing| thing.get("relevant-evidence"));
        let props =
            evidence.and_then(Value::as_array).into_iter().flatten().filter_map(|e| e["props"].as_array());
        let lists = props.flatten().filter(|p| p["name"] == ROW_NUMBERS).filter_map(|p| p["value"].as_str());
        let mut rows: Vec<u32> =
            lists.flat_map(|list| list.split(' ')).filter_map(|n| n.parse().ok()).collect();
        rows.sort_unstable();
        rows
    }
}

/// The numbers of a group's rows, in order.
fn numbers(group: &Group<'_>) -> Vec<u32> {
    let mut rows: Vec<u32> = group.rows.iter().map(|row| row.key.source.row).collect();
    rows.sort_unstable();
    rows
}

fn has_prop(thing: &Value, name: &str, value: &str) -> bool {
    let props = thing.get("props").and_then(Value::as_array);
    props.is_some_and(|props| props.iter().any(|p| p["name"] == name && p["value"] == line(value)))
}

fn proved(what: &'static str, holds: bool) -> Proved {
    if holds { Ok(()) } else { Err(ReportError::Incomplete { what }) }
}
