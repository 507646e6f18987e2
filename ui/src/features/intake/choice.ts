/** What the examiner decides about a table, and what is still to be decided. */
import type {
  DatasetView,
  EarlierView,
  FilledView,
  InspectedSheetView,
  MappedColumnView,
  SheetChoice
} from '../../backend';

/** Below this the mapping of a column is to be looked at. */
export const SURE = 70;

export interface Choice {
  dataset: string | null;
  columns: MappedColumnView[];
  /** Columns of ours that have one value for the whole table; an empty text takes none. */
  filled: FilledView[];
  origin: string | null;
  /** Rows that the firm says there are. */
  declared: number | null;
  /** The stored list that it takes the place of; `null` for a new list, `undefined` while nobody has said. */
  replaces: number | null | undefined;
  /** The mapping is the examiner's, no more the recognised one. */
  edited: boolean;
  /** Keys of what was asked and is answered. */
  settled: string[];
  /** The examiner leaves the table out. */
  skipped: boolean;
}

const ORIGIN_SIGNS: [RegExp, string][] = [
  [/申報/, 'FILED'],
  [/帳|財產/, 'LEDGER'],
  [/盤點|實地|現場/, 'ONSITE'],
  [/掃描|探查/, 'DISCOVERED']
];

/** The first choice: as recognised; which list of assets it is, where its name says so. */
export function choose(file: { file: string }, sheet: InspectedSheetView): Choice {
  const name = `${sheet.sheet} ${file.file}`;
  const signs = ORIGIN_SIGNS.filter(([sign]) => sign.test(name));
  return {
    dataset: sheet.dataset,
    columns: sheet.columns.map((column) => ({ ...column })),
    filled: sheet.filled.map((filled) => ({ ...filled })),
    // Two signs are none.
    origin: sheet.dataset === 'assets' && signs.length === 1 ? signs[0]![1] : null,
    declared: null,
    replaces: undefined,
    edited: false,
    settled: [],
    skipped: false
  };
}

/** Keys of our columns that something stands for already. */
export function taken(choice: Pick<Choice, 'columns' | 'filled'>): Set<string> {
  return new Set([
    ...choice.columns.flatMap((column) => (column.column ? [column.column] : [])),
    ...choice.filled.filter((filled) => filled.text).map((filled) => filled.column)
  ]);
}

/** Required columns that neither a header nor a value for the whole table stands for. */
export function missing(
  choice: Pick<Choice, 'columns' | 'filled'>,
  dataset: DatasetView | undefined
): DatasetView['columns'] {
  const there = taken(choice);
  return (dataset?.columns ?? []).filter((column) => column.required && !there.has(column.key));
}

export const doubtful = (column: MappedColumnView): boolean =>
  column.column !== null && (column.reading === 'ambiguous' || column.confidence < SURE);

/** Doubtful columns first, those that are not taken last. */
export function ordered(columns: MappedColumnView[]): MappedColumnView[] {
  const rank = (column: MappedColumnView): number => (doubtful(column) ? 0 : column.column !== null ? 1 : 2);
  return [...columns].sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

/** Something to decide about a table. `kind` says with what it can be answered. */
export interface Question {
  key: string;
  kind:
    | 'unrecognised'
    | 'dataset'
    | 'calendar'
    | 'required'
    | 'filled'
    | 'confirm'
    | 'columns'
    | 'origin'
    | 'earlier';
  /** Key of our column that it is about, or empty. */
  column: string;
  /** In the host's words; empty where the window has its own. */
  zh: string;
  /** Datasets that are possible. */
  options: string[];
}

const HOST_KINDS: Record<string, Question['kind']> = {
  dataset: 'dataset',
  calendar: 'calendar',
  filled: 'filled'
};

/** What is still open, in the order in which it should be answered. */
export function questions(
  sheet: InspectedSheetView,
  choice: Choice,
  dataset: DatasetView | undefined
): Question[] {
  if (choice.skipped) return [];
  const own = (kind: Question['kind'], column = ''): Question => ({
    key: `${kind}:${column}`,
    kind,
    column,
    zh: '',
    options: []
  });
  const asks = choice.dataset ? sheet.asks : sheet.asks.filter((ask) => ask.code === 'garbled');
  const host = asks
    .filter((ask) => ask.code !== 'required')
    .map((ask): Question => {
      const kind = HOST_KINDS[ask.code] ?? 'confirm';
      return { key: `${ask.code}:${ask.column}`, kind, column: ask.column, zh: ask.zh, options: ask.options };
    });
  if (!choice.dataset) return [own('unrecognised'), ...host];
  const open = [
    ...host.filter((question) => question.kind === 'dataset'),
    ...missing(choice, dataset).map((column) => own('required', column.key)),
    ...host.filter((question) => question.kind !== 'dataset')
  ];
  if (choice.columns.some((column) => doubtful(column) && column.reading !== 'ambiguous'))
    open.push(own('columns'));
  if (choice.dataset === 'assets' && !choice.origin) open.push(own('origin'));
  if (sheet.earlier.length && choice.replaces === undefined) open.push(own('earlier'));
  return open.filter((question) => question.kind === 'required' || !choice.settled.includes(question.key));
}

/** Stored lists that a table may be a newer version of: the likely ones first. */
export function offered(earlier: EarlierView[]): EarlierView[] {
  return [...earlier].sort((a, b) => Number(b.likely) - Number(a.likely) || b.id - a.id);
}

/** What the host is told about a table; `null` while it stays out. */
export function order(sheet: InspectedSheetView, choice: Choice): SheetChoice | null {
  if (!choice.dataset || choice.skipped) return null;
  const bare = (column: MappedColumnView): MappedColumnView => ({ ...column, samples: [], choices: [] });
  return {
    sheet: sheet.sheet,
    header_row: sheet.header_row,
    dataset: choice.dataset,
    columns: choice.edited ? choice.columns.map(bare) : [],
    filled: choice.edited ? choice.filled : [],
    replaces: choice.replaces ?? null,
    origin: choice.dataset === 'assets' ? choice.origin : null,
    declared_rows: choice.declared
  };
}
