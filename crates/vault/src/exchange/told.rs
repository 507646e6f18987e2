//! What the journal says of each record that a merge changes: where acts of people leave states of a thing, a merge leaves
//! one in the same words, so that what stood before a later act is found.

use super::fields::{self, Columns};
use super::rules::Table;
use crate::error::VaultError;
use crate::journal::Entry;
use crate::table::{journal, record_state, system};
use fieldbook_model::{Held, Moment, RecordKey, evidence_number};
use rusqlite::Connection;
use serde_json::{Value, json};

/// When, and who merged.
type By<'a> = (Moment, &'a str);

struct Row<'a> {
    conn: &'a Connection,
    columns: &'a Columns,
}

impl Row<'_> {
    /// A column as it is stored.
    fn at(&self, column: &str) -> Value {
        self.columns.get(column).map_or(Value::Null, record_state::value)
    }

    fn text(&self, column: &str) -> String {
        match self.columns.get(column) {
            Some(Held::Text(text)) => text.clone(),
            Some(Held::Int(n)) => n.to_string(),
            _ => String::new(),
        }
    }

    /// A column that holds JSON, as the value that it is.
    fn json(&self, column: &str) -> Value {
        serde_json::from_str(&self.text(column)).unwrap_or(Value::Null)
    }

    fn all(&self, columns: &[&str]) -> Value {
        Value::from_iter(columns.iter().map(|c| ((*c).to_owned(), self.at(c))))
    }

    fn exceptions(&self) -> Result<Value, VaultError> {
        let mut some = self.conn.prepare_cached(
            "SELECT exception FROM finding_exception WHERE finding = ?1 ORDER BY exception",
        )?;
        let ids = some.query_map([self.columns.get("no").map(fields::Bound)], |r| r.get::<_, i64>(0))?;
        Ok(Value::from(ids.collect::<Result<Vec<_>, _>>()?))
    }
}

/// Action, subject and detail of a record's entry.
pub(crate) type Told = (&'static str, String, Value);

fn told(row: &Row<'_>, table: &Table, record: &RecordKey) -> Result<Told, VaultError> {
    Ok(match table.name {
        "exam" => {
            let mut detail = row.all(&["firm", "case_no", "as_of"]);
            detail["from"] = row.at("period_from");
            detail["to"] = row.at("period_to");
            detail["examiners"] = row.json("examiners");
            ("exam.merge", row.text("id"), detail)
        }
        "fact" => ("fact.merge", row.text("code"), row.all(&["kind", "content", "basis"])),
        "applicability_override" => {
            ("applicability.merge", row.text("clause"), row.all(&["applicability", "reason"]))
        }
        "answer" => {
            let mut detail =
                row.all(&["unit", "system", "result", "method", "mode", "note", "paper_ref", "awaited"]);
            detail["origin"] = match row.at("origin_exam") {
                Value::Null => Value::Null,
                exam => {
                    json!({ "exam": exam, "clause": row.at("origin_clause"), "unit": row.at("origin_unit"),
                                "system": row.at("origin_system") })
                }
            };
            ("answer.merge", row.text("clause"), detail)
        }
        "correction" => {
            let mut detail = row.all(&["row", "value", "note"]);
            detail["column"] = row.at("column_key");
            ("dataset.merge", row.text("dataset"), detail)
        }
        "disposition" => (
            "exception.merge",
            row.text("procedure"),
            row.all(&["rule", "file_sha256", "sheet", "row", "kind", "note"]),
        ),
        "finding" => {
            let mut detail = row.all(&[
                "kind",
                "title",
                "condition",
                "clauses",
                "cause",
                "effect",
                "severity",
                "category",
                "recommendation",
                "repeat_of",
            ]);
            detail["exceptions"] = row.exceptions()?;
            detail["counts"] = match row.at("count_exceptions") {
                Value::Null => Value::Null,
                exceptions => json!([exceptions, row.at("count_population")]),
            };
            for list in ["objects", "evidence", "papers"] {
                detail[list] = row.json(list);
            }
            ("finding.merge", format!("finding:{}", row.text("no")), detail)
        }
        "evidence" => {
            let id = row.text("id").parse().unwrap_or_default();
            let detail = row.all(&[
                "name",
                "source",
                "acquired_by",
                "acquired_at",
                "format",
                "pages",
                "sha256",
                "size",
                "kept_at",
                "confidentiality",
                "returned",
                "clauses",
            ]);
            ("evidence.merge", format!("evidence:{}", evidence_number(id)), detail)
        }
        "team_member" => (
            "team.merge",
            "team".to_owned(),
            row.all(&["name", "unit", "holds", "independent", "confidential", "signed_on", "note"]),
        ),
        "assignment" => {
            ("assignment.merge", format!("{}:{}", row.text("kind"), row.text("key")), row.all(&["person"]))
        }
        "own_procedure" => (
            "procedure.merge",
            format!("procedure:{}", row.text("procedure")),
            json!({ "sha256": row.at("sha256"), "withdrawn": row.at("withdrawn") == 1 }),
        ),
        "count_entry" => {
            let mut detail = row.all(&["state", "note", "undoes"]);
            detail["device"] = row.json("device");
            ("equipment.merge", format!("count:{}", row.text("item")), detail)
        }
        _ => ("merge.record", format!("{}:{}", table.name, record.key), json!({})),
    })
}

/// Action, subject and detail of the entry that a merge would leave of a record with this row.
pub(crate) fn of_row(
    conn: &Connection,
    table: &Table,
    record: &RecordKey,
    columns: &Columns,
) -> Result<Told, VaultError> {
    told(&Row { conn, columns }, table, record)
}

/// Records one record of a merge: what it says now.
pub(crate) fn record(
    conn: &Connection,
    table: &Table,
    record: &RecordKey,
    merge: i64,
    (at, by): By<'_>,
) -> Result<(), VaultError> {
    if matches!(table.name, "system" | "system_fact") {
        return Ok(());
    }
    let key = fields::key_values(table, &record.key)?;
    let now = fields::row(conn, table, &key)?;
    let gone = now.is_none();
    // Of what was taken away only its name is left.
    let columns =
        now.unwrap_or_else(|| table.key.iter().map(|c| (*c).to_owned()).zip(key.iter().cloned()).collect());
    let (action, subject, mut detail) = told(&Row { conn, columns: &columns }, table, record)?;
    detail["merge"] = merge.into();
    if gone {
        detail["gone"] = true.into();
    }
    journal::append(conn, &Entry { at, by, action, subject, detail })
}

/// Records the register of systems as a merge left it.
pub(crate) fn systems(conn: &Connection, _merge: i64, (at, by): By<'_>) -> Result<(), VaultError> {
    let detail = system::detail(&system::all(conn)?);
    journal::append(conn, &Entry { at, by, action: "systems.merge", subject: "systems".to_owned(), detail })
}
