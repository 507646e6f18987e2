/**
 * The little of Markdown that the manual is written in, as values: headings, paragraphs, lists, tables, remarks (`>`) and
 * pictures; in a line bold, links and, in backticks, keys and words of the screen. What is none of these stays text, and
 * components show all of it as text, so that nothing in a file ever becomes markup.
 */

export type Inline =
  { kind: 'text' | 'strong' | 'code'; text: string } | { kind: 'link'; text: string; to: string };

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string; id: string }
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'remark'; parts: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'picture'; name: string; text: string };

const INLINE = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;
const PICTURE = /^!\[(.*)\]\(([a-z0-9-]+)\)$/;
const HEADING = /^(#{1,3}) (.+)$/;
const ITEM = /^(?:- |\d+\. )(.+)$/;

/** A line as runs. */
export function inlines(line: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  const text = (to: number): void => {
    if (to > from) parts.push({ kind: 'text', text: line.slice(from, to) });
  };
  for (const found of line.matchAll(INLINE)) {
    text(found.index);
    const [whole, strong, code, link, to] = found;
    if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (code !== undefined) parts.push({ kind: 'code', text: code });
    else parts.push({ kind: 'link', text: link!, to: to! });
    from = found.index + whole.length;
  }
  text(line.length);
  return parts;
}

const cells = (line: string): Inline[][] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => inlines(cell.trim()));

/** The lines from `at` on that belong together. */
function run(lines: string[], at: number, belongs: (line: string) => boolean): string[] {
  const end = lines.findIndex((line, n) => n >= at && !belongs(line));
  return lines.slice(at, end < 0 ? lines.length : end);
}

/** A file as blocks. A line that is broken goes on as in Markdown; between Han characters nothing is put. */
export function blocks(source: string): Block[] {
  const lines = source.split(/\r?\n/).map((line) => line.trimEnd());
  const out: Block[] = [];
  let headings = 0;
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const heading = HEADING.exec(line);
    const picture = PICTURE.exec(line);
    let taken = 1;
    if (heading) {
      headings += 1;
      const level = heading[1]!.length as 1 | 2 | 3;
      out.push({ kind: 'heading', level, text: heading[2]!, id: `h${headings}` });
    } else if (picture) {
      out.push({ kind: 'picture', text: picture[1]!, name: picture[2]! });
    } else if (line.startsWith('|')) {
      const [head = '', , ...rows] = run(lines, at, (one) => one.startsWith('|'));
      out.push({ kind: 'table', head: cells(head), rows: rows.map(cells) });
      taken = rows.length + 2;
    } else if (ITEM.test(line)) {
      const items = run(lines, at, (one) => ITEM.test(one));
      const each = items.map((item) => inlines(ITEM.exec(item)![1]!));
      out.push({ kind: 'list', ordered: !line.startsWith('-'), items: each });
      taken = items.length;
    } else if (line.startsWith('> ')) {
      const said = run(lines, at, (one) => one.startsWith('> '));
      out.push({ kind: 'remark', parts: inlines(joined(said.map((one) => one.slice(2)))) });
      taken = said.length;
    } else if (line !== '') {
      const said = run(lines, at, (one) => one !== '' && !/^(#|\||> |- |\d+\. |!\[)/.test(one));
      out.push({ kind: 'paragraph', parts: inlines(joined(said)) });
      taken = Math.max(said.length, 1);
    }
    at += taken;
  }
  return out;
}

function joined(lines: string[]): string {
  return lines.reduce((text, line) => text + (/[\x20-\x7e]$/.test(text) ? ' ' : '') + line);
}

/** What a reader sees of a block, for searching. */
export function plain(block: Block): string {
  const of = (parts: Inline[]): string => parts.map((part) => part.text).join('');
  switch (block.kind) {
    case 'heading':
    case 'picture':
      return block.text;
    case 'paragraph':
    case 'remark':
      return of(block.parts);
    case 'list':
      return block.items.map(of).join('　');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(of).join('　')).join('　');
  }
}
