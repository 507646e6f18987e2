/** What the examiner decides about a sheet, and how sure the reading is. */
import type {
  DatasetView,
  FilledView,
  InspectedFileView,
  InspectedSheetView,
  MappedColumnView,
  SheetChoice
} from '../../backend';
import { m } from '../../i18n';
import type { StateMark } from '../../shared/marks';

/** Below this the mapping of a column is to be looked at. */
export const SURE = 70;
export const ORIGINS = ['FILED', 'LEDGER', 'ONSITE', 'DISCOVERED'] as const;
export const READINGS = [
  'plain',
  'roc_ymd',
  'ymd',
  'dmy',
  'mdy',
  'serial',
  'roc_compact',
  'compact',
  'file_time',
  'epoch',
  'ambiguous'
] as const;

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

const ORIGIN_WORDS: Record<string, () => string> = {
  FILED: m.origin_filed,
  LEDGER: m.origin_ledger,
  ONSITE: m.origin_onsite,
  DISCOVERED: m.origin_discovered
};
export const originWord = (origin: string): string => ORIGIN_WORDS[origin]?.() ?? origin;

export interface Choice {
  dataset: string | null;
  columns: MappedColumnView[];
  /** Columns of ours that have one value for the whole sheet. */
  filled: FilledView[];
  origin: string | null;
  /** Rows that the firm says there are. */
  declared: number | null;
  /** Whether the mapping differs from the recognised one. */
  edited: boolean;
}

const ORIGIN_SIGNS: [RegExp, string][] = [
  [/申報/, 'FILED'],
  [/帳|財產/, 'LEDGER'],
  [/盤點|實地|現場/, 'ONSITE'],
  [/掃描|探查/, 'DISCOVERED']
];

/** The first choice: as recognised; which list of assets it is, by its name. */
export function choose(file: InspectedFileView, sheet: InspectedSheetView): Choice {
  const name = `${sheet.sheet} ${file.file}`;
  const origin =
    sheet.dataset === 'assets' ? (ORIGIN_SIGNS.find(([sign]) => sign.test(name))?.[1] ?? null) : null;
  return {
    dataset: sheet.dataset,
    columns: sheet.columns.map((column) => ({ ...column })),
    filled: sheet.filled.map((filled) => ({ ...filled })),
    origin,
    declared: null,
    edited: false
  };
}

/** Required columns that no header is mapped to: their words. */
export function missing(choice: Choice, dataset: DatasetView | undefined): string[] {
  if (!dataset) return [];
  const taken = new Set([
    ...choice.columns.map((column) => column.column),
    ...choice.filled.filter((filled) => filled.text).map((filled) => filled.column)
  ]);
  return dataset.columns
    .filter((column) => column.required && !taken.has(column.key))
    .map((column) => column.zh);
}

export const doubtful = (column: MappedColumnView): boolean =>
  column.column !== null && (column.reading === 'ambiguous' || column.confidence < SURE);

/** Doubtful columns first, those that are not taken last. */
export function ordered(columns: MappedColumnView[]): MappedColumnView[] {
  const rank = (column: MappedColumnView): number => (doubtful(column) ? 0 : column.column !== null ? 1 : 2);
  return [...columns].sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

/** The sheets of a file that can be stored as they are chosen now. */
export function choices(
  file: { view: InspectedFileView; choices: Choice[] },
  dataset: (key: string | null) => DatasetView | undefined
): SheetChoice[] {
  return file.view.sheets.flatMap((sheet, n) => {
    const choice = file.choices[n];
    if (!choice?.dataset || missing(choice, dataset(choice.dataset)).length > 0) return [];
    if (choice.dataset === 'assets' && choice.origin === null) return [];
    const columns = choice.edited ? choice.columns : [];
    return [
      {
        sheet: sheet.sheet,
        header_row: sheet.header_row,
        dataset: choice.dataset,
        columns,
        filled: choice.edited ? choice.filled : [],
        replaces: null,
        origin: choice.origin,
        declared_rows: choice.declared
      }
    ];
  });
}

/** The light of a sheet: whether it can go in, and whether somebody should look first. */
export function light(
  sheet: InspectedSheetView,
  choice: Choice,
  dataset: DatasetView | undefined
): StateMark {
  if (!choice.dataset) return { shape: '–', tone: 'quiet', word: m.light_none() };
  if (missing(choice, dataset).length > 0) return { shape: '●', tone: 'fail', word: m.light_missing() };
  if (choice.dataset === 'assets' && !choice.origin)
    return { shape: '?', tone: 'unknown', word: m.light_origin() };
  if (choice.columns.some(doubtful) || (sheet.asks.length > 0 && !choice.edited))
    return { shape: '◐', tone: 'warn', word: m.light_doubtful() };
  return { shape: '✓', tone: 'ok', word: m.light_ready() };
}
