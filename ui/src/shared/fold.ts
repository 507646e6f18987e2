/** Searching without minding spellings that mean the same in the clauses. */

const SAME: [RegExp, string][] = [
  [/台/g, '臺'],
  [/記錄/g, '紀錄'],
  [/乙次/g, '一次'],
  [/[\s　]+/g, '']
];

/** One spelling for all that count as equal. */
export function fold(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return SAME.reduce((folded, [from, to]) => folded.replace(from, to), plain);
}

/** Whether every word of `query` occurs in one of the texts. */
export function matches(query: string, ...texts: string[]): boolean {
  const heap = texts.map(fold).join('\n');
  return query
    .split(/[\s　]+/)
    .filter(Boolean)
    .every((word) => heap.includes(fold(word)));
}
