import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Jobs, KEPT, type Job } from './jobs.svelte';

let now = 0;
let inSight = '';
let jobs: Jobs;

beforeEach(() => {
  vi.useFakeTimers();
  [now, inSight] = [0, ''];
  jobs = new Jobs(
    () => now,
    (place) => place === inSight
  );
});
afterEach(() => {
  jobs.clear();
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  now += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

/** Work that ends when it is told to. */
class Work {
  done: (value?: unknown) => void = () => {};
  fail: (code: string) => void = () => {};

  readonly run = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      this.done = resolve;
      this.fail = (code) => reject({ code, message: '無法寫入檔案。', hint: '請選擇另一個資料夾。' });
    });
}
const work = (): Work => new Work();

const titles = (list: Job[]): string[] => list.map((job) => job.title);

test('what takes less than a second is not told of', async () => {
  const one = work();
  const done = jobs.run({ title: '甲' }, one.run);
  await pass(900);
  expect(jobs.list).toEqual([]);
  one.done();
  await done;
  await pass(900);
  expect(jobs.list).toEqual([]);
});

test('one begins when the one before has ended; one that waits is called off without a word to the host', async () => {
  const [one, two, three] = [work(), work(), work()];
  const cancel = vi.fn();
  const begun: string[] = [];
  const run = (title: string, what: typeof one): Promise<unknown> =>
    jobs.run({ title, cancel }, () => {
      begun.push(title);
      return what.run();
    });
  const first = run('甲', one);
  const second = run('乙', two).catch((thrown: { code: string }) => thrown.code);
  const third = run('丙', three);
  await pass(1_000);
  expect(jobs.unfinished.map((job) => job.state)).toEqual(['running', 'waiting', 'waiting']);
  jobs.unfinished[1]!.cancel();
  expect(await second).toBe('cancelled');
  expect(cancel).not.toHaveBeenCalled();
  one.done();
  await first;
  await pass(0);
  expect(begun).toEqual(['甲', '丙']);
  three.done();
  await third;
  await jobs.idle();
  expect(jobs.finished.map((job) => [job.title, job.state])).toEqual([
    ['丙', 'done'],
    ['甲', 'done'],
    ['乙', 'cancelled']
  ]);
});

test('what runs is asked to stop until it has, as the host forgets what came too early', async () => {
  const one = work();
  const cancel = vi.fn();
  const { job, done } = jobs.queue({ title: '甲', cancel }, one.run);
  await pass(1_000);
  job.cancel();
  job.cancel();
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(job.state).toBe('stopping');
  job.tell('第 1 檔', 0.1);
  expect(cancel).toHaveBeenCalledTimes(2);
  await pass(1_000);
  expect(cancel).toHaveBeenCalledTimes(3);
  one.fail('cancelled');
  await expect(done).rejects.toMatchObject({ code: 'cancelled' });
  expect(job.state).toBe('cancelled');
});

test('a stop that was refused can be asked for again', async () => {
  const one = work();
  const cancel = vi.fn(() => Promise.reject(new Error('no')));
  const { job, done } = jobs.queue({ title: '甲', cancel }, one.run);
  await pass(1_000);
  job.cancel();
  await pass(0);
  expect(job.state).toBe('running');
  one.done();
  await done;
});

test('why one failed stays with it; at most ten are kept, the last first; looking lets them go', async () => {
  for (let n = 1; n <= KEPT + 2; n += 1) {
    const one = work();
    const done = jobs.run({ title: String(n) }, one.run).catch(() => {});
    await pass(1_000);
    if (n === KEPT + 2) one.fail('not_written');
    else one.done();
    await done;
  }
  expect(titles(jobs.finished)).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
  expect(jobs.finished[0]).toMatchObject({ state: 'failed', error: { message: '無法寫入檔案。' } });
  jobs.looked();
  expect(jobs.list).toEqual([]);
});

test('what becomes of one is not kept where it is seen anyway, and is once its window was closed', async () => {
  const [one, two] = [work(), work()];
  inSight = 'window';
  const first = jobs.queue({ title: '甲', place: 'window', own: true }, one.run);
  await pass(1_000);
  expect(jobs.elsewhere).toEqual([]);
  one.done();
  await first.done;
  expect(jobs.list).toEqual([]);
  const second = jobs.queue({ title: '乙', place: 'window', own: true }, two.run);
  await pass(1_000);
  second.job.leave();
  expect(titles(jobs.elsewhere)).toEqual(['乙']);
  two.done();
  await second.done;
  expect(titles(jobs.finished)).toEqual(['乙']);
});

test('the time left goes on between two tellings, and ends with the job', async () => {
  const one = work();
  const { job, done } = jobs.queue({ title: '甲' }, one.run);
  await pass(10_000);
  job.tell('', 0.25);
  expect(job.left).toBe(30);
  await pass(12_000);
  expect(job.left).toBe(20);
  one.done();
  await done;
  expect(job.left).toBeNull();
});

test('when all is taken away, what waits does not begin, and what still runs leaves no trace', async () => {
  const [one, two] = [work(), work()];
  const first = jobs.queue({ title: '甲' }, one.run);
  const second = jobs.run({ title: '乙' }, two.run).catch((thrown: { code: string }) => thrown.code);
  await pass(1_000);
  jobs.clear();
  expect(await second).toBe('cancelled');
  first.job.tell('', 0.5);
  one.done();
  await first.done;
  expect(jobs.list).toEqual([]);
  await jobs.idle();
});
