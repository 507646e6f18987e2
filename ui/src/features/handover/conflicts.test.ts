import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { MergeApplyRequest } from '../../backend';
import { faults } from '../../shared/testing/faults';
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

async function opened(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam();
  await press('stage-handover');
  await press('handover-tab-take');
  await fill('take-path', '乙.fieldbook.age');
  await press('take-look');
  await get('conflict-card');
  return calls;
}

const choice = async (id: string): Promise<string | undefined> =>
  (await get(`conflict-${id}`)).dataset.choice;
const inHand = async (id: string): Promise<void> =>
  until(async () => expect((await get('conflict-card')).dataset.conflict).toBe(id));
const text = async (): Promise<string> => ((await get('conflict-text')) as HTMLTextAreaElement).value;
const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

test('every conflict is decided by keys, and only then it can be merged', async () => {
  const calls = await opened();
  expect((await get('conflict-side-ours')).textContent).toContain('查核人員甲　115.03.02 10:12');
  expect((await get('conflict-ancestor')).textContent).toContain('未查核');
  await user.keyboard('{ArrowRight}');
  await until(async () => expect(await choice('k1')).toBe('theirs'));
  await user.keyboard('j{ArrowLeft}jjj');
  await inHand('k5');
  expect(await choice('k2')).toBe('ours');
  expect(await disabled('take-apply')).toBe(true);
  for (let n = 0; n < 6; n += 1) await user.keyboard('n{ArrowLeft}');
  await user.keyboard('{ArrowLeft}');
  await until(async () => expect((await get('conflicts-told')).textContent).toContain('未決定 0'));
  expect(await faults()).toEqual([]);
  await press('take-apply');
  await get('take-done');
  const { choices } = requests(calls, 'merge_apply')[0] as MergeApplyRequest;
  expect(choices).toHaveLength(7);
  expect(choices[0]).toEqual({ id: 'k1', choice: 'theirs', text: '' });
});

test('two texts are joined with names and times, the earlier first, and may be changed before they stand', async () => {
  const calls = await opened();
  await press('conflict-k4');
  await user.keyboard('b');
  expect(await text()).toBe(
    '〔查核人員甲 115.03.02 09:05〕\n115.03.02 進場會議紀錄\n〔查核人員乙 115.03.02 09:20〕\n受查單位 115.02.26 函復之系統清冊'
  );
  expect(await choice('k4')).toBe('open');
  await user.type(await get('conflict-text'), '；兩者相符');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await until(async () => expect(await choice('k4')).toBe('both'));
  expect((await get('conflict-written')).textContent).toContain('兩者相符');
  for (let n = 0; n < 6; n += 1) await user.keyboard('n{ArrowRight}');
  await press('take-apply');
  await get('take-done');
  const { choices } = requests(calls, 'merge_apply')[0] as MergeApplyRequest;
  expect(choices.find((one) => one.id === 'k4')?.text).toMatch(/兩者相符$/);
});

test('what is written is dropped by Escape and kept while an input method composes', async () => {
  await opened();
  await press('conflict-k2');
  await user.keyboard('{ArrowRight}e');
  expect(await text()).toContain('fw-colo-02');
  const field = await get('conflict-text');
  await fireEvent.keyDown(field, { key: 'Escape', isComposing: true });
  await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true, isComposing: true });
  expect(has('conflict-text')).toBe(true);
  await fireEvent.keyDown(field, { key: 'Escape' });
  await until(() => expect(has('conflict-text')).toBe(false));
  expect(await choice('k2')).toBe('theirs');
  await user.keyboard('x');
  await until(async () => expect(await choice('k2')).toBe('open'));
});

test('what is no text is one of the two', async () => {
  await opened();
  await press('conflict-k6');
  expect((await get('conflict-side-theirs')).textContent).toContain('已移除這筆紀錄');
  expect(await disabled('conflict-both')).toBe(true);
  await user.keyboard('be');
  expect(has('conflict-text')).toBe(false);
});

test('all of a kind are decided at once after somebody said so; what was decided stays', async () => {
  await opened();
  await user.keyboard('{ArrowRight}a');
  expect((await get('conflicts-bulk-window')).textContent).toContain('尚未決定的 2 項');
  expect(await disabled('bulk-go')).toBe(true);
  await press('bulk-ours');
  expect(await choice('k2')).toBe('open');
  await press('bulk-go');
  expect(await Promise.all(['k1', 'k2', 'k3', 'k4'].map(choice))).toEqual(['theirs', 'ours', 'ours', 'open']);
  await press('conflict-k5');
  await user.keyboard('a');
  await press('bulk-later');
  await press('bulk-go');
  expect(await Promise.all(['k5', 'k6'].map(choice))).toEqual(['theirs', 'ours']);
});

test('choices stay while another stage is looked at and when the same file is looked at again', async () => {
  await opened();
  await user.keyboard('{ArrowRight}');
  await press('stage-profile');
  await press('stage-handover');
  expect(await choice('k1')).toBe('theirs');
  await press('take-again');
  await until(async () => expect(await disabled('take-again')).toBe(false));
  expect(await choice('k1')).toBe('theirs');
  await press('take-other');
  await fill('take-path', '另一份.fieldbook.age');
  await press('take-look');
  await get('conflict-card');
  expect(await choice('k1')).toBe('open');
  await press('take-other');
  await fill('take-path', '乙.fieldbook.age');
  await press('take-look');
  await get('conflict-card');
  expect(await choice('k1')).toBe('theirs');
});

test('the arrows choose after the tab was clicked, and walk through the tabs after they walked there', async () => {
  await opened();
  await press('take-tab-conflicts');
  await user.keyboard('{ArrowRight}');
  expect(await choice('k1')).toBe('theirs');
  (await get('take-tab-conflicts')).focus();
  await user.keyboard('{ArrowRight}');
  await get('blocked-none');
});
