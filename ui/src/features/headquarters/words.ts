/** Shares and years as they are read. */
import type { ShareView } from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import type {} from '../../backend';

/** `80.0%`; of nothing a dash. */
export const percent = ({ n, of }: ShareView): string => (of ? `${((100 * n) / of).toFixed(1)}%` : '–');

/** `120 / 150`. */
export const base = ({ n, of }: ShareView): string => `${count(n)} / ${count(of)}`;

/** A year of as-of dates, as the Republic counts it. */
export const year = (n: number): string => m.hq_year({ n: n - 1911 });
