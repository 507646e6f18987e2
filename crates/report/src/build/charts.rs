//! The charts of a report: results by chapter, findings by severity, and both against the firm's last exam.

use super::tally::{self, RESULTS, Tally};
use super::{asking, standing, used_grades};
use crate::doc::{Bar, Cell, Chart, Pattern, Series, Tone};
use crate::{Dossier, EarlierExam, FindingFigure, words};
use fieldbook_model::{FindingStatus, FindingType, ItemResult, RocDate, Severity};

/// Figures by result, in the order of [`RESULTS`].
type Figures = [u64; 6];

/// Results of the items that are not out of scope, a bar a chapter, in the order of the documents.
pub fn by_chapter(dossier: &Dossier) -> Chart {
    let mut bars: Vec<(&str, &str, Figures)> = Vec::new();
    for item in dossier.items.iter().filter(|i| tally::in_scope(i)) {
        let (code, chapter) = (item.clause.id.doc(), item.chapter_title.as_str());
        let figures = Tally::of(std::iter::once(item)).results;
        match bars.iter_mut().find(|(d, c, _)| *d == code && *c == chapter) {
            Some((.., sum)) => add(sum, &figures),
            None => bars.push((code, chapter, figures)),
        }
    }
    let bars = bars.into_iter().map(|(code, chapter, figures)| Bar {
        name: format!("{code}　{chapter}"),
        figures: figures.to_vec(),
    });
    results_chart("各章查核結果", "文件／章", bars.collect())
}

/// Findings that stand, a bar a type, by severity.
pub fn by_severity(dossier: &Dossier) -> Chart {
    let grades = used_grades(dossier);
    let bars = words::FINDING_TYPES.into_iter().map(|kind| Bar {
        name: words::finding_type(kind).to_owned(),
        figures: count(&grades, |s| {
            standing(dossier).filter(|f| f.finding.kind == kind && f.finding.severity == s).count()
        }),
    });
    severity_chart(dossier, "查核發現之嚴重程度", "類型", &grades, bars.collect())
}

/// Results by document now and in the firm's last exam.
pub fn results_trend(dossier: &Dossier, earlier: &EarlierExam) -> Chart {
    let mut bars = Vec::new();
    for (code, now) in tally::by_document(dossier) {
        let mut before = Figures::default();
        for chapter in earlier.chapters.iter().filter(|c| c.document == code) {
            add(&mut before, &RESULTS.map(|r| chapter.results.get(&r).copied().unwrap_or_default()));
        }
        bars.push(Bar { name: format!("{code}　{}", when(earlier)), figures: before.to_vec() });
        bars.push(Bar { name: format!("{code}　{}", this(dossier)), figures: now.results.to_vec() });
    }
    results_chart("查核結果與前次比較", "文件／查核基準日", bars)
}

/// Findings by severity now and in the firm's last exam, without good practice.
pub fn severity_trend(dossier: &Dossier, earlier: &EarlierExam) -> Chart {
    let mut grades = used_grades(dossier);
    grades.extend(earlier.findings.iter().map(|f| f.severity));
    grades.sort_unstable();
    grades.dedup();
    let asked =
        |f: &&FindingFigure| f.status != FindingStatus::Withdrawn && f.kind != FindingType::GoodPractice;
    let before =
        count(&grades, |s| earlier.findings.iter().filter(asked).filter(|f| f.severity == s).count());
    let now = count(&grades, |s| asking(dossier).filter(|f| f.finding.severity == s).count());
    let bars = vec![Bar { name: when(earlier), figures: before }, Bar { name: this(dossier), figures: now }];
    severity_chart(dossier, "查核發現與前次比較（不含良好作為）", "查核基準日", &grades, bars)
}

fn when(earlier: &EarlierExam) -> String {
    format!("前次 {}", RocDate(earlier.as_of).dotted())
}

fn this(dossier: &Dossier) -> String {
    format!("本次 {}", RocDate(dossier.exam.as_of).dotted())
}

fn add(sum: &mut Figures, figures: &Figures) {
    sum.iter_mut().zip(figures).for_each(|(sum, n)| *sum += n);
}

fn count(grades: &[Severity], of: impl Fn(Severity) -> usize) -> Vec<u64> {
    grades.iter().map(|s| of(*s) as u64).collect()
}

fn results_chart(title: &str, of: &str, bars: Vec<Bar>) -> Chart {
    let pattern = |result| match result {
        ItemResult::Compliant => Pattern::Lined,
        ItemResult::Partial => Pattern::Slanted,
        ItemResult::Noncompliant => Pattern::Solid,
        ItemResult::NoData => Pattern::Dotted,
        ItemResult::NotApplicable => Pattern::Crossed,
        ItemResult::NotExamined => Pattern::Empty,
    };
    let series = RESULTS.into_iter().map(|r| series(words::result(r), pattern(r)));
    Chart {
        title: title.to_owned(),
        of: of.to_owned(),
        unit: "項".to_owned(),
        series: series.collect(),
        bars,
    }
}

fn severity_chart(dossier: &Dossier, title: &str, of: &str, grades: &[Severity], bars: Vec<Bar>) -> Chart {
    let pattern = |severity| match severity {
        Severity::Critical => Pattern::Solid,
        Severity::High => Pattern::Crossed,
        Severity::Medium => Pattern::Slanted,
        Severity::Low => Pattern::Empty,
    };
    let series = grades.iter().map(|s| series(words::severity(&dossier.scale, *s), pattern(*s)));
    Chart {
        title: title.to_owned(),
        of: of.to_owned(),
        unit: "項".to_owned(),
        series: series.collect(),
        bars,
    }
}

fn series(word: Cell, pattern: Pattern) -> Series {
    let tone: Option<Tone> = match word {
        Cell::Mark(_, tone) => Some(tone),
        _ => None,
    };
    Series { name: word.printed(), pattern, tone }
}
