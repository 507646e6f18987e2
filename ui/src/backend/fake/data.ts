/** Stored data of the invented host: made rows, ordered and narrowed as asked. */
import type {
  DataBinView,
  DataCopyView,
  DataFindRequest,
  DataFoundView,
  DataPageView,
  DataProfileView,
  DataRequest,
  DataRowView,
  DataSetView,
  ImportCompareView
} from '../bindings';
import { DATASETS } from './firm';
import { pause } from './pause';
import { anyHolds, isHidden, order, placeOf, type Share } from './query';
import { columnsOf, shown } from './rows';
import { refuse, type FakeState } from './state';

/** Rows from which on a look at all of them takes a while. */
const MANY = 100_000;

/** Tables of a firm that handed over a year of orders; only when that many rows are wanted. */
function given(state: FakeState): Record<string, Share[]> {
  if (!state.rows) return {};
  return {
    accounts: [
      { id: 9001, file: '帳號清冊_網路下單.xlsx', sheet: '帳號', rows: 812 },
      { id: 9002, file: '帳號清冊_主機共置.xlsx', sheet: '工作表1', rows: 231 }
    ],
    orders: [{ id: 9003, file: '109年度委託紀錄_含主機共置專線.csv', sheet: '', rows: state.rows }]
  };
}

function sharesOf(state: FakeState, dataset: string): Share[] {
  const imported = state.imports
    .filter((batch) => !batch.undone)
    .flatMap((batch) => batch.files.flatMap((file) => file.sheets.map((sheet) => ({ file, sheet }))))
    .filter(({ sheet }) => sheet.dataset === dataset)
    .map(({ file, sheet }) => ({
      id: sheet.id,
      file: file.file,
      sheet: sheet.sheet,
      rows: sheet.rows_stored
    }));
  return [...(given(state)[dataset] ?? []), ...imported];
}

const CODES: Record<string, [code: string, row: string]> = {
  accounts: ['D01', '一列為一系統中的一個帳號'],
  personnel: ['D02', '一列為一人'],
  vendor_contracts: ['D03', '一列為一份契約'],
  assets: ['D05', '一列為一件設備'],
  orders: ['D06', '一列為一筆委託']
};

export function dataSets(state: FakeState): DataSetView[] {
  return DATASETS.flatMap(({ key, zh }) => {
    const shares = sharesOf(state, key);
    const [code = '', row = ''] = CODES[key] ?? [];
    if (!shares.length) return [];
    const columns = columnsOf(key).map((one) => ({
      key: one.key,
      zh: one.zh,
      kind: one.kind,
      present: true
    }));
    const rows = shares.reduce((sum, share) => sum + share.rows, 0);
    return [
      {
        key,
        code,
        zh,
        row,
        rows,
        columns,
        sheets: shares.map((share) => ({ ...share, batch: 1, sha256: 'a7'.repeat(32) }))
      }
    ];
  }).sort((a, b) => a.code.localeCompare(b.code));
}

function rowView(dataset: string, shares: Share[], n: number): DataRowView {
  const columns = columnsOf(dataset);
  const made = columns.map((column) => column.make(n));
  const { share, place } = placeOf(shares, n);
  const at = (state: string): number[] => [...made.keys()].filter((k) => made[k]?.state === state);
  const text = (k: number): string | null => {
    const { value, original } = made[k]!;
    return value === null ? (original ?? null) : shown(columns[k]!.kind, value);
  };
  return {
    row: {
      row: place + 2,
      hidden: isHidden(place),
      cells: columns.map((_, k) => text(k)),
      bad: at('unreadable')
    },
    file: share.file,
    sheet: share.sheet,
    originals: made.map((cell) => cell.original ?? null),
    never: at('never'),
    sheet_id: share.id,
    place
  };
}

/** Takes as long as the host does; can be stopped meanwhile. */
async function work(state: FakeState, ms: number): Promise<void> {
  if (!state.rows) return;
  const stops = state.dataStops;
  for (let gone = 0; gone < ms; gone += 20) {
    await pause(Math.min(20, ms));
    if (state.dataStops !== stops) refuse('cancelled', '已停止查詢。', '資料沒有任何變動。');
  }
}

let last = '';

export async function dataRows(state: FakeState, request: DataRequest): Promise<DataPageView> {
  const shares = sharesOf(state, request.dataset);
  const total = shares.reduce((sum, share) => sum + share.rows, 0);
  const question = JSON.stringify({ ...request, offset: 0, limit: 0 });
  const orders = request.sort.length + request.filters.length + request.find.length > 0;
  await work(state, orders && total >= MANY && question !== last ? 1_400 : 6);
  last = question;
  const ids = order(request, shares);
  const count = ids?.length ?? total;
  const here = Math.max(0, Math.min(request.limit, count - request.offset));
  const rows = Array.from({ length: here }, (_, k) => ids?.[request.offset + k] ?? request.offset + k);
  return { total: count, rows: rows.map((n) => rowView(request.dataset, shares, n)) };
}

export async function dataFind(state: FakeState, request: DataFindRequest): Promise<DataFoundView> {
  const shares = sharesOf(state, request.data.dataset);
  const total = shares.reduce((sum, share) => sum + share.rows, 0);
  await work(state, request.counted && total >= MANY ? 900 : 6);
  const ids = order(request.data, shares);
  const columns = columnsOf(request.data.dataset);
  const count = ids?.length ?? total;
  const hit = (k: number): boolean => anyHolds(columns, ids?.[k] ?? k, request.text);
  let index = request.back ? Math.min(request.from, count - 1) : request.from;
  while (index >= 0 && index < count && !hit(index)) index += request.back ? -1 : 1;
  const found = index >= 0 && index < count ? index : null;
  if (!request.counted) return { index: found, nth: null, hits: null };
  let [nth, hits] = [0, 0];
  for (let k = 0; k < count; k += 1) {
    if (!hit(k)) continue;
    hits += 1;
    if (found !== null && k <= found) nth += 1;
  }
  return { index: found, nth: found === null ? null : nth, hits };
}

export async function dataCopy(state: FakeState, request: DataRequest): Promise<DataCopyView> {
  const { rows } = await dataRows(state, request);
  const heads = [...columnsOf(request.dataset).map((column) => column.zh), '來源檔案', '工作表', '列號'];
  const lines = rows.map((row) => [
    ...row.row.cells.map((cell) => cell ?? ''),
    row.file,
    row.sheet,
    row.row.row
  ]);
  return { text: [heads, ...lines].map((line) => line.join('\t')).join('\n') + '\n', rows: rows.length };
}

export async function dataProfile(state: FakeState, dataset: string, key: string): Promise<DataProfileView> {
  const total = sharesOf(state, dataset).reduce((sum, share) => sum + share.rows, 0);
  await work(state, total >= MANY ? 900 : 6);
  const column = columnsOf(dataset).find((one) => one.key === key) ?? refuse('unknown_dataset', '', '');
  const counts = new Map<string, number>();
  const states = { missing: 0, never: 0, unreadable: 0 };
  for (let n = 0; n < total; n += 1) {
    const cell = column.make(n);
    if (cell.value !== null) counts.set(cell.value, (counts.get(cell.value) ?? 0) + 1);
    else states[cell.state ?? 'missing'] += 1;
  }
  const number = column.kind === 'num';
  const known = [...counts.keys()].sort((a, b) => (number ? Number(a) - Number(b) : a < b ? -1 : 1));
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 20);
  const read = (value: string | undefined): string | null =>
    value === undefined ? null : shown(column.kind, value);
  return {
    rows: total,
    ...states,
    distinct: counts.size,
    min: read(known[0]),
    max: read(known.at(-1)),
    top: top.map(([value, rows]) => ({ zh: shown(column.kind, value), value, rows })),
    bins: number ? numberBins(counts, known) : column.kind.startsWith('date') ? monthBins(counts) : []
  };
}

function numberBins(counts: Map<string, number>, known: string[]): DataBinView[] {
  const [low, high] = [Number(known[0]), Number(known.at(-1))];
  const width = Math.ceil((high - low + 1) / 20);
  const bins = Array.from({ length: 20 }, (_, n) => low + n * width).map((from) => [
    from,
    from + width - 1,
    0
  ]);
  for (const [value, rows] of counts) bins[Math.floor((Number(value) - low) / width)]![2]! += rows;
  return bins.map(([from, to, rows]) => ({
    zh: `${from}–${to}`,
    from: String(from),
    to: String(to),
    rows: rows!
  }));
}

function monthBins(counts: Map<string, number>): DataBinView[] {
  const months = new Map<string, number>();
  const long = new Set([...counts.keys()].map((value) => value.substring(0, 7))).size > 40;
  for (const [value, rows] of counts) {
    const month = value.substring(0, long ? 4 : 7);
    months.set(month, (months.get(month) ?? 0) + rows);
  }
  return [...months.keys()].sort().map((from) => {
    const [year = '', month] = from.split('-');
    return {
      zh: [Number(year) - 1911, month].filter(Boolean).join('.'),
      from,
      to: from,
      rows: months.get(from)!
    };
  });
}

export const compared = (): ImportCompareView => ({
  before: 70,
  after: 71,
  counts: { added: 2, removed: 1, changed: 1, equal: 68, unkeyed: 0 },
  new_columns: [],
  gone_columns: [],
  key_columns: ['系統名稱', '帳號'],
  rows: [
    {
      change: 'changed',
      key: '網路下單 ／ vendor01',
      row_before: 12,
      row_after: 12,
      cells: [{ column: '狀態', before: '啟用', after: '停用' }]
    }
  ]
});
