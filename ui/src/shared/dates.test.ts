import { expect, test } from 'vitest';
import { longDate, parseDate, parseMoment, shortDate, shortMoment } from './dates';

test.each([
  ['109.12.31', '2020-12-31'],
  ['109/12/31', '2020-12-31'],
  ['109-1-5', '2020-01-05'],
  ['１０９．１２．３１', '2020-12-31'],
  ['民國109年12月31日', '2020-12-31'],
  ['民國 99 年 1 月 2 日', '2010-01-02'],
  ['1091231', '2020-12-31'],
  ['2020-12-31', '2020-12-31'],
  ['2020/12/31', '2020-12-31'],
  ['20201231', '2020-12-31'],
  ['109.2.29', '2020-02-29']
])('%s is read as %s', (typed, iso) => {
  expect(parseDate(typed)).toBe(iso);
});

test.each([
  '',
  '109.2.30',
  '110.2.29',
  '109.13.1',
  '109.12',
  '109.12/31',
  '31.12.109',
  'abc',
  '0.1.1',
  '12345678901'
])('%s is no date', (typed) => {
  expect(parseDate(typed)).toBeNull();
});

test('dates are shown in the years of the Republic', () => {
  expect(longDate('2020-12-31')).toBe('民國109年12月31日');
  expect(shortDate('2010-01-02')).toBe('099.01.02');
  expect(shortMoment('2026-03-02T14:03:22')).toBe('115.03.02 14:03');
});

test('what is no ISO date is shown as it is', () => {
  expect(longDate('未填')).toBe('未填');
});

test('a moment is a date with a time of day; a wrong hour is none', () => {
  expect(parseMoment('109.12.31 09:40')).toBe('2020-12-31T09:40:00');
  expect(parseMoment('民國109年12月31日 9:05:07')).toBe('2020-12-31T09:05:07');
  expect(parseMoment('2020-12-31')).toBe('2020-12-31T00:00:00');
  expect(parseMoment('109.12.31 24:00')).toBeNull();
  expect(parseMoment('109.2.30 09:00')).toBeNull();
});
