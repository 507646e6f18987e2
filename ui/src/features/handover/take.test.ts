import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
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

async function opened(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam();
  await press('stage-handover');
  await press('handover-tab-take');
  return calls;
}

async function look(file: string): Promise<void> {
  await fill('take-path', `D:\\收\\${file}.fieldbook.age`);
  await press('take-look');
  await get('take-sha');
}

const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

test('an unknown sender has to be answered for before anything is merged', async () => {
  const calls = await opened();
  await look('未知順');
  expect((await get('take-sender')).dataset.trust).toBe('unknown');
  expect((await get('take-sender')).textContent).toContain('姓名只是檔案自稱');
  expect((await get('take-lacks')).textContent).toContain('尚未確認送件者');
  expect(await disabled('take-apply')).toBe(true);
  expect(await faults()).toEqual([]);
  await press('take-accept');
  await press('take-apply');
  expect((await get('take-done')).textContent).toContain('第 2 次合併完成');
  expect(requests(calls, 'merge_apply')[0]).toMatchObject({ sender_accepted: true, choices: [] });
});

test('a changed key bars the way whatever else is right', async () => {
  await opened();
  await look('換鑰順');
  await get('take-barred');
  expect(has('take-accept')).toBe(false);
  expect(await disabled('take-apply')).toBe(true);
});

test('a file that cannot be taken in says why, and offers nothing', async () => {
  await opened();
  await look('他人');
  expect((await get('take-refusal')).textContent).toContain('不是交給本保管庫的');
  expect(has('take-apply')).toBe(false);
  await press('take-other');
  await look('同');
  expect((await get('take-standing')).textContent).toContain('沒有新的內容');
  expect(has('take-apply')).toBe(false);
  await press('take-other');
  await fill('take-path', '帳號清冊.xlsx');
  await press('take-look');
  expect((await get('take-error')).textContent).toContain('不是交接檔');
});

test('changes are listed by kind, the one in hand before and after', async () => {
  const calls = await opened();
  await look('順');
  await get('change-row-0');
  expect((await get('take-count-answers')).textContent).toContain('80');
  await press('take-kind-findings');
  await until(async () => expect((await get('changes-told')).textContent).toBe('發現 2 筆變更'));
  expect(requests(calls, 'handover_changes').at(-1)).toMatchObject({ kind: 'findings', offset: 0 });
  const pane = await get('change-pane');
  await until(() => expect(pane.querySelector('ins')?.textContent).toContain('帳號清查每年僅一次'));
  await user.keyboard('j');
  await until(() => expect(pane.textContent).toContain('（移除）'));
});

test('a signed paper in the way is opened again in the review', async () => {
  await opened();
  await look('擋順');
  expect((await get('take-tab-blocked')).textContent).toContain('2');
  expect(await disabled('take-apply')).toBe(true);
  expect(await faults()).toEqual([]);
  await press('blocked-open-C-COL');
  await until(async () => expect((await get('paper-pane')).dataset.paper).toBe('C-COL'));
});

test('looking can be broken off', async () => {
  await opened();
  await fill('take-path', '慢.fieldbook.age');
  await press('take-look');
  await press('take-stop');
  await get('take-stopped');
  expect(has('take-sha')).toBe(false);
  expect(desk.jobs.unfinished).toEqual([]);
});

test('an exam that is not here comes in from the list of exams', async () => {
  openWindow();
  await unlock();
  await press('take-open');
  await look('新');
  expect((await get('take-summary')).textContent).toContain('庚辛期貨');
  expect(await faults()).toEqual([]);
  await press('take-apply');
  await get('take-done');
  await press('take-open-exam');
  await until(() => expect(desk.exam?.head.case_no).toBe('115-期-0007'));
});

test('a package of another exam opens that one, and is looked at there', async () => {
  openWindow();
  await unlock();
  await press('take-open');
  await look('別');
  expect(has('take-apply')).toBe(false);
  await press('take-open-exam');
  await get('change-row-0');
  expect(desk.exam?.head.id).toBe('e2');
  expect(await disabled('take-apply')).toBe(false);
});

test('a merge is undone with a reason; one that was worked on says why it cannot be', async () => {
  const calls = await opened();
  await look('順');
  await press('take-apply');
  await press('take-to-merges');
  expect((await get('merge-1')).textContent).toContain('繼續查核');
  expect(has('merge-undo-1')).toBe(false);
  await press('merge-undo-2');
  expect(await disabled('undo-merge-go')).toBe(true);
  expect(await faults()).toEqual([]);
  await fill('undo-merge-reason', '誤收前一版');
  await press('undo-merge-go');
  await until(async () => expect((await get('merge-2')).dataset.undone).toBe('true'));
  expect((await get('merge-2')).textContent).toContain('誤收前一版');
  expect(requests(calls, 'merge_undo')).toEqual([{ merge: 2, reason: '誤收前一版' }]);
  expect(has('merge-undo-2')).toBe(false);
});

test('a package that the window was started with is looked at once the vault is open', async () => {
  const { calls } = openWindow({ given: 'D:\\收\\未知順.fieldbook.age' });
  expect(has('take-window')).toBe(false);
  await unlock();
  await get('take-sha');
  expect(has('take-window')).toBe(true);
  expect(requests(calls, 'handover_inspect')).toEqual([{ path: 'D:\\收\\未知順.fieldbook.age' }]);
});
