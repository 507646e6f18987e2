/** Two lanes over the same days: what was done above and below, and what ties a day of one to a day of the other. */
import { count } from '../numbers';
import { cut, legend, rect, SMALL, text, wide, type Drawing, type Paint, type Shape } from './shapes';

/** What one lane has on a day, kind by kind. */
export interface Deeds {
  day: string;
  kinds: { paint: Paint; n: number }[];
}

/** Something that both lanes touched: a day above, a day below. */
export interface Tie {
  above: string;
  below: string;
}

interface Words {
  above: string;
  below: string;
  begin: string;
  end: string;
  ties: (n: string) => string;
  legend: [Paint, string][];
  day: (iso: string) => string;
}

const HIGH = 84;
const AXIS = 34;

/** The days of both lanes in order, each once. */
export const daysOf = (above: Deeds[], below: Deeds[], ties: Tie[]): string[] =>
  [
    ...new Set(
      [...above, ...below].map(({ day }) => day).concat(ties.flatMap((tie) => [tie.above, tie.below]))
    )
  ].sort();

const sum = (deeds: Deeds): number => deeds.kinds.reduce((all, { n }) => all + n, 0);

export function lanes(above: Deeds[], below: Deeds[], ties: Tie[], words: Words, width = 760): Drawing {
  const days = daysOf(above, below, ties);
  const names = Math.min(180, Math.max(wide(words.above), wide(words.below)) + 16);
  const ends = Math.max(wide(words.begin, SMALL), wide(words.end, SMALL)) / 2 + 16;
  const top = legend(words.legend, width);
  const [from, room] = [names + ends, width - names - 2 * ends];
  const pitch = room / Math.max(1, days.length);
  const x = (day: string): number => from + (days.indexOf(day) + 0.5) * pitch;
  const most = Math.max(1, ...[...above, ...below].map(sum));
  const up = top.height + 20 + HIGH;
  const down = up + AXIS;
  const floor = down + HIGH + 20;
  const shapes: Shape[] = [
    ...top.shapes,
    text(0, up - HIGH / 2 + 4, cut(words.above, names - 8), { bold: true }),
    text(0, down + HIGH / 2 + 4, cut(words.below, names - 8), { bold: true }),
    { kind: 'line', x1: names, x2: width, y1: up, y2: up, tone: 'edge' },
    { kind: 'line', x1: names, x2: width, y1: down, y2: down, tone: 'edge' }
  ];
  for (const [at, word] of [
    [names + ends / 2, words.begin],
    [width - ends / 2, words.end]
  ] as const) {
    shapes.push(
      { kind: 'line', x1: at, x2: at, y1: top.height + 18, y2: floor, tone: 'ink', thick: 1.5 },
      text(at, top.height + 12, word, { size: SMALL, anchor: 'middle' })
    );
  }
  const bar = Math.max(3, Math.min(36, pitch * 0.6));
  const stack = (deeds: Deeds, base: number, sign: -1 | 1): void => {
    let at = base;
    for (const { paint, n } of deeds.kinds.filter((one) => one.n > 0)) {
      const h = Math.max(2, (n / most) * HIGH);
      shapes.push(rect(x(deeds.day) - bar / 2, sign < 0 ? at - h : at, bar, h, paint, 'edge'));
      at += sign * h;
    }
    if (pitch >= 20)
      shapes.push(
        text(x(deeds.day), sign < 0 ? at - 4 : at + 13, count(sum(deeds)), { size: SMALL, anchor: 'middle' })
      );
  };
  for (const deeds of above) stack(deeds, up, -1);
  for (const deeds of below) stack(deeds, down, 1);
  // As many names of days as there is room for.
  const every = Math.max(1, Math.ceil(64 / pitch));
  days.forEach((day, n) => {
    if (n % every === 0)
      shapes.push(text(x(day), floor + 16, words.day(day), { size: SMALL, tone: 'quiet', anchor: 'middle' }));
  });
  const tied = new Map<string, Tie & { n: number }>();
  for (const tie of ties) {
    const key = `${tie.above} ${tie.below}`;
    tied.set(key, { ...tie, n: (tied.get(key)?.n ?? 0) + 1 });
  }
  for (const tie of tied.values()) {
    const [a, b] = [x(tie.above), x(tie.below)];
    const [mx, my] = [(a + b) / 2, (up + down) / 2];
    shapes.push(
      { kind: 'line', x1: a, x2: b, y1: up, y2: down, tone: 'fail', thick: 2 },
      { kind: 'path', d: `M${mx} ${my - 7}l7 7l-7 7l-7 -7z`, paint: 'fail' },
      text(mx + 11, my + 4, words.ties(count(tie.n)), { size: SMALL, tone: 'fail', bold: true })
    );
  }
  return { width, height: floor + 24, shapes };
}
