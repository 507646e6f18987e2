/** Findings of the invented host. */
import type { FindingDraftRequest, FindingDraftView } from '../bindings';
import { confirmed, linked, plan, planOf } from './audit';
import { clauseText } from './checklist';
import { draftOf } from './patterns';
import type { FakeState } from './state';

export function draft(state: FakeState, request: FindingDraftRequest): FindingDraftView {
  if (request.pattern) return draftOf(state, request.pattern);
  const base = { kind: 'deficiency', severity: 'high', effect: '', recommendation: '' } as const;
  if (!request.procedure) {
    const criteria = [clauseText(request.clause)];
    const note = state.answers.get(request.clause)?.[0]?.note ?? '';
    return {
      ...base,
      title: '',
      condition: note,
      criteria,
      category: '存取控制',
      rows: [],
      exceptions: 0,
      population: null
    };
  }
  const { title, clauses, population } = plan(request.procedure);
  const { procedure, rule, system } = request;
  const ids = confirmed(state, procedure, rule, system);
  const what = planOf(procedure).rules.find(([key]) => key === rule)?.[1] ?? title;
  const where = system === null ? '' : `「${system}」`;
  return {
    ...base,
    title: what,
    condition: `經就${where}啟用中之非客戶帳號 ${population ?? '—'} 筆執行查核，其中 ${ids.length} 筆${what}。`,
    criteria: clauses.map(clauseText),
    category: '存取控制',
    rows: linked(ids),
    exceptions: ids.length,
    population
  };
}
