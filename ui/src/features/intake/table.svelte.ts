/** One table on its way in: as the host read it, and as the examiner has it now. */
import {
  asError,
  call,
  type DatasetView,
  type ErrorView,
  type InspectedFileView,
  type InspectedSheetView,
  type MappedColumnView,
  type SheetView
} from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import type { StateMark } from '../../shared/marks';
import { choose, doubtful, order, questions, taken, type Choice, type Question } from './choice';

/** Changes that follow one another sooner are looked at together. */
const PAUSE_MS = 120;

export class Table {
  /** As the host has read it last: its samples, rows and questions belong to it. */
  view = $state.raw<InspectedSheetView>() as InspectedSheetView;
  choice = $state<Choice>() as Choice;
  /** The host is looking at it again. */
  looking = $state(false);
  /** Its dataset was changed, and what is mapped belongs to the one before. */
  recognising = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** What was stored of it. */
  stored = $state.raw<SheetView | null>(null);
  /** The same table of the same file is in the exam already. */
  known = $state(false);

  readonly name: string;
  #file: { path: string; encoding: string | null };
  #datasets: () => DatasetView[];
  #turn = 0;

  constructor(
    waiting: { path: string; encoding: string | null },
    file: InspectedFileView,
    sheet: InspectedSheetView,
    datasets: () => DatasetView[]
  ) {
    this.#file = { path: waiting.path, encoding: waiting.encoding };
    this.#datasets = datasets;
    this.name = sheet.sheet;
    this.view = sheet;
    this.choice = choose(file, sheet);
  }

  readonly dataset = $derived.by(() => this.#datasets().find((d) => d.key === this.choice.dataset));
  readonly open = $derived.by<Question[]>(() =>
    this.recognising ? [] : questions(this.view, this.choice, this.dataset)
  );
  readonly order = $derived.by(() => order(this.view, this.choice));
  readonly ready = $derived.by(
    () => this.order !== null && !this.stored && !this.known && !this.looking && this.open.length === 0
  );
  /** Somebody has to say something about it, or it stays out. */
  readonly waits = $derived.by(
    () => !this.stored && !this.known && (this.open.length > 0 || this.error !== null)
  );
  readonly unrecognised = $derived.by(() => this.choice.dataset === null && !this.choice.skipped);

  /** Whether it can go in, by shape and word. */
  get mark(): StateMark {
    const { choice } = this;
    if (this.stored) return { shape: '✓', tone: 'ok', word: m.light_done() };
    if (this.known) return { shape: '–', tone: 'quiet', word: m.light_known() };
    if (this.error) return { shape: '●', tone: 'fail', word: m.light_refused() };
    if (this.looking) return { shape: '◌', tone: 'quiet', word: m.light_looking() };
    if (choice.skipped) return { shape: '–', tone: 'quiet', word: m.light_none() };
    if (this.unrecognised) return { shape: '?', tone: 'unknown', word: m.light_unrecognised() };
    const kinds = new Set(this.open.map((question) => question.kind));
    if (kinds.has('required')) return { shape: '●', tone: 'fail', word: m.light_missing() };
    if (kinds.size) return { shape: '◐', tone: 'warn', word: m.light_asks({ n: count(this.open.length) }) };
    return { shape: '✓', tone: 'ok', word: m.light_ready() };
  }

  /** Whether it is the table of that sheet whose header stands in that row. */
  isAt(sheet: string, header: number | null): boolean {
    return this.view.sheet === sheet && this.view.header_row === header;
  }

  /** Hidden things in words, by what is hidden. */
  get hidden(): string[] {
    const columns = this.view.columns.filter((column) => column.hidden).length;
    const rows = this.view.hidden_rows ?? 0;
    return [
      ...(this.view.hidden ? [m.hidden_sheet()] : []),
      ...(rows ? [m.hidden_rows_n({ n: count(rows) + (this.view.more_rows ? '+' : '') })] : []),
      ...(columns ? [m.hidden_columns_n({ n: count(columns) })] : [])
    ];
  }

  /** Takes another dataset; everything is recognised anew. Without one the table stays out. */
  takeDataset(key: string | null): void {
    Object.assign(this.choice, { dataset: key, edited: false, settled: [], skipped: key === null });
    this.error = null;
    if (key === null) return;
    this.choice.settled.push('dataset:');
    this.choice.replaces = undefined;
    this.recognising = true;
    this.#again();
  }

  /** Maps their column; whatever held that column of ours before gives it up. */
  takeColumn(index: number, key: string | null): void {
    for (const column of this.choice.columns) {
      if (column.index === index) Object.assign(column, { column: key, confidence: 100, time_index: null });
      else if (key !== null && column.column === key) column.column = null;
    }
    if (key !== null)
      this.choice.filled = this.choice.filled.map((f) => (f.column === key ? { ...f, text: '' } : f));
    this.#edited();
  }

  takeReading(index: number, reading: string): void {
    this.#change(index, { reading, confidence: 100 });
    const key = this.choice.columns.find((column) => column.index === index)?.column;
    this.settle(`calendar:${key ?? ''}`);
  }

  takeTime(index: number, time: number | null): void {
    this.#change(index, { time_index: time });
  }

  /** Gives a column of ours one value for the whole table; an empty text takes none. */
  fill(key: string, text: string): void {
    const zh = this.dataset?.columns.find((column) => column.key === key)?.zh ?? key;
    const rest = this.choice.filled.filter((filled) => filled.column !== key);
    this.choice.filled = [...rest, { column: key, zh, text: text.trim(), from: 'examiner' }];
    this.settle(`filled:${key}`);
    this.#edited();
  }

  /** What is stored has changed: there may be a list now that it is a newer version of, or one no more. */
  refresh(): void {
    if (this.order && !this.stored && !this.known) this.#again();
  }

  settle(key: string): void {
    if (!this.choice.settled.includes(key)) this.choice.settled.push(key);
  }

  /** Takes everything as it was recognised, or leaves out what was not; a decision that is needed stays open. */
  accept(): void {
    if (this.unrecognised) this.choice.skipped = true;
    for (const question of this.open)
      if (['dataset', 'filled', 'confirm', 'columns'].includes(question.kind)) this.settle(question.key);
  }

  /** Our columns that nothing stands for. */
  get free(): DatasetView['columns'] {
    const there = taken(this.choice);
    return (this.dataset?.columns ?? []).filter((column) => !there.has(column.key));
  }

  get doubts(): MappedColumnView[] {
    return this.choice.columns.filter(doubtful);
  }

  #change(index: number, to: Partial<MappedColumnView>): void {
    const column = this.choice.columns.find((c) => c.index === index);
    if (column) Object.assign(column, to);
    this.#edited();
  }

  #edited(): void {
    this.choice.edited = true;
    this.#again();
  }

  /** Asks the host what the table would become now; the latest question counts. */
  #again(): void {
    const turn = ++this.#turn;
    this.looking = true;
    setTimeout(() => void this.#look(turn), PAUSE_MS);
  }

  async #look(turn: number): Promise<void> {
    const sheet = this.order;
    if (turn !== this.#turn || !sheet) return this.#rest(turn);
    try {
      const request = { ...this.#file, sheets: [{ ...sheet, replaces: null }] };
      const view = await call('import_look', request);
      if (turn !== this.#turn) return;
      this.view = view;
      this.choice.columns = view.columns.map((column) => ({ ...column }));
      const none = this.choice.filled.filter(
        (f) => f.text === '' && !view.filled.some((g) => g.column === f.column)
      );
      this.choice.filled = [...view.filled.map((filled) => ({ ...filled })), ...none];
      this.error = null;
      const { replaces } = this.choice;
      if (replaces && !view.earlier.some((list) => list.id === replaces)) this.choice.replaces = undefined;
    } catch (thrown) {
      if (turn === this.#turn) this.error = asError(thrown);
    } finally {
      this.#rest(turn);
    }
  }

  #rest(turn: number): void {
    if (turn === this.#turn) this.looking = this.recognising = false;
  }
}
