import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import { faults } from '../../shared/testing/faults';
import { get, has, openExam, openWindow, press, unlock, until, user } from '../../shared/testing/window';

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow({ begun: true });
  await unlock();
  await press('exam-open-e1');
  await get('dashboard');
  return window;
}

const text = async (id: string): Promise<string> => (await get(id)).textContent!.replace(/\s+/g, ' ').trim();
const listed = async (): Promise<number> => Number((await text('item-count')).replace(/\D/g, ''));
const button = (name: RegExp): HTMLElement => screen.getAllByRole('button', { name })[0]!;

test('an exam with answers opens at the whole of it, a new one at the profile', async () => {
  await open();
  expect(has('count-applicable')).toBe(false);
  await press('exams-back');
  await press('exam-open-e2');
  await get('count-applicable');
});

test('a figure of the results leads to exactly the items that it counts', async () => {
  await open();
  const failed = Number((await text('dashboard-result-noncompliant')).replace(/\D/g, ''));
  expect(failed).toBeGreaterThan(1);
  await press('dashboard-result-noncompliant');
  await until(async () => expect(await listed()).toBe(failed));
  await press('stage-dashboard');
  await get('dashboard');
  await user.click(button(/^資通系統存取控制$/));
  await until(async () => expect(await listed()).toBe(13));
});

test('the items that are open are one press away', async () => {
  await open();
  const [done, all] = (await text('dashboard-answered')).match(/\d+/g)!.map(Number);
  await press('dashboard-answered');
  await until(async () => expect(await listed()).toBe(all! - done!));
});

test('T shows the same figures as a table, with those of the last exam, and the pictures again', async () => {
  await open();
  await get('dashboard-chapters');
  await user.keyboard('t');
  const table = await get('dashboard-table');
  const row = [...table.querySelectorAll('tbody tr')].find((tr) =>
    tr.textContent?.includes('資通系統存取控制')
  )!;
  const figures = [...row.querySelectorAll('td')].map((td) => Number(td.textContent));
  expect(figures.slice(0, 6).reduce((sum, n) => sum + n, 0)).toBe(figures[6]);
  expect(figures).toHaveLength(9);
  expect(has('dashboard-chapters')).toBe(false);
  await user.keyboard('t');
  await get('dashboard-chapters');
});

test('the widths of a bar are its shares, and nothing is left of it', async () => {
  await open();
  const bar = document.querySelector('[aria-labelledby=dashboard-results] svg')!;
  const widths = [...bar.querySelectorAll('rect')].map((rect) => parseFloat(rect.getAttribute('width')!));
  expect(widths.length).toBe(6);
  expect(widths.reduce((sum, wide) => sum + wide, 0)).toBeCloseTo(100, 1);
  expect(document.querySelector('[style]')).toBeNull();
});

test('findings are counted by status and severity, beside those of the last exam', async () => {
  await open();
  const rows = [...(await get('dashboard-findings')).querySelectorAll('tbody tr')].map((tr) =>
    [...tr.children].map((cell) => cell.textContent?.trim())
  );
  expect(rows.at(-1)).toEqual(['合計', '1', '2', '2', '1', '6']);
  expect(await text('dashboard-compared')).toMatch(/重大\s*2\s*1/);
  await user.click(button(/重大，已回覆 1 項/));
  await get('finding-1');
});

test('what the firm owes stands there, overdue first, and leads to the finding', async () => {
  await open();
  expect(await text('dashboard-over')).toContain('逾期 1 項');
  const first = (await get('due-list')).querySelector('tbody tr') as HTMLElement;
  expect(first.dataset.testid).toBe('due-e1-1');
  expect(first.textContent).toContain('逾期 10 日');
  await press('due-open-e1-1');
  await until(async () => expect((await get('finding-1')).getAttribute('aria-current')).toBe('true'));
});

test('an exam without answers says so by its figures, not by an empty page', async () => {
  openWindow();
  await openExam('dashboard');
  expect(await text('dashboard-answered')).toMatch(/^已查核 0 \/ \d+ 項$/);
  expect(await text('dashboard-reviewed')).toMatch(/^底稿已覆核 0 \/ \d+ 份$/);
  expect(await text('dashboard')).toContain('尚無查核發現');
  expect(((await get('dashboard-result-compliant')) as HTMLButtonElement).disabled).toBe(true);
});

test('the whole of the exam is Alt+0, and the stages keep their keys', async () => {
  openWindow();
  await openExam('items');
  await user.keyboard('{Alt>}0{/Alt}');
  await get('dashboard');
  await user.keyboard('{Alt>}2{/Alt}');
  await until(() => expect(desk.stage).toBe('items'));
});

test('pictures and tables are accessible', async () => {
  await open();
  await until(() => expect(document.body.textContent).toContain('證券商資通系統安全防護基準自律規範'));
  expect(await faults()).toEqual([]);
  await press('dashboard-as-table');
  await get('dashboard-table');
  expect(await faults()).toEqual([]);
  await press('dashboard-bars');
});
