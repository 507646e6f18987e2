/** Words for readings and lists, as the examiner sees them. */
import { m } from '../../i18n';

/** Encodings in which texts of firms come; the recognised one stands first. */
export const ENCODINGS = ['UTF-8', 'Big5', 'UTF-16LE', 'UTF-16BE', 'gb18030'] as const;

export const ORIGINS = ['FILED', 'LEDGER', 'ONSITE', 'DISCOVERED'] as const;

const ORIGIN_WORDS: Record<string, () => string> = {
  FILED: m.origin_filed,
  LEDGER: m.origin_ledger,
  ONSITE: m.origin_onsite,
  DISCOVERED: m.origin_discovered
};
export const originWord = (origin: string): string => ORIGIN_WORDS[origin]?.() ?? origin;

const READING_WORDS: Record<string, () => string> = {
  plain: m.reading_plain,
  roc_ymd: m.reading_roc_ymd,
  ymd: m.reading_ymd,
  dmy: m.reading_dmy,
  mdy: m.reading_mdy,
  serial: m.reading_serial,
  roc_compact: m.reading_roc_compact,
  compact: m.reading_compact,
  file_time: m.reading_file_time,
  epoch: m.reading_epoch,
  ambiguous: m.reading_ambiguous
};
export const readingWord = (reading: string): string => READING_WORDS[reading]?.() ?? reading;

/** What an examiner may choose for a date: `ambiguous` is a state, not a choice. */
export const READINGS = Object.keys(READING_WORDS).filter((reading) => reading !== 'ambiguous');

/** Columns that hold a day, so that a reading can be chosen for them. */
export const isDated = (kind: string): boolean => kind === 'date' || kind === 'datetime';

const FROM_WORDS: Record<string, () => string> = {
  sheet_name: m.filled_from_sheet,
  title: m.filled_from_title,
  examiner: m.filled_from_examiner
};
export const fromWord = (from: string): string => FROM_WORDS[from]?.() ?? from;
