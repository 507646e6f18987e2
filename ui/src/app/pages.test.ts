/** Rules of every component, read from its source. */
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const sources: Record<string, string> = import.meta.glob('../**/*.svelte', {
  eager: true,
  query: '?raw',
  import: 'default'
});
const sheets: Record<string, string> = import.meta.glob('../theme/*.css', {
  eager: true,
  query: '?raw',
  import: 'default'
});

interface Node {
  type: string;
  start: number;
  end: number;
  name?: string;
  [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Every node below one, the nearest element's name with it. */
function* below(node: unknown, element = ''): Generator<[Node, string]> {
  if (Array.isArray(node)) for (const one of node) yield* below(one, element);
  else if (isNode(node)) {
    yield [node, element];
    const inside = node.type.endsWith('Element') || node.type === 'Component' ? (node.name ?? '') : element;
    for (const [part, value] of Object.entries(node)) if (part !== 'options') yield* below(value, inside);
  }
}

const pages = Object.entries(sources).map(([path, text]) => {
  const root = parse(text, { modern: true }) as unknown as Record<'fragment' | 'instance' | 'module', Node>;
  return { path: path.replace('../', '').replace('./', 'app/'), text, root };
});

test('there are components to look at', () => expect(pages.length).toBeGreaterThan(200));

/** What somebody reads or hears. */
const TOLD = new Set(['title', 'aria-label', 'aria-description', 'placeholder', 'alt', 'label']);
const WORD = /\p{sc=Han}|\p{sc=Latin}{2,}/u;
/** Signs that the two languages write differently (`shared/punctuation.ts`). */
const SIGN = /[、。，；：（）「」〈〉／]/u;
/** The same in every language: what hashes are called, and what fields give as an example of a code. */
const SAME = new Set(['Fieldbook', 'sha256', 'SHA-256', 'COL-D4.2', 'C-FCM', 'age1…', 'BSL-3.4、COL-D5.1']);
const KEYS = /^[·\s]*((Ctrl|Alt|Shift)\+.|Enter|Esc)$/u;
/** Values of the data and of templates, and the name of the other language in itself. */
const DATA: Record<string, string[]> = {
  'app/TitleBar.svelte': ['中文'],
  'features/count/DeviceForm.svelte': ['客戶', '廠商', '本公司'],
  'features/pictures/Choices.svelte': ['30、90、180', '10000、100000'],
  'features/profile/FactAnswer.svelte': ['否', '、'],
  'features/templates/AddTemplate.svelte': ['受查單位', '#缺失', '/缺失'],
  'features/templates/Placeholders.svelte': ['#缺失', '/缺失']
};

test('no word and no sign of one language stands in a component', () => {
  const raw = pages.flatMap(({ path, root }) => {
    const bad = (text: string, latin: boolean): boolean =>
      (SIGN.test(text) || (latin ? WORD.test(text) : /\p{sc=Han}/u.test(text))) &&
      !SAME.has(text) &&
      !KEYS.test(text) &&
      !DATA[path]?.includes(text);
    const said = (text: string, latin: boolean): string[] =>
      bad(text.trim(), latin) ? [`${path}: ${text.trim()}`] : [];
    const found: string[] = [];
    const quiet = new Set<unknown>();
    for (const [node, element] of below([root.fragment, root.instance, root.module])) {
      if (node.type === 'Attribute' && !TOLD.has(node.name ?? '') && Array.isArray(node.value))
        node.value.filter((part: Node) => part.type === 'Text').forEach((part: Node) => quiet.add(part));
      if (node.type === 'Text' && !quiet.has(node))
        found.push(...said(node.data as string, element !== 'kbd'));
      if (node.type === 'Literal' && typeof node.value === 'string') found.push(...said(node.value, false));
      if (node.type === 'TemplateElement') found.push(...said((node.value as { raw: string }).raw, false));
    }
    return found;
  });
  expect(raw).toEqual([]);
});

/** What tells a command from a letter that an input method composes. */
const GUARD = /\b(composing|commandKey|turnKey|isComposing)\b/;
/** Where nothing can be typed: rows, bins and bars that take the focus themselves; a look at the Caps Lock. */
const NOT_TYPED = new Set([
  'features/data/Grid.svelte',
  'features/data/Histogram.svelte',
  'features/procedures/ExceptionRow.svelte',
  'shared/SecretField.svelte',
  'shared/Splitter.svelte'
]);

test('no key is taken from somebody who composes a character', () => {
  const bare = pages.flatMap(({ path, text, root }) => {
    const functions = new Map<string, string>();
    for (const [node] of below([root.instance, root.module])) {
      const name = (node.id as Node | null | undefined)?.name;
      if (name && (node.type === 'FunctionDeclaration' || node.type === 'VariableDeclarator'))
        functions.set(name, text.slice(node.start, node.end));
    }
    /** Whether a text, or a function of this file that it calls, has a guard. */
    const guarded = (body: string, seen = new Set<string>()): boolean =>
      GUARD.test(body) ||
      [...functions].some(
        ([name, inner]) =>
          !seen.has(name) &&
          new RegExp(`\\b${name}\\b`).test(body) &&
          guarded(inner, new Set([...seen, name]))
      );
    return [...below(root.fragment)]
      .filter(([node, element]) => element !== 'button' && /^onkey(down|up|press)$/.test(node.name ?? ''))
      .filter(([node]) => !guarded(text.slice(node.start, node.end)))
      .map(([node, element]) => `${path}: <${element}> ${text.slice(node.start, node.end).substring(0, 60)}`);
  });
  expect(bare.filter((line) => !NOT_TYPED.has(line.split(':')[0] ?? ''))).toEqual([]);
});

const styles = [
  ...pages.map(({ path, text }) => [path, /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? ''] as const),
  ...Object.entries(sheets)
];

test('colours and sizes of text come from the tokens', () => {
  const raw = styles.flatMap(([path, css]) =>
    [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/^\s*([\w-]+):([^;]*);/gm)]
      .filter(([, name = '', value = '']) =>
        /^font(-size)?$/.test(name)
          ? /\d(px|r?em|pt)/.test(value)
          : /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(|\b(white|black|red|gr[ae]y)\b/i.test(value)
      )
      .map(([line]) => `${path}: ${line.trim()}`)
  );
  expect(raw).toEqual([]);
});

/** Where the focus is shown by something else, which says so beside the rule. */
const SHOWN_ELSEWHERE = [
  'data/Grid',
  'handover/HandoverScreen',
  'handover/Sides',
  'manual/Article',
  'own/SqlEditor',
  'shared/Chips'
];

test('nobody takes the mark of the focus away', () => {
  const without = styles.filter(([, css]) => /outline(-width)?:\s*(none|0)/.test(css)).map(([path]) => path);
  expect(without.filter((path) => !SHOWN_ELSEWHERE.some((known) => path.includes(known)))).toEqual([]);
});

test('a grid tells how many rows it has and where each stands', () => {
  const grids = pages.filter(({ text }) => /role="(tree)?grid"/.test(text));
  expect(grids.length).toBeGreaterThan(2);
  expect(grids.filter(({ text }) => !text.includes('aria-rowcount')).map(({ path }) => path)).toEqual([]);
  const folders = grids.map(({ path }) => path.replace(/[^/]*$/, ''));
  const rows = folders.filter((folder) =>
    pages.some(({ path, text }) => path.startsWith(folder) && text.includes('aria-rowindex'))
  );
  expect(rows).toEqual(folders);
});
