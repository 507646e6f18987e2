import { fireEvent } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import type { DataFindRequest, DataRequest } from '../../backend';
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

const copied: string[] = [];
beforeEach(() => {
  copied.length = 0;
  const writeText = async (text: string): Promise<void> => void copied.push(text);
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
});

/** Opens the rows of a firm whose longest list has so many. */
async function openRows(rows: number, dataset = 'accounts'): Promise<{ calls: [string, unknown][] }> {
  const opened = openWindow({ rows });
  await openExam('data');
  await press('data-tab-rows');
  await press(`data-set-${dataset}`);
  await get('data-row-0');
  await until(() => expect(cell(0).length).toBeGreaterThan(0));
  (await get('data-grid')).focus();
  return opened;
}

const row = (index: number): HTMLElement | null => document.querySelector(`[data-testid=data-row-${index}]`);
/** Texts of a row's cells. */
const cell = (index: number): string[] =>
  [...(row(index)?.querySelectorAll('[data-col]') ?? [])]
    .map((one) => one.textContent.trim())
    .filter(Boolean);
const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const lastRows = (calls: [string, unknown][]): DataRequest =>
  (requests(calls, 'data_rows') as DataRequest[]).at(-1)!;
const press$ = (keys: string): Promise<void> => user.keyboard(keys);

test('without data it is said what to do next, and done', async () => {
  openWindow();
  await openExam('data');
  await press('data-tab-rows');
  expect(await text('data-none')).toContain('還沒有可看的資料');
  await press('data-to-files');
  await get('import-browse');
});

test('a million rows are a few elements, and every end is reached by keys', async () => {
  await openRows(1_000_000, 'orders');
  const grid = await get('data-grid');
  expect(grid.getAttribute('aria-rowcount')).toBe('1000001');
  expect(Number(grid.getAttribute('aria-colcount'))).toBe(16);
  await press$('{Control>}{End}{/Control}');
  await until(() => expect(cell(999_999).length).toBeGreaterThan(3));
  expect(row(999_999)?.textContent).toContain('1,000,000');
  expect(row(999_999)?.getAttribute('aria-rowindex')).toBe('1000001');
  expect(document.querySelectorAll('[data-testid^=data-row-]').length).toBeLessThan(40);
  await press$('{ArrowDown}{PageUp}{ArrowUp}');
  const at = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
  expect(at?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('999985');
  await press$('{Control>}{Home}{/Control}');
  await until(() => expect(cell(0)).toContain('A0000000'));
  await press$('g');
  await user.type(await get('data-goto'), '654,321{Enter}');
  await until(() => expect(cell(654_320)).toContain('A0654320'));
  expect(document.activeElement).toBe(grid);
});

test('a row that does not exist cannot be gone to', async () => {
  await openRows(200);
  await user.type(await get('data-goto'), '1044{Enter}');
  expect((await get('data-goto')).getAttribute('aria-invalid')).toBe('true');
});

test('headings sort by click and by key, several with Shift, and say so', async () => {
  const { calls } = await openRows(500, 'orders');
  await press('head-account');
  await until(() => expect(lastRows(calls).sort).toHaveLength(1));
  expect(lastRows(calls).sort).toEqual([{ column: 'account', descending: false }]);
  await press$('{ArrowRight}');
  await press$('{Shift>}{Enter}{/Shift}');
  await press$('{Shift>}{Enter}{/Shift}');
  await until(() =>
    expect(lastRows(calls).sort).toEqual([
      { column: 'account', descending: false },
      { column: 'received_at', descending: true }
    ])
  );
  const sorts = async (key: string) => (await get(`head-${key}`)).getAttribute('aria-sort');
  expect([await sorts('account'), await sorts('received_at'), await sorts('order_no')]).toEqual([
    'ascending',
    'descending',
    'none'
  ]);
  expect(await text('data-sorted')).toContain('客戶帳號 ↑、接收客戶委託時間 ↓');
});

test('conditions narrow the rows, are told, and are taken off one by one', async () => {
  const { calls } = await openRows(200);
  await press('filter-hidden');
  await until(async () => expect(await text('data-count')).toBe('6 / 1,043 筆'));
  await press$('f');
  await user.selectOptions(await get('filter-column'), 'created_at');
  await user.type(await get('filter-from'), '107');
  await user.type(await get('filter-to'), '109.13');
  expect(((await get('filter-apply')) as HTMLButtonElement).disabled).toBe(true);
  await fill('filter-to', '109.6');
  await press('filter-apply');
  expect(await text('chip-1')).toContain('建立日期 107–109.06');
  await until(() => expect(lastRows(calls).filters).toHaveLength(2));
  expect(lastRows(calls).filters).toEqual([
    { column: '', test: 'hidden', from: '', to: '' },
    { column: 'created_at', test: 'between', from: '2018', to: '2020-06' }
  ]);
  await press('chip-0');
  await until(() => expect(lastRows(calls).filters).toHaveLength(1));
  await press('chips-clear');
  await until(async () => expect(await text('data-count')).toBe('1,043 / 1,043 筆'));
});

test('words are chosen by what people read and asked for as they are stored', async () => {
  const { calls } = await openRows(200);
  await press('filter-status');
  expect(has('filter-from')).toBe(false);
  await user.click(await get('value-0'));
  await until(() => expect(lastRows(calls).filters).toHaveLength(1));
  expect(lastRows(calls).filters).toEqual([{ column: 'status', test: 'equals', from: 'active', to: '' }]);
  expect(await text('chip-0')).toContain('狀態 等於「啟用」');
});

test('only rows of one table, and all of them again', async () => {
  const { calls } = await openRows(200);
  await press('data-sheet-9002');
  await until(async () => expect(await text('data-count')).toBe('231 / 1,043 筆'));
  expect(lastRows(calls).filters[0]).toMatchObject({ test: 'sheet', from: '9002' });
  await press('data-sheet-9002');
  await until(async () => expect(await text('data-count')).toBe('1,043 / 1,043 筆'));
});

test('a text is found on and back, round the end, and its hits are counted', async () => {
  const { calls } = await openRows(200);
  await press$('/');
  await user.type(await get('data-find'), 'vnd_root{Enter}');
  await until(async () => expect(await text('find-told')).toBe('1 / 26'));
  expect(row(2)?.classList.contains('here')).toBe(true);
  (await get('data-grid')).focus();
  await press$('n');
  await until(async () => expect(await text('find-told')).toBe('2 / 26'));
  expect(row(43)?.classList.contains('here')).toBe(true);
  await press$('{Shift>}n{/Shift}');
  await until(async () => expect(await text('find-told')).toBe('1 / 26'));
  await press$('{Shift>}n{/Shift}');
  await until(async () => expect(await text('find-told')).toBe('↻ 26 / 26'));
  expect((requests(calls, 'data_find') as DataFindRequest[]).some((one) => one.back && one.from === 1)).toBe(
    true
  );
  await fill('data-find', '查無此人{Enter}');
  await until(async () => expect(await text('find-told')).toBe('找不到'));
  await fill('data-find', 'vnd_root');
  await press('find-only');
  await until(async () => expect(await text('data-count')).toBe('26 / 1,043 筆'));
  await press('chip-only');
  await until(async () => expect(await text('data-count')).toBe('1,043 / 1,043 筆'));
});

test('selected rows are copied as a table; too many are not', async () => {
  await openRows(20_000, 'orders');
  await press$('{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}c{/Control}');
  await until(async () => expect(await text('data-notice')).toContain('已複製 3 筆'));
  const lines = copied[0]!.trim().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('B0000001');
  expect(lines[3]).toContain('D0000003');
  expect(row(2)?.getAttribute('aria-selected')).toBe('true');
  await user.keyboard('{Shift>}');
  await user.click(row(6)!);
  await user.keyboard('{/Shift}');
  expect(row(6)?.getAttribute('aria-selected')).toBe('true');
  expect(row(7)?.getAttribute('aria-selected')).toBe('false');
  await press$('{Control>}a{/Control}{Control>}c{/Control}');
  expect((await get('error')).textContent).toContain('選取了 20,000 筆，一次最多複製 5,000 筆。');
  expect(copied).toHaveLength(1);
});

test('a clipboard that takes nothing is told', async () => {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
  document.execCommand = () => false;
  await openRows(200);
  await press('data-copy');
  expect((await get('error')).textContent).toContain('剪貼簿沒有收下內容。');
});

test('a row is shown with what the firm wrote, then in its own table, and back', async () => {
  const { calls } = await openRows(200);
  await press('head-account');
  await press('filter-hidden');
  await until(async () => expect(await text('data-count')).toBe('6 / 1,043 筆'));
  await press$('{ArrowDown}{ArrowDown}');
  const detail = await get('row-detail');
  await until(() => expect(detail.textContent).toContain('隱藏列'));
  const wanted = detail.dataset.row;
  await press$('o');
  await until(async () => expect((await get('row-detail')).dataset.row).toBe(wanted));
  expect(lastRows(calls)).toMatchObject({ sort: [], filters: [{ test: 'sheet' }] });
  const here = document.querySelector('[data-testid^=data-row-].here');
  expect(here?.querySelector('.source')?.textContent).toContain(wanted);
  await press('source-back');
  await until(async () => expect(await text('data-count')).toBe('6 / 1,043 筆'));
  expect(lastRows(calls).sort).toHaveLength(1);
});

test('why a cell has no value is said in shape and word, with the original', async () => {
  await openRows(200);
  await press$('f');
  await user.selectOptions(await get('filter-column'), 'last_login');
  await user.selectOptions(await get('filter-test'), 'never');
  await press('filter-apply');
  await press$('{End}{ArrowLeft}');
  await until(() => expect(cell(0).join(' ')).toMatch(/◇從未「(從未登入|Never)」/));
  await press('chip-0');
  await press('filter-status');
  await user.selectOptions(await get('filter-test'), 'unreadable');
  await press('filter-apply');
  await until(() => expect(cell(0).join(' ')).toContain('●無法判讀「凍結?」'));
});

test('the profile of a column leads to its rows, by bar, by key and by value', async () => {
  const { calls } = await openRows(200);
  await press$('{End}{ArrowLeft}p');
  const bin = await get('bin-0');
  expect(bin.getAttribute('tabindex')).toBe('0');
  bin.focus();
  await press$('{ArrowRight}');
  expect(document.activeElement).toBe(await get('bin-1'));
  expect(await text('bin-word')).toMatch(/^\d+(\.\d+)?：[\d,]+ 筆$/);
  await press$('{Enter}');
  await until(() =>
    expect(lastRows(calls).filters[0]).toMatchObject({ column: 'last_login', test: 'between' })
  );
  await press('profile-never');
  await until(() =>
    expect(lastRows(calls).filters[1]).toMatchObject({ column: 'last_login', test: 'never' })
  );
  await press('chips-clear');
  await press('top-0');
  await until(() =>
    expect(lastRows(calls).filters[0]).toMatchObject({ column: 'last_login', test: 'equals' })
  );
  const rows = document.querySelectorAll('[data-testid=profile] tbody tr').length;
  expect(rows).toBe(document.querySelectorAll('[data-testid^=bin-][role=button]').length);
});

test('a long look is stopped by Esc, said to be, and begun again', async () => {
  const { calls } = await openRows(120_000, 'orders');
  await press$('s');
  await until(async () => expect((await get('data-grid')).getAttribute('aria-busy')).toBe('true'));
  await press$('{Escape}');
  await get('data-again');
  expect(requests(calls, 'data_cancel').length).toBeGreaterThan(0);
  const before = requests(calls, 'data_rows').length;
  await press('data-again');
  await until(() => expect(requests(calls, 'data_rows').length).toBeGreaterThan(before));
});

test('columns become wider and narrower by keys and by hand, and stay so', async () => {
  await openRows(200);
  const width = (): number => {
    const frame = document.querySelector<HTMLElement>('.frame');
    return Number.parseInt(frame?.style.getPropertyValue('--template') ?? '');
  };
  const before = width();
  await press$('+');
  await until(() => expect(width()).toBe(before + 16));
  const grip = await get('grip-system_name');
  await fireEvent.pointerDown(grip, { clientX: 100 });
  await fireEvent.pointerMove(grip, { clientX: 140 });
  await fireEvent.pointerUp(grip);
  await until(() => expect(width()).toBe(before + 56));
  await press('data-set-orders');
  await press('data-set-accounts');
  await until(() => expect(width()).toBe(before + 56));
  (await get('data-grid')).focus();
  await press$('0');
  await until(() => expect(width()).toBe(before));
});

test('what is looked at stays while another stage is, and rows that are gone are gone', async () => {
  const { calls } = await openRows(200);
  await press('filter-hidden');
  await press('stage-items');
  await press('stage-data');
  await until(async () => expect(await text('data-count')).toBe('6 / 1,043 筆'));
  await press$('{Control>}k{/Control}');
  await user.type(await get('palette-input'), '資料內容');
  await until(() => expect(document.querySelectorAll('[role=option]').length).toBeGreaterThan(0));
  await user.keyboard('{Enter}');
  await until(() => expect(requests(calls, 'data_sets').length).toBeGreaterThan(2));
});

test('the bars are put where the rows are', async () => {
  await openRows(1_000_000, 'orders');
  const grid = await get('data-grid');
  expect(Number.parseInt(grid.querySelector<HTMLElement>('.space')!.style.height)).toBeLessThan(4_100_000);
  await press$('{Control>}{End}{/Control}');
  expect(grid.scrollTop).toBe(4_000_000 - (480 - 28));
  grid.scrollTop = 2_000_000;
  await fireEvent.scroll(grid);
  const first = Number(document.querySelector('[data-testid^=data-row-]')?.getAttribute('aria-rowindex'));
  expect(first).toBeGreaterThan(499_000);
  expect(first).toBeLessThan(501_000);
});

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

test('the rows, a profile, a condition and the keys are accessible', async () => {
  document.documentElement.lang = 'zh-Hant-TW';
  document.title = '查核簿';
  await openRows(200);
  expect(await faults()).toEqual([]);
  await press('filter-hidden');
  await press$('{End}{ArrowLeft}p');
  await get('bin-0');
  expect(await faults()).toEqual([]);
  await press$('f');
  await get('filter-apply');
  expect(await faults()).toEqual([]);
  await user.click(document.querySelector('[data-testid=filter] .foot button:last-child')!);
  await until(() => expect(has('filter')).toBe(false));
  await press$('?');
  await get('keys');
  expect(await faults()).toEqual([]);
}, 60_000);
