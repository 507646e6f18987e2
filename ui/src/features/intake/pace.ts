/** One line about a job: how far, how fast, how long still. */
import type { ProgressView } from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';

type Pace = Pick<ProgressView, 'rows' | 'fraction' | 'rows_per_second' | 'seconds_left'>;

/** `8 秒`, `2 分 05 秒`. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return m.seconds_n({ n: String(whole) });
  const rest = String(whole % 60).padStart(2, '0');
  return m.minutes_n({ n: String(Math.floor(whole / 60)), s: rest });
}

/** The words of the status bar and the part that is done; what is not known yet is not said. */
export function jobLine(what: string, pace: Pace | null): { text: string; fraction: number | null } {
  if (!pace) return { text: what, fraction: null };
  const { rows, fraction, rows_per_second: rate, seconds_left: left } = pace;
  const parts = [
    what,
    ...(fraction !== null ? [`${Math.floor(fraction * 100)}%`] : []),
    ...(rows > 0 ? [m.rows_n({ n: count(rows) })] : []),
    ...(rate > 0 ? [m.job_rate({ n: count(Math.round(rate)) })] : []),
    ...(left !== null ? [m.job_left({ time: duration(left) })] : [])
  ];
  return { text: parts.join('　'), fraction };
}
