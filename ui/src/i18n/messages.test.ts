import { expect, test } from 'vitest';

const files: Record<string, Record<string, string>> = import.meta.glob('./messages/*/*.json', {
  eager: true,
  import: 'default'
});
const LOCALES = ['zh-TW', 'en'];

/** Keys of a locale, once for each file that has them. */
function keysOf(locale: string): string[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`./messages/${locale}/`))
    .flatMap(([, words]) => Object.keys(words));
}

test('no word stands in two files, where one would hide the other', () => {
  for (const locale of LOCALES) {
    const keys = keysOf(locale);
    expect(keys.length).toBeGreaterThan(1000);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  }
});

test('every locale has the same words', () => {
  const [first, ...others] = LOCALES.map((locale) => keysOf(locale).sort());
  for (const other of others) expect(other).toEqual(first);
});
