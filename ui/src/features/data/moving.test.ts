import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { get, openExam, openWindow, press, until } from '../../shared/testing/window';
import { ROW } from './grid.svelte';

/** What is told when a size was measured. */
const told = new Set<() => void>();
class Told {
  readonly #tell: () => void;
  constructor(tell: () => void) {
    this.#tell = tell;
  }
  observe(): void {
    told.add(this.#tell);
  }
  unobserve(): void {
    told.delete(this.#tell);
  }
  disconnect(): void {
    told.delete(this.#tell);
  }
}

const view = document.defaultView!;
const before = [globalThis.ResizeObserver, view.ResizeObserver] as const;
beforeEach(() => {
  told.clear();
  globalThis.ResizeObserver = view.ResizeObserver = Told as unknown as typeof ResizeObserver;
});
afterEach(() => {
  [globalThis.ResizeObserver, view.ResizeObserver] = before;
  vi.restoreAllMocks();
});

/** Every box is so large from now on. */
function sized(width: number, height: number): void {
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(width);
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(height);
}

const measured = (): void => told.forEach((tell) => tell());
/** What was written by a measurement is in the document. */
const written = (): Promise<void> => Promise.resolve();

async function openRows(rows: number): Promise<HTMLElement> {
  openWindow({ rows });
  await openExam('data');
  await press('data-tab-rows');
  await press('data-set-orders');
  await until(() => expect(row(3).querySelector('[data-col]')?.textContent.trim()).toBeTruthy());
  return get('data-grid');
}

const row = (index: number): HTMLElement =>
  document.querySelector<HTMLElement>(`[data-testid=data-row-${index}]`)!;
const shown = (): number[] =>
  [...document.querySelectorAll('[data-testid^=data-row-]')].map((one) => Number(one.ariaRowIndex ?? 0) - 2);

test('a row that comes into sight is an element that was there, and at rest all stand in order', async () => {
  const grid = await openRows(1_000_000);
  const all = new Set(document.querySelectorAll('[data-testid^=data-row-]'));
  const [first, fifth] = [row(0), row(5)];
  grid.scrollTop = 5 * ROW;
  await fireEvent.scroll(grid);
  await until(() => expect(row(5)).toBe(fifth));
  const now = [...document.querySelectorAll('[data-testid^=data-row-]')];
  expect(now.filter((one) => !all.has(one))).toEqual([]);
  expect(first.dataset.testid).toBe(`data-row-${all.size}`);
  await until(() => expect(shown()).toEqual([...all].map((_, n) => n + 5)));
});

test.each([12, 1_000_000])(
  '%i rows take in their size in the next frame, and the bars do not depend on it',
  async (rows) => {
    const grid = await openRows(rows);
    const space = grid.querySelector<HTMLElement>('.space')!;
    const layer = grid.querySelector<HTMLElement>('.layer')!;
    const [length, size] = [space.style.cssText, layer.style.cssText];
    sized(1200, 900);
    measured();
    await written();
    expect(layer.style.cssText).toBe(size);
    await until(() => expect(layer.style.cssText).toBe('width: 1200px; height: 900px;'));
    expect(space.style.cssText).toBe(length);
  }
);

test('a list takes in its size in the next frame, not while it is measured', async () => {
  openWindow();
  await openExam('items');
  const list = await get('item-list');
  const rows = (): number => list.querySelectorAll('[data-testid^=item-]').length;
  await until(() => expect(rows()).toBeGreaterThan(0));
  const few = rows();
  sized(640, 1600);
  measured();
  await written();
  expect(rows()).toBe(few);
  await until(() => expect(rows()).toBeGreaterThan(few));
});
