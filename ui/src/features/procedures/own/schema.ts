/** What statements may name, as lines of one list: datasets with their columns, values, functions. */
import type { OwnSchemaView } from '../../../backend';
import { matches } from '../../../shared/fold';

export interface Node {
  id: string;
  kind: 'set' | 'column' | 'group' | 'word';
  /** What is written into the statement; empty for a heading. */
  call: string;
  zh: string;
  /** Type of a column. */
  ty: string;
  /** Rows of a dataset. */
  rows: number;
  /** Whether this exam has something in it. */
  filled: boolean;
  /** Whether what is below it is shown; `null` for what has nothing below. */
  open: boolean | null;
}

const node = (id: string, kind: Node['kind'], call: string, zh: string, more: Partial<Node> = {}): Node => ({
  id,
  kind,
  call,
  zh,
  ty: '',
  rows: 0,
  filled: true,
  open: null,
  ...more
});

/** The lines in sight. What is looked for opens what holds it; `flipped` are those that somebody opened or closed. */
export function lines(
  schema: OwnSchemaView,
  words: { values: string; functions: string },
  query: string,
  flipped: ReadonlySet<string>,
  subject: string
): Node[] {
  const asked = query.trim() !== '';
  const groups = (['values', 'functions'] as const).flatMap((id): Node[] => {
    const found = schema[id].filter((word) => matches(query, word.call, word.zh));
    if (found.length === 0) return [];
    const open = asked !== flipped.has(id);
    const below = found.map((word) => node(`${id}/${word.call}`, 'word', word.call, word.zh));
    return [node(id, 'group', '', words[id], { open }), ...(open ? below : [])];
  });
  const sets = schema.datasets.flatMap((set): Node[] => {
    const own = matches(query, set.key, set.zh, set.code);
    const found = set.columns.filter((column) => matches(query, column.key, column.zh));
    if (!own && found.length === 0) return [];
    const open = (asked ? found.length > 0 : set.key === subject) !== flipped.has(set.key);
    const filled = set.rows > 0;
    const below = (found.length > 0 ? found : set.columns).map((column) =>
      node(`${set.key}/${column.key}`, 'column', column.key, column.zh, {
        ty: column.ty,
        filled: filled && column.filled
      })
    );
    return [node(set.key, 'set', set.key, set.zh, { rows: set.rows, filled, open }), ...(open ? below : [])];
  });
  return [...groups, ...sets];
}
