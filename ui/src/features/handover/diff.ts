/** What two texts have in common and what each has of its own: by words of letters and figures, by single characters of Han. */

/** A stretch of a text; `own`: the other text does not have it. */
export interface Piece {
  text: string;
  own: boolean;
}

/** Cells of the table beyond which the middle of two texts counts as different throughout. */
const MOST_CELLS = 4_000_000;
/** Common stretches shorter than this, between differences, are chance. */
const CHANCE = 2;

interface Stretch {
  a: string;
  b: string;
  same: boolean;
}

const tokens = (text: string): string[] => text.match(/[\p{Script=Latin}\p{Nd}]+|\s+|[\s\S]/gu) ?? [];

/** Lengths of the longest common subsequences of what is left of both from each place on. */
function table(a: string[], b: string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  return lengths;
}

function middle(a: string[], b: string[]): Stretch[] {
  if ((a.length + 1) * (b.length + 1) > MOST_CELLS) return [{ a: a.join(''), b: b.join(''), same: false }];
  const [lengths, width] = [table(a, b), b.length + 1];
  const out: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const same = i < a.length && j < b.length && a[i] === b[j];
    const down =
      j >= b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!);
    const took = { a: same || down ? a[i]! : '', b: same || !down ? b[j]! : '', same };
    if (took.a) i += 1;
    if (took.b) j += 1;
    out.push(took);
  }
  return out;
}

/** Neighbours of one sort become one stretch. */
function joined(stretches: Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const one of stretches) {
    const last = out.at(-1);
    if (last?.same === one.same) Object.assign(last, { a: last.a + one.a, b: last.b + one.b });
    else if (one.a || one.b) out.push({ ...one });
  }
  return out;
}

/** Both texts in pieces, in order; the pieces of each make up the whole of it. */
export function compare(ours: string, theirs: string): { ours: Piece[]; theirs: Piece[] } {
  const [a, b] = [tokens(ours), tokens(theirs)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const text = (list: string[], from: number, to: number): string => list.slice(from, to).join('');
  const ends: [Stretch, Stretch] = [
    { a: text(a, 0, head), b: text(b, 0, head), same: true },
    { a: text(a, a.length - tail, a.length), b: text(b, b.length - tail, b.length), same: true }
  ];
  const inside = joined(middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)));
  const meant = inside.map((one, n) =>
    one.same && one.a.length < CHANCE && n > 0 && n < inside.length - 1 ? { ...one, same: false } : one
  );
  const all = joined([ends[0], ...meant, ends[1]]);
  const of = (side: 'a' | 'b'): Piece[] =>
    all.filter((one) => one[side] !== '').map((one) => ({ text: one[side], own: !one.same }));
  return { ours: of('a'), theirs: of('b') };
}
