import { expect, test } from 'vitest';
import type { DataSetView, FilterChoice } from '../../backend';
import { digits, edges, inSight } from './columns';
import { bound, boundText, filterText, testsOf } from './filters';

test.each([
  ['date', '109.12.31', '2020-12-31'],
  ['date', '109/12/31', '2020-12-31'],
  ['date', '1091231', '2020-12-31'],
  ['date', '109.12', '2020-12'],
  ['date', '109年12月', '2020-12'],
  ['date', '109', '2020'],
  ['date', '2020', '2020'],
  ['date', '2020-12-31', '2020-12-31'],
  ['datetime', '109.12.31 09:00', '2020-12-31T09:00'],
  ['datetime', '2020-12-31T09:00:00.123', '2020-12-31T09:00:00.123'],
  ['num', '1,000', '1000'],
  ['num', '-0.5', '-0.5'],
  ['text', ' 甲 ', '甲'],
  ['date', '', '']
])('a bound of %s typed %s is %s', (kind, typed, stored) => {
  expect(bound(kind, typed)).toBe(stored);
});

test.each([
  ['date', '109.13'],
  ['date', '109.2.30'],
  ['date', '昨天'],
  ['date', '109 09:00'],
  ['num', '一千'],
  ['num', '1e999']
])('a bound of %s is not %s', (kind, typed) => {
  expect(bound(kind, typed)).toBeNull();
});

test('bounds are read as the field writes dates', () => {
  expect(boundText('date', '2020-12-31')).toBe('109.12.31');
  expect(boundText('date', '2020-12')).toBe('109.12');
  expect(boundText('date', '2020')).toBe('109');
  expect(boundText('text', '2020')).toBe('2020');
});

const set: DataSetView = {
  key: 'accounts',
  code: 'D01',
  zh: '帳號清冊',
  row: '一列為一帳號',
  rows: 3,
  columns: [{ key: 'created_at', zh: '建立日期', kind: 'date', present: true }],
  sheets: [{ id: 7, batch: 1, file: '甲.xlsx', sha256: '', sheet: '乙', rows: 3 }]
};
const told = (choice: Partial<FilterChoice>, shown?: string): string =>
  filterText(set, { column: 'created_at', test: '', from: '', to: '', ...choice }, shown);

test('conditions are told in words', () => {
  expect(told({ test: 'between', from: '2020-01', to: '2020-12-31' })).toBe('建立日期　109.01–109.12.31');
  expect(told({ test: 'between', from: '2020-06', to: '2020-06' })).toBe('建立日期　109.06');
  expect(told({ test: 'between', from: '2020' })).toBe('建立日期　109 起');
  expect(told({ test: 'between', to: '2020' })).toBe('建立日期　至 109');
  expect(told({ test: 'never' })).toBe('建立日期　從未發生');
  expect(told({ test: 'equals', from: 'active' }, '啟用')).toBe('建立日期　等於「啟用」');
  expect(told({ test: 'sheet', column: '', from: '7' })).toBe('來源　甲.xlsx／乙');
  expect(told({ test: 'hidden', column: '' })).toBe('只看隱藏列');
});

test('only of dates can it be asked whether they never were', () => {
  for (const kind of ['text', 'num', 'int', 'enum', 'bool', 'duration'])
    expect(testsOf(kind)).not.toContain('never');
  expect(testsOf('datetime')).toContain('never');
});

test('columns in sight are found from any position, with one more at either side', () => {
  const edge = edges(Array.from({ length: 200 }, () => 100));
  expect(inSight(edge, 0, 350)).toEqual({ first: 0, last: 4 });
  expect(inSight(edge, 10_050, 10_250)).toEqual({ first: 99, last: 103 });
  expect(inSight(edge, 19_800, 20_000)).toEqual({ first: 197, last: 199 });
  expect(digits(1_000_000)).toBeGreaterThan(digits(1_000));
});
