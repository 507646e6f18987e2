/** What the comparison of exams shows, as pictures that can leave. */
import type { HeadquartersView } from '../../backend';
import { m } from '../../i18n';
import { bars, paintOf } from '../../shared/chart/bars';
import type { Paint, Picture } from '../../shared/chart/shapes';
import { longDate } from '../../shared/dates';
import { SEVERITY_FILLS, type Fill, type Part } from '../../shared/fills';
import { SEVERITIES, severityMark } from '../../shared/marks';
import { count } from '../../shared/numbers';
import { aside } from '../../shared/punctuation';
import { base, percent, year } from './words';

/** Lines of a picture. */
const LINES = 8;
const WIDTH = 620;

const total = (numbers: number[]): number => numbers.reduce((all, n) => all + n, 0);
const grave = (of: number[]): Part[] =>
  SEVERITIES.map((word, at) => ({ fill: SEVERITY_FILLS[word], n: of[at] ?? 0 }));

/** Of how many exams and firms the figures are. */
const counted = ({ totals }: HeadquartersView): string =>
  m.hq_counted({ exams: count(totals.exams), firms: count(totals.firms) });

/** The findings of each year by severity. `chosen` says what was looked at, in words. */
export function years(view: HeadquartersView, chosen: string[]): Picture {
  return {
    title: m.hq_picture_years(),
    n: counted(view),
    drawing: bars(
      view.years.map((one) => ({
        name: year(one.year),
        parts: grave(one.by_severity),
        figure: count(total(one.by_severity))
      })),
      {
        width: WIDTH,
        legend: SEVERITIES.map((word): [Paint, string] => {
          const { shape, word: said } = severityMark(word);
          return [paintOf(SEVERITY_FILLS[word]), `${shape} ${said}`];
        })
      }
    ),
    table: {
      heads: [m.hq_year_head(), ...SEVERITIES.map((word) => severityMark(word).word), m.hq_sum()],
      rows: view.years.map((one) => [
        year(one.year),
        ...one.by_severity.map(count),
        count(total(one.by_severity))
      ])
    },
    notes: chosen
  };
}

/** The clauses that most firms did not meet in the last year. */
export function clauses(view: HeadquartersView, chosen: string[]): Picture {
  const last = view.clauses[0]?.year;
  const lines = view.clauses.filter((one) => one.year === last).slice(0, LINES);
  return {
    title: m.hq_picture_clauses(),
    n: last ? `${year(last)}　${counted(view)}` : counted(view),
    drawing: bars(
      lines.map((one) => ({
        name: `${one.clause} ${one.label}`,
        parts: [{ fill: 'hatch', n: one.firms }],
        figure: count(one.firms)
      })),
      { width: WIDTH, legend: [['fill-hatch', m.hq_firms()]] }
    ),
    table: {
      heads: [m.hq_clause(), m.hq_firms(), m.hq_findings()],
      rows: lines.map((one) => [`${one.clause} ${one.label}`, count(one.firms), count(one.findings)])
    },
    notes: chosen
  };
}

/** The firms with the smallest shares; those of which nothing was judged are no share. */
export function firms(view: HeadquartersView, chosen: string[]): Picture {
  const lines = view.firms
    .flatMap((one) => (one.results?.compliant.of ? [{ firm: one.firm, ...one.results.compliant }] : []))
    .sort((a, b) => a.n / a.of - b.n / b.of)
    .slice(0, LINES);
  return {
    title: m.hq_picture_firms(),
    n: m.hq_lowest({ n: LINES }),
    drawing: bars(
      lines.map((one) => ({
        name: one.firm,
        parts: [{ fill: 'light', n: one.n / one.of }],
        figure: `${percent(one)}${aside(base(one))}`
      })),
      { width: WIDTH, most: 1 }
    ),
    table: {
      heads: [m.hq_firm_head(), m.hq_compliant(), m.hq_judged()],
      rows: lines.map((one) => [one.firm, percent(one), base(one)])
    },
    notes: [m.hq_base(), ...chosen]
  };
}

/** How far what was found is put right, by severity. */
export function grades(view: HeadquartersView, chosen: string[]): Picture {
  const measures: [key: 'closed' | 'open' | 'overdue', fill: Fill, word: string][] = [
    ['closed', 'light', m.hq_closed()],
    ['open', 'dots', m.hq_not_closed()],
    ['overdue', 'solid', m.hq_overdue()]
  ];
  const lines = view.grades
    .filter((one) => one.findings > 0)
    .map((one) => ({ one, mark: severityMark(one.severity) }));
  return {
    title: m.hq_picture_grades(),
    n: counted(view),
    drawing: bars(
      lines.map(({ one, mark }) => ({
        name: `${mark.shape} ${mark.word}`,
        parts: measures.map(([key, fill]) => ({ fill, n: one[key] })),
        figure: count(one.findings)
      })),
      { width: WIDTH, legend: measures.map(([, fill, word]) => [paintOf(fill), word]) }
    ),
    table: {
      heads: [m.hq_severity(), ...measures.map(([, , word]) => word), m.hq_sum()],
      rows: lines.map(({ one, mark }) => [
        mark.word,
        ...measures.map(([key]) => count(one[key])),
        count(one.findings)
      ])
    },
    notes: [m.hq_as_of({ date: longDate(view.as_of) }), ...chosen]
  };
}
