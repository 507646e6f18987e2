/** Searching the manual: by section, so that a find leads to where it stands. */
import { fold, foldedWords } from '../../shared/fold';
import type { Page } from './contents';
import { plain } from './markdown';

/** A section of a page: from one heading to the next. */
export interface Found {
  page: string;
  title: string;
  /** The heading that it begins with, and where that is. */
  heading: string;
  id: string;
  /** The words around the first find. */
  text: string;
}

interface Section {
  heading: string;
  id: string;
  text: string;
}

/** Letters around a find. */
const BEFORE = 14;
const AFTER = 46;

function sections(page: Page): Section[] {
  const out: Section[] = [];
  for (const block of page.blocks) {
    if (block.kind === 'heading') out.push({ heading: block.text, id: block.id, text: '' });
    else if (out.length) out.at(-1)!.text += `${plain(block)}　`;
  }
  return out;
}

function around(text: string, word: string): string {
  // Folding keeps most lengths; the place is near enough for an excerpt.
  const at = Math.max(fold(text).indexOf(word), 0);
  const from = Math.max(at - BEFORE, 0);
  return (from > 0 ? '…' : '') + text.slice(from, at + AFTER).trim() + (at + AFTER < text.length ? '…' : '');
}

/** The sections that have every word; those with one in a title or heading first. */
export function search(pages: Iterable<Page>, query: string): Found[] {
  const words = foldedWords(query);
  if (!words.length) return [];
  const hits: (Found & { weight: number })[] = [];
  for (const page of pages)
    for (const section of sections(page)) {
      const head = fold(`${page.title} ${section.heading}`);
      const heap = `${head}\n${fold(section.text)}`;
      if (!words.every((word) => heap.includes(word))) continue;
      const weight = words.filter((word) => fold(section.heading).includes(word)).length;
      const { heading, id } = section;
      hits.push({
        page: page.id,
        title: page.title,
        heading,
        id,
        text: around(section.text, words[0]!),
        weight
      });
    }
  return hits.sort((a, b) => b.weight - a.weight);
}
