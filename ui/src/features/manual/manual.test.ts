import { expect, test } from 'vitest';
import { version } from '../../../package.json';
import { locale } from '../../i18n';
import { STAGES } from '../../shared/state/desk.svelte';
import { faults } from '../../shared/testing/faults';
import {
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../../shared/testing/window';
import { GROUPS, pagesOf, shot } from './contents';
import { licences } from './licences';
import { blocks, inlines, plain, type Block, type Inline } from './markdown';
import { search } from './search';

const LOCALES = ['zh-TW', 'en'];

/** Every run of every line of a page. */
function runs(all: Block[]): Inline[] {
  return all.flatMap((block) => {
    if (block.kind === 'list') return block.items.flat();
    if (block.kind === 'table') return [block.head, ...block.rows].flat(2);
    return block.kind === 'paragraph' || block.kind === 'remark' ? block.parts : [];
  });
}

test.each(LOCALES)('in %s every stage has a page, and every page is in the contents once', (of) => {
  const listed = GROUPS.flatMap(([, ids]) => ids);
  expect(new Set(listed).size).toBe(listed.length);
  expect([...pagesOf(of).keys()].sort()).toEqual([...listed].sort());
  for (const stage of [...STAGES, 'patterns', 'count', 'handover', 'headquarters', 'exams'])
    expect(pagesOf(of).get(stage)?.blocks[0]?.kind, stage).toBe('heading');
});

test.each(LOCALES)('in %s every link leads to a page and every picture is there', (of) => {
  for (const page of pagesOf(of).values()) {
    for (const run of runs(page.blocks))
      if (run.kind === 'link') expect(['about', ...pagesOf(of).keys()], page.id).toContain(run.to);
    for (const block of page.blocks)
      if (block.kind === 'picture') expect(shot(block.name), `${page.id}: ${block.name}`).toBeTruthy();
  }
});

test('both languages show the same pictures', () => {
  const shown = (of: string): string[] =>
    [...pagesOf(of).values()].flatMap((page) =>
      page.blocks.flatMap((block) => (block.kind === 'picture' ? [`${page.id} ${block.name}`] : []))
    );
  expect(shown('en').sort()).toEqual(shown('zh-TW').sort());
});

test('what is new begins with the version of the program', () => {
  for (const of of LOCALES) {
    const headings = pagesOf(of)
      .get('whats-new')!
      .blocks.filter((block) => block.kind === 'heading');
    expect(headings[1]?.text).toBe(version);
  }
});

test('what is no Markdown stays text', () => {
  expect(blocks('<b onclick="x()">a</b> **c**')).toEqual([
    {
      kind: 'paragraph',
      parts: [
        { kind: 'text', text: '<b onclick="x()">a</b> ' },
        { kind: 'strong', text: 'c' }
      ]
    }
  ]);
  expect(inlines('`Ctrl+K` 與 [測試](tests)。').map((part) => part.kind)).toEqual([
    'code',
    'text',
    'link',
    'text'
  ]);
  expect(blocks('- a\n- b\n\n1. c').map((block) => block.kind)).toEqual(['list', 'list']);
  expect(plain(blocks('| a | b |\n| --- | --- |\n| c | d |')[0]!)).toBe('a　b　c　d');
});

test('a search folds full and half width and leads to the section', () => {
  const pages = pagesOf('zh-TW').values();
  const hits = search(pages, 'ＣＴＲＬ＋Ｋ');
  expect(hits.some((hit) => hit.page === 'keys')).toBe(true);
  // A heading goes before a mention.
  expect(search(pagesOf('zh-TW').values(), '監管鏈')[0]).toMatchObject({
    page: 'evidence',
    heading: '監管鏈'
  });
  expect(search(pagesOf('zh-TW').values(), '總部　匯出').map((hit) => hit.page)).toContain('headquarters');
  expect(search(pagesOf('zh-TW').values(), ' ')).toEqual([]);
});

test('F1 opens the page of the present stage, also above another window, and Escape gives the screen back', async () => {
  openWindow();
  await openExam('findings');
  await user.keyboard('{F1}');
  expect((await get('help-page')).dataset.page).toBe('findings');
  await press('help-to-keys');
  expect((await get('help-page')).dataset.page).toBe('keys');
  expect(await faults()).toEqual([]);
  (await get('help')).dispatchEvent(new Event('cancel'));
  await until(() => expect(has('help')).toBe(false));
  await get('finding-new');
});

test('before the vault is open there is help too', async () => {
  openWindow({ empty: true });
  await get('vault-create');
  await press('help-open');
  expect((await get('help-page')).dataset.page).toBe('first-steps');
  (await get('help')).dispatchEvent(new Event('cancel'));
});

test('a find is pressed and read, in either language', async () => {
  openWindow();
  await unlock();
  await user.keyboard('{F1}');
  await user.type(await get('help-search'), '檢查點');
  expect((await get('help-found')).textContent).toMatch(/\d+ 處/);
  await user.click(document.querySelector<HTMLElement>('[data-testid^="help-hit-security-"]')!);
  expect((await get('help-page')).dataset.page).toBe('security');
  locale.toggle();
  await until(async () => expect((await get('help-page')).textContent).toContain('Not protected'));
  locale.toggle();
  (await get('help')).dispatchEvent(new Event('cancel'));
});

test('a dot says that there is something new until somebody looked', async () => {
  const { calls } = openWindow();
  await unlock();
  await get('help-dot');
  await press('help-open');
  expect((await get('help-page')).dataset.page).toBe('whats-new');
  await until(() => expect(has('help-dot')).toBe(false));
  expect(requests(calls, 'news_seen')).toEqual([null]);
  (await get('help')).dispatchEvent(new Event('cancel'));
});

test('everything that comes along is listed with its licence and can be read', async () => {
  const { calls } = openWindow();
  const { parts, texts } = await licences();
  expect(parts.length).toBeGreaterThan(300);
  for (const part of parts) {
    expect(part.licence, part.name).not.toBe('');
    for (const text of part.texts) expect(texts[text]?.length, part.name).toBeGreaterThan(10);
  }
  await unlock();
  await user.keyboard('{F1}');
  await press('help-to-about');
  expect(requests(calls, 'licences')).toEqual([null, null]);
  expect((await get('about-version')).textContent).toContain(version);
  await user.type(await get('about-search'), 'noto-sans-tc ＯＦＬ');
  await press('licence-@expo-google-fonts/noto-sans-tc');
  expect((await get('licence-texts')).textContent).toContain('SIL OPEN FONT LICENSE');
  expect(await faults()).toEqual([]);
  (await get('help')).dispatchEvent(new Event('cancel'));
});
