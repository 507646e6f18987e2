/** Searching without minding spellings that mean the same in the clauses. */

/** Spellings of the same length, so that places in a folded text can be told in the text itself. */
const SAME: [RegExp, string][] = [
  [/台/g, '臺'],
  [/記錄/g, '紀錄'],
  [/乙次/g, '一次'],
  [/掃瞄/g, '掃描']
];
const SPACE = /[\s　]+/g;

const spelled = (text: string): string => SAME.reduce((folded, [from, to]) => folded.replace(from, to), text);

/** One spelling for all that count as equal. */
export function fold(text: string): string {
  return spelled(text.normalize('NFKC').toLowerCase().replace(SPACE, ''));
}

/** The words of a query, folded. */
export function foldedWords(query: string): string[] {
  return query.split(SPACE).filter(Boolean).map(fold).filter(Boolean);
}

/** Whether every word of `query` occurs in one of the texts. */
export function matches(query: string, ...texts: string[]): boolean {
  const heap = texts.map(fold).join('\n');
  return foldedWords(query).every((word) => heap.includes(word));
}

/** A run of a text that was searched for, or that was not. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Where each letter of the folded text stands in the text. */
function placed(text: string): { folded: string; places: number[] } {
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const letter of text) {
    const plain = letter.normalize('NFKC').toLowerCase().replace(SPACE, '');
    for (let n = 0; n < plain.length; n += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  places.push(text.length);
  return { folded: spelled(folded), places };
}

/** The text in runs: those that one of the folded words matches, and what is between them. */
export function pieces(text: string, words: string[]): Piece[] {
  if (!words.length || !text) return [{ text, hit: false }];
  const { folded, places } = placed(text);
  const hit = new Array<boolean>(text.length).fill(false);
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      hit.fill(true, places[at], places[at + word.length]);
  const runs: Piece[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at += 1)
    if (at === text.length || hit[at] !== hit[from]) {
      runs.push({ text: text.substring(from, at), hit: hit[from]! });
      from = at;
    }
  return runs;
}
