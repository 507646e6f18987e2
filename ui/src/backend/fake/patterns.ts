/** The eight deficiency patterns of the invented host, with their criteria as the authorities' own table has them. */
import type { FindingDraftView, FindingRefView, PatternView } from '../bindings';
import { confirmed, linked, plan, related } from './audit';
import { clauseText, lines } from './checklist';
import aids from './data/aids.json';
import { refuse, type FakeState } from './state';

/** Clauses that state the same rule. */
const SAME: Record<string, string[]> = {
  'COL-D4.1': ['COL-G2.1', 'FCM-7.1.b.a'],
  'COL-D4.2': ['COL-G2.2'],
  'COL-D5.1': ['COL-G4.3'],
  'COL-D6.1': ['COL-G5.1'],
  'COL-D7.1': ['COL-G6.1'],
  'COL-D7.3': ['COL-G6.2'],
  'COL-D8.1': ['COL-G10.1']
};

function cited(state: FakeState, clauses: string[]): FindingRefView[] {
  return state.findings
    .filter((finding) => finding.criteria.some((c) => clauses.includes(c.clause)))
    .map(({ no, number, title, status }) => ({ no, number, title, status }));
}

export function patterns(state: FakeState): PatternView[] {
  const all = new Map(lines(state).map((line) => [line.clause, line]));
  return aids.patterns.map(({ code, clause, criteria, procedures }) => ({
    code,
    finding: clauseText(clause),
    applicability: all.get(clause)!.applicability,
    reason: all.get(clause)!.reason,
    result: all.get(clause)!.result,
    criteria: criteria.map((id) => ({
      text: clauseText(id),
      applicability: all.get(id)?.applicability ?? null,
      result: all.get(id)?.result ?? 'not_examined',
      same: (SAME[id] ?? []).map((same) => ({ clause: same, label: clauseText(same).label }))
    })),
    procedures: procedures.map((id) =>
      related(state, plan(id).clauses[0] ?? '').find((run) => run.procedure === id)!
    ),
    findings: cited(state, [clause, ...criteria])
  }));
}

/** A finding that begins with the words of a pattern and the exceptions that were confirmed for it. */
export function draftOf(state: FakeState, code: string): FindingDraftView {
  const pattern =
    aids.patterns.find((p) => p.code === code) ?? refuse('not_found', '查無此態樣。', '請重新整理態樣清單。');
  const ids = pattern.procedures.flatMap((procedure) => confirmed(state, procedure));
  const words = clauseText(pattern.clause).text.replace(/。$/, '');
  return {
    kind: 'deficiency',
    title: words,
    condition: ids.length ? `經查有 ${ids.length} 筆${words}。` : '',
    criteria: pattern.criteria.map(clauseText),
    effect: '',
    severity: 'high',
    category: '主機共置',
    recommendation: '',
    rows: linked(ids),
    exceptions: ids.length,
    population: null
  };
}
