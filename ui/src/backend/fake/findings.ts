/** Findings and outputs of the invented host. */
import type {
  ExportRequest,
  ExportView,
  FindingDraftRequest,
  FindingDraftView,
  FindingRequest,
  FindingView,
  FindingWithdrawRequest,
  GateLineView,
  GateView
} from '../bindings';
import { confirmed, linked, openExceptions, plan, planOf } from './audit';
import { clauseText, counts, lines } from './checklist';
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

export function gate(state: FakeState): GateView {
  const open = lines(state).filter(
    (item) => item.applicability === 'applicable' && item.result === 'not_examined'
  ).length;
  const drafts = state.findings.filter((f) => f.status === 'draft').length;
  const all: [string, string, number][] = [
    ['items_undetermined', '項目之適用性待確認', counts(state).undetermined],
    ['items_open', '適用項目尚未查核', open],
    ['exceptions_open', '例外尚未處理', openExceptions(state)],
    ['finding_incomplete', '查核發現尚未定稿', drafts]
  ];
  const blocking: GateLineView[] = all
    .filter((l) => l[2] > 0)
    .map(([kind, what, count]) => ({ kind, what, count }));
  return { ready: blocking.length === 0, blocking, missing_glyphs: ['𡍼'] };
}

const HASH = '3f5a0c9e1b7d2468ace013579bdf8642fedcba9876543210a1b2c3d4e5f60718';

export function exportPapers(request: ExportRequest): ExportView {
  const names = [
    'A-01 封面',
    'C-COL 查核明細表',
    'T-COL-05 最高權限帳號',
    'T-COL-06 密碼變更',
    'F-00 缺失彙總表'
  ];
  return {
    files: names.map((name, n) => ({
      file: `${request.path}/${name}.xlsx`,
      sha256: HASH.substring(n) + HASH.substring(0, n),
      size: 18_204 + n * 911
    }))
  };
}

export function exportReport(state: FakeState, request: ExportRequest): ExportView {
  if (!request.draft && !gate(state).ready)
    refuse('gate_closed', '尚有事項未完成，無法產生定稿報告。', '請處理左列事項，或改為產生草稿。');
  return { files: [{ file: request.path, sha256: HASH, size: 412_880 }] };
}
