import { expect, test, vi } from 'vitest';
import { locale } from '../i18n';
import { desk } from '../shared/state/desk.svelte';
import { get, openExam, openWindow, press, unlock, until, user } from '../shared/testing/window';
import { startAutoLock } from './autolock';

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

test('ten idle minutes lock, a key press in between starts them anew', () => {
  vi.useFakeTimers();
  const lock = vi.fn();
  const stop = startAutoLock(lock);
  vi.advanceTimersByTime(9 * 60_000);
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  vi.advanceTimersByTime(9 * 60_000);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(61_000);
  expect(lock).toHaveBeenCalledTimes(1);
  stop();
  vi.useRealTimers();
});
