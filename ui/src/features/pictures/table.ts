/** The figures of a picture as text. */
import type { AnalysisView } from '../../backend';

/** `12.34%`. */
export const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** `1,234,567.50`: the digits are the host's own, not a number's of this program. */
export function exact(text: string): string {
  const [whole = '', part] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export interface Heads {
  band: string;
  rows: string;
  share: string;
  expected: string;
  sum: string;
}

/** The table for other programs: bare numbers, parted by tabs. */
export function asText(view: AnalysisView, heads: Heads): string {
  const [expected, sum] = has(view);
  const clean = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  const lines = view.bars.map((bar) => [
    clean(bar.label),
    String(bar.rows),
    percent(bar.share),
    ...(expected ? [bar.expected === null ? '' : percent(bar.expected)] : []),
    ...(sum ? [bar.sum ?? ''] : [])
  ]);
  const head = [
    heads.band,
    heads.rows,
    heads.share,
    ...(expected ? [heads.expected] : []),
    ...(sum ? [heads.sum] : [])
  ];
  return [head, ...lines].map((line) => line.join('\t') + '\n').join('');
}

/** Whether there are expected shares, and sums. */
export const has = (view: AnalysisView): [expected: boolean, sum: boolean] => [
  view.bars.some((bar) => bar.expected !== null),
  view.bars.some((bar) => bar.sum !== null)
];
