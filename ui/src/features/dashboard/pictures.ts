/** What the dashboard shows, as pictures that can leave. */
import type { DashboardView } from '../../backend';
import { m } from '../../i18n';
import { bars, paintOf } from '../../shared/chart/bars';
import type { Picture } from '../../shared/chart/shapes';
import { longDate } from '../../shared/dates';
import { SEVERITY_FILLS } from '../../shared/fills';
import {
  LIFE,
  resultMark,
  SEVERITIES,
  severityMark,
  statusMark,
  verdictMark,
  type StateMark
} from '../../shared/marks';
import { count } from '../../shared/numbers';
import { aside } from '../../shared/punctuation';
import {
  compared,
  examined,
  grouped,
  having,
  ORDER,
  partsOf,
  RESULT_FILLS,
  sum,
  UNMET,
  verdictFill,
  verdicts,
  whole
} from './figures';

const word = ({ shape, word: said }: StateMark): string => `${shape} ${said}`;

/** How far each chapter is, and with what results. */
export function progress(view: DashboardView, titles: Map<string, string>): Picture {
  const lines = grouped(view.chapters, titles).flatMap(([document, chapters]) => [
    { line: document, head: true },
    ...chapters.map((line) => ({ line, head: false }))
  ]);
  const { earlier } = view;
  const indent = (head: boolean, text: string): string => (head ? text : `　${text}`);
  return {
    title: m.chart_progress(),
    n: m.chart_items_n({ n: count(view.items) }),
    drawing: bars(
      lines.map(({ line, head }) => ({
        name: indent(head, line.word),
        parts: partsOf(line.results),
        under: partsOf(line.earlier),
        figure: `${count(examined(line.results))} / ${count(sum(line.results))}`,
        head
      })),
      {
        whole: true,
        legend: ORDER.map((result) => [paintOf(RESULT_FILLS[result]), word(resultMark(result))])
      }
    ),
    table: {
      heads: [
        m.dashboard_chapter(),
        ...ORDER.map((result) => resultMark(result).word),
        m.dashboard_sum(),
        ...(earlier ? UNMET.map((result) => `${m.dashboard_before()}${aside(resultMark(result).word)}`) : [])
      ],
      rows: lines.map(({ line, head }) => [
        indent(head, line.word),
        ...ORDER.map((result) => count(having(line.results, result))),
        count(sum(line.results)),
        ...(earlier
          ? UNMET.map((result) => (line.earlier.length ? count(having(line.earlier, result)) : ''))
          : [])
      ])
    },
    notes: earlier
      ? [m.dashboard_earlier_bar({ case_no: earlier.case_no, date: longDate(earlier.as_of) })]
      : []
  };
}

/** The results of the whole exam. */
export function results(view: DashboardView): Picture {
  const all = whole(view.chapters, '', '').results;
  const items = sum(all);
  const share = (n: number): string => (items > 0 ? `${((n / items) * 100).toFixed(1)}%` : '–');
  const lines = ORDER.map((result) => ({ result, n: having(all, result) }));
  return {
    title: m.chart_results(),
    n: m.chart_items_n({ n: count(items) }),
    drawing: bars(
      lines.map(({ result, n }) => ({
        name: word(resultMark(result)),
        parts: [{ fill: RESULT_FILLS[result], n }],
        figure: `${count(n)}${aside(share(n))}`
      })),
      { width: 620 }
    ),
    table: {
      heads: [m.dashboard_results(), m.dashboard_sum(), m.picture_share()],
      rows: lines.map(({ result, n }) => [resultMark(result).word, count(n), share(n)])
    },
    notes: []
  };
}

/** The findings by status, the parts of a bar by severity. */
export function findings(view: DashboardView): Picture {
  const of = (severity: (typeof SEVERITIES)[number], status?: (typeof LIFE)[number]): number =>
    view.findings
      .filter((one) => one.severity === severity && (!status || one.status === status))
      .reduce((all, one) => all + one.findings, 0);
  const severities = SEVERITIES.map((severity) => ({ severity, fill: SEVERITY_FILLS[severity] }));
  const statuses = LIFE.filter((status) => SEVERITIES.some((severity) => of(severity, status) > 0));
  const total = (status?: (typeof LIFE)[number]): number =>
    SEVERITIES.reduce((all, severity) => all + of(severity, status), 0);
  return {
    title: m.chart_findings(),
    n: m.chart_findings_n({ n: count(total()) }),
    drawing: bars(
      statuses.map((status) => ({
        name: word(statusMark(status)),
        parts: severities.map(({ severity, fill }) => ({ fill, n: of(severity, status) })),
        figure: count(total(status))
      })),
      {
        width: 620,
        legend: severities.map(({ severity, fill }) => [paintOf(fill), word(severityMark(severity))])
      }
    ),
    table: {
      heads: [
        m.dashboard_status(),
        ...SEVERITIES.map((severity) => severityMark(severity).word),
        m.dashboard_sum()
      ],
      rows: [
        ...statuses.map((status) => [
          statusMark(status).word,
          ...SEVERITIES.map((severity) => count(of(severity, status))),
          count(total(status))
        ]),
        [m.dashboard_sum(), ...SEVERITIES.map((severity) => count(of(severity))), count(total())]
      ]
    },
    notes: []
  };
}

/** The procedures by verdict. */
export function tests(view: DashboardView): Picture {
  const lines = verdicts(view.tests).map(({ verdict, procedures }) => ({
    mark: verdictMark(verdict),
    fill: verdictFill(verdict),
    n: procedures
  }));
  return {
    title: m.dashboard_tests(),
    n: m.dashboard_tests_n({ n: count(lines.reduce((all, { n }) => all + n, 0)) }),
    drawing: bars(
      lines.map(({ mark, fill, n }) => ({ name: word(mark), parts: [{ fill, n }], figure: count(n) })),
      { width: 620 }
    ),
    table: {
      heads: [m.dashboard_tests(), m.dashboard_sum()],
      rows: lines.map(({ mark, n }) => [mark.word, count(n)])
    },
    notes: []
  };
}

/** What the firm's last exam found, beside what this one found; `null` where there is none. */
export function beside(view: DashboardView): Picture | null {
  const { earlier } = view;
  if (!earlier) return null;
  const { rows, unmet } = compared(view, earlier);
  const found = rows.reduce((all, { now }) => all + now, 0);
  return {
    title: m.dashboard_compared(),
    n: m.chart_findings_n({ n: count(found) }),
    drawing: bars(
      rows.map(({ severity, before, now }) => ({
        name: word(severityMark(severity)),
        parts: [{ fill: 'light', n: now }],
        under: [{ fill: 'lines', n: before }],
        figure: `${count(now)}${aside(`${m.dashboard_before()} ${count(before)}`)}`
      })),
      {
        width: 620,
        legend: [
          ['fill-light', m.dashboard_now()],
          ['fill-lines', m.dashboard_before()]
        ]
      }
    ),
    table: {
      heads: [m.dashboard_findings(), m.dashboard_before(), m.dashboard_now()],
      rows: [
        ...rows.map(({ severity, before, now }) => [severityMark(severity).word, count(before), count(now)]),
        [m.dashboard_unmet(), ...unmet.map(count)]
      ]
    },
    notes: [m.dashboard_compared_with({ case_no: earlier.case_no, date: longDate(earlier.as_of) })]
  };
}
