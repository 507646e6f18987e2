//! A vault with many invented exams, whose figures are kept as if each had been opened and closed. What was invented is
//! handed back, so that figures can be counted a second time from it.

use crate::desk::PASSPHRASE;
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Agreement, ChapterFigures, ClauseId, ClauseResults, EarlierFinding, Exam, ExamId, FindingCourse,
    FindingStatus, FindingType, FirmClass, FirmGrade, FirmKind, FirmLine, FollowUpResult, ItemResult, Period,
    Profile, Severity,
};
use fieldbook_vault::{ExamLaw, IndexedFinding, Vault, VaultError};
use jiff::civil::{Date, date};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::Path;

/// An exam that was invented.
#[derive(Debug, Clone)]
pub struct Invented {
    /// The exam.
    pub exam: Exam,
    /// What kind of firm; `None`: its figures were never collected.
    pub kind: Option<FirmKind>,
    /// Results by chapter.
    pub chapters: Vec<ChapterFigures>,
    /// Results by clause.
    pub clauses: ClauseResults,
    /// Findings with the days of their lives.
    pub findings: Vec<(IndexedFinding, FindingCourse)>,
}

/// Chance that is the same each time (xorshift64*).
struct Chance(u64);

impl Chance {
    /// A number below `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % n
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        let at = usize::try_from(self.below(of.len() as u64)).unwrap_or_default();
        of[at]
    }
}

/// Exams of `firms` firms, each firm once a year, from 2019 on.
#[must_use]
pub fn exams(bundle: &Bundle, number: usize, firms: usize) -> Vec<Invented> {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut out: Vec<Invented> = Vec::new();
    for n in 0..number {
        let before = n.checked_sub(firms).and_then(|at| out.get(at)).cloned();
        let invented = exam(bundle, &mut chance, (n, n % firms, n / firms), before.as_ref());
        out.push(invented);
    }
    out
}

fn exam(
    bundle: &Bundle,
    chance: &mut Chance,
    (n, firm, round): (usize, usize, usize),
    before: Option<&Invented>,
) -> Invented {
    let year = 2019 + i16::try_from(round).unwrap_or_default();
    let day = |month: i8, day: i8| date(year, month, day);
    let as_of = day(12, 1 + i8::try_from(n % 28).unwrap_or_default());
    let line = [Some(FirmLine::Securities), Some(FirmLine::Futures), Some(FirmLine::Both), None][firm % 4];
    let class = [Some(FirmClass::First), Some(FirmClass::Other), None][firm % 3];
    let grade = [Some(FirmGrade::Third), None][firm % 2];
    let id = ExamId::parse(&format!(
        "e-{:012x}",
        (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A) & 0xFFFF_FFFF_FFFF
    ));
    let exam = Exam {
        id: id.expect("an id"),
        firm: format!("虛構第{:03}證券股份有限公司", firm + 1),
        case_no: format!("{}-證-{:04}", year - 1911, firm + 1),
        as_of,
        period: Period::new(day(1, 1), as_of).expect("in order"),
        examiners: vec!["查核員甲".to_owned()],
        profile: Profile::new(),
        systems: Vec::new(),
        created_at: as_of.at(9, 0, 0, 0),
    };
    let (chapters, clauses) = results(bundle, chance);
    let findings = (1..=chance.below(9)).map(|no| finding(chance, &exam, no, &clauses, before));
    let findings = findings.collect();
    let kind = (n % 10 != 7).then_some(FirmKind { line, class, grade });
    Invented { exam, kind, chapters, clauses, findings }
}

fn results(bundle: &Bundle, chance: &mut Chance) -> (Vec<ChapterFigures>, ClauseResults) {
    use ItemResult as R;
    // Six of ten are met; every kind of ignorance occurs.
    const OFTEN: [R; 12] = [
        R::Compliant,
        R::Compliant,
        R::Compliant,
        R::Compliant,
        R::Compliant,
        R::Compliant,
        R::Compliant,
        R::Partial,
        R::Noncompliant,
        R::NotApplicable,
        R::NoData,
        R::NotExamined,
    ];
    let (mut chapters, mut clauses) = (Vec::new(), ClauseResults::new());
    for document in &bundle.documents {
        for chapter in &document.chapters {
            let mut results: BTreeMap<R, u64> = BTreeMap::new();
            for clause in &chapter.clauses {
                let result = chance.one(&OFTEN);
                *results.entry(result).or_default() += 1;
                clauses.entry(result).or_default().push(clause.id.clone());
            }
            if !results.is_empty() {
                let (document, chapter) = (document.code.clone(), chapter.title.clone());
                chapters.push(ChapterFigures { document, chapter, results });
            }
        }
    }
    (chapters, clauses)
}

fn finding(
    chance: &mut Chance,
    exam: &Exam,
    no: u64,
    clauses: &ClauseResults,
    before: Option<&Invented>,
) -> (IndexedFinding, FindingCourse) {
    use FindingStatus as S;
    let failed: Vec<&ClauseId> =
        clauses.iter().filter(|(r, _)| r.fails()).flat_map(|(_, c)| c).take(40).collect();
    let wanted = if failed.is_empty() { 0 } else { 1 + chance.below(2) };
    let mut cited: Vec<ClauseId> = (0..wanted).map(|_| chance.one(&failed).clone()).collect();
    cited.dedup();
    let status = chance.one(&[
        S::Draft,
        S::Final,
        S::Sent,
        S::Replied,
        S::Replied,
        S::FollowedUp,
        S::Closed,
        S::Closed,
    ]);
    let later = |days: u64| {
        let days = jiff::Span::new().days(i64::try_from(days).unwrap_or_default());
        Some(exam.as_of.checked_add(days).expect("a day"))
    };
    let at_least = |wanted: S, day: Option<Date>| (status >= wanted).then_some(day).flatten();
    let (settled, sent) = (5 + chance.below(10), 20 + chance.below(10));
    let (replied, due, closed) = (40 + chance.below(10), 60 + chance.below(400), 70 + chance.below(200));
    let undated = chance.below(6) == 0;
    let course = FindingCourse {
        settled_on: at_least(S::Final, later(settled)),
        sent_on: at_least(S::Sent, later(sent)),
        replied_on: at_least(S::Replied, later(replied)),
        agreement: (status >= S::Replied).then(|| chance.one(&[Agreement::Agree, Agreement::Partly])),
        reviewed_on: at_least(S::FollowedUp, later(closed - 2)),
        closed_on: at_least(S::Closed, later(closed)),
    };
    let repeated = before.filter(|_| chance.below(4) == 0).and_then(|b| {
        let earlier = b.findings.get(usize::try_from(chance.below(8)).unwrap_or_default())?;
        Some((b, &earlier.0))
    });
    let number = |exam: &Exam, no: u64| format!("{}-F{no:02}", exam.case_no);
    let line = IndexedFinding {
        exam: exam.id.clone(),
        no: i64::try_from(no).unwrap_or_default(),
        firm: exam.firm.clone(),
        number: number(exam, no),
        title: format!("虛構缺失{no}"),
        kind: chance.one(&[
            FindingType::Deficiency,
            FindingType::Deficiency,
            FindingType::Recommendation,
            FindingType::Observation,
        ]),
        severity: chance.one(&Severity::ALL),
        status,
        clauses: cited,
        as_of: exam.as_of,
        due: at_least(S::Replied, later(due)).filter(|_| !undated),
        owner: if status >= S::Replied { "資訊部".to_owned() } else { String::new() },
        last_result: (status == S::FollowedUp)
            .then(|| {
                chance.one(&[
                    FollowUpResult::NotRemedied,
                    FollowUpResult::PartlyRemedied,
                    FollowUpResult::Remedied,
                ])
            })
            .or((status == S::Closed).then_some(FollowUpResult::Remedied)),
        repeat_of: repeated.map(|(b, earlier)| EarlierFinding {
            exam: b.exam.id.to_string(),
            number: earlier.number.clone(),
            title: earlier.title.clone(),
            found_on: Some(b.exam.as_of),
        }),
    };
    (line, course)
}

/// Makes the vault `<folder>/vault` with these exams. Their files are real, and empty but for their heads.
///
/// # Errors
/// The vault's.
pub fn vault(folder: &Path, exams: &[Invented]) -> Result<(), VaultError> {
    let mut state = 0_u8;
    let mut entropy = |buffer: &mut [u8]| {
        for byte in buffer {
            state = state.wrapping_mul(5).wrapping_add(73);
            *byte = state;
        }
    };
    let passphrase = SecretString::from(PASSPHRASE);
    let made_at = date(2019, 1, 1).at(9, 0, 0, 0);
    let (mut vault, _) = Vault::create(&folder.join("vault"), &passphrase, &mut entropy, 10, made_at)?;
    let law =
        ExamLaw { sha256: "00".repeat(32), files: BTreeMap::new(), packages: Vec::new(), pins: Vec::new() };
    for invented in exams {
        let id = &invented.exam.id;
        vault.create_exam(&invented.exam, "查核員甲", &law, &mut entropy)?;
        if let Some(kind) = &invented.kind {
            vault.keep_figures(id, &invented.chapters)?;
            vault.keep_clause_results(id, &invented.clauses)?;
            vault.keep_firm_kind(id, kind)?;
        }
        let lines: Vec<IndexedFinding> = invented.findings.iter().map(|(line, _)| line.clone()).collect();
        let courses = invented.findings.iter().map(|(line, course)| (line.no, course.clone())).collect();
        vault.keep_findings(id, &lines, &courses)?;
    }
    Ok(())
}
