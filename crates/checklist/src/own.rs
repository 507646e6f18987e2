//! Procedures that an examiner writes: a file like any other's, with one rule over one dataset, made from a form.

use crate::bundle::{Bundle, LoadedProcedure};
use crate::error::LoadError;
use crate::lock::sha256_hex;
use crate::procedure::{self, Ids, Known};
use crate::reader::Reader;
use crate::words::strength_key;
use fieldbook_model::{ClauseId, DatasetNeed, Document, OutColumn, Procedure, RuleVerdict, Strength};
use serde::Serialize;
use std::collections::BTreeSet;

/// Family of every procedure that an examiner wrote.
const FAMILY: &str = "自訂程序";
/// Id of the one rule.
const RULE: &str = "1";

/// A procedure of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnForm {
    /// Id: `X-01` of an exam, `O-01` of an organisation.
    pub id: String,
    /// Title.
    pub title: String,
    /// 查核目的.
    pub purpose: String,
    /// Dataset whose rows it lists.
    pub subject: String,
    /// zh-TW name of that dataset, for the population.
    pub subject_zh: String,
    /// What its rows are.
    pub verdict: RuleVerdict,
    /// Strength of the duty.
    pub strength: Strength,
    /// Clauses that a row breaches; may be empty.
    pub clauses: Vec<ClauseId>,
    /// Datasets and columns that the statement reads, the subject among them.
    pub needs: Vec<DatasetNeed>,
    /// Result columns.
    pub columns: Vec<OutColumn>,
    /// The statement.
    pub sql: String,
}

#[derive(Serialize)]
struct File<'a> {
    id: &'a str,
    title: &'a str,
    family: &'a str,
    purpose: &'a str,
    steps: [&'a str; 0],
    clauses: Vec<String>,
    needs: Vec<Need<'a>>,
    population: Counted<'a>,
    rule: [OneRule<'a>; 1],
    column: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Need<'a> {
    dataset: &'a str,
    columns: &'a [String],
}

#[derive(Serialize)]
struct Counted<'a> {
    dataset: &'a str,
    zh: &'a str,
    sql: String,
}

#[derive(Serialize)]
struct OneRule<'a> {
    id: &'a str,
    title: &'a str,
    verdict: &'a str,
    clauses: Vec<String>,
    strength: &'a str,
    subject: &'a str,
    sql: &'a str,
}

#[derive(Serialize)]
struct Shown<'a> {
    key: &'a str,
    zh: &'a str,
}

/// The file of a form. The same form gives the same bytes.
#[must_use]
pub fn own_file(form: &OwnForm) -> String {
    let clauses: Vec<String> = form.clauses.iter().map(ToString::to_string).collect();
    let file = File {
        id: &form.id,
        title: &form.title,
        family: FAMILY,
        purpose: &form.purpose,
        steps: [],
        clauses: clauses.clone(),
        needs: form.needs.iter().map(|n| Need { dataset: &n.dataset, columns: &n.columns }).collect(),
        population: Counted {
            dataset: &form.subject,
            zh: &form.subject_zh,
            sql: format!("SELECT count(*) FROM {}", form.subject),
        },
        rule: [OneRule {
            id: RULE,
            title: &form.title,
            verdict: match form.verdict {
                RuleVerdict::Exception => "exception",
                RuleVerdict::Unknown => "unknown",
                RuleVerdict::Lead => "lead",
            },
            clauses,
            strength: strength_key(form.strength),
            subject: &form.subject,
            sql: &form.sql,
        }],
        column: form.columns.iter().map(|c| Shown { key: &c.key, zh: &c.zh }).collect(),
    };
    // Texts and lists of texts always have a form in TOML.
    toml::to_string_pretty(&file).unwrap_or_default()
}

/// Reads a file that an examiner wrote.
///
/// # Errors
/// Every defect with its line.
pub fn read_own(text: &str, bundle: &Bundle) -> Result<LoadedProcedure, Vec<LoadError>> {
    let text = text.replace("\r\n", "\n");
    let clauses: BTreeSet<ClauseId> =
        bundle.documents.iter().flat_map(Document::clauses).map(|c| c.id.clone()).collect();
    let known =
        Known { facts: &bundle.facts, datasets: &bundle.datasets, clauses: &clauses, ids: Ids::Examiner };
    let id = stated_id(&text);
    let mut errors = Vec::new();
    let read = procedure::read(&mut Reader::new(&format!("{id}.toml"), &text, &mut errors), &id, &known);
    match read {
        Some(procedure) if errors.is_empty() => {
            Ok(LoadedProcedure { procedure, sha256: sha256_hex(&text), withdrawn: false })
        }
        _ => Err(errors),
    }
}

/// The id that a file states; its name is not at hand.
fn stated_id(text: &str) -> String {
    let table = text.parse::<toml::Table>().ok();
    table.and_then(|t| Some(t.get("id")?.as_str()?.to_owned())).unwrap_or_default()
}

/// The form of a procedure, when a form can hold all of it.
#[must_use]
pub fn own_form(procedure: &Procedure) -> Option<OwnForm> {
    let [rule] = procedure.rules.as_slice() else { return None };
    let form = OwnForm {
        id: procedure.id.clone(),
        title: procedure.title.clone(),
        purpose: procedure.purpose.clone(),
        subject: rule.subject.clone(),
        subject_zh: procedure.population.zh.clone(),
        verdict: rule.verdict,
        strength: rule.strength,
        clauses: rule.clauses.clone(),
        needs: procedure.needs.clone(),
        columns: procedure.columns.clone(),
        sql: rule.sql.clone(),
    };
    let plain = procedure.parameters.is_empty()
        && procedure.fragments.is_empty()
        && procedure.steps.is_empty()
        && procedure.cautions.is_empty()
        && rule.needs.is_empty()
        && rule.title == procedure.title
        && rule.clauses == procedure.clauses
        && procedure.population.sql == format!("SELECT count(*) FROM {}", rule.subject);
    plain.then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;

    fn form() -> OwnForm {
        OwnForm {
            id: "X-01".to_owned(),
            title: "帳號名稱以 test 開頭".to_owned(),
            purpose: "找出\"測試\"帳號。".to_owned(),
            subject: "accounts".to_owned(),
            subject_zh: "帳號清冊".to_owned(),
            verdict: RuleVerdict::Exception,
            strength: Strength::Must,
            clauses: vec![ClauseId::parse("BSL-6.7").expect("id")],
            needs: vec![DatasetNeed {
                dataset: "accounts".to_owned(),
                columns: vec!["account".to_owned()],
                optional: false,
            }],
            columns: vec![
                OutColumn { key: "account".to_owned(), zh: "帳號".to_owned() },
                OutColumn { key: "情形".to_owned(), zh: "情形".to_owned() },
            ],
            sql: "SELECT _id, account, 'it''s' AS 情形\nFROM accounts -- \"\"\" \'\'\'\nWHERE account LIKE 'test%'".to_owned(),
        }
    }

    #[test]
    fn a_form_is_the_same_after_its_file_was_read() {
        let bundle = bundled().expect("bundle");
        let file = own_file(&form());
        let read = read_own(&file, &bundle).unwrap_or_else(|e| panic!("{e:?}\n{file}"));
        assert_eq!(own_form(&read.procedure), Some(form()));
        assert_eq!(read_own(&file.replace('\n', "\r\n"), &bundle).map(|l| l.sha256), Ok(read.sha256));
    }

    #[test]
    fn what_a_file_may_not_hold_is_told_with_its_line() {
        let bundle = bundled().expect("bundle");
        let file = own_file(&form());
        for (from, to) in [
            ("\"X-01\"", "\"T-ACC-99\""),
            ("dataset = \"accounts\"", "dataset = \"acounts\""),
            ("BSL-6.7", "BSL-99.9"),
            ("key = \"情形\"", "key = \"情 形\""),
            ("strength = \"must\"", "strength = \"musst\""),
        ] {
            assert!(file.contains(from), "{from}");
            let errors = read_own(&file.replacen(from, to, 1), &bundle).expect_err(to);
            assert!(errors.iter().any(|e| e.line.is_some()), "{to}: {errors:?}");
        }
    }

    #[test]
    fn more_than_one_rule_is_no_form() {
        let bundle = bundled().expect("bundle");
        let many = bundle.procedures.iter().find(|p| p.procedure.rules.len() > 1).expect("one");
        assert_eq!(own_form(&many.procedure), None);
    }
}
