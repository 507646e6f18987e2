/** Bars that lie: a name, its parts side by side, its figure. */
import type { Part } from '../fills';
import { cut, legend, rect, SMALL, text, wide, type Drawing, type Paint, type Shape } from './shapes';

export interface Bar {
  name: string;
  parts: Part[];
  /** What the parts are compared with: a thin bar below. */
  under?: Part[];
  /** What stands behind the bar. */
  figure: string;
  /** A share that was to be expected, in the same measure as the parts. */
  expected?: number | null;
  /** Stands out: the whole of what follows. */
  head?: boolean;
}

interface Options {
  width?: number;
  /** What fills the whole width; the longest bar where it is left out. */
  most?: number;
  /** Each bar fills the width by itself. */
  whole?: boolean;
  legend?: [Paint, string][];
}

const ROW = 24;
const HIGH = 14;
/** The bar below, and the room that it takes. */
const THIN = 5;
const BELOW = 8;

export const paintOf = (fill: Part['fill']): Paint => (fill === 'empty' ? 'none' : `fill-${fill}`);

/** Where the parts of a bar lie between 0 and `width`. */
export function placed(parts: Part[], most: number, width: number): { x: number; w: number; paint: Paint }[] {
  let from = 0;
  return parts
    .filter(({ n }) => n > 0)
    .map(({ fill, n }) => {
      const w = most > 0 ? (n / most) * width : 0;
      const x = from;
      from += w;
      return { x, w, paint: paintOf(fill) };
    });
}

const sum = (parts: Part[]): number => parts.reduce((all, { n }) => all + n, 0);

export function bars(rows: Bar[], options: Options = {}): Drawing {
  const { width = 760 } = options;
  const names = Math.min(width * 0.42, Math.max(40, ...rows.map((row) => wide(row.name))) + 12);
  const figures = Math.max(24, ...rows.map((row) => wide(row.figure, SMALL))) + 12;
  const room = width - names - figures;
  const top = legend(options.legend ?? [], width);
  const longest =
    options.most ??
    Math.max(1, ...rows.map((row) => Math.max(sum(row.parts), sum(row.under ?? []), row.expected ?? 0)));
  const high = rows.some((row) => row.under?.length) ? ROW + BELOW : ROW;
  const shapes: Shape[] = [...top.shapes];
  rows.forEach((row, n) => {
    const y = top.height + n * high;
    const bold = row.head ?? false;
    shapes.push(text(0, y + 16, cut(row.name, names - 12), { bold }));
    const most = options.whole ? Math.max(1, sum(row.parts)) : longest;
    for (const part of placed(row.parts, most, room))
      shapes.push(rect(names + part.x, y + 5, part.w, HIGH, part.paint, 'edge'));
    const under = row.under ?? [];
    for (const part of placed(under, options.whole ? Math.max(1, sum(under)) : longest, room))
      shapes.push(rect(names + part.x, y + 5 + HIGH + 2, part.w, THIN, part.paint));
    if (row.expected != null) {
      const x = names + (row.expected / most) * room;
      shapes.push({ kind: 'line', x1: x, x2: x, y1: y + 2, y2: y + 22, tone: 'ink', thick: 2 });
    }
    shapes.push(text(width, y + 16, row.figure, { size: SMALL, anchor: 'end', bold }));
  });
  return { width, height: top.height + rows.length * high + 4, shapes };
}
