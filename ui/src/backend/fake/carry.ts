/** Carrying answers from another exam, and the papers that are taken to the firm, of the invented host. */
import type {
  AnswersView,
  CarryLineView,
  CarryView,
  Commands,
  ExportView,
  FieldSheetView,
  RequestListRequest,
  SheetRequest
} from '../bindings';
import { answer, clauseText, lines } from './checklist';
import { DATASETS } from './firm';
import { refuse, tick, type FakeState } from './state';

const BEFORE: [clause: string, result: CarryLineView['result'], note: string, again: string][] = [
  ['COL-D4.1', 'compliant', '已裝置防火牆，設定檔見底稿 C-04。', ''],
  ['COL-D4.2', 'compliant', '抽查 109 年 3 月、9 月進出紀錄，均保存。', ''],
  ['COL-D5.1', 'noncompliant', '廠商持有最高權限帳號 2 個。', ''],
  ['COL-G4.4', 'partial', '上半年已審查，下半年未留存紀錄。', '條文文字已修正'],
  ['COL-G9.1', 'compliant', '', '本案之版本無此條文'],
  ['BSL-3.4', 'compliant', '離職帳號於當日停用。', '本案適用性待確認']
];

export function preview(state: FakeState, exam: string): CarryView {
  const other =
    state.exams.find((e) => e.head.id === exam && e.head.id !== state.exam?.head.id) ??
    refuse('not_found', '查無此查核案。', '請重新整理清單。');
  return {
    firm: other.head.firm,
    case_no: other.head.case_no,
    lines: BEFORE.map(([clause, result, note, again]) => ({
      clause,
      label: clauseText(clause).label,
      unit: '',
      system: '',
      result,
      note,
      again
    })),
    carried: BEFORE.filter((line) => line[3] === '').length
  };
}

export function carry(state: FakeState, exam: string): AnswersView {
  const { lines: all } = preview(state, exam);
  const carried = all.filter((line) => line.again === '');
  for (const { clause, unit, system, result, note } of carried)
    answer(state, {
      clause,
      unit,
      system,
      result,
      note,
      method: null,
      mode: null,
      paper_ref: '',
      awaited: null
    });
  return {
    lines: lines(state).filter((line) => carried.some((c) => c.clause === line.clause)),
    changed: carried.length,
    skipped: all
      .filter((line) => line.again !== '')
      .map(({ clause, label, again }) => ({ clause, label, why: again }))
  };
}

export const fieldSheets = (): FieldSheetView[] => [
  { key: 'machine_room', title: '機房及主機共置機櫃實地查核表', items: 21 }
];

const HASH = '5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e';

export function exportSheet(state: FakeState, { path }: SheetRequest): ExportView {
  tick(state);
  return { files: [{ file: path, sha256: HASH, size: 96_412 }] };
}

export function exportRequests(state: FakeState, { path, templates }: RequestListRequest): ExportView {
  const names = [
    '調閱資料清單',
    ...(templates ? DATASETS.map((d) => `空白表-${d.zh.replace('/', '')}`) : [])
  ];
  tick(state);
  return {
    files: names.map((name, n) => ({
      file: `${path}/${name}.xlsx`,
      sha256: HASH.substring(n) + HASH.substring(0, n),
      size: 11_920 + n * 731
    }))
  };
}

/** The lists that accompany received files. */
export function listHandlers(): {
  [K in 'export_dictionary' | 'export_receipt']: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  return {
    export_dictionary: ({ path }) => ({
      files: [{ file: `${path}/資料字典.xlsx`, sha256: '6d'.repeat(32), size: 41_208 }]
    }),
    export_receipt: ({ path }) => ({
      files: ['xlsx', 'pdf'].map((ending) => ({
        file: `${path}/D-02 資料收受清單.${ending}`,
        sha256: '5e'.repeat(32),
        size: 24_310
      }))
    })
  };
}
