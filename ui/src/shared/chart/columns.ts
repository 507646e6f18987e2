/** Columns that stand, with a line where a limit lies between two of them. */
import { count } from '../numbers';
import { cut, rect, SMALL, steps, text, wide, type Drawing, type Paint, type Shape } from './shapes';

export interface Column {
  /** One line below the column, or two. */
  name: [string, string?];
  n: number;
  paint: Paint;
  /** Stands apart from the one before. */
  apart?: boolean;
}

interface Options {
  width?: number;
  height?: number;
  /** The line stands behind so many columns. */
  /** Over how many columns the words below one may reach. */
  room?: number;
  limit?: { after: number; words: string[] } | null;
}

/** Where the columns stand: left edge and width of each, and the line of the limit. */
export function places(
  columns: Column[],
  from: number,
  width: number,
  after: number | null
): { x: number[]; w: number; line: number } {
  const gaps = columns.filter((column, n) => n > 0 && column.apart).length;
  const w = width / (columns.length + gaps * 0.6);
  const x: number[] = [];
  let at = from;
  columns.forEach((column, n) => {
    if (n > 0 && column.apart) at += w * 0.6;
    x.push(at);
    at += w;
  });
  return { x, w, line: after === null ? NaN : from + after * w };
}

export function columns(all: Column[], options: Options = {}): Drawing {
  const { width = 700, height = 300, room: reach = 1, limit = null } = options;
  const top = limit ? 8 + limit.words.length * 17 : 16;
  const marks = steps(Math.max(1, ...all.map(({ n }) => n)));
  const most = marks[marks.length - 1] ?? 1;
  const left = Math.max(...marks.map((mark) => wide(count(mark), SMALL))) + 10;
  const [floor, room] = [height - 40, height - 40 - top - 14];
  const y = (n: number): number => floor - (n / most) * room;
  const { x, w, line } = places(all, left, width - left, limit?.after ?? null);
  const shapes: Shape[] = marks.flatMap((mark): Shape[] => [
    { kind: 'line', x1: left, x2: width, y1: y(mark), y2: y(mark), tone: mark === 0 ? 'edge' : 'line' },
    text(left - 6, y(mark) + 4, count(mark), { size: SMALL, anchor: 'end', tone: 'quiet' })
  ]);
  all.forEach((column, n) => {
    const [at, high] = [x[n]!, floor - y(column.n)];
    const middle = at + w / 2;
    if (column.n > 0)
      shapes.push(
        rect(at + w * 0.12, floor - Math.max(1.5, high), w * 0.76, Math.max(1.5, high), column.paint, 'edge')
      );
    shapes.push(
      text(middle, floor - high - 5, count(column.n), { size: SMALL, anchor: 'middle', bold: true })
    );
    column.name.forEach((words, row) => {
      if (words)
        shapes.push(
          text(middle, floor + 16 + row * 15, cut(words, w * 1.15 * reach, SMALL), {
            size: SMALL,
            anchor: 'middle'
          })
        );
    });
  });
  if (limit) {
    shapes.push({ kind: 'line', x1: line, x2: line, y1: 4, y2: floor, tone: 'fail', thick: 2, dash: true });
    // On the side where there is more room.
    const end = line > left + (width - left) * 0.6;
    limit.words.forEach((words, n) =>
      shapes.push(
        text(line + (end ? -8 : 8), 16 + n * 17, words, {
          tone: 'fail',
          bold: n === 0,
          anchor: end ? 'end' : 'start'
        })
      )
    );
  }
  return { width, height, shapes };
}
