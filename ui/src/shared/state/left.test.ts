import { expect, test } from 'vitest';
import { friendly, leftWord, TimeLeft } from './left';

/** Numbers below 1 that are the same each time. */
function seeded(seed: number): () => number {
  let at = seed;
  return () => (at = (at * 16_807) % 2_147_483_647) / 2_147_483_647;
}

test('seconds are said as somebody would say them', () => {
  expect([0, 1, 5, 6, 18, 21, 59].map(friendly)).toEqual([5, 5, 5, 10, 20, 30, 60]);
  expect([60, 61, 170, 601, 3_599, 3_601, 5_000].map(friendly)).toEqual([
    60, 120, 180, 900, 3_600, 4_200, 5_400
  ]);
  expect([null, 20, 60, 180, 3_600, 4_800].map(leftWord)).toEqual([
    '',
    '剩約 20 秒',
    '剩約 1 分',
    '剩約 3 分',
    '剩約 1 小時',
    '剩約 1 小時 20 分'
  ]);
});

test('nothing is said before three parts of a hundred are done, nor in the first two seconds', () => {
  const early = new TimeLeft(0);
  early.tell(0.5, 1_900);
  expect(early.at(1_900)).toBeNull();
  early.tell(0.55, 2_100);
  expect(early.at(2_100)).toBe(5);
  const little = new TimeLeft(0);
  little.tell(0.02, 60_000);
  expect(little.at(60_000)).toBeNull();
  little.tell(null, 61_000);
  expect(little.at(61_000)).toBeNull();
});

test('while the part grows evenly the time left never grows and is never negative, whenever it is told and asked', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seeded(seed);
    const whole = 3_000 + random() * 7_200_000;
    const begun = random() * 1e9;
    const left = new TimeLeft(begun);
    let said = Infinity;
    for (let at = 0; at < whole;) {
      at = Math.min(whole, at + (0.001 + random() * 0.04) * whole);
      left.tell(at / whole, begun + at);
      const ask = Math.min(whole, at + random() * 0.01 * whole);
      const now = left.at(begun + ask);
      if (now === null) continue;
      expect(now).toBeGreaterThanOrEqual(5);
      expect(now).toBeLessThanOrEqual(said);
      // Never less than what is left, and no more than the next step up.
      expect(now * 1000).toBeGreaterThanOrEqual((whole - ask) * 0.999);
      said = now;
    }
    expect(said).toBe(5);
  }
});

test('a pace that comes and goes does not make it jump', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = seeded(seed);
    const left = new TimeLeft(0);
    const said: number[] = [];
    for (let [at, part] = [0, 0]; part < 0.97;) {
      at += 500;
      part = Math.min(0.97, part + random() * 0.02);
      left.tell(part, at);
      const now = left.at(at);
      if (now !== null) said.push(now);
    }
    const rises = said.filter((now, n) => n > 0 && now > said[n - 1]!).length;
    expect(rises).toBeLessThanOrEqual(3);
    expect(Math.max(...said)).toBeLessThanOrEqual(120);
  }
});

test('another step begins anew, and one that stands still is not said to end soon', () => {
  const left = new TimeLeft(0);
  left.tell(0.9, 9_000);
  expect(left.at(9_000)).toBe(5);
  left.tell(0.1, 10_000);
  expect(left.at(10_000)).toBeNull();
  left.tell(0.2, 14_000);
  expect(left.at(14_000)).toBe(20);
  expect(left.at(29_000)).toBe(5);
  expect(left.at(60_000)).toBeNull();
});
