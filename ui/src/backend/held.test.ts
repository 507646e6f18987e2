import { afterEach, expect, test, vi } from 'vitest';
import { ask, askAnew, call, idle, useBackend, whenResting, type ErrorView } from '.';
import type { Backend } from './backend';
import { makeFake } from './fake';

/** A host that answers how often it was asked, when it is let. */
function host(): { asked: string[]; release: () => void; refuse: (error: ErrorView) => void } {
  const asked: string[] = [];
  let waits: { resolve: (n: number) => void; reject: (error: ErrorView) => void }[] = [];
  const settle = (how: (one: (typeof waits)[number]) => void): void => {
    const now = waits;
    waits = [];
    now.forEach(how);
  };
  useBackend({
    ...makeFake(),
    call: ((name: string) => {
      asked.push(name);
      return new Promise<number>((resolve, reject) => waits.push({ resolve, reject }));
    }) as unknown as Backend['call']
  });
  return {
    asked,
    release: () => settle(({ resolve }) => resolve(asked.length)),
    refuse: (error) => settle(({ reject }) => reject(error))
  };
}

afterEach(() => void vi.useRealTimers());

const refused: ErrorView = { code: 'store', message: '讀不到。', hint: '請再試一次。' };

test('what was answered holds until something is written, and the same question is asked once', async () => {
  const { asked, release } = host();
  const [one, other] = [ask('gate', null), ask('gate', null)];
  release();
  expect(await one).toBe(await other);
  const reading = call('status', null);
  release();
  await reading;
  expect(await ask('gate', null)).toBe(await one);
  expect(asked).toEqual(['gate', 'status']);
  const writing = call('answer_undo', null);
  release();
  await writing;
  const after = ask('gate', null);
  release();
  expect(await after).not.toBe(await one);
});

test('nothing that was asked before or during a write is shown after it', async () => {
  const { asked, release } = host();
  const before = ask('gate', null);
  const writing = call('answer_undo', null);
  const during = ask('gate', null);
  release();
  await Promise.all([before, writing, during]);
  void ask('gate', null);
  expect(asked.filter((name) => name === 'gate')).toHaveLength(3);
});

test('an answer to another question, and a refusal, do not hold', async () => {
  const { asked, release, refuse } = host();
  const failing = ask('item', { clause: '甲' });
  refuse(refused);
  await expect(failing).rejects.toEqual(refused);
  const again = ask('item', { clause: '甲' });
  release();
  await again;
  void ask('item', { clause: '乙' });
  expect(asked).toHaveLength(3);
});

test('what may change on the disk is shown as it was, and then as it is', async () => {
  const { release } = host();
  const known = ask('gate', null);
  release();
  await known;
  const seen: unknown[] = [];
  const all = (async () => {
    for await (const view of askAnew('gate', null)) seen.push(view);
  })();
  await expect.poll(() => seen).toEqual([1]);
  await expect.poll(() => idle()).toBe(false);
  release();
  await all;
  expect(seen).toEqual([1, 2]);
});

test('a rest begins when the last command has ended, and each command ends it', async () => {
  vi.useFakeTimers();
  const { release } = host();
  let rests = 0;
  const stop = whenResting(() => (rests += 1));
  await vi.advanceTimersByTimeAsync(300);
  const running = call('status', null);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rests).toBe(0);
  release();
  await running;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rests).toBe(1);
  stop();
  const after = call('status', null);
  release();
  await after;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rests).toBe(1);
});
