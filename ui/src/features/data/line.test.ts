import { afterEach, expect, test, vi } from 'vitest';
import { useBackend } from '../../backend';
import { makeFake } from '../../backend/fake';
import { Line } from './line';
import { PAGE, Pages } from './pages.svelte';

/** A host that works on one thing until it is let go or stopped. */
function host() {
  const work: { name: string; end: () => void; stop: () => void }[] = [];
  let stops = 0;
  useBackend({
    ...makeFake(),
    call: async (name) => {
      if (name !== 'data_cancel') throw new Error(name);
      stops += 1;
      work.at(-1)?.stop();
      return null as never;
    }
  });
  const begin = (name: string) => () =>
    new Promise<string>((done, failed) => {
      work.push({
        name,
        end: () => done(name),
        stop: () => failed({ code: 'cancelled', message: '', hint: '' })
      });
    });
  return { work, begin, stops: () => stops, names: () => work.map((one) => one.name) };
}

afterEach(() => vi.useRealTimers());
const settled = () => vi.advanceTimersByTimeAsync(1);

test('one thing at a time, in order', async () => {
  vi.useFakeTimers();
  const { work, begin, names } = host();
  const line = new Line();
  const [a, b] = [line.run(begin('a')), line.run(begin('b'))];
  await settled();
  expect(names()).toEqual(['a']);
  work[0]!.end();
  await expect(a).resolves.toBe('a');
  await settled();
  expect(names()).toEqual(['a', 'b']);
  work[1]!.end();
  await expect(b).resolves.toBe('b');
});

test('what only helps is broken off for rows, and done afterwards', async () => {
  vi.useFakeTimers();
  const { work, begin, names, stops } = host();
  const line = new Line();
  const profile = line.run(begin('profile'), true);
  await vi.advanceTimersByTimeAsync(300);
  expect(names()).toEqual(['profile']);
  const rows = line.run(begin('rows'));
  await vi.advanceTimersByTimeAsync(10);
  expect([names(), stops()]).toEqual([['profile', 'rows'], 1]);
  work[1]!.end();
  await expect(rows).resolves.toBe('rows');
  await vi.advanceTimersByTimeAsync(300);
  expect(names()).toEqual(['profile', 'rows', 'profile']);
  work[2]!.end();
  await expect(profile).resolves.toBe('profile');
});

test('what is stopped ends at once for whoever waits, and nothing else is stopped with it', async () => {
  vi.useFakeTimers();
  const { work, begin, names, stops } = host();
  const line = new Line();
  const told = vi.fn();
  line.run(begin('slow')).catch((reason: { code: string }) => told(reason.code));
  line.run(begin('waiting')).catch((reason: { code: string }) => told(reason.code));
  await settled();
  void line.stop(true);
  const next = line.run(begin('next'));
  await settled();
  expect(told.mock.calls).toEqual([['cancelled'], ['cancelled']]);
  expect([names(), stops()]).toEqual([['slow', 'next'], 1]);
  work[1]!.end();
  await expect(next).resolves.toBe('next');
  expect(stops()).toBe(1);
});

test('pages in sight come first, then those ahead; what is asked anew forgets the old', async () => {
  const offsets: number[] = [];
  const fetch = async (offset: number, limit: number) => {
    offsets.push(offset);
    const rows = Array.from({ length: limit }, () => ({}) as never);
    return { total: 1_000_000, rows };
  };
  const pages = new Pages();
  pages.show(0, 20);
  pages.ask(fetch);
  await vi.waitFor(() => expect(offsets).toEqual([0, 100, 200]));
  offsets.length = 0;
  pages.show(500_000, 500_020);
  await vi.waitFor(() => expect(offsets).toEqual([500_000, 500_100, 500_200]));
  offsets.length = 0;
  pages.show(499_990, 500_010);
  await vi.waitFor(() => expect(offsets).toEqual([499_900, 499_800, 499_700]));
  expect(pages.row(500_000)).toBeDefined();
  expect(pages.row(1_000 * PAGE)).toBeUndefined();
  for (let at = 0; at < 60; at += 1) {
    pages.show(at * 1_000, at * 1_000 + 20);
    await vi.waitFor(() => expect(pages.row(at * 1_000)).toBeDefined());
  }
  // What is far away is no longer kept.
  expect(pages.row(500_000)).toBeUndefined();
});

test('an answer that nobody waits for any longer is not shown', async () => {
  const pages = new Pages();
  let answer: (total: number) => void = () => {};
  pages.ask(() => new Promise((done) => (answer = (total) => done({ total, rows: [] }))));
  const late = answer;
  pages.ask(async () => ({ total: 3, rows: [] }));
  await vi.waitFor(() => expect(pages.total).toBe(3));
  late(99);
  await new Promise((done) => setTimeout(done, 5));
  expect(pages.total).toBe(3);
});
