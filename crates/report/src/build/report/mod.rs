//! the report (查核報告): cover, contents, 壹 to 伍, 附記.

pub mod findings;
pub mod overview;
mod received;
mod scope;
pub mod tests;

use super::print::Print;
use super::{closing, standing};
use crate::Dossier;
use crate::doc::Report;

const PAPER: Print<'static> = Print {
    paper: "R-01",
    title: "查核報告",
    note: Some(
        "本報告所載筆數均可由查核工作底稿追溯至受查單位所提供檔案之工作表及列號；結論以所列資料、依據版本及查核程序為限。",
    ),
};

/// The report of a dossier. `missing` are the characters that no font has; the report says so itself.
pub fn report(dossier: &Dossier, missing: &[char]) -> Report {
    with(dossier, Some(missing))
}

/// The report for a program that sets it in fonts of its own: which characters those lack, nobody here knows.
pub fn report_to_edit(dossier: &Dossier) -> Report {
    with(dossier, None)
}

/// One finding as the report prints it, without cover and contents; `None` for one that the report leaves out.
pub fn one_finding(dossier: &Dossier, no: i64) -> Option<Report> {
    let paper = standing(dossier).find(|paper| paper.finding.no == no)?;
    Some(Print { note: None, ..PAPER }.of(dossier, findings::finding(dossier, paper)))
}

fn with(dossier: &Dossier, missing: Option<&[char]>) -> Report {
    let mut blocks = overview::blocks(dossier);
    blocks.extend(findings::blocks(dossier));
    blocks.extend(tests::blocks(dossier));
    blocks.extend(scope::blocks(dossier));
    blocks.extend(received::blocks(dossier));
    blocks.extend(closing::blocks(dossier, "附記", missing));
    PAPER.of(dossier, blocks)
}
