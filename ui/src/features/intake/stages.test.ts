import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import { fill, get, openExam, openWindow, press, until, user } from '../../shared/testing/window';

const text = async (id: string): Promise<string> => (await get(id)).textContent ?? '';

test('files that come after a look at another stage are counted, and can go in', async () => {
  openWindow();
  await openExam('data');
  await get('import-path');
  await press('stage-items');
  await press('stage-data');
  await fill('import-path', '/in/設備盤點1.xlsx;/in/設備盤點2.xlsx');
  await user.keyboard('{Enter}');
  await get('sheet-1-0');
  await until(() => expect(desk.jobs.unfinished).toEqual([]));
  expect(await text('foot-ready')).toContain('2');
  expect((await get('import-all')).hasAttribute('disabled')).toBe(false);
});

test('files that wait are still there after a look at another stage', async () => {
  openWindow();
  await openExam('data');
  await press('import-browse');
  await get('import-error-3');
  await press('stage-items');
  await press('stage-data');
  expect((await get('sheet-2-0')).closest('tr')?.textContent).toContain('可匯入');
});
