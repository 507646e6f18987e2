import { expect, test } from 'vitest';
import type { DatasetView, InspectedSheetView, MappedColumnView } from '../../backend';
import { choose, missing, offered, order, ordered, questions } from './choice';
import { jobLine } from './pace';
import { declaredMark, reconciles } from './reconcile';

const column = (
  index: number,
  key: string | null,
  confidence: number,
  reading = 'plain'
): MappedColumnView => ({
  index,
  header: `h${index}`,
  column: key,
  reading,
  confidence,
  time_index: null,
  hidden: false,
  samples: [],
  choices: []
});

const dataset: DatasetView = {
  key: 'orders',
  zh: '委託紀錄',
  columns: [
    { key: 'a', zh: '委託書編號', required: true, kind: 'text' },
    { key: 'b', zh: '接收時間', required: true, kind: 'datetime' },
    { key: 'c', zh: '備註', required: false, kind: 'text' }
  ]
};

const sheet = (known: Partial<InspectedSheetView> = {}): InspectedSheetView => ({
  sheet: '工作表1',
  hidden: false,
  dataset: 'orders',
  confidence: 100,
  light: 'green',
  asks: [],
  header_row: 1,
  end_row: null,
  row_count: 3,
  more_rows: false,
  hidden_rows: 0,
  columns: [column(0, 'a', 90), column(1, 'b', 90)],
  filled: [],
  earlier: [],
  missing_required: [],
  rows: [],
  ...known
});

const open = (known: Partial<InspectedSheetView>, change: object = {}): string[] => {
  const view = sheet(known);
  return questions(view, { ...choose({ file: 'x.xlsx' }, view), ...change }, dataset).map((q) => q.kind);
};

test('doubtful columns come first, those that are not taken last', () => {
  const columns = [
    column(0, 'a', 99),
    column(1, null, 0),
    column(2, 'b', 40),
    column(3, 'c', 100, 'ambiguous')
  ];
  expect(ordered(columns).map((c) => c.index)).toEqual([2, 3, 0, 1]);
});

test('required columns are missing until a header or a value for the whole table stands for them', () => {
  const columns = [column(0, 'a', 90)];
  const value = { column: 'b', zh: '接收時間', text: '09:00', from: 'examiner' };
  const names = (filled: (typeof value)[]): string[] =>
    missing({ columns, filled }, dataset).map((c) => c.zh);
  expect(names([])).toEqual(['接收時間']);
  expect(names([{ ...value, text: '' }])).toEqual(['接收時間']);
  expect(names([value])).toEqual([]);
});

test('the list of assets is taken from its name only when the name says one thing', () => {
  const assets = sheet({ dataset: 'assets' });
  const origin = (file: string, name: string): string | null =>
    choose({ file }, { ...assets, sheet: name }).origin;
  expect(origin('設備.xlsx', '實地盤點')).toBe('ONSITE');
  expect(origin('設備.xlsx', '工作表1')).toBeNull();
  expect(origin('申報與盤點.xlsx', '工作表1')).toBeNull();
});

test('a table that is recognised beyond doubt asks nothing', () => {
  expect(open({})).toEqual([]);
});

test('what is ambiguous is asked, what is missing stays open whatever is confirmed', () => {
  const calendar = { code: 'calendar', column: 'b', zh: '日期有數種讀法', options: [] };
  expect(open({ asks: [calendar] })).toEqual(['calendar']);
  expect(open({ asks: [calendar] }, { settled: ['calendar:b'] })).toEqual([]);
  const lacking = { columns: [column(0, 'a', 90)], filled: [] };
  expect(open({}, { ...lacking, settled: ['required:b'] })).toEqual(['required']);
});

test('an earlier list of the dataset is asked about until the examiner says new or newer', () => {
  const list = { id: 7, batch: 1, file: '委託.csv', sheet: '', rows: 9, likely: true };
  expect(open({ earlier: [list] })).toEqual(['earlier']);
  expect(open({ earlier: [list] }, { replaces: null })).toEqual([]);
  expect(open({ earlier: [list] }, { replaces: 7 })).toEqual([]);
});

test('the likely earlier list is offered first, and none is taken by itself', () => {
  const list = (id: number, likely: boolean) => ({ id, batch: 1, file: '', sheet: '', rows: 1, likely });
  expect(offered([list(1, false), list(2, true), list(3, false)]).map((l) => l.id)).toEqual([2, 3, 1]);
  const view = sheet({ earlier: [list(2, true)] });
  expect(order(view, choose({ file: 'x' }, view))?.replaces).toBeNull();
});

test('a mapping that nobody touched is left to the recognition', () => {
  const view = sheet();
  const choice = choose({ file: 'x' }, view);
  expect(order(view, choice)?.columns).toEqual([]);
  expect(order(view, { ...choice, edited: true })?.columns).toHaveLength(2);
  expect(order(view, { ...choice, dataset: null })).toBeNull();
});

test('the job line says how far and how fast, and nothing that is not known', () => {
  const pace = { rows: 41_200, rows_per_second: 18_400.4 };
  expect(jobLine('匯入 a.csv', pace)).toBe('匯入 a.csv　41,200 筆　每秒 18,400 筆');
  expect(jobLine('匯入 a.csv', { rows: 0, rows_per_second: 0 })).toBe('匯入 a.csv');
});

test('read = stored + rejected, and the declared count has a clear word', () => {
  const counts = { rows_read: 10, rows_stored: 9, rows_rejected: 1, declared_rows: 9 };
  expect(reconciles(counts)).toBe(true);
  expect(reconciles({ ...counts, rows_rejected: 0 })).toBe(false);
  expect(declaredMark(counts)?.word).toBe('相符');
  expect(declaredMark({ ...counts, declared_rows: 11 })?.word).toBe('少 2');
  expect(declaredMark({ ...counts, declared_rows: 7 })?.word).toBe('多 2');
  expect(declaredMark({ ...counts, declared_rows: null })).toBeNull();
});

test('texts that are garbled are told even where nothing else is recognised', () => {
  const garbled = { code: 'garbled', column: '', zh: '3 格文字疑為亂碼', options: [] };
  const shift = { code: 'shift', column: 'b', zh: '可能是 UTC 時間', options: [] };
  expect(open({ dataset: null, asks: [garbled, shift] })).toEqual(['unrecognised', 'confirm']);
  expect(open({ asks: [garbled, shift] })).toEqual(['confirm', 'confirm']);
});
