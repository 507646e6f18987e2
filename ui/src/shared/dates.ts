/** Dates as the field writes them (`109.12.31`, `民國109年12月31日`) and as the host takes them (`2020-12-31`). */
import { m } from '../i18n';

const ROC_OFFSET = 1911;

function real(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year >= 1912 && year <= 2199 ? date.toISOString().substring(0, 10) : null;
}

/** Years of up to three digits are the Republic's, of four digits the common era's. */
function fromParts(year: string, month: string, day: string): string | null {
  const full = year.length === 4 ? Number(year) : Number(year) + ROC_OFFSET;
  return real(full, Number(month), Number(day));
}

/** Reads a date as an examiner types it; ISO, or `null` when it is none. */
export function parseDate(typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/\s+/g, '');
  const words = /^(?:中華)?(?:民國)?(\d{1,4})年(\d{1,2})月(\d{1,2})日?$/.exec(text);
  if (words) return fromParts(words[1]!, words[2]!, words[3]!);
  const split = /^(?:民國)?(\d{2,4})([./-])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (split) return fromParts(split[1]!, split[3]!, split[4]!);
  const compact = /^(\d{3}|\d{4})(\d{2})(\d{2})$/.exec(text);
  return compact ? fromParts(compact[1]!, compact[2]!, compact[3]!) : null;
}

function parts(iso: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return match
    ? { year: Number(match[1]) - ROC_OFFSET, month: Number(match[2]), day: Number(match[3]) }
    : null;
}

/** `民國109年12月31日`; what is no ISO date comes back as it is. */
export function longDate(iso: string): string {
  const date = parts(iso);
  return date ? m.date_long({ ...date, iso: iso.substring(0, 10) }) : iso;
}

/** `109.12.31`. */
export function shortDate(iso: string): string {
  const date = parts(iso);
  if (!date) return iso;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(date.year).padStart(3, '0')}.${two(date.month)}.${two(date.day)}`;
}

/** `115.03.02 14:03`. */
export function shortMoment(iso: string): string {
  const time = /[T ](\d{2}:\d{2})/.exec(iso);
  return time ? `${shortDate(iso)} ${time[1]}` : shortDate(iso);
}

/** Reads `109.12.31 09:00`; ISO without a zone, or `null` when it is no date. Without a time it is midnight. */
export function parseMoment(typed: string): string | null {
  const text = typed.normalize('NFKC').trim();
  const time = /\s+(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const date = parseDate(time ? text.substring(0, time.index) : text);
  if (!date) return null;
  const [hour = 0, minute = 0, second = 0] = (time?.slice(1) ?? []).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  return `${date}T${[hour, minute, second].map((n) => String(n).padStart(2, '0')).join(':')}`;
}

/** Today by the clock of the machine: what a field for a day begins with. */
export function today(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
