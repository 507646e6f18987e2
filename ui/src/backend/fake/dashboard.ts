/** Figures of the open exam of the invented host, beside those of the exam before it. */
import type {
  ChapterFigureView,
  DashboardView,
  ExamFiguresView,
  FindingCountView,
  FindingView,
  ItemLineView,
  ResultCountView,
  ResultWord,
  VerdictCountView
} from '../bindings';
import { PLANS } from './audit';
import { checklist, counts, lines } from './checklist';
import { FIRM } from './firm';
import { reviewHandlers } from './review';
import type { FakeState } from './state';
import { followUp } from './visits';

function tally<T, K extends string>(all: T[], key: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

const resultsOf = (items: ItemLineView[]): ResultCountView[] =>
  [...tally(items, (item) => item.result)].map(([result, n]) => ({ result, items: n }));

/** A year before, everything was examined, and more of it was not met. */
function before(items: ItemLineView[], n: number): ResultCountView[] {
  const missed = Math.min(items.length, [2, 0, 1, 3][n % 4]!);
  const partly = Math.min(items.length - missed, n % 3);
  const rest = items.length - missed - partly;
  const all: [ResultWord, number][] = [
    ['compliant', rest],
    ['partial', partly],
    ['noncompliant', missed]
  ];
  return all.filter(([, count]) => count > 0).map(([result, count]) => ({ result, items: count }));
}

function chapters(state: FakeState, again: boolean): ChapterFigureView[] {
  return checklist(state)
    .documents.flatMap((document) =>
      document.chapters.map((chapter) => ({ document: document.code, chapter: chapter.title, ...chapter }))
    )
    .map(({ document, chapter, items }, n) => {
      const binding = items.filter((item) => item.applicability !== 'not_applicable');
      const earlier = again ? before(binding, n) : [];
      return { document, chapter, results: resultsOf(binding), earlier };
    })
    .filter(({ results }) => results.length > 0);
}

function findingsOf(all: FindingView[]): FindingCountView[] {
  const standing = all.filter((finding) => finding.status !== 'withdrawn');
  return [...tally(standing, ({ kind, severity, status }) => `${kind} ${severity} ${status}`)].map(
    ([key, findings]) => {
      const [kind, severity, status] = key.split(' ');
      return { kind, severity, status, findings } as FindingCountView;
    }
  );
}

function verdicts(state: FakeState): VerdictCountView[] {
  const words = tally(PLANS, (plan) => state.runs.get(plan.id)?.verdict ?? '');
  return [...words].map(([word, procedures]) => ({ verdict: word === '' ? null : word, procedures }));
}

export function dashboard(state: FakeState): DashboardView {
  const firm = state.exam?.head.firm ?? '';
  const again = firm === FIRM;
  const all = chapters(state, again);
  const sum = (counts: ResultCountView[]): number => counts.reduce((n, { items }) => n + items, 0);
  const results = all.flatMap((chapter) => chapter.results);
  const { papers } = reviewHandlers(state).review(null);
  const counted = { kind: 'deficiency', status: 'closed' } as const;
  return {
    items: sum(results),
    answered: sum(results.filter(({ result }) => result !== 'not_examined')),
    chapters: all,
    findings: findingsOf(state.findings),
    tests: verdicts(state),
    due: followUp(state).filter((due) => due.firm === firm),
    earlier: again
      ? {
          exam: 'e0',
          case_no: '114-證-0007',
          as_of: '2019-12-31',
          findings: [
            { ...counted, severity: 'critical', findings: 2 },
            { ...counted, severity: 'high', findings: 3 },
            { ...counted, severity: 'medium', findings: 2 }
          ]
        }
      : null,
    reviewed: [papers.filter((paper) => paper.reviewed).length, papers.length]
  };
}

/** The first exam has figures; nobody has opened the other one. */
export function examFigures(state: FakeState): ExamFiguresView[] {
  const examined = lines(state).filter((one) => one.result !== 'not_examined').length;
  return [{ exam: 'e1', items: counts(state).applicable, examined, findings: state.findings.length }];
}
