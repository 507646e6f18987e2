import { expect, test } from 'vitest';
import type { LockNoticeView } from '../backend';
import { faults } from '../shared/testing/faults';
import { get, has, openExam, openWindow, press, requests, until, user } from '../shared/testing/window';

const notice = (change: Partial<LockNoticeView>): LockNoticeView => ({
  step: 'soon',
  seconds: 30,
  by: 'idle',
  waits: false,
  ...change
});

test('a countdown is shown, and any key stops it and tells the host at once', async () => {
  const { calls, tell } = openWindow();
  await openExam();
  const before = requests(calls, 'session_touch').length;
  tell(notice({ seconds: 28 }));
  expect((await get('lock-seconds')).textContent).toBe('28 秒');
  expect(await faults()).toEqual([]);
  await user.keyboard('{Shift}');
  await until(() => expect(has('lock-notice')).toBe(false));
  expect(requests(calls, 'session_touch')).toHaveLength(before + 1);
});

test('the host is told of somebody once in a while, not with every key', async () => {
  const { calls } = openWindow();
  await openExam();
  await user.keyboard('jjjjkkkkjjjj');
  expect(requests(calls, 'session_touch')).toHaveLength(1);
});

test('a lock that comes stores what was written first, and says why it came', async () => {
  const { calls, tell } = openWindow();
  await openExam('items');
  await user.type(await get('item-note'), '訪談資訊主管');
  tell(notice({ step: 'now', by: 'sleep', seconds: 0 }));
  expect((await get('locked-by')).textContent).toContain('休眠');
  const names = calls.map(([name]) => name);
  expect(names.lastIndexOf('answer')).toBeGreaterThan(0);
  expect(names.lastIndexOf('answer')).toBeLessThan(names.lastIndexOf('vault_lock'));
  await until(() => expect(has('lock-notice')).toBe(false));
});

test('Ctrl+L locks from everywhere, out of a dialog and out of a field too', async () => {
  openWindow();
  await openExam('findings');
  await press('finding-new');
  await user.type(await get('finding-title'), '甲');
  await user.keyboard('{Control>}l{/Control}');
  await get('vault-passphrase');
  expect(document.body.textContent).not.toContain('甲乙');
});
