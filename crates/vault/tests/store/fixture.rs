//! What the tests share: a vault in a temporary folder, an exam, a dataset, a sheet.

use fieldbook_model::dataset::{Choice, Column};
use fieldbook_model::{
    Answer, AnswerKey, ClauseId, ColumnType, DatasetDef, EditionPin, Exam, ExamId, ItemResult, MappedColumn,
    Moment, Period, Reading, SheetRecord, TypedRow, Value,
};
use fieldbook_vault::{
    ExamLaw, ExamStore, FileHead, ImportWriter, RecoveryIdentity, SheetHead, Vault, VaultError,
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::civil::date;
use rusqlite::Connection;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub const EXAMINER: &str = "王查核";
pub const PASSPHRASE: &str = "正確的通關密語";
/// The least work that a slot may ask for.
pub const WORK: u8 = fieldbook_vault::MIN_WORK_FACTOR;
pub const FIRM: &str = "甲乙綜合證券";

pub fn pass(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

pub fn at() -> Moment {
    date(2026, 11, 21).at(9, 30, 0, 0)
}

pub fn make(dir: &Path) -> (Vault, RecoveryIdentity) {
    Vault::create(dir, &pass(PASSPHRASE), &mut entropy(), WORK, at()).expect("a vault can be made")
}

/// Bytes that are the same in every test.
fn entropy() -> impl FnMut(&mut [u8]) {
    let mut n = 0_u32;
    move |bytes| {
        bytes.iter_mut().for_each(|b| {
            n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *b = n.to_be_bytes()[0];
        });
    }
}

/// Bytes for the random part of an exam's key, the same in every test.
pub fn salt() -> impl FnMut(&mut [u8]) {
    |bytes| bytes.fill(SALT)
}

const SALT: u8 = 0x5a;

/// The data key of a vault made by [`make`]: the first bytes that it asks for.
pub fn data_key() -> [u8; 32] {
    let mut key = [0; 32];
    entropy()(&mut key);
    key
}

/// A database of a vault made by [`make`], opened past the store: `label` is `vault` or, for an exam that an earlier
/// release made, `exam/<id>`, as the vault's format says. The file is made when it is absent.
pub fn database(path: &Path, label: &str) -> Connection {
    under(path, &[format!("fieldbook/1/{label}").as_bytes()])
}

/// The database of the exam `id` made with [`salt`], opened past the store.
pub fn exam_database(path: &Path, id: &str) -> Connection {
    under(path, &[format!("fieldbook/2/exam/{id}/").as_bytes(), &[SALT; 32]])
}

/// The key of the exam `e1` as an earlier release made it, in hex.
pub fn old_key() -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&data_key()).expect("any length");
    mac.update(b"fieldbook/1/exam/e1");
    hex::encode(mac.finalize().into_bytes())
}

fn under(path: &Path, label: &[&[u8]]) -> Connection {
    let mut mac = Hmac::<Sha256>::new_from_slice(&data_key()).expect("any length");
    label.iter().for_each(|part| mac.update(part));
    let conn = Connection::open(path).expect("opens");
    let key = format!("PRAGMA key = \"x'{}'\"", hex::encode(mac.finalize().into_bytes()));
    conn.execute_batch(&key).expect("takes the key");
    conn
}

pub fn open(dir: &Path) -> Result<Vault, VaultError> {
    Vault::unlock(dir, &pass(PASSPHRASE))
}

pub fn exam() -> Exam {
    Exam {
        id: ExamId::parse("e1").expect("an id"),
        firm: FIRM.to_owned(),
        case_no: "115-證-0012".to_owned(),
        as_of: date(2020, 12, 31),
        period: Period::new(date(2020, 1, 1), date(2020, 12, 31)).expect("a period"),
        examiners: vec![EXAMINER.to_owned()],
        profile: BTreeMap::new(),
        systems: Vec::new(),
        created_at: at(),
    }
}

/// A law of one document; two of different `name` differ in their text.
pub fn law(name: &str) -> ExamLaw {
    let files = BTreeMap::from([
        ("taifex-fcm/document.toml".to_owned(), format!("title = \"查核表 {name}\"")),
        ("facts.toml".to_owned(), "# 「引號」\n".to_owned()),
    ]);
    let hash = hex::encode(Sha256::digest(name));
    let pin = EditionPin { document: "FCM".into(), version: name.into(), content_sha256: hash.clone() };
    ExamLaw { sha256: hash, files, packages: Vec::new(), pins: vec![pin] }
}

pub fn clause(id: &str) -> ClauseId {
    ClauseId::parse(id).expect("an id")
}

/// An answer to a whole clause for the whole firm.
pub fn answer_to(id: &str, result: ItemResult, note: &str) -> Answer {
    Answer {
        key: AnswerKey { clause: clause(id), unit: String::new(), system: String::new() },
        result,
        method: None,
        mode: None,
        note: note.to_owned(),
        paper_ref: String::new(),
        awaited: None,
        origin: None,
        by: EXAMINER.to_owned(),
        at: at(),
    }
}

/// A vault with one exam, opened with the dataset below.
pub fn with_exam(dir: &Path) -> (Vault, ExamStore) {
    let (mut vault, _) = make(dir);
    vault.create_exam(&exam(), EXAMINER, &law("現行"), &mut salt()).expect("an exam can be made");
    let store = vault.open_exam(&exam().id, &[accounts()]).expect("it opens");
    (vault, store)
}

pub fn column(key: &str, ty: ColumnType) -> Column {
    Column {
        key: key.to_owned(),
        zh: key.to_owned(),
        ty,
        required: false,
        synonyms: Vec::new(),
        weak: Vec::new(),
        inverted: Vec::new(),
        hours: None,
        personal: false,
        choices: Vec::<Choice>::new(),
    }
}

/// One column of every type.
pub fn accounts() -> DatasetDef {
    let columns = [
        ("account", ColumnType::Text),
        ("enabled", ColumnType::Bool),
        ("level", ColumnType::Enum),
        ("opened", ColumnType::Date),
        ("last_login", ColumnType::DateTime),
        ("failures", ColumnType::Int),
        ("score", ColumnType::Num),
        ("timeout", ColumnType::Duration),
    ];
    DatasetDef {
        key: "accounts".to_owned(),
        code: "D01".to_owned(),
        zh: "帳號清冊".to_owned(),
        row: String::new(),
        row_key: vec!["account".to_owned()],
        columns: columns.iter().map(|(key, ty)| column(key, *ty)).collect(),
        derived: Vec::new(),
    }
}

pub fn mapping(keys: &[&str]) -> Vec<MappedColumn> {
    let one = |(index, key): (usize, &&str)| MappedColumn {
        index: u32::try_from(index).expect("few columns"),
        header: format!("欄{index}"),
        column: (*key).to_owned(),
        reading: Reading::Plain,
        inverted: false,
        confidence: 100,
        time_index: None,
    };
    keys.iter().enumerate().map(one).collect()
}

pub fn file(name: &str) -> FileHead {
    let sha256 = hex::encode(Sha256::digest(name));
    FileHead { file: name.to_owned(), sha256, size: 1234, encoding: String::new() }
}

pub fn sheet(name: &str, keys: &[&str]) -> SheetHead {
    SheetHead {
        sheet: name.to_owned(),
        header_row: 3,
        end_row: None,
        dataset: "accounts".to_owned(),
        mapping: mapping(keys),
        filled: Vec::new(),
        origin: None,
    }
}

pub fn record(head: &SheetHead, stored: u64) -> SheetRecord {
    SheetRecord {
        sheet: head.sheet.clone(),
        dataset: Some(head.dataset.clone()),
        header_row: head.header_row,
        end_row: head.end_row,
        mapping: head.mapping.clone(),
        filled: head.filled.clone(),
        unmapped: vec!["備註".to_owned()],
        missing_required: Vec::new(),
        rows_read: stored,
        rows_stored: stored,
        rows_rejected: 0,
        hidden_rows: Some(0),
        hidden_columns: None,
        hidden_sheet: false,
        issues: Vec::new(),
        origin: head.origin,
        declared_rows: None,
    }
}

pub fn row(number: u32, values: Vec<Value>) -> TypedRow {
    TypedRow { row: number, hidden: false, values, originals: Vec::new() }
}

pub fn text(t: &str) -> Value {
    Value::Text(t.into())
}

/// Begins an import of one file.
pub fn begin<'a>(store: &'a mut ExamStore, file_name: &str) -> ImportWriter<'a> {
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    writer.begin_file(&file(file_name)).expect("the file begins");
    writer
}

/// Completes the open file and the import.
pub fn finish(mut writer: ImportWriter<'_>) -> i64 {
    writer.finish_file().expect("the file is whole");
    writer.commit().expect("commits")
}

/// Writes a sheet with these rows, numbered from the row below the header on; gives its id.
pub fn write_sheet(writer: &mut ImportWriter<'_>, head: &SheetHead, rows: Vec<Vec<Value>>) -> i64 {
    let count = rows.len() as u64;
    writer.begin_sheet(head).expect("the sheet begins");
    for (number, values) in (head.header_row + 1..).zip(rows) {
        writer.push(&row(number, values)).expect("stores");
    }
    writer.finish_sheet(&record(head, count)).expect("finishes")
}

/// Writes a file with one sheet of accounts of these names into the batch; gives the sheet's id.
pub fn add_accounts(writer: &mut ImportWriter<'_>, file_name: &str, names: &[&str]) -> i64 {
    writer.begin_file(&file(file_name)).expect("the file begins");
    let rows = names.iter().map(|name| vec![text(name)]).collect();
    let id = write_sheet(writer, &sheet("帳號", &["account"]), rows);
    writer.finish_file().expect("the file is whole");
    id
}

/// Imports accounts of these names, one a row from row 4 on.
pub fn import_accounts(store: &mut ExamStore, file_name: &str, names: &[&str]) -> i64 {
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    add_accounts(&mut writer, file_name, names);
    writer.commit().expect("commits")
}

/// Every file below a folder with the hash of its bytes.
pub fn tree(dir: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(dir).expect("reads") {
        let path = entry.expect("reads").path();
        let name = path.strip_prefix(dir).expect("below").to_string_lossy().into_owned();
        if path.is_dir() {
            out.insert(format!("{name}/"), String::new());
            out.extend(tree(&path).into_iter().map(|(k, v)| (format!("{name}/{k}"), v)));
        } else {
            out.insert(name, hex::encode(Sha256::digest(fs::read(&path).expect("reads"))));
        }
    }
    out
}
