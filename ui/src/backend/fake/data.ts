/** Stored data of the invented host: the rows of its first list, sorted and narrowed as asked. */
import type {
  DataPageView,
  DataProfileView,
  DataRequest,
  DataRowView,
  DataSetView,
  ImportCompareView
} from '../bindings';
import { DATASETS } from './firm';
import { inspectAll } from './intake';
import type { FakeState } from './state';

const list = (dataset: string) =>
  inspectAll(['帳號清冊.xlsx', '委託紀錄.csv', '設備清單.xlsx'])
    .flatMap((file) => file.sheets.map((sheet) => ({ file, sheet })))
    .find(({ sheet }) => sheet.dataset === dataset);

export function dataSets(state: FakeState): DataSetView[] {
  const live = state.imports.filter((batch) => !batch.undone);
  const sheets = live.flatMap((batch) =>
    batch.files.flatMap((file) => file.sheets.map((sheet) => ({ batch, file, sheet })))
  );
  return DATASETS.flatMap((dataset, n) => {
    const mine = sheets.filter(({ sheet }) => sheet.dataset === dataset.key);
    if (!mine.length) return [];
    const present = new Set(mine.flatMap(({ sheet }) => sheet.mapping.map((column) => column.column)));
    return [
      {
        key: dataset.key,
        code: `D${String(n).padStart(2, '0')}`,
        zh: dataset.zh,
        row: '',
        rows: mine.reduce((sum, { sheet }) => sum + sheet.rows_stored, 0),
        columns: dataset.columns.map(({ key, zh }) => ({ key, zh, kind: 'text', present: present.has(key) })),
        sheets: mine.map(({ batch, file, sheet }) => ({
          id: sheet.id,
          batch: batch.batch,
          file: file.file,
          sheet: sheet.sheet,
          rows: sheet.rows_stored
        }))
      }
    ];
  });
}

function all(request: DataRequest): DataRowView[] {
  const found = list(request.dataset);
  const columns = DATASETS.find((dataset) => dataset.key === request.dataset)?.columns ?? [];
  const mapped = found?.sheet.columns.filter((column) => column.column) ?? [];
  const rows = (found?.sheet.rows ?? []).map((row): DataRowView => {
    const cell = (key: string) => row.cells[mapped.findIndex((column) => column.column === key)] ?? null;
    return {
      row: { ...row, cells: columns.map(({ key }) => cell(key)), bad: [] },
      file: found?.file.file ?? '',
      sheet: found?.sheet.sheet ?? '',
      originals: columns.map(() => null),
      never: []
    };
  });
  const holds = (row: DataRowView): boolean =>
    row.row.cells.some((cell) => (cell ?? '').includes(request.find));
  const at = columns.findIndex((column) => column.key === request.sort[0]?.column);
  const sorted = rows.filter(holds);
  const text = (row: DataRowView): string => row.row.cells[at] ?? '';
  if (at >= 0) sorted.sort((a, b) => text(a).localeCompare(text(b)));
  return request.sort[0]?.descending ? sorted.reverse() : sorted;
}

export function dataRows(request: DataRequest): DataPageView {
  const rows = all(request);
  return { total: rows.length, rows: rows.slice(request.offset, request.offset + request.limit) };
}

export function dataFind(request: DataRequest, from: number, text: string): number | null {
  const at = all(request).findIndex((row, n) => n >= from && row.row.cells.some((c) => c?.includes(text)));
  return at < 0 ? null : at;
}

export function dataCopy(request: DataRequest): { text: string; rows: number } {
  const { rows } = dataRows(request);
  return { text: rows.map((row) => row.row.cells.join('\t')).join('\n'), rows: rows.length };
}

export function dataProfile(dataset: string, column: string): DataProfileView {
  const rows = all({ dataset, offset: 0, limit: 500, sort: [], filters: [], find: '' });
  const at = DATASETS.find((d) => d.key === dataset)?.columns.findIndex((c) => c.key === column) ?? -1;
  const values = rows.map((row) => row.row.cells[at] ?? null);
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const known = [...counts.keys()].sort();
  return {
    rows: rows.length,
    missing: values.filter((value) => value === null).length,
    never: 0,
    unreadable: 0,
    distinct: counts.size,
    min: known[0] ?? null,
    max: known.at(-1) ?? null,
    top: [...counts].map(([value, n]) => ({ zh: value, value, rows: n })),
    bins: []
  };
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
