/** Rows of a dataset with an inferred column: those in sight, which are selected, and correcting them. */
import { asError, call, type DerivedPageView, type DerivedRowView, type ErrorView } from '../../backend';

/** Rows of a page; the host infers the whole column anew for each. */
const PAGE = 500;

/** What was done last, in figures. */
export interface Done {
  rows: number;
  /** The value in words; `null` when corrections were taken back. */
  word: string | null;
}

export class DerivedRows {
  readonly dataset: string;
  readonly column: string;
  /** Everything but the rows. */
  view = $state.raw<DerivedPageView | null>(null);
  rows = $state.raw<(DerivedRowView | undefined)[]>([]);
  /** Only rows with this value (an empty text: without one); `null`: all. */
  value = $state<string | null>(null);
  text = $state('');
  /** Row that the keys are on. */
  at = $state(-1);
  selected = $state.raw<ReadonlySet<number>>(new Set());
  error = $state.raw<ErrorView | null>(null);
  done = $state.raw<Done | null>(null);
  busy = $state(false);
  #anchor = -1;
  /** What was selected before a range was begun. */
  #base: ReadonlySet<number> = new Set();
  #asked = 0;
  #loading = new Map<number, Promise<void>>();
  #seen = { first: 0, last: 0 };

  readonly current = $derived(this.rows[this.at]);
  /** What a correction would be about. */
  readonly targets = $derived.by(() => {
    if (this.selected.size === 0) return this.current ? [this.current] : [];
    return this.rows.filter((row): row is DerivedRowView => row !== undefined && this.selected.has(row.id));
  });
  readonly correctable = $derived(this.targets.filter((row) => row.corrected));
  readonly all = $derived((this.view?.counts ?? []).reduce((sum, one) => sum + one.rows, 0));

  constructor(dataset: string, column: string) {
    this.dataset = dataset;
    this.column = column;
  }

  #page(page: number): Promise<DerivedPageView> {
    const { dataset, column, value, text } = this;
    return call('derived_rows', { dataset, column, value, text, offset: page * PAGE, limit: PAGE });
  }

  /** Asks anew; with `stay` the rows in sight and the one of the keys stay where they are. */
  async show(stay = false): Promise<void> {
    const asked = ++this.#asked;
    this.#loading.clear();
    this.error = null;
    const first = stay ? Math.floor(this.#seen.first / PAGE) : 0;
    try {
      const view = await this.#page(first);
      if (asked !== this.#asked) return;
      // The last row of a kind was corrected: there is nothing left to be narrowed to.
      if (this.value !== null && !view.counts.some((one) => one.value === this.value)) {
        this.value = null;
        return await this.show();
      }
      const rows = new Array<DerivedRowView | undefined>(view.total).fill(undefined);
      view.rows.forEach((row, n) => (rows[first * PAGE + n] = row));
      this.view = view;
      this.rows = rows;
      this.at = Math.min(stay ? Math.max(0, this.at) : 0, rows.length - 1);
      this.#select(new Set());
      void this.need(this.#seen.first, this.#seen.last);
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  narrow(value: string | null): void {
    this.value = value;
    this.done = null;
    void this.show();
  }

  /** Goes to the next kind, or to the one before. */
  step(by: number): void {
    const values = [null, ...(this.view?.counts ?? []).map((one) => one.value)];
    const next = values[values.indexOf(this.value) + by];
    if (next !== undefined) this.narrow(next);
  }

  search(text: string): void {
    if (text.trim() === this.text) return;
    this.text = text.trim();
    this.done = null;
    void this.show();
  }

  /** Loads the rows between two that are not here yet. */
  async need(first: number, last: number): Promise<void> {
    this.#seen = { first, last };
    await this.#load(first, last);
  }

  async #load(first: number, last: number): Promise<void> {
    const to = Math.min(last, this.rows.length - 1);
    for (let page = Math.floor(Math.max(0, first) / PAGE); page * PAGE <= to; page += 1) {
      const end = Math.min((page + 1) * PAGE, this.rows.length);
      if (!this.rows.slice(page * PAGE, end).includes(undefined)) continue;
      const loading = this.#loading.get(page) ?? this.#fill(page);
      this.#loading.set(page, loading);
      await loading;
    }
  }

  async #fill(page: number): Promise<void> {
    const asked = this.#asked;
    try {
      const view = await this.#page(page);
      if (asked !== this.#asked) return;
      const rows = [...this.rows];
      view.rows.forEach((row, n) => (rows[page * PAGE + n] = row));
      this.rows = rows;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  #select(ids: ReadonlySet<number>): void {
    this.selected = this.#base = ids;
    this.#anchor = this.at;
  }

  /** Goes to a row; what is selected stays, or grows by the rows from where the keys were. */
  async go(index: number, extend = false): Promise<void> {
    if (this.rows.length === 0) return;
    this.at = Math.max(0, Math.min(this.rows.length - 1, index));
    if (!extend) {
      this.#select(this.selected);
      return this.#load(this.at, this.at);
    }
    const asked = this.#asked;
    await this.#load(Math.min(this.#anchor, this.at), Math.max(this.#anchor, this.at));
    if (asked !== this.#asked) return;
    const range = this.rows.slice(Math.min(this.#anchor, this.at), Math.max(this.#anchor, this.at) + 1);
    this.selected = new Set([...this.#base, ...range.flatMap((row) => (row ? [row.id] : []))]);
  }

  /** Selects the row of the keys, or does not any longer. */
  toggle(): void {
    if (!this.current) return;
    const ids = new Set(this.selected);
    if (!ids.delete(this.current.id)) ids.add(this.current.id);
    this.#select(ids);
  }

  /** A click: this row alone, this row too, or all up to it. */
  async pick(index: number, how: 'one' | 'add' | 'range'): Promise<void> {
    if (how === 'range') return this.go(index, true);
    await this.go(index);
    if (how === 'one') this.#select(new Set());
    this.toggle();
  }

  /** Selects every row that is asked for, or none when all are. */
  async selectAll(): Promise<void> {
    if (this.rows.length > 0 && this.selected.size === this.rows.length) return this.#select(new Set());
    const asked = this.#asked;
    await this.#load(0, this.rows.length - 1);
    if (asked !== this.#asked) return;
    this.#select(new Set(this.rows.flatMap((row) => (row ? [row.id] : []))));
  }

  /** Says what the rows are (`null`: not known); true when it was done. */
  correct(value: string | null, word: string, note: string): Promise<boolean> {
    return this.#change(this.targets, value, note, word);
  }

  /** Takes corrections back. */
  restore(): Promise<boolean> {
    return this.#change(this.correctable, null, '', null);
  }

  async #change(
    targets: DerivedRowView[],
    value: string | null,
    note: string,
    word: string | null
  ): Promise<boolean> {
    const rows = targets.map((row) => row.id);
    if (rows.length === 0 || this.busy) return false;
    const { dataset, column } = this;
    this.busy = true;
    this.error = this.done = null;
    try {
      await call('derived_correct', { dataset, column, rows, value, note, restore: word === null });
      await this.show(true);
      this.done = { rows: rows.length, word };
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
