/** Kinds of the invented firm's accounts: stated, inferred or not known, and what an examiner corrected. */
import type { CorrectRequest, DerivedPageView, DerivedRequest, DerivedRowView } from '../bindings';
import { dataSets } from './data';
import { columnsOf } from './rows';
import { refuse, tick, type FakeState } from './state';

const CHOICES: [string, string][] = [
  ['human_internal', '內部人員'],
  ['vendor', '廠商／委外人員'],
  ['service', '服務／系統帳號'],
  ['customer', '客戶'],
  ['shared', '共用帳號'],
  ['emergency', '緊急／臨時帳號'],
  ['builtin', '內建帳號']
];
const wordOf = (value: string | null): string | null => CHOICES.find(([key]) => key === value)?.[1] ?? value;

const STEPS = [
  '清冊載有帳號類型者，依其記載；查核人員更正者，依其更正，並於同一公司之後續查核沿用。',
  '帳號名稱為系統內建名稱者為內建帳號，含緊急字樣者為緊急帳號。',
  '員工編號或姓名見於人員名冊者為內部人員，見於委外人員名單者為廠商。',
  '以上均不符者不推定，帳號類型為不明。'
];

const SHOWN = ['system_name', 'account', 'holder_name', 'unit', 'privilege'];

interface Known {
  id: number;
  cells: (string | null)[];
  stated: string | null;
  value: string | null;
  basis: string;
  corrected: boolean;
}

/** What the invented host knows of a row: half is stated, most of the rest inferred. */
function guess(n: number): Pick<Known, 'stated' | 'value' | 'basis'> {
  if (n % 2 === 0) return { stated: 'human_internal', value: 'human_internal', basis: '清冊記載' };
  if (n % 41 === 1) return { stated: null, value: null, basis: '無從推定' };
  if (n % 5 === 0) return { stated: null, value: 'vendor', basis: '所屬單位為委外廠商' };
  return { stated: null, value: 'human_internal', basis: '姓名見於人員名冊' };
}

function all(state: FakeState, dataset: string): Known[] {
  const count = dataSets(state).find((one) => one.key === dataset)?.rows ?? 0;
  const columns = SHOWN.map((key) => columnsOf(dataset).find((column) => column.key === key));
  return Array.from({ length: count }, (_, n): Known => {
    const id = n + 1;
    const cells = columns.map((column) => column?.make(n).value ?? null);
    const said = guess(n);
    const correction = state.corrections.get(id);
    if (!correction) return { id, cells, ...said, corrected: false };
    const { value, note } = correction;
    return { id, cells, ...said, value, basis: `查核人員更正：${note}`, corrected: true };
  });
}

export function rows(state: FakeState, request: DerivedRequest): DerivedPageView {
  const { dataset, column, value, text, offset, limit } = request;
  if (dataset !== 'accounts' || column !== 'kind')
    refuse('unknown_column', '沒有這個推定欄位。', '請重新開啟此畫面。');
  if (limit > 500) refuse('too_many', '一次要求太多列。', '請縮小範圍。');
  const known = all(state, dataset);
  const counts = new Map<string, number>();
  for (const row of known) counts.set(row.value ?? '', (counts.get(row.value ?? '') ?? 0) + 1);
  const needle = text.normalize('NFKC').toLowerCase().trim();
  const found = known
    .filter((row) => value === null || (row.value ?? '') === value)
    .filter((row) => !needle || row.cells.some((cell) => cell?.toLowerCase().includes(needle)));
  return {
    steps: STEPS,
    title: '帳號類型',
    columns: SHOWN.map((key) => columnsOf(dataset).find((one) => one.key === key)?.zh ?? key),
    choices: CHOICES,
    counts: [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, n]) => ({ value: key, word: wordOf(key || null) ?? '不明', rows: n })),
    total: found.length,
    rows: found
      .slice(offset, offset + limit)
      .map((row): DerivedRowView => ({ ...row, stated: wordOf(row.stated), value: wordOf(row.value) }))
  };
}

export function correct(state: FakeState, request: CorrectRequest): DerivedPageView {
  const { dataset, column, value, note, restore } = request;
  if (!restore && note.trim() === '') refuse('note_required', '尚未填寫理由。', '請先寫下更正的理由。');
  if (value !== null && !CHOICES.some(([key]) => key === value))
    refuse('bad_choice', '沒有這個類型。', '請由清單選擇。');
  for (const id of request.rows)
    if (restore) state.corrections.delete(id);
    else state.corrections.set(id, { value, note: note.trim() });
  tick(state);
  return rows(state, { dataset, column, value: null, text: '', offset: 0, limit: 0 });
}
