import { expect, test } from 'vitest';
import type { StatusView } from '../backend';
import { locale } from '../i18n';
import { desk } from '../shared/state/desk.svelte';
import {
  beginAgain,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../shared/testing/window';

test('the palette finds a clause by its words and opens it', async () => {
  openWindow();
  await openExam();
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await get('palette-input'), '每三個月變更 公司其他');
  await until(() => expect(document.querySelectorAll('[role=option]').length).toBeGreaterThan(0));
  await user.keyboard('{Enter}');
  expect((await get('item-pane')).dataset.clause).toMatch(/^COL-(D6|G5)\.1$/);
});

test('the palette opens another exam', async () => {
  openWindow();
  await unlock();
  await press('palette-open');
  await user.type(await get('palette-input'), '戊己期貨');
  await until(() => expect(document.querySelectorAll('[role=option]')).toHaveLength(1));
  await user.keyboard('{Enter}');
  await until(() => expect(desk.exam?.head.id).toBe('e2'));
});

test('pages that begin again show the open exam, and say that they did', async () => {
  openWindow();
  await openExam();
  expect(has('begun-again')).toBe(false);
  beginAgain();
  await get('stage-items');
  expect(desk.exam?.head.id).toBe('e1');
  expect((await get('begun-again')).textContent).toContain('已重新開啟');
  await press('begun-again-close');
  expect(has('begun-again')).toBe(false);
  await press('lock');
  await get('vault-unlock');
});

test('every text follows a change of language at once', async () => {
  openWindow();
  await openExam();
  await press('language');
  await until(() => expect(document.body.textContent).toContain('Profile of the firm'));
  locale.toggle();
  await until(() => expect(document.body.textContent).toContain('受查單位概況'));
});

test('the status bar says when, as of which day and over which period', async () => {
  openWindow();
  await openExam();
  await until(() => expect(document.querySelector('footer')?.textContent).toMatch(/已儲存 \d\d:\d\d:\d\d/));
  expect(document.querySelector('footer')?.textContent).toContain('基準日 民國109年12月31日');
  expect(document.querySelector('footer')?.textContent).toContain('109.01.01–109.12.31');
});

test('another examiner takes over, and the words of a finding that was begun stay', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await user.type(await get('finding-title'), '甲');
  await press('examiner-open');
  await until(() => expect(document.activeElement?.getAttribute('role')).toBe('menuitemradio'));
  await user.keyboard('{ArrowDown}{Enter}');
  await until(async () => expect((await get('examiner-open')).textContent).toContain('查核人員乙'));
  expect(requests(calls, 'exam_work_as')).toEqual([{ examiner: '查核人員乙' }]);
  expect(((await get('finding-title')) as HTMLInputElement).value).toBe('甲');
  expect(has('examiner-0')).toBe(false);
});

test('no letter reaches the screen behind the menu of examiners, and Escape gives the focus back', async () => {
  openWindow();
  await openExam('patterns');
  await get('pattern-C1');
  await press('examiner-open');
  await until(() => expect(document.activeElement?.getAttribute('role')).toBe('menuitemradio'));
  await user.keyboard('f{Escape}');
  expect(has('pattern-C1')).toBe(true);
  expect(document.activeElement).toBe(await get('examiner-open'));
});

test('items that await data are counted in the status bar', async () => {
  openWindow({
    change: (name, answer) => {
      if (name === 'status') (answer as StatusView).items_awaited = 3;
    }
  });
  await openExam();
  expect((await get('awaited-open')).textContent).toContain('待補資料 3');
  await press('awaited-open');
  await until(() => expect(document.querySelector('main')?.dataset.stage).toBe('items'));
});

test('what undo would take back is told where its key works', async () => {
  openWindow({
    change: (name, answer) => {
      if (name === 'status') (answer as StatusView).undo = 'D4.1 符合';
    }
  });
  await openExam();
  expect(has('undo-hint')).toBe(false);
  await press('stage-items');
  expect((await get('undo-hint')).textContent).toContain('復原：D4.1 符合');
});

test.each([
  ['檢查表版本', 'package-path'],
  ['調閱資料', 'requests-path'],
  ['沿用', 'carry-exam'],
  ['C6 密碼未依規定', 'pattern-pane']
])('the palette leads to %s', async (words, there) => {
  openWindow();
  await openExam();
  await press('palette-open');
  await user.type(await get('palette-input'), words);
  await until(() => expect(document.querySelectorAll('[role=option]').length).toBeGreaterThan(0));
  await user.keyboard('{Enter}');
  await get(there);
});
