/** 總部 of the invented host: a few exams of a few firms over three years, and figures counted from them. */
import type {
  ClauseFiguresView,
  FindingStatusWord,
  FirmFiguresView,
  GradeView,
  HeadquartersRequest,
  HeadquartersView,
  OverdueView,
  RepeatedView,
  ResultsView,
  ResultWord,
  SeverityWord,
  ShareView,
  YearFiguresView
} from '../bindings';
import { clauseText, lines } from './checklist';
import { FIRM } from './firm';
import { written } from './outputs';
import { refuse, type FakeState } from './state';

const SEVERITIES: SeverityWord[] = ['critical', 'high', 'medium', 'low'];
const AS_OF = '2026-03-02';

interface Finding {
  no: number;
  severity: SeverityWord;
  status: FindingStatusWord;
  clause: string;
  title: string;
  due: string;
  repeats: boolean;
}

interface Case {
  exam: string;
  firm: string;
  kind: string;
  year: number;
  case_no: string;
  /** Met, partly met, not met, no data, not examined; `null`: nobody collected them. */
  results: [number, number, number, number, number] | null;
  findings: Finding[];
}

const FIRMS: [firm: string, kind: string][] = [
  [FIRM, '證券商、第一類、第三級'],
  ['戊己期貨股份有限公司', '期貨商'],
  ['庚辛證券股份有限公司', '證券及期貨、非第一類'],
  ['壬癸證券股份有限公司', '業別未確認']
];
const STATUSES: FindingStatusWord[] = ['closed', 'closed', 'replied', 'followed_up', 'sent'];
const TITLES = ['離職人員帳號未停用', '廠商持有最高權限', '密碼逾期未變更'];

function cases(state: FakeState): Case[] {
  if (state.exams.length === 0) return [];
  const clauses = [...new Set(lines(state).map((item) => item.clause))].slice(0, 6);
  return [2018, 2019, 2020].flatMap((year, round) =>
    FIRMS.slice(0, round === 0 ? 3 : 4).map(([firm, kind], at) => ({
      exam: year === 2020 && at < 2 ? `e${at + 1}` : `e0-${year}-${at}`,
      firm,
      kind,
      year,
      case_no: `${year - 1911}-證-${String(at + 7).padStart(4, '0')}`,
      results: at === 3 && round === 1 ? null : [120 + 10 * round - 6 * at, 9, 6 - round, 5, 30 * at],
      findings: [0, 1, 2].slice(0, 3 - (at % 2)).map((n) => ({
        no: n + 1,
        severity: SEVERITIES[(n + at + round) % 4]!,
        status: round === 2 ? STATUSES[(n + at + 2) % 5]! : STATUSES[(n + at) % 3]!,
        clause: clauses[(n * 2 + at) % clauses.length] ?? '',
        title: TITLES[n]!,
        due: n === 1 && at === 1 ? '' : `${year + 1}-0${n + 4}-30`,
        repeats: round > 0 && n === 0 && at < 2
      }))
    }))
  );
}

const sum = (numbers: number[]): number => numbers.reduce((all, n) => all + n, 0);
const open = (finding: Finding): boolean => finding.status !== 'closed';
const awaits = ({ status }: Finding): boolean => status === 'replied' || status === 'followed_up';

function resultsOf(all: Case[]): ResultsView {
  const words: ResultWord[] = ['compliant', 'partial', 'noncompliant', 'no_data', 'not_examined'];
  const known = all.flatMap(({ results }) => (results ? [results] : []));
  const counts = words.map((result, at) => ({ result, items: sum(known.map((one) => one[at]!)) }));
  const [met, partly, not, none, open] = counts.map(({ items }) => items) as [
    number,
    number,
    number,
    number,
    number
  ];
  const items = met + partly + not + none + open;
  return {
    items,
    examined: items - open,
    compliant: { n: met, of: met + partly + not },
    unknown: none + open,
    counts: counts.filter((one) => one.items > 0)
  };
}

const bySeverity = (all: Finding[]): YearFiguresView['by_severity'] =>
  SEVERITIES.map(
    (word) => all.filter(({ severity }) => severity === word).length
  ) as YearFiguresView['by_severity'];

function chosen(state: FakeState, request: HeadquartersRequest): Case[] {
  const { from_year, to_year, firm, document, severity, status } = request;
  if (from_year !== null && to_year !== null && from_year > to_year)
    refuse('failed', '迄年早於起年。', '請更正年度之起訖。');
  return cases(state)
    .filter(({ year }) => (from_year ?? 0) <= year && year <= (to_year ?? 9999))
    .filter((one) => one.firm.includes(firm.trim()))
    .map((one) => ({
      ...one,
      findings: one.findings
        .filter((finding) => !severity || finding.severity === severity)
        .filter((finding) => !status || finding.status === status)
        .filter((finding) => !document || finding.clause.startsWith(`${document}-`))
    }));
}

function firmsOf(all: Case[], late: (finding: Finding) => boolean): FirmFiguresView[] {
  return FIRMS.flatMap(([firm, kind]): FirmFiguresView[] => {
    const own = all.filter((one) => one.firm === firm);
    const last = own.at(-1);
    if (!last) return [];
    const findings = own.flatMap((one) => one.findings);
    return [
      {
        firm,
        kind,
        exams: own.length,
        last_exam: last.exam,
        last_case_no: last.case_no,
        last_as_of: `${last.year}-12-31`,
        results: last.results && resultsOf([last]),
        by_severity: bySeverity(findings),
        open: findings.filter(open).length,
        overdue: findings.filter(late).length,
        repeats: findings.filter(({ repeats }) => repeats).length
      }
    ];
  }).sort((a, b) => b.overdue - a.overdue || b.open - a.open);
}

function clausesOf(all: Case[]): ClauseFiguresView[] {
  const years = [...new Set(all.map(({ year }) => year))].sort((a, b) => b - a);
  return years.flatMap((year) => {
    const own = all.filter((one) => one.year === year);
    const ids = [...new Set(own.flatMap(({ findings }) => findings.map(({ clause }) => clause)))];
    const figures = ids.map((clause): ClauseFiguresView => {
      const citing = own.filter(({ findings }) => findings.some((finding) => finding.clause === clause));
      const { label, document } = clauseText(clause);
      const failed: ShareView = { n: citing.length, of: own.filter(({ results }) => results).length };
      const findings = sum(citing.map((one) => one.findings.filter((f) => f.clause === clause).length));
      return { year, clause, label, document, firms: citing.length, exams: citing.length, findings, failed };
    });
    return figures.sort((a, b) => b.firms - a.firms || b.findings - a.findings);
  });
}

export function headquarters(state: FakeState, request: HeadquartersRequest): HeadquartersView {
  const as_of = request.as_of || AS_OF;
  const all = chosen(state, request);
  const whole = cases(state);
  const findings = all.flatMap((one) => one.findings.map((finding) => ({ ...finding, of: one })));
  const late = (finding: Finding): boolean => awaits(finding) && finding.due !== '' && finding.due < as_of;
  const overdue: OverdueView[] = findings
    .filter(late)
    .map(({ no, of, title, severity, status, due }) => ({
      exam: of.exam,
      no,
      firm: of.firm,
      number: `${of.case_no}-F0${no}`,
      title,
      severity,
      status,
      owner: '資訊部',
      due,
      days: Math.round((Date.parse(as_of) - Date.parse(due)) / 86_400_000)
    }))
    .sort((a, b) => b.days - a.days);
  const heads = findings.filter(({ repeats, of }) => repeats && of.year === 2020);
  const repeats: RepeatedView[] = heads.map(({ no, of, title, severity, status, clause }) => ({
    exam: of.exam,
    no,
    firm: of.firm,
    severity,
    status,
    clauses: [clause],
    chain: [2020, 2019, 2018].map((year) => ({
      exam: of.exam,
      number: `${year - 1911}${of.case_no.substring(3)}-F0${no}`,
      title,
      found_on: `${year}-12-31`
    }))
  }));
  const grades = SEVERITIES.map((severity): GradeView => {
    const own = findings.filter((finding) => finding.severity === severity);
    const [closed, over] = [own.filter((finding) => !open(finding)).length, own.filter(late).length];
    return { severity, findings: own.length, closed, open: own.length - closed - over, overdue: over };
  });
  const years = [...new Set(all.map(({ year }) => year))].map((year): YearFiguresView => {
    const own = all.filter((one) => one.year === year);
    const found = own.flatMap((one) => one.findings);
    return {
      year,
      exams: own.length,
      firms: own.length,
      unknown_exams: own.filter(({ results }) => !results).length,
      results: resultsOf(own),
      by_severity: bySeverity(found),
      closed: { n: found.filter((finding) => !open(finding)).length, of: found.length },
      overdue: found.filter(late).length,
      repeats: found.filter((finding) => finding.repeats).length
    };
  });
  const clauses = clausesOf(all);
  return {
    as_of,
    all_years: [...new Set(whole.map(({ year }) => year))],
    all_firms: [...new Set(whole.map(({ firm }) => firm))],
    documents: [
      { code: 'BSL', title: '證券商資通系統安全防護基準自律規範', chapters: ['資通系統存取控制'] },
      { code: 'COL', title: '主機共置服務', chapters: ['帳號管理'] }
    ],
    totals: {
      exams: all.length,
      firms: new Set(all.map(({ firm }) => firm)).size,
      unknown_exams: all.filter(({ results }) => !results).length,
      results: resultsOf(all),
      findings: findings.length,
      drafts: whole.length ? 2 : 0,
      open: findings.filter(open).length,
      overdue: overdue.length,
      undated: findings.filter((finding) => awaits(finding) && finding.due === '').length,
      repeats: findings.filter((finding) => finding.repeats).length
    },
    grades,
    firms: firmsOf(all, late),
    clauses,
    clauses_all: clauses.length,
    repeats,
    repeats_all: repeats.length,
    overdue,
    overdue_all: overdue.length,
    years
  };
}

const TABLES = ['exams', 'findings', 'finding_clauses', 'measures', 'chapter_results', 'clause_results'];

export function headquartersHandlers(state: FakeState) {
  return {
    headquarters: (request: HeadquartersRequest) => headquarters(state, request),
    headquarters_book: ({ path }: { path: string }) => written([path, 48_120]),
    headquarters_tables: ({ path }: { path: string }) =>
      written(...TABLES.map((name): [string, number] => [`${path}/${name}.parquet`, 9_210]), [
        `${path}/SCHEMA.md`,
        6_930
      ]),
    headquarters_renew: () => ({ renewed: 1, failed: 0 })
  };
}
