//! Exams as they might be: the full one with other words, decisions and gaps.

use super::full::full;
use crate::Dossier;
use fieldbook_model::*;
use jiff::civil::date;
use proptest::prelude::*;

/// Texts that people write and files bring: blank, of many lines, with control characters, like formulas.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(" \n\t ".to_owned()),
        Just("=1+1\r\n第二行，\"引號\"\u{0}\u{85}\u{2028}\u{feff}尾".to_owned()),
        Just("一般說明".to_owned()),
        ".{0,24}",
        "(?s).{0,24}",
    ]
}

/// Numbers and texts that are used up one by one, again from the start when they are.
struct Choices {
    numbers: Vec<u8>,
    texts: Vec<String>,
    at: usize,
}

impl Choices {
    fn below(&mut self, n: usize) -> usize {
        self.at += 1;
        usize::from(self.numbers[self.at % self.numbers.len()]) % n
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn text(&mut self, to: &mut String) {
        if self.below(3) > 0 {
            let at = self.below(self.texts.len());
            *to = self.texts[at].clone();
        }
    }
}

/// Variations of the full exam.
pub fn variants() -> impl Strategy<Value = Dossier> {
    let numbers = prop::collection::vec(any::<u8>(), 64..256);
    (numbers, prop::collection::vec(texts(), 8..24))
        .prop_map(|(numbers, texts)| varied(Choices { numbers, texts, at: 0 }))
}

fn varied(mut c: Choices) -> Dossier {
    let mut d = full();
    for text in [&mut d.exam.firm, &mut d.exam.case_no, &mut d.organisation, &mut d.prepared_by] {
        c.text(text);
    }
    d.draft = c.below(2) == 0;
    d.exam.examiners.truncate(c.below(3));
    d.documents.truncate(c.below(3));
    d.evidence.truncate(c.below(3));
    d.signed.truncate(c.below(3));
    d.files.truncate(c.below(4));
    d.tests.truncate(c.below(7));
    for item in &mut d.items {
        answers(&mut c, item);
    }
    for test in &mut d.tests {
        c.text(&mut test.procedure.purpose);
        c.text(&mut test.run.by);
        for row in test.exceptions.iter_mut().take(9) {
            if let Some(done) = &mut row.disposition {
                c.text(&mut done.note);
                c.text(&mut done.by);
            }
        }
    }
    for paper in &mut d.findings {
        finding(&mut c, paper);
    }
    d
}

fn answers(c: &mut Choices, item: &mut crate::ItemLine) {
    const RESULTS: [ItemResult; 6] = [
        ItemResult::Compliant,
        ItemResult::Partial,
        ItemResult::Noncompliant,
        ItemResult::NotApplicable,
        ItemResult::NoData,
        ItemResult::NotExamined,
    ];
    if c.below(5) == 0 {
        item.answers.clear();
    }
    c.text(&mut item.clause.label);
    c.text(&mut item.decision.reason);
    for answer in &mut item.answers {
        answer.result = c.of(&RESULTS);
        answer.method = c.of(&[None, Some(Method::Interview), Some(Method::Caat)]);
        c.text(&mut answer.note);
        c.text(&mut answer.paper_ref);
        c.text(&mut answer.by);
    }
}

fn finding(c: &mut Choices, paper: &mut crate::FindingPaper) {
    use FindingStatus as S;
    let f = &mut paper.finding;
    f.kind = c.of(&[
        FindingType::Deficiency,
        FindingType::Recommendation,
        FindingType::Observation,
        FindingType::GoodPractice,
    ]);
    f.status = c.of(&[S::Draft, S::InReview, S::Final, S::Replied, S::FollowedUp, S::Closed, S::Withdrawn]);
    for text in
        [&mut f.title, &mut f.condition, &mut f.effect, &mut f.recommendation, &mut f.category, &mut f.by]
    {
        c.text(text);
    }
    if c.below(4) == 0 {
        f.clauses.clear();
        paper.criteria.clear();
    }
    if let Some(reply) = &mut paper.reply {
        for text in [&mut reply.text, &mut reply.measure, &mut reply.owner, &mut reply.signer] {
            c.text(text);
        }
        reply.due = c.of(&[None, Some(date(2, 2, 2)), Some(date(2028, 2, 29)), Some(date(9999, 12, 31))]);
    }
    for review in &mut paper.follow_ups {
        c.text(&mut review.note);
        review.on = c.of(&[date(115, 1, 1), date(2027, 3, 1)]);
    }
}
