import { expect, test } from 'vitest';

const files: Record<string, Record<string, string>> = import.meta.glob('./messages/*/*.json', {
  eager: true,
  import: 'default'
});
const sources: Record<string, string> = import.meta.glob(
  ['../**/*.{ts,svelte}', '!../i18n/paraglide/**', '!../**/*.test.ts'],
  { eager: true, query: '?raw', import: 'default' }
);
const LOCALES = ['zh-TW', 'en'];

/** Words whose key is put together where they are used: the journal's codes (`features/trail/words.ts`). */
const BY_CODE = /^(act|family|field)_/;

/** Words that are the same in both languages. */
const SAME = new Set(['app_name', 'language_other']);

/** Words that show, sign by sign, what is to be typed. */
const TYPED = new Set(['sampling_chosen', 'trail_verify_what']);

/** Keys of a locale, once for each file that has them. */
function keysOf(locale: string): string[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`./messages/${locale}/`))
    .flatMap(([, words]) => Object.keys(words));
}

const wordsOf = (locale: string): [key: string, word: string][] =>
  Object.entries(files)
    .filter(([path]) => path.startsWith(`./messages/${locale}/`))
    .flatMap(([, words]) => Object.entries(words));

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

test('a word takes the same values in both languages', () => {
  const places = (word: string): string[] => [...new Set(word.match(/\{\w+\}/g) ?? [])].sort();
  const english = new Map(wordsOf('en'));
  // The year of the Republic is told in Chinese only.
  const apart = wordsOf('zh-TW').filter(
    ([key, word]) => key !== 'date_long' && places(word).join() !== places(english.get(key) ?? '').join()
  );
  expect(apart.map(([key]) => key)).toEqual([]);
});

test('no word is used that there is not, and none is there that nobody uses', () => {
  const used = new Set(
    Object.values(sources).flatMap((text) => [...text.matchAll(/\bm\s*\.([a-z]\w*)\(?/g)].map((m) => m[1]!))
  );
  expect(used.size).toBeGreaterThan(1000);
  const idle = keysOf('zh-TW').filter((key) => !used.has(key) && !BY_CODE.test(key));
  expect(idle).toEqual([]);
});

test('English has no Chinese in it but what is named in Chinese', () => {
  // Names of the field's own papers and codes may stand in 「」 or after their English word in brackets.
  const bare = (word: string): string => word.replace(/「[^」]*」|\([^)]*\)/g, '');
  const mixed = wordsOf('en').filter(([key, word]) => !SAME.has(key) && /\p{sc=Han}/u.test(bare(word)));
  expect(mixed).toEqual([]);
});

test('Chinese has the punctuation of Chinese', () => {
  // Between Han characters or at the end of a Chinese sentence there is no half-width mark.
  const half = /\p{sc=Han}[,;:?!](\s|$|\p{sc=Han})|\p{sc=Han}\.(\s|$)|\p{sc=Han}\(|\)\p{sc=Han}/u;
  expect(wordsOf('zh-TW').filter(([key, word]) => !TYPED.has(key) && half.test(word))).toEqual([]);
});
