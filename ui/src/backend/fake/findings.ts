/** Findings of the invented host. */
import type {
  FindingDraftRequest,
  FindingDraftView,
  FindingRequest,
  FindingView,
  FindingWithdrawRequest
} from '../bindings';
import { confirmed, linked, plan, planOf } from './audit';
import { clauseText } from './checklist';
import { draftOf } from './patterns';
import { examiner, refuse, tick, type FakeState } from './state';

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

export function save(state: FakeState, request: FindingRequest): FindingView {
  if (request.title.trim() === '' || request.condition.trim() === '')
    refuse('finding_incomplete', '標題與查核發現不可空白。', '請補上後再儲存。');
  const no = request.no || state.findings.length + 1;
  const { clauses, exceptions, ...words } = request;
  const finding: FindingView = {
    ...words,
    no,
    number: `115-證-0012-F${String(no).padStart(2, '0')}`,
    criteria: clauses.map(clauseText),
    by: examiner(state),
    at: tick(state),
    rows: linked(exceptions),
    exceptions: exceptions.length || null,
    population: exceptions.length ? 1043 : null
  };
  state.findings = [...state.findings.filter((f) => f.no !== no), finding].sort((a, b) => a.no - b.no);
  return finding;
}

export function withdraw(state: FakeState, request: FindingWithdrawRequest): FindingView {
  const finding =
    state.findings.find((f) => f.no === request.no) ??
    refuse('not_found', '查無此項發現。', '請重新整理清單。');
  if (request.reason.trim() === '') refuse('reason_required', '尚未填寫撤回理由。', '請寫下理由。');
  finding.status = 'withdrawn';
  tick(state);
  return finding;
}
