import axe from 'axe-core';
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const said = async (id: number): Promise<string | undefined> =>
  (await get(`exception-${id}`)).dataset.disposition;

async function ran(change?: (name: string) => void): Promise<[string, unknown][]> {
  const { calls } = openWindow({ change });
  await openExam('tests');
  await press('run-all');
  await until(async () => expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions'));
  await press('procedure-T-COL-06');
  await get('exception-2001');
  return calls;
}

test('what was said in an earlier exam stands beside the row and decides nothing', async () => {
  const calls = await ran();
  expect(has('proposal')).toBe(false);
  await press('exception-2002');
  expect(await text('exception-2002')).toContain('前次查核：合理說明');
  expect(await text('proposed')).toBe(
    '↩ 前次查核：✓合理說明「報表查詢帳號，已由主管核准」 查核人員丙 108.11.06 10:22'
  );
  expect(await said(2002)).toBe('');
  expect(requests(calls, 'dispose')).toHaveLength(0);
  expect(await faults()).toEqual([]);
});

test('P takes the proposal over into a reason that can be changed; Enter makes it the examiner’s own', async () => {
  const calls = await ran();
  await press('exception-2002');
  await user.keyboard('p');
  const field = (await get('dispose-note')) as HTMLInputElement;
  expect(document.activeElement).toBe(field);
  expect(field.value).toBe('報表查詢帳號，已由主管核准');
  expect(requests(calls, 'dispose')).toHaveLength(0);
  await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect(requests(calls, 'dispose')).toHaveLength(0);
  await user.keyboard('，本次覆核{Enter}');
  await until(async () => expect(await said(2002)).toBe('explained'));
  expect(requests(calls, 'dispose')).toEqual([
    { ids: [2002], kind: 'explained', note: '報表查詢帳號，已由主管核准，本次覆核' }
  ]);
  expect(await text('source-row')).toContain('查核人員甲');
  expect(has('proposal')).toBe(false);
});

test('of several rows those with the same proposal are taken at once, the others stay selected', async () => {
  const calls = await ran();
  await press('exception-2001');
  await user.keyboard('{Shift>}');
  await press('exception-2005');
  await user.keyboard('{/Shift}');
  expect(await text('proposal')).toBe('↩採用前次（1） P');
  await user.keyboard('p{Escape}');
  expect(await text('selected-count')).toBe('選取 5 筆');
  expect(((await get('dispose-note')) as HTMLInputElement).value).toBe('');
  await user.keyboard('p{Enter}');
  await until(async () => expect(await text('proposal')).toBe('↩採用前次（2） P'));
  await user.keyboard('p');
  expect(await text('disposed-told')).toContain('前次為「合理說明」，2 筆');
  expect(await faults()).toEqual([]);
  await user.keyboard('{Enter}');
  await until(async () => expect(await text('selected-count')).toBe('選取 2 筆'));
  expect(requests(calls, 'dispose')).toEqual([
    { ids: [2005], kind: 'false_positive', note: '僅以憑證登入，無密碼' },
    { ids: [2002, 2003], kind: 'explained', note: '報表查詢帳號，已由主管核准' }
  ]);
});

test('Ctrl+Z takes dispositions of this session back, the last first, on other procedures too', async () => {
  const calls = await ran();
  expect(has('dispose-undo')).toBe(false);
  await user.keyboard('o');
  await until(async () => expect(await said(2001)).toBe('open'));
  await user.type(await get('dispose-note'), '屬實');
  await press('dispose-confirmed');
  await until(async () => expect(await said(2001)).toBe('confirmed'));
  await press('procedure-T-COL-05');
  await get('exception-1001');
  expect(await text('dispose-undo')).toBe('復原 1 筆「確認」 Ctrl+Z');
  await user.keyboard('{Control>}z{/Control}');
  await until(async () => expect(await said(2001)).toBe('open'));
  expect(await text('disposed-told')).toBe('✓ 已復原：1 筆「確認」');
  await user.keyboard('{Control>}z{/Control}');
  await until(async () => expect(await said(2001)).toBe(''));
  await until(() => expect(has('dispose-undo')).toBe(false));
  await user.keyboard('{Control>}z{/Control}');
  expect(requests(calls, 'undispose')).toEqual([{ ids: [2001] }, { ids: [2001] }]);
  expect(await faults()).toEqual([]);
});

test('Ctrl+Z in a reason belongs to the reason', async () => {
  const calls = await ran();
  await user.keyboard('o');
  await until(async () => expect(await said(2001)).toBe('open'));
  await user.type(await get('dispose-note'), '甲');
  await user.keyboard('{Control>}z{/Control}');
  expect(requests(calls, 'undispose')).toHaveLength(0);
});

test('what cannot be taken back says why', async () => {
  await ran((name) => {
    if (name === 'undispose')
      throw { code: 'unknown_exception', message: '這些列已不在。', hint: '請重新執行。' };
  });
  await user.keyboard('o');
  await press('dispose-undo');
  expect(await text('undispose-error')).toContain('這些列已不在');
  expect(has('dispose-undo')).toBe(false);
});

test('where only open rows are listed, what was disposed of goes and the next comes into hand', async () => {
  await ran();
  await press('open-only');
  await until(async () => expect(await text('exception-count')).toBe('429 筆'));
  await user.type(await get('dispose-note'), '已核准');
  await press('dispose-explained');
  await until(async () => expect(await text('exception-count')).toBe('428 筆'));
  expect(has('exception-2001')).toBe(false);
  expect((await get('exception-2002')).tabIndex).toBe(0);
  await press('dispose-undo');
  await until(async () => expect(await text('exception-count')).toBe('429 筆'));
  expect((await get('exception-2001')).getAttribute('aria-selected')).toBe('true');
});

test('after a second run it is told what appeared, went and stayed, with the rows', async () => {
  await ran();
  expect(has('run-change')).toBe(false);
  await press('run-selected');
  expect(await text('change-same')).toBe('＝ 不變 427');
  expect(await text('change-appeared')).toMatch(/^＋ 新增 2 帳號清冊\.xlsx.*第 5 列/);
  expect(await text('change-gone')).toContain('第 999 列');
  expect((await get('change-gone')).hasAttribute('open')).toBe(false);
  await user.click((await get('change-gone')).querySelector('summary')!);
  expect(await faults()).toEqual([]);
});
