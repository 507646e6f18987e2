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
import { desk } from '../../shared/state/desk.svelte';
import { actWord, fieldWord, valueWord } from './words';

async function withTrail(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam();
  desk.floating = 'trail';
  await get('trail-240');
  return calls;
}

test('the newest entries come first, some at a time, and an entry shows what it replaced', async () => {
  const calls = await withTrail();
  expect((await get('trail-count')).textContent).toContain('240');
  expect(requests(calls, 'trail')).toEqual([
    expect.objectContaining({ vault: false, offset: 0, limit: 100 })
  ]);
  expect(has('trail-1')).toBe(false);
  await press('trail-240');
  const entry = await get('trail-entry');
  expect(entry.textContent).toContain('修改發現');
  const result = await get('trail-field-result');
  expect(result.textContent).toContain('結果');
  expect(result.textContent).toContain('符合');
  expect(result.textContent).toContain('不符合');
  expect(result.className).toContain('changed');
  expect((await get('trail-field-method')).className).not.toContain('changed');
  await user.keyboard('j');
  await until(async () => expect((await get('trail-entry')).dataset.seq).toBe('239'));
  expect(has('trail-new')).toBe(true);
});

test('entries are narrowed by person, act, day and words; a day may be of the Republic', async () => {
  const calls = await withTrail();
  await user.selectOptions(await get('trail-by'), '查核人員乙');
  await user.selectOptions(await get('trail-family'), 'run');
  await fill('trail-from', '115.03.03');
  await user.tab();
  await until(() =>
    expect(requests(calls, 'trail').at(-1)).toEqual(
      expect.objectContaining({ by: '查核人員乙', action: 'run', from: '2026-03-03', to: '' })
    )
  );
  await fill('trail-subject', '沒有這個對象');
  await user.tab();
  await get('trail-none');
});

test('a pasted checkpoint is compared, and what is wrong is told in a sentence', async () => {
  await withTrail();
  expect((await get('trail-checkpoint')).textContent).toBe(`240:${'5f'.repeat(32)}`);
  const verify = async (text: string): Promise<HTMLElement> => {
    await fill('trail-pasted', text);
    await press('trail-verify');
    return get('trail-verdict');
  };
  expect((await verify(`200:${'5f'.repeat(32)}`)).textContent).toContain('其後新增 40 筆');
  await verify(`300:${'5f'.repeat(32)}`);
  await until(async () => expect((await get('trail-verdict')).dataset.verdict).toBe('cut'));
  expect((await get('trail-verdict')).textContent).toContain('現在只有 240 筆');
  await verify(`200:${'aa'.repeat(32)}`);
  await until(async () => expect((await get('trail-verdict')).dataset.verdict).toBe('fork'));
  await verify('亂寫');
  expect((await get('trail-verify-error')).textContent).toContain('檢查點的格式不正確');
});

test("without an exam the vault's own journal is shown, from the list of exams", async () => {
  const { calls } = openWindow();
  await unlock();
  await press('trail-open');
  await get('trail-2');
  expect(requests(calls, 'trail')).toEqual([expect.objectContaining({ vault: true })]);
  expect(has('trail-exam')).toBe(false);
});

test('codes have words, and what has none is shown as it is', () => {
  expect(actWord('paper.sign')).toBe('簽署底稿');
  expect(actWord('later.act')).toBe('later.act');
  expect(fieldWord('files.2.sha256')).toBe('files 2 SHA-256');
  expect(valueWord('result', 'no_data')).toBe('無法取得');
  expect(valueWord('note', 'no_data')).toBe('no_data');
});

test('the window is accessible', async () => {
  await withTrail();
  await press('trail-240');
  expect(await faults()).toEqual([]);
});
