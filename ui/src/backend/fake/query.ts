/** Which rows a question means, in which order; the last answer is kept, as the host does. */
import type { DataRequest, FilterChoice } from '../bindings';
import { columnsOf, type Made, type MadeColumn } from './rows';

/** A table's share of a dataset's rows. */
export interface Share {
  id: number;
  file: string;
  sheet: string;
  rows: number;
}

/** A row by its number in the dataset. */
export interface Place {
  share: Share;
  place: number;
}

export function placeOf(shares: Share[], n: number): Place {
  let left = n;
  for (const share of shares) {
    if (left < share.rows) return { share, place: left };
    left -= share.rows;
  }
  throw new Error('no such row');
}

/** Every 211th row was hidden. */
export const isHidden = (place: number): boolean => place % 211 === 7;

const holds = (cell: Made, text: string): boolean =>
  [cell.value, cell.original].some((one) => one?.toLowerCase().includes(text.toLowerCase()));

export const anyHolds = (columns: MadeColumn[], n: number, text: string): boolean =>
  columns.some((column) => holds(column.make(n), text));

function passes(
  columns: MadeColumn[],
  shares: Share[],
  n: number,
  { column, test, from, to }: FilterChoice
): boolean {
  if (test === 'hidden') return isHidden(placeOf(shares, n).place);
  if (test === 'sheet') return String(placeOf(shares, n).share.id) === from;
  const of = columns.find((one) => one.key === column);
  const cell = of?.make(n) ?? { value: null };
  if (test === 'never' || test === 'unreadable') return cell.state === test;
  if (test === 'missing') return cell.value === null && !cell.state;
  if (test === 'contains') return holds(cell, from);
  if (cell.value === null) return false;
  if (test === 'equals') return cell.value === from;
  if (of?.kind === 'num')
    return (!from || Number(cell.value) >= Number(from)) && (!to || Number(cell.value) <= Number(to));
  return (!from || cell.value >= from) && (!to || cell.value.substring(0, to.length) <= to);
}

let kept: { key: string; ids: Uint32Array } | null = null;

/** Numbers of the rows in their order; `null`: all of them, as they were imported. */
export function order(request: DataRequest, shares: Share[]): Uint32Array | null {
  const { dataset, sort, filters, find } = request;
  if (!sort.length && !filters.length && !find) return null;
  const key = JSON.stringify([dataset, sort, filters, find, shares]);
  if (kept?.key === key) return kept.ids;
  const columns = columnsOf(dataset);
  const total = shares.reduce((sum, share) => sum + share.rows, 0);
  let ids = Uint32Array.from({ length: total }, (_, n) => n);
  if (filters.length || find)
    ids = ids.filter(
      (n) =>
        filters.every((filter) => passes(columns, shares, n, filter)) && (!find || anyHolds(columns, n, find))
    );
  for (const { column, descending } of [...sort].reverse()) {
    const of = columns.find((one) => one.key === column);
    if (!of) continue;
    const values = new Map<number, string | number | null>();
    for (const n of ids) {
      const { value } = of.make(n);
      values.set(n, value === null || of.kind !== 'num' ? value : Number(value));
    }
    ids.sort((a, b) => compare(values.get(a) ?? null, values.get(b) ?? null, descending) || 0);
  }
  kept = { key, ids };
  return ids;
}

/** Cells without a value come last in either direction. */
function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const rising = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -rising : rising;
}
