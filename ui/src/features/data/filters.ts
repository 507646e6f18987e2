/** Conditions on rows: which there are for a column, what is typed for them, and how they are told. */
import type { DataColumnView, DataSetView, FilterChoice } from '../../backend';
import { m } from '../../i18n';
import { parseDate, shortDate, shortMoment } from '../../shared/dates';
import { isDate, isNumber } from './columns';
import { quoted } from '../../shared/punctuation';

export type Test = 'contains' | 'equals' | 'between' | 'missing' | 'never' | 'unreadable';

const WORDS: Record<Test, () => string> = {
  contains: m.test_contains,
  equals: m.test_equals,
  between: m.test_between,
  missing: m.test_missing,
  never: m.test_never,
  unreadable: m.test_unreadable
};

export const testWord = (test: string): string => WORDS[test as Test]?.() ?? test;

/** What can be asked of a column, the likeliest first. */
export function testsOf(kind: string): Test[] {
  if (isDate(kind)) return ['between', 'contains', 'missing', 'never', 'unreadable'];
  if (isNumber(kind)) return ['between', 'equals', 'contains', 'missing', 'unreadable'];
  if (kind === 'enum' || kind === 'bool') return ['equals', 'contains', 'missing', 'unreadable'];
  return ['contains', 'equals', 'between', 'missing', 'unreadable'];
}

/** A bound as typed (`109.12.31`, `109.12`, `109`, `2020-12-31 09:00`, `1,000`) as the host takes it; `null`: not one. */
export function bound(kind: string, typed: string): string | null {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return '';
  if (isNumber(kind)) {
    const number = Number(text.replaceAll(',', ''));
    return Number.isFinite(number) ? String(number) : null;
  }
  return isDate(kind) ? day(text) : text;
}

function day(text: string): string | null {
  if (/^\d{4}(-\d{2}(-\d{2}(T[\d:.]+)?)?)?$/.test(text)) return text;
  const [, date = text, time] = /^(\S+)[ T]([\d:.]+)$/.exec(text) ?? [];
  const whole = parseDate(date);
  if (whole) return time ? `${whole}T${time}` : whole;
  const [, year, month] = /^(?:民國)?(\d{1,4})(?:[./年-](\d{1,2})月?|年)?$/.exec(text) ?? [];
  if (!year || time) return null;
  const full = String(year.length === 4 ? Number(year) : Number(year) + 1911);
  if (month === undefined) return full;
  return Number(month) >= 1 && Number(month) <= 12 ? `${full}-${month.padStart(2, '0')}` : null;
}

/** A bound as it is read: `109.12.31`, `109.12`, `109`. */
export function boundText(kind: string, value: string): string {
  if (!isDate(kind)) return value;
  const [, year = '', month] = /^(\d{4})(?:-(\d{2}))?$/.exec(value) ?? [];
  if (year) return `${Number(year) - 1911}${month ? `.${month}` : ''}`;
  return value.includes('T') ? shortMoment(value) : shortDate(value);
}

/** Where rows come from, in short: `帳號清冊.xlsx／工作表1`. */
export const place = (file: string, sheet: string): string => (sheet ? `${file}／${sheet}` : file);

/** A condition in words; `shown` is what people read for a stored value. */
export function filterText(set: DataSetView, filter: FilterChoice, shown?: string): string {
  if (filter.test === 'hidden') return m.filter_hidden();
  if (filter.test === 'sheet') {
    const sheet = set.sheets.find((one) => String(one.id) === filter.from);
    return m.filter_sheet({ name: sheet ? place(sheet.file, sheet.sheet) : filter.from });
  }
  const column = set.columns.find((one) => one.key === filter.column);
  return `${column?.zh ?? filter.column}　${condition(column, filter, shown)}`;
}

function condition(column: DataColumnView | undefined, filter: FilterChoice, shown?: string): string {
  const kind = column?.kind ?? 'text';
  switch (filter.test) {
    case 'contains':
    case 'equals':
      return `${testWord(filter.test)}${quoted(shown ?? boundText(kind, filter.from))}`;
    case 'between': {
      const [from, to] = [boundText(kind, filter.from), boundText(kind, filter.to)];
      if (!to) return m.filter_from({ from });
      return from ? (from === to ? from : `${from}–${to}`) : m.filter_to({ to });
    }
    default:
      return testWord(filter.test);
  }
}
