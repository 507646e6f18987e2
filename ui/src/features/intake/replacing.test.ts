import { expect, test } from 'vitest';
import type { ImportRequest } from '../../backend';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  until,
  user
} from '../../shared/testing/window';

const line = async (id: string): Promise<string> => (await get(id)).closest('tr')!.textContent ?? '';

/** The list of assets is stored, and a newer version of it waits. */
async function again(): Promise<ReturnType<typeof openWindow>> {
  const opened = openWindow();
  await openExam('data');
  await fill('import-path', '/in/設備盤點1091231.xlsx');
  await user.keyboard('{Enter}');
  await get('sheet-0-0');
  await press('import-all');
  await get('batch-1');
  await fill('import-path', '/in/設備盤點1100131.xlsx');
  await user.keyboard('{Enter}');
  await get('ask-0-0-0');
  return opened;
}

test('a newer list never takes the place of another by itself', async () => {
  await again();
  expect(await line('sheet-0-0')).toContain('待確認 1');
  expect((await get('ask-0-0-0')).textContent).toMatch(
    /取代 〈設備盤點1091231.xlsx・實地盤點・183 筆〉.*名稱相近.*新的清單/
  );
  expect(((await get('import-all')) as HTMLButtonElement).disabled).toBe(true);
});

test('the comparison shows what came, went and changed, and leads to the replacement', async () => {
  const { calls } = await again();
  const [list] = (await get('replaces')).querySelectorAll('button');
  await user.click(list!);
  expect((await get('compare-counts')).textContent).toMatch(/變更.*1.*新增.*2.*移除.*1.*相同.*68/);
  expect((await get('compare-rows')).textContent).toMatch(/vendor01.*12 → 12.*狀態 啟用 → 停用/);
  await press('compare-replace');
  await until(() => expect(has('compare')).toBe(false));
  await press('import-all');
  const replaced = (await get('batch-1')).querySelector('button[aria-expanded]')!;
  if (replaced.getAttribute('aria-expanded') === 'false') await user.click(replaced);
  await until(async () => expect((await get('batch-1')).textContent).toContain('已由第 2 批取代'));
  const [compared] = requests(calls, 'import_compare') as { file: ImportRequest['files'][number] }[];
  const [, run] = requests(calls, 'import_run') as ImportRequest[];
  expect(run?.files[0]?.sheets[0]?.replaces).toBe(compared?.file.sheets[0]?.replaces);
  expect(run?.files[0]?.sheets[0]?.replaces).toBeGreaterThan(0);
});

test('another list beside the stored one is stored beside it', async () => {
  const { calls } = await again();
  await press('replaces-none');
  await press('import-all');
  await get('batch-2');
  const [, run] = requests(calls, 'import_run') as ImportRequest[];
  expect(run?.files[0]?.sheets[0]?.replaces).toBeNull();
});

test('a table that still waits is asked about a list that was stored meanwhile, and no more when that is taken back', async () => {
  openWindow();
  await openExam('data');
  await fill('import-path', '/in/設備盤點1091231.xlsx;/in/掃描資產設備1100131.xlsx');
  await user.keyboard('{Enter}');
  await get('ask-1-0-0');
  await press('import-all');
  await get('batch-1');
  const kinds = (): (string | undefined)[] =>
    [...document.querySelectorAll<HTMLElement>('[data-testid^="ask-0-0-"][data-kind]')].map(
      (e) => e.dataset.kind
    );
  await until(() => expect(kinds()).toEqual(['origin', 'earlier']));
  await press('batch-1-undo');
  await fill('undo-word', '撤銷');
  await press('undo-confirm');
  await until(() => expect(kinds()).toEqual(['origin']));
});
