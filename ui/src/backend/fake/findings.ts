/** Findings and outputs of the invented host. */
import type {
  ExportRequest,
  ExportView,
  FindingDraftRequest,
  FindingDraftView,
  GateLineView,
  GateView
} from '../bindings';
import { confirmed, linked, openExceptions, plan, planOf } from './audit';
import { clauseText, counts, lines } from './checklist';
import { draftOf } from './patterns';
import { refuse, type FakeState } from './state';

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

export function gate(state: FakeState): GateView {
  const open = lines(state).filter(
    (item) => item.applicability === 'applicable' && item.result === 'not_examined'
  ).length;
  const drafts = state.findings.filter((f) => f.status === 'draft' || f.status === 'in_review').length;
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
