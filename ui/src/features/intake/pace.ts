/** One line about a job: how far and how fast. */
import type { ProgressView } from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';

type Pace = Pick<ProgressView, 'rows' | 'rows_per_second'>;

/** The words of the status bar; what is not known yet is not said. */
export function jobLine(what: string, pace: Pace): string {
  const { rows, rows_per_second: rate } = pace;
  const parts = [
    what,
    ...(rows > 0 ? [m.rows_n({ n: count(rows) })] : []),
    ...(rate > 0 ? [m.job_rate({ n: count(Math.round(rate)) })] : [])
  ];
  return parts.join('　');
}
