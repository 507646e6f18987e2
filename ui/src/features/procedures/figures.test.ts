import { expect, test } from 'vitest';
import { asPercent, named, percent, seed, whole } from './figures';

test('figures are read as they are typed with an input method', () => {
  expect(['60', ' 1,043 ', '６０', '', '-1', '1.5', 'x'].map(whole)).toEqual([
    60,
    1043,
    60,
    null,
    null,
    null,
    null
  ]);
  expect(['95', '99.99%', '５％', '101', '', '.5'].map(percent)).toEqual([95, 99.99, 5, null, null, null]);
  expect(asPercent(0.0487)).toBe('4.87%');
});

test('a seed keeps all its digits', () => {
  expect(seed('18446744073709551615')).toBe('18446744073709551615');
  expect(seed('18446744073709551616')).toBeUndefined();
  expect(seed('甲')).toBeUndefined();
  expect(seed('  ')).toBeNull();
});

test('rows are named line by line; a sheet may be empty, a reason may not', () => {
  expect(
    named(
      '帳號清冊.xlsx:帳號:12　廠商 root\n\n委託 109.csv::1,204 大額\n設備清單.xlsx：機房：７ 未盤點\n甲.xlsx:乙:3\n胡言'
    )
  ).toEqual({
    rows: [
      { file: '帳號清冊.xlsx', sheet: '帳號', row: 12, reason: '廠商 root' },
      { file: '委託 109.csv', sheet: '', row: 1204, reason: '大額' },
      { file: '設備清單.xlsx', sheet: '機房', row: 7, reason: '未盤點' }
    ],
    unread: [6],
    unreasoned: [5]
  });
});
