//! `crosswalk.toml`: topics of control over all documents, and clauses that state the same rule.

use crate::cite::Cited;
use crate::clause::RawStrength;
use crate::error::ChecklistError;
use crate::reader::Reader;
use crate::verbatim::BULLET;
use fieldbook_model::{ClausePair, Crosswalk, Governing, Licence, PairRelation, Topic, TopicRelation};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCrosswalk {
    #[serde(default)]
    topic: Vec<RawTopic>,
    #[serde(default)]
    pair: Vec<RawPair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    code: Spanned<String>,
    title: String,
    relation: RawRelation,
    #[serde(default)]
    difference: String,
    clauses: Vec<Spanned<String>>,
    #[serde(default)]
    background: Vec<Spanned<String>>,
    #[serde(default)]
    governing: Vec<RawGoverning>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum RawRelation {
    Alike,
    Differing,
    Conflicting,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGoverning {
    licence: RawLicence,
    subject: Spanned<String>,
    value: String,
    strength: RawStrength,
    clauses: Vec<Spanned<String>>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum RawLicence {
    Securities,
    Futures,
    Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPair {
    a: Spanned<String>,
    b: Spanned<String>,
    relation: RawPairRelation,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum RawPairRelation {
    Equal,
    Near,
    Within,
}

/// Reads the crosswalk: topics by code, pairs in the order of the file.
pub(crate) fn read(reader: &mut Reader<'_>, cited: &Cited<'_>) -> Option<Crosswalk> {
    let raw = reader.parse::<RawCrosswalk>()?;
    reader.unique(raw.topic.iter().map(|t| &t.code));
    let mut topics: Vec<Topic> =
        raw.topic.into_iter().map(|topic| read_topic(reader, topic, cited)).collect();
    topics.sort_by(|a, b| a.code.cmp(&b.code));
    let mut seen = BTreeSet::new();
    let pairs = raw.pair.into_iter().filter_map(|pair| read_pair(reader, pair, cited, &mut seen)).collect();
    Some(Crosswalk { topics, pairs })
}

fn read_topic(reader: &mut Reader<'_>, raw: RawTopic, cited: &Cited<'_>) -> Topic {
    let code = raw.code.get_ref().clone();
    let shaped =
        code.strip_prefix('X').is_some_and(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()));
    if !shaped {
        reader.fail_at(&raw.code, ChecklistError::BadId(code.clone(), "topic code"));
    }
    if raw.relation != RawRelation::Alike && raw.difference.trim().is_empty() {
        reader.fail_at(&raw.code, ChecklistError::Lacks(code.clone(), "a difference"));
    }
    if raw.clauses.is_empty() {
        reader.fail_at(&raw.code, ChecklistError::Lacks(code.clone(), "clauses"));
    }
    let mut clauses = cited.answered(reader, &raw.clauses);
    let mut background = cited.background(reader, &raw.background);
    cited.sort(&mut clauses);
    cited.sort(&mut background);
    let listed: BTreeSet<&str> = raw.clauses.iter().map(|c| c.get_ref().as_str()).collect();
    let governing =
        raw.governing.into_iter().map(|value| read_governing(reader, value, &code, &listed, cited)).collect();
    Topic {
        code,
        title: raw.title,
        relation: match raw.relation {
            RawRelation::Alike => TopicRelation::Alike,
            RawRelation::Differing => TopicRelation::Differing,
            RawRelation::Conflicting => TopicRelation::Conflicting,
        },
        difference: raw.difference,
        clauses,
        background,
        governing,
    }
}

fn read_governing(
    reader: &mut Reader<'_>,
    raw: RawGoverning,
    topic: &str,
    listed: &BTreeSet<&str>,
    cited: &Cited<'_>,
) -> Governing {
    if raw.clauses.is_empty() {
        reader.fail_at(&raw.subject, ChecklistError::Lacks(raw.subject.get_ref().clone(), "clauses"));
    }
    let clauses = cited.answered(reader, &raw.clauses);
    for name in raw.clauses.iter().filter(|name| !listed.contains(name.get_ref().as_str())) {
        let what = ChecklistError::NotOfTopic(name.get_ref().clone(), topic.to_owned());
        reader.fail_at(name, what);
    }
    Governing {
        licence: match raw.licence {
            RawLicence::Securities => Licence::Securities,
            RawLicence::Futures => Licence::Futures,
            RawLicence::Both => Licence::Both,
        },
        subject: raw.subject.into_inner(),
        value: raw.value,
        strength: raw.strength.into(),
        clauses,
        note: raw.note,
    }
}

fn read_pair(
    reader: &mut Reader<'_>,
    raw: RawPair,
    cited: &Cited<'_>,
    seen: &mut BTreeSet<[String; 2]>,
) -> Option<ClausePair> {
    let (a, b) = (cited.read(reader, &raw.a), cited.read(reader, &raw.b));
    let (a, b) = (a?, b?);
    let mut both = [a.id.to_string(), b.id.to_string()];
    both.sort();
    if a.id == b.id {
        reader.fail_at(&raw.b, ChecklistError::PairWithItself(b.id.to_string()));
    } else if !seen.insert(both) {
        reader.fail_at(&raw.a, ChecklistError::Duplicate(format!("{} {}", a.id, b.id)));
    }
    let (rule_a, rule_b) = (rule_words(&a.text), rule_words(&b.text));
    let holds = match raw.relation {
        RawPairRelation::Equal => rule_a == rule_b,
        RawPairRelation::Near => rule_a != rule_b,
        RawPairRelation::Within => rule_a != rule_b && rule_b.contains(&rule_a),
    };
    if !holds {
        reader.fail_at(&raw.a, ChecklistError::WrongRelation(a.id.to_string(), b.id.to_string()));
    }
    let relation = match raw.relation {
        RawPairRelation::Equal => PairRelation::Equal,
        RawPairRelation::Near => PairRelation::Near,
        RawPairRelation::Within => PairRelation::Within,
    };
    Some(ClausePair { a: a.id.clone(), b: b.id.clone(), relation, note: raw.note })
}

/// The letters and digits of a rule, of both widths alike, without the citation in front of it.
fn rule_words(text: &str) -> String {
    let rule = text.rsplit(BULLET).next().unwrap_or(text);
    rule.nfkc().filter(|c| c.is_alphanumeric()).collect()
}
