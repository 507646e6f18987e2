import { expect, test } from 'vitest';
import type { CountDevice, CountItemView } from '../../backend';
import { NOTHING } from './fields';
import { exact, find, plain, plainUnit } from './search';

const item = (
  key: string,
  device: Partial<CountDevice>,
  more: Partial<CountItemView> = {}
): CountItemView => ({
  key,
  device: { ...NOTHING, ...device },
  filed: { ...NOTHING, ...device },
  ledger: null,
  expected: true,
  state: null,
  ours: [],
  differs: [],
  note: '',
  by: '',
  at: '',
  ...more
});

const ITEMS = [
  item('gateway', { name: '下單閘道', serial: 'CN-7792-0O41', rack: 'C07', u_pos: 'U04-05' }),
  item('quotes', {
    name: '行情主機',
    serial: 'SGH 937 KL1P',
    property_no: 'IT-108-0041',
    rack: 'C07',
    u_pos: 'U10'
  }),
  item('switch', { name: '核心交換器', serial: 'JPE19230451', rack: 'C08', u_pos: 'U38' }),
  item('desk', { name: '個人電腦', serial: 'XX1041' }, { expected: false, filed: null })
];
const keys = (query: string): string[] => find(ITEMS, query).map((one) => one.key);

test('case, dashes, spaces, full width, O and 0, I, l and 1 are the same', () => {
  expect(plain('CN-7792‐0O4l ')).toBe(plain('ｃｎ７７９２ oo4I'));
  expect(plainUnit('U04-05')).toBe(plainUnit('4~5'));
});

test('the end of a serial number comes first, then that of a property number, then places and names', () => {
  expect(keys('041')).toEqual(['gateway', 'desk', 'quotes']);
  expect(keys('o-o4i')).toEqual(['gateway', 'quotes']);
  expect(keys('kl1p')).toEqual(['quotes']);
  expect(keys('c07u10')).toEqual(['quotes']);
  expect(keys('C07')).toEqual(['gateway', 'quotes']);
  expect(keys('交換')).toEqual(['switch']);
});

test('the middle of a number is looked at only when nothing else fits', () => {
  expect(keys('7792')).toEqual(['gateway']);
  expect(keys('45')).toEqual(['switch']);
  expect(keys('')).toEqual([]);
  expect(keys('zz')).toEqual([]);
});

test('a whole number names one device even where it ends others', () => {
  const both = [item('a', { serial: 'AB41' }), item('b', { serial: '41' })];
  expect(exact(find(both, '41'), '41')?.key).toBe('b');
  expect(exact(find(both, '1'), '1')).toBeUndefined();
  const twins = [item('a', { serial: '41' }), item('b', { serial: '4I' })];
  expect(exact(find(twins, '41'), '41')).toBeUndefined();
});

test('what the lists say is found, too, where the examiner wrote something else down', () => {
  const moved = item('moved', { serial: 'NEW9' }, { filed: { ...NOTHING, serial: 'OLD77' } });
  expect(find([moved], 'ld77')).toEqual([moved]);
});
