/** What a drawing is made of: a few shapes in colours of the theme, so that one description is seen, exported and tested. */
import type { Fill } from '../fills';

/** A colour by its meaning. */
export type Tone =
  'ink' | 'quiet' | 'line' | 'edge' | 'accent' | 'fail' | 'warn' | 'ok' | 'unknown' | 'info' | 'ground';

/** A colour, or a pattern that reads in black and white. */
export type Paint = Tone | `fill-${Exclude<Fill, 'empty'>}` | 'none';

export type Shape =
  | { kind: 'rect'; x: number; y: number; w: number; h: number; paint: Paint; edge?: Tone }
  | { kind: 'path'; d: string; paint: Paint; edge?: Tone; thick?: number }
  | {
      kind: 'line';
      x1: number;
      y1: number;
      x2: number;
      y2: number;
      tone: Tone;
      thick?: number;
      dash?: boolean;
    }
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      tone: Tone;
      size: number;
      bold?: boolean;
      anchor?: 'start' | 'middle' | 'end';
    };

/** Shapes on a sheet of this size. */
export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}

/** The figures that a drawing shows. The first cell of a row names it. */
export interface Table {
  heads: string[];
  rows: string[][];
}

/** A picture: the drawing, the same as a table, and what has to be known to read it. */
export interface Picture {
  title: string;
  /** What is counted and how many: `1,043 個帳號`. */
  n: string;
  drawing: Drawing;
  table: Table;
  notes: string[];
  /** The same without what names persons, where it may leave only so. */
  outside?: { drawing: Drawing; table: Table };
}

export const TEXT = 13;
export const SMALL = 12;

/** About how wide a text is: Han letters are as wide as high, others a little over half. */
export function wide(text: string, size = TEXT): number {
  const letters = [...text].map((letter) => (letter.codePointAt(0)! > 0x2e7f ? 1 : 0.58));
  return letters.reduce((all, one) => all + one, 0) * size;
}

/** A text that fits a width, its end cut off where it does not. */
export function cut(text: string, width: number, size = TEXT): string {
  if (wide(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && wide(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('')}…`;
}

/** The same shapes elsewhere. Paths are drawn where they stand: they cannot be moved. */
export function moved(shapes: Exclude<Shape, { kind: 'path' }>[], dx: number, dy: number): Shape[] {
  return shapes.map((shape) =>
    shape.kind === 'line'
      ? { ...shape, x1: shape.x1 + dx, x2: shape.x2 + dx, y1: shape.y1 + dy, y2: shape.y2 + dy }
      : { ...shape, x: shape.x + dx, y: shape.y + dy }
  );
}

export const text = (
  x: number,
  y: number,
  words: string,
  more: Partial<Extract<Shape, { kind: 'text' }>> = {}
): Extract<Shape, { kind: 'text' }> => ({
  kind: 'text',
  x,
  y,
  text: words,
  tone: 'ink',
  size: TEXT,
  ...more
});

export const rect = (
  x: number,
  y: number,
  w: number,
  h: number,
  paint: Paint,
  edge?: Tone
): Extract<Shape, { kind: 'rect' }> => ({ kind: 'rect', x, y, w, h, paint, ...(edge ? { edge } : {}) });

/** Steps of an axis that are easily read: 1, 2 or 5 times a power of ten, at most `most` of them. */
export function steps(top: number, most = 5): number[] {
  if (!(top > 0)) return [0];
  const rough = top / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, n) => Number((n * step).toPrecision(12)));
}

/** What the fills mean, in one line or several. */
export function legend(
  items: [paint: Paint, word: string][],
  width: number
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, y] = [0, 0];
  for (const [paint, word] of items) {
    const room = 20 + wide(word, SMALL) + 16;
    if (x > 0 && x + room > width) [x, y] = [0, y + 20];
    shapes.push(rect(x, y + 2, 14, 12, paint, 'edge'), text(x + 20, y + 13, word, { size: SMALL }));
    x += room;
  }
  return { shapes, height: items.length ? y + 26 : 0 };
}
