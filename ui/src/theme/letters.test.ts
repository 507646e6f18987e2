/** The window follows the reader's letters: their size, and what there is of fonts. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { letters } from '../shared/letters';
import { get, openWindow, press, unlock } from '../shared/testing/window';

const sheets = readdirSync('src/theme', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css'))
  .map((path): [string, string] => [path, readFileSync(`src/theme/${path}`, 'utf8')]);
const pages = Object.entries(
  import.meta.glob<string>('../**/*.svelte', { eager: true, query: '?raw', import: 'default' })
).map(([path, text]): [string, string] => [path, text.split('\n<style')[1] ?? '']);
const all = [...sheets, ...pages];

/** Where any rule of a sheet matches, as `path: match`. */
const places = (pattern: RegExp, from = all): string[] =>
  from.flatMap(([path, css]) => [...css.matchAll(pattern)].map(([match]) => `${path}: ${match}`));

test('sizes of text are measured in rem, and at the usual size of letters in whole pixels', () => {
  const css = sheets.find(([path]) => path.endsWith('measure.css'))?.[1] ?? '';
  const sizes = [...css.matchAll(/--t\d: ([^;]+);/g)].map(([, size]) => size ?? '');
  expect(sizes.filter((size) => !size.endsWith('rem'))).toEqual([]);
  expect(sizes.map((size) => parseFloat(size) * 16)).toEqual([10, 12, 13, 15, 18, 24]);
  expect(letters()).toBe(1);
});

test('no width at which something changes is measured in pixels', () => {
  expect(places(/@(?:media|container)[^{]*\dpx[^{]*\{/g)).toEqual([]);
});

test('columns and heights of lines grow with the letters in them', () => {
  const columns = places(/grid-template-columns:[^;]*(?<![\d.])(?:[2-9]\d|\d{3,})px[^;]*;/g, pages);
  expect(columns).toEqual([]);
});

test('one family of fonts for all, with the letters of every system and at last any', () => {
  const named = places(/font-family:[^;]+;/g)
    .filter((place) => !/fonts\.css|inherit;/.test(place))
    .map((place) => place.replace(/\s+/g, ' '));
  expect(named).toHaveLength(2);
  const [body, mono] = named;
  expect(body).toMatch(/base\.css: font-family: 'Noto Sans TC', .*'Noto Sans CJK TC'.*, sans-serif;$/);
  expect(mono).toMatch(/controls\.css: font-family: ui-monospace, .*'Noto Sans TC', monospace;$/);
});

test('what is an icon alone in a narrow window says what it is, in a tooltip and to the ear', async () => {
  const mute = (): (string | undefined)[] =>
    [...document.querySelectorAll<HTMLElement>('.icons button')]
      .filter(
        (button) => !button.textContent.trim() || !(button.title || button.dataset.testid === 'exams-back')
      )
      .map((button) => button.dataset.testid);
  openWindow();
  await unlock();
  expect(mute()).toEqual([]);
  await press('exam-open-e1');
  await get('count-applicable');
  expect(mute()).toEqual([]);
  expect(document.querySelectorAll('.rail.icons button')).toHaveLength(12);
});
