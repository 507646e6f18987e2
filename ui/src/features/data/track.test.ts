import { expect, test } from 'vitest';
import { LONGEST, Track } from './track';

const ROW = 28;
const VIEW = 560;
const SIZES = [0, 1, 10_000, 1_000_000, 5_000_000];

/** A box with a bar, as a browser has it: whole positions, none beyond its ends. */
class Box {
  bar = 0;
  readonly track = new Track();
  constructor(
    readonly rows: number,
    readonly view = VIEW
  ) {
    this.put(this.track.fit(rows, ROW, view));
  }
  get end(): number {
    return Math.max(0, this.track.length - this.view);
  }
  put(bar: number): void {
    this.bar = Math.min(this.end, Math.max(0, Math.round(bar)));
    this.track.seen(this.bar);
  }
  /** The bar is moved by hand; false when it cannot move any more. */
  move(to: number): boolean {
    const next = Math.min(this.end, Math.max(0, Math.round(to)));
    if (next === this.bar) return false;
    this.bar = next;
    const back = this.track.moved(next);
    if (back !== null) this.put(back);
    return true;
  }
  wheel(by: number): boolean {
    return this.move(this.bar + by);
  }
  rest(): void {
    this.put(this.track.settle());
  }
}

/** Numbers that are the same on every machine. */
function* chances(seed: number): Generator<number> {
  let s = seed;
  for (;;) {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    yield s / 2 ** 32;
  }
}

test.each(SIZES)('with %i rows the bar is never longer than a browser can make it', (rows) => {
  const { track } = new Box(rows);
  expect(track.length).toBeLessThanOrEqual(LONGEST);
  expect(track.length).toBe(Math.min(LONGEST, rows * ROW));
  expect(track.most).toBe(Math.max(0, rows * ROW - VIEW));
});

test.each(SIZES)('with %i rows both ends are reached exactly, by the bar and by number', (rows) => {
  const box = new Box(rows);
  box.move(box.end);
  expect(box.track.y).toBe(box.track.most);
  expect(box.track.window.last).toBe(rows - 1);
  box.move(0);
  expect(box.track.y).toBe(0);
  expect(box.track.window.first).toBe(0);
  box.put(box.track.go(Infinity));
  expect([box.track.y, box.bar]).toEqual([box.track.most, box.end]);
  box.put(box.track.go(-1));
  expect([box.track.y, box.bar]).toEqual([0, 0]);
});

test.each(SIZES)('with %i rows any of them can be brought into sight', (rows) => {
  const box = new Box(rows);
  const luck = chances(rows);
  const wanted = [0, 1, 2, rows - 3, rows - 2, rows - 1];
  for (let n = 0; n < 3_000; n += 1) wanted.push(Math.floor((luck.next().value as number) * rows));
  for (const row of wanted.filter((one) => one >= 0 && one < rows)) {
    box.put(box.track.go(box.track.reveal(row)));
    const top = row * ROW - box.track.y;
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top + ROW).toBeLessThanOrEqual(VIEW);
    const { first, last } = box.track.window;
    expect(first <= row && row <= last).toBe(true);
  }
});

test.each(SIZES)('with %i rows nothing of the view stays empty, and nothing is drawn outside it', (rows) => {
  const box = new Box(rows);
  const luck = chances(rows + 2);
  for (let n = 0; n < 1_000; n += 1) {
    box.put(box.track.go((luck.next().value as number) * box.track.most));
    const { first, last } = box.track.window;
    const { y } = box.track;
    if (rows === 0) expect(last).toBeLessThan(first);
    else {
      expect(first * ROW <= y && (first + 1) * ROW > y).toBe(true);
      expect((last + 1) * ROW).toBeGreaterThanOrEqual(Math.min(rows * ROW, y + VIEW));
      expect(last * ROW).toBeLessThan(y + VIEW);
    }
  }
});

test.each(SIZES)('with %i rows dragging the bar further never goes back', (rows) => {
  const box = new Box(rows);
  let before = -1;
  for (let part = 0; part <= 400; part += 1) {
    box.move((box.end * part) / 400);
    expect(box.track.y).toBeGreaterThanOrEqual(before);
    before = box.track.y;
  }
  expect(before).toBe(box.track.most);
});

test.each(SIZES)('with %i rows the wheel moves pixel by pixel, wherever it begins', (rows) => {
  const box = new Box(rows);
  const luck = chances(rows + 1);
  for (let n = 0; n < 300; n += 1) {
    box.put(box.track.go((luck.next().value as number) * box.track.most));
    const down = (luck.next().value as number) < 0.5;
    for (let step = 0; step < 40; step += 1) {
      const before = box.track.y;
      const by = down ? 100 : -100;
      if (box.wheel(by)) {
        const moved = box.track.y - before;
        const room = down ? box.track.most - before : before;
        // Next to an end of the bar it has less room than the rows have.
        expect(Math.abs(moved)).toBeLessThanOrEqual(100);
        expect(moved * by).toBeGreaterThanOrEqual(0);
        if (room > 0) expect(moved).not.toBe(0);
      }
      if (step % 7 === 0) box.rest();
    }
  }
});

test.each(SIZES)('with %i rows the wheel reaches either end from nearby, without resting', (rows) => {
  for (const near of [1, 27, 28, 99, 100, 5_000, 40_000]) {
    const box = new Box(rows);
    box.put(box.track.go(near));
    let steps = 0;
    while (box.wheel(-100) && steps < 10_000) steps += 1;
    expect(box.track.y).toBe(0);
    box.put(box.track.go(box.track.most - near));
    steps = 0;
    while (box.wheel(100) && steps < 10_000) steps += 1;
    expect(box.track.y).toBe(box.track.most);
    expect(box.track.window.last).toBe(rows - 1);
  }
});

test('a bar that rests says where the rows are', () => {
  const box = new Box(5_000_000);
  for (let n = 0; n < 500; n += 1) box.wheel(100);
  expect(box.track.y).toBe(50_000);
  box.rest();
  expect(box.bar).toBe(Math.round((50_000 / box.track.most) * box.end));
  expect(box.track.y).toBe(50_000);
});

test('what is in sight stays there when the window becomes lower or rows go', () => {
  const box = new Box(1_000_000);
  box.put(box.track.go(box.track.most));
  box.put(box.track.fit(1_000_000, ROW, 300));
  expect(box.track.y).toBe(1_000_000 * ROW - VIEW);
  box.put(box.track.fit(3, ROW, 300));
  expect(box.track.window).toEqual({ first: 0, last: 2 });
});

test('before the view has a height the first row is the first', () => {
  const track = new Track();
  track.fit(1_000, ROW, 0);
  expect(track.reveal(0)).toBe(0);
});
