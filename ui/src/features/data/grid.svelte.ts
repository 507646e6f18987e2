/** Rows of one dataset in an order, under conditions: what is in sight, where the keys are, what is selected. */
import {
  call,
  type DataRequest,
  type DataRowView,
  type DataSetView,
  type FilterChoice,
  type SortChoice
} from '../../backend';
import { letters } from '../../shared/letters';
import { Columns, type Shown } from './columns.svelte';
import type { Line } from './line';
import { Pages } from './pages.svelte';
import { Track } from './track';

/** Height of a row and of the headings, in pixels. */
export const ROW = Math.round(28 * letters());

/** A condition, and what people read for the stored value that it asks for. */
export interface Condition {
  choice: FilterChoice;
  shown?: string;
}

interface Question {
  sort: SortChoice[];
  conditions: Condition[];
  /** Only rows of which a cell contains this. */
  only: string;
}

export class Grid {
  readonly pages = new Pages();
  readonly columns = new Columns();
  readonly #track = new Track();
  readonly #line: Line;

  set = $state.raw<DataSetView | null>(null);
  sort = $state.raw<SortChoice[]>([]);
  conditions = $state.raw<Condition[]>([]);
  only = $state('');
  /** Row and column of the keys; row −1 is that of the headings. */
  row = $state(0);
  col = $state(0);
  #anchor = $state(0);
  /** Every row that meets the conditions is selected. */
  all = $state(false);
  y = $state(0);
  x = $state(0);
  width = $state(0);
  #height = $state(0);
  window = $state.raw({ first: 0, last: -1 });
  /** Moves the scroll bars; the view sets it. */
  put: (bar: number | null, x: number | null) => void = () => {};
  /** The question before somebody looked at a row's own table, and the row. */
  #before = $state.raw<(Question & { row: number }) | null>(null);

  constructor(line: Line) {
    this.#line = line;
  }

  // No derived values: those end with the screen that read them first, and this stays.
  get total(): number {
    return this.pages.total ?? this.set?.rows ?? 0;
  }

  get current(): DataRowView | undefined {
    return this.row >= 0 ? this.pages.row(this.row) : undefined;
  }

  get column(): Shown | undefined {
    return this.columns.all[this.col];
  }

  /** First and last selected row. */
  get range(): [number, number] {
    if (this.all) return [0, this.total - 1];
    return [Math.min(this.#anchor, this.row), Math.max(this.#anchor, this.row)];
  }

  get selected(): number {
    const [from, to] = this.range;
    return from < 0 || this.total === 0 ? 0 : to - from + 1;
  }

  /** Length of what the scroll bar scrolls. */
  get length(): number {
    return this.#track.length;
  }

  open(set: DataSetView): void {
    const same = this.set?.key === set.key;
    this.set = set;
    if (!same) {
      Object.assign(this, { sort: [], conditions: [], only: '', col: 0, x: 0 });
      this.columns.take(set.key, set.columns);
      this.#before = null;
    }
    this.pages.total = null;
    this.ask(same ? Math.max(0, this.row) : 0, same ? this.y : undefined);
  }

  request(offset = 0, limit = 1): DataRequest {
    const filters = this.conditions.map((condition) => condition.choice);
    return { dataset: this.set?.key ?? '', offset, limit, sort: this.sort, filters, find: this.only };
  }

  /** Asks anew and goes to a row. */
  ask(row = 0, y?: number): void {
    void this.#line.stop(false);
    const asked = $state.snapshot(this.request());
    this.pages.ask((offset, limit) =>
      this.#line.run(async () => {
        const page = await call('data_rows', { ...asked, offset, limit });
        if (this.set?.key === asked.dataset) this.columns.fit(page.rows, this.set.rows);
        return page;
      })
    );
    this.all = false;
    this.row = this.#anchor = row;
    this.#track.fit(this.total, ROW, this.#height);
    this.go(y ?? this.#track.reveal(row));
  }

  /** The question was taken back, or its answer is not awaited any longer. */
  stop(): void {
    this.pages.stop();
    void this.#line.stop(true);
  }

  /** Takes the size of the view; rows in sight are kept in sight. */
  fit(width: number, height: number, total: number): void {
    this.width = width;
    this.#height = Math.max(0, height);
    if (total > 0 && this.row >= total) this.row = this.#anchor = total - 1;
    if (this.#anchor >= total) this.#anchor = Math.max(0, this.row);
    const bar = this.#track.fit(total, ROW, this.#height);
    this.#show();
    this.put(bar, null);
  }

  #show(): void {
    this.y = this.#track.y;
    const now = this.#track.window;
    if (now.first === this.window.first && now.last === this.window.last) return;
    this.window = now;
    if (now.last >= now.first) this.pages.show(now.first, now.last);
  }

  go(y: number): void {
    const bar = this.#track.go(y);
    this.#show();
    this.put(bar, null);
  }

  /** Somebody moved the bars. */
  scrolled(bar: number, x: number): void {
    this.x = x;
    const back = this.#track.moved(bar);
    this.#show();
    if (back !== null) this.put(back, null);
  }

  /** The bar came to rest. */
  settled(): void {
    this.put(this.#track.settle(), null);
  }

  seen(bar: number): void {
    this.#track.seen(bar);
  }

  /** Rows that fit into the view. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / ROW) - 1);
  }

  moveTo(row: number, col: number, extend = false): void {
    this.all = false;
    this.row = Math.min(this.total - 1, Math.max(extend ? 0 : -1, row));
    this.col = Math.min(this.columns.all.length - 1, Math.max(0, col));
    if (!extend) this.#anchor = Math.max(0, this.row);
    if (this.row >= 0) {
      const y = this.#track.reveal(this.row);
      if (y !== this.y) this.go(y);
    }
    this.#revealColumn();
  }

  #revealColumn(): void {
    const [left = 0, right = 0] = this.columns.edges.slice(this.col, this.col + 2);
    const view = this.width - this.columns.fixed;
    const x = left < this.x || right - left > view ? left : right > this.x + view ? right - view : this.x;
    if (x === this.x) return;
    this.x = x;
    this.put(null, x);
  }

  isSelected(row: number): boolean {
    const [from, to] = this.range;
    return row >= from && row <= to && (to > from || this.all);
  }

  /** First up, then down, then as it was; with `add` beside the other columns. */
  sortBy(key: string, add = false): void {
    const now = this.sort.find((one) => one.column === key);
    const next: SortChoice[] = now?.descending ? [] : [{ column: key, descending: now !== undefined }];
    if (!add) this.sort = next;
    else if (!now) this.sort = [...this.sort, ...next];
    else this.sort = this.sort.flatMap((one) => (one.column === key ? next : [one]));
    const row = this.row < 0 ? -1 : 0;
    this.ask();
    this.row = row;
  }

  add(choice: FilterChoice, shown?: string): void {
    const same = (one: Condition): boolean => JSON.stringify(one.choice) === JSON.stringify(choice);
    // A row belongs to one table only.
    const kept = this.conditions.filter(
      (one) => !same(one) && !(choice.test === 'sheet' && one.choice.test === 'sheet')
    );
    this.conditions = [...kept, { choice, shown }];
    this.ask();
  }

  remove(condition: Condition): void {
    if (condition.choice.test === 'sheet' && this.#before) return this.back();
    this.conditions = this.conditions.filter((one) => one !== condition);
    this.ask();
  }

  clear(): void {
    this.#before = null;
    this.conditions = [];
    this.only = '';
    this.ask();
  }

  onlyWith(text: string): void {
    this.only = text;
    this.ask();
  }

  /** Shows the table that a row came from as it stands there, at this row. */
  showSource(row: DataRowView): void {
    const { sort, conditions, only } = this;
    this.#before ??= { sort, conditions, only, row: this.row };
    const choice = { column: '', test: 'sheet', from: String(row.sheet_id), to: '' };
    Object.assign(this, { sort: [], conditions: [{ choice }], only: '' });
    this.pages.total = this.set?.sheets.find((sheet) => sheet.id === row.sheet_id)?.rows ?? row.place + 1;
    this.ask(row.place);
  }

  get inSource(): boolean {
    return this.#before !== null;
  }

  /** Back from a row's own table to where somebody was. */
  back(): void {
    if (!this.#before) return;
    const { row, ...question } = this.#before;
    this.#before = null;
    Object.assign(this, question);
    this.pages.total = null;
    this.ask(row);
  }
}
