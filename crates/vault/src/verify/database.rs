//! One database: its pages, its structure, what its rows say of each other. Reading only, each part in one snapshot, so that it
//! can be looked at while somebody writes.

use super::pages;
use super::{PAGES_NAMED, Problem, Watch};
use crate::connect;
use crate::error::VaultError;
use crate::journal::{self, leaf_of};
use crate::key::DbKey;
use crate::schema;
use crate::table::{evidence, journal as entries, sign_off};
use rusqlite::Connection;
use std::path::Path;

/// The version from which on imports are batches of files.
const BATCHES: u32 = 3;
/// Steps of SQLite's machine between two questions whether to go on.
const STEPS: i32 = 50_000;

/// One database file to look at.
pub(crate) struct Database<'a> {
    pub(crate) path: &'a Path,
    pub(crate) key: &'a DbKey,
    /// `vault` or an exam's id.
    pub(crate) name: &'a str,
}

type Found = Result<Vec<Problem>, VaultError>;

impl Database<'_> {
    /// Everything that is wrong with the file. Pages, structure and evidence are read at the same time. `tell` is told how
    /// many bytes were looked at since the last call.
    ///
    /// # Errors
    /// [`VaultError::Cancelled`], and no other.
    pub(crate) fn look(&self, watch: &Watch, tell: &mut dyn FnMut(u64)) -> Found {
        let (pages, structure, evidence) = std::thread::scope(|threads| {
            let structure = threads.spawn(|| self.structure(watch));
            let evidence = threads.spawn(|| self.evidence(watch));
            let pages = self.pages(watch, tell);
            // A part that fell is told like one that cannot be read.
            let fell = || Ok(vec![self.unreadable()]);
            (pages, structure.join().unwrap_or_else(|_| fell()), evidence.join().unwrap_or_else(|_| fell()))
        });
        let mut found = pages?;
        found.extend(structure?);
        found.extend(evidence?);
        if found.iter().any(|p| matches!(p, Problem::Pages { .. } | Problem::Structure { .. })) {
            self.name_tables(&mut found);
        }
        found.sort();
        found.dedup();
        watch.go_on()?;
        Ok(found)
    }

    fn database(&self) -> String {
        self.name.to_owned()
    }

    fn unreadable(&self) -> Problem {
        Problem::Unreadable { database: self.database() }
    }

    fn pages(&self, watch: &Watch, tell: &mut dyn FnMut(u64)) -> Found {
        let looked = pages::look(self.path, self.key, &mut |bytes| {
            tell(bytes);
            watch.go_on().is_ok()
        });
        watch.go_on()?;
        let Ok(mut looked) = looked else { return Ok(vec![self.unreadable()]) };
        let mut found = Vec::new();
        found.extend(looked.odd.map(|bytes| Problem::Length { database: self.database(), bytes }));
        let count = looked.damaged.len();
        if count > 0 {
            looked.damaged.truncate(PAGES_NAMED);
            let (database, pages) = (self.database(), looked.damaged);
            found.push(Problem::Pages { database, pages, count, tables: Vec::new() });
        }
        Ok(found)
    }

    /// A part in a snapshot of its own. What cannot be read is a problem of the file; being stopped is none.
    fn part(&self, watch: &Watch, part: impl FnOnce(&Connection) -> Found) -> Found {
        let watched = watch.clone();
        let found = connect::open_read_only(self.path, self.key).and_then(|mut conn| {
            conn.progress_handler(STEPS, Some(move || watched.go_on().is_err()))?;
            conn.execute_batch("BEGIN")?;
            part(&conn)
        });
        watch.go_on()?;
        Ok(found.unwrap_or_else(|_| vec![self.unreadable()]))
    }

    /// Each on a connection of its own: after one damaged page the cipher lets a connection read nothing more.
    fn structure(&self, watch: &Watch) -> Found {
        let quick = |conn: &Connection| match texts(conn, "PRAGMA quick_check") {
            Ok(lines) if lines == ["ok"] => Ok(Vec::new()),
            _ => Ok(vec![Problem::Structure { database: self.database(), tables: Vec::new() }]),
        };
        let mut found = self.part(watch, quick)?;
        found.extend(self.part(watch, |conn| self.references(conn))?);
        found.extend(self.part(watch, |conn| self.counts(conn))?);
        found.extend(self.part(watch, |conn| self.entries(conn))?);
        found.extend(self.part(watch, |conn| self.signatures(conn))?);
        Ok(found)
    }

    fn references(&self, conn: &Connection) -> Found {
        let mut tables = texts(conn, "PRAGMA foreign_key_check")?;
        tables.sort();
        let of_table = |rows: &[String]| {
            let table = rows.first().cloned().unwrap_or_default();
            Problem::Reference { database: self.database(), table, rows: rows.len() }
        };
        Ok(tables.chunk_by(|a, b| a == b).map(of_table).collect())
    }

    fn counts(&self, conn: &Connection) -> Found {
        // Before that version the tables of imports had another shape; it is brought up when the exam is opened.
        if schema::version(conn)? < BATCHES {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for table in tables(conn)? {
            let (key, superseded) = match (table.strip_prefix("ds_"), table.strip_prefix("old_")) {
                (Some(key), _) => (key, "IS NULL"),
                (_, Some(key)) => (key, "IS NOT NULL"),
                _ => continue,
            };
            if !counts_agree(conn, &table, key, superseded)? {
                found.push(Problem::RowCount { database: self.database(), dataset: key.to_owned() });
            }
        }
        Ok(found)
    }

    /// The journal. What an earlier release wrote gets the tables that it lacks once it is opened.
    fn entries(&self, conn: &Connection) -> Found {
        if !conn.table_exists(None, "journal")? {
            return Ok(Vec::new());
        }
        let seq = first_wrong(conn);
        let right = seq.is_none() && journal::walk(conn, None).is_ok();
        Ok(if right { Vec::new() } else { vec![Problem::Journal { database: self.database(), seq }] })
    }

    fn signatures(&self, conn: &Connection) -> Found {
        let has = conn.table_exists(None, "sign_off")?;
        let broken = if has { sign_off::broken(conn, self.name)? } else { Vec::new() };
        Ok(broken.into_iter().map(|paper| Problem::Signature { database: self.database(), paper }).collect())
    }

    fn evidence(&self, watch: &Watch) -> Found {
        let mut damaged = Vec::new();
        let mut found = self.part(watch, |conn| {
            damaged =
                if conn.table_exists(None, "evidence")? { evidence::damaged(conn)? } else { Vec::new() };
            Ok(Vec::new())
        })?;
        for id in damaged {
            // Pieces behind the first damaged one are asked again, each by itself.
            found.extend(self.part(watch, |conn| {
                let whole = evidence::is_whole(conn, id).unwrap_or(false);
                let piece = Problem::Evidence { database: self.database(), id };
                Ok(if whole { Vec::new() } else { vec![piece] })
            })?);
        }
        Ok(found)
    }

    /// Names the tables that damaged pages and a broken structure concern, one look a table.
    fn name_tables(&self, found: &mut [Problem]) {
        let open = || connect::open_read_only(self.path, self.key);
        let whole = |table: &String| {
            let check = format!("PRAGMA quick_check(\"{table}\")");
            matches!(open().and_then(|conn| texts(&conn, &check)), Ok(lines) if lines == ["ok"])
        };
        let all = open().and_then(|conn| tables(&conn)).unwrap_or_default();
        let hit: Vec<String> = all.into_iter().filter(|table| !whole(table)).collect();
        for problem in found {
            if let Problem::Pages { tables, .. } | Problem::Structure { tables, .. } = problem {
                tables.clone_from(&hit);
            }
        }
    }
}

/// Number of the first entry that is not what was recorded.
fn first_wrong(conn: &Connection) -> Option<u64> {
    let (mut next, mut wrong) = (1, None);
    let walked = entries::each(conn, i64::MAX as u64, &mut |seq, fields, stored| {
        if seq != next || leaf_of(seq, fields).as_slice() != stored {
            wrong = Some(next);
            return Err(VaultError::Damaged { what: "journal" });
        }
        next += 1;
        Ok(())
    });
    wrong.or_else(|| walked.is_err().then_some(next))
}

fn counts_agree(conn: &Connection, table: &str, key: &str, superseded: &str) -> Result<bool, VaultError> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM \"{table}\") = (SELECT coalesce(sum(s.rows_stored), 0) FROM import_sheet s
            JOIN import_file f ON f.id = s.file JOIN import_batch b ON b.batch = f.batch
            WHERE s.dataset = ?1 AND b.undone = 0 AND s.superseded_by {superseded})"
    );
    Ok(conn.query_row(&sql, [key], |r| r.get(0))?)
}

fn tables(conn: &Connection) -> Result<Vec<String>, VaultError> {
    texts(conn, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
}

pub(crate) fn texts(conn: &Connection, sql: &str) -> Result<Vec<String>, VaultError> {
    let mut all = conn.prepare(sql)?;
    let rows = all.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
