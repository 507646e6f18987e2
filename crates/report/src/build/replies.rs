//! What became of a finding: the firm's reply, the follow-up reviews, the earlier findings that it repeats.

use super::or_dash;
use crate::doc::{Align, Block, Cell, Pair, Table};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::{FindingStatus, FollowUp, Reply, RocDate, evidence_number};

/// A date, or what says that there is none.
pub fn day(date: Option<jiff::civil::Date>) -> String {
    date.map_or_else(|| "未填".to_owned(), |day| RocDate(day).to_string())
}

/// The firm's reply in full, or that there is none.
pub fn reply(paper: &FindingPaper) -> Vec<Block> {
    let Some(reply) = &paper.reply else {
        return vec![Block::paragraph("受查單位尚未回覆。")];
    };
    let mut blocks = vec![Block::Pairs(pairs(reply)), Block::labelled("回覆意見", or_dash(&reply.text))];
    let optional = [("原因分析", &reply.cause), ("影響評估", &reply.impact), ("責任檢討", &reply.liability)];
    let stated = optional.into_iter().filter(|(_, text)| !text.trim().is_empty());
    blocks.extend(stated.map(|(label, text)| Block::labelled(label, text)));
    blocks.push(Block::labelled("改善措施", or_dash(&reply.measure)));
    blocks
}

fn pairs(reply: &Reply) -> Vec<Pair> {
    vec![
        Pair::new("回覆", words::agreement(reply.agreement)),
        Pair::new("預計完成日", day(reply.due)),
        Pair::new("負責人", or_dash(&reply.owner)),
        Pair::new("簽署人", or_dash(&reply.signer)),
        Pair::new("簽署日期", day(reply.signed_on)),
    ]
}

/// Follow-up reviews, oldest first; `None` when there was none.
pub fn follow_ups(paper: &FindingPaper) -> Option<Table> {
    let columns = [
        ("覆查日期", 12, Align::Left),
        ("覆查人員", 10, Align::Left),
        ("覆查結果", 12, Align::Left),
        ("覆查情形", 40, Align::Left),
        ("證據", 12, Align::Left),
    ];
    let row = |f: &FollowUp| {
        let evidence: Vec<_> = f.evidence.iter().map(|id| evidence_number(*id)).collect();
        vec![
            Cell::text(RocDate(f.on).dotted()),
            Cell::text(&f.reviewer),
            words::follow_up(f.result),
            Cell::text(or_dash(&f.note)),
            Cell::text(or_dash(&evidence.join("、"))),
        ]
    };
    (!paper.follow_ups.is_empty()).then(|| Table::new(&columns).with_rows(paper.follow_ups.iter().map(row)))
}

/// The earlier findings that this one repeats; `None` when it repeats none.
pub fn chain(paper: &FindingPaper) -> Option<Block> {
    let named = paper.chain.iter().map(|earlier| {
        let found = earlier.found_on.map(|d| format!("（{}）", RocDate(d))).unwrap_or_default();
        format!("{}「{}」{found}", earlier.number, earlier.title)
    });
    let named: Vec<_> = named.collect();
    (!named.is_empty()).then(|| Block::labelled("重複缺失", named.join("；")))
}

/// Whether nothing more is awaited of the firm.
pub fn is_settled(paper: &FindingPaper) -> bool {
    paper.finding.status == FindingStatus::Closed
        || paper.follow_ups.last().is_some_and(|f| f.result.is_done())
}

/// Days by which the measure is overdue on the day of printing; `None` when it is not.
pub fn days_overdue(dossier: &Dossier, paper: &FindingPaper) -> Option<i32> {
    let due = paper.reply.as_ref()?.due.filter(|_| !is_settled(paper))?;
    let days = due.until(dossier.printed_at.date()).ok()?.get_days();
    (days > 0).then_some(days)
}
