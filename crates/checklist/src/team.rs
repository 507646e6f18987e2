//! `qualifications.toml`: what those who examine must be able to show, by class of the systems.

use crate::cite::Cited;
use crate::error::ChecklistError;
use crate::reader::Reader;
use fieldbook_model::{FactValue, Qualification, System, TeamMember, TeamRule, Tri};
use serde::Deserialize;
use toml::Spanned;

/// What is asked of a team.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Qualifications {
    /// Code of the systems' fact that tells their class.
    pub class_fact: String,
    /// The kinds, in the order of the file.
    pub kinds: Vec<Qualification>,
    /// What each class asks for.
    pub rules: Vec<TeamRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTeam {
    class_fact: String,
    #[serde(default)]
    qualification: Vec<RawKind>,
    #[serde(default)]
    class: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    key: Spanned<String>,
    zh: String,
    #[serde(default)]
    examples: Vec<String>,
    clause: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    value: Spanned<String>,
    every: bool,
    clause: Spanned<String>,
}

/// Reads the file.
pub(crate) fn read(reader: &mut Reader<'_>, cited: &Cited<'_>) -> Option<Qualifications> {
    let raw = reader.parse::<RawTeam>()?;
    reader.unique(raw.qualification.iter().map(|k| &k.key));
    reader.unique(raw.class.iter().map(|r| &r.value));
    let mut out = Qualifications { class_fact: raw.class_fact, ..Qualifications::default() };
    for kind in raw.qualification {
        if kind.zh.trim().is_empty() {
            reader.fail_at(&kind.key, ChecklistError::Lacks(kind.key.get_ref().clone(), "a name"));
        }
        let Some(clause) = cited.read(reader, &kind.clause).map(|c| c.id.clone()) else { continue };
        let (key, zh, examples) = (kind.key.into_inner(), kind.zh, kind.examples);
        out.kinds.push(Qualification { key, zh, examples, clause });
    }
    for rule in raw.class {
        let Some(clause) = cited.read(reader, &rule.clause).map(|c| c.id.clone()) else { continue };
        out.rules.push(TeamRule { class: rule.value.into_inner(), every: rule.every, clause });
    }
    Some(out)
}

impl Qualifications {
    /// What the team lacks for the systems in scope, a sentence each. `examiners` are who examines: each must be known to
    /// be independent and bound to secrecy. Nothing is asked where no system has a class that a rule names.
    #[must_use]
    pub fn gaps(&self, systems: &[System], examiners: &[String], team: &[TeamMember]) -> Vec<String> {
        let in_scope = |rule: &&TeamRule| {
            systems
                .iter()
                .any(|s| s.facts.get(&self.class_fact) == Some(&FactValue::Text(rule.class.clone())))
        };
        let rules: Vec<&TeamRule> = self.rules.iter().filter(in_scope).collect();
        if rules.is_empty() {
            return Vec::new();
        }
        let acts = |name: &str| team.iter().find(|m| m.name == name);
        let held = |kind: &Qualification| {
            examiners
                .iter()
                .filter_map(|name| acts(name))
                .any(|m| m.holds.get(&kind.key).is_some_and(|text| !text.trim().is_empty()))
        };
        let mut gaps = Vec::new();
        if rules.iter().any(|r| r.every) {
            gaps.extend(
                self.kinds
                    .iter()
                    .filter(|k| !held(k))
                    .map(|k| format!("團隊尚無人具備「{}」（{}）。", k.zh, k.clause)),
            );
        } else if !self.kinds.iter().any(held) {
            let clause = rules.first().map(|r| r.clause.to_string()).unwrap_or_default();
            gaps.push(format!("團隊尚無人具備所列資格條件之一（{clause}）。"));
        }
        for name in examiners {
            let member = acts(name);
            gaps.extend(say(name, "獨立性", member.map_or(Tri::Unknown, |m| m.independent)));
            gaps.extend(say(name, "保密切結", member.map_or(Tri::Unknown, |m| m.confidential)));
        }
        gaps
    }
}

fn say(name: &str, what: &str, known: Tri) -> Option<String> {
    match known {
        Tri::Yes => None,
        Tri::No => Some(format!("{name}之{what}不符。")),
        Tri::Unknown => Some(format!("{name}之{what}尚未確認。")),
    }
}

#[cfg(test)]
mod tests {
    use crate::bundled;
    use fieldbook_model::{FactValue, Moment, System, TeamMember, Tri};

    fn system(class: &str) -> System {
        let facts = [("asmt_class".to_owned(), FactValue::Text(class.to_owned()))].into();
        System { name: format!("系統{class}"), facts }
    }

    fn member(name: &str, holds: &[&str]) -> TeamMember {
        TeamMember {
            name: name.to_owned(),
            unit: String::new(),
            holds: holds.iter().map(|k| ((*k).to_owned(), "證書".to_owned())).collect(),
            independent: Tri::Yes,
            confidential: Tri::Yes,
            signed_on: None,
            note: String::new(),
            by: name.to_owned(),
            at: Moment::default(),
        }
    }

    #[test]
    fn the_first_class_asks_for_every_qualification_and_the_others_for_one() {
        let asked = bundled().expect("loads").qualifications;
        assert_eq!(asked.kinds.len(), 4);
        let one = [member("甲", &["management"])];
        let names = ["甲".to_owned()];
        assert_eq!(asked.gaps(&[system("1")], &names, &one).len(), 3);
        assert_eq!(asked.gaps(&[system("2"), system("3")], &names, &one), Vec::<String>::new());
        let two = [member("甲", &["management", "technical"]), member("乙", &["attack", "finance"])];
        let both = ["甲".to_owned(), "乙".to_owned()];
        assert_eq!(asked.gaps(&[system("1")], &both, &two), Vec::<String>::new());
        assert_eq!(asked.gaps(&[System::default()], &both, &[]), Vec::<String>::new());
    }

    #[test]
    fn what_nobody_recorded_is_not_taken_for_granted() {
        let asked = bundled().expect("loads").qualifications;
        let gaps = asked.gaps(&[system("3")], &["甲".to_owned()], &[]);
        assert_eq!(gaps.len(), 3, "{gaps:?}");
        let mut known = member("甲", &["finance"]);
        known.independent = Tri::No;
        assert_eq!(asked.gaps(&[system("3")], &["甲".to_owned()], &[known]), ["甲之獨立性不符。"]);
    }
}
