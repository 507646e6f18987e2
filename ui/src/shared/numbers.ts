/** Figures as they are printed. */

const grouped = new Intl.NumberFormat('en-US');

/** `1,043`. */
export function count(n: number): string {
  return grouped.format(n);
}

/** `12.3 KB`. */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  const [value, unit] = n < 1024 * 1024 ? [n / 1024, 'KB'] : [n / 1024 / 1024, 'MB'];
  return `${value.toFixed(1)} ${unit}`;
}

/** A part, 0–1, as `62%`; never more than is done. */
export const percent = (part: number): string => `${Math.floor(part * 100)}%`;

/** A long hash, short enough for a line. */
export function shortHash(hash: string): string {
  return hash.length > 16 ? `${hash.substring(0, 8)}…${hash.substring(hash.length - 8)}` : hash;
}

const BLOCK = 2 ** 32;

/** A record's number: `7`, or `B7` for what another copy of the exam made. */
export function recordNumber(id: number): string {
  let [left, letters] = [Math.floor(id / BLOCK), ''];
  for (; left > 0; left = Math.floor(left / 26)) {
    letters = String.fromCharCode(65 + (left % 26)) + letters;
  }
  return `${letters}${id % BLOCK}`;
}
