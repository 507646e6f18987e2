import { expect, test } from 'vitest';
import { get, has, openWindow, press, requests, unlock, until, user } from '../../shared/testing/window';

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow({ begun: true });
  await unlock();
  await press('exam-open-e1');
  await press('stage-findings');
  return window;
}

const text = async (id: string): Promise<string> => (await get(id)).textContent!.replace(/\s+/g, ' ').trim();

test('a finding is looked at as the report prints it, page by page', async () => {
  const { calls } = await open();
  await press('finding-1');
  await press('finding-print');
  await until(async () => expect(await text('page-large')).toMatch(/預覽列印 \S+-F01 第 1／2 頁/));
  expect(await text('page-note')).toContain('一律標示草稿');
  await until(async () => expect((await get('page-large')).querySelector('img')).not.toBeNull());
  await user.keyboard('{ArrowRight}');
  await until(async () => expect(await text('page-large')).toContain('第 2／2 頁'));
  expect(requests(calls, 'finding_pages')).toEqual([{ no: 1 }]);
  expect(requests(calls, 'output_page')).toEqual([
    { page: 0, width: 1200 },
    { page: 1, width: 1200 }
  ]);
});

test('P opens it, and changes that are not saved are said to be left out', async () => {
  await open();
  await press('finding-4');
  await user.type(await get('finding-title'), 'p');
  expect(has('page-large')).toBe(false);
  (await get('finding-title')).blur();
  await user.keyboard('p');
  expect(await text('page-note')).toContain('尚未儲存之修改不在其中');
});

test('what the report does not print has no such button', async () => {
  await open();
  await press('finding-new');
  await get('finding-title');
  expect(has('finding-print')).toBe(false);
});

test('pages that cannot be made are told in the window', async () => {
  openWindow({
    begun: true,
    change: (name) => {
      if (name === 'finding_pages')
        throw { code: 'failed', message: '沒有這一則缺失。', hint: '請重新整理缺失清單。' };
    }
  });
  await unlock();
  await press('exam-open-e1');
  await press('stage-findings');
  await press('finding-1');
  await press('finding-print');
  expect(await text('page-error')).toContain('沒有這一則缺失');
});
