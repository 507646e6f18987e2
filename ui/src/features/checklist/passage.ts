/** Which lines of a source text an item stands on, and the marks of the source that are no words of it. */
import type { SourceTextView } from '../../backend';

const TAG = /<[^<>]*>/g;
const squash = (text: string): string => text.replace(TAG, '').replace(/[\s|｜➤·-]/g, '');

/** Number, bullet or bracket that a line of a list begins with. */
const LIST_MARK = /^(?:\(?[\da-z一二三四五六七八九十]+[)、.]|（[\d一二三四五六七八九十]+）)/;

/**
 * The last line of an item that begins on line `first` (both from 1). It reaches as far as its words do, and never to
 * where the next clause begins: headings and letterheads between two clauses belong to neither.
 */
export function lastLine(source: SourceTextView, first: number, text: string): number {
  const words = squash(text);
  const next = Math.min(
    source.lines.length + 1,
    ...source.anchors.map((anchor) => anchor.line).filter((line) => line > first)
  );
  let last = first;
  for (let n = first + 1; n < next; n += 1) {
    const line = squash(source.lines[n - 1] ?? '');
    if (!line) continue;
    if (!words.includes(line) && !words.includes(line.replace(LIST_MARK, ''))) break;
    last = n;
  }
  return last;
}

/** A line cut into its words and the tags of the file between them. */
export function pieces(line: string): { text: string; tag: boolean }[] {
  const cut = line.split(/(<[^<>]*>)/).filter(Boolean);
  return cut.map((text) => ({ text, tag: /^<\/?[a-z][^<>]*>$/i.test(text) }));
}
