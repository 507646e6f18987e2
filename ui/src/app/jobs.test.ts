import { expect, test } from 'vitest';
import { desk } from '../shared/state/desk.svelte';
import type { Job, JobPlan } from '../shared/state/jobs.svelte';
import { faults } from '../shared/testing/faults';
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
} from '../shared/testing/window';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset.testid;

/** Work that runs until the test ends it. */
function begin(plan: JobPlan): { job: Job; end: () => void; fail: () => void; ended: Promise<unknown> } {
  let [end, fail] = [(): void => {}, (): void => {}];
  const { job, done } = desk.jobs.queue(
    plan,
    () =>
      new Promise<void>((resolve, reject) => {
        end = resolve;
        fail = () => reject({ code: 'not_written', message: '無法寫入檔案。', hint: '請選擇另一個資料夾。' });
      })
  );
  return { job, end: () => end(), fail: () => fail(), ended: done.catch(() => {}) };
}

test('one job is told in words, with its part, and Escape stops it', async () => {
  openWindow();
  await unlock();
  expect(await text('jobs-open')).toBe('工作');
  let stopped = 0;
  const { job, end, ended } = begin({ title: '匯入 委託紀錄.csv', cancel: () => (stopped += 1) });
  job.tell('匯入 委託紀錄.csv 每秒 18,400 筆', 0.625);
  await until(async () => expect(await text('job')).toContain('匯入 委託紀錄.csv 每秒 18,400 筆62%'));
  expect(await text('job-cancel')).toBe('取消 Esc');
  await user.keyboard('{Escape}');
  expect(stopped).toBe(1);
  await until(async () => expect(await text('job')).toContain('正在中止'));
  expect(((await get('job-cancel')) as HTMLButtonElement).disabled).toBe(true);
  end();
  await ended;
});

test('of two at once one is cancelled and the other goes on; Escape stops neither', async () => {
  openWindow();
  await unlock();
  let stopped = 0;
  const cancel = (): void => void (stopped += 1);
  const one = begin({ title: '匯入 委託紀錄.csv', cancel });
  const two = begin({ title: '產生底稿：輸出', cancel });
  await until(async () => expect(await text('job')).toBe('2 件工作進行中'));
  expect(has('job-cancel')).toBe(false);
  await user.keyboard('{Escape}');
  expect(one.job.state).toBe('running');
  await press('jobs-open');
  expect(focused()).toBe('jobs');
  expect(await text(`job-${two.job.id}`)).toContain('等候前一件工作');
  await press(`job-${two.job.id}-cancel`);
  await until(async () => expect((await get(`job-${two.job.id}`)).dataset.state).toBe('cancelled'));
  expect(await text(`job-${two.job.id}`)).toBe('–已取消 產生底稿：輸出');
  expect([one.job.state, stopped]).toEqual(['running', 0]);
  expect(await faults()).toEqual([]);
  await user.keyboard('{Escape}');
  expect(has('jobs')).toBe(false);
  expect(one.job.state).toBe('running');
  expect(focused()).toBe('jobs-open');
  // What was looked at is not listed again.
  await press('jobs-open');
  expect(has(`job-${two.job.id}`)).toBe(false);
  one.end();
  await one.ended;
});

test('what became of a job is told until somebody has looked; a failed one says why', async () => {
  openWindow();
  await unlock();
  const { job, fail, ended } = begin({ title: '產生底稿：輸出', place: 'outputs' });
  await until(async () => expect(await text('job')).toBe('產生底稿：輸出'));
  fail();
  await ended;
  await until(async () => expect(await text('job-ended')).toBe('✕ 失敗 產生底稿：輸出'));
  await press('jobs-open');
  expect(await text(`job-${job.id}-error`)).toBe('無法寫入檔案。 請選擇另一個資料夾。');
  expect(await faults()).toEqual([]);
  // A press elsewhere closes it and leaves the focus there.
  await user.click(await get('exam-firm'));
  expect(has('jobs')).toBe(false);
  expect(focused()).toBe('exam-firm');
  expect(await text('jobs-open')).toBe('工作');
});

test('what ends where it is seen anyway is not told again', async () => {
  openWindow();
  await openExam('outputs');
  const { end, ended } = begin({ title: '產生底稿：輸出', place: 'outputs' });
  await until(async () => expect(await text('job')).toBe('產生底稿：輸出'));
  end();
  await ended;
  await until(async () => expect(await text('jobs-open')).toBe('工作'));
});

test('Alt+J and the palette open the list, with an exam and without; no key of it reaches the screen behind', async () => {
  openWindow();
  await unlock();
  await user.keyboard('{Alt>}j{/Alt}');
  expect(await text('jobs-none')).toContain('目前沒有工作。');
  expect(await faults()).toEqual([]);
  await user.keyboard('h');
  expect(desk.headquarters).toBe(false);
  await user.keyboard('{Escape}');
  expect(has('jobs')).toBe(false);
  await press('exam-open-e1');
  await press('palette-open');
  await fill('palette-input', '剩餘時間');
  await user.keyboard('{Enter}');
  await get('jobs-none');
  await until(() => expect(focused()).toBe('jobs'));
  await user.keyboard('{Escape}');
  expect(focused()).toBe('palette-open');
});

test('procedures wait for other work, and say so where they are; breaking them off leaves that alone', async () => {
  const { calls } = openWindow();
  await openExam('tests');
  let stopped = 0;
  const plan = { title: '檢視交接檔：甲.fieldbook.age', place: 'handover', own: true } as const;
  const { job, end, ended } = begin({ ...plan, cancel: () => (stopped += 1) });
  await press('run-all');
  expect(await text('run-line')).toContain('等候前一件工作');
  expect(await text('job')).toBe('檢視交接檔：甲.fieldbook.age');
  expect(await text('job-cancel')).toBe('中止');
  // It has its own way to be broken off.
  await user.keyboard('{Escape}');
  await user.keyboard('s');
  await until(() => expect(has('run-line')).toBe(false));
  expect([job.state, stopped]).toEqual(['running', 0]);
  end();
  await ended;
  expect(await text('job-ended')).toBe('✓ 完成 檢視交接檔：甲.fieldbook.age');
  expect(requests(calls, 'audit_run')).toEqual([]);
  expect(requests(calls, 'audit_cancel')).toEqual([]);
});

test('while the vault is being locked what runs is told; what waits does not begin, and nothing of it is left', async () => {
  const { tell, calls } = openWindow();
  await openExam('items');
  const one = begin({ title: '匯入 委託紀錄.csv' });
  const two = begin({ title: '產生底稿：輸出' });
  one.job.tell('', 0.5);
  let release = (): void => {};
  desk.keep(() => new Promise<void>((go) => (release = go)));
  tell({ step: 'now', seconds: 0, by: 'idle', waits: true });
  expect(await text(`lock-job-${one.job.id}`)).toBe('50%');
  expect((await get('lock-notice')).textContent).not.toContain('委託');
  expect(has(`lock-job-${two.job.id}`)).toBe(false);
  expect(two.job.state).toBe('cancelled');
  one.end();
  release();
  await get('vault-passphrase');
  expect(requests(calls, 'vault_lock')).toHaveLength(1);
  await unlock();
  expect(await text('jobs-open')).toBe('工作');
  expect(desk.jobs.list).toEqual([]);
});

test('a lock that is asked for while something runs hides the window and says what it waits for', async () => {
  openWindow();
  await unlock();
  const { job, end } = begin({ title: '備份保管庫並驗證' });
  await until(() => expect(job.state).toBe('running'));
  let release = (): void => {};
  desk.keep(() => new Promise<void>((go) => (release = go)));
  await user.keyboard('{Control>}l{/Control}');
  expect((await get('lock-notice')).textContent).toContain('完成目前的工作後上鎖');
  end();
  release();
  await get('vault-passphrase');
  expect(has('lock-notice')).toBe(false);
});
