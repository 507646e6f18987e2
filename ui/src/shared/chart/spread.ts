/** Lanes of numbers side by side: a box for the middle half, a line for nearly all, a mark for the median. */
import { cut, legend, rect, SMALL, steps, text, wide, type Drawing, type Shape } from './shapes';

export interface Box {
  name: string;
  /** What stands behind the lane. */
  figure: string;
  low: number;
  q1: number;
  median: number;
  q3: number;
  high: number;
}

interface Words {
  box: string;
  line: string;
  median: string;
  unit: string;
  log: string;
}

const ROW = 26;

/** From numbers to places: even steps, or by powers of ten where a few lanes would press the others together. */
export function scale(
  boxes: Box[],
  width: number
): { at: (n: number) => number; marks: number[]; log: boolean } {
  const high = Math.max(0, ...boxes.map((box) => box.high));
  const lows = boxes.map((box) => box.median).filter((n) => n > 0);
  const low = Math.min(...lows, high || 1);
  if (high / low <= 40) {
    const marks = steps(high || 1);
    const top = marks[marks.length - 1] || 1;
    return { at: (n) => (n / top) * width, marks, log: false };
  }
  const floor = Math.floor(Math.log10(Math.min(low, ...boxes.map((box) => box.low).filter((n) => n > 0))));
  const from = Math.max(floor, Math.ceil(Math.log10(high)) - 6);
  const to = Math.ceil(Math.log10(high));
  const marks = Array.from({ length: to - from + 1 }, (_, n) => 10 ** (from + n));
  const at = (n: number): number =>
    n <= 10 ** from ? 0 : ((Math.log10(n) - from) / Math.max(1, to - from)) * width;
  return { at, marks, log: true };
}

export function spread(boxes: Box[], words: Words, width = 700): Drawing {
  const names = Math.min(width * 0.3, Math.max(40, ...boxes.map((box) => wide(box.name))) + 12);
  const figures = Math.max(30, ...boxes.map((box) => wide(box.figure, SMALL))) + 16;
  const room = width - names - figures;
  const { at, marks, log } = scale(boxes, room);
  const top = legend(
    [
      ['fill-hatch', words.box],
      ['ink', words.median],
      ['edge', words.line]
    ],
    width
  );
  const [begin, end] = [top.height, top.height + boxes.length * ROW];
  const x = (n: number): number => names + at(n);
  const shapes: Shape[] = [...top.shapes];
  for (const mark of marks) {
    shapes.push({ kind: 'line', x1: x(mark), x2: x(mark), y1: begin, y2: end, tone: 'line' });
    shapes.push(text(x(mark), end + 16, String(mark), { size: SMALL, tone: 'quiet', anchor: 'middle' }));
  }
  boxes.forEach((box, n) => {
    const y = begin + n * ROW;
    const middle = y + ROW / 2;
    shapes.push(
      text(0, middle + 5, cut(box.name, names - 12)),
      { kind: 'line', x1: x(box.low), x2: x(box.high), y1: middle, y2: middle, tone: 'edge', thick: 1.5 },
      {
        kind: 'line',
        x1: x(box.high),
        x2: x(box.high),
        y1: middle - 5,
        y2: middle + 5,
        tone: 'edge',
        thick: 1.5
      },
      rect(x(box.q1), middle - 7, Math.max(2, x(box.q3) - x(box.q1)), 14, 'fill-hatch', 'edge'),
      {
        kind: 'line',
        x1: x(box.median),
        x2: x(box.median),
        y1: middle - 9,
        y2: middle + 9,
        tone: 'ink',
        thick: 3
      },
      text(width, middle + 5, box.figure, { size: SMALL, anchor: 'end' })
    );
  });
  const axis = log ? `${words.unit}（${words.log}）` : words.unit;
  shapes.push(text(names, end + 34, axis, { size: SMALL, tone: 'quiet' }));
  return { width, height: end + 42, shapes };
}
