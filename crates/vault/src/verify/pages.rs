//! Authentication codes of a database file's pages, read past SQLite: it names the pages, can be stopped at any time and needs
//! no database that opens. The format is SQLCipher 4's: HMAC-SHA512 over the page's bytes, its initialization vector and
//! its number, under a key made from the raw key and the salt that the file begins with.

use crate::error::VaultError;
use crate::key::DbKey;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Bytes of a page.
pub(crate) const PAGE: usize = 4096;
/// Bytes of the salt that the file begins with.
const SALT: usize = 16;
/// Bytes of the code at the end of a page.
const CODE: usize = 64;
/// What SQLCipher mixes into the salt for the second key.
const MASK: u8 = 0x3a;
/// The page that SQLite locks and never writes.
const LOCKED: u64 = 0x4000_0000 / PAGE as u64 + 1;
/// Pages read at a time.
const AT_ONCE: usize = 256;
/// Looks at a page before it is called damaged: another connection may be writing it just now.
const LOOKS: usize = 3;

/// What a file's pages are like.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pages {
    /// Numbers of the damaged ones, ascending.
    pub(crate) damaged: Vec<u64>,
    /// The file's length when it is not a whole number of pages.
    pub(crate) odd: Option<u64>,
}

/// Looks at every page. `go_on` is told how many bytes were looked at since the last call and says whether to go on.
pub(crate) fn look(
    path: &Path,
    key: &DbKey,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Pages, VaultError> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut found = Pages { odd: Some(length).filter(|l| l % PAGE as u64 != 0), damaged: Vec::new() };
    let mut bytes = vec![0; PAGE * AT_ONCE];
    let mut codes = None;
    let mut number = 0;
    loop {
        let filled = fill(&mut file, &mut bytes)?;
        let (pages, _) = bytes.get(..filled).unwrap_or_default().as_chunks::<PAGE>();
        let (Some(first), true) = (pages.first(), go_on(filled as u64)) else { break };
        let codes = codes.get_or_insert_with(|| Codes::of(key, first));
        for page in pages {
            number += 1;
            if number != LOCKED && !codes.fit(number, page) {
                found.damaged.push(number);
            }
        }
    }
    if !go_on(0) {
        return Err(VaultError::Cancelled);
    }
    if let Some(codes) = &codes {
        let pending = log_of(path).metadata().is_ok_and(|log| log.len() > 0);
        for _ in 1..LOOKS {
            found.damaged = again(&mut file, codes, &found.damaged, pending)?;
        }
    }
    Ok(found)
}

/// The write-ahead log of a database.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Those of the pages that are still damaged. While a log is `pending`, a page that was never written into the file stands in
/// the log alone and is a hole in the file; who reads the database reads it from the log.
fn again(file: &mut File, codes: &Codes, damaged: &[u64], pending: bool) -> Result<Vec<u64>, VaultError> {
    let mut still = Vec::new();
    for number in damaged {
        let mut page = [0; PAGE];
        file.seek(SeekFrom::Start((number - 1) * PAGE as u64))?;
        match fill(file, &mut page)? {
            // Right after all, or the file became shorter since.
            filled if filled < PAGE || codes.fit(*number, &page) => {}
            _ if pending && page.iter().all(|b| *b == 0) => {}
            _ => still.push(*number),
        }
    }
    Ok(still)
}

/// Fills the buffer as far as the file goes.
pub(crate) fn fill(file: &mut File, buffer: &mut [u8]) -> Result<usize, VaultError> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(filled)
}

/// The code under a file's second key.
struct Codes(Hmac<Sha512>);

impl Codes {
    fn of(key: &DbKey, first: &[u8; PAGE]) -> Self {
        let salt: Vec<u8> = first.iter().take(SALT).map(|b| b ^ MASK).collect();
        // PBKDF2 of RFC 8018 with two rounds; its first block is longer than the key.
        let round = |parts: &[&[u8]]| -> Zeroizing<[u8; CODE]> {
            let mut mac = keyed(key.expose());
            parts.iter().for_each(|part| mac.update(part));
            Zeroizing::new(mac.finalize().into_bytes().into())
        };
        let mut block = round(&[&salt, &[0, 0, 0, 1]]);
        let second = round(&[block.as_slice()]);
        block.iter_mut().zip(second.iter()).for_each(|(a, b)| *a ^= b);
        Self(keyed(block.get(..key.expose().len()).unwrap_or_default()))
    }

    fn fit(&self, number: u64, page: &[u8; PAGE]) -> bool {
        let (body, code) = page.split_at(PAGE - CODE);
        let body = if number == 1 { body.get(SALT..).unwrap_or_default() } else { body };
        let mut mac = self.0.clone();
        mac.update(body);
        mac.update(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        mac.verify_slice(code).is_ok()
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha512> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect;
    use crate::key::DataKey;

    #[test]
    fn it_names_the_pages_that_the_cipher_itself_names() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.db");
        let key = DataKey::new(&mut |b| b.fill(9)).for_vault();
        let conn = connect::open(&path, &key, true).expect("opens");
        conn.execute_batch(
            "CREATE TABLE t (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
             INSERT INTO t SELECT randomblob(3000) FROM n",
        )
        .expect("fills");
        conn.close().expect("closes");
        assert_eq!(look(&path, &key, &mut |_| true), Ok(Pages::default()));
        let whole = std::fs::read(&path).expect("reads");
        for at in [16, 1_000, 4_095, 4_096, 50_000, whole.len() - 1] {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            std::fs::write(&path, bytes).expect("writes");
            let page = (at / PAGE + 1) as u64;
            assert_eq!(
                look(&path, &key, &mut |_| true),
                Ok(Pages { damaged: vec![page], odd: None }),
                "byte {at}"
            );
            let Ok(conn) = connect::open(&path, &key, false) else { continue };
            let said: String =
                conn.query_row("PRAGMA cipher_integrity_check", [], |r| r.get(0)).expect("one line");
            assert!(said.ends_with(&format!("page {page}")), "{said}");
        }
        std::fs::write(&path, &whole[..whole.len() - 100]).expect("cuts");
        let found = look(&path, &key, &mut |_| true).expect("looks");
        assert_eq!(found.odd, Some(whole.len() as u64 - 100));
        let other = DataKey::new(&mut |b| b.fill(8)).for_vault();
        std::fs::write(&path, &whole).expect("writes");
        assert_eq!(look(&path, &other, &mut |_| true).expect("looks").damaged.len(), whole.len() / PAGE);
        assert_eq!(look(&path, &key, &mut |_| false), Err(VaultError::Cancelled));
    }
}
