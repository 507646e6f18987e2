import { expect, test } from 'vitest';
import { fill, get, has, openExam, openWindow, press, requests, until } from '../../shared/testing/window';

async function openMemory(): Promise<ReturnType<typeof openWindow>> {
  const opened = openWindow();
  await openExam('data');
  await press('memory-open');
  await get('memory-0');
  return opened;
}

test('what is remembered is shown, written to a file, forgotten after a second word, and taken over again', async () => {
  const { calls } = await openMemory();
  expect((await get('memory-0')).textContent).toMatch(/帳號清冊.*代號 → 帳號.*帳號清冊\.xlsx/);
  await fill('memory-path', '/out/map.toml');
  await press('memory-export');
  expect((await get('memory-written')).textContent).toContain('/out/map.toml');
  await press('memory-0-forget');
  expect(requests(calls, 'mapping_forget')).toEqual([]);
  await press('memory-0-confirm');
  await until(() => expect(has('memory-0')).toBe(false));
  await press('memory-import');
  expect((await get('memory-taken')).textContent).toContain('讀入 1 項');
  await get('memory-0');
});
