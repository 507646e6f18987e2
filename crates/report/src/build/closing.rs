//! The last page: signatures, the fingerprints of the working papers, the journal's checkpoint, characters without a
//! glyph.

use super::or_dash;
use crate::doc::{Align, Block, Cell, Table};
use crate::{Dossier, PaperHash, words};
use fieldbook_model::{SignOff, SignRole, WHOLE_EXAM};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Who signs a printed copy.
const SIGNERS: [&str; 4] = ["編製人", "日期", "覆核人", "日期"];
/// Characters of a hash on one line: two lines of the same length are compared by eye.
const HASH_LINE: usize = 32;
/// Bytes of a key's fingerprint.
const FINGERPRINT: usize = 20;

/// The blocks, below a heading of this text. `missing` are the characters that no font has; `None` where the fonts
/// are the reader's own.
pub fn blocks(dossier: &Dossier, heading: &str, missing: Option<&[char]>) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::heading(1, heading)];
    blocks.push(Block::heading(3, "電子簽署"));
    if dossier.signed.iter().all(|paper| paper.signatures.is_empty()) {
        blocks.push(Block::paragraph("案卷及各底稿均尚未經電子簽署。"));
    } else {
        blocks.push(Block::Table(signatures(dossier)));
    }
    blocks.push(Block::heading(3, "查核工作底稿雜湊值"));
    if dossier.paper_hashes.is_empty() {
        blocks.push(Block::paragraph("本文件列印時未一併輸出查核工作底稿，無雜湊值可列。"));
    } else {
        blocks.push(Block::Table(papers(&dossier.paper_hashes)));
    }
    blocks.push(Block::heading(3, "案卷紀錄"));
    blocks.extend(checkpoint(dossier));
    blocks.extend(note(dossier));
    blocks.extend(missing.map(|missing| Block::labelled("字形", glyphs(missing))));
    blocks.push(Block::Together(vec![
        Block::heading(3, "核章"),
        Block::Signatures(SIGNERS.map(str::to_owned).to_vec()),
    ]));
    blocks
}

/// The signed note, line by line as it is checked; the blank line before the signature is said in words.
fn note(dossier: &Dossier) -> Vec<Block> {
    if dossier.checkpoint_note.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::paragraph(NOTE_WORDS)];
    blocks.extend(note_lines(dossier).map(Block::paragraph));
    blocks
}

/// What stands above a signed note.
pub(in crate::build) const NOTE_WORDS: &str =
    "簽章檢查點（C2SP signed-note，末行為簽章，其前有一空行）；可貼入「軌跡」之驗證，或以其他程式驗證：";

/// The lines of the signed note.
pub(in crate::build) fn note_lines(dossier: &Dossier) -> impl Iterator<Item = &str> {
    dossier.checkpoint_note.lines().filter(|line| !line.is_empty())
}

/// A checkpoint as two people compare it at a glance: size and the first sixteen digits of the root.
pub(in crate::build) fn short(size: u64, root: &str) -> String {
    format!("{size}:{}", root.chars().take(16).collect::<String>())
}

fn checkpoint(dossier: &Dossier) -> Option<Block> {
    let (size, root) = dossier.checkpoint.as_ref()?;
    Some(Block::labelled(
        "案卷日誌",
        format!(
            "本文件列印時，案卷日誌共 {size} 筆，根雜湊值（SHA-256）為 {root}（簡式 {}）。事後得據以驗證案卷紀錄未經更動。",
            short(*size, root)
        ),
    ))
}

fn glyphs(missing: &[char]) -> String {
    if missing.is_empty() {
        return "本文件所有文字均有對應字形。".to_owned();
    }
    let named: Vec<_> = missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    format!("下列字元無對應字形，以「〓」列印，原文請見查核案卷：{}。", named.join("、"))
}

fn papers(papers: &[PaperHash]) -> Table {
    let columns = [("底稿編號", 12, Align::Left), ("名稱", 34, Align::Left), ("SHA-256", 40, Align::Left)];
    let row = |p: &PaperHash| vec![Cell::text(&p.paper), Cell::text(&p.title), Cell::text(halves(&p.sha256))];
    Table::new(&columns).with_rows(papers.iter().map(row))
}

/// Every signature over the version of now, those of the exam as a whole first.
fn signatures(dossier: &Dossier) -> Table {
    let columns = [
        ("簽署標的", 12, Align::Left),
        ("版本", 5, Align::Right),
        ("身分", 8, Align::Left),
        ("姓名", 9, Align::Left),
        ("簽署時間", 14, Align::Left),
        ("金鑰指紋／內容 SHA-256", 40, Align::Left),
    ];
    let whole = |paper: &str| paper == WHOLE_EXAM;
    let mut signed: Vec<_> = dossier.signed.iter().collect();
    signed.sort_by_key(|paper| !whole(&paper.paper));
    let rows = signed.into_iter().flat_map(|paper| {
        let now = paper.signatures.iter().filter(|s| s.version == paper.version);
        now.map(|s| {
            vec![
                Cell::text(if whole(&s.paper) { "全案" } else { &s.paper }),
                Cell::Ordinal(u64::from(s.version)),
                Cell::text(role(s.role)),
                Cell::text(or_dash(&s.by)),
                Cell::text(words::moment(s.at)),
                Cell::text(format!("{}\n{}", fingerprint(s), halves(&s.content_sha256))),
            ]
        })
    });
    Table::new(&columns).with_rows(rows)
}

fn role(role: SignRole) -> &'static str {
    match role {
        SignRole::Preparer => "編製人",
        SignRole::Reviewer => "覆核人",
    }
}

/// What two people compare on paper: the first bytes of the key's SHA-256 as groups of four hex digits.
fn fingerprint(signature: &SignOff) -> String {
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let key: Option<Vec<u8>> = signature
        .key
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect();
    let Some(key) = key else { return signature.key.clone() };
    let hash = Sha256::digest(key);
    let mut text = String::new();
    for (i, byte) in hash.iter().take(FINGERPRINT).enumerate() {
        if i > 0 && i % 2 == 0 {
            text.push(' ');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A hash in lines of the same length.
pub fn halves(hash: &str) -> String {
    let chars: Vec<char> = hash.chars().collect();
    chars.chunks(HASH_LINE).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}
