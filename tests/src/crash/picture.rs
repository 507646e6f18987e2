//! What a vault says, row by row: opened past the store, under the keys that its format tells.

use super::world::World;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// For each database the hash of each table's rows, and their number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// By database (`vault` or an exam's id), then by table.
    pub databases: BTreeMap<String, BTreeMap<String, (u64, String)>>,
}

/// Tables that are renewed from others whenever an exam is opened or closed: they may lag behind after a crash, and
/// opening brings them up.
const RENEWED: [&str; 7] = [
    "finding_index",
    "finding_course",
    "chapter_figure",
    "clause_figure",
    "exam_firm",
    "last_checkpoint",
    "last_note",
];

impl Picture {
    /// Looks at the vault of a world; it may be open.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let key = world.data_key();
        let mut databases = BTreeMap::new();
        let vault = open(&world.vault().join("vault.db"), &key, &[b"fieldbook/1/vault"]);
        let salts = salts(&vault);
        databases.insert("vault".to_owned(), tables(&vault));
        for (id, salt) in salts {
            let path = world.vault().join(format!("exams/{id}.db"));
            if path.is_file() {
                let label = format!("fieldbook/2/exam/{id}/");
                databases.insert(id, tables(&open(&path, &key, &[label.as_bytes(), &salt])));
            }
        }
        Self { databases }
    }

    /// Tables of a database that differ, with their numbers of rows.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut out = Vec::new();
        let names: std::collections::BTreeSet<_> =
            self.databases.keys().chain(other.databases.keys()).collect();
        for name in names {
            let (a, b) = (self.databases.get(name), other.databases.get(name));
            let empty = BTreeMap::new();
            let (a, b) = (a.unwrap_or(&empty), b.unwrap_or(&empty));
            for table in a.keys().chain(b.keys()).collect::<std::collections::BTreeSet<_>>() {
                if a.get(table) != b.get(table) {
                    let rows = |p: &BTreeMap<String, (u64, String)>| p.get(table).map(|(n, _)| *n);
                    out.push(format!("{name}/{table}: {:?} and {:?} rows", rows(a), rows(b)));
                }
            }
        }
        out
    }
}

fn open(path: &Path, data_key: &[u8], label: &[&[u8]]) -> Connection {
    let mut mac = Hmac::<Sha256>::new_from_slice(data_key).expect("any length");
    label.iter().for_each(|part| mac.update(part));
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("a database");
    let key = hex::encode(mac.finalize().into_bytes());
    conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA cipher_log_level = NONE;"))
        .expect("takes a key");
    conn.busy_timeout(std::time::Duration::from_secs(10)).expect("waits");
    conn
}

fn salts(vault: &Connection) -> Vec<(String, Vec<u8>)> {
    let mut all = vault.prepare("SELECT exam, salt FROM exam_key ORDER BY exam").expect("salts");
    let rows = all.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).expect("salts");
    rows.map(|r| r.expect("a salt")).collect()
}

fn tables(conn: &Connection) -> BTreeMap<String, (u64, String)> {
    let mut all =
        conn.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").expect("names");
    let names: Vec<String> =
        all.query_map([], |r| r.get(0)).expect("names").map(|n| n.expect("a name")).collect();
    names
        .into_iter()
        .filter(|n| !RENEWED.contains(&n.as_str()))
        .map(|n| (n.clone(), rows(conn, &n)))
        .collect()
}

/// Number and hash of a table's rows. A law is told by its own hash; where a backup goes differs from world to world.
fn rows(conn: &Connection, table: &str) -> (u64, String) {
    let sql = match table {
        "law" => "SELECT sha256, length(files) FROM law".to_owned(),
        // A slot is wrapped anew with other random bytes each time.
        "key_slot" => "SELECT slot, recipient, label, pending IS NULL FROM key_slot ORDER BY slot".to_owned(),
        // Numbers of takings differ where one broke off; the pieces and their bytes do not.
        "evidence" => {
            "SELECT id, name, source, acquired_by, acquired_at, format, pages, sha256, size, kept_at,
            confidentiality, returned, clauses, by, at FROM evidence ORDER BY id"
                .to_owned()
        }
        "evidence_chunk" => "SELECT e.id, c.no, c.bytes FROM evidence_chunk c
            LEFT JOIN evidence e ON e.taking = c.taking ORDER BY e.id, c.no"
            .to_owned(),
        // A taking that broke off took a number and left nothing else.
        "sqlite_sequence" => {
            "SELECT * FROM sqlite_sequence WHERE name != 'evidence_taking' ORDER BY name".to_owned()
        }
        "setting" => "SELECT * FROM setting WHERE key != 'backup.folder' ORDER BY key".to_owned(),
        _ => format!("SELECT * FROM \"{table}\""),
    };
    let mut all = conn.prepare(&sql).expect("a table");
    let columns = all.column_count();
    let mut found = all.query([]).expect("rows");
    let (mut hash, mut count) = (Sha256::new(), 0);
    while let Some(row) = found.next().expect("a row") {
        count += 1;
        for i in 0..columns {
            let value: rusqlite::types::Value = row.get(i).expect("a value");
            hash.update(format!("{value:?}|"));
        }
        hash.update("\n");
    }
    (count, hex::encode(hash.finalize()))
}
