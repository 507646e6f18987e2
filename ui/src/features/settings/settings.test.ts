import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../../shared/testing/window';

const value = async (id: string): Promise<string> => ((await get(id)) as HTMLInputElement).value;
const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow();
  await unlock();
  await press('settings-open');
  await get('settings-save');
  return window;
}

test('settings are saved as they were written, and are there again', async () => {
  const { calls } = await open();
  expect(await disabled('settings-save')).toBe(true);
  await fill('settings-organisation', '  某證券交易所 ');
  await fill('settings-exit', '結束會談');
  await user.clear(await get('settings-severity-0'));
  await fill('settings-categories', '存取控制\n\n網路安全\n');
  await press('settings-mask');
  expect((await get('settings-told')).textContent).toContain('尚未儲存');
  await press('settings-save');
  await until(async () => expect((await get('settings-told')).textContent).toContain('已儲存'));
  expect(requests(calls, 'settings_set')).toEqual([
    {
      organisation: '某證券交易所',
      severity: ['', '高', '中', '低'],
      categories: ['存取控制', '網路安全'],
      exit_meeting: '結束會談',
      mask: false
    }
  ]);
  document.querySelector('dialog')?.dispatchEvent(new Event('cancel'));
  await until(() => expect(has('settings')).toBe(false));
  await press('settings-open');
  expect(await value('settings-categories')).toBe('存取控制\n網路安全');
});

test('a scale of one grade, or with a word twice, cannot be saved and says why at the words', async () => {
  const { calls } = await open();
  await fill('settings-severity-1', '中');
  expect((await get('settings-severity-hint')).textContent).toContain('「中」重複');
  expect(await disabled('settings-save')).toBe(true);
  for (const n of [0, 1, 2]) await user.clear(await get(`settings-severity-${n}`));
  expect((await get('settings-severity-hint')).textContent).toContain('至少要有兩級');
  await user.keyboard('{Control>}s{/Control}');
  expect(requests(calls, 'settings_set')).toHaveLength(0);
});

test('what the host refuses stands in the window, and nothing typed is lost', async () => {
  await open();
  await fill('settings-exit', '會'.repeat(61));
  await user.keyboard('{Control>}s{/Control}');
  expect((await get('settings-error')).dataset.code).toBe('too_long');
  expect(await value('settings-exit')).toHaveLength(61);
});

test('the palette leads to the settings from within an exam', async () => {
  openWindow();
  await openExam();
  await press('palette-open');
  await user.type(await get('palette-input'), '機構設定');
  await until(() => expect(document.querySelectorAll('[role=option]').length).toBeGreaterThan(0));
  await user.keyboard('{Enter}');
  await get('settings-organisation');
});

test('the settings are accessible', async () => {
  await open();
  expect(await faults()).toEqual([]);
});

test('what was set is taken back in its order, and brought back', async () => {
  const { calls } = await open();
  await fill('settings-organisation', '某證券交易所');
  await press('settings-save');
  await until(async () => expect((await get('settings-undo')).textContent).toContain('復原：查核單位名稱'));
  await user.selectOptions(await get('security-idle'), '30');
  await until(async () => expect((await get('settings-undo')).textContent).toContain('閒置多久自動上鎖'));
  const first = (requests(calls, 'security_set') as { idle_minutes: number }[])[0]!;
  expect(first.idle_minutes).toBe(30);
  await user.keyboard('{Control>}z{/Control}');
  await until(async () => expect(await value('security-idle')).not.toBe('30'));
  await press('settings-undo');
  await until(async () => expect(await value('settings-organisation')).toBe(''));
  expect(has('settings-undo')).toBe(false);
  await user.keyboard('{Control>}y{/Control}');
  await until(async () => expect(await value('settings-organisation')).toBe('某證券交易所'));
  await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  await until(async () => expect(await value('security-idle')).toBe('30'));
});

test('what was set is still taken back when the window is opened again, but not over unsaved words', async () => {
  const { calls } = await open();
  await press('settings-mask');
  await press('settings-save');
  await get('settings-undo');
  document.querySelector('dialog')?.dispatchEvent(new Event('cancel'));
  await until(() => expect(has('settings')).toBe(false));
  await press('settings-open');
  await get('settings-undo');
  await fill('settings-exit', '會談');
  expect(has('settings-undo')).toBe(false);
  (await get('security-protected')).focus();
  await user.keyboard('{Control>}z{/Control}');
  expect(requests(calls, 'settings_set')).toHaveLength(1);
  expect(await value('settings-exit')).toBe('會談');
});
