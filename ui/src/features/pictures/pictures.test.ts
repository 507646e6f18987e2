import axe from 'axe-core';
import { expect, test } from 'vitest';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  until,
  user
} from '../../shared/testing/window';
import { limits } from './pictures.svelte';
import { asText, exact } from './table';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();

test('limits are read as people type them, or not at all', () => {
  expect(limits('')).toEqual([]);
  expect(limits('30、60　90')).toEqual([30, 60, 90]);
  expect(limits('１０００, 1,000,000')).toEqual([1000, 1000000]);
  expect(limits('30,60,90')).toEqual([30, 60, 90]);
  expect(limits('90 30')).toBeNull();
  expect(limits('三十')).toBeNull();
});

test('sums keep every digit, and the copy has bare numbers', () => {
  expect(exact('12345678901234567890.50')).toBe('12,345,678,901,234,567,890.50');
  expect(exact('-1234')).toBe('-1,234');
  expect(exact('0.1234567')).toBe('0.1234567');
  const bar = { label: '逾\t30', rows: 1200, share: 0.25, expected: null, sum: '4500.5' };
  const rest = {
    title: '',
    counted: 0,
    blank: 0,
    left_out: 0,
    left_out_why: '',
    deviation: null,
    remarks: []
  };
  const heads = { band: '組別', rows: '筆數', share: '比例', expected: '預期', sum: '合計' };
  expect(asText({ ...rest, bars: [bar] }, heads)).toBe(
    '組別\t筆數\t比例\t合計\n逾 30\t1200\t25.00%\t4500.5\n'
  );
});

async function openPictures(): Promise<[string, unknown][]> {
  const { calls } = openWindow({ rows: 3000 });
  await openExam('tests');
  await get('procedure-T-COL-05');
  await user.keyboard('g');
  await get('picture');
  return calls;
}

test('without data it is said what to do next', async () => {
  openWindow();
  await openExam('tests');
  await press('pictures-open');
  expect(await text('picture-none')).toContain('還沒有資料可製圖');
  await press('picture-to-files');
  await get('import-browse');
});

test('dates have their age, with what was counted and what was not', async () => {
  const calls = await openPictures();
  expect(requests(calls, 'analysis')).toEqual([
    { dataset: 'accounts', column: 'created_at', kind: 'ageing', procedure: null, bounds: [] }
  ]);
  await user.selectOptions(await get('picture-column'), 'last_login');
  await until(async () => expect(await text('picture')).toContain('最後登入時間'));
  const counted = await text('picture-counted');
  const [all = 0, blank = 0, left = 0] = [...counted.matchAll(/([\d,]+) 筆/g)].map((hit) =>
    Number(hit[1]?.replace(',', ''))
  );
  expect(blank).toBeGreaterThan(0);
  expect(all + blank + left).toBe(1043);
  expect(await text('picture-remarks')).toContain('查核基準日');
  expect(await faults()).toEqual([]);
});

test('limits of one’s own are used; those that do not rise are not asked for', async () => {
  const calls = await openPictures();
  await fill('picture-bounds', '365、730');
  await user.keyboard('{Enter}');
  await until(async () => expect(await text('bar-2')).toMatch(/^逾 730 日/));
  expect(has('bar-3')).toBe(false);
  const before = requests(calls, 'analysis').length;
  await fill('picture-bounds', '730 365');
  await user.keyboard('{Enter}');
  expect((await get('picture-bounds')).getAttribute('aria-invalid')).toBe('true');
  expect(document.body.textContent).toContain('須為由小而大之數字');
  expect((await get('picture')).getAttribute('aria-busy')).toBe('true');
  expect(await text('bar-2')).toContain('逾 730 日');
  expect(requests(calls, 'analysis').length - before).toBe(0);
});

test('numbers lie in bands with sums, and their first digits beside what was to be expected', async () => {
  const calls = await openPictures();
  await user.selectOptions(await get('picture-dataset'), 'orders');
  await press('picture-strata');
  await until(async () => expect(await text('bar-0')).toMatch(/^5,000以下[\d,]+\.\d\d%[\d,]+$/));
  await user.keyboard('3');
  await until(async () => expect(await text('bar-0')).toMatch(/^首位 1[\d,]+\.\d\d%30\.10%$/));
  expect(document.querySelector('[data-testid=bar-0] line')).not.toBeNull();
  expect(await text('picture-counted')).toMatch(/平均絕對離差 0\.\d{4}/);
  expect(await text('picture-remarks')).toContain('不足以認定資料不實');
  expect(has('picture-bounds')).toBe(false);
  expect(requests(calls, 'analysis').at(-1)).toEqual({
    dataset: 'orders',
    column: 'qty',
    kind: 'benford',
    procedure: null,
    bounds: []
  });
  expect(await faults()).toEqual([]);
});

test('only the rows that a procedure listed, of those that listed some', async () => {
  const { calls } = openWindow({ rows: 3000 });
  await openExam('tests');
  await press('run-all');
  await until(async () => expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions'));
  await press('pictures-open');
  const rows = (await get('picture-procedure')) as HTMLSelectElement;
  expect([...rows.options].map((option) => option.value)).not.toContain('T-COL-03');
  await user.selectOptions(rows, 'T-COL-06');
  await until(() => expect(requests(calls, 'analysis').at(-1)).toMatchObject({ procedure: 'T-COL-06' }));
  await user.selectOptions(await get('picture-dataset'), 'orders');
  await until(() =>
    expect(requests(calls, 'analysis').at(-1)).toMatchObject({ dataset: 'orders', procedure: null })
  );
});

test('the table goes to the clipboard', async () => {
  await openPictures();
  await user.keyboard('c');
  await until(async () => expect(await text('picture-copied')).toContain('已複製'));
  const copied = await navigator.clipboard.readText();
  expect(copied).toMatch(/^組別\t筆數\t比例\n30 日以下\t\d+\t[\d.]+%\n/);
});

test('a refused picture says why, and a later one is drawn', async () => {
  let refuse = true;
  openWindow({
    rows: 300,
    change: (name) => {
      if (name === 'analysis' && refuse) throw { code: 'bad', message: '無法製圖。', hint: '請另選欄位。' };
    }
  });
  await openExam('tests');
  await press('pictures-open');
  expect(await text('picture-error')).toContain('無法製圖');
  refuse = false;
  await user.selectOptions(await get('picture-column'), 'pw_changed_at');
  await get('picture');
  expect(has('picture-error')).toBe(false);
});

test('the column in hand of the stored data leads to its picture', async () => {
  const { calls } = openWindow({ rows: 300 });
  await openExam('data');
  await press('data-tab-rows');
  await press('data-set-orders');
  await get('data-row-0');
  await press('side-column');
  await get('profile');
  expect(has('profile-picture')).toBe(true);
  await press('profile-picture');
  await get('picture');
  expect(requests(calls, 'analysis')).toEqual([
    { dataset: 'orders', column: 'trade_date', kind: 'ageing', procedure: null, bounds: [] }
  ]);
  (await get('pictures')).dispatchEvent(new Event('cancel', { cancelable: true }));
  await until(() => expect(has('pictures')).toBe(false));
  await user.keyboard('c');
  await get('picture');
});
