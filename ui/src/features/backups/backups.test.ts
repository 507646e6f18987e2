import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
import { fill, get, has, openWindow, press, requests, unlock, until } from '../../shared/testing/window';

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow();
  await unlock();
  await press('backups-open');
  await until(async () => expect((await get('backups-told')).textContent).toContain('尚未備份'));
  return window;
}

const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

test('a generation is made in the folder that was typed, and stands in the list', async () => {
  const { calls } = await open();
  expect(await disabled('backups-make')).toBe(true);
  await fill('backups-folder', ' E:\\備份 隨身碟 ');
  await fill('backups-keep', '2');
  for (const n of [1, 2, 3]) {
    await press('backups-make');
    await until(async () => expect((await get('backups-told')).textContent).toContain(`第 ${n} 代`));
  }
  expect(requests(calls, 'backup_make')[0]).toEqual({ folder: 'E:\\備份 隨身碟', keep: 2 });
  expect(has('backups-1')).toBe(false);
  expect((await get('backups-3')).textContent).toContain('完整');
  expect(await faults()).toEqual([]);
});

test('a number of generations that makes no sense cannot be asked for', async () => {
  await open();
  await fill('backups-folder', 'E:\\備份');
  for (const keep of ['0', '100']) {
    await fill('backups-keep', keep);
    expect(await disabled('backups-make')).toBe(true);
  }
});

test('what the host refuses stands in the window, and the folder stays as typed', async () => {
  await open();
  await fill('backups-folder', 'D:\\查核\\簿\\備份');
  await press('backups-make');
  expect((await get('backups-error')).textContent).toContain('保管庫自己的資料夾');
  expect(((await get('backups-folder')) as HTMLInputElement).value).toBe('D:\\查核\\簿\\備份');
});
