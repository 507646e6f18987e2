/** The pages of the manual, as they lie in `assets/manual`: one file a page and language, its title in its first line. */
import { m } from '../../i18n';
import { blocks, type Block } from './markdown';

const files: Record<string, string> = import.meta.glob('../../../../assets/manual/*/*.md', {
  eager: true,
  query: '?raw',
  import: 'default'
});
const shots: Record<string, string> = import.meta.glob('../../../../assets/manual/shots/*.webp', {
  eager: true,
  query: '?url',
  import: 'default'
});

/** Pages by heading, in the order of reading. Those of stages are called as the stages are. */
export const GROUPS: [() => string, string[]][] = [
  [m.help_group_begin, ['first-steps', 'exams', 'headquarters']],
  [
    m.help_group_visit,
    [
      'dashboard',
      'profile',
      'items',
      'patterns',
      'data',
      'tests',
      'count',
      'findings',
      'evidence',
      'review',
      'outputs',
      'handover'
    ]
  ],
  [m.help_group_look_up, ['keys', 'formats', 'security', 'problems', 'whats-new']]
];

export interface Page {
  id: string;
  title: string;
  blocks: Block[];
}

const NAME = /\/manual\/([^/]+)\/([^/]+)\.md$/;

function read(locale: string): Map<string, Page> {
  const pages = Object.entries(files).flatMap(([path, text]): [string, Page][] => {
    const [, of, id] = NAME.exec(path) ?? [];
    if (of !== locale || !id) return [];
    const all = blocks(text);
    const title = all[0]?.kind === 'heading' ? all[0].text : id;
    return [[id, { id, title, blocks: all }]];
  });
  return new Map(pages);
}

const known = new Map<string, Map<string, Page>>();

/** The pages of a language, by id. */
export function pagesOf(locale: string): Map<string, Page> {
  const pages = known.get(locale) ?? read(locale);
  known.set(locale, pages);
  return pages;
}

/** Where a picture lies, by its name; nothing when there is none of that name. */
export function shot(name: string): string | undefined {
  return Object.entries(shots).find(([path]) => path.endsWith(`/${name}.webp`))?.[1];
}
