//! What encryption costs a writer: the same statements under the same settings on a database with a key and on one without.

use super::Outcome;
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::Instant;

/// The settings of the store's own connections.
const SETTINGS: &str = "
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -32768;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE answer (clause TEXT, unit TEXT, system TEXT, result TEXT NOT NULL, note TEXT NOT NULL, by TEXT NOT NULL,
        at TEXT NOT NULL, PRIMARY KEY (clause, unit, system)) STRICT, WITHOUT ROWID;
    CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, detail TEXT NOT NULL, leaf BLOB NOT NULL) STRICT;
    CREATE TABLE ds_orders (_id INTEGER PRIMARY KEY, _sheet INTEGER NOT NULL, _row INTEGER NOT NULL, account TEXT, placed TEXT,
        symbol TEXT, side TEXT, price REAL, quantity INTEGER, ip TEXT) STRICT;
    CREATE TABLE evidence_part (evidence INTEGER NOT NULL, no INTEGER NOT NULL, bytes BLOB NOT NULL,
        PRIMARY KEY (evidence, no)) STRICT, WITHOUT ROWID;";
const KEY: &str = "PRAGMA key = \"x'2dd29ca851e7b56e4697b0e1f08507293d761a05ce4d1b628663f411a8086d99'\"; PRAGMA cipher_log_level = NONE;";
/// Turns that each side gets; the better one counts.
const TURNS: usize = 3;

/// A kind of work.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// Answers, each in a transaction of its own with its journal entry.
    Answers,
    /// Rows of a list, in one transaction.
    Rows,
    /// A piece of evidence, a megabyte a row, in one transaction.
    Evidence,
}

/// Every kind.
pub const ALL: [Work; 3] = [Work::Answers, Work::Rows, Work::Evidence];

impl Work {
    /// What is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answers => "400 answers, one by one",
            Self::Rows => "200,000 rows",
            Self::Evidence => "256 MB of evidence",
        }
    }

    fn run(self, conn: &mut Connection, part: i64) -> Outcome<()> {
        match self {
            Self::Answers => answers(conn, 400 / part),
            Self::Rows => rows(conn, 200_000 / part),
            Self::Evidence => evidence(conn, 256 / part),
        }
    }
}

/// Seconds that the work takes without and with a key, in turns, the better of each.
pub fn compare(folder: &Path, work: Work, part: i64) -> Outcome<[f64; 2]> {
    let mut least = [f64::MAX; 2];
    for _ in 0..TURNS {
        for (key, least) in ["", KEY].iter().zip(least.iter_mut()) {
            let path = folder.join("written.db");
            let mut conn = Connection::open(&path)?;
            conn.execute_batch(key)?;
            conn.execute_batch(SETTINGS)?;
            let begun = Instant::now();
            work.run(&mut conn, part)?;
            *least = least.min(begun.elapsed().as_secs_f64());
            conn.close().map_err(|(_, e)| e)?;
            std::fs::remove_file(&path)?;
        }
    }
    Ok(least)
}

fn answers(conn: &mut Connection, count: i64) -> Outcome<()> {
    for n in 0..count {
        let tx = conn.transaction()?;
        let note = "訪談資訊單位主管，檢視帳號清冊及申請單，抽核十筆均經核准。".repeat(3);
        tx.prepare_cached("INSERT OR REPLACE INTO answer VALUES (?1, '', '', 'compliant', ?2, '查核員甲', '2021-01-05T09:30:00')")?
            .execute(params![format!("COL-{n}"), note])?;
        tx.prepare_cached(
            "INSERT INTO journal VALUES (?1, '2021-01-05T09:30:00', '查核員甲', 'answer.set', ?2, ?3, ?4)",
        )?
        .execute(params![
            n,
            format!("COL-{n}"),
            format!("{{\"note\":\"{note}\"}}"),
            vec![u8::try_from(n % 256).unwrap_or(0); 32]
        ])?;
        tx.commit()?;
    }
    Ok(())
}

fn rows(conn: &mut Connection, count: i64) -> Outcome<()> {
    let tx = conn.transaction()?;
    {
        let mut one =
            tx.prepare("INSERT INTO ds_orders VALUES (NULL, 1, ?1, ?2, ?3, ?4, 'B', ?5, ?6, ?7)")?;
        for n in 0..count {
            one.execute(params![
                n,
                format!("98{:05}", n % 7_919),
                format!("2020-12-{:02}T09:{:02}:{:02}", 1 + n % 28, n / 60 % 60, n % 60),
                format!("TXF{:02}", n % 12),
                14_000.0 + (n % 500) as f64,
                1 + n % 9,
                format!("10.{}.{}.{}", n % 7, n % 251, n % 241),
            ])?;
        }
    }
    Ok(tx.commit()?)
}

fn evidence(conn: &mut Connection, megabytes: i64) -> Outcome<()> {
    let mut state = 3_u64;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    })
    .take(1 << 20)
    .collect();
    let tx = conn.transaction()?;
    for no in 0..megabytes {
        tx.prepare_cached("INSERT INTO evidence_part VALUES (1, ?1, ?2)")?.execute(params![no, bytes])?;
    }
    Ok(tx.commit()?)
}
