import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
import { get, has, openWindow, press, requests, unlock, until, user } from '../../shared/testing/window';

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow({ begun: true });
  await unlock();
  await press('exam-open-e1');
  await press('stage-outputs');
  await press('document-papers');
  await press('papers-look');
  return window;
}

const text = async (id: string): Promise<string> => (await get(id)).textContent!.replace(/\s+/g, ' ').trim();
const selected = async (id: string): Promise<string | null> => (await get(id)).getAttribute('aria-selected');

test('the papers of the set are listed with their sheets; one that is chosen is shown as it would be written', async () => {
  const { calls } = await open();
  expect(await text('paper-F-00')).toMatch(/F-00.*缺失彙總表.*追蹤覆查/);
  await press('paper-F-00');
  await until(async () => expect(await text('sheets-grid')).toContain('缺失編號'));
  expect(await text('sheets')).toContain('F-00 缺失彙總表');
  const [title] = (await get('sheets-grid')).querySelectorAll('td');
  expect([title!.textContent, title!.colSpan]).toEqual(['缺失彙總表', 5]);
  expect((await get('sheets-grid')).querySelector('input, textarea, [contenteditable]')).toBeNull();
  expect(requests(calls, 'output_paper')).toEqual([{ paper: 'F-00', draft: true }]);
  expect(requests(calls, 'export_papers')).toEqual([]);
});

test('sheets are turned with the arrows on the tabs and with Ctrl and Page Down anywhere', async () => {
  const { calls } = await open();
  await press('paper-A-01');
  await get('sheets-grid');
  (await get('sheet-0')).focus();
  await user.keyboard('{ArrowRight}');
  expect(await selected('sheet-1')).toBe('true');
  expect(document.activeElement).toBe(await get('sheet-1'));
  await user.keyboard('{ArrowRight}');
  await user.keyboard('{Control>}{PageUp}{/Control}');
  expect(await selected('sheet-0')).toBe('true');
  await until(() =>
    expect(requests(calls, 'output_grid')).toEqual([{ sheet: 0 }, { sheet: 1 }, { sheet: 0 }])
  );
});

test('a long sheet says that only its beginning is shown', async () => {
  await open();
  await press('paper-T-COL-05');
  await get('sheets-grid');
  expect(has('sheets-cut')).toBe(false);
  await press('sheet-1');
  expect(await text('sheets-cut')).toContain('僅顯示開頭');
});

test('a final set is asked for as such, and a paper that cannot be shown is told in its window', async () => {
  const { calls } = openWindow({
    begun: true,
    change: (name) => {
      if (name === 'output_grid')
        throw { code: 'failed', message: '預覽已經關閉。', hint: '請再按一次「預覽」。' };
    }
  });
  await unlock();
  await press('exam-open-e1');
  await press('stage-outputs');
  await press('export-draft');
  await press('document-papers');
  await press('papers-look');
  await press('paper-B-01');
  expect(await text('sheets-error')).toContain('預覽已經關閉');
  expect(requests(calls, 'output_paper')).toEqual([{ paper: 'B-01', draft: false }]);
});

test('closing gives the list and its focus back, and the window is accessible', async () => {
  await open();
  await press('paper-B-01');
  await get('sheets-grid');
  expect(await faults()).toEqual([]);
  await user.click(document.querySelector<HTMLElement>('[data-testid=sheets] .close')!);
  expect(has('sheets')).toBe(false);
  expect(document.activeElement).toBe(await get('paper-B-01'));
  await press('papers-look');
  expect(has('paper-B-01')).toBe(false);
});

test('the arrows go through the list of papers, which the Tab key enters once', async () => {
  await open();
  const first = await get('paper-A-01');
  first.focus();
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(await get('paper-A-02'));
  expect([first.tabIndex, (await get('paper-A-02')).tabIndex]).toEqual([-1, 0]);
  await user.keyboard('{End}');
  expect(document.activeElement!.getAttribute('data-testid')).toMatch(/^paper-T-/);
});
