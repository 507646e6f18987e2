/** Figures as they are typed: full-width digits, group separators and signs of percent are taken too. */
import type { SampleChoice } from '../../backend';

const plain = (typed: string): string => typed.normalize('NFKC').replace(/[\s,%]/g, '');

/** A whole number of at least 0, or `null`. */
export function whole(typed: string): number | null {
  const text = plain(typed);
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** A percentage from 0 to 100, or `null`. */
export function percent(typed: string): number | null {
  const text = plain(typed);
  const value = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : NaN;
  return value <= 100 ? value : null;
}

const LARGEST = 2n ** 64n - 1n;

/** A seed, which is a text because it fills 64 bits; `null` for none, `undefined` when it is not one. */
export function seed(typed: string): string | null | undefined {
  const text = plain(typed);
  if (text === '') return null;
  return /^\d{1,20}$/.test(text) && BigInt(text) <= LARGEST ? text : undefined;
}

/** A fraction as a percentage with two decimals. */
export const asPercent = (fraction: number): string => `${(fraction * 100).toFixed(2)}%`;

/** Rows named by an examiner, and the lines (from 1) that name none or say no reason. */
export interface Named {
  rows: SampleChoice[];
  unread: number[];
  unreasoned: number[];
}

/** `檔案:工作表:列號　理由`, one a line; a colon may be of full width, a row number may be grouped. */
export function named(typed: string): Named {
  const found: Named = { rows: [], unread: [], unreasoned: [] };
  for (const [n, line] of typed.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parts =
      /^\s*([^:]+):([^:]*):\s*([\d,]+)(?:\s+(.*))?$/.exec(line) ??
      /^\s*([^:：]+)[:：]([^:：]*)[:：]\s*([\d,０-９]+)(?:\s+(.*))?$/.exec(line);
    const row = parts ? whole(parts[3]!) : null;
    const reason = parts?.[4]?.trim() ?? '';
    if (!parts || !row) found.unread.push(n + 1);
    else if (reason === '') found.unreasoned.push(n + 1);
    else found.rows.push({ file: parts[1]!.trim(), sheet: parts[2]!.trim(), row, reason });
  }
  return found;
}
