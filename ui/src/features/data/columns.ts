/** Columns of the grid: how wide they are, and which of them are in sight. */
import type { DataColumnView, DataRowView } from '../../backend';

export const NARROWEST = 48;
export const WIDEST = 640;
/** Digits, in pixels. */
const HALF = 7;

/** Numbers stand at the right. */
export const isNumber = (kind: string): boolean => ['int', 'num', 'duration'].includes(kind);
export const isDate = (kind: string): boolean => kind === 'date' || kind === 'datetime';
/** Ages are told of dates, bands and digits of numbers. */
export const isPictured = (kind: string): boolean => isDate(kind) || kind === 'int' || kind === 'num';

/** Length of a text in half-width characters. */
function wide(text: string | null | undefined): number {
  return [...(text ?? '')].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0);
}

/** What a cell's mark takes before the text: `● 無法判讀「…」`. */
const MARKED = 15;

/** A width that shows the heading, with its arrow, and what stands in the first rows, within reason. */
export function fitting(column: DataColumnView, at: number, rows: readonly DataRowView[]): number {
  const most = rows.map((row) => {
    const marked = row.row.bad.includes(at) || row.never.includes(at);
    return wide(row.row.cells[at]) + (marked ? MARKED : 0);
  });
  const inside = Math.max(wide(column.zh) * (HALF - 0.5) + 18, Math.max(0, ...most) * HALF);
  return Math.min(260, Math.max(64, Math.round(inside) + 22));
}

/** Left edges of columns of these widths, and where the last one ends. */
export function edges(widths: readonly number[]): number[] {
  const out = [0];
  for (const width of widths) out.push(out[out.length - 1]! + width);
  return out;
}

/** First and last column of which anything is in sight between two positions; one more at either side. */
export function inSight(edge: readonly number[], from: number, to: number): { first: number; last: number } {
  const count = edge.length - 1;
  let first = 0;
  while (first < count - 1 && edge[first + 1]! <= from) first += 1;
  let last = first;
  while (last < count - 1 && edge[last + 1]! < to) last += 1;
  return { first: Math.max(0, first - 1), last: Math.min(count - 1, last + 1) };
}

/** Width of a column of row numbers up to `n`. */
export function digits(n: number): number {
  const text = String(Math.max(n, 99));
  return Math.round((text.length + Math.floor((text.length - 1) / 3) * 0.5) * 7.4) + 20;
}
